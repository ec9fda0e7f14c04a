"""Sending a dispute to where it belongs: who may, where to, and what is refused in which words."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Category, Dispute
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.search import matching
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role
from fengqiao.routing import commands
from fengqiao.routing.models import HandOverKind, RejectReason
from tests.world import a_category, a_user


def last_sentence(dispute) -> str:
    return Entry.objects.of("dispute", dispute.pk).last().sentence


def accepted(town, body=None) -> Dispute:
    body = body or town.branch
    return commands.accept(town.dispute(body), by=town.clerk(body))


# ── dispatch, accept, return ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_town_dispatches_to_its_village_which_then_has_the_clock(town):
    clerk = town.clerk()
    dispute = commands.dispatch(town.dispute(), to=town.village, by=clerk, remark="先上门看看")
    assert (dispute.state, dispute.body, dispute.sender) == (State.ROUTED, town.village, town.branch)
    assert dispute.region_code == town.village.region.code
    assert dispute.main_clock.body == town.village
    assert dispute.first_body == town.branch
    assert "先上门看看" in last_sentence(dispute)


def test_a_dispute_goes_to_the_trades_committee_of_the_county(town):
    dispute = commands.dispatch(town.dispute(), to=town.trade, why="他们熟悉", by=town.clerk())
    assert dispute.body == town.trade


def test_the_centre_sends_anywhere_in_the_county(town):
    dispute = commands.dispatch(
        town.dispute(town.centre), to=town.other_village, why="他们熟悉", by=town.clerk(town.centre)
    )
    assert dispute.body == town.other_village


def test_the_centre_may_take_a_dispute_from_a_town_and_send_it_elsewhere_and_gets_it_back(town):
    dispute = commands.dispatch(town.dispute(), to=town.trade, why="他们熟悉", by=town.clerk(town.centre))
    assert dispute.sender == town.centre
    assert commands.return_back(dispute, reason="不是本行业", cites="rule:1", by=a_user(town.trade)).body == town.centre


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("other_village", "不能分派给.*上报.*呼叫协办"),
        ("centre", "不能分派给"),
        ("abroad", "不在本区.*移送"),
        ("branch", "不能分派给"),
    ],
)
def test_a_town_cannot_send_to_a_peers_people_nor_up_nor_out_of_the_district(town, where, words):
    with pytest.raises(Refused, match=words):
        commands.dispatch(town.dispute(), to=getattr(town, where), by=town.clerk())


def test_a_body_that_takes_no_disputes_is_refused(town):
    town.trade.handles = False
    town.trade.save()
    with pytest.raises(Refused, match="现在不接分派"):
        commands.dispatch(town.dispute(), to=town.trade, why="他们熟悉", by=town.clerk())


def test_sending_it_where_it_already_is_is_refused(town):
    dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    with pytest.raises(Refused, match="已经在"):
        commands.dispatch(dispute, to=town.village, by=town.clerk())


def test_the_village_accepts_and_the_moment_is_kept(town):
    sent = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    dispute = commands.accept(sent, by=a_user(town.village, Role.MEDIATOR))
    assert dispute.state == State.ACCEPTED
    assert dispute.main_clock.key == "assign"
    assert timezone.now() - dispute.accepted_at < timedelta(minutes=1)


def test_a_returned_dispute_goes_back_to_its_sender_with_the_reason(town):
    sent = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    dispute = commands.return_back(sent, reason="双方都不住本社区", cites="rule:1", by=a_user(town.village))
    assert (dispute.state, dispute.body, dispute.sender) == (State.REGISTERED, town.branch, None)
    assert "双方都不住本社区" in last_sentence(dispute)


def test_a_return_needs_a_reason_and_somewhere_to_go(town):
    sent = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    with pytest.raises(Refused, match="为什么退回"):
        commands.return_back(sent, reason="  ", cites="rule:1", by=a_user(town.village))
    with pytest.raises(Refused, match="300 个字以内"):
        commands.return_back(sent, reason="长" * 301, cites="rule:1", by=a_user(town.village))


def test_when_the_sender_is_gone_the_first_receiver_gets_it_back(town):
    dispute = commands.dispatch(town.dispute(town.centre), to=town.branch, why="他们熟悉", by=town.clerk(town.centre))
    dispute = commands.dispatch(dispute, to=town.village, by=town.clerk())
    town.branch.is_active = False
    town.branch.save()
    assert commands.return_back(dispute, reason="人手不够", cites="rule:1", by=a_user(town.village)).body == town.centre


# ── not accepting, handing over ───────────────────────────────────────────────────────────────────────────────────────


def test_a_rejection_tells_why_and_what_else_in_writing(town):
    dispute = commands.reject(
        town.dispute(),
        reason=RejectReason.TAKEN,
        words="法院已经立案。",
        remedies=["court", "找律师问一问"],
        by=town.clerk(),
    )
    assert dispute.state == State.REJECTED
    row = dispute.rejections.get()
    assert row.remedies_told == ["向有管辖权的人民法院起诉", "找律师问一问"]
    assert row.paper.kind == PaperKind.TERMINATION
    assert "已告知：向有管辖权的人民法院起诉；找律师问一问" in last_sentence(dispute)


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"reason": "没空", "remedies": ["court"]}, "请选一个"), ({"reason": "taken", "remedies": [" "]}, "至少选一条")],
)
def test_a_rejection_without_a_listed_reason_or_a_remedy_is_refused(town, facts, words):
    with pytest.raises(Refused, match=words):
        commands.reject(town.dispute(), **facts, by=town.clerk())


def test_a_dispute_is_handed_over_to_a_named_court(town):
    dispute = commands.hand_over(
        town.dispute(), to_name="某区人民法院", kind=HandOverKind.COURT, reason="已过人民调解范围", by=town.clerk()
    )
    assert dispute.state == State.HANDED_OVER
    assert dispute.hand_overs.get().to_name == "某区人民法院"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "x"}, "哪一类单位"),
        ({"to_name": ""}, "写全称"),
        ({"reason": ""}, "为什么移送"),
        ({"to_name": "院" * 121}, "120 个字以内"),
    ],
)
def test_a_hand_over_needs_to_whom_and_why(town, facts, words):
    facts = {"to_name": "某区人民法院", "kind": "court", "reason": "要判决", **facts}
    with pytest.raises(Refused, match=words):
        commands.hand_over(town.dispute(), **facts, by=town.clerk())


# ── up, down, across ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_village_escalates_to_its_town_which_may_give_it_back(town):
    dispute = commands.escalate(accepted(town, town.village), reason="涉及两个社区", by=a_user(town.village))
    assert (dispute.state, dispute.body, dispute.sender) == (State.ROUTED, town.branch, town.village)
    assert commands.return_back(dispute, reason="材料不全", cites="rule:1", by=town.clerk()).body == town.village


def test_the_centre_has_nowhere_to_escalate_to(town):
    with pytest.raises(Refused, match="已经是最高一级"):
        commands.escalate(town.dispute(town.centre), reason="难", by=town.clerk(town.centre))


def test_the_town_refers_down_only_to_what_lies_below_it(town):
    dispute, clerk = accepted(town), town.clerk()
    with pytest.raises(Refused, match=r"不是.*的下级"):
        commands.refer_down(dispute, to=town.trade, reason="就地化解", by=clerk)
    with pytest.raises(Refused, match=r"不是.*的下级"):
        commands.refer_down(dispute, to=town.other_village, reason="就地化解", by=clerk)
    assert commands.refer_down(dispute, to=town.village, reason="就地化解", by=clerk).state == State.ROUTED


def test_an_accepted_dispute_is_transferred_to_another_body(town):
    dispute = commands.transfer(accepted(town), to=town.trade, reason="属于本行业", by=town.clerk())
    assert (dispute.state, dispute.body, dispute.mediator) == (State.ROUTED, town.trade, None)


@pytest.mark.parametrize("act", ["escalate", "transfer", "refer_down", "call_in", "merge"])
def test_moving_a_dispute_needs_a_reason(town, act):
    dispute, clerk = accepted(town), town.clerk()
    aims = {"transfer": {"to": town.trade}, "refer_down": {"to": town.village}, "call_in": {"body": town.trade}}
    aims["merge"] = {"into": town.dispute()}
    with pytest.raises(Refused, match="请写明"):
        getattr(commands, act)(dispute, **aims.get(act, {}), reason=" ", by=clerk)


# ── calling in, joining, grading, reminding ───────────────────────────────────────────────────────────────────────────


def test_a_body_that_was_called_in_sees_the_dispute(town):
    helper = a_user(town.other_village)
    dispute = town.dispute()
    assert not Dispute.objects.visible_to(helper).filter(pk=dispute.pk).exists()
    commands.call_in(dispute, body=town.other_village, reason="请一起去现场", by=town.clerk())
    assert Dispute.objects.visible_to(helper).filter(pk=dispute.pk).exists()


def test_calling_the_same_or_the_handling_or_a_foreign_body_is_refused(town):
    dispute = commands.call_in(town.dispute(), body=town.trade, reason="看合同", by=town.clerk())
    for body, words in ((town.trade, "已经呼叫过"), (town.branch, "就是承办单位"), (town.abroad, "不在本区")):
        with pytest.raises(Refused, match=words):
            commands.call_in(dispute, body=body, reason="看合同", by=town.clerk())


def test_two_disputes_about_one_matter_become_one_and_both_stories_tell_it(town):
    first, second = town.dispute(), town.dispute()
    merged = commands.merge(second, into=first, reason="同一户漏水", by=town.clerk())
    assert (merged.state, merged.merged_into, merged.due_at) == (State.MERGED, first, None)
    assert merged.parties.count() == 2
    assert "并入" in last_sentence(merged)
    assert merged.number in last_sentence(first)


def test_what_cannot_be_joined(town):
    clerk, first, second, third = town.clerk(), town.dispute(), town.dispute(), town.dispute()
    elsewhere = town.dispute(town.other_branch)
    commands.merge(second, into=first, reason="同一件", by=clerk)
    for dispute, into, words in (
        (first, first, "并入它自己"),
        (third, second, "不能再并进去"),
        (first, third, "请反过来"),
        (third, elsewhere, "没有找到编号"),
    ):
        with pytest.raises(Refused, match=words):
            commands.merge(dispute, into=into, reason="同一件", by=clerk)


def test_grading_changes_what_it_says_and_needs_a_reason(town):
    dispute, clerk = town.dispute(), town.clerk()
    labour = a_category("10", "劳动争议")
    with pytest.raises(Refused, match="请写明理由"):
        commands.grade(dispute, category=labour, difficulty="complex", risk="R0", remark="", by=clerk)
    dispute = commands.grade(dispute, category=labour, difficulty="complex", risk="R1", remark="八户一起", by=clerk)
    assert (dispute.category, dispute.difficulty, dispute.risk) == (labour, "complex", "R1")
    with pytest.raises(Refused, match="没有改动"):
        commands.grade(dispute, category=labour, difficulty="complex", risk="R1", remark="再来", by=clerk)
    with pytest.raises(Refused, match="请选难易程度"):
        commands.grade(dispute, category=labour, difficulty="难", risk="R1", remark="再来", by=clerk)


def test_the_matter_is_put_into_the_words_of_the_trade_and_found_by_them(town):
    dispute, clerk = town.dispute(), town.clerk()
    same = {"category": dispute.category, "difficulty": dispute.difficulty, "risk": dispute.risk}
    dispute = commands.grade(dispute, title=" 拖欠三个月工资 ", by=clerk, **same)
    assert dispute.title == "拖欠三个月工资"
    assert list(Dispute.objects.filter(matching("三个月工资"))) == [dispute]
    with pytest.raises(Refused, match="没有改动"):
        commands.grade(dispute, title="拖欠三个月工资", by=clerk, **same)
    assert list(verify()) == []


def test_a_new_category_alone_needs_no_reason(town):
    category = Category.objects.create(code="14", name="物业")
    dispute = commands.grade(town.dispute(), category=category, difficulty="general", risk="R0", by=town.clerk())
    assert dispute.category == category


def test_one_reminds_once_an_hour_and_makes_no_form_stale(town):
    leader = a_user(town.centre, Role.LEADER)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        dispute = town.dispute()
        assert commands.remind(dispute, words="请尽快上门", by=leader).version == dispute.version
        with pytest.raises(Refused, match="已经催过一次"):
            commands.remind(dispute, words="再催", by=leader)
        commands.remind(dispute, words="我也催一下", by=town.clerk(town.centre))
        clock.shift(timedelta(hours=1, seconds=1))
        commands.remind(dispute, words="再催", by=leader)
        with pytest.raises(Refused, match="要催什么"):
            commands.remind(dispute, words="", by=leader)


# ── who may ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def every_act(town, dispute):
    yield Act.DISPATCH, commands.dispatch, {"to": town.village}
    yield Act.ACCEPT, commands.accept, {}
    yield Act.REJECT, commands.reject, {"reason": "taken", "remedies": ["court"]}
    yield Act.ESCALATE, commands.escalate, {"reason": "难"}
    yield Act.REFER_DOWN, commands.refer_down, {"to": town.village, "reason": "就地"}
    yield Act.CALL_IN, commands.call_in, {"body": town.trade, "reason": "帮忙"}
    yield Act.MERGE, commands.merge, {"into": town.dispute(), "reason": "同一件"}
    yield Act.HAND_OVER, commands.hand_over, {"to_name": "法院", "kind": "court", "reason": "要判"}
    yield Act.GRADE, commands.grade, {"category": None, "difficulty": "complex", "risk": "R1", "remark": "急"}
    yield Act.REMIND, commands.remind, {"words": "快"}


def test_parties_strangers_and_assisting_bodies_may_do_none_of_it(town):
    dispute = commands.call_in(town.dispute(), body=town.trade, reason="帮忙", by=town.clerk())
    people = PartyActor(dispute.applicants[0]), a_user(town.other_village), a_user(town.trade)
    for act, command, facts in every_act(town, dispute):
        for person in people:
            with pytest.raises(Refused, match=f"只有.*可以{act.label}"):
                command(dispute, **facts, by=person)


def test_the_superior_may_dispatch_but_not_accept(town):
    above, dispute = town.clerk(town.centre), town.dispute()
    with pytest.raises(Refused, match="只有承办单位可以受理"):
        commands.accept(dispute, by=above)


def test_a_stale_form_is_told_so_by_every_act(town):
    dispute = town.dispute()
    for _act, command, facts in every_act(town, dispute):
        with pytest.raises(Stale):
            command(dispute, **facts, by=town.clerk(), seen=dispute.version - 1)
