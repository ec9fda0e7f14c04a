"""Which days of this week somebody on the roster still has free: one of their days, and no meeting planned on it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from fengqiao.people.models import RosterEntry

from .models import Session

SUNDAY = 7


def free_this_week(entries: Iterable[RosterEntry]) -> dict[int, list[date]]:
    """By entry, the days from today to Sunday; who is on call may be asked on any. Today counts until their hours end."""
    entries = list(entries)
    now = timezone.localtime()
    today = now.date()
    week = [today + timedelta(days=n) for n in range(SUNDAY - today.isoweekday() + 1)]
    users = [entry.user_id for entry in entries if entry.user_id]
    planned = Session.objects.planned().filter(mediator__in=users, scheduled_at__gte=now - timedelta(days=1))
    taken = {(user, timezone.localdate(at)) for user, at in planned.values_list("mediator_id", "scheduled_at")}

    def free(entry: RosterEntry, day: date) -> bool:
        if (entry.user_id, day) in taken or not (entry.on_call or day.isoweekday() in entry.days):
            return False
        over = day == today and entry.hours_to is not None and now.time() >= entry.hours_to
        return entry.on_call or not over

    return {entry.pk: [day for day in week if free(entry, day)] for entry in entries}
