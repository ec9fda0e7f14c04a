"""A mediator's own days."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from fengqiao.kernel.calendar import TZ
from fengqiao.mediation import commands
from fengqiao.mediation.roster import RecusalCheck
from tests.mediation.case import Case

MORNING = datetime(2026, 11, 20, 9, 40, tzinfo=TZ)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def days(client, user) -> dict:
    client.force_login(user)
    return client.get(reverse("sessions")).context


def test_what_comes_next_today_and_later_and_what_is_not_on_record_yet(clock, case: Case, client):
    case.assigned().informed()
    owed, today, later = case.planned(1), case.planned(5), case.planned(48)
    clock.shift(timedelta(hours=2))
    shown = days(client, case.mediator)
    assert (shown["next_one"], shown["owed"], shown["today"], shown["later"]) == (today, [owed], [today], [later])
    page = client.get(reverse("sessions")).content.decode()
    assert "月河街道第一调解室" in page
    assert "沈*兰 对 周*国" in page
    assert page.count("去记录") == 1


def test_what_somebody_else_has_taken_over_is_not_shown_nor_what_others_have(clock, case: Case, client):
    case.assigned().planned(1)
    other = case.a_mediator("吴晓")
    assert days(client, other)["next_one"] is None
    commands.assign(case.now, mediator=other, recusal=RecusalCheck(), by=case.clerk)
    assert days(client, case.mediator)["next_one"] is None
    assert "没有约好的调解" in client.get(reverse("sessions")).content.decode()
