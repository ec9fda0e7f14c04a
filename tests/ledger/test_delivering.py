"""Deliveries: many in one transaction, each whole or not at all; what a listener breaks off is tried by itself and written down."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from fengqiao.ledger import tasks
from fengqiao.ledger.models import Entry, Job
from tests.world import a_registered_dispute

pytestmark = pytest.mark.django_db
heard: list[int] = []


def listens(entry: Entry) -> None:
    heard.append(entry.pk)


def breaks_off(entry: Entry) -> None:
    Job.objects.create(name="half-way", next_at=entry.at)
    raise ValueError(entry.pk)


@pytest.fixture
def entry(monkeypatch):
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    for handler in (listens, breaks_off):
        tasks.know(handler)
    heard.clear()
    found = Entry.objects.filter(subject="dispute", subject_id=a_registered_dispute().pk).first()
    DBTaskResult.objects.all().delete()
    return found


def states() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_each_listener_hears_once_and_it_is_written_down(entry):
    tasks.owe(entry, [listens, listens, listens])
    assert tasks.deliver_together("one") == 3
    assert tasks.deliver_together("one") == 0
    assert heard == [entry.pk] * 3
    assert states() == ["SUCCESSFUL"] * 3
    done = DBTaskResult.objects.first()
    assert done.worker_ids == ["one"]
    assert done.started_at and done.finished_at


def test_one_that_breaks_off_leaves_nothing_behind_and_stops_nobody(entry):
    tasks.owe(entry, [breaks_off, listens])
    assert tasks.deliver_together("one") == 1
    assert states() == ["READY", "SUCCESSFUL"]
    assert not Job.objects.filter(name="half-way").exists()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, queue_name="*", reload=False, verbosity=0)
    assert states() == ["FAILED", "SUCCESSFUL"]
    assert "ValueError" in DBTaskResult.objects.get(status="FAILED").traceback
    assert tasks.retry() == 1
    assert states() == ["READY", "SUCCESSFUL"]


def test_what_is_owed_beside_a_delivery_costs_no_more_for_many(entry):
    def asked(n: int) -> int:
        tasks.owe(entry, [listens] * n)
        with CaptureQueriesContext(connection) as found:
            tasks.deliver_together("one")
        return len([one for one in found if "SAVEPOINT" not in one["sql"]])

    assert asked(2) == asked(20) <= 5
