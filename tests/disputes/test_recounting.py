"""The coming year's holidays and changed limits: what would move, what is moved, each with its entry, and never twice."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from fengqiao.disputes import clocks, holidays, recounting
from fengqiao.disputes.commands import advance
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.limits import LimitRule, limit_for
from fengqiao.disputes.models import CalendarYear, Clock, Dispute, Recount
from fengqiao.kernel.calendar import TZ, official
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.holidays import read_year
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.mediation import commands as mediation
from fengqiao.people.models import Role
from tests.kernel.test_holidays import NOTICE_2027
from tests.mediation.case import Case
from tests.world import a_registered_dispute, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ImportWarning")]
YEAR = official().last.year + 1
NOTICE = "国办发明电〔2026〕9号"
DECEMBER = datetime(2026, 12, 9, 9, tzinfo=TZ)


def said(more=""):
    return read_year(NOTICE_2027 + more, YEAR)


def entered(more="", seen=0):
    return holidays.enter(said(more), source=NOTICE, seen=seen, by=a_user(role=Role.ADMIN))


def story(dispute):
    return [entry.kind for entry in Entry.objects.of("dispute", dispute.pk) if entry.kind.startswith("clock.")]


@pytest.fixture
def december():
    with time_machine.travel(DECEMBER, tick=False) as clock:
        yield clock


@pytest.fixture
def case(december):
    """A month of mediation from 9 December ends on 9 January 2027, a Saturday: provisionally on Monday the 11th."""
    case = Case().assigned()
    assert (case.now.main_clock.is_provisional, recounting.as_day(case.now.main_clock.due_at)) == (
        True,
        date(YEAR, 1, 11),
    )
    return case


WORKING_SATURDAY = "\n1月9日（周六）上班。"


def test_the_year_that_is_missing_is_told_of_from_november_on_or_when_a_date_needs_it():
    assert holidays.gap(date(YEAR - 1, 10, 31)) is None
    assert holidays.gap(date(YEAR - 1, 11, 1)) == holidays.Gap(YEAR, 0)
    Case().assigned()
    Clock.objects.update(is_provisional=True)
    assert holidays.gap(date(YEAR - 1, 6, 1)).provisional >= 1
    CalendarYear.objects.create(year=YEAR, off={}, work={}, source=NOTICE, entered_at=timezone.now())
    Clock.objects.update(is_provisional=False)
    assert holidays.gap(date(YEAR - 1, 12, 1)) is None
    assert holidays.gap(date(YEAR, 11, 1)) == holidays.Gap(YEAR + 1, 0)


def test_a_provisional_limit_is_settled_or_moved_once_its_year_is_entered(case):
    seen = holidays.would_move(said(WORKING_SATURDAY))
    assert [(one.clock.dispute_id, recounting.as_day(one.new)) for one in seen.moved] == [
        (case.dispute.pk, date(YEAR, 1, 9))
    ]
    assert (seen.moved[0].shift, seen.late_at_once) == (-2, [])
    entered(WORKING_SATURDAY)
    assert case.now.main_clock.is_provisional  # until the worker comes to it
    assert recounting.work_off() == 1
    clock = case.now.main_clock
    assert (recounting.as_day(clock.due_at), clock.is_provisional) == (date(YEAR, 1, 9), False)
    assert case.now.due_at == clock.due_at
    assert story(case.dispute) == ["clock.recounted"]
    assert "2027-01-11 24:00 改为 2027-01-09 24:00" in Entry.objects.of("dispute", case.dispute.pk).last().sentence
    assert "暂按周末推算" not in "".join(clock.why)
    assert "期限后来调整过" not in "".join(clock.why)
    assert recounting.work_off() == 0
    assert list(verify()) == []


def test_one_that_comes_out_the_same_is_provisional_no_more_and_says_so(case):
    entered()
    assert recounting.work_off() == 1
    assert not case.now.main_clock.is_provisional
    assert story(case.dispute) == ["clock.settled"]
    assert [entry.kind for entry in Entry.objects.of("calendar", YEAR)] == ["calendar.entered"]


def test_a_worker_killed_halfway_leaves_the_rest_for_the_next(december, monkeypatch):
    cases = [Case().assigned() for _n in range(3)]
    entered(WORKING_SATURDAY)
    carry_out, done = recounting._carry_out, []

    def dies_at_the_second(order, clock):
        if done:
            raise KeyboardInterrupt
        done.append(clock)
        return carry_out(order, clock)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(recounting, "_carry_out", dies_at_the_second)
        recounting.work_off()
    assert Recount.objects.filter(done_at=None).count() == 1
    assert recounting.work_off() == 2
    assert [story(case.dispute) for case in cases] == [["clock.recounted"]] * 3


def test_an_extended_and_paused_limit_is_counted_through_again(december):
    case = Case().assigned()
    december.shift(timedelta(days=1))
    mediation.suspend(case.now, reason="鉴定", by=case.mediator)
    december.shift(timedelta(days=5))
    mediation.resume(case.now, by=case.mediator)
    before = case.now.main_clock.due_at
    mediation.extend(
        case.now, days=10, consent=mediation.Consent(parties=case.both, how="phone"), reason="再谈", by=case.mediator
    )
    entered()
    recounting.work_off()
    clock = case.now.main_clock
    # 9 January and five days of pause: Thursday 14; ten days more: Sunday 24, which rolls
    assert (recounting.as_day(before), recounting.as_day(clock.due_at)) == (date(YEAR, 1, 14), date(YEAR, 1, 25))
    assert not clock.is_provisional
    assert list(verify()) == []


def test_a_limit_that_stands_still_is_counted_when_it_goes_on(december, case):
    mediation.suspend(case.now, reason="鉴定", by=case.mediator)
    entered(WORKING_SATURDAY)
    assert recounting.work_off() == 0
    december.shift(timedelta(days=2))
    mediation.resume(case.now, by=case.mediator)
    assert not case.now.main_clock.is_provisional


def test_a_new_limit_after_that_is_not_provisional(case):
    entered()
    assert not Case().assigned().now.main_clock.is_provisional
    assert clocks.due_at(datetime(2027, 2, 1, tzinfo=TZ), limit_for("assign"))[0] == datetime(2027, 2, 5, tzinfo=TZ)


def test_one_that_slipped_through_is_found_at_night(case):
    entered()
    Recount.objects.update(done_at=timezone.now())  # worked off before its transaction was to be seen
    assert recounting.order_what_was_left()
    assert recounting.work_off() == 1
    assert not recounting.order_what_was_left()


def test_a_year_is_corrected_with_what_moves_and_not_over_somebody_elses_words(case):
    entered()
    recounting.work_off()
    with pytest.raises(Stale):
        entered(WORKING_SATURDAY)
    with pytest.raises(Refused, match="和现在的一样"):
        entered(seen=1)
    assert len(holidays.would_move(said(WORKING_SATURDAY)).moved) == 1
    entered(WORKING_SATURDAY, seen=1)
    recounting.work_off()
    assert story(case.dispute) == ["clock.settled", "clock.recounted"]
    last = Entry.objects.of("calendar", YEAR).last()
    assert (last.kind, last.payload["days"]) == ("calendar.corrected", ["2027-01-09"])


def test_years_that_are_not_to_be_entered_here_are_refused(db):
    for year, told in ((YEAR - 1, "随系统带来"), (YEAR + 1, "不能跳着录")):
        with pytest.raises(Refused, match=told):
            holidays.would_move(type(said())(year, {}, {}))
    for by, told in ((a_user(role=Role.MANAGER), "只归系统管理员"), (a_user(role=Role.ADMIN), "依据哪个通知")):
        with pytest.raises(Refused, match=told):
            holidays.enter(said(), source="" if by.role == Role.ADMIN else NOTICE, seen=0, by=by)


# ── a limit is changed ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_limit_concerns_what_begins_after_it_unless_those_that_run_are_moved():
    with time_machine.travel(datetime(2026, 9, 7, 9, tzinfo=TZ), tick=False) as clock:
        dispute = a_registered_dispute()
        clock.shift(timedelta(hours=30))
        LimitRule.objects.create(key="respond", n=24, unit="hour", exclude_start_day=False, basis="区里的规定")
        limits = recounting.limits_of([("respond", date(2026, 9, 1))])
        seen = recounting.by_limits(limits)
        assert (len(seen.moved), len(seen.late_at_once)) == (1, 1)
        assert Dispute.objects.get(pk=dispute.pk).main_clock.n == 48
        recounting.order_limit("respond", limits["respond"], reason="新规定", by=a_user(name="何静"))
        assert recounting.work_off() == 1
        assert recounting.work_off() == 0
        running = Dispute.objects.get(pk=dispute.pk).main_clock
        assert (running.n, running.due_at - running.started_at) == (24, timedelta(hours=24))
        assert running.is_late
        assert "（何静：新规定）" in Entry.objects.of("dispute", dispute.pk).last().sentence
        assert clocks.tick() == 1  # and is told of as late
        later = a_registered_dispute()
        recounting.order_limit("respond", limit_for("respond"), reason="再来", by=a_user())
        assert recounting.work_off() == 0
    assert later.main_clock.n == 24
    assert list(verify()) == []


def test_a_limit_that_nobody_defines_any_more_moves_nothing(db):
    assert recounting.limits_of([("mediate.own", date(2026, 9, 1))]) == {}


def test_a_dispute_that_moves_on_in_the_meantime_is_left_alone():
    with time_machine.travel(datetime(2026, 9, 7, 9, tzinfo=TZ), tick=False):
        case = Case()
        running = case.now.main_clock
        order = recounting.order_limit("assign", limit_for("close"), reason="x", by=a_user())
        with transaction.atomic():
            advance(Dispute.objects.lock(case.dispute.pk), Act.ASSIGN, by=case.clerk, mediator=case.mediator)
        assert not recounting._carry_out(order, running)
