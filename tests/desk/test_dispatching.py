"""Many sent at once: what the rules propose for each, one press, and for each the truth about what became of it."""

import re

import pytest

from fengqiao.disputes.events import Dispatched
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from fengqiao.routing.proposals import proposals
from fengqiao.routing.suggestions import proposed
from tests.world import a_category, a_party, a_user

pytestmark = pytest.mark.django_db
SHEET = "/desk/dispatch/"


def sheet_of(client, *disputes):
    return client.get(SHEET, {"n": [one.number for one in disputes], "back": "view=new"})


def press(client, *disputes, key="once", **changes):
    """The form as it stood when these disputes were read; `changes` are fields typed over."""
    fields = {"n": [one.number for one in disputes], "all": [one.number for one in disputes], "form_key": key}
    for line in sheet_of(client, *disputes).context["table"].lines:
        fields[f"to-{line.dispute.number}"] = line.to
    for one in disputes:
        fields[f"seen-{one.number}"] = one.version
    return client.post(SHEET, {**fields, **changes})


def sent(answer) -> set[str]:
    return {one.number for one in answer.context["sent"]}


def refused(answer) -> dict[str, str]:
    lines = {line.dispute.number: line.refused for line in answer.context["table"].lines if line.refused}
    return {**lines, **{one.number: one.refusal for one in answer.context["gone"]}}


def times_sent(dispute) -> int:
    return Entry.objects.of("dispute", dispute.pk).filter(kind=Dispatched.kind).count()


def test_the_sheet_says_of_each_what_the_rules_propose_and_why(town, at_desk):
    village, ours, mediated = town.dispute(), town.dispute(difficulty="complex"), town.dispute()
    routing.accept(mediated, by=town.clerk())
    answer = sheet_of(at_desk(town.clerk()), village, ours, mediated)
    lines = answer.context["table"].lines
    assert [line.dispute for line in lines] == [village, ours, mediated]
    assert [(line.to, line.chosen) for line in lines] == [(town.village.name, True), ("", False), ("", False)]
    assert lines[0].suggestion.reason == proposed(village).reason
    assert lines[1].is_ours_by_the_rules
    assert lines[2].reason == "“已受理”时不能分派。"


def test_many_are_answered_as_each_alone_is(town):
    disputes = [
        town.dispute(), town.dispute(difficulty="major"), town.dispute(town.centre, category=a_category("10", "劳动争议")),
        town.dispute(parties=[a_party(head_count=12), a_party("respondent")]),
    ]  # fmt: skip
    together = proposals(Dispute.objects.select_related("category", "place"))
    for one in disputes:
        alone = proposed(one)
        assert (together[one.pk].body, together[one.pk].reason, together[one.pk].runner_up) == (
            alone.body, alone.reason, alone.runner_up,
        )  # fmt: skip
    assert proposals([]) == {}


def test_one_press_sends_all_and_each_is_told(town, at_desk):
    disputes = [town.dispute() for _ in range(3)]
    client = at_desk(town.clerk())
    answer = press(client, *disputes)
    assert answer.status_code == 200
    assert sent(answer) == {one.number for one in disputes}
    assert {one.body for one in Dispute.objects.all()} == {town.village}
    assert "3 件里分派了 3 件" in answer.content.decode()
    assert list(verify()) == []


def test_pressed_twice_each_is_sent_once_and_told_the_same(town, at_desk):
    dispute, client = town.dispute(), at_desk(town.clerk())
    first, second = press(client, dispute), press(client, dispute, **{f"to-{dispute.number}": town.village.name})
    assert sent(first) == sent(second) == {dispute.number}
    assert times_sent(dispute) == 1


def test_what_somebody_changed_meanwhile_is_not_sent_and_says_so(town, at_desk):
    changed, left, fine = town.dispute(), town.dispute(), town.dispute()
    client, other = at_desk(town.clerk()), town.clerk()
    routing.call_in(changed, body=town.trade, reason="看合同", by=other)
    routing.accept(left, by=other)
    answer = press(client, changed, left, fine)
    assert answer.status_code == 409
    assert sent(answer) == {fine.number}
    assert set(refused(answer)) == {changed.number, left.number}
    assert all("刚刚有人动过" in why for why in refused(answer).values())
    assert times_sent(changed) == times_sent(left) == 0
    again = next(line for line in answer.context["table"].lines if line.dispute == changed)
    assert (again.to, again.dispute.version) == (town.village.name, changed.version + 1)
    changed.refresh_from_db()
    assert sent(press(client, changed)) == {changed.number}


