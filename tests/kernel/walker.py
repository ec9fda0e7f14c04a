"""A second opinion on deadlines, as plain as can be: it knows the days of the published table and walks from one to the next.

It shares no line with fengqiao/kernel/limits.py, not even the reading of the table.
"""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

TABLE = Path(__file__).parents[2] / "fengqiao" / "kernel" / "data" / "holidays_cn.csv"
SHANGHAI = timezone(timedelta(hours=8))
ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
MISSING = "calendar_missing"
SAID = {
    date.fromisoformat(line.split(",")[0]): line.split(",")[1] == "work"
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line[:1] == "2"
}


class NotPublished(Exception):
    """The answer hangs on a day of which nobody knows whether people work."""


def works(day: date) -> bool:
    if day.year < 2020 or day.year > 2026:
        raise NotPublished
    return SAID[day] if day in SAID else day.isoweekday() <= 5


def walk(start: datetime, n: int, unit: str, *, exclude: bool, roll: bool, pauses=()) -> str:
    """The last day, for hours the last moment, as it is written; MISSING where it cannot be known."""
    start = start.astimezone(SHANGHAI)
    stops = [(begin.astimezone(SHANGHAI), end.astimezone(SHANGHAI)) for begin, end in pauses]
    try:
        if unit == "hour":
            return _hours(start, n, roll, stops).isoformat()
        return _days(start.date(), n, unit, exclude=exclude, roll=roll, stops=stops).isoformat()
    except NotPublished:
        return MISSING


def extended(last: str, days: int) -> str:
    """A new limit of so many days from the old last day, which rolls."""
    return walk(datetime.fromisoformat(f"{last}T12:00+08:00"), days, "calendar_day", exclude=True, roll=True)


def _days(day: date, n: int, unit: str, *, exclude: bool, roll: bool, stops: list) -> date:
    if unit in ("month", "year"):
        n = _length(day, n, unit, exclude)
    if exclude:
        day += ONE_DAY
    while True:
        stands = any(begin.date() <= day < end.date() for begin, end in stops)
        if not stands and (unit != "working_day" or works(day)):
            n -= 1
        if n == 0:
            break
        day += ONE_DAY
    if roll and not works(day):
        day += ONE_DAY
        while any(begin.date() <= day < end.date() for begin, end in stops) or not works(day):
            day += ONE_DAY
    return day


def _length(day: date, n: int, unit: str, exclude: bool) -> int:
    """A month or year in days: by walking until the month is the right one and its number comes, or the month is over."""
    months = n * 12 if unit == "year" else n
    target = day.year * 12 + day.month - 1 + months
    at, length = day, 0 if exclude else 1
    while True:
        after = at + ONE_DAY
        is_there = at.year * 12 + at.month - 1 == target
        if is_there and at.day == day.day:
            return length - (0 if exclude else 1)
        if is_there and after.month != at.month:
            return length
        at = after
        length += 1


def _hours(now: datetime, n: int, roll: bool, stops: list) -> datetime:
    """Hour by hour: exact where start and pauses fall on the same minute and second."""
    while n:
        if not any(begin <= now < end for begin, end in stops):
            n -= 1
        now += ONE_HOUR
    if roll and not works(now.date()):
        now += ONE_DAY
        while any(begin <= now < end for begin, end in stops) or not works(now.date()):
            now += ONE_DAY
    return now
