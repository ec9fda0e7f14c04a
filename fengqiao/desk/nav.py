"""What stands around every page of the desk: the way to the other pages, the bell, and how far the ledger is sealed.

Addresses are written out, as in the shell: pages of errors are drawn with them whatever went wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from fengqiao.disputes.holidays import Gap, gap
from fengqiao.ledger.models import Seal
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role, User
from fengqiao.people.roster.sight import reviews

from .oversight.board import watches
from .worklist import desk_of

DESK = "/desk/"
MOST_UNREAD = 99


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    count: Any = ""
    late: Any = ""
    current: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under one heading, which opens and shuts; without a heading they always stand there."""

    title: str = ""
    items: list[Item] = field(default_factory=list)

    @property
    def current(self) -> bool:
        return any(item.current for item in self.items)


@dataclass(frozen=True)
class Bell:
    url: str
    count: int


def nav(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing is asked of the database until a page of the desk is drawn."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {
        "nav_groups": SimpleLazyObject(lambda: list(_groups(request, user))),
        "bell": SimpleLazyObject(lambda: Bell("/desk/notices/", Notice.objects.of(user).unread().up_to(MOST_UNREAD))),
        "who_note": SimpleLazyObject(lambda: _who(user)),
        "sealed_until": SimpleLazyObject(_sealed_until),
        "calendar_gap_url": "/desk/calendar/year/",
        "calendar_gap": SimpleLazyObject(lambda: _calendar_gap(user)),
    }


def _groups(request: HttpRequest, user: User) -> Iterator[Group]:
    """What everybody opens many times a day stands open on top; the rest under headings, by what it is about."""
    if user.administers:
        titled = [("", _administration(user))]
    else:
        titled = [
            ("", _daily(request, user)), (_("办理"), _in_hand(user)), (_("督查督办"), _supervision(user)),
            (_("统计研判"), _figures(user)), (_("窗口与队伍"), _people(user)), (_("规则与机构"), _structure(user)),
        ]  # fmt: skip
    for title, items in titled:
        if found := [_at(request.path, item) for item in items]:
            yield Group(title, found)


def _daily(request: HttpRequest, user: User) -> Iterator[Item]:
    desk = desk_of(request)
    yield Item(_("工作台"), DESK, "list-check", count=desk.count(desk.first_view))
    if user.works_cases:
        yield Item(_("登记来访"), "/desk/register/", "writing")
        yield Item(_("候访叫号"), "/desk/queue/", "speakerphone")
    yield Item(_("全部纠纷"), "/desk/disputes/", "folders")
    yield Item(_("通知"), "/desk/notices/", "bell")


def _in_hand(user: User) -> Iterator[Item]:
    """What runs on beside the worklist: days agreed on, duties that fall due, people to be called."""
    if user.works_cases:
        if user.mediates:
            yield Item(_("调解日程"), "/desk/sessions/", "calendar-time")
        yield Item(_("履行跟踪"), "/desk/performing/", "coin-yuan")
        yield Item(_("回访"), "/desk/callbacks/", "phone")
    yield Item(_("日历"), "/desk/calendar/", "calendar-event")


def _supervision(user: User) -> Iterator[Item]:
    """Orders and what else goes up and down the line; the board for who looks after a region."""
    if watches(user):
        yield Item(_("督查台"), "/desk/oversight/", "eye")
    yield Item(_("交办督办"), "/desk/orders/", "gavel")
    yield Item(_("领导包案"), "/desk/led/", "user-star")
    yield Item(_("会商"), "/desk/conferences/", "users-group")
    yield Item(_("重大事项"), "/desk/incidents/", "urgent")
    if user.oversees:
        yield Item(_("日清"), "/desk/clearing/", "signature")
    if user.role in (Role.MANAGER, Role.LEADER):
        yield Item(_("督查登记"), "/desk/lapses/", "flag")


def _figures(user: User) -> Iterator[Item]:
    """What the many disputes say together."""
    yield Item(_("统计"), "/desk/figures/", "chart-bar")
    if user.oversees or user.role == Role.LEADER:
        yield Item(_("月研判"), "/desk/reviews/", "bulb")


def _people(user: User) -> Iterator[Item]:
    """Who is there, where they sit and when."""
    if not user.works_cases:
        return
    yield Item(_("名册"), "/desk/roster/", "id-badge")
    yield Item(_("大厅窗口"), "/desk/windows/", "layout-grid")
    yield Item(_("值班"), "/desk/duty/", "calendar-user")
    if user.oversees:
        yield Item(_("考勤"), "/desk/attendance/", "user-check")


def _structure(user: User) -> Iterator[Item]:
    """By what rules matters go where, and which bodies there are."""
    if user.works_cases and user.oversees:
        yield Item(_("分流规则"), "/desk/rules/", "route")
    if user.works_cases and user.approves_bodies:
        yield Item(_("机构"), "/desk/bodies/", "building-bank")


def _administration(user: User) -> Iterator[Item]:
    """Three duties kept apart (等保 2.0): who keeps accounts gives no power and reads no logs; none works on disputes."""
    if user.role == Role.ADMIN:
        yield Item(_("机构"), "/desk/bodies/", "building-bank")
        yield Item(_("账户与窗口"), "/desk/office/", "users")
        yield Item(_("本区数据"), "/desk/district/", "table")
        yield Item(_("分流规则"), "/desk/rules/", "route")
        yield Item(_("工作日历"), "/desk/calendar/year/", "calendar-cog")
        yield Item(_("发件箱"), "/desk/outbox/", "send")
        yield Item(_("地址库"), "/desk/addresses/", "map-pins")
        if reviews(user):
            yield Item(_("名册"), "/desk/roster/", "id-badge")
    if user.role == Role.SECURITY:
        yield Item(_("账户安全"), "/desk/accounts/", "shield-lock")
        yield Item(_("角色与新账户"), "/desk/roles/", "user-check")
    if user.role == Role.AUDITOR:
        yield Item(_("账本"), "/desk/ledger/", "shield-check")
        yield Item(_("登录日志"), "/desk/access/", "history")
    yield Item(_("通知"), "/desk/notices/", "bell")


def _at(here: str, item: Item) -> Item:
    """Marked where it is the page one is on; a dispute's own pages belong to the list of all."""
    is_here = here == item.url or (item.url != DESK and here.startswith(item.url))
    return Item(item.label, item.url, item.icon, item.count, item.late, is_here)


def _calendar_gap(user: User) -> Gap | None:
    """Said to those who can do something about it, or whose dates it is."""
    return gap() if user.role in (Role.ADMIN, Role.MANAGER) else None


def _who(user: User) -> str:
    return " · ".join(str(part) for part in (user.body, user.get_role_display()) if part)


def _sealed_until() -> datetime | None:
    last = Seal.objects.order_by("-day").values_list("day", flat=True).first()
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time())) if last else None
