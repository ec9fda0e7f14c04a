"""What was promised is paid or done: in parts, by whom, with what proof, and when it counts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import ObligationState
from fengqiao.disputes.passes import PartyActor
from fengqiao.fulfilment import commands
from fengqiao.fulfilment.balance import balance_of
from fengqiao.fulfilment.models import Performance, Recognition
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import Paper, PaperKind
from fengqiao.people.models import Role
from tests.world import a_committee, a_party, a_registered_dispute, a_user

from .scenes import a_scan, agreed, today

pytestmark = pytest.mark.django_db


def paid(scene, n=1, fen=8600_00, by=None, **kw):
    obligation = scene.dispute.obligations.get(n=n)
    facts = {"on": today(), "amount_fen": fen, "how": "transfer", "proof": None, **kw}
    return commands.record_performance(obligation, by=by or scene.receiver, **facts)


def story(scene):
    return [entry.kind for entry in Entry.objects.of("dispute", scene.dispute.pk)]


def sentences(scene):
    return [entry.sentence for entry in Entry.objects.of("dispute", scene.dispute.pk)]


def test_what_the_creditor_says_counts_at_once_and_the_last_payment_ends_the_performing():
    scene = agreed()
    performance = paid(scene)
    assert performance.standing == Recognition.COUNTED
    assert performance.confirmed_by_creditor
    assert scene.obligations[0].state == ObligationState.MET
    assert scene.obligations[0].met_on == today()
    assert scene.state == State.PERFORMED
    assert story(scene)[-4:] == ["fulfilment.recorded", "paper.added", "dispute.moved", "fulfilment.fulfilled"]
    assert list(verify()) == []


def test_the_first_performance_begins_the_performing_and_the_clock_runs_to_the_next_date():
    scene = agreed(((3000_00, 5), (5600_00, 35)))
    first_due = scene.fresh().due_at
    paid(scene, fen=3000_00)
    assert scene.state == State.PERFORMING
    assert scene.dispute.due_at > first_due
    assert scene.dispute.main_clock.due_at == scene.dispute.due_at
    assert timezone.localdate(scene.dispute.due_at) == today(36)
    assert "第 2 项" in scene.dispute.main_clock.why[0]
    assert list(verify()) == []


def test_a_part_keeps_the_duty_due_and_says_what_is_left():
    scene = agreed()
    paid(scene, fen=3600_00)
    assert scene.obligations[0].state == ObligationState.DUE
    assert balance_of(scene.obligations[0]).left == 5000_00
    assert scene.state == State.PERFORMING
    assert any("还剩 5,000.00 元" in sentence for sentence in sentences(scene))
    paid(scene, fen=5000_00)
    assert scene.state == State.PERFORMED
    assert list(verify()) == []


def test_more_than_is_owed_is_refused():
    scene = agreed()
    paid(scene, fen=8000_00)
    with pytest.raises(Refused, match=r"只剩 600\.00 元"):
        paid(scene, fen=700_00)
    with pytest.raises(Refused, match="多少钱"):
        paid(scene, fen=None)


def test_a_duty_that_is_not_money_is_met_by_being_done():
    scene = agreed(((None, 10),))
    paid(scene, fen=None, how="done")
    assert scene.obligations[0].state == ObligationState.MET
    assert scene.state == State.PERFORMED


def test_what_the_debtor_says_waits_until_the_creditor_confirms_it():
    scene = agreed()
    claim = paid(scene, by=scene.payer, proof=a_scan())
    assert claim.standing == Recognition.CLAIMED
    assert scene.state == State.AGREED_WRITTEN
    assert "等核对" in sentences(scene)[-1]
    confirmed = commands.confirm_performance(claim, by=scene.receiver)
    assert confirmed.standing == Recognition.COUNTED
    assert confirmed.confirmed_by_creditor
    assert confirmed.confirmed_at is not None
    assert scene.state == State.PERFORMED
    assert list(verify()) == []


def test_the_handler_may_confirm_what_the_debtor_says():
    scene = agreed()
    confirmed = commands.confirm_performance(paid(scene, by=scene.payer), by=scene.clerk)
    assert not confirmed.confirmed_by_creditor
    assert scene.state == State.PERFORMED


def test_nobody_confirms_their_own_word():
    scene = agreed()
    claim = paid(scene, by=scene.payer)
    with pytest.raises(Refused, match="别人核对"):
        commands.confirm_performance(claim, by=scene.payer)
    other = paid(scene, by=scene.mediator)
    assert other.standing == Recognition.CLAIMED
    with pytest.raises(Refused, match="别人核对"):
        commands.confirm_performance(other, by=scene.mediator)
    assert commands.confirm_performance(other, by=scene.clerk).standing == Recognition.COUNTED


def test_a_debtor_cannot_claim_twice_what_is_not_confirmed_once():
    scene = agreed()
    paid(scene, fen=8000_00, by=scene.payer)
    with pytest.raises(Refused, match=r"8,000\.00 元正在等核对，最多还能记 600\.00 元"):
        paid(scene, fen=8000_00, by=scene.payer)
    duty = agreed(((None, 10),))
    paid(duty, fen=None, by=duty.payer)
    with pytest.raises(Refused, match="正在等核对"):
        paid(duty, fen=None, by=duty.payer)


def test_a_claim_is_not_counted_beyond_what_is_owed():
    scene = agreed(((8600_00, 10), (100_00, 20)))
    claim = paid(scene, by=scene.payer)
    paid(scene, fen=8000_00, by=scene.receiver)
    with pytest.raises(Refused, match=r"只剩 600\.00 元"):
        commands.confirm_performance(claim, by=scene.receiver)


def test_the_creditor_may_deny_it_and_the_debtor_may_try_again():
    scene = agreed()
    claim = paid(scene, by=scene.payer)
    with pytest.raises(Refused, match="为什么不认可"):
        commands.deny_performance(claim, reason=" ", by=scene.receiver)
    denied = commands.deny_performance(claim, reason="没有收到", by=scene.receiver)
    assert denied.standing == Recognition.DENIED
    with pytest.raises(Refused, match="不用再核对"):
        commands.confirm_performance(denied, by=scene.receiver)
    assert paid(scene, by=scene.payer).standing == Recognition.CLAIMED
    assert "没有收到" in "".join(sentences(scene))
    assert list(verify()) == []


def test_staff_with_a_proof_are_believed_at_once_and_the_proof_is_in_the_file():
    scene = agreed()
    performance = paid(scene, by=scene.mediator, proof=a_scan())
    assert performance.standing == Recognition.COUNTED
    assert not performance.confirmed_by_creditor
    papers = Paper.objects.filter(dispute=scene.dispute, kind=PaperKind.PERFORMANCE)
    assert {paper.form for paper in papers} == {"", "performance_proof"}
    assert performance.proof.sha256 in {paper.sha256 for paper in papers}
    assert list(verify()) == []


def test_a_proof_that_is_no_picture_is_refused_and_nothing_is_kept():
    scene = agreed()
    with pytest.raises(Refused, match="不是 PDF、JPG 或 PNG"):
        paid(scene, by=scene.mediator, proof=a_scan("a.exe", b"MZ..."))
    assert not Performance.objects.exists()
    assert list(verify()) == []


def test_only_the_two_sides_of_a_duty_may_speak_of_it():
    scene = agreed(parties=[a_party(), a_party("respondent"), a_party("third")])
    third = scene.dispute.parties.get(role="third")
    with pytest.raises(Refused, match="不是您的事"):
        paid(scene, by=PartyActor(third))
    claim = paid(scene, by=scene.payer)
    with pytest.raises(Refused, match="接受履行的一方或者承办单位"):
        commands.confirm_performance(claim, by=PartyActor(third))


def test_strangers_and_other_bodies_may_not():
    scene = agreed()
    stranger = PartyActor(a_registered_dispute().applicants[0])
    for person in (stranger, a_user(a_committee()), a_user(a_committee(), Role.MEDIATOR)):
        with pytest.raises(Refused, match="可以记录履行"):
            paid(scene, by=person)
    assert not Performance.objects.exists()


def test_a_date_in_the_future_or_before_the_agreement_is_refused():
    scene = agreed()
    with pytest.raises(Refused, match="今天以后"):
        paid(scene, on=today(1))
    with pytest.raises(Refused, match="才生效"):
        paid(scene, on=today(-1))


def test_what_is_met_is_not_recorded_again():
    scene = agreed(((100_00, 5), (100_00, 6)))
    paid(scene, fen=100_00)
    with pytest.raises(Refused, match="第 1 项已履行"):
        paid(scene, fen=100_00)


def test_late_is_noted_by_the_day_it_was_done_not_the_day_it_was_told():
    scene = agreed(((100_00, 5), (100_00, 6)))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert paid(scene, fen=100_00, on=today(-3)).is_on_time
        assert not paid(scene, n=2, fen=100_00, on=today()).is_on_time
    told = {e.kind: e.payload for e in Entry.objects.of("dispute", scene.dispute.pk)}
    assert told["fulfilment.fulfilled"]["late"] == 1
    assert told["fulfilment.recorded"]["on_time"] is False


def test_a_stale_form_is_told_so():
    scene = agreed()
    with pytest.raises(Stale):
        paid(scene, seen=scene.fresh().version - 1)


def test_the_creditor_may_let_go_of_the_rest():
    scene = agreed()
    paid(scene, fen=8000_00)
    with pytest.raises(Refused, match="只有接受履行的一方"):
        commands.waive(scene.obligations[0], reason="算了", by=scene.payer)
    with pytest.raises(Refused, match="签名的免除说明"):
        commands.waive(scene.obligations[0], reason="算了", by=scene.clerk)
    waived = commands.waive(scene.obligations[0], reason="剩下的不要了", by=scene.receiver)
    assert waived.state == ObligationState.WAIVED
    assert scene.state == State.PERFORMED
    assert list(verify()) == []


def test_staff_waive_with_the_creditors_paper():
    scene = agreed()
    commands.waive(scene.obligations[0], reason="当面免除", by=scene.clerk, proof=a_scan())
    assert scene.state == State.PERFORMED
    assert list(verify()) == []


def test_an_oral_agreement_without_dates_is_confirmed_by_staff():
    scene = agreed((), oral=True)
    with pytest.raises(Refused, match="怎么核实"):
        commands.fulfil(scene.dispute, remark="", by=scene.mediator)
    commands.fulfil(scene.dispute, remark="当场道歉，双方握手", by=scene.mediator)
    assert scene.state == State.PERFORMED
    assert list(verify()) == []


def test_staff_cannot_call_it_done_while_a_duty_is_open():
    scene = agreed(((100_00, 5), (100_00, 6)))
    with pytest.raises(Refused, match="第 1、2 项还没有履行记录"):
        commands.fulfil(scene.dispute, remark="都好了", by=scene.mediator)


def test_nothing_is_left_for_the_court_once_all_is_done():
    scene = agreed()
    paid(scene)
    assert not scene.fresh().clocks.filter(key="confirmation_window", stopped_at=None).exists()


def test_a_receipt_is_typeset_for_what_counts():
    scene = agreed()
    paid(scene, fen=8600_00, by=scene.payer)
    assert not Paper.objects.filter(dispute=scene.dispute).exists()
    commands.confirm_performance(Performance.objects.get(), by=scene.receiver)
    receipt = Paper.objects.get(dispute=scene.dispute, form="performance_proof")
    assert receipt.read().startswith(b"%PDF")
    assert receipt.title == "第 1 项履行凭证"
