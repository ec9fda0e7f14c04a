"""Who may do what when: every act in every state for everybody who can stand before a dispute.

The table in truth_table.txt was read line by line against the law and the handbook; a change of the lifecycle shows there.
Letters: P party, M mediator, H handling body, S superior body, A assisting body, L leader, C called to a conference, Y system.
"""

from pathlib import Path

import pytest
from django.db import connection, transaction

from fengqiao.disputes.commands import advance
from fengqiao.disputes.lifecycle import STAGES, STEPS, Act, Hat, State, mermaid
from fengqiao.disputes.models import Assist, Consulted, Dispute
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.policies import hats
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import SYSTEM, Role
from tests.world import a_committee, a_registered_dispute, a_user, the_center

LETTER = {
    Hat.PARTY: "P", Hat.MEDIATOR: "M", Hat.HANDLER: "H", Hat.SUPERIOR: "S", Hat.ASSISTING: "A", Hat.LEADER: "L",
    Hat.CONSULTED: "C", Hat.SYSTEM: "Y",
}  # fmt: skip
GOLDEN = Path(__file__).with_name("truth_table.txt")

pytestmark = pytest.mark.once  # two tables and who works where: the engine has no say


def golden() -> dict[tuple[str, str], str]:
    """(act, state) -> letters of the hats that may."""
    lines = [line.split() for line in GOLDEN.read_text().splitlines() if line and not line.startswith("#")]
    return {(act, state): letters for act, state, letters in lines}


@pytest.fixture
def scene(db):
    body, helper = a_committee(), a_committee()
    dispute = a_registered_dispute(body)
    mediator = a_user(a_committee(), Role.MEDIATOR)
    Dispute.objects.filter(pk=dispute.pk).update(mediator=mediator)
    Assist.objects.create(dispute=dispute, body=helper, reason="协助", called_at=dispute.registered_at)
    consulted = a_user(a_committee(), Role.MEDIATOR)
    Consulted.objects.create(dispute=dispute, user=consulted)
    people = {
        Hat.PARTY: PartyActor(dispute.applicants[0]),
        Hat.MEDIATOR: mediator,
        Hat.HANDLER: a_user(body),
        Hat.SUPERIOR: a_user(the_center(), Role.DISPATCHER),
        Hat.ASSISTING: a_user(helper),
        Hat.LEADER: a_user(the_center(), Role.LEADER),
        Hat.CONSULTED: consulted,
        Hat.SYSTEM: SYSTEM,
    }
    return dispute, people


def put_in(dispute, state) -> Dispute:
    with connection.cursor() as cursor:  # a shortcut for the test only: the application has no such way
        cursor.execute("UPDATE disputes_dispute SET state = %s WHERE id = %s", [state.value, dispute.pk])
    return Dispute.objects.get(pk=dispute.pk)


def test_everybody_wears_exactly_the_hat_they_should(scene):
    dispute, people = scene
    dispute.refresh_from_db()
    for hat, person in people.items():
        assert hats(person, dispute) == {hat}


@pytest.mark.parametrize("state", list(State))
def test_every_act_by_everybody_in_this_state(scene, state):
    dispute, people = scene
    dispute, table = put_in(dispute, state), golden()
    for act in Act:
        allowed = table.get((act.value, state.value), "")
        for hat, person in people.items():
            reason = dispute.why_not(act, person)
            assert (reason is None) == (LETTER[hat] in allowed), f"{act} in {state} by {hat}: {reason}"
            assert reason is None or reason.endswith("。")


@pytest.mark.parametrize("state", list(State))
def test_what_is_not_allowed_is_refused_by_the_one_writer(scene, state):
    dispute, people = scene
    dispute = put_in(dispute, state)
    for act in Act:
        for person in people.values():
            if reason := dispute.why_not(act, person):
                with pytest.raises(Refused, match="不能|只有"), transaction.atomic():
                    advance(Dispute.objects.lock(dispute.pk), act, by=person)
                assert reason
    assert Dispute.objects.get(pk=dispute.pk).version == dispute.version


def test_every_state_has_a_stage():
    assert set(STAGES) == set(State)


def test_no_act_is_ambiguous():
    pairs = [(row.act, source) for row in STEPS for source in row.sources]
    assert len(pairs) == len(set(pairs))


def test_every_act_has_a_step_and_every_step_a_legal_or_platform_ground():
    assert {row.act for row in STEPS} == set(Act)
    assert all(str(row.ground) for row in STEPS)


def test_every_state_but_the_first_can_be_reached_and_only_a_merged_dispute_is_a_dead_end():
    assert {row.target for row in STEPS if row.target} | {State.REGISTERED} == set(State)
    moves = {source for row in STEPS if row.target for source in row.sources}
    assert set(State) - moves == {State.MERGED}


def test_nobody_is_left_waiting_without_a_limit_but_for_the_court_and_the_archive():
    assert {state for state, stage in STAGES.items() if stage.limit is None} == {
        State.ENFORCING,
        State.ARCHIVED,
        State.MERGED,
    }


def test_the_published_diagram_is_the_one_of_the_tables():
    published = (Path(__file__).parents[2] / "docs" / "lifecycle.md").read_text(encoding="utf-8")
    assert mermaid() in published, "run: python manage.py lifecycle > docs/lifecycle.md"
