"""Whatever a worker was doing when it was killed: nothing is lost and nobody's telephone rings twice.

With real workers, real kills, a real gateway and a database of their own. FENGQIAO_KILLS says how many (docs/messages.md).
"""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notices.gateway import Gateway, serving
from tests.programs import Say, a_program

KILLS = int(os.environ.get("FENGQIAO_KILLS", "6"))
MESSAGES = 10  # that each worker finds


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with serving(Gateway()) as found:
        found.slowness = 0.004
        yield found


@pytest.fixture
def say(tmp_path: Path, gateway: Gateway) -> Iterator[Say]:
    with a_program("tests.notices.killing", tmp_path / "home", GATEWAY=json.dumps(gateway.port)) as said:
        yield said


def test_a_worker_that_is_killed_loses_nothing_and_sends_nothing_twice(say: Say, gateway: Gateway):
    dice, in_the_middle = random.Random(2026), 0
    for _n in range(KILLS):
        say(f"write {MESSAGES}")
        before = sum(gateway.posts.values())
        assert say(f"kill {0.03 + dice.random() * 0.3}")
        in_the_middle += sum(gateway.posts.values()) - before > 0
    for _n in range(20):
        say("finish")
        found = say("count")
        if set(found["states"]) <= {"sent"}:
            break
    total = MESSAGES * KILLS
    assert found["states"] == {"sent": total}, "nothing is lost"
    assert len(gateway.effects) == total
    assert set(gateway.effects.values()) == {1}, "nothing is sent twice"
    print(
        f"{KILLS} kills, {in_the_middle} of them while messages went out; {total} messages, {sum(gateway.posts.values())}"
        f" handed over, {sum(gateway.asked.values())} asked about; attempts: {found['outcomes']}"
    )
