"""Running clocks counted anew: shown beforehand, ordered with a reason, worked off in the background, each with its entry.

An order may be worked off twice, or half and then again, without harm: a clock that comes out as it stands is left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.calendar import CLOCK, Calendar, official
from fengqiao.kernel.limits import Limit, is_late
from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM

from .clocks import as_read, counted_anew
from .events import LimitRecounted, LimitSettled
from .limits import limit_for
from .models import Clock, Dispute, Pause, Recount
from .models.calendar import known

SHOWN = 50  # clocks of a preview that are named
AT_ONCE = 500


@dataclass(frozen=True)
class Moved:
    """A running clock that would get another date."""

    clock: Clock
    old: datetime
    new: datetime
    is_late_at_once: bool

    @property
    def shift(self) -> int:
        """By how many days."""
        return (as_day(self.new) - as_day(self.old)).days


@dataclass(frozen=True)
class Moving:
    """What a change would do to the clocks that run."""

    looked_at: int
    moved: list[Moved]

    @property
    def late_at_once(self) -> list[Moved]:
        return [one for one in self.moved if one.is_late_at_once]

    @property
    def first(self) -> list[Moved]:
        """Those that are named: first those that would be late at once, then by their new date."""
        return sorted(self.moved, key=lambda one: (not one.is_late_at_once, one.new))[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.moved) - SHOWN, 0)


def by_calendar(calendar: Calendar, year: int) -> Moving:
    """What would move if this were the published calendar. Asks every running clock that such a year concerns."""
    return _moving(concerned_by_year(year), lambda clock: clock.limit, calendar)


def by_limits(limits: dict[str, Limit]) -> Moving:
    """What would move if these limits held for the clocks of their keys that run already."""
    return _moving(_counted().filter(key__in=limits), lambda clock: limits[clock.key])


def limits_of(keys: Sequence[tuple[str, date]]) -> dict[str, Limit]:
    """The limit that each key has from its day on, or today where that day is past."""
    today = timezone.localdate()
    latest = {key: max(day, today) for key, day in sorted(keys)}
    return {key: limit for key, day in latest.items() if (limit := _limit_on(key, day))}


def _limit_on(key: str, day: date) -> Limit | None:
    try:
        return limit_for(key, day)
    except KeyError:  # the district's own key, whose last row is gone
        return None


def order_limit(key: str, limit: Limit, *, reason: str, by: Any) -> Recount:
    """Let the clocks of this key that run now have this limit."""
    return Recount.objects.create(
        key=key, n=limit.n, unit=limit.unit.value, exclude_start_day=limit.exclude_start_day, roll=limit.roll,
        basis=str(limit.basis), reason=reason, ordered_by=str(by), ordered_at=timezone.now(),
    )  # fmt: skip


def order_year(year: int, *, reason: str, by: Any) -> Recount:
    """Count anew whatever this year's holidays concern."""
    return Recount.objects.create(year=year, reason=reason, ordered_by=str(by), ordered_at=timezone.now())


def work_off() -> int:
    """Carry out the orders that wait, the oldest first. Any number of workers may; returns how many clocks this one moved."""
    moved = 0
    for order in Recount.objects.filter(done_at=None).order_by("pk"):
        moved += sum(_carry_out(order, clock) for clock in _in_parts(_of(order)))
        Recount.objects.filter(pk=order.pk, done_at=None).update(done_at=timezone.now())
    return moved


def order_what_was_left() -> bool:
    """A clock may have started while its year was being entered, and run provisionally ever since."""
    last = known().last.year
    left = _counted().filter(is_provisional=True, due_at__lt=datetime(last + 1, 1, 1, tzinfo=CLOCK))
    if last == official().last.year or not left.exists():
        return False
    order_year(last, reason=_("放假安排已经录入"), by=SYSTEM)
    return True


def concerned_by_year(year: int) -> models.QuerySet[Clock]:
    """Running clocks that end in that year or provisionally, or in the last days before it, of which its notice may speak."""
    first = datetime(year - 1, 12, 1, tzinfo=CLOCK)
    return _counted().filter(Q(is_provisional=True) | Q(due_at__gte=first))


def as_day(due: datetime) -> date:
    return timezone.localdate(due - timedelta(microseconds=1))


# ── counting ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _counted() -> models.QuerySet[Clock]:
    """Clocks that run by a limit. One that stands still has no date; it is counted when it goes on."""
    standing = Pause.objects.filter(ended_at=None).values("clock_id")
    running = Clock.objects.filter(stopped_at=None, n__isnull=False).exclude(pk__in=standing)
    return running.prefetch_related("pauses", "extensions")


def _moving(found: models.QuerySet[Clock], limit: Any, calendar: Calendar | None = None) -> Moving:
    now, looked_at, moved = timezone.now(), 0, []
    for clock in found.select_related("dispute").order_by("due_at").iterator(chunk_size=AT_ONCE):
        looked_at += 1
        new, _provisional = counted_anew(clock, limit(clock), calendar)
        if new != clock.due_at:
            late = is_late(now, new, limit(clock).unit) and not clock.is_late
            moved.append(Moved(clock, clock.due_at, new, late))
    return Moving(looked_at, moved)


def _of(order: Recount) -> models.QuerySet[Clock]:
    if order.year is not None:
        return concerned_by_year(order.year)
    return _counted().filter(key=order.key, started_at__lte=order.ordered_at)


def _in_parts(found: models.QuerySet[Clock]) -> Iterator[Clock]:
    """One part after another, by key, so that no reading lasts while clocks are written."""
    last = 0
    while part := list(found.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from part
        last = part[-1].pk


@transaction.atomic
def _carry_out(order: Recount, seen: Clock) -> bool:
    dispute = Dispute.objects.lock(seen.dispute_id)
    clock = _counted().filter(pk=seen.pk).first()  # as it is now that nobody else can change it
    if clock is None or clock.limit is None:
        return False
    limit = order.limit or clock.limit
    new, provisional = counted_anew(clock, limit)
    as_it_is = (clock.limit, clock.due_at, clock.is_provisional) == (limit, new, provisional)
    if as_it_is or (order.year is not None and (provisional or not _concerned(clock, order.year))):
        return False
    old, clock.due_at, clock.is_provisional = clock.due_at, new, provisional
    clock.n, clock.unit, clock.basis = limit.n, limit.unit.value, str(limit.basis)
    clock.exclude_start_day, clock.roll = limit.exclude_start_day, limit.roll
    if new != old:
        clock.tell_afresh()
    clock.save()
    rows: list[models.Model] = [clock]
    if clock.is_main and new != old:
        dispute.due_at = new
        dispute.save(update_fields=["due_at"])
        rows.append(dispute)
    facts: dict[str, Any] = {
        "clock_id": clock.pk, "state": clock.state, "ordered_by": order.ordered_by, "reason": order.reason,
    }  # fmt: skip
    told = (
        LimitSettled(**facts, due=as_read(new))
        if new == old
        else LimitRecounted(**facts, old=as_read(old), new=as_read(new))
    )
    book.append("dispute", dispute.pk, told, by=SYSTEM, rows=rows)
    return True


def _concerned(clock: Clock, year: int) -> bool:
    return clock.is_provisional or clock.due_at.astimezone(CLOCK).date() >= date(year - 1, 12, 1)
