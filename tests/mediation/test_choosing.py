"""Parties choose or accept their mediator; whoever names one hears them first; experts come without a tie to a side."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fengqiao.disputes.lifecycle import State
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands
from fengqiao.mediation.choosing import Invited, Wished
from fengqiao.mediation.free_days import free_this_week
from fengqiao.mediation.roster import Hint, RecusalCheck, candidates, hints, hints_of_entry, set_aside
from fengqiao.people.models import Role
from fengqiao.people.roster import commands as roster
from fengqiao.people.roster.models import Kind, Ties
from tests.people.register import Register
from tests.world import a_committee, a_party, a_region, a_registered_dispute, a_user


@pytest.fixture
def register(case) -> Register:
    """The same county: its committee is the case's."""
    made = Register()
    made.committee = case.committee
    made.manager = a_user(case.committee, Role.MANAGER)
    return made


def named(case, mediator, **more):
    return commands.assign(case.now, mediator=mediator, recusal=RecusalCheck(), by=case.clerk, **more)


# ── who is on the roster can be named, who is not cannot ──────────────────────────────────────────────────────────


def test_who_is_suspended_or_past_the_term_is_not_named_and_the_act_says_why(case, register):
    entry = register.admitted(case.mediator)
    assert list(candidates(case.dispute)) == [case.mediator]
    roster.suspend(entry, reason="有人投诉，在核实", by=register.reviewer)
    assert list(candidates(case.dispute)) == []
    with pytest.raises(Refused, match="调解资格暂停了：有人投诉，在核实。手上的案件照常办"):
        named(case, case.mediator)
    other = case.a_mediator("吴晓")
    register.admitted(other, until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="已经到期。续任以后才能接新的案件"):
        named(case, other)
    assert [line[:3] for line in set_aside(case.dispute)] == ["钱志平", "吴晓的"]


def test_cases_in_hand_go_on_after_a_suspension(case, register):
    entry = register.admitted(case.mediator)
    case.assigned()
    roster.suspend(entry, reason="核实", by=register.reviewer)
    case.informed().planned()
    assert case.now.sessions.count() == 1


def test_who_serves_a_further_body_can_be_named_there(case, register):
    elsewhere = a_user(a_committee(a_region("330502002000", "爱山街道")), Role.MEDIATOR, "外单位")
    draft = register.draft(elsewhere, body=elsewhere.home_body, serves=[case.branch])
    entry = roster.apply(draft, by=register.reviewer)
    assert elsewhere not in candidates(case.dispute)
    entry = roster.admit(entry, valid_from=timezone.localdate(), by=register.reviewer)
    assert elsewhere in candidates(case.dispute)
    roster.change(entry, facts={"serves": []}, by=register.reviewer)
    assert elsewhere not in candidates(case.dispute)


def test_an_expert_is_invited_not_put_in_charge(case, register):
    expert = case.a_mediator("老专家")
    register.admitted(expert, kinds=[Kind.EXPERT])
    assert expert not in candidates(case.dispute)
    with pytest.raises(Refused, match="可以邀请参加，不能当承办的调解员"):
        named(case, expert)


# ── picking ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_wish_is_granted_and_the_check_knows_who_picked(case, register):
    entry = register.admitted(case.mediator)
    commands.pick(case.now, entries=[entry], by=case.actor(case.applicant))
    dispute = named(case, case.mediator)
    assert dispute.state == State.MEDIATING
    assert (case.now.wishes.get().status, case.now.recusals.get().chosen_by) == (Wished.GRANTED, case.applicant)


