"""Workers to be killed while they tell of limits: started by test_killed.py as a program of its own (tests/programs.py).

It can be told to `write N` (so many disputes are registered), `later` (the day on which the next step of each limit is
told has come, and its time is given), `kill SECONDS`, `finish`, `progress` (how many
steps were told of so far, how much is not delivered), `count` (what was told of each limit, to how many, how often).
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import connection

from tests.programs import listen

BEGAN = datetime(2025, 3, 3, 1, tzinfo=UTC)
A_STEP = timedelta(hours=25)
# Long enough that what a killed worker had in hand counts as lost (ledger.tasks.LOST_AFTER).
A_WHILE = timedelta(minutes=11)


class Clock:
    now = BEGAN


def main() -> None:
    listen(before=travel, write=write, later=later, wait=wait, progress=progress, count=count)


def travel() -> None:
    time_machine.travel(Clock.now, tick=True).start()


def later() -> None:
    Clock.now += A_STEP


def wait() -> None:
    Clock.now += A_WHILE


def write(number: str) -> None:
    from fengqiao.disputes.models import WarningStep
    from fengqiao.disputes.warning_steps import Told
    from fengqiao.people.models import Role
    from tests.world import a_registered_dispute, a_town_branch, a_user, the_center

    with time_machine.travel(Clock.now, tick=True):
        if not WarningStep.objects.exists():
            for body in (a_town_branch(), the_center()):
                a_user(body, Role.MANAGER)
            for when, hours, times, to in (
                ("before", 24, 1, [Told.HANDLER]), ("at", 0, 1, [Told.HANDLER, Told.SUPERIOR]), ("after", 24, 3, [Told.SUPERIOR]),
            ):  # fmt: skip
                WarningStep.objects.create(limit="respond", when=when, hours=hours, times=times, to=to)
        for _n in range(int(number)):
            a_registered_dispute(body=a_town_branch())
    connection.close()


def progress() -> tuple[int, int]:
    from django_tasks_db.models import DBTaskResult

    from fengqiao.ledger.models import Entry

    told = Entry.objects.filter(kind__startswith="clock.").count()
    left = DBTaskResult.objects.exclude(status="SUCCESSFUL").count()
    connection.close()
    return told, left


def count() -> dict[str, object]:
    from fengqiao.ledger.models import Entry
    from fengqiao.ledger.verify import verify
    from fengqiao.notices.models import Notice
    from fengqiao.supervision.models import Lapse

    told: dict[int, list[str]] = {}
    for pk, kind, payload in Entry.objects.filter(kind__startswith="clock.").values_list(
        "subject_id", "kind", "payload"
    ):
        told.setdefault(pk, []).append(f"{kind} {payload.get('hours', '')}".strip())
    notices = Counter(Notice.objects.values_list("entry__kind", flat=True))
    found = {
        "told": Counter(" ".join(steps) for steps in told.values()), "notices": notices, "lapses": Lapse.objects.count(),
        "wrong": len(list(verify())),
    }  # fmt: skip
    connection.close()
    return found


if __name__ == "__main__":
    main()
