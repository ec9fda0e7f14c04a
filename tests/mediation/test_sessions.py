"""Meetings and their minutes: arranged without a clash, never held against a no or before rights are told, never rewritten."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes.models import Willing
from fengqiao.kernel.calendar import TZ
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands
from fengqiao.mediation.models import Outcome, SessionStatus
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.mediation.sheets import said
from fengqiao.papers.models import PaperKind
from tests.mediation.case import SAID, Case

MORNING = datetime(2026, 11, 20, 9, 40, tzinfo=TZ)


def last_sentence(dispute) -> str:
    return Entry.objects.of("dispute", dispute.pk).last().sentence


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def ready(clock, case) -> Case:
    """Assigned and informed, on a Friday morning."""
    return case.assigned().informed()


# ── arranging ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_meetings_are_arranged_one_after_the_other(ready):
    first, second = ready.planned(24), ready.planned(48)
    assert (first.n, second.n) == (1, 2)
    assert "约定 2026-11-22 09:40 在月河街道第一调解室调解（第 2 次）" in last_sentence(ready.dispute)


def test_two_meetings_of_one_mediator_are_half_an_hour_apart(ready):
    first, other = ready.planned(24), Case()
    other.mediator = ready.mediator
    other.assigned()
    for minutes in (-29, 0, 29):
        at = first.scheduled_at + timedelta(minutes=minutes)
        with pytest.raises(Refused, match=f"钱志平 2026-11-21 09:40已约了 {ready.dispute.number} 的第 1 次调解"):
            commands.schedule(other.now, at=at, place="二室", by=other.mediator)
    at = first.scheduled_at + timedelta(minutes=30)
    assert commands.schedule(other.now, at=at, place="二室", by=other.mediator).n == 1


def test_a_meeting_that_was_called_off_or_left_behind_is_in_nobodys_way(ready):
    first = ready.planned(24)
    commands.cancel_session(first, reason="一方出差", by=ready.mediator)
    assert "取消了第 1 次调解：一方出差" in last_sentence(ready.dispute)
    again = ready.planned(24)
    commands.assign(ready.now, mediator=ready.a_mediator("吴晓"), recusal=RecusalCheck(), by=ready.clerk)
    again.refresh_from_db()
    assert again.status == SessionStatus.CANCELLED


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"place": ""}, "在哪里谈"),
        ({"place": "室" * 121}, "120 个字以内"),
        ({"kind": "梦里"}, "当面、上门、电话还是线上"),
        ({"at": MORNING - timedelta(days=2)}, r"早于受理的日子（2026-11-20）"),
        ({"at": MORNING + timedelta(days=366)}, "核对年份"),
    ],
)
def test_a_meeting_needs_a_place_and_a_sensible_time(ready, facts, words):
    facts = {"at": MORNING + timedelta(hours=1), "place": "一室", **facts}
    with pytest.raises(Refused, match=words):
        commands.schedule(ready.now, **facts, by=ready.mediator)


def test_only_the_mediator_arranges_and_only_what_is_planned_is_called_off(ready):
    with pytest.raises(Refused, match="只有调解员"):
        commands.schedule(ready.now, at=MORNING, place="一室", by=ready.clerk)
    record = ready.held()
    with pytest.raises(Refused, match="第 1 次已谈"):
        commands.cancel_session(record.session, reason="误点", by=ready.mediator)
    with pytest.raises(Refused, match="为什么取消"):
        commands.cancel_session(ready.planned(), reason=" ", by=ready.mediator)


# ── on record ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_meeting_is_put_on_record_and_typeset(ready, clock):
    session = ready.planned(1)
    clock.shift(timedelta(hours=4))
    record = ready.held(session=session, facts=["渗水来自 301 室", ""], others="社区 王秋萍", words="双方再想一想")
    session.refresh_from_db()
    assert session.status == SessionStatus.HELD
    assert (record.started_at, record.length) == (session.scheduled_at, timedelta(minutes=70))
    assert (record.facts, record.recorder, record.version) == (["渗水来自 301 室"], "钱志平", 1)
    assert session.record == record
    assert (record.paper.kind, record.paper.title) == (PaperKind.MINUTES, "调解记录（第 1 次）")
    assert last_sentence(ready.dispute) == "第 1 次调解，2 人到场，70 分钟。没有谈拢，再约一次"


def test_a_meeting_held_before_its_time_has_just_ended(ready):
    record = ready.held(session=ready.planned(24))
    assert record.ended_at == MORNING


def test_a_party_who_clearly_refuses_is_not_mediated_with(ready):
    session = ready.planned()
    commands.record_willingness(ready.respondent, willing=Willing.NO, by=ready.mediator)
    with pytest.raises(Refused, match=r"被申请人 周\*国明确拒绝调解，不得调解（人民调解法 17）"):
        ready.held(session=session)
    commands.record_willingness(ready.respondent, willing=Willing.YES, by=ready.mediator)
    assert ready.held(session=session).session == session


def test_nobody_is_mediated_with_before_they_know_their_rights(clock, case):
    session = case.assigned().planned()
    with pytest.raises(Refused, match=r"没有向申请人 沈\*兰、被申请人 周\*国告知权利义务"):
        case.held(session=session)
    commands.inform_rights(case.now, told=[case.applicant], how="oral", by=case.mediator)
    with pytest.raises(Refused, match=r"没有向被申请人 周\*国告知"):
        case.held(session=session)
    assert case.held(session=session, present=[case.applicant], outcome=Outcome.ABSENT).present == [case.applicant.pk]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"present": []}, "哪几位当事人到场"),
        ({"minutes": 0}, "1 到 1440"),
        ({"minutes": 1441}, "1 到 1440"),
        ({"statements": " "}, "各方说了什么"),
        ({"outcome": "好"}, "这一次谈的结果"),
        ({"started_at": MORNING - timedelta(minutes=69)}, "还没有谈完"),
        ({"others": "人" * 301}, "300 个字以内"),
    ],
)
def test_minutes_that_lack_something_are_refused(ready, facts, words):
    session = ready.planned()
    with pytest.raises(Refused, match=words):
        ready.held(session=session, **facts)
    session.refresh_from_db()
    assert session.status == SessionStatus.PLANNED


def test_a_meeting_is_held_once_and_belongs_to_its_dispute(ready):
    record = ready.held()
    with pytest.raises(Refused, match="第 1 次已谈"):
        ready.held(session=record.session)
    other = Case().assigned()
    with pytest.raises(Refused, match="不属于这件事"):
        ready.held(session=other.planned())


def test_only_the_mediator_writes_minutes(ready):
    session = ready.planned()
    for person in (ready.clerk, ready.a_mediator("吴晓"), ready.actor(ready.applicant)):
        with pytest.raises(Refused, match="只有调解员可以安排和记录调解"):
            ready.held(session=session, by=person)


# ── put right ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_is_a_further_version_and_leaves_the_first_as_it_was(ready):
    first = ready.held()
    facts = {"statements": f"{SAID}\n沈玉兰：我要一万五。", "outcome": Outcome.PARTLY, "reason": "漏记了金额"}
    second = commands.correct_minutes(first, **facts, by=ready.mediator)
    first.refresh_from_db()
    assert (first.statements, first.version, second.version) == (SAID, 1, 2)
    assert (second.present, second.started_at) == (first.present, first.started_at)
    assert second.session.record == second
    assert second.paper.title == "调解记录（第 1 次，第 2 版）"
    assert last_sentence(ready.dispute) == "钱志平 更正第 1 次的调解记录，这是第 2 版：漏记了金额"


def test_a_correction_needs_its_reason_and_its_mediator(ready):
    record = ready.held()
    with pytest.raises(Refused, match="更正了什么"):
        commands.correct_minutes(record, statements=SAID, outcome=Outcome.PARTLY, reason="", by=ready.mediator)
    with pytest.raises(Refused, match="只有调解员"):
        commands.correct_minutes(record, statements=SAID, outcome=Outcome.PARTLY, reason="漏记", by=ready.clerk)


def test_what_was_said_is_printed_with_its_speaker():
    assert said(SAID)[2] == {"who": "周建国", "said": "是我家的水，\n但是衣柜用了八年了。"}
    assert said("沈玉兰: 半角冒号也行")[0] == {"who": "沈玉兰", "said": "半角冒号也行"}
    assert said("今天双方到现场查看了渗水的地方，照片十一张：都在卷里")[0]["who"] == "记录"


def test_the_length_and_day_of_a_meeting_are_those_told(ready):
    record = ready.held(started_at=MORNING - timedelta(hours=3), recorder="陈晓燕")
    assert timezone.localtime(record.ended_at).hour == 7
    assert record.recorder == "陈晓燕"
