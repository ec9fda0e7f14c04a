"""What the ledger holds about accounts. Each stands in the chain of the account it is about, subject `user`."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import Role, Way


@entry("account.password_changed", _("{by} 换了自己的密码。"), icon="lock-password")
class PasswordChanged(Event):
    pass


@entry("account.password_reset", _("{by} 给 {whom} 设了临时密码：{reason}"), icon="lock-password")
class PasswordReset(Event):
    whom: str
    reason: str


@entry("account.unlocked", _("{by} 解开了 {whom} 的锁：{reason}"), icon="lock-open")
class Unlocked(Event):
    whom: str
    reason: str


@entry("account.address_unlocked", _("{by} 解开了一个锁着的网络地址：{reason}"), icon="lock-open")
class AddressUnlocked(Event):
    reason: str


@entry("account.factor_added", _("{by} 绑定了{what}{name}。"), icon="shield-plus", shows={"what": Way})
class FactorAdded(Event):
    what: str
    name: str = ""


@entry("account.factor_removed", _("{by} 解除了{what}{name}。"), icon="shield-minus", shows={"what": Way})
class FactorRemoved(Event):
    what: str
    name: str = ""


@entry("account.factor_reset", _("{by} 清除了 {whom} 的二次验证：{reason}"), icon="shield-x")
class FactorReset(Event):
    whom: str
    reason: str


@entry("account.sessions_ended", _("{by} 结束了 {whom} 的 {count} 处登录：{reason}"), icon="logout")
class SessionsEnded(Event):
    whom: str
    count: int
    reason: str


@entry("account.created", _("{by} 新建了 {whom} 的账户（用户名 {username}，{body}）。"), icon="user-plus")
class AccountCreated(Event):
    whom: str
    username: str
    body: str
    body_id: int


@entry("account.corrected", _("{by} 修改了 {whom} 的账户：{what}。{reason}"), icon="pencil")
class AccountCorrected(Event):
    whom: str
    what: str
    changes: dict[str, list[str]]  # column -> before, after; of a telephone only that it changed
    reason: str


@entry(
    "account.first_role_asked",
    _("{by} 申请让 {whom} 在{body}担任“{new}”：{reason}"),
    icon="user-question",
    shows={"new": Role},
)
class FirstRoleAsked(Event):
    whom: str
    body: str
    new: str
    reason: str


@entry(
    "account.first_role_given",
    _("{by} 同意，{whom} 在{body}担任“{new}”（{asked_by} 申请）。"),
    icon="user-check",
    shows={"new": Role},
)
class FirstRoleGiven(Event):
    whom: str
    body: str
    new: str
    asked_by: str


@entry(
    "account.role_asked",
    _("{by} 申请把 {whom} 的角色由“{old}”改为“{new}”：{reason}"),
    icon="user-question",
    shows={"old": Role, "new": Role},
)
class RoleAsked(Event):
    whom: str
    old: str
    new: str
    reason: str


@entry(
    "account.role_changed",
    _("{by} 同意，{whom} 的角色由“{old}”改为“{new}”（{asked_by} 申请）。"),
    icon="user-check",
    shows={"old": Role, "new": Role},
)
class RoleChanged(Event):
    whom: str
    old: str
    new: str
    asked_by: str


@entry("account.role_refused", _("{by} 没有同意 {whom} 担任“{new}”。{reason}"), icon="user-x", shows={"new": Role})
class RoleRefused(Event):
    whom: str
    new: str
    reason: str


@entry("account.closed", _("{by} 停用了 {whom} 的账户：{reason}"), icon="user-off")
class AccountClosed(Event):
    whom: str
    reason: str


@entry("account.reopened", _("{by} 重新启用了 {whom} 的账户：{reason}"), icon="user-check")
class AccountReopened(Event):
    whom: str
    reason: str


@entry("account.delegated", _("{by} 请 {deputy} 在 {first} 至 {last} 代办。"), icon="user-share")
class Delegated(Event):
    deputy: str
    deputy_id: int
    first: str
    last: str
    with_restricted: bool


@entry("account.delegation_ended", _("{by} 提前结束了 {deputy} 的代办。"), icon="user-minus")
class DelegationEnded(Event):
    deputy: str
    deputy_id: int


@entry("access.log_exported", _("{by} 导出了登录日志 {rows} 条（{what}）。"), icon="download")
class AccessLogExported(Event):
    what: str
    rows: int
