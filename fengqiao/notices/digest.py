"""The digest: once a day, at the time that each chose, how much lies unread. By mail where an address is known, else in the inbox."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM, User

from .events import DigestMade
from .models import Digest, Notice, Preference
from .outgoing import digest_by_mail

AT_ONCE = 500


def make_due() -> int:
    """Make every digest whose time has come today. Returns how many had something to say. Safe to run at any rate."""
    now = timezone.localtime()
    due = Preference.objects.filter(digest=Digest.DAILY, digest_at__lte=now.time(), user__is_active=True)
    due = due.filter(Q(digest_on=None) | Q(digest_on__lt=now.date())).order_by("pk")
    return sum(_make(pk, now.date()) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _make(pk: int, today: date) -> bool:
    mine = Preference.objects.filter(Q(digest_on=None) | Q(digest_on__lt=today), pk=pk)
    if not mine.update(digest_on=today):
        return False  # another worker was first
    wish = Preference.objects.get(pk=pk)
    user = User.objects.select_for_update(of=("self",)).get(pk=wish.user_id)
    unread = Notice.objects.of(user).unread()
    old = unread.filter(entry__kind=DigestMade.kind)
    count = unread.exclude(entry__kind=DigestMade.kind).up_to(1000)
    old.update(read_at=timezone.now())
    if not count:
        return False
    entry = book.append("user", user.pk, DigestMade(count=count), by=SYSTEM)
    if not (wish.mail_address and digest_by_mail(entry, user, wish, count)):
        Notice.objects.create(entry=entry, to=user)
    return True
