"""Whatever clerks and visitors do in whatever order: nobody loses a place, nobody is served twice, every number ends."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from fengqiao.bodies.models import Window, WindowKind
from fengqiao.intake.queue import calling, closing
from fengqiao.intake.queue.models import GENERAL, OVER, Priority, Ticket, TicketState, TicketStep
from fengqiao.intake.queue.taking import arrive, leave, prioritise, take
from fengqiao.kernel.errors import Refused
from tests.intake.people import assert_whole
from tests.intake.queue.hall import AHall

pytestmark = pytest.mark.django_db

OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SUBJECTS = ("劳动", "消费", GENERAL)
STEPS = 130
MOVES_A_PLACE = {"miss", "prioritise", "comes_in"}  # by the rules; nothing else may


class Walk:
    """Acts drawn at random; after each one the hall is looked over."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.hall = AHall()
        self.windows = [
            self.hall.window("劳动"), self.hall.window("劳动", "消费"), self.hall.window("消费"),
            self.hall.window(kind=WindowKind.GENERAL), self.hall.window(kind=WindowKind.FALLBACK),
        ]  # fmt: skip
        self.acts = (
            "take", "take", "take", "from_home", "comes_in", "call_next", "call_next", "call_next", "serve", "finish", "finish", "hold",
            "resume", "miss", "transfer", "to_window", "leave", "prioritise", "shut", "reopen", "step_away",
        )  # fmt: skip

    def step(self) -> None:
        name = self.chance.choice(self.acts)
        before = self._places()
        try:
            moved = getattr(self, f"_{name}")()
        except Refused:
            moved = None
            assert self._places() == before, f"{name} was refused and changed something"
        self._look_over(name, before, moved)

    # ── acts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _take(self) -> Ticket:
        priority = self.chance.choice(["", "", "", Priority.ELDER, Priority.CHILD])
        return self.hall.take(self.chance.choice(SUBJECTS), priority=priority)

    def _from_home(self) -> Ticket:
        return take(self.hall.body, subject=self.chance.choice(SUBJECTS), from_home=True)

    def _comes_in(self) -> Ticket | None:
        return self._with(TicketState.BOOKED, lambda ticket, by: arrive(ticket))

    def _call_next(self) -> Ticket | None:
        window = self._window()
        waits = list(self.hall.board.waiting_for(self.hall.again(window)))
        called = calling.call_next(by=self.hall.clerk(window))
        assert (called or None) == (waits[0] if waits else None), "somebody was passed over"
        return called

    def _serve(self) -> Ticket | None:
        return self._with(TicketState.CALLED, lambda ticket, by: calling.serve(ticket, by=by))

    def _finish(self) -> Ticket | None:
        return self._with(TicketState.SERVING, lambda ticket, by: calling.finish(ticket, by=by))

    def _hold(self) -> Ticket | None:
        return self._with(TicketState.SERVING, lambda ticket, by: calling.hold(ticket, by=by))

    def _resume(self) -> Ticket | None:
        clerk = self.hall.clerk(self._window())
        return self._with(TicketState.HELD, lambda ticket, by: calling.resume(ticket, by=clerk))

    def _miss(self) -> Ticket | None:
        return self._with(TicketState.CALLED, lambda ticket, by: calling.miss(ticket, by=by))

    def _transfer(self) -> Ticket | None:
        subject = self.chance.choice(SUBJECTS)
        return self._with(None, lambda ticket, by: calling.transfer(ticket, subject=subject, by=by))

    def _to_window(self) -> Ticket | None:
        window = self._window()
        return self._with(None, lambda ticket, by: calling.transfer(ticket, window=window, by=by))

    def _leave(self) -> Ticket | None:
        return self._with(None, lambda ticket, by: leave(ticket))

    def _prioritise(self) -> Ticket | None:
        priority = self.chance.choice(Priority.values)
        return self._with(
            TicketState.WAITING, lambda ticket, by: prioritise(ticket, priority=priority, by=self.hall.boss)
        )

    def _shut(self) -> None:
        window = self._window()
        closing.close_window(window, by=self.hall.clerk(window))

    def _reopen(self) -> None:
        window = self._window()
        closing.open_and_sit(window, by=self.hall.clerk(window))

    def _step_away(self) -> None:
        window = self._window()
        closing.step_away(window, by=self.hall.clerk(window))

    def _window(self) -> Window:
        return self.chance.choice(self.windows)

    def _with(self, state, act) -> Ticket | None:
        found = Ticket.objects.select_related("clerk", "line", "body", "window").order_by("pk")
        found = list(found.filter(state=state) if state else found.exclude(state__in=OVER))
        if not found:
            return None
        ticket = self.chance.choice(found)
        return act(ticket, ticket.clerk or self.hall.boss)

    # ── what must always hold ─────────────────────────────────────────────────────────────────────────────────────

    def _places(self) -> dict[int, tuple[str, datetime]]:
        return {pk: (state, turn) for pk, state, turn in Ticket.objects.values_list("pk", "state", "turn_at")}

    def _look_over(self, name: str, before: dict, moved: Ticket | None) -> None:
        after = self._places()
        assert set(before) <= set(after), "a number vanished"
        for pk, (state, turn) in before.items():
            mine = moved is not None and pk == moved.pk and name in MOVES_A_PLACE
            assert after[pk][1] == turn or mine, f"{name} moved the place of another"
            assert state not in OVER or after[pk][0] == state, "a number that was over lives again"
        at_windows = list(Ticket.objects.at_windows().values_list("window_id", "clerk_id"))
        assert (
            len({window for window, _clerk in at_windows})
            == len({clerk for _window, clerk in at_windows})
            == len(at_windows)
        )
        assert None not in {window for window, _clerk in at_windows}

    def at_the_end(self) -> None:
        tickets = Ticket.objects.all()
        assert not tickets.exclude(state__in=OVER).exists(), "every number ends"
        served = TicketStep.objects.filter(state=TicketState.SERVED).values_list("ticket_id", flat=True)
        assert len(set(served)) == len(served), "nobody is served twice"
        for ticket in tickets.prefetch_related("steps"):
            steps = list(ticket.steps.all())
            assert [one.at for one in steps] == sorted(one.at for one in steps)
            assert steps[-1].state == ticket.state
            assert sum(one.state in OVER for one in steps) == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_walk_through_a_day_loses_nobody(seed):
    with time_machine.travel(OPENS, tick=False) as clock:
        walk = Walk(seed)
        for _ in range(STEPS):
            clock.shift(timedelta(seconds=walk.chance.randint(1, 90)))
            walk.step()
        clock.move_to(OPENS + timedelta(days=1))
        closing.end_days()
        walk.at_the_end()
        assert_whole()
