"""A day in a hall, lived minute by minute with the real commands: who comes when, how long it takes, what they were told.

400 people over eight hours with a rush in the morning and one after lunch, 23 windows, log-normal matters.
"""

import heapq
import math
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from fengqiao.bodies.models import Window, WindowKind
from fengqiao.intake.queue.calling import call_next, finish, miss, serve
from fengqiao.intake.queue.closing import close_window, open_and_sit
from fengqiao.intake.queue.models import GENERAL, Line, Priority, Ticket
from tests.intake.queue.hall import AHall

OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LASTS = 480  # minutes
# subject: windows, mean minutes, how much of the day's visitors (the rest of a window's time is its own)
HALL = {
    "劳动": (4, 26, 0.170), "物业邻里": (3, 22, 0.150), "婚姻家事": (3, 32, 0.105), "交通": (2, 20, 0.112),
    "消费": (2, 15, 0.148), "信访": (2, 28, 0.080), "法律咨询": (2, 18, 0.122), "征地": (1, 30, 0.036), "医疗": (1, 35, 0.030),
    GENERAL: (2, 16, 0.047),
}  # fmt: skip
UNEVEN = 0.5  # standard deviation of a matter's length as a part of its mean
RUSH = ((60, 0.10), (150, 0.33), (240, 0.14), (300, 0.06), (390, 0.26), (480, 0.11))  # until minute, share of visitors
PRIORITIES = (Priority.ELDER, Priority.PREGNANT, Priority.DISABLED, Priority.CHILD)


@dataclass
class Day:
    """What came of it. Waits are in minutes, of those who were called."""

    waits: list[tuple[float, float, float]] = field(default_factory=list)  # promised low, high, and what it was
    unknown: int = 0

    @property
    def long_ones(self) -> list[tuple[float, float, float]]:
        return [one for one in self.waits if one[2] > 5]

    @property
    def error(self) -> float:
        """Mean of |middle of the promised range − actual| over the mean of the actual, of all who waited over 5 minutes."""
        waits = self.long_ones
        wrong = sum(abs((low + high) / 2 - actual) for low, high, actual in waits)
        return wrong / sum(actual for _low, _high, actual in waits)

    @property
    def kept(self) -> float:
        """How many of those promises held: the call came within the range."""
        return sum(low <= actual <= high for low, high, actual in self.long_ones) / len(self.long_ones)

    def __str__(self) -> str:
        mean = sum(actual for *_range, actual in self.long_ones) / len(self.long_ones)
        return (
            f"{len(self.waits)} called, {len(self.long_ones)} waited over 5 min, on average {mean:.1f} min; "
            f"error {self.error:.1%}, within the range {self.kept:.0%}, told 'unknown' {self.unknown}"
        )


