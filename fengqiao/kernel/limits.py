"""Deadline arithmetic: from a start moment and a limit to the moment after which one is late, and the reasons why."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .calendar import CLOCK, Calendar, official

DAY = timedelta(days=1)
MONTHS_IN_A_YEAR = 12

Point = TypeVar("Point", date, datetime)


class Unit(StrEnum):
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Limit:
    """How long one has. `basis` names the law; `roll` moves an end on a rest day to the next working day.

    Hours run from the moment itself (民法典 201 second paragraph), so they never exclude the start day.
    """

    n: int
    unit: Unit
    exclude_start_day: bool = True
    roll: bool = False
    basis: str | Promise = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))
        if self.unit is Unit.HOUR:
            object.__setattr__(self, "exclude_start_day", False)
        if self.n < 1:
            raise ValueError(f"a limit is at least 1 {self.unit}, not {self.n}")

    def __str__(self) -> str:
        """The length in words: 一个月, 48小时, 30个工作日."""
        words = {
            Unit.HOUR: ngettext("%(n)d小时", "%(n)d小时", self.n),
            Unit.CALENDAR_DAY: ngettext("%(n)d天", "%(n)d天", self.n),
            Unit.WORKING_DAY: ngettext("%(n)d个工作日", "%(n)d个工作日", self.n),
            Unit.MONTH: ngettext("一个月", "%(n)d个月", self.n),
            Unit.YEAR: ngettext("一年", "%(n)d年", self.n),
        }
        return words[self.unit] % {"n": self.n}


@dataclass(frozen=True)
class Span:
    """A pause: the clock stands still from `begin` until `end` (which runs again); no `end` means it still stands."""

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        _local(self.begin)
        if self.end is not None and _local(self.end) < _local(self.begin):
            raise ValueError("a pause cannot end before it begins")


def last_day(start: datetime, limit: Limit, pauses: Iterable[Span] = (), calendar: Calendar | None = None) -> date:
    """The last day that is still in time, until 24:00 (民法典 200 to 203). Not for limits in hours.

    Raises CalendarMissing where a rest day must be known and is not, ValueError while a pause is open.
    """
    if limit.unit is Unit.HOUR:
        raise ValueError("a limit in hours ends at a moment: ask due_at")
    calendar = calendar or official()
    gaps = _paused_days(pauses)
    first = _first_counted(start, limit)
    if limit.unit is Unit.WORKING_DAY:
        return _nth_working(first, limit.n, gaps, calendar)
    end = _pushed(first, first + _length(start, limit), gaps) - DAY
    return _rolled(end, gaps, calendar) if limit.roll else end


def due_at(start: datetime, limit: Limit, pauses: Iterable[Span] = (), calendar: Calendar | None = None) -> datetime:
    """The moment that divides in time from late, at +08:00; read it with `is_late`.

    Hours: the exact moment, still in time. Other units: 00:00 after the last day, already late.
    Raises CalendarMissing where a rest day must be known and is not, ValueError while a pause is open.
    """
    if limit.unit is not Unit.HOUR:
        return datetime.combine(last_day(start, limit, pauses, calendar) + DAY, time.min, CLOCK)
    gaps = _paused_moments(pauses)
    begin = _local(start)
    end = _pushed(begin, begin + _length(start, limit), gaps)
    return _rolled(end, gaps, calendar or official()) if limit.roll else end


def is_late(now: datetime, due: datetime, unit: Unit) -> bool:
    """The 48th hour is still in time; midnight after the last day is not."""
    return now > due if unit is Unit.HOUR else now >= due


def remaining(
    start: datetime,
    limit: Limit,
    pauses: Iterable[Span] = (),
    *,
    now: datetime,
    calendar: Calendar | None = None,
) -> timedelta:
    """What is left of the limit itself at `now`, also while the clock stands; never negative.

    Hours: to the second. Other units: whole days, today among them; for working days only those are counted.
    A roll adds nothing here. Raises CalendarMissing as `last_day` does.
    """
    until_now = [Span(p.begin, min(p.end or now, now)) for p in pauses if p.begin < now]
    if limit.unit is Unit.HOUR:
        spent = _spent(_local(start), _local(now), _paused_moments(until_now))
        return max(_length(start, limit) - spent, timedelta())
    first, today, gaps = _first_counted(start, limit), _local(now).date(), _paused_days(until_now)
    if limit.unit is not Unit.WORKING_DAY:
        return max(_length(start, limit) - _spent(first, today, gaps), timedelta())
    left, day = limit.n, first
    while left and day < today:
        left -= not _is_paused(day, gaps) and (calendar or official()).is_working(day)
        day += DAY
    return timedelta(days=left)


def explain(
    start: datetime,
    limit: Limit,
    due: datetime | None,
    pauses: Iterable[Span] = (),
    *,
    event: str = "",
    calendar: Calendar | None = None,
) -> list[str]:
    """Short sentences that tell why it is due then. `event` names what began it (受理); `due` is None while paused.

    Raises CalendarMissing as `due_at` does.
    """
    pauses = tuple(pauses)
    dates = _Dates(with_year=due is not None and _local(start).year != _shown(due, limit).year)
    stands = due is None or any(pause.end is None for pause in pauses)
    end = None if stands else _shown(due_at(start, replace(limit, roll=False), pauses, calendar), limit)
    stops = _told_pauses(start, limit, end, pauses, dates)
    told = [_told_start(start, limit, None if stops else end, event or _("开始"), dates), *_told_counting(start, limit)]
    told += stops
    if due is not None and end is not None:
        if stops:
            told.append(_("扣除暂停，到%(end)s。") % {"end": dates.write(end)})
        told += _told_roll(end, _shown(due_at(start, limit, pauses, calendar), limit), pauses, dates)
        told += _told_end(due, due_at(start, limit, pauses, calendar), limit, dates)
    if limit.basis:
        told.append(_("依据：%(basis)s。") % {"basis": limit.basis})
    return told


# ── counting ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("deadlines need moments with a time zone")
    return moment.astimezone(CLOCK)


def _first_counted(start: datetime, limit: Limit) -> date:
    day = _local(start).date()
    return day + DAY if limit.exclude_start_day else day


def _length(start: datetime, limit: Limit) -> timedelta:
    """How long the limit is without pauses; months and years as the calendar days they cover (民法典 202)."""
    if limit.unit is Unit.HOUR:
        return timedelta(hours=limit.n)
    if limit.unit not in (Unit.MONTH, Unit.YEAR):
        return limit.n * DAY
    day = _local(start).date()
    end, exists = _corresponding(day, limit)
    if not limit.exclude_start_day and exists:
        end -= DAY
    return end - _first_counted(start, limit) + DAY


def _corresponding(day: date, limit: Limit) -> tuple[date, bool]:
    """The day of the same number in the target month, or that month's last day; and whether there is such a day."""
    months = limit.n * (MONTHS_IN_A_YEAR if limit.unit is Unit.YEAR else 1)
    years, month = divmod(day.month - 1 + months, MONTHS_IN_A_YEAR)
    in_month = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, in_month)), day.day <= in_month


