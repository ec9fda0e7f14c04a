"""The roster's columns: what a row may say, what is wrong with it, and the same table given out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, Stationing, Window
from fengqiao.desk.records import tell
from fengqiao.kernel.errors import Refused
from fengqiao.people.duty import commands
from fengqiao.people.duty.models import Shift
from fengqiao.people.models import User
from fengqiao.tables import Column, Holds, Layout, Line

from ..events import ListExported

HOLDS = {
    "账户": Holds.TEXT, "姓名": Holds.NAME, "星期": Holds.TEXT, "上班": Holds.TIME, "下班": Holds.TIME, "窗口": Holds.TEXT,
    "方式": Holds.TEXT, "第一天": Holds.DAY, "最后一天": Holds.DAY, "电话": Holds.TEXT,
}  # fmt: skip
LAYOUT = Layout(
    columns={name: Column(name, holds) for name, holds in HOLDS.items()},
    needed=("账户", "星期", "上班", "下班", "方式"), most=2000, closed=True,
)  # fmt: skip
WEEKDAYS = "一二三四五六日"
KINDS = {"常驻": Stationing.RESIDENT, "轮驻": Stationing.ROTATING, "随叫随驻": Stationing.ON_CALL}
TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::\d{2})?")


@dataclass(frozen=True)
class Wrong:
    """One row that cannot be, and why."""

    row: int
    why: str


def take_in(rows: Sequence[Line], *, hall: Body, by: User) -> tuple[int, list[Wrong]]:
    """Plan every row, or none: how many shifts there are now from this table, and what is wrong where.

    The same table once more adds nothing.
    """
    known = _Known(hall)
    wrong: list[Wrong] = []
    with transaction.atomic():
        for number, said in rows:
            try:
                commands.plan(hall, by=by, **_facts(said, known))
            except Refused as no:
                wrong.append(Wrong(number, str(no)))
        if wrong:
            transaction.set_rollback(True)
    return (0 if wrong else len(rows)), wrong


@transaction.atomic
def given_out(shifts: Iterable[Shift], *, hall: Body, by: User) -> list[list[str]]:
    """The roster as a table that can be taken in again. Telephones stay here: they are called from the page."""
    rows = [_cells(shift) for shift in shifts]
    tell(ListExported(what=str(_("%(hall)s的值班表") % {"hall": hall}), rows=len(rows), format="csv"), by=by)
    return [list(LAYOUT.columns), *rows]


class _Known:
    """People and windows by what a table calls them."""

    def __init__(self, hall: Body) -> None:
        self.windows: dict[str, Window] = {one.name: one for one in hall.windows.named()}

    def person(self, username: str) -> User:
        found = User.objects.filter(username=username, is_active=True).first()
        if found is None:
            raise Refused(_("没有“%(name)s”这个账户，或者已经停用。") % {"name": username[:30]})
        return found

    def window(self, name: str) -> Window | None:
        if name and name not in self.windows:
            raise Refused(_("本单位没有“%(name)s”这个窗口。") % {"name": name[:60]})
        return self.windows.get(name)


def _facts(said: Mapping[str, str], known: _Known) -> dict[str, Any]:
    if said.get("方式", "") not in KINDS:
        raise Refused(_("“方式”应是%(kinds)s。") % {"kinds": "、".join(KINDS)})
    person = known.person(said.get("账户", ""))
    if said.get("姓名") and said["姓名"] != person.name:
        raise Refused(_("账户 %(user)s 是%(name)s，不是%(said)s。") % {
            "user": person.username, "name": person.name, "said": said["姓名"][:40],
        })  # fmt: skip
    return {
        "person": person, "weekday": _weekday(said.get("星期", "")), "starts": _time(said.get("上班", "")),
        "ends": _time(said.get("下班", "")), "window": known.window(said.get("窗口", "")), "kind": KINDS[said["方式"]],
        "first": _day(said.get("第一天", "")) or timezone.localdate(), "last": _day(said.get("最后一天", "")),
        "phone": said.get("电话", ""),
    }  # fmt: skip


def _weekday(text: str) -> int:
    word = text.removeprefix("星期").removeprefix("周").replace("天", "日")
    if word in WEEKDAYS and len(word) == 1:
        return WEEKDAYS.index(word)
    if word in "1234567" and len(word) == 1:
        return int(word) - 1
    raise Refused(_("星期“%(text)s”看不懂，应写一到日。") % {"text": text[:10]})


def _time(text: str) -> time:
    found = TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Refused(_("钟点“%(text)s”看不懂，应写成 08:30。") % {"text": text[:10]})
    return time(int(found[1]), int(found[2]))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise Refused(_("日期“%(text)s”看不懂，应写成 2026-01-31。") % {"text": text[:12]}) from None


def _cells(shift: Shift) -> list[str]:
    words = {kind: word for word, kind in KINDS.items()}
    return [
        shift.person.username, shift.person.name, WEEKDAYS[shift.weekday], f"{shift.starts:%H:%M}", f"{shift.ends:%H:%M}",
        str(shift.window or ""), words.get(Stationing(shift.kind), ""), f"{shift.first}", f"{shift.last or ''}", "",
    ]  # fmt: skip
