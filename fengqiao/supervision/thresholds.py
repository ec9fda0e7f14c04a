"""The numbers of supervision: built-in proposals, each a district's to change (supervision.csv). No source gives them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.calendar import provisional
from fengqiao.kernel.limits import Limit, Unit, last_day

from .models import PlanStep, SeatKind, Threshold


@dataclass(frozen=True)
class Default:
    """A built-in number and what it is for."""

    n: int
    name: Any


DEFAULTS: dict[str, Default] = {
    "order-days": Default(5, _("交办、督办给几个工作日")),
    "review-age": Default(60, _("办了多少天还没办结，列入月研判")),
    "review-refusals": Default(1, _("当事人拒绝几次，列入月研判")),
    "review-extensions": Default(1, _("延期几次，列入月研判")),
    "review-visits": Default(2, _("重复来访几次，列入月研判")),
}
# 人民调解法 25 and handbook 2.3 alone. A district whose plan names its steps puts them into plans.csv.
GENERIC_PLAN = _("通用处置清单")
GENERIC_STEPS = (
    (_("采取有针对性的预防措施，防止激化。"), _("人民调解法 25")),
    (_("可能引起治安案件、刑事案件的，及时报告当地公安机关或者其他有关部门。"), _("人民调解法 25")),
    (_("报告区中心和领导小组。"), _("重大事项报告")),
    (_("由区中心报告区委、区政府。"), _("重大事项报告")),
    (_("事情没有平息以前持续续报。"), _("信息续报")),
)


@dataclass(frozen=True)
class Step:
    """One line of the checklist."""

    words: str
    basis: str


@dataclass(frozen=True)
class Plan:
    """The emergency plan as it would be started now; `slot` names the district's own, whose steps are not known."""

    name: str
    steps: list[Step]
    slot: str = ""


def number(key: str) -> int:
    """The district's number, else the built-in one. Raises KeyError for a key that nobody defined."""
    own = Threshold.objects.filter(key=key).values_list("n", flat=True).first()
    return DEFAULTS[key].n if own is None else own


def numbers() -> dict[str, int]:
    """All of them, in one reading."""
    own = dict(Threshold.objects.values_list("key", "n"))
    return {key: own.get(key, one.n) for key, one in DEFAULTS.items()}


def order_due() -> date:
    """The last day that an order given today leaves, counted in working days from tomorrow."""
    return last_day(timezone.now(), Limit(number("order-days"), Unit.WORKING_DAY), calendar=provisional())


def seat_names() -> list[str]:
    """As what one may sit at a conference, in the district's order; empty where it names none."""
    return list(SeatKind.objects.filter(is_slot=False).values_list("name", flat=True))


def plan_now() -> Plan:
    """The district's plan where its steps are known, else the generic one."""
    rows = list(PlanStep.objects.all())
    own = [row for row in rows if not row.is_slot]
    if own:
        return Plan(own[0].name, [Step(row.words, row.basis) for row in own])
    steps = [Step(str(words), str(basis)) for words, basis in GENERIC_STEPS]
    return Plan(str(GENERIC_PLAN), steps, slot=rows[0].name if rows else "")
