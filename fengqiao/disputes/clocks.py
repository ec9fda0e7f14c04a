"""Time running against whoever's turn it is: started, stopped, paused, extended, told, and able to say why it ends when it does."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from fengqiao.kernel import limits as arithmetic
from fengqiao.kernel.calendar import provisional
from fengqiao.kernel.errors import CalendarMissing
from fengqiao.kernel.limits import Limit, Span, Unit
from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM

from .events import LimitMissed, LimitWarned
from .limits import limit_for
from .models import Clock, Dispute, Extension, Pause, last_day_of

WARN_BEFORE = timedelta(hours=24)


def turn_over(dispute: Dispute, now: datetime) -> list[models.Model]:
    """The dispute has moved: stop the clock that ran, start the one that belongs here. Returns the rows it touched.

    A clock goes on when the next stage has the same limit and the same body; every handing over starts a new one.
    """
    running = dispute.main_clock
    key = _key_of(dispute)
    if running and key and running.key.split(".")[0] == dispute.stage.limit and running.body_id == dispute.body_id:
        return []
    touched: list[models.Model] = []
    if running:
        touched += stop(running, now)
    dispute.due_at = None
    if key and key != "perform":  # what is to be performed has its own dates, set by those who know them
        touched.append(start(dispute, key, _began(dispute, key, now)))
    return touched


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
        running.due_at, running.basis, running.warned_at, running.missed_at = due, basis, None, None
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
    """The main clock stands still from now on."""
    clock = dispute.main_clock
    dispute.due_at = None
    return [Pause.objects.create(clock=clock, begun_at=now, reason=reason)]


def resume(dispute: Dispute, now: datetime) -> tuple[list[models.Model], int]:
    """The main clock runs again. Returns the rows touched and the whole days that were lost."""
    clock = dispute.main_clock
    paused = clock.pauses.get(ended_at=None)
    paused.ended_at = now
    paused.save()
    clock.due_at, clock.is_provisional = _due_with(clock, list(clock.pauses.all()))
    clock.warned_at = clock.missed_at = None
    clock.save()
    dispute.due_at = clock.due_at
    lost = (timezone.localdate(now) - timezone.localdate(paused.begun_at)).days
    return [clock, paused], lost


def extend(dispute: Dispute, days: int, now: datetime, *, consent: str, reason: str) -> list[models.Model]:
    """A new limit of calendar days from the old last day, rolled to a working day."""
    clock = dispute.main_clock
    new, clock.is_provisional = _days_after(clock.due_at, days)
    extension = Extension.objects.create(
        clock=clock, days=days, old_due_at=clock.due_at, new_due_at=new, consent=consent, reason=reason, at=now
    )
    clock.due_at = dispute.due_at = new
    clock.warned_at = clock.missed_at = None
    clock.save()
    return [clock, extension]


def tick(now: datetime | None = None) -> int:
    """Warn of what is due soon and mark what is late, each once. Safe to run as often and as widely as one likes."""
    now = now or timezone.now()
    # a side clock, such as the month for asking the court, lapses without anybody being late
    running = Clock.objects.filter(stopped_at=None, is_main=True)
    soon = running.filter(warned_at=None, missed_at=None, due_at__gt=now, due_at__lte=now + WARN_BEFORE)
    # the 48th hour is still in time; a limit in days ends with its last day (kernel.limits.is_late)
    over = Q(unit=Unit.HOUR.value, due_at__lt=now) | (~Q(unit=Unit.HOUR.value) & Q(due_at__lte=now))
    late = running.filter(over, missed_at=None)
    told = sum(_tell(pk, dispute_id, now, "warned_at", LimitWarned) for pk, dispute_id in _ids(soon))
    return told + sum(_tell(pk, dispute_id, now, "missed_at", LimitMissed) for pk, dispute_id in _ids(late))


def _ids(clocks: models.QuerySet[Clock]) -> Sequence[tuple[int, int]]:
    standing = Pause.objects.filter(ended_at=None).values("clock_id")
    return list(clocks.exclude(pk__in=standing).order_by("due_at").values_list("pk", "dispute_id")[:500])


@transaction.atomic
def _tell(pk: int, dispute_id: int, now: datetime, mark: str, kind: type) -> bool:
    dispute = Dispute.objects.lock(dispute_id)
    if not Clock.objects.filter(pk=pk, stopped_at=None, **{mark: None}).update(**{mark: now}):
        return False  # stopped, or another worker was first
    clock = Clock.objects.get(pk=pk)
    turn = dispute.stage.turn
    event = kind(
        clock_id=pk, state=clock.state, turn=turn.value if turn else "",
        due=_as_read(clock.due_at),
    )  # fmt: skip
    book.append("dispute", dispute_id, event, by=SYSTEM)
    return True


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


def _as_read(due: datetime) -> str:
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
        after = [span for span in spans if span.begin >= last.at]
        lost = sum((timezone.localdate(span.end) - timezone.localdate(span.begin)).days for span in after if span.end)
        return _days_after(last.new_due_at, lost) if lost else (last.new_due_at, clock.is_provisional)
    if clock.limit is None:
        raise ValueError("only a limit with a length can be paused")
    return due_at(clock.started_at, clock.limit, spans)


def _days_after(due: datetime, days: int) -> tuple[datetime, bool]:
    limit = Limit(days, Unit.CALENDAR_DAY, exclude_start_day=True, roll=True)
    return due_at(due - timedelta(microseconds=1), limit)


def due_at(start: datetime, limit: Limit, spans: Sequence[Span] = ()) -> tuple[datetime, bool]:
    """When it is due, and whether that is provisional.

    Past the published calendar the arithmetic refuses. Work must go on all the same, so the clock then runs on plain
    weeks and says so, to be set right once the year's notice is entered.
    """
    try:
        return arithmetic.due_at(start, limit, spans), False
    except CalendarMissing:
        return arithmetic.due_at(start, limit, spans, provisional()), True
