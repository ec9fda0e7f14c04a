"""Whatever a worker was telling of a limit when it was killed: no step is lost, and nobody hears of one twice.

With real workers, real kills and a database of their own. FENGQIAO_KILLS says how many (docs/messages.md).
"""

import os
import random
from pathlib import Path

from tests.programs import a_program

KILLS = int(os.environ.get("FENGQIAO_KILLS", "3"))
DISPUTES = 6  # registered before each series of steps
STEPS = ["clock.warned", "clock.missed", "clock.still_missed 24", "clock.still_missed 48", "clock.still_missed 72"]


def test_a_worker_that_is_killed_among_escalations_loses_none_and_tells_none_twice(tmp_path: Path):
    dice, series, in_the_middle = random.Random(2026), 0, 0
    with a_program("tests.disputes.killing", tmp_path / "home") as say:
        for n in range(KILLS):
            if n % len(STEPS) == 0:
                say(f"write {DISPUTES}")
                series += 1
            say("later")
            before, _none = say("progress")
            assert say(f"kill {0.03 + dice.random() * 0.5}")
            told, left = say("progress")
            in_the_middle += before < told and (left > 0 or told - before < DISPUTES)
            say("wait")
            say("finish")
        _told, left = say("progress")
        found = say("count")
    unfinished = KILLS % len(STEPS)
    whole = DISPUTES * (series - bool(unfinished))
    expected = {" ".join(STEPS): whole, " ".join(STEPS[:unfinished]): DISPUTES if unfinished else 0}
    assert found["told"] == {steps: n for steps, n in expected.items() if n}, "each step once, in order"
    assert left == 0, "nothing is left undelivered"
    print(f"{KILLS} kills, {in_the_middle} of them among the telling: {found}")
    each = {kind: sum(n * steps.split().count(kind) for steps, n in found["told"].items()) for kind in found["notices"]}
    to = {"clock.warned": 1, "clock.missed": 2, "clock.still_missed": 1}
    assert {kind: found["notices"].get(kind, 0) for kind in each} == {kind: n * to[kind] for kind, n in each.items()}
    assert found["lapses"] == each.get("clock.missed", 0), "one candidate for each limit that was missed"
    assert found["wrong"] == 0