class Simulation:
    """One day. `measured`: the hall has been at work before and knows its matters; else it only has the configured minutes."""

    def __init__(self, seed: int, *, visitors: int = 400, measured: bool = True, load: float = 1.0) -> None:
        self.load = load
        self.chance = random.Random(seed)
        self.hall = AHall()
        self.windows: dict[str, list[Window]] = {}
        self.events: list[tuple[float, int, str, object]] = []
        self.serial = 0
        self.idle: set[int] = set()
        self.by_pk: dict[int, Window] = {}
        self.lengths: dict[int, float] = {}
        self.told: dict[int, tuple[int, int] | None] = {}
        self.firsts: dict[int, float] = {}
        with time_machine.travel(OPENS - timedelta(minutes=5), tick=False):
            self._set_up(measured)
        for at in self._arrivals(visitors):
            self._later(at, "comes", None)

    def run(self) -> Day:
        """Until the last one has been served."""
        with time_machine.travel(OPENS, tick=False) as clock:
            while self.events:
                at, _serial, what, about = heapq.heappop(self.events)
                clock.move_to(OPENS + timedelta(minutes=at))
                getattr(self, f"_{what}")(at, about)
        day = Day()
        for pk, actual in self.firsts.items():
            if (promise := self.told[pk]) is None:
                day.unknown += 1
            else:
                day.waits.append((*promise, actual))
        return day

    def _set_up(self, measured: bool) -> None:
        for subject, (n, minutes, _share) in HALL.items():
            mean = minutes * self.load
            kind = WindowKind.SPECIALIST if subject else WindowKind.GENERAL
            self.windows[subject] = [self.hall.window(*filter(None, [subject]), kind=kind) for _ in range(n)]
            if measured:
                Line.objects.create(
                    body=self.hall.body, subject=subject, letter=chr(65 + len(self.windows)), measured=100, minutes=mean + 0.6,
                    squares=(mean + 0.6) ** 2 + (UNEVEN * mean) ** 2,
                )  # fmt: skip
        self.windows["兜底"] = [self.hall.window(kind=WindowKind.FALLBACK)]
        self.by_pk = {one.pk: one for ones in self.windows.values() for one in ones}
        self.idle = set(self.by_pk)
        one = self.windows["劳动"][0]  # somebody has to go to a meeting for an hour
        self._later(200, "shuts", one)
        self._later(260, "reopens", one)

    def _arrivals(self, visitors: int) -> list[float]:
        found, before = [], 0
        for until, share in RUSH:
            found += [self.chance.uniform(before, until) for _ in range(round(visitors * share))]
            before = until
        return found

    def _later(self, at: float, what: str, about: object) -> None:
        self.serial += 1
        heapq.heappush(self.events, (at, self.serial, what, about))

    def _comes(self, at: float, _about: object) -> None:
        shares = [share for _n, _mean, share in HALL.values()]
        subject = self.chance.choices(list(HALL), shares)[0]
        priority = self.chance.choice(PRIORITIES) if self.chance.random() < 0.08 else ""
        ticket = self.hall.take(subject, priority=priority)
        known = ticket.promised_high is not None
        self.told[ticket.pk] = (ticket.promised_low, ticket.promised_high) if known else None
        self.lengths[ticket.pk] = self._length(HALL[subject][1] * self.load)
        for window in self.windows[subject] + (self.windows["兜底"] if not subject else []):
            if window.pk in self.idle:
                self._calls(at, window)
                break

    def _length(self, mean: float) -> float:
        variance = math.log(1 + UNEVEN**2)
        return self.chance.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))

    def _calls(self, at: float, window: Window) -> None:
        ticket = call_next(by=self.hall.clerk(window))
        if ticket is None:
            self.idle.add(window.pk)
            return
        self.idle.discard(window.pk)
        self.firsts.setdefault(ticket.pk, (ticket.called_at - ticket.arrived_at) / timedelta(minutes=1))
        if self.chance.random() < 0.02:  # not there
            self._later(at + 2, "misses", (window, ticket))
            return
        walk = self.chance.uniform(0.2, 1.0)
        self._later(at + walk, "begins", ticket)
        self._later(at + walk + self.lengths[ticket.pk], "ends", (window, ticket))

    def _begins(self, at: float, ticket: Ticket) -> None:
        if ticket.pk in self.lengths:
            here = Ticket.objects.get(pk=ticket.pk)
            if here.clerk_id == ticket.clerk_id and here.called_at == ticket.called_at:
                serve(here, by=ticket.clerk)

    def _ends(self, at: float, about: tuple[Window, Ticket]) -> None:
        window, ticket = about
        here = Ticket.objects.select_related("clerk").get(pk=ticket.pk)
        if here.called_at != ticket.called_at or not here.is_at_window:
            return  # the window was shut before; somebody else has them now
        finish(here, by=self.hall.clerk(window))
        self._later(at + self.chance.uniform(0.1, 0.6), "calls", window)

    def _misses(self, at: float, about: tuple[Window, Ticket]) -> None:
        window, ticket = about
        if Ticket.objects.get(pk=ticket.pk).is_at_window:
            miss(ticket, by=self.hall.clerk(window))
        self._calls(at, window)

    def _shuts(self, at: float, window: Window) -> None:
        close_window(window, reason="开会", by=self.hall.clerk(window))
        self.idle.discard(window.pk)

    def _reopens(self, at: float, window: Window) -> None:
        open_and_sit(window, by=self.hall.clerk(window))
        self._calls(at, window)
