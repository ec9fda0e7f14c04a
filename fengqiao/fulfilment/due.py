"""The dates of what is owed: the main clock runs to the next of them, and a missed one is noted once."""

from datetime import date, datetime, time, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes import clocks
from fengqiao.disputes.commands import note
from fengqiao.disputes.events import ObligationMissed
from fengqiao.disputes.lifecycle import STAGES, State
from fengqiao.disputes.models import Clock, Dispute, Obligation, ObligationState
from fengqiao.people.models import SYSTEM

from .models import Miss

KEY = "perform"


def mark_missed(now: datetime | None = None) -> int:
    """Note every obligation whose last day has gone by without being met, each once. Returns how many were noted.

    Safe to run as often and as widely as one likes; the scheduler runs it daily.
    """
    today = timezone.localdate(now)
    late = Obligation.objects.filter(state=ObligationState.DUE, due_on__lt=today, miss=None).order_by("due_on", "pk")
    return sum(_note_missed(pk, dispute_id, now) for pk, dispute_id in list(late.values_list("pk", "dispute_id")))


def run_to_next(dispute: Dispute, now: datetime, *, state: State | None = None) -> list[models.Model]:
    """Let the main clock run to the next date on which something is owed. Returns the rows it touched.

    Nothing is touched where the stage is not one of performing (`state`: the stage that is about to begin), where
    nothing is owed, or where only missed dates are left: then the clock stays at the one it has run past. The caller
    saves the dispute and appends the rows.
    """
    state = state or State(dispute.state)
    if STAGES[state].limit != KEY:
        return []
    owed = list(dispute.obligations.filter(state=ObligationState.DUE).order_by("due_on", "n"))
    today, running = timezone.localdate(now), dispute.main_clock
    following = next((one for one in owed if one.due_on >= today), None)
    if following is None and running and running.key == KEY:
        return []
    following = following or next(iter(owed), None)
    if following is None:
        return []
    return run_to(dispute, following.due_on, _basis(following), now, state=state)


def run_to(
    dispute: Dispute, last_day: date, basis: str, now: datetime, *, state: State | None = None
) -> list[models.Model]:
    """Let the main clock run until the end of this day. Returns the rows it touched; none if it runs so already."""
    due, running = end_of(last_day), dispute.main_clock
    if running and running.key == KEY and running.due_at == due:
        return []
    rows = clocks.run_until(dispute, KEY, due, basis, now)
    for clock in rows:
        if state and isinstance(clock, Clock) and clock.stopped_at is None and clock.state != state:
            clock.state = state  # the clock of the stage that begins, not of the one that ends
            clock.save(update_fields=["state"])
    return rows


def end_of(day: date) -> datetime:
    """The midnight after the last day that is still in time (民法典 203)."""
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())


def _basis(obligation: Obligation) -> str:
    due = obligation.due_on
    words = {"n": obligation.n, "y": due.year, "m": due.month, "d": due.day}
    return _("协议第 %(n)d 项：%(y)d年%(m)d月%(d)d日前履行。") % words


@transaction.atomic
def _note_missed(pk: int, dispute_id: int, now: datetime | None) -> bool:
    now = now or timezone.now()
    dispute = Dispute.objects.lock(dispute_id)
    obligation = Obligation.objects.get(pk=pk)
    if obligation.state != ObligationState.DUE or Miss.objects.filter(obligation=obligation).exists():
        return False  # met meanwhile, or another worker was first
    miss = Miss.objects.create(obligation=obligation, due_on=obligation.due_on, noted_at=now)
    rows: list[models.Model] = [miss, *run_to_next(dispute, now)]
    dispute.save(update_fields=["due_at"])
    event = ObligationMissed(obligation_id=pk, n=obligation.n, due=obligation.due_on.isoformat())
    note(dispute, event, by=SYSTEM, rows=[dispute, *rows])
    return True
