"""The worker's rounds inside the one process of the demonstration, so that what follows from an act bears its day."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult


class Rounds:
    """One round at a time, whenever the story says so."""

    def deliver(self) -> None:
        """Tell those who should hear of what has just been done."""
        if DBTaskResult.objects.ready().exists():
            _called("db_worker", batch=True, interval=0, startup_delay=False, queue_name="*", reload=False, verbosity=0)

    def by_clock(self) -> None:
        """Run what is due by the clock, and deliver what comes of it."""
        _called("worker", once=True)


@contextmanager
def connection_kept() -> Iterator[None]:
    """The worker gives its connection back after every round; for SQLite that would write the whole log to disk each time."""
    if connection.vendor != "sqlite":
        yield
        return
    settings, age = connection.settings_dict, connection.settings_dict["CONN_MAX_AGE"]
    settings["CONN_MAX_AGE"], connection.close_at = None, None
    try:
        yield
    finally:
        settings["CONN_MAX_AGE"] = age


def _called(name: str, **options: Any) -> None:
    """A worker sets signal handlers of its own; they are put back, so that Ctrl-C ends the demonstration.

    What comes while it works waits until then, or it would end the round and nothing else.
    """
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGQUIT]
    kept = {number: signal.getsignal(number) for number in numbers}
    held = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        call_command(name, **options)
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
