"""The desk's pages of fulfilment: who sees what, what is said beside the field, and what is kept when it is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import ObligationState
from fengqiao.fulfilment import commands, tracking
from fengqiao.fulfilment.models import Performance, Recognition
from fengqiao.fulfilment.panels import offers, panel
from fengqiao.kernel.rates import Rate
from tests.world import a_committee, a_registered_dispute, a_user

from .scenes import a_scan, agreed, today

pytestmark = pytest.mark.django_db
PAGES = (
    "perform",
    "waive",
    "fulfil",
    "breach",
    "make_good",
    "apply_confirmation",
    "confirm",
    "dismiss",
    "apply_enforcement",
)


def url(scene, name, *args):
    return reverse(name, args=[scene.dispute.number, *args])


def facts(scene, **kw):
    first = scene.obligations[0]
    return {"seen": scene.fresh().version, "obligation": first.pk, "on": today().isoformat(), "amount": "8,600", "how": "cash", **kw}  # fmt: skip


def card(scene, actor=None):
    return render_to_string("fulfilment/panel.html", panel(scene.fresh(), actor or scene.clerk))


def offered(scene, actor=None):
    return {offer.label: offer for offer in offers(scene.fresh(), actor or scene.clerk)}


def test_the_page_shows_what_is_owed_and_until_when(client):
    scene = agreed()
    client.force_login(scene.clerk)
    text = client.get(url(scene, "perform")).content.decode()
    assert "还剩 8,600.00 元" in text
    assert "multipart/form-data" in text
    assert scene.debtor.name not in text


def test_recording_with_a_proof_leads_back_to_the_dispute(client):
    scene = agreed()
    client.force_login(scene.clerk)
    answer = client.post(url(scene, "perform"), facts(scene, proof=a_scan()))
    assert answer.status_code == 302
    assert answer.url == url(scene, "dispute")
    assert scene.state == State.PERFORMED


def test_wrong_fields_are_told_beside_them_and_nothing_is_lost(client):
    scene = agreed()
    client.force_login(scene.clerk)
    answer = client.post(url(scene, "perform"), facts(scene, amount="很多", remark="付在村委会"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "不像金额" in text
    assert "付在村委会" in text
    assert "请写付了多少" in client.post(url(scene, "perform"), facts(scene, amount="")).content.decode()


def test_a_refusal_keeps_the_form(client):
    scene = agreed()
    client.force_login(scene.clerk)
    answer = client.post(url(scene, "perform"), facts(scene, amount="9000", remark="付在村委会"))
    assert answer.status_code == 409
    assert "只剩 8,600.00 元" in answer.content.decode()
    assert "付在村委会" in answer.content.decode()
    stale = client.post(url(scene, "perform"), facts(scene, seen=scene.fresh().version - 1, remark="付在村委会"))
    assert stale.status_code == 409
    assert "付在村委会" in stale.content.decode()
    assert not Performance.objects.exists()


def test_strangers_find_nothing(client):
    scene = agreed()
    client.force_login(a_user(a_committee()))
    for name in PAGES:
        assert client.get(url(scene, name)).status_code == 404
        assert client.post(url(scene, name), {}).status_code == 404


def test_nobody_comes_in_without_signing_in(client):
    scene = agreed()
    for name in PAGES:
        assert client.get(url(scene, name)).status_code in (302, 401)


def test_a_claim_is_confirmed_or_denied_on_its_own_page(client):
    scene = agreed()
    claim = commands.record_performance(
        scene.obligations[0], on=today(), amount_fen=600_00, how="cash", proof=a_scan(), by=scene.payer
    )
    client.force_login(scene.clerk)
    page = url(scene, "claim", claim.pk)
    assert "600.00 元" in client.get(page).content.decode()
    assert page in card(scene)
    answer = {"seen": scene.fresh().version, "answer": "no", "reason": ""}
    assert "为什么不属实" in client.post(page, answer).content.decode()
    client.post(page, answer | {"reason": "钱没到账"})
    claim.refresh_from_db()
    assert claim.standing == Recognition.DENIED
    assert client.get(url(scene, "claim", claim.pk + 99)).status_code == 404


def test_breach_and_making_good(client):
    scene = agreed(((100_00, 5), (200_00, 60)))
    client.force_login(scene.clerk)
    assert "没有到期未履行" in client.get(url(scene, "breach")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        client.force_login(scene.clerk)
        sent = {"seen": scene.fresh().version, "obligation": scene.obligations[0].pk, "remark": "账户被冻结"}
        assert client.post(url(scene, "breach"), sent).status_code == 302
        assert scene.state == State.BREACHED
        sent = {"seen": scene.dispute.version, "remark": "答应下周补", "promised": today(7).isoformat()}
        assert client.post(url(scene, "make_good"), sent).status_code == 302
        assert scene.state == State.PERFORMING
        assert scene.obligations[0].state == ObligationState.DUE


def test_the_way_through_the_court(client):
    scene = agreed()
    client.force_login(scene.clerk)
    sent = {"seen": scene.fresh().version, "court": "吴兴区人民法院", "on": today().isoformat()}
    alone = client.post(url(scene, "apply_confirmation"), sent)
    assert alone.status_code == 422  # both parties together
    assert client.post(url(scene, "apply_confirmation"), sent | {"both": "on"}).status_code == 302
    assert "吴兴区人民法院" in client.get(url(scene, "confirm")).content.decode()
    sent |= {"seen": scene.fresh().version, "number": "（2026）浙0502诉前调确1号"}
    assert client.post(url(scene, "confirm"), sent).status_code == 422  # the ruling itself
    assert client.post(url(scene, "confirm"), sent | {"scan": a_scan()}).status_code == 302
    assert scene.state == State.CONFIRMED
    assert "诉前调确1号" in card(scene)


def test_the_same_form_sent_twice_is_done_once(client):
    scene = agreed()
    client.force_login(scene.clerk)
    sent = facts(scene, amount="600", form_key="a" * 32)
    first, second = (client.post(url(scene, "perform"), dict(sent)) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert Performance.objects.count() == 1


def test_the_waiver_and_the_word_that_all_is_done(client):
    scene, oral = agreed(), agreed((), oral=True)
    client.force_login(scene.clerk)
    sent = {
        "seen": scene.fresh().version,
        "obligation": scene.obligations[0].pk,
        "reason": "当面免除",
        "proof": a_scan(),
    }
    assert client.post(url(scene, "waive"), sent).status_code == 302
    assert scene.state == State.PERFORMED
    client.force_login(oral.clerk)
    assert client.post(url(oral, "fulfil"), {"seen": oral.fresh().version, "remark": "当场道歉"}).status_code == 302
    assert oral.state == State.PERFORMED


def test_what_can_be_done_is_offered_and_what_cannot_says_why():
    scene = agreed(((100_00, 5),))
    found = offered(scene)
    assert found["记录履行"].is_possible
    assert found["记录履行"].primary
    assert "逐项记完" in found["确认履行完毕"].reason
    assert "没有到期未履行" in found["认定未履行"].reason
    assert "最后一天" in found["申请司法确认"].hint
    assert offers(scene.dispute, scene.payer) == []
    assert {offer.act for offer in found.values()} >= {Act.CONFIRM, Act.DISMISS, Act.APPLY_ENFORCEMENT}
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        late = offered(scene)
        assert late["认定未履行"].is_possible
        assert "协议仍然有效" in late["申请司法确认"].reason
    without = offered(agreed((), oral=True))
    assert "确认履行完毕" in without["记录履行"].reason
    assert without["确认履行完毕"].is_possible


def test_the_card_shows_each_duty_with_its_payments_in_few_queries(django_assert_max_num_queries):
    scene = agreed(((100_00, 5), (200_00, 6), (300_00, 7), (None, 8)))
    for obligation in scene.obligations[:2]:
        commands.record_performance(obligation, on=today(), amount_fen=50_00, how="cash", proof=None, by=scene.receiver)
    scene.fresh()
    with django_assert_max_num_queries(8):
        shown = panel(scene.dispute, scene.clerk)
    assert [duty.money for duty in shown["duties"]] == ["50.00／100.00", "50.00／200.00", "300.00", ""]
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        labels = [(duty.kind, duty.label) for duty in panel(scene.dispute, scene.clerk)["duties"]]
    assert labels[:2] == [("late", "待履行，超期 1 天"), ("time", "待履行")]


def test_a_dispute_without_an_agreement_has_no_card():
    dispute = a_registered_dispute()
    assert panel(dispute, a_user(dispute.body)) is None


def test_the_list_of_what_is_owed_shows_ones_own_and_what_is_late(client):
    scene, other = agreed(((100_00, 5), (200_00, 40))), agreed()
    claim = commands.record_performance(
        scene.obligations[1], on=today(), amount_fen=50_00, how="cash", proof=None, by=scene.payer
    )
    client.force_login(scene.clerk)
    text = client.get(reverse("performing")).content.decode()
    assert scene.dispute.number in text
    assert other.dispute.number not in text
    assert url(scene, "claim", claim.pk) in client.get(reverse("performing") + "?view=claims").content.decode()
    assert "这里现在是空的" in client.get(reverse("performing") + "?view=late").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        client.force_login(scene.clerk)
        assert "超期 4 天" in client.get(reverse("performing") + "?view=late&page=x").content.decode()
    client.logout()
    assert client.get(reverse("performing")).status_code in (302, 401)


def test_the_share_of_agreements_kept_counts_those_whose_last_date_has_passed():
    scene = agreed(((100_00, 5), (200_00, 9)))
    for n in (0, 1):
        commands.record_performance(
            scene.obligations[n], on=today(), amount_fen=(n + 1) * 100_00, how="cash", proof=None, by=scene.receiver
        )
    body = scene.dispute.body
    late = agreed(((100_00, 5), (200_00, 9)), body=body)
    agreed(((100_00, 5), (200_00, 90)), body=body)  # its last date is still to come
    waived = agreed(((100_00, 5),), body=body)
    commands.waive(waived.obligations[0], reason="不要了", by=waived.receiver)
    start = today()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert tracking.agreements_kept(scene.clerk, start, today()).whole == 1  # today is not over
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        commands.record_performance(
            late.obligations[0], on=today(), amount_fen=100_00, how="cash", proof=None, by=late.receiver
        )
        assert tracking.agreements_kept(scene.clerk, start, today()) == Rate(2, 3)
        assert tracking.duties_kept(scene.clerk, start, today()) == Rate(3, 6)
        assert tracking.agreements_kept(a_user(a_committee()), start, today()) == Rate(0, 0)
