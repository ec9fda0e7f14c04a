"""The coming year's holidays: whether they are missing, and entering them when the State Council has published them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.kernel.calendar import Calendar, Year, official
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.people.duties import Duty, require
from fengqiao.people.models import User

from .events.calendar import SUBJECT, CalendarCorrected, CalendarEntered
from .models import CalendarYear, Clock, Recount
from .models.calendar import known
from .recounting import Moving, by_calendar, order_year

PUBLISHED_IN = 11  # 国务院办公厅 publishes the next year's holidays in November
LONGEST_SOURCE = 200
AGAIN = gettext_lazy("这一年刚刚有人录入或者改过，请看清现在的样子再办。您写的内容还在。")


@dataclass(frozen=True)
class Gap:
    """The year that nobody has entered yet, though dates reach into it or it is time to."""

    year: int
    provisional: int  # how many clocks run on plain weeks till then


def gap(today: date | None = None) -> Gap | None:
    """From November on, and whenever a running clock needs the year. Two short questions to the database."""
    today = today or timezone.localdate()
    last = known().last.year
    provisional = Clock.objects.filter(stopped_at=None, is_provisional=True).count()
    if provisional or today >= date(last, PUBLISHED_IN, 1):
        return Gap(last + 1, provisional)
    return None


def enterable() -> list[int]:
    """The years that may be entered or corrected: those after the package's, and the one after the last."""
    return [*range(official().last.year + 1, known().last.year + 2)]


def would_move(said: Year) -> Moving:
    """Which running clocks would end on another day by this year's holidays. Refused for a year that cannot be entered."""
    _refuse_year(said.year)
    return by_calendar(_with(said), said.year)


@transaction.atomic
def enter(said: Year, *, source: str, seen: int, by: User) -> Recount:
    """Put the year on record, and order the clocks that it concerns to be counted anew.

    `seen` is the key of the row that the person corrects, 0 for none. Stale where somebody entered the year meanwhile.
    """
    require(by, Duty.KEEP_DISTRICT)
    source = normalise(source)
    if not source or len(source) > LONGEST_SOURCE:
        raise Refused(_("请写明依据哪个通知，最多 %(n)d 个字。") % {"n": LONGEST_SOURCE})
    _refuse_year(said.year)
    row = CalendarYear.objects.select_for_update().filter(year=said.year).first()
    if (row.version if row else 0) != seen:
        raise Stale(AGAIN)
    before = row.said if row else None
    if before == said:
        raise Refused(_("和现在的一样，没有要改的。"))
    row = row or CalendarYear(year=said.year, version=0)
    row.off, row.work = ({day.isoformat(): name for day, name in days.items()} for days in (said.off, said.work))
    row.source, row.entered_at, row.version = source, timezone.now(), row.version + 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # somebody else entered the same year at this moment
        raise Stale(AGAIN) from None
    facts: dict[str, Any] = {"year": said.year, "source": source, "off": len(said.off), "work": len(said.work)}
    told = CalendarCorrected(**facts, days=_differing(before, said)) if before else CalendarEntered(**facts)
    book.append(SUBJECT, said.year, told, by=by, rows=[row])
    reason = _("依%(source)s录入%(year)d年放假安排") % {"source": source, "year": said.year}
    return order_year(said.year, reason=reason[:LONGEST_SOURCE], by=by)


def entered(year: int) -> CalendarYear | None:
    return CalendarYear.objects.filter(year=year).first()


def _with(said: Year) -> Calendar:
    """The calendar as it would be: a corrected year in its place, and those after it."""
    calendar = official()
    years = {row.year: row.said for row in CalendarYear.objects.all()} | {said.year: said}
    while (year := years.get(calendar.last.year + 1)) is not None:
        calendar = calendar.with_year(year)
    return calendar


def _refuse_year(year: int) -> None:
    if year <= official().last.year:
        raise Refused(_("%(year)d年的放假安排随系统带来，不在这里改。") % {"year": year})
    if year not in enterable():
        raise Refused(_("请先录入%(year)d年的放假安排，年份不能跳着录。") % {"year": known().last.year + 1})


def _differing(before: Year, after: Year) -> list[str]:
    """The days that mean something else now."""
    kinds = [{**dict.fromkeys(one.off, "off"), **dict.fromkeys(one.work, "work")} for one in (before, after)]
    return sorted(day.isoformat() for day in {*kinds[0], *kinds[1]} if kinds[0].get(day) != kinds[1].get(day))
