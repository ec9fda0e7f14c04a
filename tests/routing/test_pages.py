"""The pages of the acts: shown to those who may, the text kept when it is refused, nothing for strangers."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.routing import commands, panels
from tests.world import a_category, a_party, a_user

ACTS = (
    "dispatch", "accept", "return", "reject", "escalate", "refer_down", "transfer", "call_in", "merge", "hand_over",
    "grade", "remind",
)  # fmt: skip


def sent(dispute, **facts):
    return {"seen": dispute.version, **facts}


def url(act, dispute):
    return reverse(act, args=[dispute.number])


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_finds_no_page_and_a_visitor_must_sign_in(town, client, act):
    dispute = town.dispute()
    assert client.get(url(act, dispute)).status_code == 302
    client.force_login(a_user(town.other_village))
    assert client.get(url(act, dispute)).status_code == 404
    assert client.post(url(act, dispute), sent(dispute)).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_every_page_says_what_will_happen_or_why_it_cannot(town, client, act):
    dispute, clerk = town.dispute(), town.clerk()
    client.force_login(clerk)
    answer = client.get(url(act, dispute))
    possible = act not in ("return", "transfer")
    assert answer.status_code == (200 if possible else 409)
    assert ("这件事" if possible else "不能") in answer.content.decode()


def test_a_dispatch_proposes_what_fits_and_leads_back_to_the_dispute(town, client):
    dispute = town.dispute()
    client.force_login(town.clerk())
    page = client.get(url("dispatch", dispute)).content.decode()
    assert f'<option value="{town.village.pk}" selected>' in page
    assert "就地化解" in page
    assert str(town.other_village) not in page
    answer = client.post(url("dispatch", dispute), sent(dispute, to=town.village.pk, remark="上门"))
    assert answer.headers["Location"] == reverse("dispute", args=[dispute.number])
    assert Dispute.objects.get(pk=dispute.pk).body == town.village


def test_what_has_left_ones_sight_leads_back_to_the_desk(town, client):
    dispute = commands.dispatch(town.dispute(town.centre), to=town.trade, why="他们熟悉", by=town.clerk(town.centre))
    client.force_login(a_user(town.trade))
    assert (
        client.post(url("return", dispute), sent(dispute, reason="不是本行业", cites="rule:1")).headers["Location"]
        == "/desk/"
    )


@pytest.mark.parametrize(
    ("act", "facts", "state"),
    [
        ("accept", {}, State.ACCEPTED),
        ("reject", {"reason": "taken", "remedies": ["court", "legal_aid"]}, State.REJECTED),
        ("escalate", {"reason": "难"}, State.ROUTED),
        ("hand_over", {"to_name": "某区人民法院", "kind": "court", "reason": "要判"}, State.HANDED_OVER),
        ("remind", {"words": "请尽快"}, State.REGISTERED),
    ],
)
def test_an_act_is_done_from_its_page(town, client, act, facts, state):
    dispute = town.dispute()
    client.force_login(town.clerk())
    assert client.post(url(act, dispute), sent(dispute, **facts)).status_code == 302
    assert Dispute.objects.get(pk=dispute.pk).state == state


def test_bodies_numbers_and_grades_are_chosen_on_the_page(town, client):
    client.force_login(town.clerk())
    dispute, other, category = town.dispute(), town.dispute(), a_category("14", "物业")
    client.post(url("call_in", dispute), sent(dispute, body=town.trade.pk, reason="看合同"))
    dispute.refresh_from_db()
    assert dispute.assists.get().body == town.trade
    grade = {"category": category.pk, "difficulty": "complex", "risk": "R1", "remark": "八户"}
    client.post(url("grade", dispute), sent(dispute, **grade))
    dispute.refresh_from_db()
    assert (dispute.category, dispute.difficulty) == (category, "complex")
    client.post(url("merge", dispute), sent(dispute, into=other.number, reason="同一户"))
    dispute.refresh_from_db()
    assert dispute.merged_into == other
    client.post(url("refer_down", other), sent(other, to=town.village.pk, reason="就地"))
    other.refresh_from_db()
    assert other.body == town.village


def test_an_accepted_dispute_is_transferred_on_its_page(town, client):
    dispute = commands.accept(town.dispute(), by=town.clerk())
    client.force_login(town.clerk())
    client.post(url("transfer", dispute), sent(dispute, to=town.trade.pk, reason="本行业"))
    assert Dispute.objects.get(pk=dispute.pk).body == town.trade


def test_the_page_of_joining_offers_the_open_matters_of_the_same_people(town, client):
    parties = [{"phone": "13905720009"}, {"phone": "13905720009"}]
    first, second = (town.dispute(parties=[a_party(**facts)]) for facts in parties)
    unrelated = town.dispute()
    client.force_login(town.clerk())
    page = client.get(url("merge", second)).content.decode()
    assert f'<option value="{first.number}">' in page
    assert unrelated.number not in page


def test_a_form_that_lacks_something_keeps_its_text(town, client):
    dispute = town.dispute()
    client.force_login(town.clerk())
    answer = client.post(url("hand_over", dispute), sent(dispute, reason="对方已经起诉"))
    assert answer.status_code == 422
    assert "对方已经起诉" in answer.content.decode()


def test_a_refusal_keeps_the_text_too(town, client):
    dispute = town.dispute()
    client.force_login(town.clerk())
    answer = client.post(url("merge", dispute), sent(dispute, into=dispute.number, reason="两次登记了同一件"))
    assert answer.status_code == 409
    assert "两次登记了同一件" in answer.content.decode()
    assert "并入它自己" in answer.content.decode()


def test_an_unknown_number_is_told_beside_its_field(town, client):
    dispute = town.dispute()
    client.force_login(town.clerk())
    answer = client.post(url("merge", dispute), sent(dispute, into="2020-1", reason="同一件"))
    assert answer.status_code == 422
    assert "没有找到编号 2020-1" in answer.content.decode()


def test_a_stale_form_is_told_so_with_its_text_and_goes_through_the_second_time(town, client):
    dispute, clerk = town.dispute(), town.clerk()
    client.force_login(clerk)
    commands.call_in(dispute, body=town.trade, reason="看合同", by=clerk)
    answer = client.post(url("escalate", dispute), sent(dispute, reason="三个村都有份"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "三个村都有份" in page
    assert "刚刚有人动过" in page
    assert f'name="seen" value="{dispute.version + 1}"' in page
    dispute.refresh_from_db()
    assert client.post(url("escalate", dispute), sent(dispute, reason="三个村都有份")).status_code == 302


def test_a_form_without_the_version_is_not_taken(town, client):
    client.force_login(town.clerk())
    answer = client.post(url("accept", town.dispute()), {})
    assert answer.status_code == 422
    assert "请从这件事的页面重新打开" in answer.content.decode()


def test_a_form_sent_twice_is_done_once(town, client):
    dispute = town.dispute()
    client.force_login(town.clerk())
    facts = sent(dispute, form_key="abc", body=town.trade.pk, reason="看合同")
    answers = [client.post(url("call_in", dispute), facts) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert dispute.assists.count() == 1


def test_the_browser_is_told_that_its_draft_may_go(town, client):
    dispute = town.dispute()
    client.force_login(town.clerk())
    draft = f"call_in-{dispute.number}"
    facts = sent(dispute, body=town.trade.pk, reason="看合同", draft=draft)
    assert client.post(url("call_in", dispute), facts).cookies["draft_done"].value == draft


def test_the_card_on_the_page_of_a_dispute_reads_well(town):
    clerk, first = town.clerk(), town.dispute()
    words = render_to_string("routing/panel.html", panels.panel(first, clerk))
    assert f"{town.village}</a>" in words
    second = commands.merge(town.dispute(), into=first, reason="同一件", by=clerk)
    commands.call_in(first, body=town.trade, reason="看合同", by=clerk)
    first = commands.reject(first, reason="not_civil", words="公司内部的事", remedies=["agency"], by=clerk)
    words = render_to_string("routing/panel.html", panels.panel(first, clerk))
    for told in (second.number, str(town.trade), "看合同", "不属于民间纠纷", "公司内部的事", "向主管的行政机关反映"):
        assert told in words
    words = render_to_string("routing/panel.html", panels.panel(second, clerk))
    assert reverse("dispute", args=[first.number]) in words
    first = commands.hand_over(first, to_name="某区人民法院", kind="court", reason="要判", by=clerk)
    assert "某区人民法院" in render_to_string("routing/panel.html", panels.panel(first, clerk))
