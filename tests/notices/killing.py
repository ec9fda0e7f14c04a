"""Workers to be killed while they send: started by test_killed.py as a program of its own (tests/programs.py).

It can be told to `write N` (so many messages), `kill SECONDS` (let a worker run and kill it after so long, without a chance
to tidy up), `finish` (let one run to the end), `count` (how the messages stand).
"""

import json
import os
from collections import Counter

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.programs import listen


def main() -> None:
    settings.SMS_PORT = json.loads(os.environ["GATEWAY"])
    settings.MESSAGE_LEASE_SECONDS = 0  # the one before is dead: nobody else has it in hand
    listen(before=the_minute_comes, write=write, count=count)


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


def count() -> dict[str, dict[str, int]]:
    from fengqiao.notices.models import Attempt, Message

    states = Counter(Message.objects.values_list("state", flat=True))
    outcomes = Counter(Attempt.objects.values_list("outcome", flat=True))
    connection.close()
    return {"states": states, "outcomes": outcomes}


def the_minute_comes() -> None:
    from fengqiao.ledger.models import Job

    Job.objects.filter(name="messages").update(next_at=timezone.now())


if __name__ == "__main__":
    main()
