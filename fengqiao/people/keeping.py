"""An account comes to be, and is corrected: by the system administrator, who can give it neither a role nor a password."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.kernel.codes import check_phone
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.text import normalise

from . import records
from .accounts import ask_for_role
from .duties import Duty, require
from .events import AccountCorrected, AccountCreated
from .models import Role, User

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,29}")
LONGEST_NAME, LONGEST_REASON = 40, 200
COLUMNS = {
    "name": gettext_lazy("姓名"),
    "title": gettext_lazy("职务"),
    "home_body": gettext_lazy("所属单位"),
    "station_body": gettext_lazy("派驻单位"),
    "phone": gettext_lazy("电话"),
}
UNTOLD = "…"  # of a telephone is told only that it changed


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """Who somebody is and where they work. `station` is where they are sent, if not to their own body."""

    name: str
    home: Body
    station: Body | None = None
    title: str = ""
    phone: str = ""

    def columns(self) -> dict[str, Any]:
        """As they are kept. Refused for a name that is none and a telephone that cannot be."""
        name, title = normalise(self.name), normalise(self.title)
        if not name or max(len(name), len(title)) > LONGEST_NAME:
            raise Refused(_("请写姓名；姓名和职务最多 %(n)d 个字。") % {"n": LONGEST_NAME})
        station = None if self.station is None or self.station.pk == self.home.pk else self.station
        phone = check_phone(self.phone) if self.phone.strip() else ""
        return {"name": name, "title": title, "home_body": self.home, "station_body": station, "phone": phone}


@transaction.atomic
def create(facts: AccountFacts, *, username: str, role: str, reason: str, by: User) -> User:
    """A new account without a role and without a password, and the request for its role, which another person decides.

    Refused for a user name that is taken or is none, and for a body that is not at work.
    """
    require(by, Duty.KEEP_ACCOUNTS)
    username = normalise(username).lower()
    if not USERNAME.fullmatch(username):
        raise Refused(_("用户名要以小写字母开头，2 到 30 个字符，只用小写字母、数字和 . _ - ，例如 chenxiaoyan。"))
    if role not in Role.values:
        raise Refused(_("请选要担任的角色。"))
    user = User(username=username, **facts.columns())
    for body in filter(None, (user.home_body, user.station_body)):
        _refuse_idle(body)
    user.set_unusable_password()
    _save_new(user)
    told = AccountCreated(whom=str(user), username=username, body=str(user.body), body_id=user.body_id or 0)
    records.tell(told, about=user, by=by)
    ask_for_role(user, new=role, reason=reason, by=by)
    return user


@transaction.atomic
def correct(user: User, facts: AccountFacts, *, seen: int, reason: str = "", by: User) -> User:
    """Another name, post, body or telephone. Nothing changed: nothing is written. The role stays as it is.

    Refused for one's own account and for a body that is not at work; Stale when somebody changed the account meanwhile.
    """
    require(by, Duty.KEEP_ACCOUNTS)
    if by.pk == user.pk:
        raise Refused(_("不能给自己办，请另一位管理员来办。"))
    user = records.hold(user)
    if user.version != seen:
        raise Stale(_("这个账户刚被别人改过，请看一看现在的样子再改。您写的内容还在。"))
    wanted = facts.columns()
    changed = [name for name, value in wanted.items() if getattr(user, name) != value]
    if not changed:
        return user
    for name in {"home_body", "station_body"} & set(changed):
        _refuse_idle(wanted[name])
    event = AccountCorrected(
        whom=wanted["name"], what="、".join(_change(name, user, wanted) for name in changed),
        changes={name: _pair(name, user, wanted) for name in changed}, reason=normalise(reason)[:LONGEST_REASON],
    )  # fmt: skip
    for name in changed:
        setattr(user, name, wanted[name])
    if "name" in changed and user.is_slot:
        user.is_slot = False  # now it is somebody's
    records.keep(user, "is_slot", *changed)
    records.tell(event, about=user, by=by)
    return user


def _save_new(user: User) -> None:
    """Two people may choose one name at once: the database decides, and what it says is told as a sentence."""
    taken = Refused(_("用户名“%(name)s”已经有人用了，请换一个，例如在后面加个数字。") % {"name": user.username})
    if User.objects.filter(username__iexact=user.username).exists():
        raise taken
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as clash:
        raise taken from clash


def _refuse_idle(body: Body | None) -> None:
    if body is not None and (body.is_slot or not body.is_active):
        raise Refused(_("“%(body)s”还没有定名、没有审核通过或者已经停办，不能在那里开户。") % {"body": body})


def _pair(name: str, user: User, wanted: dict[str, Any]) -> list[str]:
    return [UNTOLD] * 2 if name == "phone" else [str(getattr(user, name) or ""), str(wanted[name] or "")]


def _change(name: str, user: User, wanted: dict[str, Any]) -> str:
    before, after = _pair(name, user, wanted)
    if name == "phone":
        return str(COLUMNS[name])
    words = {"what": COLUMNS[name], "old": before or _("无"), "new": after or _("无")}
    return _("%(what)s由“%(old)s”改为“%(new)s”") % words
