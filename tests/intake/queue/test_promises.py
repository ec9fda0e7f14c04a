"""What people are told about their wait holds: a whole day is lived with the real commands, and promises compared."""

import pytest

from fengqiao.intake.queue.estimate import Counter, Estimate, Pace, Waiting, plan
from fengqiao.intake.queue.models import OVER, Ticket
from tests.intake.queue.day import Simulation

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

    def test_who_is_sent_to_one_window_waits_for_that_one(self):
        counters = [Counter(1, frozenset({7})), Counter(2, frozenset({7}), at=Pace(60, 5))]
        told = plan(counters, [Waiting(1, 7, wanted=2)], {7: QUICK})[1]
        assert told.low > 30


@pytest.mark.django_db
@pytest.mark.once  # no question of the database: the order of the rows is asked in test_walk.py, on both
def test_on_a_full_day_promises_are_off_by_a_fifth_at_most():
    """400 people, 23 windows, eight hours; the mean of |middle of the range − actual| over the mean wait of over 5 minutes."""
    day = Simulation(3).run()
    print(f"\n{day}")
    assert len(day.waits) + day.unknown == 400
    assert Ticket.objects.exclude(state__in=OVER).count() == 0
    assert len(day.long_ones) > 200
    assert day.error <= 0.20
    assert day.kept >= 0.60
