"""A hall to queue in: windows with somebody at them, made by the commands that people use."""

from collections.abc import Sequence
from typing import Any

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import Body, Window, WindowKind
from fengqiao.intake.queue.board import Board, board_of
from fengqiao.intake.queue.closing import open_and_sit
from fengqiao.intake.queue.models import Ticket
from fengqiao.intake.queue.taking import take
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