def _paused_days(pauses: Iterable[Span]) -> list[tuple[date, date]]:
    """The day a pause begins is lost, the day it ends is counted: half-open stretches of days."""
    return _union((begin.date(), end.date()) for begin, end in _paused_moments(pauses))


def _paused_moments(pauses: Iterable[Span]) -> list[tuple[datetime, datetime]]:
    return _union(_closed(pause) for pause in pauses)


def _closed(pause: Span) -> tuple[datetime, datetime]:
    if pause.end is None:
        raise ValueError("the clock still stands, so no date is known: ask remaining")
    return _local(pause.begin), _local(pause.end)


def _union(stretches: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """In order, without overlaps: what two pauses share is not lost twice."""
    merged: list[tuple[Point, Point]] = []
    for begin, end in sorted(stretches):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return merged


def _pushed(begin: Point, end: Point, gaps: list[tuple[Point, Point]]) -> Point:
    """The (open) end, later by every gap that the running clock meets."""
    for stop, go in _from(begin, gaps):
        if stop >= end:
            break
        end += go - stop
    return end


def _from(begin: Point, gaps: list[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """What of the gaps lies after the beginning; a gap before it, or of no length, costs nothing."""
    later = ((max(stop, begin), go) for stop, go in gaps)
    return [(stop, go) for stop, go in later if stop < go]


def _spent(begin: Point, now: Point, gaps: list[tuple[Point, Point]]) -> timedelta:
    """How long the clock has run by now; no gap reaches beyond now."""
    standing = sum((go - stop for stop, go in _from(begin, gaps)), timedelta())
    return max(now - begin - standing, timedelta())


def _nth_working(day: date, n: int, gaps: list[tuple[date, date]], calendar: Calendar) -> date:
    while True:
        if not _is_paused(day, gaps) and calendar.is_working(day):
            n -= 1
            if not n:
                return day
        day += DAY


def _rolled(end: Point, gaps: list[tuple[Point, Point]], calendar: Calendar) -> Point:
    """Forward only, to a working day on which the clock runs; hours keep their time of day."""
    if calendar.is_working(_date(end)):
        return end
    while _is_paused(end, gaps) or not calendar.is_working(_date(end)):
        end += DAY
    return end


def _is_paused(point: Point, gaps: list[tuple[Point, Point]]) -> bool:
    return any(stop <= point < go for stop, go in gaps)


def _date(point: date) -> date:
    return point.date() if isinstance(point, datetime) else point


# ── telling ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Dates:
    with_year: bool

    def write(self, point: date) -> str:
        shape = _("%(year)d年%(month)d月%(day)d日") if self.with_year else _("%(month)d月%(day)d日")
        day = shape % {"year": point.year, "month": point.month, "day": point.day}
        if isinstance(point, datetime):
            return _("%(day)s %(time)s") % {"day": day, "time": f"{point:%H:%M}"}
        return day


def _shown(due: datetime, limit: Limit) -> date:
    """What a person reads: the moment for hours, otherwise the last day (the one before that midnight)."""
    return _local(due) if limit.unit is Unit.HOUR else _local(due).date() - DAY


def _told_start(start: datetime, limit: Limit, end: date | None, event: str, dates: _Dates) -> str:
    begin = _local(start) if limit.unit is Unit.HOUR else _local(start).date()
    said = {"start": dates.write(begin), "event": event, "length": str(limit), "end": dates.write(end) if end else ""}
    if limit.unit is Unit.HOUR:
        shape = _("%(start)s%(event)s，%(length)s，到%(end)s。") if end else _("%(start)s%(event)s，%(length)s。")
    elif limit.exclude_start_day:
        shape = (
            _("%(start)s%(event)s，次日起算，%(length)s，到%(end)s。")
            if end
            else _("%(start)s%(event)s，次日起算，%(length)s。")
        )
    else:
        shape = (
            _("%(start)s%(event)s，当日起算，%(length)s，到%(end)s。")
            if end
            else _("%(start)s%(event)s，当日起算，%(length)s。")
        )
    return shape % said


def _told_counting(start: datetime, limit: Limit) -> list[str]:
    if limit.unit is Unit.HOUR:
        return [_("按小时连续计算，夜里、周末和节假日都算在内。")]
    if limit.unit is Unit.WORKING_DAY:
        return [_("只数工作日：周末和节假日不算，调休上班的日子要算。")]
    if limit.unit is Unit.CALENDAR_DAY:
        return [_("按自然日数，周末和节假日都算在内。")]
    day = _local(start).date()
    end, exists = _corresponding(day, limit)
    if exists:
        return []
    return [_("%(month)d月没有%(day)d日，算到当月最后一天。") % {"month": end.month, "day": day.day}]


def _told_pauses(start: datetime, limit: Limit, end: date | None, pauses: tuple[Span, ...], dates: _Dates) -> list[str]:
    """Only the pauses that cost something, each with what it cost."""
    closed = [pause for pause in pauses if pause.end]
    if limit.unit is Unit.HOUR:
        gaps = _from(_local(start), _paused_moments(closed))
        told = [_told_paused_moments(stop, go, dates) for stop, go in gaps if end is None or stop < end]
    else:
        days = _from(_first_counted(start, limit), _paused_days(closed))
        told = [_told_paused_days(first, go, dates) for first, go in days if end is None or first <= end]
    standing = [_local(pause.begin) for pause in pauses if pause.end is None]
    if standing:
        since = min(standing) if limit.unit is Unit.HOUR else min(standing).date()
        told.append(_("%(since)s起暂停，恢复以后接着算。") % {"since": dates.write(since)})
    return told


def _told_paused_moments(stop: datetime, go: datetime, dates: _Dates) -> str:
    return _("%(stop)s至%(go)s暂停，这段时间不算。") % {"stop": dates.write(stop), "go": dates.write(go)}


def _told_paused_days(first: date, go: date, dates: _Dates) -> str:
    lost = (go - first).days
    shape = ngettext("%(first)s暂停，%(n)d天不算。", "%(first)s至%(last)s暂停，%(n)d天不算。", lost)
    return shape % {"first": dates.write(first), "last": dates.write(go - DAY), "n": lost}


def _told_roll(end: date, final: date, pauses: tuple[Span, ...], dates: _Dates) -> list[str]:
    if final == end:
        return []
    passed = [pause for pause in pauses if _date(end) < _local(pause.begin).date() <= _date(final)]
    shape = (
        _("%(end)s是休息日，顺延到暂停结束后的工作日，即%(final)s。")
        if passed
        else _("%(end)s是休息日，顺延到下一个工作日，即%(final)s。")
    )
    return [shape % {"end": dates.write(_date(end)), "final": dates.write(final)}]


def _told_end(due: datetime, counted: datetime, limit: Limit, dates: _Dates) -> list[str]:
    final, said = dates.write(_shown(due, limit)), []
    if counted != due:
        said.append(_("期限后来调整过，以%(final)s为准。") % {"final": final})
    if limit.unit is Unit.HOUR:
        return [*said, _("正好到这一刻也算按时。")]
    return [*said, _("%(final)s24时以前都算按时。") % {"final": final}]
