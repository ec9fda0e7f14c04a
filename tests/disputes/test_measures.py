"""The ground of the figures: a month lived through by commands, counted by hand, and what the ledger says of it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes import measures
from fengqiao.disputes.measures import share
from fengqiao.disputes.models import Difficulty
from fengqiao.kernel.calendar import TZ
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from fengqiao.routing.answering import answer_call
from tests.routing.town import Town
from tests.world import a_category, a_user

pytestmark = pytest.mark.django_db
MARCH = (datetime(2026, 3, 1, tzinfo=TZ), datetime(2026, 4, 1, tzinfo=TZ))
LATER = datetime(2026, 6, 1, tzinfo=TZ)


def day(n, hour=9, month=3):
    return datetime(2026, month, n, hour, tzinfo=TZ)


class Month:
    """The town in March 2026: each line of `lived` is one act at its moment."""

    def __init__(self, clock) -> None:
        self.clock, self.town = clock, Town()
        self.clerk, self.trade = self.town.clerk(), a_user(self.town.trade, Role.MANAGER)
        self.village = a_user(self.town.village, Role.MANAGER)
        self.mediator = a_user(self.town.branch, Role.MEDIATOR)
        self.gone = {"category": a_category(), "risk": "R0"}

    def at(self, moment):
        self.clock.move_to(moment)
        return self

    def new(self, **kw):
        return self.town.dispute(by=self.clerk, **kw)

    def accept(self, dispute, by=None):
        return routing.accept(dispute, by=by or self.clerk)

    def mediate(self, dispute):
        return mediation.assign(dispute, mediator=self.mediator, recusal=RecusalCheck(), by=self.clerk)

    def fail(self, dispute):
        return mediation.fail(dispute, reason="apart", remedies=["court"], by=self.mediator)

    def grade(self, dispute, difficulty):
        return routing.grade(dispute, **self.gone, difficulty=difficulty, remark="看过了", by=self.clerk)

    def call(self, dispute, body):
        return routing.call_in(dispute, body=body, reason="请来", by=self.clerk)


@pytest.fixture
def month():
    with time_machine.travel(day(1), tick=False) as clock:
        yield Month(clock)


def test_how_many_answered_within_48_hours(month):
    a = month.at(day(2)).new()
    month.at(day(4)).accept(a)  # 1 of 1: the 48th hour is in time
    b = month.at(day(5)).new()
    month.at(day(7) + timedelta(seconds=1)).accept(b)  # 1 of 2: a second too late
    c = month.at(day(9)).new()
    c = routing.dispatch(
        month.at(day(10)).clock and c, to=month.town.village, why="就近", by=month.clerk
    )  # 2 of 3: passed on
    month.at(day(13)).accept(c, by=month.village)  # 2 of 4: the village took three days
    d = month.at(day(16)).new()
    mediation.withdraw(month.at(day(17)).clock and d, reason="不办了", by=_party(d))  # taken back: not counted
    month.at(day(20)).new()  # 2 of 5: nobody moved
    month.at(day(30)).new()  # its 48th hour lies in April
    found = list(measures.answered_in_48_hours(MARCH, LATER))
    assert str(share(found)) == "40.00% 2/5"
    assert str(share(case for case in found if case.body == month.town.village.pk)) == "0.00% 0/1"
    month.at(day(21))
    assert str(share(measures.answered_in_48_hours(MARCH, timezone.now()))) == "50.00% 2/4"  # the last is not due yet


def _party(dispute):
    from fengqiao.disputes.passes import PartyActor

    return PartyActor(dispute.applicants[0])


def test_how_many_were_mediated_within_30_days(month):
    begun = day(20, month=2)
    a, b, c, d, e = (month.at(begun - timedelta(hours=n)).new() for n in range(5))
    for one in (a, b, c, d, e):
        month.at(begun).accept(one)
        month.mediate(one)  # the thirtieth day is 22 March, a Sunday: till Monday the 23rd
    month.at(day(23, 23)).fail(_now(a))  # in time
    month.at(day(24, 0)).fail(_now(b))  # midnight is late
    month.at(day(3))
    mediation.suspend(_now(c), reason="鉴定", by=month.mediator)
    month.at(day(8))
    mediation.resume(_now(c), by=month.mediator)  # five days lost: till the 27th
    month.at(day(27)).fail(_now(c))  # in time
    month.at(day(10))
    mediation.extend(
        _now(d), days=10, consent=mediation.Consent(parties=_now(d).cast, how="phone"), reason="再谈", by=month.mediator
    )
    month.at(day(1, month=4)).fail(_now(d))  # the fortieth day is 1 April: not in March
    month.at(day(25))
    mediation.withdraw(_now(e), reason="不办了", by=_party(e))  # after its day: late
    assert str(share(measures.mediated_in_30_days(MARCH, LATER))) == "50.00% 2/4"
    april = (MARCH[1], datetime(2026, 5, 1, tzinfo=TZ))
    assert str(share(measures.mediated_in_30_days(april, LATER))) == "100.00% 1/1"


def _now(dispute):
    return type(dispute).objects.get(pk=dispute.pk)


def test_the_three_hundred_per_cent_of_difficult_disputes(month):
    town = month.town
    a = month.at(day(2)).new(difficulty=Difficulty.COMPLEX)  # sent on, one of two came: joint
    a = routing.dispatch(a, to=town.trade, why="对口", by=month.clerk)
    month.accept(a, by=month.trade)
    routing.call_in(_now(a), body=town.village, reason="请来", by=month.trade)
    routing.call_in(_now(a), body=town.studio, reason="请来", by=month.trade)
    month.at(day(4))
    answer_call(_now(a), comes=True, by=month.village)  # the 48th hour
    b = month.at(day(5)).new()
    b = month.grade(b, Difficulty.MAJOR)  # accepted, called in vain: not joint
    month.accept(b)
    month.call(_now(b), town.trade)
    month.at(day(6))
    answer_call(_now(b), comes=False, words="没有人", by=month.trade)  # an answer all the same
    c = month.at(day(9)).new(difficulty=Difficulty.MAJOR)
    month.grade(c, Difficulty.GENERAL)  # not difficult, by the last grading
    month.at(day(10)).new(difficulty=Difficulty.COMPLEX)  # nobody moved
    d = month.at(day(28, month=2)).new(difficulty=Difficulty.COMPLEX)
    month.accept(d)  # identified in February
    e = month.at(day(12)).new(difficulty=Difficulty.COMPLEX)
    routing.merge(e, into=_now(d), reason="同一件", by=month.clerk)  # a duplicate
    assert str(share(measures.difficult_sent_on(MARCH, LATER))) == "66.67% 2/3"
    assert str(share(measures.members_who_answered(MARCH, LATER))) == "66.67% 2/3"
    assert str(share(measures.difficult_handled_jointly(MARCH, LATER))) == "33.33% 1/3"
    assert str(share(measures.difficult_sent_on((MARCH[1], LATER), LATER))) == "0/0"
    together = measures.three_hundreds(MARCH, LATER)  # the same, of one reading
    assert [str(share(cases)) for cases in together] == ["66.67% 2/3", "66.67% 2/3", "33.33% 1/3"]


def test_an_entry_from_before_there_were_codes_is_read_by_its_words():
    assert measures._level(Entry(payload={"difficulty": "重大疑难"})) == Difficulty.MAJOR
    assert measures._level(Entry(payload={"difficulty": "一般"})) == Difficulty.GENERAL
    assert measures._level(Entry(payload=None)) == Difficulty.GENERAL


def test_who_was_there_or_did_their_part_took_part():
    came = Entry(kind="joint.attended", payload={"body_ids": [3, 4]})
    done, not_done = (Entry(kind="joint.closed", payload={"body_id": 5, "done": done}) for done in (True, False))
    assert (measures._took_part(came), measures._took_part(done), measures._took_part(not_done)) == ([3, 4], [5], [])
