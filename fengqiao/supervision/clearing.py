"""问题日清零: what was registered or fell due at a body on a day, what of it is cleared, and what is left from before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Clock, Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.people.models import User

from .models import Carried, Clearing, ClearingLine

MOST = 500  # lines of one day; more are not one body's day


@dataclass(frozen=True)
class Line:
    """One dispute on the page of a day."""

    dispute: Dispute
    why: Carried
    since: date
    is_cleared: bool
    clock: Clock | None = None


def day_of(body: Body, day: date, reader: User) -> list[Line]:
    """The lines of a day as they stand now, each dispute and clock once: what is left from before, due, registered."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    end = begin + timedelta(days=1)
    seen = Dispute.objects.visible_to(reader).filter(Q(body=body) | Q(first_body=body))
    left = _left_before(body, day, seen)
    known = {(line.dispute.pk, line.clock.pk if line.clock else None) for line in left}
    clocks = Clock.objects.filter(
        seen.holding("dispute"), body=body, is_main=True, due_at__gt=begin, due_at__lte=end
    ).select_related("dispute__body")
    due = [
        Line(one.dispute, Carried.DUE, day, one.stopped_at is not None, one) for one in clocks.order_by("due_at")[:MOST]
    ]
    registered = seen.filter(first_body=body, registered_at__gte=begin, registered_at__lt=end).select_related("body")
    new = [Line(one, Carried.REGISTERED, day, _moved_on(one)) for one in registered.order_by("pk")[:MOST]]
    found = [line for line in [*due, *new] if (line.dispute.pk, line.clock.pk if line.clock else None) not in known]
    return [*left, *found]


def cleared(lines: Iterable[Line]) -> int:
    return sum(line.is_cleared for line in lines)


def _left_before(body: Body, day: date, seen: DisputeQuerySet) -> list[Line]:
    last = Clearing.objects.filter(body=body, day__lt=day).order_by("-day").first()
    if last is None:
        return []
    rows = ClearingLine.objects.filter(seen.holding("dispute"), clearing=last, is_cleared=False)
    rows = rows.select_related("dispute__body", "clock").order_by("since", "pk")[:MOST]
    return [Line(row.dispute, Carried.LEFT, row.since, _is_cleared(row), row.clock) for row in rows]


def _is_cleared(row: ClearingLine) -> bool:
    return row.clock.stopped_at is not None if row.clock else _moved_on(row.dispute)


def _moved_on(dispute: Dispute) -> bool:
    """Somebody has decided what becomes of it: accepted, sent on, turned away."""
    return dispute.state != State.REGISTERED
