"""A hall to queue in: windows with somebody at them, made by the commands that people use."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import time_machine

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import Body, Window, WindowKind
from fengqiao.intake.queue import calling
from fengqiao.intake.queue.board import Board, board_of
from fengqiao.intake.queue.closing import close_window, open_and_sit
from fengqiao.intake.queue.models import Ticket
from fengqiao.intake.queue.taking import line_of, take
from fengqiao.people.models import Role, User
from tests.world import a_user, the_center


class AHall:
    """The hall of the county centre. `boss` runs it; each window that is opened has its own clerk."""

    def __init__(self) -> None:
        self.body: Body = the_center()
        self.boss = a_user(self.body, Role.MANAGER, name="主任")
        self.clerks: dict[int, User] = {}

    def window(self, *subjects: str, kind: str = WindowKind.SPECIALIST, is_open: bool = True) -> Window:
        name = f"{len(self.clerks) + self.body.windows.count() + 1} 号窗口"
        made = set_up_window(self.body, name=name, kind=kind, subjects=subjects, by=self.boss)
        self.clerks[made.pk] = a_user(self.body, Role.CLERK, name=f"{name}的人")
        if is_open:
            open_and_sit(made, by=self.clerks[made.pk])
        return self.again(made)

    def clerk(self, window: Window) -> User:
        return self.clerks[window.pk]

    def take(self, subject: str = "劳动", **kw: Any) -> Ticket:
        return take(self.body, subject=subject, **kw)

    def tickets(self, n: int, subject: str = "劳动") -> list[Ticket]:
        return [self.take(subject) for _ in range(n)]

    def again(self, window: Window) -> Window:
        return Window.objects.select_related("standing", "body").get(pk=window.pk)

    @property
    def board(self) -> Board:
        return board_of(self.body)

    def in_line(self) -> list[str]:
        """The numbers in the order in which it is their turn."""
        return [one.number for one in self.board.waiting]


def numbers(tickets: Sequence[Ticket]) -> list[str]:
    return [one.number for one in tickets]


def now(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("line", "window", "clerk", "body").get(pk=ticket.pk)


class LivedHall:
    """The hall as ops/bench/hall/day.py lives in it, with the database and the commands that people press."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.hall, self.traveller = AHall(), clock

    def clock(self, at: datetime) -> None:
        self.traveller.move_to(at)

    def window(self, *subjects: str, kind: str) -> Window:
        return self.hall.window(*subjects, kind=kind)

    def remembers(self, subject: str, minutes: float, squares: float) -> None:
        line = line_of(self.hall.body, subject)
        line.measured, line.minutes, line.squares = 100, minutes, squares
        line.save()

    def take(self, subject: str, *, priority: str) -> Ticket:
        return self.hall.take(subject, priority=priority)

    def call_next(self, window: Window) -> Ticket | None:
        return calling.call_next(by=self.hall.clerk(window))

    def in_hand(self, window: Window) -> Ticket | None:
        return Ticket.objects.at_windows().filter(window=window).first()

    def serve(self, window: Window) -> None:
        calling.serve(self.in_hand(window), by=self.hall.clerk(window))

    def finish(self, window: Window) -> None:
        calling.finish(self.in_hand(window), by=self.hall.clerk(window))

    def miss(self, window: Window) -> None:
        calling.miss(self.in_hand(window), by=self.hall.clerk(window))

    def shut(self, window: Window) -> None:
        close_window(window, reason="开会", by=self.hall.clerk(window))

    def reopen(self, window: Window) -> None:
        open_and_sit(window, by=self.hall.clerk(window))
