"""The official working-day calendar: weekends rest, unless the State Council's yearly notice says otherwise."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta, timezone
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .errors import CalendarMissing

TZ = ZoneInfo("Asia/Shanghai")

# Limits are counted at +08:00 throughout; the time zone above remembers the summer times of 1986 to 1991.
CLOCK = timezone(timedelta(hours=8))

TABLE = Path(__file__).with_name("data") / "holidays_cn.csv"

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Known from `first` to `last`, both included; `off` and `work` are the days that differ from the plain week."""

    first: date
    last: date
    off: frozenset[date]
    work: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether people work on this day; a 调休 weekend is a working day in every respect.

        Raises CalendarMissing where the calendar ends: a guess would be a wrong deadline.
        """
        if not self.first <= day <= self.last:
            raise CalendarMissing(
                _("%(year)d年的放假调休安排还没有录入，算不出这个日期。请管理员先补上当年的工作日历。")
                % {"year": day.year}
            )
        if day in self.work:
            return True
        return day not in self.off and day.weekday() < SATURDAY

    def with_year(self, year: "Year") -> "Calendar":
        """This calendar and the year after its last, which may say otherwise of the last days of the year before."""
        if year.year != self.last.year + 1:
            raise ValueError(f"after {self.last.year} comes {self.last.year + 1}, not {year.year}")
        named = year.off.keys() | year.work.keys()
        return Calendar(
            self.first,
            date(year.year, 12, 31),
            (self.off - named) | year.off.keys(),
            (self.work - named) | year.work.keys(),
        )

    def onward(self) -> "Calendar":
        """After it, five years of plain weeks: for dates that are said to be set right later."""
        return replace(self, last=date(self.last.year + 5, 12, 31))


@dataclass(frozen=True)
class Year:
    """What the notice of one year says: the days that differ from the plain week, each with what it is called."""

    year: int
    off: Mapping[date, str]
    work: Mapping[date, str]


@cache
def official() -> Calendar:
    """The calendar that comes with the package, read once."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return read(lines)


@cache
def provisional() -> Calendar:
    """The calendar that comes with the package, and plain weeks after it."""
    return official().onward()


def read(lines: Iterable[str]) -> Calendar:
    """A calendar from `date,kind,name` lines (kind: off or work; # starts a comment), whole years only.

    Raises ValueError with the line at fault.
    """
    days: dict[str, set[date]] = {"off": set(), "work": set()}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        day = date.fromisoformat(row["date"])
        if row["kind"] not in days:
            raise ValueError(f"{day}: kind must be off or work, not {row['kind']!r}")
        if any(day in known for known in days.values()):
            raise ValueError(f"{day} is listed twice")
        days[row["kind"]].add(day)
    years = {day.year for day in days["off"]}
    if not years or years != set(range(min(years), max(years) + 1)):
        raise ValueError("the calendar must list the holidays of consecutive years")
    return Calendar(date(min(years), 1, 1), date(max(years), 12, 31), frozenset(days["off"]), frozenset(days["work"]))
