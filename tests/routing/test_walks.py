"""首接负责制, the second refusal and the clocks of the tiers, as properties of random walks.

`FENGQIAO_WALKS=100000` walks the model so often; `FENGQIAO_LIVED=40` lets so many walks be lived through the real commands.
"""

import os
from contextlib import suppress
from random import Random

import pytest

from fengqiao.disputes.events import TierMissed
from fengqiao.disputes.models import Clock, Dispute, Tier, TierStay
from fengqiao.kernel.errors import Refused
from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM, Role
from fengqiao.routing import commands
from fengqiao.routing.reach import reachable_from
from fengqiao.routing.tiers import commands as tiers
from fengqiao.routing.tiers.general import GENERAL_LADDER
from fengqiao.routing.tiers.standing import lead_of, stay_of
from tests.routing.walks import DOING, LADDER, OPEN, SMALL, TOP, County, Matter, walk
from tests.world import a_user

WALKS = int(os.environ.get("FENGQIAO_WALKS", "1500"))
LIVED = int(os.environ.get("FENGQIAO_LIVED", "2"))
STEPS = 25
STATES = {"registered": "registered", "routed": "routed", "accepted": "accepted", "handed_over": "ended"}


def test_every_walk_keeps_one_owner_the_two_refusal_rule_and_a_clock_for_each_tier():
    dice = Random(20261122)
    places, risen = list(SMALL.reach), 0
    for _walk in range(WALKS):
        matter = Matter(SMALL, first=dice.choice(places))
        accepted = led = False
        for act, to in walk(dice, STEPS, places):
            refused, clocks = matter.refusals, matter.clocks
            done = DOING[act](matter, to)
            accepted, led = accepted or (done and act == "accept"), led or matter.lead is not None
            # exactly one owner, whatever happens
            assert matter.leader in places and matter.body in places
            # the first receiver leads until a body accepts, or takes the lead when asked
            assert accepted or led or matter.state not in OPEN or matter.leader == matter.first
            # nobody refuses a third time, and the second refusal goes to the fallback
            assert matter.refusals <= 2
            if done and act == "return" and refused == 1:
                assert matter.body == SMALL.centre
            # a tier has its clock, and only a tier has one
            assert (matter.tier is None) == (matter.clock == 0)
            assert matter.tier is None or matter.state in OPEN
            assert matter.clocks - clocks <= (2 if act == "raise" else 1)
        assert len(set(matter.rises)) == len(matter.rises)  # no clock moves it up twice
        risen += len(matter.rises)
    assert risen > WALKS


@pytest.fixture
def county(town):
    Tier.objects.bulk_create(Tier(**row) for row in GENERAL_LADDER)
    assert [row["lead"] for row in GENERAL_LADDER] == list(LADDER)
    bodies = {body.key: body for body in (town.centre, town.branch, town.village, town.trade)}
    reach = {key: [one.key for one in reachable_from(body) if one.key in bodies] for key, body in bodies.items()}
    above = {key: body.superior.key if body.superior else None for key, body in bodies.items()}
    return County(town.centre.key, reach, above), bodies


def test_the_real_commands_do_what_the_model_does(town, county):
    rules, bodies = county
    people = {key: a_user(body, Role.MANAGER) for key, body in bodies.items()}
    dice = Random(7)
    for n in range(LIVED):
        first = list(bodies)[n % len(bodies)]
        matter, pk = Matter(rules, first=first), town.dispute(bodies[first]).pk
        for act, to in walk(dice, STEPS, list(bodies)):
            lived = _live(act, Dispute.objects.get(pk=pk), bodies[to], people)
            assert lived == DOING[act](matter, to), (act, to, matter)
            _agree(matter, Dispute.objects.get(pk=pk))


def _agree(matter: Matter, dispute: Dispute) -> None:
    stay = stay_of(dispute)
    assert STATES[dispute.state] == matter.state
    assert dispute.body.key == matter.body
    assert lead_of(dispute).key == matter.leader
    assert (stay.tier.rank - 1 if stay else None) == matter.tier
    assert (stay.asked.key if stay and stay.asked else None) == matter.asked
    running = Clock.objects.filter(dispute=dispute, key__startswith="tier.", stopped_at=None)
    assert running.count() == (matter.clock > 0)
    assert TierStay.objects.filter(dispute=dispute).count() == matter.clocks


def _live(act: str, dispute: Dispute, to, people) -> bool:
    if act in ("put_on", "lapse"):
        return _on_the_ladder(dispute) if act == "put_on" else _time_is_over(dispute)
    by, stay = people[dispute.body.key], stay_of(dispute)
    if act == "lead" and stay and stay.asked:
        by = people[stay.asked.key]
    with suppress(Refused):
        LIVING[act](dispute, to, by)
        return True
    return False


LIVING = {
    "dispatch": lambda dispute, to, by: commands.dispatch(dispute, to=to, by=by, why="他们熟悉"),
    "accept": lambda dispute, to, by: commands.accept(dispute, by=by),
    "return": lambda dispute, to, by: commands.return_back(dispute, reason="不归我们管", cites="rule:1", by=by),
    "escalate": lambda dispute, to, by: commands.escalate(dispute, reason="本级办不了", by=by),
    "transfer": lambda dispute, to, by: commands.transfer(dispute, to=to, reason="对口", by=by),
    "raise": lambda dispute, to, by: tiers.raise_tier(dispute, reason="这一层办不了", by=by),
    "lower": lambda dispute, to, by: tiers.lower_tier(dispute, reason="可以了", by=by),
    "lead": lambda dispute, to, by: tiers.take_lead(dispute, by=by),
    "end": lambda dispute, to, by: commands.hand_over(dispute, to_name="某法院", kind="court", reason="要判", by=by),
}  # fmt: skip


def _on_the_ladder(dispute: Dispute) -> bool:
    before = stay_of(dispute)
    tiers.put_on()
    tiers.put_on()
    return before is None and stay_of(dispute) is not None


def _time_is_over(dispute: Dispute) -> bool:
    """Told twice, as a queue may; it moves once."""
    stay = stay_of(dispute)
    if stay is None:
        return False
    told = TierMissed(clock_id=stay.clock_id, state=dispute.state, turn="handler", due="昨天", to=[])
    entry = book.append("dispute", dispute.pk, told, by=SYSTEM)
    tiers.rise_with_time(entry)
    tiers.rise_with_time(entry)
    now = stay_of(dispute)
    assert now is not None and now.tier.rank <= min(stay.tier.rank + 1, TOP + 1)
    return now.pk != stay.pk
