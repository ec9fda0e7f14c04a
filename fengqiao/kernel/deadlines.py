"""The answer to one line of an evaluation of deadlines, by the arithmetic that every clock uses.

A line in: `id`, `start` (ISO moment), `n`, `unit` (hour, calendar_day, working_day, month, year), and optionally
`exclude_start_day` (true), `roll` (false), `pauses` (pairs of moments). Gold has also `expected`. A moment without an offset
is one of our clock, +08:00; 24:00 is the midnight at which the next day begins (ISO 8601).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from .calendar import CLOCK
from .errors import CalendarMissing
from .limits import Limit, Span, Unit, due_at, last_day

ASKED = ("id", "start", "n", "unit")
GOLD = ("start", "n", "unit", "expected")

Row = Mapping[str, Any]


def answer(row: Row) -> dict[str, Any]:
    """The last day as an ISO date, for hours the moment; none, and why, where the calendar is not published yet.

    Raises `KeyError`, `TypeError` or `ValueError` for a line that says no limit.
    """
    try:
        return {"id": row["id"], "expected": _counted(row)}
    except CalendarMissing:
        return {"id": row["id"], "expected": None, "error": "calendar_missing"}


def abstention(row: Row) -> dict[str, Any]:
    """The answer to a line that cannot be read."""
    return {"id": row.get("id"), "expected": None}


def score(rows: Iterable[Row]) -> Iterator[tuple[str, float]]:
    """How many lines there are, and which share of them came out to the day or the second."""
    golden = list(rows)
    yield "deadlines", len(golden)
    if golden:
        yield "exact", sum(answer({"id": "", **row})["expected"] == row["expected"] for row in golden) / len(golden)


def _counted(row: Row) -> str:
    try:
        unit = Unit(row["unit"])
        excludes = unit is not Unit.HOUR and _flag(row, "exclude_start_day", True)
        limit = Limit(_whole(row["n"]), unit, exclude_start_day=excludes, roll=_flag(row, "roll", False))
        pauses = [Span(_moment(begin), _moment(end)) for begin, end in row.get("pauses") or ()]
        start = _moment(row["start"])
        return (due_at if unit is Unit.HOUR else last_day)(start, limit, pauses).isoformat()
    except OverflowError:
        raise ValueError("no calendar reaches that far") from None


def _moment(text: Any) -> datetime:
    if not isinstance(text, str):
        raise TypeError("a moment is written as text")
    day, _t, clock = text.strip().partition("T")
    is_midnight = clock.startswith("24:00")
    moment = datetime.fromisoformat(f"{day}T00{clock[2:]}" if is_midnight else text.strip())
    if is_midnight:
        if (moment.minute, moment.second, moment.microsecond) != (0, 0, 0):
            raise ValueError("only 24:00 itself is a time of day")
        moment += timedelta(days=1)
    return moment if moment.tzinfo else moment.replace(tzinfo=CLOCK)


def _whole(number: Any) -> int:
    """A number that another program may have written as 30.0 or as "30"."""
    if isinstance(number, bool) or int(number) != float(number):
        raise ValueError("a limit has a whole number")
    return int(number)


def _flag(row: Row, name: str, otherwise: bool) -> bool:
    """Yes or no; what is missing or null is as it is by default. Words for it are none: the text "false" is not false."""
    value = row.get(name)
    if value is None:
        return otherwise
    if value not in (True, False):
        raise ValueError(f"{name} is true or false")
    return bool(value)
