"""Three hundred and more worked deadlines of our own, and any number of drawn ones, against a day walker that shares no code.

FENGQIAO_DEADLINES=100000 draws that many; the suite contents itself with a few thousand.
"""

import csv
import os
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from fengqiao.disputes.catalogue import CATALOGUE
from fengqiao.disputes.clocks import counted_anew
from fengqiao.disputes.models import Clock, Extension
from fengqiao.disputes.recounting import as_day
from fengqiao.kernel.deadlines import answer
from fengqiao.kernel.limits import Limit, Unit

from .walker import MISSING, extended, walk

DRAWN = int(os.environ.get("FENGQIAO_DEADLINES", "3000"))
TABLE = Path(__file__).with_name("golden_deadlines.csv")


class Case(NamedTuple):
    id: str
    start: str
    rule: str
    n: str
    unit: str
    exclude_start_day: str
    roll: str
    pauses: str
    extension: str
    expected: str
    ground: str
    why: str

    @property
    def stops(self) -> list[list[str]]:
        return [pause.split("/") for pause in self.pauses.split()]

    @property
    def line(self) -> dict:
        """As `./run evaluate deadlines` is asked."""
        return {
            "id": self.id, "start": self.start, "n": int(self.n), "unit": self.unit, "roll": self.roll == "1",
            "exclude_start_day": self.exclude_start_day == "1", "pauses": self.stops,
        }  # fmt: skip


def table() -> list[Case]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [Case(*row) for row in list(csv.reader(lines))[1:]]


def counted(line: dict) -> str:
    found = answer(line)
    return found.get("error") or found["expected"]


def walked(line: dict) -> str:
    pauses = [tuple(datetime.fromisoformat(moment) for moment in pause) for pause in line["pauses"]]
    return walk(
        datetime.fromisoformat(line["start"]), line["n"], line["unit"], exclude=line["exclude_start_day"],
        roll=line["roll"], pauses=pauses,
    )  # fmt: skip


def test_every_golden_deadline_comes_out():
    cases = [case for case in table() if not case.extension]
    assert len(cases) > 300
    assert len({case[1:10] for case in cases}) > 300
    wrong = [(case.id, found, case.why) for case in cases if (found := counted(case.line)) != case.expected]
    assert wrong == []


def test_and_the_walker_says_the_same_of_each():
    wrong = []
    for case in table():
        found = walked(case.line)
        found = extended(found, int(case.extension)) if case.extension else found
        if found != case.expected:
            wrong.append((case.id, found, case.why))
    assert wrong == []


def test_an_extension_is_a_new_limit_from_the_old_last_day():
    cases = [case for case in table() if case.extension]
    assert len(cases) > 10
    for case in cases:
        start = datetime.fromisoformat(case.start)
        limit = Limit(int(case.n), Unit(case.unit), roll=case.roll == "1")
        clock = Clock(started_at=start)
        clock.stood_still, clock.extended_by = [], [Extension(days=int(case.extension), at=start)]
        due, provisional = counted_anew(clock, limit)
        assert (as_day(due).isoformat(), provisional) == (case.expected, False), case.why


def test_a_golden_deadline_that_names_a_rule_is_counted_as_the_catalogue_has_it():
    named = [case for case in table() if case.rule in CATALOGUE]
    assert len(named) > 150
    for case in named:
        limit = CATALOGUE[case.rule].limit
        told = (limit.n, limit.unit.value, limit.exclude_start_day, limit.roll)
        assert told == (int(case.n), case.unit, case.exclude_start_day == "1", case.roll == "1"), case.id


def test_any_limit_ends_where_the_walk_ends():
    draw = Random(20261122)
    for n in range(DRAWN):
        line = drawn(draw, n)
        assert counted(line) == walked(line), line


def test_the_walker_refuses_what_is_not_published():
    start = datetime.fromisoformat("2026-12-31T10:00+08:00")
    assert walk(start, 1, "working_day", exclude=True, roll=False) == MISSING


LONGEST = {"hour": 200, "calendar_day": 120, "working_day": 60, "month": 24, "year": 3}


