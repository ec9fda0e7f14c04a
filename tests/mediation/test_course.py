"""The course of a mediation: standing still for an appraisal, more time by consent, ending, withdrawing."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from fengqiao.disputes.commands import add_party
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.limits import LimitRule
from fengqiao.disputes.models import last_day_of
from fengqiao.kernel.calendar import TZ
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands
from fengqiao.mediation.commands import Consent
from fengqiao.mediation.models import FailReason, How, SessionStatus
from fengqiao.papers.models import PaperKind
from tests.mediation.case import Case
from tests.world import a_committee, a_party, a_user

BEGIN = datetime(2026, 10, 12, 9, tzinfo=TZ)


def last_sentence(dispute) -> str:
    return Entry.objects.of("dispute", dispute.pk).last().sentence


@pytest.fixture
def clock():
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def begun(clock, case) -> Case:
    """A mediation that began on Monday, 12 October: a month, so until 12 November."""
    return case.assigned()


# ── standing still ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_limit_stands_still_during_an_appraisal_and_the_days_do_not_count(begun, clock):
    assert last_day_of(begun.now.due_at) == date(2026, 11, 12)
    dispute = commands.suspend(begun.now, reason="房屋渗漏鉴定", by=begun.mediator)
    assert (dispute.state, dispute.due_at) == (State.SUSPENDED, None)
    assert dispute.main_clock.paused_since == BEGIN
    assert "等房屋渗漏鉴定" in last_sentence(dispute)
    clock.shift(timedelta(days=10))
    dispute = commands.resume(begun.now, by=begun.clerk)
    assert dispute.state == State.MEDIATING
    assert last_day_of(dispute.due_at) == date(2026, 11, 23)  # the 22nd is a Sunday
    assert "停了 10 天不算" in last_sentence(dispute)


def test_standing_still_needs_a_reason_and_somebody_who_may(begun):
    with pytest.raises(Refused, match="在等什么"):
        commands.suspend(begun.now, reason="", by=begun.mediator)
    with pytest.raises(Refused, match="只有调解员、承办单位可以中止"):
        commands.suspend(begun.now, reason="鉴定", by=a_user(a_committee()))
    with pytest.raises(Refused, match="“调解中”时不能恢复调解"):
        commands.resume(begun.now, by=begun.mediator)


# ── more time ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def more(case, days=15, parties=None, how=How.PHONE, reason="等双方筹款", **kw):
    consent = Consent(parties=case.both if parties is None else parties, how=how)
    return commands.extend(case.now, days=days, consent=consent, reason=reason, by=case.mediator, **kw)


def test_both_sides_may_agree_on_more_time(begun):
    dispute = more(begun)
    assert last_day_of(dispute.due_at) == date(2026, 11, 27)
    extension = dispute.main_clock.extensions.get()
    assert extension.consent == "申请人 沈*兰、被申请人 周*国都同意（电话）"
    assert dispute.papers.get(kind=PaperKind.EXTENSION).title == "延期调解同意书"
    assert "调解延长 15 天，到 2026-11-27" in last_sentence(dispute)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"days": 0}, "至少是 1 天"),
        ({"days": 31}, "最多延长 30 天，已经延过 0 天，还可以延 30 天"),
        ({"parties": []}, r"还差申请人 沈\*兰、被申请人 周\*国"),
        ({"how": "点头"}, "怎样表示同意"),
        ({"reason": " "}, "为什么要延长"),
    ],
)
def test_more_time_needs_consent_a_reason_and_has_an_end(begun, facts, words):
    with pytest.raises(Refused, match=words):
        more(begun, **facts)


def test_one_side_alone_cannot_extend_and_all_extensions_together_have_an_end(begun):
    with pytest.raises(Refused, match=r"还差被申请人 周\*国"):
        more(begun, parties=[begun.applicant])
    more(begun, days=20)
    with pytest.raises(Refused, match="已经延过 20 天，还可以延 10 天"):
        more(begun, days=11)
    assert last_day_of(more(begun, days=10).due_at) >= date(2026, 12, 12)


def test_the_districts_own_rule_says_how_long(begun):
    LimitRule.objects.create(key="mediate", n=1, unit="month", max_extension_days=7, basis="本地规则")
    with pytest.raises(Refused, match="最多延长 7 天"):
        more(begun, days=8)


def test_an_extension_that_is_over_before_it_begins_is_refused(begun, clock):
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=TZ))
    with pytest.raises(Refused, match="还是已经过期"):
        more(begun, days=5)
    assert begun.now.main_clock.extensions.count() == 0


def test_many_parties_are_counted_not_named(begun):
    for _ in range(4):
        add_party(begun.now, a_party(), by=begun.clerk)
    everybody = list(begun.now.parties.all())
    assert more(begun, parties=everybody).main_clock.extensions.get().consent == "双方 6 位当事人都同意（电话）"


# ── ending ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mediation_ends_without_an_agreement_in_writing(begun):
    session = begun.planned()
    dispute = commands.fail(
        begun.now, reason=FailReason.APART, words="差一万元。", remedies=["court", "legal_aid"], by=begun.mediator
    )
    session.refresh_from_db()
    assert (dispute.state, session.status) == (State.FAILED, SessionStatus.CANCELLED)
    row = dispute.terminations.get()
    assert row.remedies_told == ["向有管辖权的人民法院起诉", "向法律援助机构申请法律援助"]
    assert (row.paper.kind, row.paper.title) == (PaperKind.TERMINATION, "终止调解通知书")
    assert "双方分歧太大，谈不拢。已告知：向有管辖权的人民法院起诉" in last_sentence(dispute)


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"reason": "烦"}, "请选一个终止"), ({"remedies": []}, "至少选一条"), ({"words": "长" * 301}, "300")],
)
def test_an_ending_needs_a_listed_reason_and_a_remedy(begun, facts, words):
    facts = {"reason": FailReason.APART, "remedies": ["court"], **facts}
    with pytest.raises(Refused, match=words):
        commands.fail(begun.now, **facts, by=begun.mediator)


def test_a_refusal_before_anybody_was_assigned_ends_it_too(case):
    dispute = commands.fail(case.now, reason=FailReason.REFUSED, remedies=["court"], by=case.clerk)
    assert dispute.state == State.FAILED


def test_a_party_does_not_end_the_mediation_for_everybody(begun):
    with pytest.raises(Refused, match="只有调解员、承办单位可以终止调解"):
        commands.fail(begun.now, reason="apart", remedies=["court"], by=begun.actor(begun.respondent))


# ── withdrawing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_applicant_withdraws_online(begun):
    dispute = commands.withdraw(begun.now, reason="自己谈好了", by=begun.actor(begun.applicant))
    assert dispute.state == State.WITHDRAWN
    assert last_sentence(dispute) == "申请人 沈*兰 撤回：自己谈好了"


def test_a_withdrawal_at_the_desk_names_who_took_it_down(begun):
    session = begun.planned()
    dispute = commands.withdraw(
        begun.now, reason="自己谈好了", by=begun.actor(begun.applicant), recorded_by=begun.clerk
    )
    session.refresh_from_db()
    assert session.remark == "申请人已撤回"
    assert last_sentence(dispute) == "申请人 沈*兰 撤回：自己谈好了（由陆文斌当面代记）"


def test_who_cannot_withdraw(begun):
    with pytest.raises(Refused, match="只有申请人可以撤回"):
        commands.withdraw(begun.now, reason="不谈了", by=begun.actor(begun.respondent))
    with pytest.raises(Refused, match="只有当事人可以撤回"):
        commands.withdraw(begun.now, reason="不谈了", by=begun.clerk)
    with pytest.raises(Refused, match="为什么撤回"):
        commands.withdraw(begun.now, reason="", by=begun.actor(begun.applicant))
    with pytest.raises(Refused, match="只有承办单位和调解员可以代为登记"):
        stranger = a_user(a_committee())
        commands.withdraw(begun.now, reason="不谈了", by=begun.actor(begun.applicant), recorded_by=stranger)


def test_several_applicants_withdraw_together_or_not_at_all(begun):
    second = add_party(begun.now, a_party(name="吴建芳"), by=begun.clerk)
    first = begun.actor(begun.applicant)
    with pytest.raises(Refused, match=r"还差申请人 吴\*芳"):
        commands.withdraw(begun.now, reason="谈好了", by=first)
    dispute = commands.withdraw(begun.now, reason="谈好了", by=first, agreed_by=[second], recorded_by=begun.clerk)
    assert dispute.state == State.WITHDRAWN


def test_what_stood_still_can_be_withdrawn(begun):
    commands.suspend(begun.now, reason="鉴定", by=begun.mediator)
    dispute = commands.withdraw(begun.now, reason="谈好了", by=begun.actor(begun.applicant))
    assert dispute.state == State.WITHDRAWN


def test_a_stale_form_is_told_so(begun):
    old = begun.now.version - 1
    for act, facts in (
        ("suspend", {"reason": "鉴定", "by": begun.mediator}),
        ("fail", {"reason": "apart", "remedies": ["court"], "by": begun.mediator}),
        ("withdraw", {"reason": "谈好了", "by": begun.actor(begun.applicant)}),
        ("schedule", {"at": BEGIN, "place": "一室", "by": begun.mediator}),
        ("inform_rights", {"told": begun.both, "how": "oral", "by": begun.mediator}),
    ):
        with pytest.raises(Stale):
            getattr(commands, act)(begun.now, **facts, seen=old)
