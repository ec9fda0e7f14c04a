"""A hall as it is this moment: windows, who is called where, who waits, and how long it will take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial

from django.db.models import Avg, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef
from django.utils import timezone

from fengqiao.bodies.models import EVERYTHING, Body, Window
from fengqiao.people.duty.models import Sitting
from fengqiao.people.duty.questions import sitting_at

from .estimate import FEWER_RUNS, Counter, Estimate, Pace, Waiting, plan, plan_for
from .learning import Seen, learned
from .models import AT_WINDOW, GENERAL, IN_LINE, Hall, Line, Ticket, TicketState, TicketStep
from .rules import Rules, rules


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
    today: Callable[[], Mapping[int, tuple[int, float]]] = dict  # by line: matters finished, their mean minutes

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
        return plan(self._counters(), self._queue, self.paces)

    def estimate_for(self, line: Line) -> Estimate:
        """For somebody who would come now, at the end of this line; it may be one that nobody has waited in yet."""
        there = self if line.pk in self.lines else replace(self, lines=self.lines | {line.pk: line})
        return plan_for(0, there._counters(line.pk), [*there._queue, Waiting(0, line.pk)], there.paces, runs=FEWER_RUNS)

    def promise(self, ticket: Ticket) -> Estimate:
        """For somebody who has just come into line; counts as one of those who wait."""
        self.waiting = in_order([*(one for one in self.waiting if one.pk != ticket.pk), ticket])
        self.lines[ticket.line_id] = ticket.line
        return plan_for(ticket.pk, self._counters(), self._queue, self.paces)

    @cached_property
    def paces(self) -> dict[int, Pace]:
        """How long matters of each line take."""
        today = self.today()
        return learned({pk: self._seen(line, today.get(pk, (0, 0.0))) for pk, line in self.lines.items()}, self.between)

    def _seen(self, line: Line, today: tuple[int, float]) -> Seen:
        here = tuple(self._gone(one) for one in self.at_window.values() if one.line_id == line.pk)
        return Seen(
            prior=self.rules.prior(line.subject), is_told=line.subject in self.rules.minutes, measured=line.measured,
            minutes=line.minutes, squares=line.squares, under_way=here, today=today,
        )  # fmt: skip

    def _gone(self, ticket: Ticket) -> float:
        """Minutes since it was called."""
        since = self.now - (ticket.called_at or self.now)
        return max(since / timedelta(minutes=1), 0.0)

    @property
    def _queue(self) -> list[Waiting]:
        return [Waiting(one.pk, one.line_id, one.wanted_id) for one in self.waiting]

    def _counters(self, *more: int) -> list[Counter]:
        """`more`: lines that matter although nobody waits in them."""
        lines = {one.line_id for one in self.waiting}.union(more)
        return [self._counter(window, lines) for window in self.windows if self.staffed(window)]

    def _counter(self, window: Window, lines: set[int]) -> Counter:
        takes = frozenset(pk for pk in lines if self.may_call(window, self.lines[pk]))
        current = self.at_window.get(window.pk)
        if current is None or current.called_at is None:
            return Counter(window.pk, takes)
        return Counter(window.pk, takes, at=self.paces[current.line_id], gone=self._gone(current))


def board_of(body: Body, now: datetime | None = None) -> Board:
    """The hall now. Six questions to the database, whatever is going on in it, and one more where times are told."""
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
        held=[one for one in tickets if one.state == TicketState.HELD], today=partial(_finished_today, body),
    )  # fmt: skip


def in_order(tickets: list[Ticket]) -> list[Ticket]:
    """As it is their turn."""
    return sorted(tickets, key=lambda one: (one.turn_at, one.pk))


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


def _finished_today(body: Body) -> dict[int, tuple[int, float]]:
    """By line: how many matters, and their mean minutes. Who was held meanwhile measures nothing."""
    lasted = ExpressionWrapper(F("ended_at") - F("called_at"), output_field=DurationField())
    held = TicketStep.objects.filter(ticket=OuterRef("pk"), state=TicketState.HELD)
    done = Ticket.objects.today(body.pk).filter(~Exists(held), state=TicketState.SERVED, called_at__isnull=False)
    rows = done.values("line_id").annotate(n=Count("pk"), mean=Avg(lasted)).values_list("line_id", "n", "mean")
    return {line: (n, mean / timedelta(minutes=1)) for line, n, mean in rows}