def drawn(draw: Random, n: int) -> dict:
    """Any limit from the autumn before the calendar to the spring after it, with up to four pauses."""
    unit = draw.choice(sorted(LONGEST))
    start = datetime.fromisoformat("2019-10-01T00:00:00+08:00") + timedelta(
        hours=draw.randrange(24 * 2750), seconds=draw.choice((0, 0, 1, 3599))
    )
    if draw.random() < 0.3:  # the ends of days
        start = start.replace(hour=draw.choice((0, 23)), minute=0)
    pauses = []
    for _ in range(draw.choice((0, 0, 0, 1, 1, 2, 4))):
        begin = start + timedelta(hours=draw.randrange(-500, 1500))
        pauses.append([begin.isoformat(), (begin + timedelta(hours=draw.randrange(700))).isoformat()])
    return {
        "id": str(n), "start": start.isoformat(), "n": draw.randint(1, LONGEST[unit]), "unit": unit,
        "exclude_start_day": unit != "hour" and draw.random() < 0.7, "roll": draw.random() < 0.5, "pauses": pauses,
    }  # fmt: skip


@pytest.mark.parametrize(
    "line, expected",
    [
        ({"start": "2025-06-27T24:00:00+08:00", "n": 1, "unit": "calendar_day"}, "2025-06-29"),
        ({"start": "2025-06-27T24:00+08:00", "n": 1, "unit": "hour"}, "2025-06-28T01:00:00+08:00"),
        ({"start": "2024-12-31T24:00:00Z", "n": 1, "unit": "month"}, "2025-02-01"),
        ({"start": "2025-06-27T10:00:00", "n": 3, "unit": "calendar_day"}, "2025-06-30"),
        ({"start": "2025-06-27", "n": 3, "unit": "calendar_day"}, "2025-06-30"),
        ({"start": "2025-06-27 10:00:00+08:00", "n": 3, "unit": "calendar_day"}, "2025-06-30"),
        ({"start": "2025-06-27T16:00:00Z", "n": 3, "unit": "calendar_day"}, "2025-07-01"),
        ({"start": "2025-06-27T10:00:00+08:00", "n": "3", "unit": "calendar_day"}, "2025-06-30"),
        ({"start": "2025-06-27T10:00:00+08:00", "n": 3.0, "unit": "working_day"}, "2025-07-02"),
        ({"start": "2025-06-27T10:00:00+08:00", "n": 3, "unit": "calendar_day", "pauses": None}, "2025-06-30"),
        ({"start": "2025-06-27T10:00:00+08:00", "n": 3, "unit": "calendar_day", "exclude_start_day": None}, "2025-06-30"),
        ({"start": "2025-06-27T10:00:00+08:00", "n": 3, "unit": "calendar_day", "roll": 1}, "2025-06-30"),
        ({"start": "2025-06-27T10:00:00.25+08:00", "n": 1, "unit": "hour"}, "2025-06-27T11:00:00.250000+08:00"),
        ({"start": "2026-12-31T10:00:00+08:00", "n": 1, "unit": "working_day"}, None),
        ({"start": "2027-03-01T10:00:00+08:00", "n": 1, "unit": "month", "roll": True}, None),
        ({"start": "2024-02-29T23:59:59.999999+08:00", "n": 1, "unit": "year"}, "2025-02-28"),
        ({"start": "2024-02-29T15:59:59Z", "n": 1, "unit": "month"}, "2024-03-29"),
        ({"start": "2024-02-29T16:00:00Z", "n": 1, "unit": "month"}, "2024-04-01"),
        ({"start": "2025-01-31T10:00:00+08:00", "n": 13, "unit": "month"}, "2026-02-28"),
        ({"start": "2025-05-12T10:00:00+08:00", "n": 5, "unit": "working_day", "exclude_start_day": 0}, "2025-05-16"),
        ({"start": "2025-09-26T10:00:00+08:00", "n": 2, "unit": "working_day", "roll": True}, "2025-09-29"),
        ({"start": "2025-09-13T10:00:00+08:00", "n": 15, "unit": "calendar_day", "roll": True}, "2025-09-28"),
        ({"start": "2025-12-31T23:59:59+08:00", "n": 1, "unit": "hour", "exclude_start_day": True}, "2026-01-01T00:59:59+08:00"),
        ({"start": "2025-03-10T01:00:00Z", "n": 48, "unit": "hour"}, "2025-03-12T09:00:00+08:00"),
        ({"start": "2026-12-31T10:00:00+08:00", "n": 24, "unit": "hour"}, "2027-01-01T10:00:00+08:00"),
        ({"start": "2026-12-31T10:00:00+08:00", "n": 24, "unit": "hour", "roll": True}, None),
        ({"start": "2026-12-25T10:00:00+08:00", "n": 4, "unit": "working_day"}, "2026-12-31"),
        ({"start": "2026-12-25T10:00:00+08:00", "n": 5, "unit": "working_day"}, None),
        ({"start": "2019-12-31T10:00:00+08:00", "n": 1, "unit": "working_day"}, "2020-01-02"),
        ({"start": "2019-12-30T10:00:00+08:00", "n": 1, "unit": "working_day"}, None),
        ({"start": "2026-12-16T10:00:00+08:00", "n": 15, "unit": "calendar_day", "roll": True}, "2026-12-31"),
        ({"start": "2026-12-17T10:00:00+08:00", "n": 15, "unit": "calendar_day", "roll": True}, None),
        ({"start": "2025-03-03T10:00:00+08:00", "n": 1, "unit": "calendar_day", "pauses": []}, "2025-03-04"),
        ({"start": "2025-03-03T10:00:00+08:00", "n": 3, "unit": "calendar_day",
          "pauses": [["2025-03-04T02:00:00Z", "2025-03-06T02:00:00Z"]]}, "2025-03-08"),
        ({"start": "2025-03-03T10:00:00+08:00", "n": 3, "unit": "calendar_day",
          "pauses": [["2025-03-04T24:00:00+08:00", "2025-03-06T24:00:00+08:00"]]}, "2025-03-08"),
        ({"start": "2025-03-03T10:00:00+08:00", "n": 1, "unit": "working_day",
          "pauses": [["2025-03-04T10:00:00", "2025-03-05T10:00:00"]]}, "2025-03-05"),
        ({"start": "2026-12-28T10:00:00+08:00", "n": 1, "unit": "working_day",
          "pauses": [["2026-12-29T10:00:00+08:00", "2027-01-04T10:00:00+08:00"]]}, None),
        ({"start": "2019-12-19T10:00:00+08:00", "n": 1, "unit": "working_day",
          "pauses": [["2019-12-20T09:00:00+08:00", "2020-01-01T09:00:00+08:00"]]}, "2020-01-02"),
        ({"start": "2025-06-27T10:00:00+08:00", "n": 1, "unit": "hour", "why": "words", "basis": None}, "2025-06-27T11:00:00+08:00"),
        ({"start": "2027-03-01T10:00:00+08:00", "n": 1, "unit": "month"}, "2027-04-01"),
    ],
)  # fmt: skip
def test_a_line_as_other_programs_write_it_is_read(line, expected):
    assert answer({"id": "x", **line})["expected"] == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"n": 0}, {"n": -1}, {"n": 1.5}, {"n": "many"}, {"n": True}, {"n": None}, {"n": float("inf")}, {"n": 10**12},
        {"unit": "week"}, {"unit": None}, {"start": None}, {"start": 20250627}, {"start": "27.6.2025"},
        {"start": "2025-06-27T24:01:00+08:00"}, {"start": "2025-02-30T10:00:00+08:00"}, {"roll": "false"},
        {"exclude_start_day": "no"}, {"pauses": [["2025-06-28T10:00:00+08:00"]]}, {"pauses": "none"},
        {"pauses": [["2025-06-29T10:00:00+08:00", "2025-06-28T10:00:00+08:00"]]},
    ],
)  # fmt: skip
def test_a_line_that_says_no_limit_is_not_guessed_at(wrong):
    line = {"id": "x", "start": "2025-06-27T10:00:00+08:00", "n": 3, "unit": "calendar_day"}
    with pytest.raises((KeyError, TypeError, ValueError)):
        answer({**line, **wrong})
