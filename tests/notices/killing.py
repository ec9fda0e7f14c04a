"""Workers to be killed: started by test_killed.py as a program of its own, with a database and a gateway of its own.

It is told on its standard input what to do: `write N` (so many messages), `kill SECONDS` (let a worker run and kill it after
so long, without a chance to tidy up), `finish` (let one run to the end), `count` (how the messages stand). A worker is a
fork of this program that runs the real command, so that two hundred of them cost little.
"""

import json
import os
import signal
import sys
import time
from collections import Counter

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone


def main() -> None:
    django.setup()
    settings.SMS_PORT = json.loads(os.environ["GATEWAY"])
    settings.MESSAGE_LEASE_SECONDS = 0  # the one before is dead: nobody else has it in hand
    for line in sys.stdin:
        word, _blank, number = line.strip().partition(" ")
        answer = {"write": write, "kill": kill, "finish": finish, "count": count}[word](*([number] if number else []))
        print("done", json.dumps(answer), flush=True)


def write(number: str) -> None:
    from fengqiao.ledger.models import Entry
    from fengqiao.notices.models import Message, MessageRules
    from tests.world import a_registered_dispute

    MessageRules.objects.get_or_create(defaults={"quiet_from": "00:00", "quiet_until": "00:00"})
    dispute = a_registered_dispute()
    entry = Entry.objects.get(subject="dispute", subject_id=dispute.pk, seq=1)
    Message.objects.bulk_create(
        Message(
            entry=entry, dispute=dispute, party=dispute.applicants[0], channel="sms", occasion=f"o{n}", role="party",
            version="1", words=f"第{n}条", next_at=timezone.now(),
        )
        for n in range(int(number))
    )  # fmt: skip


def kill(seconds: str) -> bool:
    """Whether it was alive until then."""
    worker = _worker("worker")
    time.sleep(float(seconds))  # the moment is what is tried; nothing is waited for
    os.kill(worker, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(worker, 0)[1])


def finish() -> int:
    return os.waitpid(_worker("worker", once=True), 0)[1]


def count() -> dict[str, dict[str, int]]:
    from fengqiao.notices.models import Attempt, Message

    states = Counter(Message.objects.values_list("state", flat=True))
    outcomes = Counter(Attempt.objects.values_list("outcome", flat=True))
    connection.close()
    return {"states": states, "outcomes": outcomes}


def _worker(name: str, **options: object) -> int:
    """The process id of a worker for which the minute has come."""
    connection.close()
    if pid := os.fork():
        return pid
    from fengqiao.ledger.models import Job

    failed = 1
    try:
        Job.objects.filter(name="messages").update(next_at=timezone.now())
        call_command(name, **options)
        failed = 0
    finally:
        os._exit(failed)


if __name__ == "__main__":
    main()
