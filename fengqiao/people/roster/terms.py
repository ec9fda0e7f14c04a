"""Terms that come to an end: who is told 60, 30 and 7 days before. That a term is over nobody writes down, it follows."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM, RosterEntry

from .events import RosterEnding
from .writing import SUBJECT

WARNED_BEFORE = (7, 30, 60)  # days


def warn_ending() -> int:
    """Tell of each term once at every mark. Safe to run often and by several workers. Returns how many were told."""
    today, told = timezone.localdate(), 0
    for n, days in enumerate(WARNED_BEFORE):
        after = today + timedelta(days=WARNED_BEFORE[n - 1]) if n else today - timedelta(days=1)
        ending = RosterEntry.objects.in_force().filter(valid_to__lte=today + timedelta(days=days), valid_to__gt=after)
        not_yet = Q(warned_for=None) | Q(warned_for__gt=days)
        told += sum(_warn(pk, days) for pk in ending.filter(not_yet).values_list("pk", flat=True))
    return told


@transaction.atomic
def _warn(pk: int, days: int) -> bool:
    """The claim: nobody else's UPDATE finds the mark not yet set."""
    not_yet = Q(warned_for=None) | Q(warned_for__gt=days)
    if not RosterEntry.objects.filter(not_yet, pk=pk).update(warned_for=days):
        return False
    entry = RosterEntry.objects.get(pk=pk)
    event = RosterEnding(name=entry.name, until=str(entry.valid_to), days=entry.days_left or 0)
    book.append(SUBJECT, entry.pk, event, by=SYSTEM)
    return True
