"""Patience with wrong tries, and its end: one account name, one second factor or one address at a time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fengqiao.kernel.secrets import blind_index

from .models import Guard

ACCOUNT, FACTOR, ADDRESS = "account", "factor", "address"


def admit(kind: str, subject: str) -> bool:
    """Count a try before it is judged; false while it is shut. Counting first leaves no room to try many at once."""
    with transaction.atomic():
        guard = _held(kind, subject)
        now = timezone.now()
        if guard.locked_until and guard.locked_until > now:
            return False
        if guard.locked_until or guard.since < now - _span():
            guard.failures, guard.since, guard.locked_until = 0, now, None
        guard.failures += 1
        if guard.failures >= _most(kind):
            guard.locked_until = now + _span()
        guard.save()
    return True


def is_locked(kind: str, subject: str) -> bool:
    """Whether it is shut at this moment; asks, and counts nothing."""
    return locked_until(kind, subject) is not None


def locked_until(kind: str, subject: str) -> datetime | None:
    """Until when it is shut, or None."""
    found = Guard.objects.filter(kind=kind, index=index_of(kind, subject), locked_until__gt=timezone.now())
    return found.values_list("locked_until", flat=True).first()


def clear(kind: str, subject: str) -> bool:
    """Forget what was counted: the right one came, or a security administrator opened it. True if it was shut."""
    was_shut = is_locked(kind, subject)
    Guard.objects.filter(kind=kind, index=index_of(kind, subject)).delete()
    return was_shut


def index_of(kind: str, subject: str) -> str:
    return blind_index(subject, f"guard {kind}")


def forget_expired() -> int:
    """Drop what no longer counts: attackers' guesses of names would fill the table. Returns how many went."""
    return Guard.objects.filter(since__lt=timezone.now() - 2 * _span()).delete()[0]


def _held(kind: str, subject: str) -> Guard:
    index = index_of(kind, subject)
    Guard.objects.get_or_create(kind=kind, index=index)
    return Guard.objects.select_for_update().get(kind=kind, index=index)


def _most(kind: str) -> int:
    return settings.LOCK_AFTER_ADDRESS if kind == ADDRESS else settings.LOCK_AFTER


def _span() -> timedelta:
    return timedelta(minutes=settings.LOCK_MINUTES)
