"""Two dispatchers press the same sheet at the same moment, one from its end: each dispute is sent once and told of by one of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fengqiao.desk.dispatching.sending import Outcome, Wish, send
from fengqiao.disputes.events import Dispatched
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from tests.routing.town import Town

SHEET = 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("are_one", [True, False])
def test_each_dispute_is_sent_once_and_said_to_be(are_one):
    town = Town()
    disputes = [town.dispute() for _ in range(SHEET)]
    first = town.clerk()
    people, start = [first, first if are_one else town.clerk()], Barrier(2)

    def presses(n: int) -> list[Outcome]:
        wishes = [
            Wish(one.number, town.village.name, one.version) for one in (disputes if are_one or n else disputes[::-1])
        ]
        try:
            start.wait(20)
            return [send(wish, key="sheet", by=people[n]) for wish in wishes]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        outcomes = [one for some in both.map(presses, range(2)) for one in some]
    assert sum(bool(one.sent_to) for one in outcomes) == (2 * SHEET if are_one else SHEET)
    assert all("刚刚有人动过" in one.refusal for one in outcomes if not one.sent_to)
    assert Entry.objects.filter(kind=Dispatched.kind).count() == SHEET
    assert list(verify()) == []
