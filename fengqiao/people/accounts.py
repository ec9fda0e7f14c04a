"""What administrators do to accounts that are there: open the lock, close and reopen, and give a role, which takes two of
them. How an account comes to be and is corrected stands in keeping.py.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.kinds import Event

from . import lockout, passwords, records, sessions
from .duties import Duty, may, require
from .events import (
    AccountClosed,
    AccountReopened,
    AddressUnlocked,
    FirstRoleAsked,
    FirstRoleGiven,
    RoleAsked,
    RoleChanged,
    RoleRefused,
    Unlocked,
)
from .models import Role, RoleChange, User
from .sign_in import account_of


@transaction.atomic
def unlock(user: User, *, reason: str, by: Any) -> None:
    """Let somebody try again at once. Refused where nothing is locked, without a reason, and for oneself."""
    require(by, Duty.UNLOCK)
    _not_oneself(user, by)
    reason = _said(reason)
    user = records.hold(user)
    opened = [
        lockout.clear(lockout.ACCOUNT, account_of(user.username)),
        lockout.clear(lockout.FACTOR, str(user.pk)),
    ]
    if not any(opened):
        raise Refused(_("这个账户没有锁着。"))
    records.tell(Unlocked(whom=str(user), reason=reason), about=user, by=by)


@transaction.atomic
def unlock_address(*, address: str, reason: str, by: User) -> None:
    """Let an office try again at once. Refused where the address is not shut, and without a reason."""
    require(by, Duty.UNLOCK)
    reason = _said(reason)
    if not lockout.clear(lockout.ADDRESS, address):
        raise Refused(_("这个网络地址没有锁着。"))
    records.tell(AddressUnlocked(reason=reason), about=records.hold(by), by=by)


@transaction.atomic
def close(user: User, *, reason: str, by: Any) -> User:
    """Close an account: it is in nowhere from this moment on, and its tokens are dead. Refused for oneself."""
    require(by, Duty.KEEP_ACCOUNTS)
    _not_oneself(user, by)
    reason = _said(reason)
    user = records.hold(user)
    if not user.is_active:
        raise Refused(_("这个账户已经停用了。"))
    user.is_active = False
    records.keep(user, "is_active")
    sessions.end_all(user)
    records.tell(AccountClosed(whom=str(user), reason=reason), about=user, by=by)
    return user


@transaction.atomic
def reopen(user: User, *, reason: str, by: Any) -> User:
    """Open it again; the password it had still holds."""
    require(by, Duty.KEEP_ACCOUNTS)
    reason = _said(reason)
    user = records.hold(user)
    if user.is_active:
        raise Refused(_("这个账户没有停用。"))
    user.is_active = True
    records.keep(user, "is_active")
    records.tell(AccountReopened(whom=str(user), reason=reason), about=user, by=by)
    return user


# ── roles: one asks, another decides ──────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def ask_for_role(user: User, *, new: str, reason: str, by: User) -> RoleChange:
    """A system administrator asks, or a security administrator who then may not decide. Refused for oneself."""
    if not may(by, Duty.DECIDE_ROLE):
        require(by, Duty.ASK_FOR_ROLE)
    _not_oneself(user, by)
    reason = _said(reason)
    user = records.hold(user)
    if new not in Role.values or new == user.role:
        raise Refused(_("请选一个和现在不同的角色。"))
    if user.role_changes.filter(decided_at=None).exists():
        raise Refused(_("已经有一份变更在等安全管理员决定。"))
    change = RoleChange.objects.create(user=user, old=user.role, new=new, reason=reason, asked_by=by)
    event: Event = RoleAsked(whom=str(user), old=user.role, new=new, reason=reason)
    if change.is_first:
        event = FirstRoleAsked(whom=str(user), body=str(user.body or ""), new=new, reason=reason)
    records.tell(event, about=user, by=by, rows=[change])
    return change


@transaction.atomic
def let_in(change: RoleChange, *, by: User, seen: int | None = None) -> str:
    """Grant a new account its first role. Returns its temporary password, which nobody is told twice."""
    if not change.is_first:
        raise Refused(_("这不是新账户，密码不用重设。"))
    change = decide_role(change, grant=True, by=by, seen=seen)
    return passwords.reset(change.user, reason=_("新账户"), by=by)


@transaction.atomic
def decide_role(change: RoleChange, *, grant: bool, by: User, seen: int | None = None, reason: str = "") -> RoleChange:
    """A security administrator decides what another person asked for. Refused for what one asked oneself, for one's own
    account, and when the role has changed meanwhile; Stale when the account is not the one that was looked at (`seen`, its
    version). Ends the account's sessions, so that no page of the old role stays.
    """
    require(by, Duty.DECIDE_ROLE)
    user = records.hold(change.user)
    change = RoleChange.objects.select_for_update().get(pk=change.pk)
    if change.decided_at is not None:
        raise Refused(_("这份变更已经有人决定过了。"))
    if by.pk in (change.asked_by_id, user.pk):
        raise Refused(_("申请的人和本人都不能决定，请另一位安全管理员来办。"))
    if seen is not None and user.version != seen:
        raise Stale(_("这个账户刚被改过，请看清它现在的单位和姓名再决定。"))
    if grant and not user.is_active:
        raise Refused(_("这个账户已经停用了，请退回申请。"))
    if grant and user.role != change.old:
        raise Refused(_("这个账户的角色已经不是申请时的了，请退回重新申请。"))
    change.decided_by, change.decided_at, change.is_granted = by, timezone.now(), grant
    change.save(update_fields=["decided_by", "decided_at", "is_granted"])
    if grant:
        user.role = change.new
        records.keep(user, "role")
        sessions.end_all(user)
    records.tell(_decided(change, user, reason.strip()), about=user, by=by, rows=[change])
    change.user = user
    return change


def _decided(change: RoleChange, user: User, reason: str) -> Event:
    if not change.is_granted:
        return RoleRefused(whom=str(user), new=change.new, reason=reason)
    asked_by = str(change.asked_by)
    if change.is_first:
        return FirstRoleGiven(whom=str(user), body=str(user.body or ""), new=change.new, asked_by=asked_by)
    return RoleChanged(whom=str(user), old=change.old, new=change.new, asked_by=asked_by)


def _not_oneself(user: User, by: Any) -> None:
    if isinstance(by, User) and by.pk == user.pk:
        raise Refused(_("不能给自己办，请另一位管理员来办。"))


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("请写明理由。"))
    return reason.strip()
