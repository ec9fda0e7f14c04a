"""A hall on paper: the product's own board, order, learning and estimates, without a database, and so a hundred times quicker.

tests/intake/queue/test_promises.py lives the same day here and with the real commands, and finds the same promises.
"""

from datetime import datetime, timedelta

from fengqiao.bodies.models import Body, Window, WindowState
from fengqiao.intake.queue.board import Board, in_order
from fengqiao.intake.queue.calling import turn_after_a_miss
from fengqiao.intake.queue.models import Hall, Line, Ticket, TicketState
from fengqiao.intake.queue.moving import head_start
from fengqiao.intake.queue.rules import Rules
from fengqiao.people.models import Sitting

MINUTE = timedelta(minutes=1)


class PaperHall:
    """Open windows with somebody at each. Nothing is stored; `Ticket` and `Line` are the product's, never saved."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.body, self.rules, self.hall = Body(pk=1), rules or Rules(), Hall()
        self.windows: dict[int, Window] = {}
        self.lines: dict[str, Line] = {}
        self.waiting: list[Ticket] = []
        self.at_window: dict[int, Ticket] = {}
        self.ended: dict[int, datetime] = {}
        self.finished: dict[int, list[float]] = {}
        self.taken = 0

    def clock(self, at: datetime) -> None:
        self.now = at

    def window(self, *subjects: str, kind: str) -> Window:
        made = Window(pk=len(self.windows) + 1, body=self.body, kind=kind, subjects=list(subjects))
        made.standing = WindowState(window=made, is_open=True)
        self.windows[made.pk] = made
        return made

    def remembers(self, subject: str, minutes: float, squares: float) -> None:
        line = self._line(subject)
        line.measured, line.minutes, line.squares = 100, minutes, squares

    def take(self, subject: str, *, priority: str) -> Ticket:
        self.taken += 1
        ticket = Ticket(
            pk=self.taken, body=self.body, line=self._line(subject), priority=priority, state=TicketState.WAITING,
            arrived_at=self.now, turn_at=self.now - head_start(self.rules, priority),
        )  # fmt: skip
        told = self._board.promise(ticket)
        ticket.promised_low, ticket.promised_high = told.low, told.high
        self.waiting = in_order([*self.waiting, ticket])
        return ticket

    def call_next(self, window: Window) -> Ticket | None:
        ticket = self._board.next_for(window)
        if ticket is None:
            return None
        if window.pk in self.ended:
            self.hall.learn_pause((self.now - self.ended[window.pk]) / MINUTE)
        self.waiting.remove(ticket)
        ticket.state, ticket.called_at = TicketState.CALLED, self.now
        self.at_window[window.pk] = ticket
        return ticket

    def in_hand(self, window: Window) -> Ticket | None:
        return self.at_window.get(window.pk)

    def serve(self, window: Window) -> None:
        self.at_window[window.pk].state = TicketState.SERVING

    def finish(self, window: Window) -> None:
        ticket = self.at_window.pop(window.pk)
        self.ended[window.pk] = self.now
        minutes = (self.now - (ticket.called_at or self.now)) / MINUTE
        ticket.line.learn(minutes)
        self.finished.setdefault(ticket.line_id, []).append(minutes)

    def miss(self, window: Window) -> None:
        ticket = self.at_window.pop(window.pk)
        ticket.misses += 1
        if ticket.misses < self.rules.most_misses:
            ticket.turn_at = turn_after_a_miss(ticket, self.waiting, places=self.rules.miss_places)
            self.waiting = in_order([*self.waiting, ticket])

    def shut(self, window: Window) -> None:
        self.windows[window.pk].standing.is_open = False
        if ticket := self.at_window.pop(window.pk, None):
            self.waiting = in_order([*self.waiting, ticket])

    def reopen(self, window: Window) -> None:
        self.windows[window.pk].standing.is_open = True

    def _line(self, subject: str) -> Line:
        return self.lines.setdefault(subject, Line(pk=len(self.lines) + 1, body=self.body, subject=subject))

    @property
    def _board(self) -> Board:
        return Board(
            body=self.body, now=self.now, rules=self.rules, windows=list(self.windows.values()),
            sitting=dict.fromkeys(self.windows, Sitting()), lines={one.pk: one for one in self.lines.values()},
            waiting=list(self.waiting), at_window=self.at_window, held=[], between=self.hall.between, today=self._today,
        )  # fmt: skip

    def _today(self) -> dict[int, tuple[int, float]]:
        return {pk: (len(all_of), sum(all_of) / len(all_of)) for pk, all_of in self.finished.items()}
