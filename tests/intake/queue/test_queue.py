"""The queue by its rules: order, calling, holding, missing, sending on, windows that close, and the night."""

from datetime import timedelta

import pytest
import time_machine

from fengqiao.bodies import commands as windows
from fengqiao.bodies.models import EVERYTHING, WindowKind
from fengqiao.intake.queue import calling, closing
from fengqiao.intake.queue.models import GENERAL, Priority, QueueRules, Ticket, TicketState
from fengqiao.intake.queue.taking import arrive, leave, prioritise, take
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Sitting
from tests.intake.people import assert_whole
from tests.intake.queue.hall import AHall, now, numbers
from tests.world import a_committee, a_user

pytestmark = pytest.mark.django_db

MORNING = "2026-11-23T09:00:00+08:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as moving:
        yield moving


@pytest.fixture
def hall() -> AHall:
    return AHall()


@pytest.fixture
def labour(hall):
    return hall.window("劳动")


def states(ticket: Ticket) -> list[str]:
    return [step.state for step in ticket.steps.all()]


def called_by(hall: AHall, window) -> str:
    return str(calling.call_next(by=hall.clerk(window)))


class TestNumbers:
    def test_each_subject_has_its_letter_and_counts_from_one_each_day(self, hall, labour, clock):
        hall.window("消费")
        assert numbers([hall.take("劳动"), hall.take("消费"), hall.take("劳动")]) == ["A001", "B001", "A002"]
        clock.shift(timedelta(days=1))
        assert hall.take("消费").number == "B001"

    def test_nothing_of_the_person_is_kept_and_the_token_is_sealed(self, hall, labour):
        ticket = hall.take()
        assert Ticket.objects.with_token(ticket.token) == ticket
        assert Ticket.objects.with_token("") is None
        assert not Ticket.objects.filter(token_index=ticket.token).exists()

    def test_a_subject_that_the_hall_does_not_take_is_refused(self, hall, labour):
        with pytest.raises(Refused, match="不办"):
            hall.take("航天")
        with pytest.raises(Refused):
            hall.take(GENERAL)  # no window for those who do not know


class TestOrder:
    def test_first_come_first_called_across_all_subjects_of_a_window(self, hall):
        both = hall.window("劳动", "消费")
        taken = [hall.take("消费"), hall.take("劳动"), hall.take("消费")]
        got = []
        for _ in taken:
            ticket = calling.call_next(by=hall.clerk(both))
            got.append(ticket)
            calling.finish(ticket, by=hall.clerk(both))
        assert numbers(got) == numbers(taken)
        assert calling.call_next(by=hall.clerk(both)) is None

    def test_priority_is_a_head_start_and_starves_nobody(self, hall, labour, clock):
        patient = hall.take()
        clock.shift(timedelta(minutes=8))
        elder = hall.take(priority=Priority.ELDER)
        assert hall.in_line() == numbers([elder, patient])
        clock.shift(timedelta(minutes=3))
        for _ in range(5):
            hall.take(priority=Priority.ELDER)
        assert hall.in_line()[:2] == numbers([elder, patient])

    def test_who_may_claim_priority_is_a_setting_and_an_appointment_is_the_clerks_to_say(self, hall, labour):
        with pytest.raises(Refused, match="跟窗口工作人员说"):
            hall.take(priority=Priority.APPOINTMENT)
        QueueRules.objects.create(name=QueueRules.DISTRICT, values={"self_declared": False, "nonsense": 1})
        with pytest.raises(Refused):
            hall.take(priority=Priority.ELDER)
        first, second = hall.tickets(2)
        prioritise(second, priority=Priority.APPOINTMENT, by=hall.clerk(labour))
        assert hall.in_line() == numbers([second, first])
        prioritise(second, priority="", by=hall.clerk(labour))
        assert hall.in_line() == numbers([first, second])

    def test_the_fallback_window_takes_what_has_no_open_window(self, hall, labour):
        fallback, consumer = hall.window(kind=WindowKind.FALLBACK), hall.window("消费")
        hall.take("消费")
        assert called_by(hall, fallback) == "None"
        closing.close_window(consumer, by=hall.clerk(consumer))
        assert called_by(hall, fallback) == "A001"

    def test_who_cannot_say_whose_matter_it_is_goes_to_a_general_window(self, hall, labour):
        general = hall.window(kind=WindowKind.GENERAL)
        hall.take(GENERAL)
        assert called_by(hall, labour) == "None"
        assert called_by(hall, general) == "A001"

    def test_a_window_for_everything_takes_everything(self, hall, labour):
        every = hall.window(EVERYTHING)
        hall.take("劳动")
        assert called_by(hall, every) == "A001"


