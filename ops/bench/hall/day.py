"""A day in a hall, minute by minute: who comes when, how long it takes, what they were told and what they then waited.

400 people over eight hours with a rush in the morning and one after lunch, 23 windows, log-normal matters.
"""

import heapq
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from fengqiao.bodies.models import Window, WindowKind
from fengqiao.intake.queue.models import GENERAL, Priority, Ticket

OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
UNEVEN = 0.5  # standard deviation of a matter's length as a part of its mean
WALK = 0.6  # minutes from the call until somebody sits, on average
RUSH = ((60, 0.10), (150, 0.33), (240, 0.14), (300, 0.06), (390, 0.26), (480, 0.11))  # until minute, share of visitors
PRIORITIES = (Priority.ELDER, Priority.PREGNANT, Priority.DISABLED, Priority.CHILD)


@dataclass(frozen=True)
class Matter:
    """One subject: its windows, how many minutes it really takes on average, its share of the visitors."""

    windows: int
    minutes: float
    share: float


FULL = {
    "劳动": Matter(4, 26, 0.170), "物业邻里": Matter(3, 22, 0.150), "婚姻家事": Matter(3, 32, 0.105),
    "交通": Matter(2, 20, 0.112), "消费": Matter(2, 15, 0.148), "信访": Matter(2, 28, 0.080), "法律咨询": Matter(2, 18, 0.122),
    "征地": Matter(1, 30, 0.036), "医疗": Matter(1, 35, 0.030), GENERAL: Matter(2, 16, 0.047),
}  # fmt: skip


class Hall(Protocol):
    """Where the day is lived: the database with the real commands, or paper with the same rules."""

    def clock(self, at: datetime) -> None: ...

    def window(self, *subjects: str, kind: str) -> Window: ...

    def remembers(self, subject: str, minutes: float, squares: float) -> None: ...

    def take(self, subject: str, *, priority: str) -> Ticket: ...

    def call_next(self, window: Window) -> Ticket | None: ...

    def in_hand(self, window: Window) -> Ticket | None: ...

    def serve(self, window: Window) -> None: ...

    def finish(self, window: Window) -> None: ...

    def miss(self, window: Window) -> None: ...

    def shut(self, window: Window) -> None: ...

    def reopen(self, window: Window) -> None: ...


@dataclass
class Day:
    """What came of it. Waits are in minutes, of those who were called: promised low, promised high, and what it was."""

    waits: list[tuple[float, float, float]] = field(default_factory=list)
    unknown: int = 0

    @property
    def long_ones(self) -> list[tuple[float, float, float]]:
        return [one for one in self.waits if one[2] > 5]

    @property
    def minutes_off(self) -> float:
        """Mean of |middle of the promised range − actual|, of all who waited over 5 minutes."""
        return sum(abs((low + high) / 2 - actual) for low, high, actual in self.long_ones) / (len(self.long_ones) or 1)

    @property
    def mean_wait(self) -> float:
        return sum(actual for *_range, actual in self.long_ones) / (len(self.long_ones) or 1)

    @property
    def error(self) -> float:
        """Mean of |middle of the promised range − actual| over the mean of the actual, of all who waited over 5 minutes."""
        return self.minutes_off / self.mean_wait if self.long_ones else 0.0

    @property
    def kept(self) -> float:
        """How many of those promises held: the call came within the range."""
        return sum(low <= actual <= high for low, high, actual in self.long_ones) / (len(self.long_ones) or 1)

    def __add__(self, other: "Day") -> "Day":
        return Day(self.waits + other.waits, self.unknown + other.unknown)


@dataclass(frozen=True)
class Plan:
    """Which day it is. `measured`: the hall has been at work before and knows its matters; else it only has what is configured.

    `pace`: how long matters take today beside the usual. `meeting`: one window is shut for an hour, unannounced.
    """

    visitors: int = 400
    matters: Mapping[str, Matter] = field(default_factory=lambda: FULL)
    measured: bool = True
    pace: float = 1.0
    meeting: bool = True
    uneven: float = UNEVEN


