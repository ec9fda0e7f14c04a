"""How long until a ticket is called: the hall is played forward, many times, with what is known. No database here.

Every open window with somebody at it takes, as soon as it is free, the next ticket that it may take. A matter lasts as
matters of its subject have lasted of late, drawn anew in each run; one under way lasts on as those that had lasted as
long as it has. The spread of the runs is the range that people are told. The same hall gives the same answer.
"""

import heapq
import math
import random
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

RUNS = 24
FEWER_RUNS = 12  # where many lines are asked about at once
MORE_RUNS = 60  # where one ticket is asked about
WITHIN = 0.15  # so much of the runs may lie below the range, and as much above it
LEAST_WIDTH = 0.12  # of the time itself: nobody knows the day's mood
WIDE, ROUND = 10, 5  # a range of ten minutes and more is told in fives
NORMAL = NormalDist()


@dataclass(frozen=True)
class Pace:
    """How long matters of one subject take: mean and standard deviation, in minutes; log-normal."""

    mean: float
    deviation: float

    @cached_property
    def shape(self) -> tuple[float, float]:
        """Mean and deviation of the logarithm."""
        variance = math.log(1 + (max(self.deviation, 0.01) / max(self.mean, 0.1)) ** 2)
        return math.log(max(self.mean, 0.1)) - variance / 2, math.sqrt(variance)

    def drawn(self, chance: random.Random) -> float:
        return chance.lognormvariate(*self.shape)

    def left(self, gone: float, chance: random.Random) -> float:
        """Minutes that a matter still takes after `gone`: drawn among those that last longer."""
        mu, sigma = self.shape
        below = NORMAL.cdf((math.log(gone) - mu) / sigma) if gone > 0 else 0.0
        share = below + (1 - below) * chance.random()
        if share >= 1 - 1e-9:  # far beyond anything seen: it should end any moment, and yet has not
            return self.mean / 4
        return max(math.exp(mu + sigma * NORMAL.inv_cdf(max(share, 1e-9))) - gone, 0.0)


@dataclass(frozen=True)
class Counter:
    """An open window with somebody at it. `takes`: the lines that it may call now; `at` and `gone`: what it has in hand."""

    window: int
    takes: frozenset[int]
    at: Pace | None = None
    gone: float = 0.0  # minutes


@dataclass(frozen=True)
class Waiting:
    """A ticket in line, in order. `wanted`: the one window it was sent to."""

    ticket: int
    line: int
    wanted: int | None = None


@dataclass(frozen=True)
class Estimate:
    """Whole minutes from now until the call, at least and at most; `ahead` is how many are called before by the same windows."""

    ahead: int
    low: int | None = None
    high: int | None = None

    @property
    def is_known(self) -> bool:
        return self.high is not None


def plan(
    counters: Sequence[Counter], waiting: Sequence[Waiting], paces: Mapping[int, Pace], *, runs: int = RUNS
) -> dict[int, Estimate]:
    """The estimate of each waiting ticket. Without an open window that takes it, none is known."""
    starts: dict[int, list[float]] = {one.ticket: [] for one in waiting}
    for run in range(runs):
        for ticket, at in _played(counters, waiting, paces, random.Random(run)):  # noqa: S311 (no secret hangs on it)
            starts[ticket].append(at)
    return {one.ticket: _estimate(n, waiting, counters, sorted(starts[one.ticket])) for n, one in enumerate(waiting)}


def plan_for(
    ticket: int,
    counters: Sequence[Counter],
    waiting: Sequence[Waiting],
    paces: Mapping[int, Pace],
    *,
    runs: int = MORE_RUNS,
) -> Estimate:
    """The estimate of one waiting ticket; quicker than everybody's, so it is played more often."""
    place = next(n for n, one in enumerate(waiting) if one.ticket == ticket)
    counters, waiting = _that_matter(waiting[place], counters, waiting)
    starts = []
    for run in range(runs if counters else 0):
        played = _played(counters, waiting, paces, random.Random(run))  # noqa: S311 (no secret hangs on it)
        starts.append(next(at for one, at in played if one == ticket))
    place = next(n for n, one in enumerate(waiting) if one.ticket == ticket)
    return _estimate(place, waiting, counters, sorted(starts))


def may_take(counter: Counter, one: Waiting) -> bool:
    return one.wanted == counter.window if one.wanted is not None else one.line in counter.takes


def _played(
    counters: Sequence[Counter], waiting: Sequence[Waiting], paces: Mapping[int, Pace], chance: random.Random
) -> Iterable[tuple[int, float]]:
    """Each ticket with the minute at which it is called, once through."""
    queues: dict[tuple[str, int], deque[tuple[int, Waiting]]] = {}
    for n, one in enumerate(waiting):
        key = ("window", one.wanted) if one.wanted is not None else ("line", one.line)
        queues.setdefault(key, deque()).append((n, one))
    own = [_queues_of(counter, queues) for counter in counters]
    free = [(one.at.left(one.gone, chance) if one.at else 0.0, n) for n, one in enumerate(counters)]
    heapq.heapify(free)
    while free:
        at, n = heapq.heappop(free)
        waits = [queue for queue in own[n] if queue]
        if not waits:
            continue  # nothing of what waits is for this window
        _n, one = min(waits, key=lambda queue: queue[0][0]).popleft()
        yield one.ticket, at
        heapq.heappush(free, (at + paces[one.line].drawn(chance), n))


def _that_matter(
    one: Waiting, counters: Sequence[Counter], waiting: Sequence[Waiting]
) -> tuple[list[Counter], list[Waiting]]:
    """The windows that may call this ticket, whoever they may call before it, the windows that may call those, and so on."""
    kinds = {(other.line, other.wanted): other for other in waiting}
    reached, windows = {(one.line, one.wanted)}, set[int]()
    while more := [
        counter for counter in counters
        if counter.window not in windows and any(may_take(counter, kinds[kind]) for kind in reached)
    ]:  # fmt: skip
        windows |= {counter.window for counter in more}
        reached |= {kind for kind, other in kinds.items() if any(may_take(counter, other) for counter in more)}
    return (
        [counter for counter in counters if counter.window in windows],
        [other for other in waiting if (other.line, other.wanted) in reached],
    )


def _queues_of(counter: Counter, queues: Mapping) -> list[deque]:
    keys = [("window", counter.window), *(("line", line) for line in sorted(counter.takes))]
    return [queues[key] for key in keys if key in queues]


def _estimate(n: int, waiting: Sequence[Waiting], counters: Sequence[Counter], starts: Sequence[float]) -> Estimate:
    one = waiting[n]
    mine = [counter for counter in counters if may_take(counter, one)]
    if not mine:
        return Estimate(sum(1 for other in waiting[:n] if other.line == one.line))
    ahead = sum(1 for other in waiting[:n] if any(may_take(counter, other) for counter in mine))
    edge = int(len(starts) * WITHIN)
    middle = sum(starts) / len(starts)
    width = min(max((starts[-1 - edge] - starts[edge]) / 2, LEAST_WIDTH * middle), middle)
    return Estimate(ahead, *_told(middle - width, middle + width))


def _told(low: float, high: float) -> tuple[int, int]:
    """Whole minutes; a wide range in fives, because more would be said than is known."""
    if high - low < WIDE:
        return math.floor(low), math.ceil(high)
    return ROUND * round(low / ROUND), ROUND * round(high / ROUND)
