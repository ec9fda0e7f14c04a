"""What people are told about their wait holds: a whole day is lived with the real commands, and promises compared."""

import pytest
import time_machine

from fengqiao.intake.queue.estimate import Counter, Estimate, Pace, Waiting, plan, plan_for
from fengqiao.intake.queue.learning import Seen, learned
from fengqiao.intake.queue.models import GENERAL, OVER, Ticket
from ops.bench.hall.day import OPENS, Matter, Plan, Simulation
from ops.bench.hall.paper import PaperHall
from tests.intake.queue.hall import LivedHall

pytestmark = pytest.mark.once  # no question of the engine: the order of the rows is asked in test_walk.py, on both

QUICK = Pace(10, 5)


class TestEstimate:
    def test_without_an_open_window_nobody_can_tell(self):
        assert plan([], [Waiting(1, 7)], {7: QUICK}) == {1: Estimate(0)}
        told = plan([Counter(1, frozenset({8}))], [Waiting(1, 7), Waiting(2, 7)], {7: QUICK})
        assert (told[2].is_known, told[2].ahead) == (False, 1)

    def test_a_free_window_means_at_once(self):
        assert plan([Counter(1, frozenset({7}))], [Waiting(1, 7)], {7: QUICK}) == {1: Estimate(0, 0, 0)}

    def test_more_windows_less_waiting_and_more_people_more(self):
        def middle(windows: int, people: int) -> float:
            counters = [Counter(n, frozenset({7}), at=QUICK, gone=1) for n in range(windows)]
            told = plan(counters, [Waiting(n, 7) for n in range(people)], {7: QUICK})[people - 1]
            return (told.low + told.high) / 2

        assert middle(4, 8) < middle(2, 8) < middle(1, 8)
        assert middle(2, 2) < middle(2, 8)
        assert 60 < middle(1, 8) < 90

    def test_what_has_lasted_long_may_last_on_but_not_for_ever(self):
        def left(gone: float) -> Estimate:
            return plan([Counter(1, frozenset({7}), at=QUICK, gone=gone)], [Waiting(1, 7)], {7: QUICK})[1]

        assert 0 < left(9).high < left(0).high
        assert left(500).is_known

    def test_the_same_hall_gives_the_same_answer(self):
        hall = ([Counter(1, frozenset({7}), at=QUICK, gone=3)], [Waiting(n, 7) for n in range(6)], {7: QUICK})
        assert plan(*hall) == plan(*hall)

    def test_one_tickets_estimate_is_as_everybodys(self):
        counters = [
            Counter(1, frozenset({7, 8}), at=QUICK, gone=3),
            Counter(2, frozenset({8}), at=QUICK),
            Counter(3, frozenset({9})),
        ]
        queue = [Waiting(1, 8), Waiting(2, 9), Waiting(3, 7), Waiting(4, 8, wanted=2), Waiting(5, 7)]
        paces = dict.fromkeys((7, 8, 9), QUICK)
        assert plan(counters, queue, paces)[5].ahead == plan_for(5, counters, queue, paces).ahead == 2
        assert plan_for(2, counters, queue, paces) == Estimate(0, 0, 0)

    def test_a_wide_range_is_told_in_fives(self):
        told = plan([Counter(1, frozenset({7}), at=QUICK)], [Waiting(n, 7) for n in range(6)], {7: QUICK})[5]
        assert (told.low % 5, told.high % 5) == (0, 0)

    def test_who_is_sent_to_one_window_waits_for_that_one(self):
        counters = [Counter(1, frozenset({7})), Counter(2, frozenset({7}), at=Pace(60, 5))]
        told = plan(counters, [Waiting(1, 7, wanted=2)], {7: QUICK})[1]
        assert told.low > 30


class TestLearning:
    """Configured minutes give way to what is measured, the more of it there is."""

    def test_nothing_measured_is_what_the_district_said(self):
        assert learned({7: Seen(prior=12)}, between=0.5)[7].mean == pytest.approx(12.5)

    def test_the_more_was_measured_the_less_the_configured_minutes_say(self):
        def mean(measured: float, *, is_told: bool = False) -> float:
            seen = Seen(prior=12, is_told=is_told, measured=measured, minutes=24, squares=24**2 * 1.25)
            return learned({7: seen}, between=0)[7].mean

        assert 12 < mean(1) < mean(5) < mean(100) == pytest.approx(24, rel=0.02)
        assert mean(3, is_told=True) <= mean(3)

    def test_what_one_line_shows_is_believed_a_little_of_the_others(self):
        slow = Seen(prior=12, measured=40, minutes=24, squares=24**2 * 1.25)
        paces = learned({1: slow, 2: Seen(prior=10), 3: slow}, between=0)
        assert 10 < paces[2].mean < 20 < paces[1].mean

    def test_a_matter_that_goes_on_and_on_says_so_before_it_ends(self):
        assert learned({7: Seen(prior=12, under_way=(40.0, 45.0))}, between=0)[7].mean > 18
        assert learned({7: Seen(prior=12, under_way=(1.0,))}, between=0)[7].mean == pytest.approx(12, rel=0.1)

    def test_a_slow_day_counts_for_every_line(self):
        known = Seen(prior=12, measured=100, minutes=20, squares=500)
        slow = Seen(prior=12, measured=100, minutes=20, squares=500, today=(20, 30.0))
        paces = learned({1: slow, 2: known}, between=0)
        assert 24 < paces[1].mean < 30
        assert paces[2].mean == pytest.approx(paces[1].mean, rel=0.1)


class TestDays:
    """Days in a hall, by ops/bench/hall; `./run bench queue` tells the whole table, docs/queue.md what it means."""

    def test_on_a_full_day_promises_are_off_by_a_fifth_at_most(self):
        """400 people, 23 windows, eight hours; the mean of |middle of the range − actual| over the mean wait of over 5 minutes."""
        day = Simulation(PaperHall(), Plan(), seed=1).run()
        assert len(day.waits) + day.unknown == 400
        assert len(day.long_ones) > 200
        assert day.error <= 0.20
        assert day.kept >= 0.60

    def test_on_a_light_day_no_more_is_promised_than_is_known(self):
        """Few matters lie before anybody, so that chance does not even out: the error is larger, and the range says so."""
        day = Simulation(PaperHall(), Plan(visitors=200, measured=False), seed=1).run()
        assert day.minutes_off <= 10
        assert day.kept >= 0.60

    @pytest.mark.django_db
    def test_the_day_on_paper_is_the_day_of_the_real_commands(self):
        matters = {"劳动": Matter(2, 26, 0.6), "消费": Matter(1, 15, 0.3), GENERAL: Matter(1, 16, 0.1)}
        plan = Plan(visitors=36, matters=matters, measured=False)
        with time_machine.travel(OPENS, tick=False) as clock:
            lived = Simulation(LivedHall(clock), plan, seed=5).run()
        assert lived == Simulation(PaperHall(), plan, seed=5).run()
        assert len(lived.long_ones) >= 10
        assert not Ticket.objects.exclude(state__in=OVER).exists()
