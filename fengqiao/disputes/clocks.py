"""Time running against whoever's turn it is: started, stopped, paused, extended, told, and able to say why it ends when it does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from fengqiao.kernel import limits as arithmetic
from fengqiao.kernel.calendar import Calendar, official
from fengqiao.kernel.errors import CalendarMissing
from fengqiao.kernel.limits import Limit, Span, Unit
from fengqiao.ledger import book
from fengqiao.ledger.kinds import Event
from fengqiao.people.models import SYSTEM

from .catalogue import TIER
from .events import LimitMissed, LimitStillMissed, LimitWarned, TierMissed, TierWarned
from .lifecycle import OPEN
from .limits import limit_for
from .models import Clock, Dispute, Extension, Pause, TierStay, last_day_of
from .models.calendar import SETTLED, known
from .warning_steps import Plan, Step, plans

AT_ONCE = 500  # clocks told of in one go; the next minute takes the rest
HOUR = timedelta(hours=1)


def turn_over(dispute: Dispute, now: datetime) -> list[models.Model]:
    """The dispute has moved: stop the clock that ran, start the one that belongs here. Returns the rows it touched.

    A clock goes on when the next stage has the same limit and the same body; every handing over starts a new one.
    """
    touched = [] if dispute.state in OPEN else leave_tier(dispute, now)
    running = dispute.main_clock
    key = _key_of(dispute)
    if running and key and running.key.split(".")[0] == dispute.stage.limit and running.body_id == dispute.body_id:
        return touched
    if running:
        touched += stop(running, now)
    dispute.due_at = None
    if key and key != "perform":  # what is to be performed has its own dates, set by those who know them
        touched.append(start(dispute, key, _began(dispute, key, now)))
    return touched


def leave_tier(dispute: Dispute, now: datetime) -> list[models.Model]:
    """It stands on its tier no longer: the tier's clock stops. Returns the rows touched."""
    stay = dispute.tier_stays.running().select_related("clock").first()
    if stay is None:
        return []
    stay.ended_at = now
    stay.save(update_fields=["ended_at"])
    return [stay, *stop(stay.clock, now)]


def start(dispute: Dispute, key: str, now: datetime, *, is_main: bool = True) -> Clock:
    """Start the limit of this key. The caller saves the dispute."""
    clock = planned(dispute, key, now, is_main=is_main)
    clock.save(force_insert=True)
    return clock


def planned(dispute: Dispute, key: str, now: datetime, *, is_main: bool = True) -> Clock:
    """The clock as it would run, not yet written; the dispute's own date is set from it."""
    limit = limit_for(key, timezone.localdate(now))
    due, is_provisional = due_at(now, limit)
    clock = Clock(
        dispute=dispute, key=key, is_main=is_main, body_id=dispute.body_id, state=dispute.state,
        n=limit.n, unit=limit.unit.value, exclude_start_day=limit.exclude_start_day, roll=limit.roll,
        basis=str(limit.basis), started_at=now, due_at=due, is_provisional=is_provisional,
    )  # fmt: skip
    if is_main:
        dispute.due_at = clock.due_at
    return clock


def run_until(dispute: Dispute, key: str, due: datetime, basis: str, now: datetime) -> list[models.Model]:
    """Let the main clock run to a date that people agreed on. The caller saves the dispute and appends the rows."""
    running = dispute.main_clock
    dispute.due_at = due
    if running and running.key == key:
        running.due_at, running.basis = due, basis
        running.tell_afresh()
        running.save()
        return [running]
    touched = stop(running, now) if running else []
    clock = Clock.objects.create(
        dispute=dispute, key=key, body_id=dispute.body_id, state=dispute.state, n=None,
        basis=basis, started_at=now, due_at=due,
    )  # fmt: skip
    return [*touched, clock]


def stop(clock: Clock, now: datetime) -> list[models.Model]:
    paused = list(clock.pauses.filter(ended_at=None))
    for row in paused:
        row.ended_at = now
        row.save()
    clock.stopped_at = now
    clock.save()
    return [clock, *paused]


def pause(dispute: Dispute, now: datetime, reason: str) -> list[models.Model]:
    """The main clock stands still from now on, and with it the clock of the tier."""
    clocks = [dispute.main_clock, *_of_the_tier(dispute)]
    dispute.due_at = None
    return [Pause.objects.create(clock=clock, begun_at=now, reason=reason) for clock in clocks]


