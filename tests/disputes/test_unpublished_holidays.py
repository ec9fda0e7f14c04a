"""Limits that reach into a year whose holidays nobody has published yet: work goes on, and the date says that it may change."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes import clocks
from fengqiao.kernel.calendar import official, provisional
from fengqiao.kernel.limits import Limit, Unit
from tests.world import a_committee, a_registered_dispute, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # days are counted, not asked for

LAST = official().last
A_MONTH = Limit(1, Unit.MONTH, roll=True, basis="人民调解工作若干规定 33")
LENGTHS = (A_MONTH, Limit(30, Unit.CALENDAR_DAY, roll=True), Limit(9, Unit.WORKING_DAY))


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


@pytest.mark.parametrize("limit", LENGTHS, ids=str)
@pytest.mark.parametrize("before", range(0, 14))
def test_a_clock_that_runs_past_the_published_calendar_can_say_why(limit, before):
    now = moment(LAST - timedelta(days=before))
    with time_machine.travel(now):
        body = a_committee()
        dispute = a_registered_dispute(body, a_user(body))
        due, is_provisional = clocks.due_at(now, limit)
        clock = dispute.main_clock
        clock.unit, clock.n, clock.roll, clock.exclude_start_day = limit.unit.value, limit.n, limit.roll, True
        clock.due_at, clock.is_provisional = due, is_provisional
        told = clock.why
    assert is_provisional == ("暂按周末推算" in told[-1])
    assert "期限后来调整过" not in "".join(told)


def test_past_the_calendar_only_weekends_rest():
    new_year = date(LAST.year + 1, 1, 1)
    week = [new_year + timedelta(days=n) for n in range(7)]
    assert [provisional().is_working(day) for day in week] == [day.weekday() < 5 for day in week]
    assert provisional().off == official().off
