"""An agreement's life: drafted, circulated, signed by everybody in any order, in force with number, paper and duties."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from fengqiao.agreements import commands
from fengqiao.agreements.content import AgreementContent, Clause, Term, read
from fengqiao.agreements.models import Agreement, How, Signature, Status
from fengqiao.bodies.models import Series
from fengqiao.disputes.commands import add_party
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute, Obligation, PartyRole
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.agreements.scene import (
    a_draft,
    at_the_table,
    evidence,
    in_days,
    out_for_signing,
    party_of,
    signed_by,
    signed_by_all,
    water_leak,
)
from tests.papers.reading import text_of
from tests.world import a_committee, a_party, a_town_branch, a_user

pytestmark = pytest.mark.django_db


def fresh(agreement):
    return Agreement.objects.select_related("dispute", "paper").get(pk=agreement.pk)


def story(dispute):
    return [entry.kind for entry in Entry.objects.of("dispute", dispute.pk)]


def test_the_whole_way_leaves_a_record_that_verifies():
    agreement = fresh(signed_by_all())
    dispute = agreement.dispute
    assert (agreement.status, dispute.state) == (Status.IN_FORCE, State.AGREED_WRITTEN)
    assert agreement.number == f"（{timezone.localdate().year}）{dispute.body.short_name}人调字第1号"
    told = [kind for kind in story(dispute) if kind.startswith("agreement.")]
    assert told == ["agreement.drafted", "agreement.circulated", *["agreement.signed"] * 3,
                    "agreement.concluded", "agreement.running"]  # fmt: skip
    assert list(verify()) == []


def test_it_creates_dated_duties_and_two_clocks():
    agreement = fresh(signed_by_all())
    dispute = agreement.dispute
    duties = list(dispute.obligations.all())
    assert [(duty.n, duty.amount_fen, duty.due_on) for duty in duties] == [
        (1, 460000, in_days(10)), (2, 400000, in_days(40)), (3, None, in_days(19)),
    ]  # fmt: skip
    assert {duty.source for duty in duties} == {f"agreement:{agreement.pk}"}
    assert duties[0].method == "银行转账（尾号 4567）"
    main = dispute.main_clock
    assert (main.key, timezone.localtime(main.due_at).date()) == ("perform", in_days(11))
    assert "第 1 项" in main.why[0]
    assert dispute.due_at == main.due_at
    window = dispute.clocks.get(key="confirmation_window")
    assert not window.is_main
    assert window.stopped_at is None


def test_with_nothing_left_to_do_it_is_performed_at_once():
    agreement = fresh(signed_by_all(out_for_signing(terms=[], performed="当场道歉，字条已取下。")))
    assert agreement.dispute.state == State.PERFORMED
    assert not Obligation.objects.exists()
    assert story(agreement.dispute)[-1] == "fulfilment.fulfilled"
    assert list(verify()) == []


def test_the_final_paper_carries_number_names_duties_and_the_check_code():
    agreement = fresh(signed_by_all())
    text = text_of(agreement.paper.read())
    for words in (agreement.number, "沈玉兰", "周建国", "钱志平", "赔偿款第一期", "4,600.00", agreement.check_code):
        assert words in text
    assert "待签" not in text
    assert agreement.paper.number == agreement.number
    assert "待签" in text_of(agreement.draft_paper.read())


def test_signatures_may_come_in_any_order_and_each_counts_once():
    agreement = out_for_signing()
    mediator, ours = agreement.dispute.mediator, party_of(agreement)
    signed_by(agreement, mediator)
    signed_by(agreement, ours)
    again = signed_by(agreement, ours)
    assert (again.signed, again.needed) == (2, 3)
    assert Signature.objects.count() == 2
    done = signed_by(agreement, party_of(agreement, PartyRole.RESPONDENT))
    assert done.status == Status.IN_FORCE
    assert signed_by(agreement, ours).status == Status.IN_FORCE  # the last page sent again does no harm


def test_a_signature_is_over_the_frozen_words_only():
    agreement = out_for_signing()
    with pytest.raises(Stale, match="不是现在这一稿"):
        signed_by(agreement, party_of(agreement), digest="0" * 64)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_agreement SET manner = '现金' WHERE id = %s", [agreement.pk])
    with pytest.raises(Refused, match="和发出时不一样"):
        signed_by(agreement, party_of(agreement))
    assert [finding.row for finding in verify()] == [f"agreements.agreement:{agreement.pk}"]


def test_nobody_signs_once_the_parties_have_changed():
    agreement = out_for_signing()
    add_party(agreement.dispute, a_party(PartyRole.RESPONDENT, name="吴建芳"), by=agreement.dispute.mediator)
    with pytest.raises(Refused, match="当事人的信息在发出以后改过"):
        signed_by(agreement, party_of(agreement))


def test_an_altered_signature_is_found():
    agreement = out_for_signing()
    signed_by(agreement, party_of(agreement))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_signature SET how = 'paper'")
    assert [finding.row for finding in verify()] == [f"agreements.signature:{Signature.objects.get().pk}"]


def test_nobody_signs_for_somebody_else():
    agreement = out_for_signing()
    ours, theirs = party_of(agreement), party_of(agreement, PartyRole.RESPONDENT)
    with pytest.raises(Refused, match="本人来签"):
        commands.sign(agreement, signer=theirs, evidence=evidence(agreement, theirs), by=PartyActor(ours))
    with pytest.raises(Refused, match="本人来签"):
        commands.sign(agreement, signer=ours, evidence=evidence(agreement, ours), by=agreement.dispute.mediator)
    with pytest.raises(Refused, match="本人来签"):
        mediator = agreement.dispute.mediator
        commands.sign(agreement, signer=mediator, evidence=evidence(agreement, mediator), by=PartyActor(ours))
    with pytest.raises(Refused, match="没有这个人的签名处"):
        colleague = a_user(agreement.dispute.body, Role.MEDIATOR)
        commands.sign(agreement, signer=colleague, evidence=evidence(agreement, ours), by=agreement.dispute.mediator)


def test_the_mediator_hands_over_the_screen_after_seeing_the_papers():
    agreement = out_for_signing()
    ours = party_of(agreement)
    with pytest.raises(Refused, match="当面核对证件"):
        commands.sign(
            agreement, signer=ours, evidence=evidence(agreement, ours, how=How.DESK), by=agreement.dispute.mediator
        )
    seen = evidence(agreement, ours, how=How.DESK, identity="in_person")
    assert commands.sign(agreement, signer=ours, evidence=seen, by=agreement.dispute.mediator).signed == 1


@pytest.mark.parametrize(
    ("lacking", "says"),
    [
        ({"statements": ["voluntary"]}, "签了就要照做"),
        ({"read_clauses": [1, 3]}, "还有 1 条没看"),
        ({"strokes": []}, "太短了"),
        ({"image": b"GIF89a"}, "没有传完整"),
        ({"image": b"\x89PNG" + b"0" * 500_000}, "太大"),
    ],
)
def test_a_signature_without_understanding_or_without_a_name_does_not_count(lacking, says):
    agreement = out_for_signing()
    with pytest.raises(Refused, match=says):
        signed_by(agreement, party_of(agreement), **lacking)
    assert not Signature.objects.exists()


def test_who_refuses_brings_it_back_to_the_table_with_their_words():
    agreement = out_for_signing()
    signed_by(agreement, party_of(agreement))
    actor = PartyActor(party_of(agreement, PartyRole.RESPONDENT))
    with pytest.raises(Refused, match="写一句"):
        commands.refuse(agreement, reason="  ", by=actor)
    refused = commands.refuse(agreement, reason="第二期太早，我拿不出来。", by=actor)
    assert refused.status == Status.WITHDRAWN
    assert refused.ended_why == "第二期太早，我拿不出来。"
    assert fresh(agreement).dispute.state == State.MEDIATING
    with pytest.raises(Refused):
        signed_by(agreement, party_of(agreement, PartyRole.RESPONDENT))
    assert list(verify()) == []


def test_a_revised_draft_starts_without_signatures():
    agreement = out_for_signing()
    signed_by(agreement, party_of(agreement))
    mediator = agreement.dispute.mediator
    with pytest.raises(Refused, match="为什么收回"):
        commands.revise(agreement, reason="", by=mediator)
    commands.revise(agreement, reason="双方同意把第二期推迟。", by=mediator)
    second = out_for_signing(Dispute.objects.get(pk=agreement.dispute_id))
    assert (second.draft, second.signed) == (2, 0)
    assert signed_by_all(second).number.endswith("第1号")
    assert list(verify()) == []


def test_a_draft_that_is_not_out_is_improved_in_place():
    first = a_draft()
    dispute = first.dispute
    better = commands.draft(dispute, content=water_leak(dispute, manner="现金。"), by=dispute.mediator, edition=1)
    assert (better.pk, better.draft, better.edition, better.manner) == (first.pk, 1, 2, "现金。")
    with pytest.raises(Stale, match="别处改过"):
        commands.draft(dispute, content=water_leak(dispute), by=dispute.mediator, edition=1)


def test_only_the_mediator_drafts_and_only_at_the_table():
    dispute = at_the_table()
    with pytest.raises(Refused, match="只有这件事的调解员"):
        commands.draft(dispute, content=water_leak(dispute), by=a_user(dispute.body, Role.MANAGER))
    out = out_for_signing(dispute)
    with pytest.raises(Refused, match="请先收回"):
        commands.draft(out.dispute, content=water_leak(dispute), by=dispute.mediator)
    with pytest.raises(Refused):
        commands.circulate(out, by=dispute.mediator)


def test_content_comes_back_as_it_was_written():
    dispute = at_the_table()
    content = water_leak(dispute)
    assert read(a_draft(dispute)).terms == content.terms
    assert read(a_draft(dispute)).clauses == content.clauses


def test_a_duty_names_a_party_of_this_dispute_or_is_refused():
    dispute, other = at_the_table(), at_the_table()
    strange = [Term(what="付款", debtor=other.respondents[0], due_on=in_days(3))]
    with pytest.raises(Refused, match="不是这件事的当事人"):
        commands.draft(dispute, content=water_leak(dispute, terms=strange), by=dispute.mediator)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"clauses": []}, "还没有写协议条款"),
        ({"clauses": [Clause("乙方赔偿【待填：赔偿金额】。")]}, "“赔偿金额”还没有填"),
    ],
)
def test_an_unfinished_draft_does_not_go_out(change, says):
    with pytest.raises(Refused, match=says):
        out_for_signing(**change)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"due_on": None}, "没写到哪一天"),
        ({"due_on": timezone.localdate() - timedelta(days=1)}, "日期已经过了"),
        ({"amount_fen": 0}, "大于零"),
        ({"debtor": None}, "没写谁来做"),
        ({"what": ""}, "没写做什么"),
    ],
)
def test_a_duty_without_debtor_date_or_sum_does_not_go_out(change, says):
    dispute = at_the_table()
    term = {"what": "赔偿款", "debtor": dispute.respondents[0], "amount_fen": 100, "due_on": in_days(3), **change}
    with pytest.raises(Refused, match=says):
        out_for_signing(dispute, terms=[Term(**term)])
    assert Dispute.objects.get(pk=dispute.pk).state == State.MEDIATING


def test_the_committee_is_the_handling_body_the_mediators_own_or_the_body_that_handles():
    committee, branch = a_committee(), a_town_branch()
    assert a_draft(at_the_table(committee)).committee == committee
    seconded = a_user(committee, Role.MEDIATOR, station_body=branch)
    assert a_draft(at_the_table(branch, seconded)).committee == committee
    assert a_draft(at_the_table(branch, a_user(branch, Role.MEDIATOR))).committee == branch


def test_numbers_have_no_gap_after_a_failure_and_run_by_committee_and_year(monkeypatch):
    body = a_committee()
    assert signed_by_all(out_for_signing(at_the_table(body))).number.endswith("第1号")
    broken = out_for_signing(at_the_table(body))
    signed_by(broken, party_of(broken))
    signed_by(broken, broken.dispute.mediator)
    with monkeypatch.context() as patch:
        patch.setattr("fengqiao.agreements.commands.conclusion.add_typeset", _press_is_broken)
        with pytest.raises(RuntimeError):
            signed_by(broken, party_of(broken, PartyRole.RESPONDENT))
    assert fresh(broken).signed == 2
    assert signed_by_all(out_for_signing(at_the_table(body))).number.endswith("第2号")
    assert signed_by_all(broken).number.endswith("第3号")
    assert signed_by_all(out_for_signing(at_the_table(a_committee()))).number.endswith("第1号")
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert signed_by_all(out_for_signing(at_the_table(body))).number.endswith("第1号")
    assert Series.objects.get(body=body, year=timezone.localdate().year, name="agreement").last == 3


def _press_is_broken(*args, **kw):
    raise RuntimeError("the press is broken")


def test_hostile_words_stay_words():
    nasty = '#import "x": *\n<script>alert(1)</script> $x$ \\u{41} “]'
    dispute = at_the_table()
    agreement = signed_by_all(out_for_signing(dispute, clauses=[Clause(nasty, nasty)], manner=nasty))
    assert "<script>alert(1)</script>" in text_of(fresh(agreement).paper.read())
    assert AgreementContent(clauses=[Clause(nasty)]).clauses[0].text == nasty