class TestCalling:
    def test_a_clerk_never_has_two(self, hall, labour):
        hall.tickets(2)
        calling.call_next(by=hall.clerk(labour))
        with pytest.raises(Refused, match="手上还有 A001"):
            calling.call_next(by=hall.clerk(labour))

    def test_two_windows_never_call_the_same(self, hall, labour):
        other = hall.window("劳动")
        hall.tickets(2)
        assert {called_by(hall, labour), called_by(hall, other)} == {"A001", "A002"}

    def test_the_whole_way_with_its_times(self, hall, labour, clock):
        ticket, clerk = hall.take(), hall.clerk(labour)
        for command in (calling.call_again, calling.serve, calling.serve, calling.finish, calling.finish):
            if command is calling.call_again:
                calling.call_next(by=clerk)
            clock.shift(timedelta(minutes=2))
            command(ticket, by=clerk)
        assert states(ticket) == ["waiting", "called", "called", "serving", "served"]
        assert now(ticket).ended_at - now(ticket).called_at == timedelta(minutes=8)
        assert now(ticket).line.minutes == 8
        assert hall.board.today() == {ticket.line_id: (1, 8.0)}

    def test_one_press_finishes_and_calls_the_next(self, hall, labour):
        first, second = hall.tickets(2)
        calling.call_next(by=hall.clerk(labour))
        assert calling.finish_and_call_next(first, by=hall.clerk(labour)) == second
        assert now(first).state == TicketState.SERVED

    def test_nobody_touches_what_is_at_anothers_window(self, hall, labour):
        ticket, other = hall.take(), hall.window("劳动")
        calling.call_next(by=hall.clerk(labour))
        stranger = a_user(a_committee())
        for act in (calling.serve, calling.hold, calling.miss, calling.finish, calling.call_again):
            for who in (hall.clerk(other), stranger):
                with pytest.raises(Refused):
                    act(ticket, by=who)
        with pytest.raises(Refused):
            calling.transfer(ticket, window=other, by=hall.clerk(other))
        assert now(ticket).state == TicketState.CALLED

    def test_without_a_window_nobody_calls(self, hall, labour):
        hall.take()
        with pytest.raises(Refused, match="先在一个窗口上岗"):
            calling.call_next(by=hall.boss)


class TestPlaces:
    def test_who_is_held_comes_straight_back(self, hall, labour):
        first, second, third = hall.tickets(3)
        clerk = hall.clerk(labour)
        calling.call_next(by=clerk)
        calling.hold(first, by=clerk)
        assert calling.call_next(by=clerk) == second
        with pytest.raises(Refused, match="手上还有"):
            calling.resume(first, by=clerk)
        calling.finish(second, by=clerk)
        assert calling.resume(first, by=clerk).state == TicketState.SERVING
        assert hall.in_line() == numbers([third])

    def test_who_is_sent_on_keeps_the_time_of_arrival(self, hall, labour, clock):
        consumer = hall.window("消费")
        wrong = hall.take("劳动")
        clock.shift(timedelta(minutes=5))
        waiting = [hall.take("消费"), hall.take("消费")]
        calling.call_next(by=hall.clerk(labour))
        calling.transfer(wrong, subject="消费", by=hall.clerk(labour))
        assert hall.in_line() == numbers([wrong, *waiting])
        assert called_by(hall, consumer) == wrong.number
        assert states(wrong) == ["waiting", "called", "transferred", "called"]

    def test_who_is_sent_to_one_window_is_called_by_that_one_only(self, hall, labour):
        other, ticket = hall.window("消费"), hall.take("劳动")
        calling.transfer(ticket, window=other, by=hall.clerk(labour))
        assert called_by(hall, labour) == "None"
        assert called_by(hall, other) == ticket.number

    @pytest.mark.parametrize(("waiting", "place"), [(5, 3), (3, 3), (1, 1), (0, 0)])
    def test_who_was_missed_comes_back_three_places_later(self, hall, labour, clock, waiting, place):
        ticket = hall.take()
        calling.call_next(by=hall.clerk(labour))
        for _ in range(waiting):
            clock.shift(timedelta(seconds=1))
            hall.take()
        calling.miss(ticket, by=hall.clerk(labour))
        assert hall.in_line().index(ticket.number) == place
        assert now(ticket).state == TicketState.MISSED

    def test_who_is_missed_once_too_often_is_gone(self, hall, labour):
        ticket = hall.take()
        for _ in range(3):
            calling.call_next(by=hall.clerk(labour))
            calling.miss(ticket, by=hall.clerk(labour))
        assert now(ticket).state == TicketState.GONE
        assert hall.in_line() == []

    def test_a_window_that_closes_loses_nobodys_place(self, hall, labour):
        other = hall.window("劳动")
        first, second, third = hall.tickets(3)
        calling.call_next(by=hall.clerk(labour))
        calling.transfer(third, window=labour, by=hall.clerk(other))
        closing.close_window(labour, reason="停电", by=hall.clerk(labour))
        assert hall.in_line() == numbers([first, second, third])
        assert [called_by(hall, other)] == [first.number]
        calling.finish(first, by=hall.clerk(other))
        assert called_by(hall, other) == second.number
        assert Sitting.objects.now().filter(window=labour).count() == 0
        assert_whole()

    def test_stepping_away_leaves_the_number_first_in_line(self, hall, labour):
        first, second = hall.tickets(2)
        calling.call_next(by=hall.clerk(labour))
        closing.step_away(labour, by=hall.clerk(labour))
        assert hall.in_line() == numbers([first, second])
        assert hall.again(labour).is_open

    def test_a_window_closed_by_another_way_lets_its_people_go_too(self, hall, labour):
        other = hall.window("劳动")
        first, second = hall.tickets(2)
        calling.call_next(by=hall.clerk(labour))
        calling.transfer(second, window=labour, by=hall.clerk(other))
        windows.close_window(labour, reason="", by=hall.boss)
        entry = Entry.objects.get(kind="window.closed")
        for _ in range(2):
            closing.window_closed(entry)
        assert hall.in_line() == numbers([first, second])
        assert now(second).wanted is None

    def test_leaving_ends_it_and_twice_is_once(self, hall, labour):
        ticket = hall.take()
        assert leave(leave(ticket)).state == TicketState.GONE
        calling_clerk = hall.clerk(labour)
        other = hall.take()
        calling.serve(calling.call_next(by=calling_clerk), by=calling_clerk)
        with pytest.raises(Refused, match="跟窗口说一声"):
            leave(other)


