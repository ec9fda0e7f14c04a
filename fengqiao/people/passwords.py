"""Passwords: changed by their owner, replaced for a while by a security administrator, never told to anybody twice."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from fengqiao.kernel.errors import Refused

from . import lockout, records, sessions
from .duties import Duty, require
from .events import PasswordChanged, PasswordReset
from .models import User
from .sign_in import account_of

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else when read out or copied
GROUPS, GROUP = 4, 4


@sensitive_variables("old", "new")
def change(user: User, *, old: str, new: str, keep: str = "") -> User:
    """One's own. Refused if the old one is wrong or the new one is weak or the same; ends all other sessions.

    A wrong old password counts like a wrong try at the door, so it is judged before the transaction that a refusal
    would undo.
    """
    if not lockout.admit(lockout.ACCOUNT, account_of(user.username)):
        raise Refused(_("错得太多，%(minutes)d 分钟以后再试。") % {"minutes": settings.LOCK_MINUTES})
    if not user.check_password(old):
        raise Refused(_("现在的密码不对。"))
    lockout.clear(lockout.ACCOUNT, account_of(user.username))
    if old == new:
        raise Refused(_("新密码和现在的一样，请换一个。"))
    try:
        validate_password(new, user)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages)) from weak
    return _changed(user, new, keep)


@transaction.atomic
def reset(user: User, *, reason: str, by: object) -> str:
    """A temporary password, returned once: its owner has to change it on coming in. Ends all sessions, opens the lock.

    Refused without a reason, for one's own account, and for one that was given no role yet.
    """
    require(by, Duty.RESET_PASSWORD)
    user = records.hold(user)
    if isinstance(by, User) and by.pk == user.pk:
        raise Refused(_("自己的密码请在“登录与安全”里换，不能给自己重设。"))
    if not user.role:
        raise Refused(_("这个账户还没有角色，请先在“角色与新账户”里决定，那时会给临时密码。"))
    if not reason.strip():
        raise Refused(_("请写明理由。"))
    temporary = "-".join("".join(secrets.choice(LETTERS) for _n in range(GROUP)) for _g in range(GROUPS))
    _set(user, temporary, must_change=True)
    lockout.clear(lockout.ACCOUNT, account_of(user.username))
    sessions.end_all(user)
    records.tell(PasswordReset(whom=str(user), reason=reason.strip()), about=user, by=by)
    return temporary


def is_due(user: User) -> bool:
    """Whether the password has to be changed before anything else is done."""
    if user.must_change_password or not settings.PASSWORD_DAYS or not user.has_usable_password():
        return user.must_change_password
    since = user.password_set_at or user.date_joined
    return since < timezone.now() - timedelta(days=settings.PASSWORD_DAYS)


@transaction.atomic
def _changed(user: User, new: str, keep: str) -> User:
    user = records.hold(user)
    _set(user, new, must_change=False)
    sessions.end_all(user, keep=keep)
    records.tell(PasswordChanged(), about=user, by=user)
    return user


def _set(user: User, clear: str, *, must_change: bool) -> None:
    user.set_password(clear)
    user.must_change_password, user.password_set_at = must_change, timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_set_at"])
