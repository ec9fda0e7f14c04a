"""When people work: the State Council's notices as the packaged table has them."""

from datetime import date

import pytest

from fengqiao.kernel.calendar import official, read
from fengqiao.kernel.errors import CalendarMissing, Refused, Stale


@pytest.mark.parametrize(
    "day, works",
    [
        (date(2026, 2, 14), True),  # a working Saturday before the Spring Festival
        (date(2026, 2, 23), False),  # its ninth day, a Monday
        (date(2026, 2, 24), True),
        (date(2025, 3, 8), False),  # any Saturday
        (date(2020, 1, 1), False),
        (date(2026, 12, 31), True),
    ],
)
def test_who_works_on_which_day(day, works):
    assert official().is_working(day) is works


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2027, 1, 1)])
def test_a_year_that_is_not_published_is_refused_and_not_guessed(day):
    with pytest.raises(CalendarMissing, match=f"{day.year}年"):
        official().is_working(day)


def test_the_official_calendar_is_read_once():
    assert official() is official()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        ["2025-01-01,holiday,x"],
        ["2025-01-01,off,x", "2025-01-01,work,x"],
        ["2025-01-01,off,x", "2027-01-01,off,x"],
        ["1.1.2025,off,x"],
    ],
)
def test_a_broken_table_is_not_loaded(rows):
    with pytest.raises(ValueError):
        read(["# source", "date,kind,name", *rows])


def test_every_refusal_can_be_shown_alike():
    assert issubclass(CalendarMissing, Refused)
    assert issubclass(Stale, Refused)
