"""Who is signed in: Django's own way, with the body and the place that every page asks of them brought along."""

from typing import NoReturn

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from fengqiao.kernel.errors import Refused

from . import lockout
from .access_log import Visit, log
from .delegations import is_deputy
from .models import Result, User, Way

WITH_BODY = ("home_body__region", "station_body__region")


class Accounts(ModelBackend):
    """Username and password."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; None once it is closed."""
        found = User.objects.select_related(*WITH_BODY).annotate(is_deputy=is_deputy()).filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None


class NotAdmitted(Refused):
    """Nobody is told which part was wrong."""


class AddressShut(Refused):
    """Too many wrong tries from one address, whoever's accounts they were."""


@sensitive_variables("password")
def by_password(username: str, password: str, *, visit: Visit) -> User:
    """The account whose name and password these are. The second factor, where there is one, is still to come.

    Raises NotAdmitted in the same words, after the same work, for an unknown name, a wrong password, an account that is
    locked and one that is closed; AddressShut for an address that has tried too often.
    """
    admit_address(visit, Way.PASSWORD)
    name = username.strip()
    admitted = lockout.admit(lockout.ACCOUNT, account_of(name))
    found = User.objects.select_related(*WITH_BODY).filter(username=name).first()
    # Django hashes once for an unusable password too, so a name that nobody has takes as long.
    fits = (found or User(password=UNUSABLE_PASSWORD_PREFIX)).check_password(password)
    if not admitted:
        shut_out(Way.PASSWORD, Result.LOCKED, visit, found)
    if found is None or not fits:
        shut_out(Way.PASSWORD, Result.WRONG if found else Result.UNKNOWN, visit, found)
    if not found.is_active:
        shut_out(Way.PASSWORD, Result.CLOSED, visit, found)
    lockout.clear(lockout.ACCOUNT, account_of(name))
    return found


def admit_address(visit: Visit, way: Way) -> None:
    """Raises AddressShut while this address has to wait."""
    if visit.address and lockout.is_locked(lockout.ADDRESS, visit.address):
        log(way, Result.CROWDED, visit=visit)
        told = _("从您这个网络来的登录错得太多，%(minutes)d 分钟以后再试。急用请找安全管理员解锁。")
        raise AddressShut(told % {"minutes": settings.LOCK_MINUTES})


def shut_out(way: Way, result: Result, visit: Visit, user: User | None) -> NoReturn:
    """Log it, count it against the address, and say what is said to everybody."""
    if visit.address:
        lockout.admit(lockout.ADDRESS, visit.address)
    log(way, result, visit=visit, user=user)
    raise NotAdmitted(not_admitted())


def not_admitted() -> str:
    """The one sentence, which also says how to get in again."""
    told = _(
        "没有登录成：用户名或者密码不对，或者账户锁着、停用了。连着错 %(most)d 次要等 %(minutes)d 分钟；"
        "忘了密码、等不及，请找本单位的安全管理员重设或者解锁。"
    )
    return told % {"most": settings.LOCK_AFTER, "minutes": settings.LOCK_MINUTES}


def account_of(name: str) -> str:
    """What wrong tries are counted under."""
    return name.casefold()
