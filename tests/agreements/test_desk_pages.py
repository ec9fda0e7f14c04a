"""The desk's pages: by plain submissions, with every word kept, and only for those they are for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fengqiao.agreements import commands
from fengqiao.agreements.editor import sheet_of
from fengqiao.agreements.library import load_templates, start_from
from fengqiao.agreements.models import Agreement, Signature, Status, Template
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.agreements.pages import DRAWN, a_sheet, at, desk, hidden
from tests.agreements.scene import a_draft, at_the_table, out_for_signing, party_of, signed_by
from tests.world import a_committee, a_user

pytestmark = pytest.mark.django_db


def test_a_draft_is_written_from_a_template_whose_blanks_are_filled_once():
    load_templates()
    dispute = at_the_table()
    client, url = desk(dispute.mediator), at("draft_agreement", dispute)
    shown = client.get(url, {"template": "water-leak"})
    assert "【待填：赔偿金额】" in shown.content.decode()
    form = {
        **hidden(shown),
        "do": "fill",
        "blank-赔偿金额": "8600",
        "blank-付款日期": "2026-12-01",
        "blank-渗漏部位": "卫生间地漏",
    }
    sheet = sheet_of(start_from(Template.objects.get(key="water-leak"), dispute))
    for prefix, rows in (("c", sheet.clauses), ("t", sheet.terms)):
        form |= {f"{prefix}-{n}-{field}": value for n, row in enumerate(rows) for field, value in row.items()}
    form |= {"p-responsibility": "由乙方房屋【待填：渗漏部位】引起。"}
    filled = client.post(url, form).content.decode()
    assert "人民币捌仟陆佰元整（¥8,600.00）" in filled
    assert "12月1日" in filled
    assert "由乙方房屋卫生间地漏引起。" in filled
    assert 'value="8,600.00"' in filled
    assert "【待填：修复日期】" in filled
    assert not dispute.agreements.exists()


def test_rows_come_and_go_and_nothing_typed_is_lost():
    dispute = at_the_table()
    client, url = desk(dispute.mediator), at("draft_agreement", dispute)
    more = client.post(url, a_sheet(dispute, do="add-clause", **{"t-0-amount": "不是钱"})).content.decode()
    assert "第 2 条" in more
    assert "乙方赔偿甲方损失。" in more
    assert 'value="不是钱"' in more
    two = {"c-TOTAL_FORMS": 2, "c-INITIAL_FORMS": 2, "c-1-text": "再无争议。"}
    moved = client.post(url, a_sheet(dispute, do="up-clause-1", **two)).content.decode()
    assert moved.index("再无争议。") < moved.index("乙方赔偿甲方损失。")
    fewer = client.post(url, a_sheet(dispute, do="drop-term-0")).content.decode()
    assert "赔偿款" not in fewer
    assert client.post(url, a_sheet(dispute, do="drop-clause-99")).status_code == 200
    part = client.post(url, a_sheet(dispute, do="add-term"), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<form")


def test_saving_a_sheet_makes_the_draft_and_shows_the_paper():
    dispute = at_the_table()
    client = desk(dispute.mediator)
    answer = client.post(at("draft_agreement", dispute), a_sheet(dispute))
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "一、乙方赔偿甲方损失。" in shown
    assert "收款账号还没填" in shown
    assert list(verify()) == []


def test_what_is_wrong_stands_beside_its_field_and_the_words_stay():
    dispute = at_the_table()
    wrong = {"t-0-amount": "八千多", "t-0-due_on": "下个月", "p-facts": "这段话要留着。"}
    answer = desk(dispute.mediator).post(at("draft_agreement", dispute), a_sheet(dispute, **wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "不像金额" in html
    assert "这段话要留着。" in html
    assert 'value="下个月"' in html


def test_a_stale_sheet_is_refused_with_its_text_kept():
    dispute = at_the_table()
    client, url = desk(dispute.mediator), at("draft_agreement", dispute)
    client.post(url, a_sheet(dispute))
    for stale in ({"edition": 0}, {"edition": 1, "seen": dispute.version - 1}):
        answer = client.post(url, a_sheet(dispute, **stale, **{"p-facts": "我写的这句要留着。"}))
        assert answer.status_code == 409
        assert "我写的这句要留着。" in answer.content.decode()
    assert dispute.agreements.get().edition == 1


def test_the_same_sheet_sent_twice_is_one_draft():
    dispute = at_the_table()
    client, url = desk(dispute.mediator), at("draft_agreement", dispute)
    sheet = a_sheet(dispute, form_key="k" * 32)
    assert [client.post(url, sheet).status_code for _n in range(2)] == [302, 302]
    assert dispute.agreements.get().edition == 1


def test_hostile_words_are_shown_as_words():
    dispute = at_the_table()
    nasty = "</textarea><script>alert(1)</script>"
    client = desk(dispute.mediator)
    client.post(at("draft_agreement", dispute), a_sheet(dispute, **{"c-0-text": nasty, "p-facts": nasty}))
    for name in ("draft_agreement", "agreement"):
        html = client.get(at(name, dispute)).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


# ── circulating, signing at the desk ──────────────────────────────────────────────────────────────────────────────


def test_the_mediator_sends_it_out_signs_and_takes_it_back():
    agreement = a_draft()
    dispute = agreement.dispute
    client = desk(dispute.mediator)
    sent = client.post(at("circulate", dispute), {"seen": dispute.version})
    assert sent.status_code == 302
    form = {**hidden(client.get(at("sign", dispute))), "presided": "on", **DRAWN}
    assert client.post(at("sign", dispute), form).status_code == 302
    assert Signature.objects.get().user == dispute.mediator
    assert "您已经签了" in client.get(at("sign", dispute)).content.decode()
    dispute.refresh_from_db()
    lacking = client.post(at("revise", dispute), {"seen": dispute.version, "reason": ""})
    assert lacking.status_code == 422
    back = client.post(at("revise", dispute), {"seen": dispute.version, "reason": "改日期。"})
    assert back["Location"] == at("draft_agreement", dispute)
    assert "这一稿已经收回" in client.get(at("agreement", dispute)).content.decode()


def test_a_stale_act_is_refused_with_its_text_kept():
    agreement = out_for_signing()
    answer = desk(agreement.dispute.mediator).post(
        at("revise", agreement.dispute), {"seen": 1, "reason": "第二期推迟。"}
    )
    assert answer.status_code == 409
    assert "第二期推迟。" in answer.content.decode()


def test_the_draft_shows_what_changed_since_the_one_before():
    agreement = out_for_signing()
    dispute = agreement.dispute
    commands.revise(agreement, reason="改。", by=dispute.mediator)
    a_draft(Dispute.objects.get(pk=dispute.pk), manner="现金，期限见第二条。")
    html = desk(dispute.mediator).get(at("agreement", dispute)).content.decode()
    assert "改过什么" in html
    assert "履行方式、时限：" in html
    assert "和第 1 稿对照" in html


def test_colleagues_of_another_body_find_nothing():
    agreement = out_for_signing()
    stranger = desk(a_user(a_committee(), Role.MANAGER))
    party = party_of(agreement).pk
    for name, more in [("agreement", ()), ("draft_agreement", ()), ("circulate", ()), ("revise", ()), ("sign", ()),
                       ("sign_on_paper", ()), ("agree_orally", ()), ("sign_on_screen", (party,)),
                       ("agreement_draft", (1,)), ("void_number", (1,))]:  # fmt: skip
        assert stranger.get(at(name, agreement.dispute, *more)).status_code == 404, name
    for name in ("make_signing_link", "remind_signer"):
        assert stranger.post(at(name, agreement.dispute, party)).status_code == 404, name


def test_the_handling_office_helps_but_does_not_sign():
    agreement = out_for_signing()
    dispute = agreement.dispute
    office = desk(a_user(dispute.body, Role.CLERK))
    party = party_of(agreement).pk
    assert office.get(at("agreement", dispute)).status_code == 200
    assert office.post(at("remind_signer", dispute, party)).status_code == 302
    assert office.get(at("sign", dispute)).status_code == 409
    assert office.get(at("sign_on_screen", dispute, party)).status_code == 403
    assert office.get(at("draft_agreement", dispute)).status_code == 409


def test_the_scan_of_a_signed_paper_concludes():
    agreement = out_for_signing(paper_only=True)
    dispute = agreement.dispute
    client = desk(dispute.mediator)
    scan = SimpleUploadedFile("signed.pdf", agreement.draft_paper.read(), "application/pdf")
    form = {
        "seen": dispute.version + 0,
        "signed_on": timezone.localdate().isoformat(),
        "all_signed": "on",
        "scan": scan,
    }
    form["seen"] = Dispute.objects.get(pk=dispute.pk).version
    assert client.post(at("sign_on_paper", dispute), form).status_code == 302
    agreement.refresh_from_db()
    assert agreement.status == Status.IN_FORCE
    assert set(Signature.objects.values_list("how", flat=True)) == {"paper"}
    assert agreement.scan.sha256 == agreement.draft_paper.sha256
    assert list(verify()) == []


def test_a_scan_that_is_no_picture_is_refused_with_a_sentence():
    agreement = out_for_signing()
    seen = Dispute.objects.get(pk=agreement.dispute_id).version
    form = {"seen": seen, "signed_on": timezone.localdate().isoformat(), "all_signed": "on"}
    answer = desk(agreement.dispute.mediator).post(
        at("sign_on_paper", agreement.dispute), {**form, "scan": SimpleUploadedFile("x.pdf", b"hello")}
    )
    assert answer.status_code == 409
    assert "不是 PDF、JPG 或 PNG" in answer.content.decode()


def test_an_oral_agreement_is_registered_on_the_same_sheet():
    dispute = at_the_table()
    client = desk(dispute.mediator)
    assert "有人要书面的，就要写协议书" in client.get(at("agree_orally", dispute)).content.decode()
    sheet = a_sheet(dispute, **{"p-performed": "当场道歉。"})
    answer = client.post(at("agree_orally", dispute), sheet)
    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.status, agreement.dispute.state) == (Status.ORAL, State.AGREED_ORAL)
    assert agreement.number in client.get(answer["Location"]).content.decode()
    assert list(verify()) == []


def test_the_first_signature_shows_on_the_desk():
    agreement = out_for_signing()
    signed_by(agreement, party_of(agreement))
    html = desk(agreement.dispute.mediator).get(at("agreement", agreement.dispute)).content.decode()
    assert "1／3" in html
    assert "提醒周*国签名" in html
    assert "data:image/png;base64," in html
