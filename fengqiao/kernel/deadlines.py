"""The answer to one line of an evaluation of deadlines, by the arithmetic that every clock uses.

A line in: `id`, `start` (ISO moment), `n`, `unit` (hour, calendar_day, working_day, month, year), and optionally
`exclude_start_day` (true), `roll` (false), `pauses` (pairs of moments). Gold has also `expected`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

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
    unit = Unit(row["unit"])
    excludes = unit is not Unit.HOUR and bool(row.get("exclude_start_day", True))
    limit = Limit(row["n"], unit, exclude_start_day=excludes, roll=bool(row.get("roll", False)))
    pauses = [
        Span(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in row.get("pauses") or ()
    ]
    start = datetime.fromisoformat(row["start"])
    if unit is Unit.HOUR:
        return due_at(start, limit, pauses).isoformat()
    return last_day(start, limit, pauses).isoformat()
