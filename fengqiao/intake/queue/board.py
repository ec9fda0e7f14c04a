"""A hall as it is this moment: windows, who is called where, who waits, and how long it will take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from fengqiao.bodies.models import EVERYTHING, Body, Window
from fengqiao.people.duty.models import Sitting
from fengqiao.people.duty.questions import sitting_at

from .estimate import FEWER_RUNS, Counter, Estimate, Pace, Waiting, plan
from .models import AT_WINDOW, GENERAL, IN_LINE, Hall, Line, Ticket, TicketState
from .rules import Rules, rules

RECENT = 100  # a measured matter counts less the more came after it: the mean looks back about so many
BELIEVED = 6  # the configured minutes weigh at first as much as so many measured matters, and ever less
UNEVEN = 0.6  # how much matters differ among each other, as a part of their mean, until measured


@dataclass
class Board:
    """Everything that a hall's pages show; read once a request."""

    body: Body
    now: datetime
    rules: Rules
    windows: list[Window]
    sitting: dict[int, Sitting]
    lines: dict[int, Line]
    waiting: list[Ticket]  # in order
    at_window: dict[int, Ticket]
    held: list[Ticket]
    between: float = 0.5  # minutes from one matter's end to the next call

    @cached_property
    def open_windows(self) -> list[Window]:
        return [window for window in self.windows if window.is_open]

    def takers(self, line: Line) -> list[Window]:
        """Open windows that may call from this line."""
        return [window for window in self.open_windows if self.may_call(window, line)]

    def may_call(self, window: Window, line: Line) -> bool:
        return takes(window, line.subject, self.open_windows)

    def staffed(self, window: Window) -> bool:
        return window.is_open and window.pk in self.sitting

    def next_for(self, window: Window) -> Ticket | None:
        """Whose turn it is at this window."""
        return next((one for one in self.waiting if self.is_for(window, one)), None)

    def is_for(self, window: Window, ticket: Ticket) -> bool:
        """Whoever was sent to one window waits for that one."""
        if ticket.wanted_id is not None:
            return ticket.wanted_id == window.pk
        return self.may_call(window, self.lines[ticket.line_id])

    def waiting_for(self, window: Window) -> list[Ticket]:
        return [one for one in self.waiting if self.is_for(window, one)]

    @cached_property
    def estimates(self) -> dict[int, Estimate]:
        """By ticket, for everybody in line."""
        queue = [Waiting(one.pk, one.line_id, one.wanted_id) for one in self.waiting]
        return plan(self._counters(), queue, self._paces)

    def estimate_for(self, line: Line) -> Estimate:
        """For somebody who would come now, at the end of this line; it may be one that nobody has waited in yet."""
        queue = [Waiting(one.pk, one.line_id, one.wanted_id) for one in self.waiting]
        counters = [
            self._counter(window, self.lines | {line.pk: line}) for window in self.windows if self.staffed(window)
        ]
        paces = self._paces | {line.pk: self.pace(line)}
        return plan(counters, [*queue, Waiting(0, line.pk)], paces, runs=FEWER_RUNS)[0]

    def pace(self, line: Line) -> Pace:
        """How long matters of this line take: what was measured, leaning on the configured minutes while that is little."""
        prior = self.rules.prior(line.subject)
        believed = BELIEVED**2 / (BELIEVED + line.measured)
        weight = line.measured + believed
        mean = (line.measured * line.minutes + believed * prior) / weight
        spread = max(line.squares - line.minutes**2, 0.0)
        variance = (line.measured * spread + believed * (UNEVEN * prior) ** 2) / weight
        return Pace(mean + self.between, variance**0.5)

    @cached_property
    def _paces(self) -> dict[int, Pace]:
        return {pk: self.pace(line) for pk, line in self.lines.items()}

    def _counters(self) -> list[Counter]:
        return [self._counter(window, self.lines) for window in self.windows if self.staffed(window)]

    def _counter(self, window: Window, known: dict[int, Line]) -> Counter:
        lines = frozenset(pk for pk, line in known.items() if self.may_call(window, line))
        current = self.at_window.get(window.pk)
        if current is None or current.called_at is None:
            return Counter(window.pk, lines)
        gone = (self.now - current.called_at) / timedelta(minutes=1)
        return Counter(window.pk, lines, at=self._paces[current.line_id], gone=max(gone, 0.0))


def board_of(body: Body, now: datetime | None = None) -> Board:
    """The hall now. Six questions to the database, whatever is going on in it."""
    windows = list(Window.objects.filter(body=body).named().select_related("standing", "standing__serves"))
    for window in windows:
        window.body = body
    live = Ticket.objects.today(body.pk).filter(state__in=[*IN_LINE, *AT_WINDOW, TicketState.HELD])
    tickets = list(live.select_related("wanted", "window", "clerk").order_by("turn_at", "pk"))
    lines = {line.pk: line for line in Line.objects.filter(body=body)}
    for ticket in tickets:
        ticket.line = lines[ticket.line_id]
    return Board(
        body=body, now=now or timezone.now(), rules=rules(), windows=windows, sitting=sitting_at(windows), lines=lines,
        waiting=[one for one in tickets if one.is_in_line],
        at_window={one.window_id: one for one in tickets if one.is_at_window and one.window_id},
        between=Hall.objects.filter(body=body).values_list("between", flat=True).first() or 0.0,
        held=[one for one in tickets if one.state == TicketState.HELD],
    )  # fmt: skip


def takes(window: Window, subject: str, open_windows: list[Window]) -> bool:
    """Whether this window may call somebody with this matter. 兜底: the fallback window takes what no other open one does."""
    if EVERYTHING in window.takes or subject in window.takes:
        return True
    if subject == GENERAL:
        return window.takes_general
    if not window.is_fallback:
        return False
    return not any(subject in other.takes or EVERYTHING in other.takes for other in open_windows if other != window)


def subjects_in(windows: list[Window]) -> list[str]:
    """What one can come for in this hall, in the order of its windows; the general line last, where anybody takes it."""
    named = [subject for window in windows for subject in window.takes if subject != EVERYTHING]
    general = [GENERAL] if any(window.takes_general for window in windows) else []
    return [*dict.fromkeys(named), *general]
