"""Deliver what is owed to those who listen. At least once: a listener must bear being told twice."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from .models import Entry

TRIES = 5
LOST_AFTER = timedelta(minutes=10)
TOGETHER = 50  # deliveries of one transaction, at most
PATIENCE = 0.2  # seconds after which it is ended all the same: others wait to write

log = logging.getLogger(__name__)

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


def owe(entry: Entry, handlers: Iterable[Callable[[Entry], None]]) -> None:
    """Owe each of these listeners a delivery of this entry: what `deliver.enqueue` writes, for all of them at once."""
    DBTaskResult.objects.bulk_create(
        DBTaskResult(
            args_kwargs={"args": [entry.pk, name_of(handler)], "kwargs": {}}, task_path=deliver.module_path,
            queue_name=deliver.queue_name, priority=deliver.priority, backend_name=deliver.backend, run_after=get_date_max(),
        )
        for handler in handlers
    )  # fmt: skip


def deliver_together(worker_id: str) -> int:
    """Deliver what is owed, many in one transaction, each whole or not at all. Returns how many were delivered.

    What a listener breaks off stays owed: the library's worker tries it by itself and writes down what went wrong. A
    worker that is killed takes nothing along.
    """
    delivered, broken = 0, set[UUID]()
    try:
        while n := _delivered(worker_id, broken):
            delivered += n
    except OperationalError:  # two workers wait for each other's rows: one by one, neither holds what the other needs
        log.warning("deliveries are made one by one", exc_info=True)
    return delivered


@transaction.atomic
def _delivered(worker_id: str, broken: set[UUID]) -> int:
    ready = DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exclude(pk__in=broken)
    owed = list(ready.select_for_update(skip_locked=True)[:TOGETHER])
    entries = Entry.objects.in_bulk({one.args_kwargs["args"][0] for one in owed})
    began, until = timezone.now(), monotonic() + PATIENCE
    done = []
    for one in owed:
        entry_id, handler = one.args_kwargs["args"]
        try:
            with transaction.atomic():
                _by_name[handler](entries[entry_id])
            done.append(one)
        except OperationalError:
            raise
        except Exception:  # it must not stop the others
            broken.add(one.pk)
        if monotonic() >= until:
            break
    _settle(done, began, worker_id)
    return len(done)


def _settle(done: Sequence[DBTaskResult], began: datetime, worker_id: str) -> None:
    """As the library's worker writes it down."""
    for before in {tuple(one.worker_ids) for one in done}:
        mine = [one.pk for one in done if tuple(one.worker_ids) == before]
        DBTaskResult.objects.filter(pk__in=mine).update(
            status=TaskResultStatus.SUCCESSFUL, started_at=began, finished_at=timezone.now(),
            worker_ids=[*before, worker_id], return_value=None, exception_class_path="", traceback="",
        )  # fmt: skip


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
    if not lost and not failed:
        return 0
    return DBTaskResult.objects.filter(pk__in=[*lost, *failed]).update(
        status=TaskResultStatus.READY, finished_at=None, started_at=None
    )