def resume(dispute: Dispute, now: datetime) -> tuple[list[models.Model], int]:
    """The main clock runs again, and the tier's. Returns the rows touched and the whole days that were lost."""
    clock = dispute.main_clock
    paused = _go_on(clock, now)
    dispute.due_at = clock.due_at
    lost = (timezone.localdate(now) - timezone.localdate(paused.begun_at)).days
    standing = [one for one in _of_the_tier(dispute) if one.pauses.filter(ended_at=None).exists()]
    return [clock, paused, *(row for one in standing for row in (_go_on(one, now), one))], lost


def _go_on(clock: Clock, now: datetime) -> Pause:
    paused = clock.pauses.get(ended_at=None)
    paused.ended_at = now
    paused.save()
    clock.due_at, clock.is_provisional = _due_with(clock, list(clock.pauses.all()))
    clock.tell_afresh()
    clock.save()
    return paused


def _of_the_tier(dispute: Dispute) -> list[Clock]:
    """The clock that runs for the tier, if it stands on one."""
    return [stay.clock for stay in TierStay.objects.running().filter(dispute=dispute).select_related("clock")]


def extend(dispute: Dispute, days: int, now: datetime, *, consent: str, reason: str) -> list[models.Model]:
    """A new limit of calendar days from the old last day, rolled to a working day."""
    clock = dispute.main_clock
    new, clock.is_provisional = _days_after(clock.due_at, days)
    extension = Extension.objects.create(
        clock=clock, days=days, old_due_at=clock.due_at, new_due_at=new, consent=consent, reason=reason, at=now
    )
    clock.due_at = dispute.due_at = new
    clock.tell_afresh()
    clock.save()
    return [clock, extension]


def tick(now: datetime | None = None) -> int:
    """Tell of what is due soon, of what is late, and of what still is, each step once. Safe to run as often and as widely
    as one likes: whoever moves `told_step` forward tells, in the same transaction.

    Where several steps have gone by, only the last is told.
    """
    now = now or timezone.now()
    # a side clock, such as the month for asking the court, lapses without anybody being late; a tier's does not
    running = Clock.objects.filter(Q(is_main=True) | Q(key__startswith=TIER), stopped_at=None)
    plan, keys = plans(), dict[Plan, list[str]]()
    for key in running.values_list("key", flat=True).distinct().order_by():
        keys.setdefault(plan(key), []).append(key)
    told = 0
    for steps, theirs in keys.items():
        for n, step in enumerate(steps):
            reached = running.filter(_reached(step, now), _not_told(step), key__in=theirs)
            if n + 1 < len(steps):
                reached = reached.exclude(_reached(steps[n + 1], now))
            told += sum(_tell(found, step, steps, now) for found in _standing_out(reached))
    return told


def _reached(step: Step, now: datetime) -> Q:
    """The hour of the step has come, and had not when the clock began."""
    if step.hours == 0:
        # the 48th hour is still in time; a limit in days ends with its last day (kernel.limits.is_late)
        return Q(unit=Unit.HOUR.value, due_at__lt=now) | (~Q(unit=Unit.HOUR.value) & Q(due_at__lte=now))
    return Q(due_at__lte=now - step.hours * HOUR)


def _not_told(step: Step) -> Q:
    """And the clock did not begin after the step's hour: nobody is warned of a week ahead when there are two days."""
    in_time = Q() if step.hours >= 0 else Q(started_at__lte=F("due_at") + step.hours * HOUR)
    return in_time & (Q(told_step=None) | Q(told_step__lt=step.hours))


def _standing_out(clocks: models.QuerySet[Clock]) -> Sequence[Clock]:
    standing = Pause.objects.filter(ended_at=None).values("clock_id")
    return list(clocks.exclude(pk__in=standing).order_by("due_at")[:AT_ONCE])


@transaction.atomic
def _tell(seen: Clock, step: Step, steps: Plan, now: datetime) -> bool:
    dispute = Dispute.objects.lock(seen.dispute_id)
    missed = {"missed_at": seen.missed_at or now} if step.hours >= 0 else {"warned_at": now}
    mine = Clock.objects.filter(_not_told(step), pk=seen.pk, stopped_at=None, due_at=seen.due_at)
    standing = Pause.objects.filter(clock=seen.pk, ended_at=None)
    if standing.exists() or not mine.update(told_step=step.hours, **missed):
        return False  # stopped, paused, put off, or another worker was first
    turn = dispute.stage.turn
    book.append("dispute", seen.dispute_id, _told(seen, step, steps, turn.value if turn else ""), by=SYSTEM)
    return True


