"""Who is told of a limit, and when: at each step once, whatever the workers do meanwhile."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from fengqiao.disputes import clocks
from fengqiao.disputes.commands import advance
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Clock, Dispute, WarningStep
from fengqiao.disputes.warning_steps import BUILT_IN, in_order, plans
from fengqiao.kernel.calendar import TZ
from fengqiao.ledger import book
from fengqiao.ledger.kinds import KINDS
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from tests.world import a_committee, a_registered_dispute, a_user

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 10, 12, 9, tzinfo=TZ)  # a Monday; 48 hours end on Wednesday
HOUR = timedelta(hours=1)


def steps(*rows, limit="respond"):
    for when, hours, times, to in rows:
        WarningStep.objects.create(limit=limit, when=when, hours=hours, times=times, to=to.split())


def told(dispute):
    entries = Entry.objects.of("dispute", dispute.pk).filter(kind__startswith="clock.")
    return [(entry.kind.removeprefix("clock."), " ".join(entry.payload["to"])) for entry in entries]


def minutes(clock, until, every=4 * HOUR):
    """The worker looks every so often."""
    while datetime.now(TZ) < until:
        clock.shift(every)
        clocks.tick()


def test_each_step_is_told_once_before_at_and_after_up_to_the_cap():
    steps(
        ("before", 24, 1, "handler"),
        ("before", 4, 1, "handler mediator"),
        ("at", 0, 1, "superior"),
        ("after", 24, 3, "superior"),
    )
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        minutes(clock, NINE + 200 * HOUR)
    assert told(dispute) == [
        ("warned", "handler"), ("warned", "handler mediator"), ("missed", "superior"),
        *[("still_missed", "superior")] * 3,
    ]  # fmt: skip
    assert "已经过了 72 小时" in Entry.objects.of("dispute", dispute.pk).last().sentence
    assert list(verify()) == []


def test_without_steps_of_its_own_a_limit_is_told_a_day_ahead_and_when_it_is_late():
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        minutes(clock, NINE + 100 * HOUR)
    assert told(dispute) == [("warned", "handler mediator"), ("missed", "handler mediator superior")]


def test_where_nobody_looked_for_a_while_only_the_last_step_is_told_and_the_lateness_is_on_record():
    steps(("before", 24, 1, "handler"), ("at", 0, 1, "mediator"), ("after", 24, 9, "superior"))
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        clock.shift(100 * HOUR)
        assert clocks.tick() == 1
        assert clocks.tick() == 0
    assert told(dispute) == [("missed", "mediator superior")]
    assert Clock.objects.get(dispute=dispute).missed_at == NINE + 100 * HOUR


def test_nobody_is_warned_of_three_days_where_there_are_two():
    steps(("before", 72, 1, "handler"))
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        minutes(clock, NINE + 47 * HOUR)
        assert told(dispute) == []
        minutes(clock, NINE + 49 * HOUR)
    assert told(dispute) == [("missed", "")]


def test_a_limit_that_is_put_off_is_told_of_anew_and_one_that_stands_still_is_not():
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        clock.shift(30 * HOUR)
        assert clocks.tick() == 1
        with transaction.atomic():
            dispute = Dispute.objects.lock(dispute.pk)
            rows = clocks.pause(dispute, datetime.now(TZ), "等材料")
            dispute.save()
            book.append(
                "dispute", dispute.pk, KINDS["dispute.reminded"](remark="停"), by=a_user(), rows=[dispute, *rows]
            )
        clock.shift(240 * HOUR)
        assert clocks.tick() == 0
        with transaction.atomic():
            dispute = Dispute.objects.lock(dispute.pk)
            rows, _lost = clocks.resume(dispute, datetime.now(TZ))
            dispute.save()
            book.append(
                "dispute", dispute.pk, KINDS["dispute.reminded"](remark="走"), by=a_user(), rows=[dispute, *rows]
            )
        minutes(clock, datetime.now(TZ) + 30 * HOUR)
    assert [kind for kind, _to in told(dispute)] == ["warned", "warned", "missed"]


def test_a_worker_that_is_killed_while_it_tells_has_told_nobody(monkeypatch):
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        clock.shift(25 * HOUR)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(book, "append", lambda *a, **k: (_ for _ in ()).throw(KeyboardInterrupt))
            clocks.tick()
        assert Clock.objects.get(dispute=dispute).told_step is None
        assert clocks.tick() == 1
    assert len(told(dispute)) == 1


def test_two_workers_that_saw_the_same_tell_it_once():
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute()
        clock.shift(25 * HOUR)
        seen, now = Clock.objects.get(dispute=dispute), datetime.now(TZ)
        assert [clocks._tell(seen, BUILT_IN[0], BUILT_IN, now) for _worker in range(2)] == [True, False]
        seen.due_at += HOUR  # put off between the looking and the telling
        assert not clocks._tell(seen, BUILT_IN[1], BUILT_IN, now)


def test_what_was_done_in_time_is_not_told_of():
    body = a_committee()
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = a_registered_dispute(body, a_user(body))
        with transaction.atomic():
            advance(Dispute.objects.lock(dispute.pk), Act.ACCEPT, by=a_user(body), accepted_at=datetime.now(TZ))
        clock.shift(49 * HOUR)
        clocks.tick()
    assert [kind for kind, _to in told(dispute) if kind == "missed"] == []


def test_a_limits_own_steps_come_before_those_of_its_kind_and_those_of_all():
    steps(("before", 1, 1, "handler"), limit="*")
    steps(("before", 2, 1, "handler"), limit="mediate")
    steps(("before", 3, 1, "handler"), limit="mediate.labour")
    plan = plans()
    hours = {key: plan(key)[0].hours for key in ("mediate.labour", "mediate.medical", "mediate", "close")}
    assert hours == {"mediate.labour": -3, "mediate.medical": -2, "mediate": -2, "close": -1}
    assert in_order([]) == (in_order([])[0],)
    assert in_order([])[0].to == ()


def test_entries_of_before_the_steps_can_still_be_read():
    old = {"by": "系统", "clock_id": 1, "state": "mediating", "turn": "mediator", "due": "2026-11-23 24:00"}
    assert KINDS["clock.warned"].sentence(old) == "快到期了：调解中应在 2026-11-23 24:00 前办完，轮到调解员。"
    assert KINDS["clock.missed"].sentence(old) == "超期：调解中应在 2026-11-23 24:00 前办完，轮到调解员。"
