"""The worker: delivers what the ledger owes its listeners, and runs what is due by the clock."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from fengqiao.ledger.schedule import run_due
from fengqiao.ledger.tasks import deliver_together
from fengqiao.reactions import SCHEDULE

PAUSE = 0.5  # seconds between looks when nothing is owed


class Command(BaseCommand):
    help = "Deliver notices and run scheduled jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: stop.set())
        while not stop.is_set():
            run_due(SCHEDULE)
            deliver_together(get_random_string(32))
            _Batch().run()
            if once:
                return
            stop.wait(PAUSE)


class _Batch(Worker):
    """The library's worker, for as long as there is something to do."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
