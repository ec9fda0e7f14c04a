"""The thirty worked deadlines that come with the data of the project: every one, to the second."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from fengqiao.kernel.errors import CalendarMissing
from fengqiao.kernel.limits import Limit, Span, Unit, due_at, last_day

EXAMPLES = Path(__file__).with_name("deadlines_public.jsonl")
LINES = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


def counted(case):
    limit = Limit(case["n"], Unit(case["unit"]), exclude_start_day=case["exclude_start_day"], roll=case["roll"])
    pauses = [Span(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in case["pauses"]]
    start = datetime.fromisoformat(case["start"])
    if limit.unit is Unit.HOUR:
        return due_at(start, limit, pauses).isoformat()
    return last_day(start, limit, pauses).isoformat()


@pytest.mark.parametrize("case", LINES, ids=lambda case: case["id"])
def test_the_published_example_comes_out(case):
    if case.get("error") == "calendar_missing":
        with pytest.raises(CalendarMissing):
            counted(case)
    else:
        assert counted(case) == case["expected"], case["why"]
