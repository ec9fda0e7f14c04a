"""Whatever clerks and visitors do in whatever order: nobody loses a place, nobody is called twice, every number ends.

A hall in the head is kept beside the real one and must agree with it after every act. A place (`turn`) moves only where
docs/queue.md says so: missed, priority given or taken, come in from home.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from fengqiao.bodies.commands import assign_window
from fengqiao.bodies.models import Window, WindowKind
from fengqiao.intake.queue import calling, closing
from fengqiao.intake.queue.models import AT_WINDOW, GENERAL, IN_LINE, OVER, Priority, Ticket, TicketState, TicketStep
from fengqiao.intake.queue.rules import Rules
from fengqiao.intake.queue.taking import arrive, leave, prioritise
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import Role, Sitting, User
from tests.intake.people import assert_whole
from tests.intake.queue.hall import AHall
from tests.world import a_user

FRAIL = ("", Priority.ELDER, "", Priority.CHILD, "")
OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUBJECTS = ("劳动", "消费", GENERAL)
LINE, WINDOW, HELD, BOOKED, ENDED = "in line", "at a window", "held", "booked", "over"
KINDS = {**dict.fromkeys(IN_LINE, LINE), **dict.fromkeys(AT_WINDOW, WINDOW), **dict.fromkeys(OVER, ENDED),
         TicketState.HELD: HELD, TicketState.BOOKED: BOOKED}  # fmt: skip
RULES = Rules()
LONG_ENOUGH = 15  # acts, before a day ends
HAPPENED: Counter[str] = Counter()

ALIVE = (*IN_LINE, *AT_WINDOW, TicketState.HELD)
ACTS = (
    "comes", "comes", "comes", "books", "books", "comes_in", "comes_in", "leaves", "calls_the_next", "calls_the_next",
    "calls_the_next", "calls_the_next", "calls_the_next", "calls_by_name", "serves", "serves", "holds", "holds",
    "takes_up_again", "misses", "misses", "sends_to_another_line", "sends_to_another_window", "sees_who_is_frail", "shuts", "shuts",
    "steps_away", "changes_seats", "changes_seats", "opens", "opens", "is_given_other_matters", "the_machine_starts_anew", "a_day_ends", "a_day_ends",
)  # fmt: skip
SILENT = {"serves", "is_given_other_matters", "the_machine_starts_anew", "opens"}  # move no number


@dataclass(frozen=True)
class Known:
    """A number as it must stand."""

    kind: str
    turn: datetime
    subject: str
    wanted: int | None = None
    window: int | None = None
    misses: int = 0


class Places(RuleBasedStateMachine):
    """Set up by the test: one hall with five windows and two people more than windows; each example is rolled back."""

    hall: AHall
    windows: list[Window]
    people: list[User]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = time_machine.travel(OPENS, tick=False)
        self.now = self.clock.start()
        self.known: dict[int, Known] = {}
        self.steps = 0

    def teardown(self) -> None:
        self.night()
        self._every_number_ended_once()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        self.clock.stop()

    # ── what may happen next ──────────────────────────────────────────────────────────────────────────────────────

    @initialize()
    def a_few_come(self) -> None:
        for n in range(4):
            self.comes(0, n)

    @rule(drawn=st.integers(0, 2**32))
    def something_happens(self, drawn: int) -> None:
        """One rule for all, so that every act comes about as often as it is named in ACTS: with few examples Hypothesis

        would else try few acts many times. Who is refused has changed nothing.
        """
        self.steps += 1
        chance = random.Random(f"{drawn} {self.steps}")
        act, pick, n = chance.choice(ACTS), chance.randrange(12), chance.randrange(len(self.windows))
        self.now.shift(timedelta(seconds=37))
        before = dict(self.known)
        try:
            getattr(self, act)(pick, n)
        except Refused:
            self.known = before
        else:
            HAPPENED[act] += self.known != before

    # ── visitors ──────────────────────────────────────────────────────────────────────────────────────────────────

    def comes(self, pick: int, n: int) -> None:
        subject, priority = SUBJECTS[n % len(SUBJECTS)], FRAIL[pick % len(FRAIL)]
        ticket = self.hall.take(subject, priority=priority)
        self.known[ticket.pk] = Known(LINE, ticket.arrived_at - _head_start(priority), subject)

    def books(self, _pick: int, n: int) -> None:
        subject = SUBJECTS[n % len(SUBJECTS)]
        ticket = self.hall.take(subject, from_home=True)
        self.known[ticket.pk] = Known(BOOKED, ticket.arrived_at, subject)

    def comes_in(self, pick: int, _n: int) -> None:
        if ticket := self._one_of(pick, TicketState.BOOKED):
            earliest = arrive(ticket).arrived_at - timedelta(minutes=RULES.home_minutes)
            start = _head_start(ticket.priority)
            self._becomes(ticket, kind=LINE, turn=max(ticket.arrived_at, earliest) - start)

    def leaves(self, pick: int, _n: int) -> None:
        if ticket := self._one_of(pick, *IN_LINE, TicketState.CALLED, TicketState.HELD):
            leave(ticket)
            self._becomes(ticket, kind=ENDED, window=None)

    # ── clerks ────────────────────────────────────────────────────────────────────────────────────────────────────

    def calls_the_next(self, pick: int, n: int) -> None:
        """Mostly by the press that finishes whoever is in hand."""
        window, clerk = self.windows[n], self._at(n)
        if clerk is None:
            return
        done = Ticket.objects.at_windows().filter(window=window).first() if pick % 4 else None
        if done:
            self._becomes(done, kind=ENDED, window=done.window_id)
        hall = {other.pk: self.hall.again(other) for other in self.windows}
        first = next((pk for pk in self._in_order() if _may_call(window, self.known[pk], hall)), None)
        called = calling.finish_and_call_next(done, by=clerk) if done else calling.call_next(by=clerk)
        assert (called.pk if called else None) == first, "somebody was passed over"
        if called:
            self._becomes(called, kind=WINDOW, window=window.pk)

    def calls_by_name(self, pick: int, n: int) -> None:
        clerk, ticket = self._at(n), self._one_of(pick, *IN_LINE)
        if clerk and ticket:
            calling.call(ticket, by=clerk)
            self._becomes(ticket, kind=WINDOW, window=self.windows[n].pk)

    def serves(self, pick: int, _n: int) -> None:
        if ticket := self._one_of(pick, TicketState.CALLED):
            calling.serve(ticket, by=ticket.clerk)

    def holds(self, pick: int, _n: int) -> None:
        if ticket := self._one_of(pick, *AT_WINDOW):
            calling.hold(ticket, by=ticket.clerk)
            self._becomes(ticket, kind=HELD)

    def takes_up_again(self, pick: int, n: int) -> None:
        clerk, ticket = self._at(n), self._one_of(pick, TicketState.HELD)
        if clerk and ticket:
            calling.resume(ticket, by=clerk)
            self._becomes(ticket, kind=WINDOW, window=self.windows[n].pk)

    def misses(self, pick: int, _n: int) -> None:
        if ticket := self._one_of(pick, TicketState.CALLED):
            calling.miss(ticket, by=ticket.clerk)
            before = self.known[ticket.pk]
            same = [self.known[pk] for pk in self._in_order()]
            same = [one for one in same if (one.subject, one.wanted) == (before.subject, before.wanted)]
            last = max((one.turn for one in same[: RULES.miss_places]), default=before.turn)
            over = before.misses + 1 >= RULES.most_misses
            turn = before.turn if over else last + calling.AFTER
            self._becomes(ticket, kind=ENDED if over else LINE, turn=turn, window=None, misses=before.misses + 1)

    def sends_to_another_line(self, pick: int, n: int) -> None:
        subject = SUBJECTS[n % len(SUBJECTS)]
        if ticket := self._one_of(pick, *ALIVE):
            calling.transfer(ticket, subject=subject, by=ticket.clerk or self.hall.boss)
            self._becomes(ticket, kind=LINE, subject=subject, wanted=None, window=None)

    def sends_to_another_window(self, pick: int, n: int) -> None:
        if ticket := self._one_of(pick, *ALIVE):
            calling.transfer(ticket, window=self.windows[n], by=ticket.clerk or self.hall.boss)
            self._becomes(ticket, kind=LINE, wanted=self.windows[n].pk, window=None)

    def sees_who_is_frail(self, pick: int, n: int) -> None:
        priority = Priority.values[n]
        if ticket := self._one_of(pick, *IN_LINE):
            prioritise(ticket, priority=priority, by=self.hall.boss)
            turn = ticket.turn_at + _head_start(ticket.priority) - _head_start(priority)
            self._becomes(ticket, turn=turn)

    # ── windows, staff, the machine, the night ────────────────────────────────────────────────────────────────────

    def shuts(self, _pick: int, n: int) -> None:
        closing.close_window(self.windows[n], by=self.hall.boss)
        self._put_back(self.windows[n])
        for pk, one in self.known.items():
            if one.kind == LINE and one.wanted == self.windows[n].pk:
                self.known[pk] = replace(one, wanted=None)

    def opens(self, pick: int, n: int) -> None:
        """Whoever sits there presses, else the first who sits nowhere."""
        seated = set(Sitting.objects.now().values_list("person", flat=True))
        free = [one for one in self.people if one.pk not in seated]
        self._sits_down(n, self._at(n) or free[pick % len(free)])

    def changes_seats(self, pick: int, n: int) -> None:
        """换班: one gets up, another sits down there, and may have left a number elsewhere."""
        self.steps_away(pick, n)
        self._sits_down(n, self.people[pick % len(self.people)])

    def _sits_down(self, n: int, person: User) -> None:
        before = Sitting.objects.now().filter(person=person).exclude(window=self.windows[n]).first()
        closing.open_and_sit(self.windows[n], by=person)
        if before:
            self._put_back(before.window)

    def steps_away(self, _pick: int, n: int) -> None:
        if clerk := self._at(n):
            closing.step_away(self.windows[n], by=clerk)
            self._put_back(self.windows[n])

    def is_given_other_matters(self, pick: int, n: int) -> None:
        given = ([], ["劳动"], ["消费"], ["劳动", "消费"])[pick % 4]
        window = self.hall.again(self.windows[n])
        assign_window(window, subjects=given, serves=None, seen=window.state.version, by=self.hall.boss)

    def the_machine_starts_anew(self, _pick: int, _n: int) -> None:
        """Nothing that a process remembers is needed: what is kept in it is thrown away, the rows are read again."""
        caches["default"].clear()
        type(self).windows = [self.hall.again(window) for window in self.windows]
        type(self).people = list(User.objects.filter(pk__in=[one.pk for one in self.people]).order_by("pk"))

    def a_day_ends(self, pick: int, _n: int) -> None:
        if self.steps > LONG_ENOUGH:
            self.night()
            for n in range(len(self.windows)):
                self.opens(pick, n)

    def night(self) -> None:
        self.now.shift(timedelta(days=1))
        waited = [pk for pk, one in self.known.items() if one.kind != ENDED]
        assert closing.end_days() == len(waited)
        for pk in waited:
            self.known[pk] = replace(self.known[pk], kind=ENDED)

    # ── what must always hold ─────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def everybody_is_where_they_must_be(self) -> None:
        columns = ("pk", "state", "turn_at", "line__subject", "wanted", "window", "misses", "clerk")
        found = list(Ticket.objects.in_line().values_list(*columns)) + list(
            Ticket.objects.exclude(state__in=IN_LINE).values_list(*columns)
        )
        there = {pk: Known(KINDS[state], *rest) for pk, state, *rest, _clerk in found}
        assert {pk: _placed(one) for pk, one in there.items()} == {pk: _placed(one) for pk, one in self.known.items()}
        assert [pk for pk, one in there.items() if one.kind == LINE] == self._in_order()
        at = [(one[5], one[7]) for one in found if one[1] in AT_WINDOW]
        windows, clerks = {window for window, _clerk in at}, {clerk for _window, clerk in at}
        assert len(windows) == len(clerks) == len(at), "one window or one clerk has two numbers"

    def _every_number_ended_once(self) -> None:
        ends = list(TicketStep.objects.filter(state__in=OVER).values_list("ticket", flat=True))
        assert sorted(ends) == sorted(self.known)
        assert_whole()

    # ── the hall in the head ──────────────────────────────────────────────────────────────────────────────────────

    def _becomes(self, ticket: Ticket, **changes: object) -> None:
        self.known[ticket.pk] = replace(self.known[ticket.pk], **changes)

    def _put_back(self, window: Window) -> None:
        for pk, one in self.known.items():
            if one.kind == WINDOW and one.window == window.pk:
                self.known[pk] = replace(one, kind=LINE, window=None)

    def _in_order(self) -> list[int]:
        return sorted(
            (pk for pk, one in self.known.items() if one.kind == LINE), key=lambda pk: (self.known[pk].turn, pk)
        )

    def _one_of(self, pick: int, *states: str) -> Ticket | None:
        alive = Ticket.objects.filter(state__in=states).select_related("clerk", "line", "body", "window").order_by("pk")
        found = list(alive)
        return found[pick % len(found)] if found else None

    def _at(self, n: int) -> User | None:
        sitting = Sitting.objects.now().filter(window=self.windows[n]).select_related("person").first()
        return sitting.person if sitting else None


def _placed(one: Known) -> Known:
    """Which window it was at says nothing of a place once it is at none."""
    return one if one.kind == WINDOW else replace(one, window=None)


def _may_call(window: Window, one: Known, hall: dict[int, Window]) -> bool:
    """docs/queue.md, said once more in other words than board.py's."""
    if one.wanted is not None:
        return one.wanted == window.pk
    named = {pk: set(other.takes) for pk, other in hall.items() if other.is_open}
    if one.subject in named[window.pk]:
        return True
    if one.subject == GENERAL:
        return not named[window.pk] or window.kind == WindowKind.FALLBACK
    return window.kind == WindowKind.FALLBACK and not any(one.subject in theirs for theirs in named.values())


def _head_start(priority: str) -> timedelta:
    return timedelta(minutes=RULES.head_start(priority))


@pytest.mark.once  # two at once are asked for on both engines in test_queue_together.py
@pytest.mark.django_db
def test_nobody_loses_a_place_whatever_happens():
    with time_machine.travel(OPENS - timedelta(minutes=30), tick=False):
        hall = AHall()
        Places.hall = hall
        Places.windows = [
            hall.window("劳动"), hall.window("劳动", "消费"), hall.window("消费"), hall.window(kind=WindowKind.GENERAL),
            hall.window(kind=WindowKind.FALLBACK),
        ]  # fmt: skip
        Places.people = [*hall.clerks.values(), a_user(hall.body, Role.CLERK), a_user(hall.body, Role.CLERK)]
    quick = settings(
        max_examples=5, stateful_step_count=60, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Places, settings=quick)
    idle = {act for act in ACTS if act not in SILENT and not HAPPENED[act]}
    assert len(idle) <= 3, f"never tried, or always refused: {idle}"
