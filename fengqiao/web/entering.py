"""From the door to the desk: one factor proved and another to come, the session begun, and what keeps it alive."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from fengqiao.people import factors, passwords, sessions
from fengqiao.people.access_log import log
from fengqiao.people.models import Result, User, Way
from fengqiao.people.passkeys import Site
from fengqiao.web.context import site
from fengqiao.web.visits import visit_of

BACKEND = "fengqiao.people.sign_in.Accounts"
HALFWAY, SINCE, SEEN, FACTOR = "halfway", "since", "seen", "factor"  # what the session remembers
HALFWAY_FOR = timedelta(minutes=10)
FRESH_FOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class HalfIn:
    """Who has proved one factor and owes another."""

    user: User
    way: Way
    onward: str


def stop_halfway(request: HttpRequest, user: User, *, way: Way, onward: str = "") -> None:
    """The first factor was right. Nobody is signed in yet; the session gets a new key all the same."""
    log(way, Result.HALFWAY, visit=visit_of(request), user=user)
    request.session.cycle_key()
    request.session[HALFWAY] = {
        "user": user.pk, "mark": user.get_session_auth_hash(), "way": way.value, "onward": onward, "at": _now(),
    }  # fmt: skip


def half_in(request: HttpRequest) -> HalfIn | None:
    """Who stands between the two factors in this browser; None after ten minutes, or when the password has changed."""
    told = request.session.get(HALFWAY)
    if not told or _now() - told["at"] > HALFWAY_FOR.total_seconds():
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    if user is None or not constant_time_compare(told["mark"], user.get_session_auth_hash()):
        return None
    return HalfIn(user, Way(told["way"]), told["onward"])


def let_in(request: HttpRequest, user: User, *, way: Way, with_factor: bool) -> None:
    """Begin the session, under a new key. `with_factor`: whether a second factor, or a key that is both, was proved."""
    request.session.pop(HALFWAY, None)
    if request.session.get(SESSION_KEY):
        show_out(request, Result.LEFT)  # somebody else was signed in here
    login(request, user, backend=BACKEND)
    request.session.set_expiry(settings.SESSION_HOURS * 60 * 60)
    request.session.update({SINCE: _now(), SEEN: _now(), FACTOR: with_factor})
    if not request.session.session_key:
        request.session.create()
    sessions.begin(user, key=str(request.session.session_key), way=way, visit=visit_of(request))


def show_out(request: HttpRequest, result: Result) -> None:
    """End this session, and say in the log why."""
    if isinstance(request.user, User):
        sessions.left(request.user, key=str(request.session.session_key), result=result, visit=visit_of(request))
    logout(request)


def still_in(request: HttpRequest) -> Result | None:
    """Why this session is over, or None. A session that nobody has marked is counted from now."""
    session, now = request.session, _now()
    since, seen = session.get(SINCE, now), session.get(SEEN)
    if seen is not None and now - seen > settings.IDLE_MINUTES * 60:
        return Result.IDLE
    if now - since > settings.SESSION_HOURS * 60 * 60:
        return Result.EXPIRED
    if seen is None or now - seen >= SEEN_EVERY.total_seconds():
        session[SINCE], session[SEEN] = since, now
        sessions.seen(str(session.session_key))
    return None


def duty_first(request: HttpRequest, user: User) -> str:
    """The page that somebody has to go through before any other, or nothing."""
    if passwords.is_due(user):
        return reverse("web:password")
    if factors.is_required(user) and not request.session.get(FACTOR):
        return reverse("web:security")
    return ""


def before_duties(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that stays open to somebody who has yet to change a password or bind a second factor."""
    view.before_duties = True  # type: ignore[attr-defined]
    return view


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody signed in so lately that it is surely them: who finds a desk left open may bind nothing."""
    return _now() - request.session.get(SINCE, 0) < FRESH_FOR.total_seconds()


def factor_was_bound(request: HttpRequest) -> None:
    """Somebody has just shown what they bound: this session counts as proved."""
    request.session[FACTOR] = True


def site_of(request: HttpRequest) -> Site:
    """For whom a passkey signs: the public address of the installation, else the one that was asked for."""
    told = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    parts = urlsplit(told)
    return Site(f"{parts.scheme}://{parts.netloc}", str(site(request)["site_name"]))


def own_path(request: HttpRequest, url: str) -> str:
    """The address if it is one of ours, else nothing."""
    return url if url and url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()) else ""


def _now() -> int:
    return int(timezone.now().timestamp())