class TestFromHome:
    def test_nobody_is_called_before_they_say_that_they_are_here(self, hall, labour):
        ticket = take(hall.body, subject="劳动", from_home=True)
        assert called_by(hall, labour) == "None"
        assert arrive(arrive(ticket)).state == TicketState.WAITING
        assert called_by(hall, labour) == ticket.number

    def test_the_way_counts_up_to_the_districts_minutes(self, hall, labour, clock):
        slow = take(hall.body, subject="劳动", from_home=True)
        clock.shift(timedelta(minutes=30))
        before = hall.take()
        clock.shift(timedelta(minutes=5))
        quick = take(hall.body, subject="劳动", from_home=True)
        clock.shift(timedelta(minutes=1))
        late = hall.take()
        clock.shift(timedelta(minutes=25))
        last = hall.take()
        arrive(slow)
        arrive(quick)
        assert hall.in_line() == numbers([before, late, slow, quick, last])

    def test_a_district_may_have_none_of_it(self, hall, labour):
        QueueRules.objects.create(name=QueueRules.DISTRICT, values={"from_home": False})
        with pytest.raises(Refused, match="不能在家取号"):
            take(hall.body, subject="劳动", from_home=True)


class TestNight:
    def test_who_was_not_served_is_told_so_and_counted(self, hall, labour, clock):
        served, going_on, waiting, gone = hall.tickets(4)
        at_home = take(hall.body, subject="劳动", from_home=True)
        clerk = hall.clerk(labour)
        calling.finish(calling.call_next(by=clerk), by=clerk)
        calling.serve(calling.call_next(by=clerk), by=clerk)
        leave(gone)
        assert closing.end_days() == 0
        clock.shift(timedelta(days=1))
        assert closing.end_days() == 3
        assert closing.end_days() == 0
        assert [now(one).state for one in (served, going_on, waiting, at_home)] == [
            "served",
            "served",
            "unserved",
            "unserved",
        ]
        assert Entry.objects.get(kind="queue.day_closed").sentence == (
            "2026-11-23 的排队结束：取号 5，办完 2，没有轮到 2，走了 1。"
        )
        assert not hall.again(labour).is_open
        assert Sitting.objects.now().count() == 0
        assert_whole()

    def test_a_number_of_yesterday_opens_nothing(self, hall, labour, clock):
        old = hall.take()
        clock.shift(timedelta(days=1))
        with pytest.raises(Refused, match="已经过了"):
            leave(old)
        assert hall.in_line() == []
        assert called_by(hall, labour) == "None"
