"""Duty: planned by the week, changed for a day, holes and doubles said, calls timed, attendance for both masters."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import Stationing, Window, WindowKind
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.duty import commands
from fengqiao.people.duty.models import Attending, CallOut, Shift, Sitting
from fengqiao.people.duty.questions import duties, gaps, on_now, overlaps
from fengqiao.people.models import Role
from tests.intake.people import assert_whole
from tests.world import a_committee, a_user, the_center

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
MORNING = (time(8, 30), time(12))


@pytest.fixture(autouse=True)
def a_monday_morning():
    with time_machine.travel("2026-11-23T09:00:00+08:00", tick=False) as clock:
        yield clock


@pytest.fixture
def hall():
    return the_center()


@pytest.fixture
def boss(hall):
    return a_user(hall, Role.MANAGER, name="主任")


@pytest.fixture
def window(hall, boss) -> Window:
    return set_up_window(hall, name="劳动窗口", kind=WindowKind.SPECIALIST, subjects=["劳动"], by=boss)


@pytest.fixture
def seconded(hall):
    """From the labour bureau, working in the centre."""
    return a_user(a_committee(), name="吴志明", station_body=hall, phone="13905720001")


def shift(hall, window, who, boss, *, hours=MORNING, **kw) -> Shift:
    facts = {"weekday": 0, "starts": hours[0], "ends": hours[1], "window": window, **kw}
    return commands.plan(hall, person=who, by=boss, **facts)


def test_who_is_on_now_follows_the_weeks_plan(hall, window, seconded, boss):
    shift(hall, window, seconded, boss)
    assert [str(one.person) for one in on_now(hall)] == ["吴志明"]
    assert on_now(hall, window=window)
    assert on_now(hall, timezone.now() + timedelta(hours=4)) == []
    assert on_now(hall, timezone.now() + timedelta(days=1)) == []
    assert len(on_now(hall, timezone.now() + timedelta(days=7))) == 1
    assert_whole()


def test_the_same_shift_sent_twice_is_one(hall, window, seconded, boss):
    assert shift(hall, window, seconded, boss) == shift(hall, window, seconded, boss)
    assert Shift.objects.count() == 1


def test_a_day_has_its_exceptions(hall, window, seconded, boss):
    planned, stand_in = shift(hall, window, seconded, boss), a_user(hall, name="钱红")
    commands.change(planned, day=MONDAY, instead=stand_in, reason="开会", by=boss)
    assert [(str(one.person), one.is_changed) for one in on_now(hall)] == [("钱红", True)]
    commands.change(planned, day=MONDAY, instead=None, by=boss)
    assert on_now(hall) == []
    assert [str(one.person) for one in duties(hall, MONDAY + timedelta(days=7))] == ["吴志明"]
    with pytest.raises(Refused, match="没有这个班"):
        commands.change(planned, day=MONDAY + timedelta(days=1), instead=None, by=boss)
    assert_whole()


def test_a_shift_ends_and_stays_in_the_book(hall, window, seconded, boss):
    planned = shift(hall, window, seconded, boss)
    commands.end(planned, last=MONDAY, by=boss)
    assert duties(hall, MONDAY)
    assert duties(hall, MONDAY + timedelta(days=7)) == []
    with pytest.raises(Refused):
        commands.end(planned, last=MONDAY - timedelta(days=1), by=boss)


def test_hours_with_nobody_planned_are_said(hall, window, seconded, boss):
    Window.objects.filter(pk=window.pk).update(hours="1-5 08:30-12:00,13:30-17:00")
    assert [(one.starts, one.ends) for one in gaps(hall, MONDAY)] == [MORNING, (time(13, 30), time(17))]
    shift(hall, window, seconded, boss, hours=(time(9), time(11)))
    assert [(one.starts, one.ends) for one in gaps(hall, MONDAY)] == [
        (time(8, 30), time(9)), (time(11), time(12)), (time(13, 30), time(17)),
    ]  # fmt: skip


def test_one_person_twice_and_two_at_one_window_are_said(hall, window, seconded, boss):
    other_window = set_up_window(hall, name="消费窗口", kind=WindowKind.SPECIALIST, subjects=["消费"], by=boss)
    other = a_user(hall, name="钱红")
    shift(hall, window, seconded, boss)
    assert overlaps(hall, MONDAY) == []
    shift(hall, other_window, seconded, boss, hours=(time(11), time(13)))
    shift(hall, window, other, boss, hours=(time(11), time(12)))
    assert sorted(one.is_one_person for one in overlaps(hall, MONDAY)) == [False, True]
    shift(hall, window, other, boss, hours=(time(14), time(15)))
    assert len(overlaps(hall, MONDAY)) == 2


def test_what_cannot_be_is_refused(hall, window, seconded, boss):
    for wrong in (
        {"hours": (time(12), time(8))}, {"weekday": 7}, {"kind": Stationing.WHOLE_UNIT}, {"window": None},
        {"kind": Stationing.ON_CALL}, {"first": MONDAY, "last": MONDAY - timedelta(days=1)}, {"phone": "12"},
    ):  # fmt: skip
        facts = {"window": window, **wrong}
        with pytest.raises(Refused):
            shift(hall, facts.pop("window"), seconded, boss, **facts)
    with pytest.raises(Refused, match="不在本单位上班"):
        shift(hall, window, a_user(a_committee()), boss)
    with pytest.raises(Refused):
        shift(hall, window, seconded, seconded)
    assert not Shift.objects.exists()


class TestOnCall:
    @pytest.fixture
    def called(self, hall, boss):
        doctor = a_user(a_committee(), name="周医生", phone="13905720002")
        return shift(hall, None, doctor, boss, kind=Stationing.ON_CALL, phone="13905720003")

    def test_the_time_of_the_answer_is_on_record(self, hall, boss, called, a_monday_morning):
        clerk = a_user(hall)
        call = commands.call_out(called, person=called.person, reason="有人不舒服", by=clerk)
        assert commands.call_out(called, person=called.person, by=clerk) == call
        a_monday_morning.shift(timedelta(minutes=7))
        commands.answer(call, by=clerk)
        a_monday_morning.shift(timedelta(minutes=5))
        commands.answer(call, by=clerk)
        assert CallOut.objects.get().took == timedelta(minutes=7)
        assert "用了 7 分钟" in Entry.objects.of("body", hall.pk).last().sentence
        assert_whole()

    def test_the_number_of_the_duty_comes_before_ones_own(self, hall, called):
        assert [one.phone for one in on_now(hall)] == ["13905720003"]

    def test_somebody_at_a_window_is_not_called_out(self, hall, window, seconded, boss):
        with pytest.raises(Refused, match="不是随叫随驻"):
            commands.call_out(shift(hall, window, seconded, boss), person=seconded, by=boss)


class TestSitting:
    def test_one_sits_at_one_window_and_a_window_has_one(self, hall, window, seconded, boss):
        other = set_up_window(hall, name="消费窗口", kind=WindowKind.SPECIALIST, by=boss)
        commands.sit_down(window, by=seconded)
        assert commands.sit_down(window, by=seconded).pk == Sitting.objects.get().pk
        with pytest.raises(Refused, match="吴志明 正在这个窗口"):
            commands.sit_down(window, by=boss)
        commands.sit_down(other, by=seconded)
        assert Sitting.objects.now().get().window == other
        assert_whole()

    def test_only_oneself_or_who_runs_the_hall_gets_somebody_up(self, hall, window, seconded, boss):
        commands.sit_down(window, by=seconded)
        with pytest.raises(Refused):
            commands.stand_up(window, by=a_user(hall))
        assert commands.stand_up(window, by=boss)
        assert commands.stand_up(window, by=boss) is None
        assert_whole()


class TestAttendance:
    def test_the_centre_notes_it_and_corrects_it(self, hall, seconded, boss):
        commands.note_attendance(hall, person=seconded, day=MONDAY, state=Attending.ABSENT, by=boss)
        row = commands.note_attendance(hall, person=seconded, day=MONDAY, state=Attending.LATE, remark="堵车", by=boss)
        assert (row.state, row.remark, seconded.attendance.count()) == (Attending.LATE, "堵车", 1)
        assert Entry.objects.of("body", hall.pk).count() == 2
        assert_whole()

    def test_not_by_others_not_for_strangers_and_not_ahead(self, hall, seconded, boss):
        for facts in (
            {"by": seconded}, {"person": a_user(a_committee())}, {"state": "asleep"}, {"day": MONDAY + timedelta(days=1)},
        ):  # fmt: skip
            told = {"person": seconded, "day": MONDAY, "state": Attending.PRESENT, "by": boss, **facts}
            with pytest.raises(Refused):
                commands.note_attendance(hall, **told)