def _told(clock: Clock, step: Step, steps: Plan, turn: str) -> Event:
    facts: dict[str, Any] = {"clock_id": clock.pk, "state": clock.state, "turn": turn, "due": as_read(clock.due_at)}
    of_a_tier = clock.key.startswith(TIER)
    if step.hours < 0:
        return TierWarned(**facts, to=[*step.to]) if of_a_tier else LimitWarned(**facts, to=[*step.to])
    if clock.missed_at is None:  # whoever should have heard at the end hears now
        at_the_end = next(one for one in steps if one.hours == 0)
        to = [*dict.fromkeys((*at_the_end.to, *step.to))]
        return TierMissed(**facts, to=to) if of_a_tier else LimitMissed(**facts, to=to)
    return LimitStillMissed(**facts, to=[*step.to], hours=step.hours)


def _began(dispute: Dispute, key: str, now: datetime) -> datetime:
    """From when the limit counts: mediation from acceptance (人民调解工作若干规定 33; 医疗纠纷预防和处理条例 38), a
    labour matter from when the body received the application (劳动争议调解仲裁法 14), everything else from now."""
    if not key.startswith("mediate") or dispute.accepted_at is None:
        return now
    if key != "mediate.labour":
        return dispute.accepted_at
    waited = dispute.clocks.filter(key="respond", body_id=dispute.body_id, started_at__lte=dispute.accepted_at)
    received = waited.order_by("-started_at").values_list("started_at", flat=True).first()
    return received or dispute.accepted_at


def as_read(due: datetime) -> str:
    """2026-11-23 17:00; midnight belongs to the day that ends with it: 2026-11-23 24:00."""
    due = timezone.localtime(due)
    return f"{last_day_of(due)} 24:00" if (due.hour, due.minute) == (0, 0) else f"{due:%Y-%m-%d %H:%M}"


def _key_of(dispute: Dispute) -> str | None:
    key = dispute.stage.limit
    if key == "mediate" and dispute.category:
        return dispute.category.limit_key
    return key


def _due_with(clock: Clock, pauses: Sequence[Pause]) -> tuple[datetime, bool]:
    spans = [Span(p.begun_at, p.ended_at) for p in pauses]
    last = clock.extensions.order_by("pk").last()
    if last:  # what was lost after an extension is added to the extended date
        lost = _lost_since(last.at, spans)
        return _days_after(last.new_due_at, lost) if lost else (last.new_due_at, clock.is_provisional)
    if clock.limit is None:
        raise ValueError("only a limit with a length can be paused")
    return due_at(clock.started_at, clock.limit, spans)


def counted_anew(clock: Clock, limit: Limit, calendar: Calendar | None = None) -> tuple[datetime, bool]:
    """When this clock would be due by that limit: its pauses and extensions are counted again, one after the other."""
    spans, extensions = clock.spans, clock.extended_by
    first = extensions[0].at if extensions else None
    due, provisional = due_at(
        clock.started_at, limit, [span for span in spans if first is None or span.begin < first], calendar
    )
    for n, extension in enumerate(extensions):
        until = extensions[n + 1].at if n + 1 < len(extensions) else None
        after = [span for span in spans if span.begin >= extension.at and (until is None or span.begin < until)]
        due, provisional = _days_after(due, extension.days + _lost_since(extension.at, after), calendar)
    return due, provisional


def _lost_since(at: datetime, spans: Sequence[Span]) -> int:
    after = [span for span in spans if span.begin >= at]
    return sum((timezone.localdate(span.end) - timezone.localdate(span.begin)).days for span in after if span.end)


def _days_after(due: datetime, days: int, calendar: Calendar | None = None) -> tuple[datetime, bool]:
    limit = Limit(days, Unit.CALENDAR_DAY, exclude_start_day=True, roll=True)
    return due_at(due - timedelta(microseconds=1), limit, calendar=calendar)


def due_at(
    start: datetime, limit: Limit, spans: Sequence[Span] = (), calendar: Calendar | None = None
) -> tuple[datetime, bool]:
    """When it is due, and whether that is provisional.

    Past the published calendar the arithmetic refuses. Work must go on all the same, so the clock then runs on plain
    weeks and says so, to be set right once the year's notice is entered.
    """
    if calendar is None:
        calendar = known() if needs_the_entered_years(start, limit, spans) else official()
    try:
        return arithmetic.due_at(start, limit, spans, calendar), False
    except CalendarMissing:
        return arithmetic.due_at(start, limit, spans, calendar.onward()), True


def needs_the_entered_years(start: datetime, limit: Limit, spans: Sequence[Span]) -> bool:
    """Whether the packaged calendar is not enough."""
    try:
        due = arithmetic.due_at(start, limit, spans, official())
    except CalendarMissing:
        return True
    return timezone.localdate(due) > SETTLED
