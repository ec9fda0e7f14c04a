"""The pages of the acts and the card: shown to those who may, the text kept when it is refused, nothing for strangers."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Willing
from fengqiao.mediation import commands, panels
from fengqiao.mediation.models import FailReason, Outcome
from tests.mediation.case import SAID
from tests.world import a_committee, a_user, the_center

ACTS = ("consent", "assign", "inform", "schedule", "record", "suspend", "resume", "extend", "fail", "withdraw")


def url(name, case, *n):
    return reverse(name, args=[case.dispute.number, *n])


def send(client, name, case, *n, **facts):
    return client.post(url(name, case, *n), {"seen": case.now.version, **facts})


@pytest.fixture
def desk(client, case):
    """Signed in as the clerk of the branch."""
    client.force_login(case.clerk)
    return client


@pytest.fixture
def table(client, case):
    """Signed in as the mediator, who has taken it on."""
    case.assigned()
    client.force_login(case.mediator)
    return client


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_finds_no_page_and_a_visitor_must_sign_in(case, client, act):
    assert client.get(url(act, case)).status_code == 302
    client.force_login(a_user(a_committee(the_center().region)))
    assert client.get(url(act, case)).status_code == 404
    assert send(client, act, case).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_every_page_says_what_will_happen_or_why_it_cannot(case, desk, act):
    answer = desk.get(url(act, case))
    possible = act in ("consent", "assign", "fail", "withdraw")
    assert answer.status_code == (200 if possible else 409)
    assert ("这件事" if possible else "不能") in answer.content.decode()


# ── each act from its page ────────────────────────────────────────────────────────────────────────────────────────────


def test_willingness_is_written_down(case, desk):
    send(desk, "consent", case, party=case.respondent.pk, willing="no", remark="说没空")
    assert case.respondent.willing == Willing.NO


def test_the_mediator_is_chosen_from_the_roster_with_their_load_and_hints(case, desk):
    case.a_mediator("沈玉兰")
    page = desk.get(url("assign", case)).content.decode()
    assert "钱志平（" in page
    assert "手上 0 件" in page
    assert "注意：和一方当事人或者代理人同名" in page
    send(desk, "assign", case, mediator=case.mediator.pk, chosen_by=case.applicant.pk)
    assert case.now.mediator == case.mediator
    assert case.now.recusals.get().chosen_by == case.applicant


def test_a_declared_ground_goes_through_with_everybodys_consent(case, desk):
    facts = {"mediator": case.mediator.pk, "grounds": ["interest"], "words": "住同一幢楼"}
    answer = send(desk, "assign", case, **facts)
    assert answer.status_code == 409
    assert "住同一幢楼" in answer.content.decode()
    send(desk, "assign", case, **facts, consents=[party.pk for party in case.both])
    assert case.now.state == State.MEDIATING


def test_the_parties_are_told_the_meeting_arranged_and_put_on_record(case, table):
    form = table.get(url("inform", case)).context["form"]
    assert form.initial["told"] == [party.pk for party in case.both]
    send(table, "inform", case, told=[party.pk for party in case.both], how="oral")
    send(table, "schedule", case, at=f"{timezone.localtime():%Y-%m-%dT%H:%M}", place="一室", kind="on_site")
    session = case.now.sessions.get()
    assert "第 1 次，" in table.get(url("record", case)).content.decode()
    facts = {"present": [party.pk for party in case.both], "minutes": 30, "statements": SAID, "outcome": "not_yet"}
    answer = send(table, "record", case, session=session.pk, **facts, undisputed="渗水来自楼上\n\n衣柜泡坏了")
    assert answer.headers["Location"] == reverse("dispute", args=[case.dispute.number])
    assert session.record.facts == ["渗水来自楼上", "衣柜泡坏了"]


def test_a_meeting_is_called_off_and_minutes_are_put_right_on_their_pages(case, table):
    case.informed()
    first = case.held().session
    second = case.planned(48)
    assert table.get(url("correct_minutes", case, second.n)).status_code == 404
    assert table.get(url("cancel_session", case, 9)).status_code == 404
    assert "衣柜用了八年" in table.get(url("correct_minutes", case, first.n)).content.decode()
    send(table, "cancel_session", case, second.n, reason="一方出差")
    second.refresh_from_db()
    assert second.remark == "一方出差"
    send(table, "correct_minutes", case, first.n, statements=SAID, outcome="partly", reason="漏记", undisputed="")
    assert first.record.version == 2


def test_standing_still_and_more_time(case, table):
    send(table, "suspend", case, reason="房屋渗漏鉴定")
    assert case.now.state == State.SUSPENDED
    send(table, "resume", case)
    assert case.now.state == State.MEDIATING
    send(table, "extend", case, days=10, parties=[p.pk for p in case.both], how="phone", reason="等双方筹款")
    assert case.now.main_clock.extensions.get().days == 10


def test_ending_and_withdrawing(case, desk):
    page = desk.get(url("withdraw", case)).content.decode()
    assert "其他申请人" not in page
    send(desk, "withdraw", case, party=case.applicant.pk, reason="自己谈好了")
    assert case.now.state == State.WITHDRAWN


def test_ending_without_an_agreement(case, table):
    send(table, "fail", case, reason=FailReason.APART.value, remedies=["court"], words="差一万元")
    assert case.now.terminations.get().words == "差一万元"


# ── refused, stale ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_typed_is_kept_when_it_is_refused_or_incomplete(case, table):
    answer = send(table, "extend", case, days=31, parties=[p.pk for p in case.both], how="phone", reason="等着筹款呢")
    assert answer.status_code == 409
    assert "等着筹款呢" in answer.content.decode()
    assert "最多延长 30 天" in answer.content.decode()
    answer = send(table, "suspend", case, reason="")
    assert answer.status_code == 422


def test_minutes_typed_for_an_hour_survive_somebody_elses_act(case, table):
    session = case.informed().planned()
    old = case.now.version
    commands.record_willingness(case.applicant, willing=Willing.YES, by=case.clerk)
    facts = {
        "present": [case.applicant.pk],
        "minutes": 30,
        "statements": SAID,
        "outcome": "absent",
        "session": session.pk,
    }
    answer = table.post(url("record", case), {"seen": old, **facts})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "衣柜用了八年" in page
    assert f'name="seen" value="{case.now.version}"' in page
    assert send(table, "record", case, **facts).status_code == 302


def test_a_form_without_the_version_is_not_taken(case, table):
    answer = table.post(url("suspend", case), {"reason": "鉴定"})
    assert answer.status_code == 422
    assert "请从这件事的页面重新打开" in answer.content.decode()


# ── the card and what is offered ──────────────────────────────────────────────────────────────────────────────────────


def primary(case, actor) -> list[str]:
    return [offer.label for offer in panels.offers(case.now, actor) if offer.primary]


def test_the_next_step_is_the_primary_one(case):
    assert (primary(case, case.clerk), primary(case, case.mediator)) == (["指定调解员"], [])
    case.assigned()
    assert primary(case, case.mediator) == ["告知权利义务"]
    case.informed()
    assert primary(case, case.mediator) == ["约时间"]
    session = case.planned()
    assert primary(case, case.mediator) == ["记调解记录"]
    case.held(session=session, outcome=Outcome.AGREED)
    assert primary(case, case.mediator) == []
    commands.suspend(case.now, reason="鉴定", by=case.mediator)
    assert primary(case, case.mediator) == ["恢复调解"]


def test_a_clear_no_turns_the_next_step_into_the_end(case):
    commands.record_willingness(case.respondent, willing=Willing.NO, by=case.clerk)
    assert primary(case, case.clerk) == ["终止调解"]
    case.assigned()
    assert primary(case, case.mediator) == ["终止调解"]
    offers = {offer.label: offer for offer in panels.offers(case.now, case.mediator)}
    assert "不得调解" in offers["记调解记录"].reason
    assert "不得调解" in panels.panel(case.now, case.mediator)["warning"]


def test_offers_say_why_not(case):
    offers = {offer.label: offer for offer in panels.offers(case.assigned().now, case.mediator)}
    assert "先告知权利义务" in offers["记调解记录"].reason
    assert offers["指定调解员"].reason == "只有承办单位可以指定调解员。"
    assert offers["登记撤回"].is_possible
    assert panels.offers(case.now, a_user(the_center()))[-1].reason == "只有承办单位和调解员可以代为登记撤回。"
    case.informed()
    offers = {offer.label: offer for offer in panels.offers(case.now, case.mediator)}
    assert offers["记调解记录"].reason == "还没有约时间，请先约一次。"
    assert offers["约时间"].act == Act.RECORD


def test_parties_have_their_own_pages(case):
    party = case.actor(case.applicant)
    assert panels.offers(case.now, party) == []
    assert panels.panel(case.assigned().now, party) is None


def card(case) -> str:
    return render_to_string("mediation/panel.html", panels.panel(case.now, case.mediator))


def test_the_card_tells_who_how_often_and_how_much(case):
    assert panels.panel(case.now, case.clerk) is None
    case.assigned()
    assert "还没有向申请人 沈*兰、被申请人 周*国告知权利义务" in card(case)
    case.informed()
    first = case.held()
    second = case.held(session=case.planned(48), minutes=75)
    third = case.planned(72)
    words = card(case)
    for told in ("钱志平", "无回避事由", "2 次，共 2 小时 25 分", "15,000 元", first.paper.title, second.paper.title):
        assert told in words
    assert reverse("cancel_session", args=[case.dispute.number, third.n]) in words
    assert reverse("correct_minutes", args=[case.dispute.number, 1]) in words
    assert "告知权利义务。" not in words


def test_the_card_tells_what_was_agreed_and_how_it_ended(case):
    case.assigned()
    facts = panels.panel(case.now, case.mediator) | {"amounts": {"claimed": 15000, "agreed": 8600}}
    assert "谈成 8,600 元" in render_to_string("mediation/panel.html", facts)
    facts["amounts"] = {"claimed": None, "agreed": 8600}
    assert "谈成金额" in render_to_string("mediation/panel.html", facts)
    case.planned()
    commands.fail(case.now, reason="apart", words="差一万", remedies=["court"], by=case.mediator)
    words = card(case)
    for told in ("双方分歧太大", "差一万", "向有管辖权的人民法院起诉", "已取消", "调解已终止"):
        assert told in words