def test_not_granting_a_wish_needs_a_reason_that_the_party_reads(case, register):
    first, second = register.admitted(case.mediator), register.admitted(case.a_mediator("吴晓"))
    commands.pick(case.now, entries=[first, second], by=case.actor(case.applicant))
    with pytest.raises(Refused, match="当事人点选的是钱志平。不按点选安排的，请写明理由"):
        named(case, second.user)
    named(case, second.user, unmet="钱志平这个月手上已经满了")
    wishes = {wish.entry.name: (wish.status, wish.reason) for wish in case.now.wishes.all()}
    assert wishes == {"钱志平": (Wished.UNMET, "钱志平这个月手上已经满了"), "吴晓": (Wished.GRANTED, "")}
    assert "没有安排钱志平：钱志平这个月手上已经满了" in Entry.objects.of("dispute", case.dispute.pk).last().sentence


def test_the_other_side_accepts_or_refuses_and_a_refusal_must_be_answered(case, register):
    entry = register.admitted(case.mediator)
    (wish,) = commands.pick(case.now, entries=[entry], by=case.actor(case.applicant))
    with pytest.raises(Refused, match="自己点选的不用再答复"):
        commands.answer_pick(wish, accepts=True, by=case.actor(case.applicant))
    commands.answer_pick(wish, accepts=True, by=case.actor(case.respondent))
    commands.answer_pick(wish, accepts=False, remark="他们认识", by=case.actor(case.respondent))
    with pytest.raises(Refused, match="有一方不接受钱志平"):
        named(case, case.mediator)
    named(case, case.mediator, unmet="问过双方，并不认识")
    assert case.now.wishes.get().reason == "问过双方，并不认识"


def test_picking_again_replaces_and_whoever_looked_before_is_told(case, register):
    first, second = register.admitted(case.mediator), register.admitted(case.a_mediator("吴晓"))
    seen = case.now.version
    commands.pick(case.now, entries=[first], by=case.actor(case.applicant))
    commands.pick(case.now, entries=[second], by=case.actor(case.applicant))
    assert [wish.entry for wish in case.now.wishes.open()] == [second]
    with pytest.raises(Stale):
        named(case, case.mediator, seen=seen)


def test_nobody_picks_four_nor_who_is_not_shown_nor_once_one_is_named(case, register):
    shown = [register.admitted(case.a_mediator(name)) for name in ("甲一", "乙二", "丙三", "丁四")]
    hidden = register.admitted(case.mediator, is_shown=False)
    actor = case.actor(case.applicant)
    for entries, why in ((shown, "最多点选 3 位"), ([hidden], "现在不能点选")):
        with pytest.raises(Refused, match=why):
            commands.pick(case.now, entries=entries, by=actor)
    with pytest.raises(Refused, match="只有当事人自己可以点选"):
        commands.pick(case.now, entries=shown[:1], by=case.clerk)
    case.assigned()
    with pytest.raises(Refused, match="调解员已经定了"):
        commands.pick(case.now, entries=shown[:1], by=actor)


# ── the check for recusal ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_declared_is_hinted_at_by_its_ground_alone(case, register):
    ties = Ties(kin=["周建国"], employers=["沈氏建材公司"], interests=["沈玉兰"])
    entry = register.admitted(case.mediator, ties=ties)
    user = type(case.mediator).objects.get(pk=case.mediator.pk)
    assert hints(case.dispute, user) == hints_of_entry(case.dispute, entry) == [Hint.KIN, Hint.INTEREST]
    page_says = "、".join(str(hint.label) for hint in Hint)
    assert "周建国" not in page_says


def test_who_is_a_party_themselves_is_known_by_their_number(case, register):
    entry = register.admitted(None, id_number="330502196806151822")
    party = a_party(name="沈玉兰", id_number="330502196806151822")
    dispute = a_registered_dispute(case.branch, case.clerk, parties=[party])
    assert hints_of_entry(dispute, entry) == [Hint.SAME_PERSON]


