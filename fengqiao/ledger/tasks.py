"""Deliver what is owed to those who listen. At least once: a listener must bear being told twice."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .models import Entry

TRIES = 5
LOST_AFTER = timedelta(minutes=10)

_by_name: dict[str, Callable[[Entry], None]] = {}


def name_of(handler: Callable[[Entry], None]) -> str:
    return f"{handler.__module__}.{handler.__name__}"


def know(handler: Callable[[Entry], None]) -> None:
    _by_name[name_of(handler)] = handler


@task()
def deliver(entry_id: int, handler: str) -> None:
    """Tell one listener of one entry, whole or not at all."""
    with transaction.atomic():
        _by_name[handler](Entry.objects.get(pk=entry_id))


def retry() -> int:
    """Put back what failed, up to five tries, and what a killed worker left behind. Returns how many."""
    lost = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LOST_AFTER
    ).values_list("pk", flat=True)
    failed = [
        result.pk
        for result in DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)[:500]
        if len(result.worker_ids) < TRIES
    ]
    return DBTaskResult.objects.filter(pk__in=[*lost, *failed]).update(
        status=TaskResultStatus.READY, finished_at=None, started_at=None
    )
