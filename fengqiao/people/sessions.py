"""Open sessions: begun at sign-in, ended at once by their owner, a security administrator or the closing of the account."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

from . import records
from .access_log import Visit, log
from .duties import Duty, require
from .events import SessionsEnded
from .models import Result, SignIn, User, Way


@transaction.atomic
def begin(user: User, *, key: str, way: Way, visit: Visit) -> SignIn:
    """Somebody has come in."""
    log(way, Result.ENTERED, visit=visit, user=user)
    return SignIn.objects.create(user=user, key=key, way=way, device=visit.device, address=visit.address)


def seen(key: str) -> None:
    """They are still there."""
    SignIn.objects.filter(key=key).update(seen_at=timezone.now())


def moved(key: str, to: str) -> None:
    """The session goes on under another key."""
    SignIn.objects.filter(key=key).update(key=to)


def left(user: User, *, key: str, result: Result, visit: Visit) -> None:
    """This one session is over."""
    SignIn.objects.filter(key=key).delete()
    log(Way.SESSION, result, visit=visit, user=user)


def open_of(user: User) -> QuerySet[SignIn]:
    """The account's open sessions, newest first; what ran out unseen is no longer one."""
    longest = timezone.now() - timedelta(hours=settings.SESSION_HOURS)
    idle = timezone.now() - timedelta(minutes=settings.IDLE_MINUTES)
    return user.sign_ins.filter(since__gt=longest, seen_at__gt=idle).order_by("-since", "-pk")


@transaction.atomic
def end_own(user: User, *, which: int | None = None, keep: str = "") -> int:
    """End one session of one's own, or all but the one with the key `keep`. Returns how many went."""
    found = user.sign_ins.exclude(key=keep)
    return _end(user, found.filter(pk=which) if which is not None else found)


@transaction.atomic
def end_for(user: User, *, reason: str, by: object) -> int:
    """A security administrator signs somebody out everywhere. Refused without a reason."""
    require(by, Duty.END_SESSIONS)
    user = records.hold(user)
    if not reason.strip():
        raise Refused(_("请写明理由。"))
    count = _end(user, user.sign_ins.all())
    event = SessionsEnded(whom=str(user), count=count, reason=reason.strip())
    records.tell(event, about=user, by=by)
    return count


def end_all(user: User, *, keep: str = "") -> int:
    """Part of a larger change: whose password or second factor was reset is in nowhere any more."""
    return _end(user, user.sign_ins.exclude(key=keep))


def forget_expired() -> int:
    """Drop rows whose session has run out by itself. Returns how many went."""
    before = timezone.now() - timedelta(hours=settings.SESSION_HOURS)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return SignIn.objects.filter(since__lt=before).delete()[0]


def _end(user: User, found: QuerySet[SignIn]) -> int:
    rows = list(found)
    Session.objects.filter(session_key__in=[row.key for row in rows]).delete()
    for row in rows:
        log(Way.SESSION, Result.ENDED, visit=Visit(row.address, row.device), user=user)
    found.model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
