"""Two people press the button at the same moment."""

import threading

import pytest
from django.db import connection

from fengqiao.agreements.commands import revise
from fengqiao.agreements.models import Agreement, Signature, Status
from fengqiao.disputes.models import Obligation
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from tests.agreements.scene import at_the_table, out_for_signing, party_of, signed_by
from tests.world import a_committee

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; returns what each raised, or None."""
    gate, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        try:
            gate.wait(10)
            act()
        except BaseException as problem:
            raised[n] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def kinds(agreement):
    return [entry.kind for entry in Entry.objects.of("dispute", agreement.dispute_id)]


def test_the_two_last_signatures_conclude_exactly_once():
    agreement = out_for_signing()
    signed_by(agreement, agreement.dispute.mediator)
    ours, theirs = party_of(agreement), party_of(agreement, "respondent")
    raised = at_once(lambda: signed_by(agreement, ours), lambda: signed_by(agreement, theirs))
    assert raised == [None, None]
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.status == Status.IN_FORCE
    assert agreement.number.endswith("第1号")
    assert kinds(agreement).count("agreement.concluded") == 1
    assert Obligation.objects.count() == 3
    assert list(verify()) == []


def test_one_signature_sent_twice_at_once_is_one():
    agreement = out_for_signing()
    ours = party_of(agreement)
    raised = at_once(lambda: signed_by(agreement, ours), lambda: signed_by(agreement, ours))
    assert raised == [None, None]
    assert Signature.objects.count() == 1
    assert kinds(agreement).count("agreement.signed") == 1


def test_agreements_that_conclude_at_once_get_numbers_that_follow_each_other():
    body = a_committee()
    waiting = [out_for_signing(at_the_table(body)) for _n in range(3)]
    for agreement in waiting:
        signed_by(agreement, agreement.dispute.mediator)
        signed_by(agreement, party_of(agreement))
    last = [(agreement, party_of(agreement, "respondent")) for agreement in waiting]
    raised = at_once(*[lambda agreement=a, signer=s: signed_by(agreement, signer) for a, s in last])
    assert raised == [None] * 3
    numbers = sorted(Agreement.objects.values_list("number", flat=True))
    assert [number[-3:] for number in numbers] == ["第1号", "第2号", "第3号"]


def test_signing_against_taking_back_ends_one_way_or_the_other():
    agreement = out_for_signing()
    signed_by(agreement, agreement.dispute.mediator)
    signed_by(agreement, party_of(agreement))
    theirs = party_of(agreement, "respondent")
    raised = at_once(
        lambda: signed_by(agreement, theirs),
        lambda: revise(agreement, reason="再改一处。", by=agreement.dispute.mediator),
    )
    assert sum(isinstance(problem, Refused) for problem in raised) == 1
    assert sum(problem is None for problem in raised) == 1
    assert list(verify()) == []
