"""Two clerks press at the same moment, again and again: no number is called twice, none is left out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fengqiao.intake.queue.calling import call_next, finish
from fengqiao.intake.queue.models import Ticket, TicketState
from fengqiao.intake.queue.taking import take
from fengqiao.people.models import User
from tests.intake.queue.hall import AHall

PEOPLE = 18


@pytest.mark.django_db(transaction=True)
def test_clerks_who_press_at_once_never_call_the_same_number():
    hall = AHall()
    clerks = [hall.clerk(hall.window("劳动")) for _ in range(3)]
    hall.tickets(PEOPLE)
    start = Barrier(len(clerks))

    def works(clerk: User) -> list[str]:
        called = []
        try:
            start.wait(20)
            while ticket := call_next(by=clerk):
                called.append(ticket.number)
                finish(ticket, by=clerk)
        finally:
            connection.close()
        return called

    with ThreadPoolExecutor(len(clerks)) as people:
        called = [number for one in people.map(works, clerks) for number in one]
    assert sorted(called) == [f"A{n:03}" for n in range(1, PEOPLE + 1)]
    assert Ticket.objects.filter(state=TicketState.SERVED).count() == PEOPLE


@pytest.mark.django_db(transaction=True)
def test_two_presses_of_one_clerk_call_one():
    hall = AHall()
    clerk = hall.clerk(hall.window("劳动"))
    hall.tickets(4)
    start = Barrier(2)

    def presses(_n: int) -> bool:
        try:
            start.wait(20)
            return call_next(by=clerk) is not None
        except Exception as no:
            return "手上还有" not in str(no) and pytest.fail(str(no))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(presses, range(2))) == [False, True]
    assert Ticket.objects.at_windows().count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_are_all_different():
    hall = AHall()
    hall.window("劳动")
    start = Barrier(4)

    def comes(_n: int) -> list[str]:
        try:
            start.wait(20)
            return [take(hall.body, subject="劳动").number for _ in range(4)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        taken = [number for one in people.map(comes, range(4)) for number in one]
    assert sorted(taken) == [f"A{n:03}" for n in range(1, 17)]
