"""Who takes part: willingness, the mediator and the check for recusal, the rights that the parties are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengqiao.disputes.commands import add_party
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import PartyKind, Willing
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands
from fengqiao.mediation.models import Ground, How, SessionStatus
from fengqiao.mediation.readiness import unwilling
from fengqiao.mediation.roster import Hint, RecusalCheck, candidates, hints
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role
from tests.world import a_committee, a_party, a_region, a_registered_dispute, a_town_branch, a_user, the_center


def last_sentence(dispute) -> str:
    return Entry.objects.of("dispute", dispute.pk).last().sentence


# ── willingness ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_staff_record_what_a_party_says_and_the_party_may_say_it_themselves(case):
    party = commands.record_willingness(case.respondent, willing=Willing.NO, remark="电话里说不来", by=case.clerk)
    assert (party.willing, unwilling(case.now)) == (Willing.NO, [party])
    assert "周*国不愿意调解（陆文斌 记录）。电话里说不来" in last_sentence(case.dispute)
    party = commands.record_willingness(party, willing=Willing.YES, by=case.actor(party))
    assert party.willing == Willing.YES
    assert timezone.now() - party.willing_at < timedelta(minutes=1)


def test_nobody_speaks_for_another_party_and_the_answer_is_yes_or_no(case):
    with pytest.raises(Refused, match="不能替别人说"):
        commands.record_willingness(case.respondent, willing=Willing.YES, by=case.actor(case.applicant))
    for answer in (Willing.UNKNOWN, True, "maybe"):
        with pytest.raises(Refused, match="愿意还是不愿意"):
            commands.record_willingness(case.respondent, willing=answer, by=case.clerk)


def test_strangers_record_nothing(case):
    with pytest.raises(Refused, match=r"只有.*可以表明"):
        commands.record_willingness(case.respondent, willing=Willing.YES, by=a_user(a_committee()))


# ── the roster ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mediators_of_the_body_and_its_committees_can_be_named_the_least_burdened_first(case):
    own = case.a_mediator("陈晓燕", case.branch)
    case.assigned()
    other = case.a_mediator("吴晓")
    assert [(user.name, user.load) for user in candidates(case.dispute)] == [
        (own.name, 0), (other.name, 0), (case.mediator.name, 1),
    ]  # fmt: skip


def test_the_trades_committees_of_the_county_lend_their_mediators_other_towns_do_not(case):
    trade = case.a_mediator("行业", a_committee(the_center().region, kind="mdc_industry"))
    case.a_mediator("外街道", a_committee(a_region("330502002000", "爱山街道"), kind="mdc_town"))
    case.a_mediator("外分中心", a_town_branch("330502002000", "爱山街道"))
    assert set(candidates(case.dispute)) == {trade, case.mediator}


def test_who_is_not_on_the_roster_or_has_left_is_no_candidate(case):
    a_user(case.branch, Role.MANAGER)
    case.a_mediator("离职", is_active=False)
    seconded = case.a_mediator("借调", station_body=a_committee(a_region("330502002000", "爱山街道"), kind="mdc_town"))
    assert list(candidates(case.dispute)) == [case.mediator]
    with pytest.raises(Refused, match="不在可选的调解员名册上"):
        commands.assign(case.now, mediator=seconded, recusal=RecusalCheck(), by=case.clerk)


# ── naming the mediator ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mediator_without_any_ground_takes_it_on(case):
    dispute = commands.assign(
        case.dispute, mediator=case.mediator, recusal=RecusalCheck(chosen_by=case.applicant), by=case.clerk
    )
    assert (dispute.state, dispute.mediator) == (State.MEDIATING, case.mediator)
    assert dispute.main_clock.key == "mediate"
    row = dispute.recusals.get()
    assert (row.verdict, row.chosen_by) == ("无回避事由", case.applicant)
    assert "钱志平调解。回避核对：无回避事由" in last_sentence(dispute)


def test_a_declared_ground_needs_the_consent_of_both_sides(case):
    check = {"grounds": [Ground.RELATIVE], "words": "是被申请人的表弟"}
    with pytest.raises(Refused, match=r"双方都同意.*还差申请人 沈\*兰、被申请人 周\*国"):
        commands.assign(case.now, mediator=case.mediator, recusal=RecusalCheck(**check), by=case.clerk)
    with pytest.raises(Refused, match=r"还差被申请人 周\*国"):
        check["consents"] = [case.applicant]
        commands.assign(case.now, mediator=case.mediator, recusal=RecusalCheck(**check), by=case.clerk)
    check["consents"] = case.both
    commands.assign(case.now, mediator=case.mediator, recusal=RecusalCheck(**check), by=case.clerk)
    assert case.now.recusals.get().verdict == "有回避事由，双方同意继续"


def test_a_ground_that_is_not_listed_is_refused(case):
    with pytest.raises(Refused, match="没有“邻居”这种回避事由"):
        commands.assign(case.now, mediator=case.mediator, recusal=RecusalCheck(grounds=["邻居"]), by=case.clerk)


@pytest.mark.parametrize(
    ("party", "mediator", "hint"),
    [
        ({"name": "钱志平"}, {}, Hint.SAME_NAME),
        ({"agent": "钱志平"}, {}, Hint.SAME_NAME),
        ({"phone": "13905720077"}, {"phone": "13905720077"}, Hint.SAME_PHONE),
        ({"name": "某某物业公司", "kind": PartyKind.ORGANISATION, "phone": ""}, {"works_there": True}, Hint.SAME_BODY),
    ],
)
def test_the_records_hint_at_a_relation_which_must_be_answered(case, party, mediator, hint):
    works_there = mediator.pop("works_there", False)
    add_party(case.now, a_party("respondent", **party), by=case.clerk)
    case.committee.name = "某某物业公司" if works_there else case.committee.name
    case.committee.save()
    for name, value in mediator.items():
        setattr(case.mediator, name, value)
    case.mediator.save()
    assert hints(case.now, case.mediator) == [hint]
    with pytest.raises(Refused, match=f"钱志平{hint.label}。有关系请勾选，确实没有请写明"):
        commands.assign(case.now, mediator=case.mediator, recusal=RecusalCheck(), by=case.clerk)
    check = RecusalCheck(words="问过双方和本人，没有关系")
    commands.assign(case.now, mediator=case.mediator, recusal=check, by=case.clerk)
    assert case.now.recusals.get().verdict == "有提示，核对后无回避事由"


def test_a_new_mediator_takes_over_and_the_meetings_of_the_old_one_are_called_off(case):
    session = case.assigned().planned()
    other = case.a_mediator("吴晓")
    dispute = commands.assign(case.now, mediator=other, recusal=RecusalCheck(), by=case.clerk)
    session.refresh_from_db()
    assert (dispute.state, dispute.mediator) == (State.MEDIATING, other)
    assert (session.status, session.remark) == (SessionStatus.CANCELLED, "换了调解员")
    with pytest.raises(Refused, match="已经是这件的调解员"):
        commands.assign(dispute, mediator=other, recusal=RecusalCheck(), by=case.clerk)


def test_only_the_handling_body_names_the_mediator(case):
    for person in (a_user(the_center(), Role.DISPATCHER), case.actor(case.applicant), a_user(a_committee())):
        with pytest.raises(Refused, match="只有承办单位可以指定调解员"):
            commands.assign(case.now, mediator=case.mediator, recusal=RecusalCheck(), by=person)


def test_who_picked_the_mediator_is_one_of_the_parties(case):
    stranger = somebody_elsewhere()
    with pytest.raises(Refused, match="要是这件事的当事人"):
        check = RecusalCheck(chosen_by=stranger)
        commands.assign(case.now, mediator=case.mediator, recusal=check, by=case.clerk)


# ── the rights ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_parties_are_told_of_their_rights_on_paper(case):
    notice = commands.inform_rights(case.assigned().now, told=case.both, how=How.ORAL, by=case.mediator)
    assert notice.told == [party.pk for party in case.both]
    assert notice.paper.kind == PaperKind.RIGHTS_NOTICE
    assert notice.paper.title == "权利义务告知书"
    assert "告知了人民调解的性质" in last_sentence(case.dispute)


def test_telling_nobody_or_somebody_elses_party_or_in_no_way_is_refused(case):
    case.assigned()
    for told in ([], [somebody_elsewhere()]):
        with pytest.raises(Refused, match="请勾选告知了哪几位"):
            commands.inform_rights(case.now, told=told, how=How.ORAL, by=case.mediator)
    with pytest.raises(Refused, match="怎样告知"):
        commands.inform_rights(case.now, told=case.both, how="鸽子", by=case.mediator)


def test_only_the_mediator_tells_them(case):
    case.assigned()
    for person in (case.clerk, case.a_mediator("吴晓"), case.actor(case.applicant)):
        with pytest.raises(Refused, match="只有调解员可以告知权利义务"):
            commands.inform_rights(case.now, told=case.both, how=How.ORAL, by=person)


def somebody_elsewhere():
    """A party of another dispute."""
    return a_registered_dispute().applicants[0]
