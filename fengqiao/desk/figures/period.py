"""The stretch of days that figures are about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.kernel.errors import Refused


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When it begins, and when it is over: the second is the first moment that is no part of it."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))

    @property
    def query(self) -> str:
        return f"from={self.first:%Y-%m-%d}&to={self.last:%Y-%m-%d}"

    def __str__(self) -> str:
        return _("%(first)s 至 %(last)s") % {
            "first": date_format(self.first, "Y-m-d"),
            "last": date_format(self.last, "Y-m-d"),
        }

    def parts(self, bodies: list[Body]) -> Iterator["Period"]:
        """Cut where one of these bodies got another name: within a part each has one."""
        ends = {date.fromisoformat(one["until"]) for body in bodies for one in body.former}
        first = self.first
        for end in sorted(end for end in ends if self.first <= end < self.last):
            yield Period(first, end)
            first = end + timedelta(days=1)
        yield Period(first, self.last)


def asked_for(given: Mapping[str, str], today: date) -> Period:
    """The period of `from` and `to`; this year so far, where neither is given. Refused for days that are none."""
    first, last = given.get("from", "").strip(), given.get("to", "").strip()
    try:
        period = Period(
            date.fromisoformat(first) if first else date(today.year, 1, 1), date.fromisoformat(last) if last else today
        )
    except ValueError:
        raise Refused(_("日期请写成 2026-01-31 这样。")) from None
    if period.first > period.last:
        raise Refused(_("开始的日子比结束的晚，请换过来。"))
    if period.first.year < 2000 or period.last.year > today.year + 1:
        raise Refused(_("请选 2000 年以后、明年以前的日子。"))
    return period


def usual(today: date) -> list[tuple[str, Period]]:
    """What is mostly asked for."""
    month, year = today.replace(day=1), date(today.year, 1, 1)
    before = month - timedelta(days=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return [
        (_("本月"), Period(month, today)),
        (_("上月"), Period(before.replace(day=1), before)),
        (_("本季度"), Period(quarter, today)),
        (_("今年"), Period(year, today)),
        (_("去年"), Period(date(today.year - 1, 1, 1), year - timedelta(days=1))),
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