def test_whatever_cannot_be_sent_is_refused_by_itself_with_its_reason(town, at_desk):
    manager = a_user(town.branch, Role.MANAGER)
    dispute = town.dispute
    wrong, unwritten, elsewhere, fine = dispute(), dispute(), dispute(), dispute()
    restricted = dispute(is_restricted=True)
    answer = press(
        at_desk(manager), wrong, unwritten, elsewhere, restricted, fine,
        **{f"to-{wrong.number}": "没有的单位", f"to-{unwritten.number}": " ", f"to-{elsewhere.number}": town.trade.name},
    )  # fmt: skip
    why = refused(answer)
    assert sent(answer) == {fine.number}
    assert why[wrong.number] == "不能分派给“没有的单位”。请从列出来的单位里选。"
    assert why[unwritten.number] == "没有写交给哪个单位。"
    assert why[elsewhere.number] == f"按规则建议交给{town.village}。要交给别的单位，请写明为什么。"
    assert "限知的事要单独分派" in why[restricted.number]
    assert Dispute.objects.filter(state=State.ROUTED).get() == fine


def test_another_body_with_its_reason_is_sent_and_the_reason_kept(town, at_desk):
    dispute = town.dispute()
    changes = {f"to-{dispute.number}": town.trade.name, f"why-{dispute.number}": "要看合同"}
    assert sent(press(at_desk(town.clerk()), dispute, **changes)) == {dispute.number}
    assert dispute.routing_decisions.get().why == "要看合同"


def test_whoever_may_not_see_a_dispute_learns_no_more_than_of_one_that_is_not(town, at_desk):
    dispute = town.dispute()
    client = at_desk(town.clerk(town.other_branch))
    for number in (dispute.number, "2020-1"):
        answer = client.get(SHEET, {"n": number})
        assert answer.context["table"].missing == 1
        told = client.post(
            SHEET, {"n": number, f"to-{number}": town.village.name, f"seen-{number}": 1, "form_key": "a"}
        )
        assert refused(told) == {number: f"没有找到编号 {number}，或者不归您看。"}
    assert times_sent(dispute) == 0


def test_what_a_form_lacks_is_refused_and_nothing_is_sent(town, at_desk):
    dispute, client = town.dispute(), at_desk(town.clerk())
    assert press(client, dispute, n=[]).status_code == 422
    for wrong in ({"key": ""}, {f"seen-{dispute.number}": "x"}):
        assert "放久了" in refused(press(client, dispute, **wrong))[dispute.number]
    assert at_desk(a_user(town.centre, Role.LEADER)).get(SHEET).status_code == 403
    assert times_sent(dispute) == 0


def test_a_sheet_costs_the_same_whatever_its_length(town, at_desk, django_assert_max_num_queries):
    client, disputes = at_desk(town.clerk()), [town.dispute() for _ in range(6)]
    sheet_of(client, disputes[0])
    with django_assert_max_num_queries(30) as few:
        sheet_of(client, disputes[0])
    with django_assert_max_num_queries(len(few)):
        assert len(sheet_of(client, *disputes).context["table"].lines) == 6


def test_the_chosen_dispute_stands_beside_the_list_masked_and_with_what_one_can_do(town, at_desk):
    dispute = town.dispute(title="渗水", parties=[a_party(name="沈玉兰", phone="13905722045"), a_party("respondent")])
    client = at_desk(town.clerk())
    text = client.get(f"/desk/?view=ours&one={dispute.number}").content.decode()
    pane = re.search(r'<section class="card fq-chosen".*?</section>', text, re.DOTALL).group()
    for words in ("渗水", "沈*兰", str(town.village), "就地化解", "其次是", "按建议分派", "受理"):
        assert words in pane
    for hidden in ("沈玉兰", "13905722045"):
        assert hidden not in text
    part = client.get(f"/desk/?view=ours&one={dispute.number}", headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<section class="card fq-chosen"')
    assert not Entry.objects.of("look", dispute.pk).exists()


def test_what_is_not_theirs_to_see_is_not_beside_the_list_either(town, at_desk):
    dispute = town.dispute(title="渗水")
    for number in (dispute.number, "2020-1", "x"):
        answer = at_desk(town.clerk(town.other_branch)).get(f"/desk/?one={number}")
        assert answer.status_code == 200
        assert answer.context["pane"] is None


def test_sent_from_beside_the_list_one_comes_back_to_the_next(town, at_desk):
    dispute, client = town.dispute(), at_desk(town.clerk())
    answer = press(client, dispute, one_only="1", back="view=new", next="view=new&one=2026-7")
    assert answer.headers["Location"] == "/desk/?view=new&one=2026-7"
    assert times_sent(dispute) == 1
    again = press(client, dispute, key="other", one_only="1", next="//elsewhere.example/")
    assert again.status_code == 409
