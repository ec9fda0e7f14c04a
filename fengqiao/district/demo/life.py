"""Lets stories happen side by side: each names the moment of its next act, and the clock goes from moment to moment."""

import heapq
from collections.abc import Callable, Generator, Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from fengqiao.disputes.models import Clock
from fengqiao.disputes.warning_steps import plans
from fengqiao.district.backdating import Hands

Story = Generator[datetime, None, None]  # yields the moment of its next act, does it when it is that late
AFTER_MIDNIGHT = time(0, 6)  # the day before is sealed by then
A_LITTLE = timedelta(minutes=1)


def live(
    stories: Sequence[Story],
    *,
    hands: Hands,
    until: datetime,
    by_clock: Callable[[], object],
    deliver: Callable[[], object],
    told: Callable[[datetime], object],
) -> None:
    """Let every story happen up to `until`; what it would do after that is still to come and does not happen.

    `by_clock` runs what runs by itself, after every midnight and whenever a limit nears or passes; `deliver` tells those
    who should hear of an act. `told` hears of every moment that has come.
    """
    coming: list[tuple[datetime, int]] = []
    for n, story in enumerate(stories):
        _go_on(coming, n, story, until)
    hands.forward(min(coming, default=(until, 0))[0])  # before the first act there is nothing to wait for
    while coming:
        moment, n = heapq.heappop(coming)
        _wait(moment, hands, by_clock)
        _go_on(coming, n, stories[n], until)
        deliver()
        told(moment)
    _wait(until, hands, by_clock)


def _go_on(coming: list[tuple[datetime, int]], n: int, story: Story, until: datetime) -> None:
    """The story's next act is done (or its first is named), and the one after it is put in line."""
    moment = next(story, None)
    if moment is None or moment > until:
        story.close()
    else:
        heapq.heappush(coming, (moment, n))


def _wait(moment: datetime, hands: Hands, by_clock: Callable[[], object]) -> None:
    while (wake := _next_wake(hands.now)) < moment:
        hands.forward(wake)
        by_clock()
    hands.forward(moment)


def _next_wake(now: datetime) -> datetime:
    """When something happens by itself: a day can be sealed, a limit is near, a limit has passed."""
    day = timezone.localdate(now)
    nights = [timezone.make_aware(datetime.combine(day + timedelta(days=n), AFTER_MIDNIGHT)) for n in (0, 1)]
    running, plan = Clock.objects.filter(stopped_at=None).values_list("due_at", "key"), plans()
    marks = [due + timedelta(hours=step.hours) + A_LITTLE for due, key in running for step in plan(key)]
    return min(moment for moment in [*nights, *marks] if moment > now)
