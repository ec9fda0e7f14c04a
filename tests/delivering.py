"""What the worker does with the queue, in a test's own transaction: in the order of the entries, also where the clock stands."""

from collections.abc import Iterator

from django_tasks_db.models import DBTaskResult

from fengqiao.ledger.tasks import deliver


def owed() -> Iterator[DBTaskResult]:
    """The deliveries that are owed, the oldest entry's first."""
    yield from sorted(DBTaskResult.objects.ready(), key=lambda one: one.args_kwargs["args"])


def work() -> None:
    """Deliver all of them, once."""
    for one in owed():
        deliver.call(*one.args_kwargs["args"])
        one.delete()
