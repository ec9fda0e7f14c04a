"""What was not done in time: noted once, taken up by the handler, made good or not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes import clocks
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import ObligationState
from fengqiao.fulfilment import commands
from fengqiao.fulfilment.due import mark_missed
from fengqiao.fulfilment.models import Miss
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify

from .scenes import agreed, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def later():
    def travel(days):
        return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)

    return travel


def missed(scene):
    return Entry.objects.of("dispute", scene.dispute.pk).filter(kind="fulfilment.missed").count()


def paid(scene, n, fen, **kw):
    obligation = scene.dispute.obligations.get(n=n)
    facts = {"on": today(), "amount_fen": fen, "how": "cash", "proof": None, **kw}
    return commands.record_performance(obligation, by=scene.receiver, **facts)


def test_a_missed_date_is_noted_once_and_the_clock_goes_on_to_the_next(later):
    scene = agreed(((100_00, 5), (200_00, 30)))
    with later(5):
        assert mark_missed() == 0  # the last day itself is in time
    with later(6):
        assert mark_missed() == 1
        assert mark_missed() == 0
        assert missed(scene) == 1
        assert timezone.localdate(scene.fresh().due_at) == today(25)
        assert list(verify()) == []


def test_where_no_date_is_left_the_clock_stays_at_the_one_it_missed(later):
    scene = agreed(((100_00, 5),))
    due = scene.fresh().due_at
    with later(20):
        assert mark_missed() == 1
        assert scene.fresh().due_at == due
        assert scene.dispute.main_clock.is_late
        clocks.tick()
        assert mark_missed() == 0
        assert list(verify()) == []


def test_what_was_paid_is_not_missed(later):
    scene = agreed(((100_00, 5), (200_00, 30)))
    paid(scene, 1, 100_00)
    with later(10):
        assert mark_missed() == 0
        assert not Miss.objects.exists()


def test_every_missed_date_has_its_own_note(later):
    scene = agreed(((100_00, 5), (200_00, 6), (300_00, 50)))
    with later(10):
        assert mark_missed() == 2
        assert missed(scene) == 2


def test_a_breach_is_found_by_the_handler_after_the_date_with_a_reason(later):
    scene = agreed(((100_00, 5), (200_00, 30)))
    first = scene.obligations[0]
    with pytest.raises(Refused, match="才到期"):
        commands.breach(first, remark="没付", by=scene.clerk)
    with later(6):
        with pytest.raises(Refused, match="只有"):
            commands.breach(first, remark="没付", by=scene.payer)
        with pytest.raises(Refused, match="查明的原因"):
            commands.breach(first, remark="", by=scene.clerk)
        assert commands.breach(first, remark="账户被冻结", by=scene.mediator).state == ObligationState.BREACHED
        assert scene.state == State.BREACHED
        assert scene.dispute.main_clock.key == "breach"
        assert list(verify()) == []


def test_what_was_breached_may_be_made_good_by_a_promised_day(later):
    scene = agreed(((100_00, 5), (200_00, 30)))
    with later(6):
        commands.breach(scene.obligations[0], remark="周转不开", by=scene.clerk)
        with pytest.raises(Refused, match="今天以前"):
            commands.make_good(scene.fresh(), remark="答应补", by=scene.clerk, promised=today(-1))
        with pytest.raises(Refused, match="怎么恢复"):
            commands.make_good(scene.fresh(), remark="", by=scene.clerk)
        commands.make_good(scene.fresh(), remark="答应下周补上", by=scene.clerk, promised=today(7))
        assert scene.state == State.PERFORMING
        assert scene.obligations[0].state == ObligationState.DUE
        assert scene.dispute.main_clock.key == "perform"
        assert scene.dispute.main_clock.state == State.PERFORMING
        assert timezone.localdate(scene.dispute.due_at) == today(8)
        assert list(verify()) == []


def test_without_a_promise_the_clock_runs_to_the_next_date_of_the_agreement(later):
    scene = agreed(((100_00, 5), (200_00, 30)))
    with later(6):
        commands.breach(scene.obligations[0], remark="忘了", by=scene.clerk)
        commands.make_good(scene.fresh(), remark="已经在筹款", by=scene.clerk)
        assert timezone.localdate(scene.fresh().due_at) == today(25)


def test_paying_the_breached_duty_ends_it_all_when_nothing_else_is_owed(later):
    scene = agreed(((100_00, 5),))
    with later(6):
        commands.breach(scene.obligations[0], remark="忘了", by=scene.clerk)
        paid(scene, 1, 100_00)
        assert scene.state == State.PERFORMED
        assert scene.obligations[0].state == ObligationState.MET
        assert list(verify()) == []


def test_paying_it_while_more_is_owed_leaves_the_breach_to_the_handler(later):
    scene = agreed(((100_00, 5), (200_00, 30)))
    with later(6):
        commands.breach(scene.obligations[0], remark="忘了", by=scene.clerk)
        paid(scene, 1, 100_00)
        assert scene.state == State.BREACHED
        assert scene.dispute.main_clock.key == "breach"
        commands.make_good(scene.fresh(), remark="欠的已经补上", by=scene.clerk)
        assert scene.state == State.PERFORMING
        assert timezone.localdate(scene.dispute.due_at) == today(25)
        assert list(verify()) == []