class Simulation:
    def __init__(self, hall: Hall, plan: Plan, *, seed: int) -> None:
        self.hall, self.plan = hall, plan
        self.chance = random.Random(seed)  # noqa: S311 - the same day every time
        self.windows: dict[str, list[Window]] = {}
        self.events: list[tuple[float, int, str, Window | None, int | None]] = []
        self.serial = 0
        self.at = 0.0  # minutes since the doors opened
        self.idle: set[int] = set()
        self.shut: set[int] = set()
        self.calls: dict[int, tuple[int, int]] = {}  # window → its last call, whose
        self.tickets: dict[int, Ticket] = {}
        self.lengths: dict[int, float] = {}
        self.waited: dict[int, float] = {}
        self._set_up()
        for at in self._arrivals():
            self._later(at, "comes")

    def run(self) -> Day:
        """Until the last one has been served."""
        while self.events:
            self.at, _serial, what, window, ticket = heapq.heappop(self.events)
            self.hall.clock(OPENS + timedelta(minutes=self.at))
            if ticket is None or (window and self._has(window, ticket)):
                getattr(self, f"_{what}")(*([window] if window else []))
        day = Day()
        for pk, actual in self.waited.items():
            low, high = self.tickets[pk].promised_low, self.tickets[pk].promised_high
            if low is None or high is None:
                day.unknown += 1
            else:
                day.waits.append((low, high, actual))
        return day

    def _set_up(self) -> None:
        self.hall.clock(OPENS - timedelta(minutes=5))
        for subject, matter in self.plan.matters.items():
            kind = WindowKind.SPECIALIST if subject else WindowKind.GENERAL
            named = [subject] if subject else []
            self.windows[subject] = [self.hall.window(*named, kind=kind) for _ in range(matter.windows)]
            if self.plan.measured:
                mean = matter.minutes + WALK
                self.hall.remembers(subject, mean, mean**2 + (self.plan.uneven * matter.minutes) ** 2)
        if GENERAL in self.windows:
            self.windows[GENERAL].append(self.hall.window(kind=WindowKind.FALLBACK))
        self.idle = {one.pk for ones in self.windows.values() for one in ones}
        if self.plan.meeting:
            first = next(iter(self.windows.values()))[0]
            self._later(200, "shuts", first)
            self._later(260, "reopens", first)

    def _arrivals(self) -> list[float]:
        found, before = [], 0
        for until, share in RUSH:
            found += [self.chance.uniform(before, until) for _ in range(round(self.plan.visitors * share))]
            before = until
        return found

    def _later(self, at: float, what: str, window: Window | None = None, ticket: int | None = None) -> None:
        """`ticket`: only if the window then still has that very call in hand."""
        self.serial += 1
        heapq.heappush(self.events, (at, self.serial, what, window, ticket))

    def _has(self, window: Window, call: int) -> bool:
        there = self.hall.in_hand(window)
        return there is not None and self.calls.get(window.pk) == (call, there.pk)

    def _comes(self) -> None:
        matters = self.plan.matters
        subject = self.chance.choices(list(matters), [one.share for one in matters.values()])[0]
        priority = self.chance.choice(PRIORITIES) if self.chance.random() < 0.08 else ""
        ticket = self.hall.take(subject, priority=priority)
        self.tickets[ticket.pk] = ticket
        self.lengths[ticket.pk] = self._length(matters[subject].minutes * self.plan.pace)
        free = next((window for window in self.windows[subject] if window.pk in self.idle), None)
        if free:
            self._calls(free)

    def _length(self, mean: float) -> float:
        variance = math.log(1 + self.plan.uneven**2)
        return self.chance.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))

    def _calls(self, window: Window) -> None:
        self.idle.discard(window.pk)
        ticket = self.hall.call_next(window)
        if ticket is None:
            self.idle.add(window.pk)
            return
        self.waited.setdefault(
            ticket.pk, (OPENS + timedelta(minutes=self.at) - ticket.arrived_at) / timedelta(minutes=1)
        )
        self.serial += 1
        call = self.serial
        self.calls[window.pk] = (call, ticket.pk)
        if self.chance.random() < 0.02:  # not there
            self._later(self.at + 2, "misses", window, call)
            return
        walk = self.chance.uniform(0.2, 2 * WALK - 0.2)
        self._later(self.at + walk, "begins", window, call)
        self._later(self.at + walk + self.lengths[ticket.pk], "ends", window, call)

    def _begins(self, window: Window) -> None:
        self.hall.serve(window)

    def _ends(self, window: Window) -> None:
        self.hall.finish(window)
        self._later(self.at + self.chance.uniform(0.1, 0.6), "returns", window)

    def _returns(self, window: Window) -> None:
        if window.pk not in self.shut:
            self._calls(window)

    def _misses(self, window: Window) -> None:
        self.hall.miss(window)
        self._calls(window)

    def _shuts(self, window: Window) -> None:
        self.hall.shut(window)
        self.shut.add(window.pk)
        self.idle.discard(window.pk)

    def _reopens(self, window: Window) -> None:
        self.hall.reopen(window)
        self.shut.discard(window.pk)
        self._calls(window)