def test_an_expert_with_a_tie_comes_only_after_a_word_about_it(case, register):
    entry = register.admitted(None, name="注册造价师老方", kinds=[Kind.EXPERT], ties=Ties(employers=["周建国"]))
    with pytest.raises(Refused, match="申报过和一方当事人有工作关系") as no:
        commands.invite(case.now, entry=entry, purpose="看渗漏原因", by=case.clerk)
    assert "周建国" not in str(no.value)
    row = commands.invite(case.now, entry=entry, purpose="看渗漏原因", words="是同名的另一个人", by=case.clerk)
    commands.answer_invitation(row, status=Invited.COMES, remark="周五来", by=case.clerk)
    said = [one.sentence for one in Entry.objects.of("dispute", case.dispute.pk)][-2:]
    assert said == [
        "陆文斌 邀请注册造价师老方参加：看渗漏原因。核对：有提示，核对后无回避事由",
        "注册造价师老方答应来（陆文斌 记录）。周五来",
    ]
    with pytest.raises(Refused, match="已经邀请过"):
        commands.invite(case.now, entry=entry, purpose="再看一次", words="同上", by=case.clerk)


def test_strangers_and_parties_invite_nobody_and_who_left_the_roster_is_not_asked(case, register):
    entry = register.admitted(None, kinds=[Kind.EXPERT])
    for person in (a_user(a_committee()), case.actor(case.applicant)):
        with pytest.raises(Refused, match="只有承办单位和调解员可以邀请"):
            commands.invite(case.now, entry=entry, purpose="看看", by=person)
    roster.remove(entry, reason="辞去", by=register.reviewer)
    entry.refresh_from_db()
    with pytest.raises(Refused, match="已退出名册"):
        commands.invite(case.now, entry=entry, purpose="看看", by=case.clerk)


# ── the pages ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_the_wish_first_with_what_speaks_against_it(case, register, client):
    first = register.admitted(case.mediator, ties=Ties(kin=["周建国"]))
    second = register.admitted(case.a_mediator("吴晓"))
    commands.pick(case.now, entries=[first, second], by=case.actor(case.applicant))
    client.force_login(case.clerk)
    address = reverse("assign", args=[case.dispute.number])
    page = client.get(address).content.decode()
    assert "当事人点选的，请先看" in page
    assert "核对回避：申报过的近亲属里有和一方同名的" in page
    form = client.get(address).context["form"]
    assert [(line.wish.entry.name, line.can) for line in form.wishes] == [("钱志平", False), ("吴晓", True)]
    assert form.initial["mediator"] == str(second.user_id)
    sent = {"mediator": second.user_id, "seen": case.now.version}
    assert client.post(address, sent).status_code == 409
    assert client.post(address, {**sent, "unmet": "有回避的情况"}).status_code == 302
    assert case.now.mediator == second.user


def test_an_expert_is_invited_by_the_page_and_their_answer_taken_down(case, register, client):
    entry = register.admitted(None, name="老方", kinds=[Kind.EXPERT])
    client.force_login(case.clerk)
    sent = {"entry": entry.pk, "purpose": "看渗漏原因", "seen": case.now.version}
    assert client.post(reverse("invite", args=[case.dispute.number]), sent).status_code == 302
    address = reverse("answer_invitation", args=[case.dispute.number, 1])
    assert client.get(address).status_code == 200
    assert client.post(address, {"status": "declined", "seen": case.now.version}).status_code == 302
    assert case.now.invitations.get().status == Invited.DECLINED
    assert "来不了" in client.get(reverse("dispute", args=[case.dispute.number])).content.decode()


def test_free_this_week_is_a_day_of_theirs_with_nothing_planned(case, register):
    on_call = register.admitted(case.mediator, days=[], on_call=True)
    never = register.admitted(case.a_mediator("吴晓"), days=[])
    case.assigned().informed()
    before = free_this_week([on_call, never])
    assert (before[never.pk], before[on_call.pk][0]) == ([], timezone.localdate())
    session = case.planned(hours=1)
    day = timezone.localdate(session.scheduled_at)
    assert day not in free_this_week([on_call])[on_call.pk]
