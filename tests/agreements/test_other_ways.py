"""Not by pad and not in writing: on paper, by word of mouth; and numbers that are void."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.agreements import commands, panels
from fengqiao.agreements.commands.oral import better_in_writing
from fengqiao.agreements.models import Agreement, Signature, Status
from fengqiao.disputes.agreed import agreed
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Difficulty, Dispute, Obligation
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role
from tests.agreements.scene import (
    a_draft,
    at_the_table,
    out_for_signing,
    party_of,
    signed_by,
    signed_by_all,
    water_leak,
)
from tests.papers.reading import text_of
from tests.world import a_user

pytestmark = pytest.mark.django_db


class Scan(io.BytesIO):
    """An uploaded file."""

    name, size = "scan.pdf", 900


def a_scan(agreement):
    return Scan(agreement.draft_paper.read())


def fresh(agreement):
    return Agreement.objects.get(pk=agreement.pk)


# ── on paper ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_paper_signed_days_ago_takes_effect_on_that_day():
    agreement = out_for_signing()
    signed_on = timezone.localdate()
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        mediator = agreement.dispute.mediator
        commands.sign_on_paper(agreement, scan=a_scan(agreement), signed_on=signed_on, by=mediator)
        done = fresh(agreement)
        window = done.dispute.clocks.get(key="confirmation_window")
        assert timezone.localdate(done.effective_at) == signed_on
        assert timezone.localdate(window.started_at) == signed_on
        assert agreed(done.dispute).since == signed_on
        assert {one.signed_on for one in done.signatures.all()} == {signed_on}
        assert list(verify()) == []
    text = text_of(done.paper.read())
    assert "纸上签名，见扫描件" in text
    assert done.number in text


def test_who_signed_on_the_phone_already_keeps_that_signature():
    agreement = out_for_signing()
    signed_by(agreement, party_of(agreement))
    commands.sign_on_paper(
        agreement, scan=a_scan(agreement), signed_on=timezone.localdate(), by=agreement.dispute.mediator
    )
    assert sorted(Signature.objects.values_list("how", flat=True)) == ["paper", "paper", "phone"]
    assert fresh(agreement).status == Status.IN_FORCE


def test_a_paper_has_a_possible_date_and_comes_from_the_mediator():
    agreement = out_for_signing()
    mediator, today = agreement.dispute.mediator, timezone.localdate()
    for signed_on, says in ((today + timedelta(days=1), "还没到"), (today - timedelta(days=1), "早于协议发出")):
        with pytest.raises(Refused, match=says):
            commands.sign_on_paper(agreement, scan=a_scan(agreement), signed_on=signed_on, by=mediator)
    with pytest.raises(Refused, match="调解员上传"):
        commands.sign_on_paper(agreement, scan=a_scan(agreement), signed_on=today, by=PartyActor(party_of(agreement)))
    assert not Signature.objects.exists()


def test_personal_status_is_refused_on_a_screen_with_the_way_out():
    agreement = out_for_signing(paper_only=True)
    with pytest.raises(Refused, match="电子签名法 3.*打印出来当面签"):
        signed_by(agreement, party_of(agreement))
    with pytest.raises(Refused, match="电子签名法 3"):
        signed_by(agreement, agreement.dispute.mediator)


# ── by word of mouth ──────────────────────────────────────────────────────────────────────────────────────────────


def test_an_oral_agreement_takes_effect_at_once_with_its_own_numbers():
    dispute = at_the_table()
    agreement = commands.agree_orally(dispute, content=water_leak(dispute), by=dispute.mediator)
    dispute = Dispute.objects.get(pk=dispute.pk)
    assert agreement.number.endswith("人调口字第1号")
    assert (agreement.status, dispute.state) == (Status.ORAL, State.AGREED_ORAL)
    assert dispute.main_clock.key == "perform"
    assert Obligation.objects.count() == 3
    paper = agreement.paper
    assert paper.kind == PaperKind.ORAL_AGREEMENT
    assert "赔偿款第一期" in text_of(paper.read())
    assert agreement.number in text_of(paper.read())
    assert list(verify()) == []


def test_what_was_done_on_the_spot_ends_it():
    dispute = at_the_table()
    content = water_leak(dispute, terms=[], performed="双方当场道歉。")
    agreement = commands.agree_orally(dispute, content=content, by=dispute.mediator)
    assert Dispute.objects.get(pk=dispute.pk).state == State.PERFORMED
    assert "双方当场道歉" in text_of(agreement.paper.read())


def test_an_open_draft_is_put_away_and_an_incomplete_one_refused():
    draft = a_draft()
    dispute = draft.dispute
    with pytest.raises(Refused, match="还没有写协议条款"):
        commands.agree_orally(dispute, content=water_leak(dispute, clauses=[]), by=dispute.mediator)
    commands.agree_orally(dispute, content=water_leak(dispute), by=dispute.mediator)
    assert fresh(draft).status == Status.WITHDRAWN
    assert list(verify()) == []


def test_only_the_mediator_registers_an_oral_agreement():
    dispute = at_the_table()
    with pytest.raises(Refused, match="只有调解员"):
        commands.agree_orally(dispute, content=water_leak(dispute), by=a_user(dispute.body, Role.MANAGER))


def test_what_should_be_written_is_hinted_at():
    dispute = at_the_table(difficulty=Difficulty.MAJOR)
    assert better_in_writing(dispute, water_leak(dispute)) == ["不是当场做完的", "这件事属于“重大疑难”"]


# ── void ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_void_number_stays_on_record_with_its_reason_and_is_not_given_again():
    agreement = signed_by_all(out_for_signing(terms=[]))
    body, mediator = agreement.dispute.body, agreement.dispute.mediator
    with pytest.raises(Refused, match="为什么作废"):
        commands.void_number(agreement, reason=" ", by=mediator)
    void = commands.void_number(agreement, reason="编号登在别的调委会名下。", by=mediator)
    assert (void.status, void.number) == (Status.VOID, agreement.number)
    assert signed_by_all(out_for_signing(at_the_table(body))).number.endswith("第2号")
    assert Entry.objects.of("dispute", agreement.dispute_id).last().kind == "agreement.voided"
    assert list(verify()) == []


def test_a_number_that_people_live_by_is_not_voided():
    agreement = signed_by_all()
    with pytest.raises(Refused, match="请先办结，再重新办理"):
        commands.void_number(agreement, reason="错了。", by=agreement.dispute.mediator)
    with pytest.raises(Refused, match="没有生效的编号"):
        draft = a_draft()
        commands.void_number(draft, reason="错了。", by=draft.dispute.mediator)


# ── what the page of a dispute offers ─────────────────────────────────────────────────────────────────────────────


def offered(dispute, actor):
    return {one.act: one for one in panels.offers(Dispute.objects.get(pk=dispute.pk), actor)}


def test_the_offers_follow_the_draft():
    dispute = at_the_table()
    mediator = dispute.mediator
    assert "请先拟一稿" in offered(dispute, mediator)[Act.CIRCULATE].reason
    draft = a_draft(dispute)
    assert offered(dispute, mediator)[Act.CIRCULATE].is_possible
    assert offered(dispute, mediator)[Act.CIRCULATE].primary
    commands.circulate(draft, by=mediator)
    assert offered(dispute, mediator)[Act.SIGN].primary
    signed_by(fresh(draft), mediator)
    assert offered(dispute, mediator)[Act.SIGN].reason == "您已经签了。"
    assert offered(dispute, mediator)[Act.REVISE].is_possible
    manager = a_user(dispute.body, Role.MANAGER)
    assert not any(one.is_possible for one in offered(dispute, manager).values())


def test_a_party_is_offered_to_sign_or_to_refuse_while_it_waits_for_them():
    agreement = out_for_signing()
    actor = PartyActor(party_of(agreement))
    assert [one.is_possible for one in offered(agreement.dispute, actor).values()] == [True, True]
    signed_by(agreement, party_of(agreement))
    assert [one.reason for one in offered(agreement.dispute, actor).values()] == ["您已经签了。"] * 2
    assert panels.offers(at_the_table(), actor) == []


def test_the_card_shows_parties_nothing_before_the_draft_is_out():
    draft = a_draft()
    actor = PartyActor(party_of(draft))
    assert panels.panel(draft.dispute, actor) is None
    assert panels.panel(draft.dispute, draft.dispute.mediator)["can_draft"]
    commands.circulate(draft, by=draft.dispute.mediator)
    assert panels.panel(Dispute.objects.get(pk=draft.dispute_id), actor)["agreement"] == draft
