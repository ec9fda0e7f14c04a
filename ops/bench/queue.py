"""`./run bench queue`: how far promised waiting times are off, on full and on light days, known halls and first days."""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import django

django.setup()

from fengqiao.intake.queue.models import GENERAL  # noqa: E402 - Django must be set up first
from fengqiao.intake.queue.rules import Rules  # noqa: E402
from ops.bench.hall.day import FULL, Day, Matter, Plan, Simulation  # noqa: E402
from ops.bench.hall.paper import PaperHall  # noqa: E402

# As many windows as a hall opens when half, or a third, as many people come: 12 and 8 of 23.
HALF, THIRD = (2, 2, 1, 1, 1, 1, 1, 1, 1, 0), (1, 1, 1, 1, 1, 1, 1, 0, 0, 0)
OFF = (0.75, 1.2, 0.85, 1.3, 1.0)  # how a district's guess of its minutes differs from what comes, subject by subject


@dataclass(frozen=True)
class Row:
    what: str
    plan: Plan
    rules: Rules | None = None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench queue")
    parser.add_argument("--seeds", type=int, default=8, help="days of each row")
    asked = parser.parse_args(arguments)
    head = f"{'':<58}{'days':>5}{'waits':>7}{'mean':>7}{'off':>6}{'error':>8}{'worst':>8}{'kept':>7}"
    print(head, flush=True)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for row in rows():
            days = list(pool.map(partial(_lived, row), range(asked.seeds)))
            print(_line(row, days), flush=True)
    print(
        "  waits: of over 5 minutes, as in docs/queue.md; mean: their mean; off: mean minutes between the middle of the promised\n"
        "  range and what it was; error: off by mean; worst: of one day; kept: called within the promised range"
    )
    return 0


def rows() -> Iterator[Row]:
    """Every day that is asked about; the first is the one of the specification."""
    full, light, lighter = Plan(), Plan(200), Plan(120)
    guessed = Rules(
        minutes={name: round(one.minutes * OFF[n % len(OFF)]) for n, (name, one) in enumerate(FULL.items())}
    )
    yield Row("400 people, 23 windows", full)
    yield Row("400 people, 23 windows, first day, minutes told ±25 %", replace(full, measured=False), guessed)
    yield Row("400 people, 23 windows, first day, nothing told (12 min)", replace(full, measured=False))
    yield Row("300 people, 23 windows", Plan(300))
    yield Row("300 people, 23 windows, all takes 30 % longer today", Plan(300, pace=1.3))
    yield Row("200 people, 12 windows", replace(light, matters=fewer(HALF)))
    yield Row(
        "200 people, 12 windows, first day, minutes told ±25 %",
        replace(light, matters=fewer(HALF), measured=False),
        guessed,
    )
    yield Row("200 people, 23 windows", light)
    yield Row("120 people, 8 windows", replace(lighter, matters=fewer(THIRD)))
    yield Row("120 people, 23 windows", lighter)
    yield Row("400 people, 23 windows, matters all alike (±20 %)", replace(full, uneven=0.2))
    yield Row("200 people, 23 windows, matters all alike (±20 %)", replace(light, uneven=0.2))


def fewer(windows: tuple[int, ...]) -> dict[str, Matter]:
    """The same hall with so many windows; whose own is shut goes to where nobody's matter is known."""
    left = {
        name: replace(one, windows=n)
        for (name, one), n in zip(FULL.items(), windows, strict=True)
        if n or name == GENERAL
    }
    gone = sum(one.share for name, one in FULL.items() if name not in left)
    return left | {GENERAL: replace(left[GENERAL], share=left[GENERAL].share + gone)}


def _lived(row: Row, seed: int) -> Day:
    return Simulation(PaperHall(row.rules), row.plan, seed=seed).run()


def _line(row: Row, days: list[Day]) -> str:
    day = sum(days, Day())
    return (
        f"  {row.what:<56}{len(days):>5}{len(day.long_ones):>7}{day.mean_wait:>7.1f}{day.minutes_off:>6.1f}"
        f"{day.error:>8.1%}{max(one.error for one in days):>8.1%}{day.kept:>7.0%}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
