"""Who comes when, with what: drawn by a seed, the same every time, with the shares that the development data has (shares.json)."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from django.utils import timezone

from fengqiao.disputes.models import Channel, Difficulty

from ..telling import people_work
from .matters import Matter, about, told_at_length

SHARES: dict[str, Any] = json.loads(Path(__file__).with_name("shares.json").read_text(encoding="utf-8"))
# The data has days and no hours. These are a plain assumption: how many of a hundred come in which hour.
HOURS = {8: 9, 9: 19, 10: 17, 11: 9, 12: 3, 13: 7, 14: 14, 15: 12, 16: 7, 17: 3}
AT_ANY_HOUR = {**HOURS, 7: 4, 18: 6, 19: 8, 20: 9, 21: 7, 22: 3}  # from a telephone
ON_A_DAY_OFF = 0.25  # of those who would come to a window; nobody sits there
# Assumptions too: by which way, how difficult, how many.
CHANNELS = {
    Channel.WINDOW: 52, Channel.ONLINE: 21, Channel.PHONE: 9, Channel.HOTLINE: 9, Channel.GRID: 4, Channel.VILLAGE: 3,
    Channel.POLICE: 2,
}  # fmt: skip
DIFFICULTY = {Difficulty.GENERAL: 78, Difficulty.COMPLEX: 19, Difficulty.MAJOR: 3}
IN_A_GROUP, LARGEST_GROUP = 0.03, 40
AT_THE_CENTRE = 0.3  # of those who come to a window


@dataclass(frozen=True)
class Arrival:
    """One dispute as it comes in. `n` tells it apart in its year."""

    n: int
    at: datetime
    matter: Matter
    facts: str
    channel: Channel
    difficulty: Difficulty
    persons: int
    is_at_the_centre: bool
    chance: random.Random  # for what else is drawn of it


def moments(count: int, *, seed: int, end: datetime) -> list[datetime]:
    """When they come in the year before `end`, in order, on whole minutes."""
    chance = random.Random(f"{seed} moments")  # noqa: S311 (a simulation)
    last = timezone.localdate(end)
    days = [last - timedelta(days=n) for n in range(365, 0, -1)]
    share = [
        SHARES["months"][day.month - 1] * SHARES["weekdays"][day.weekday()] * (1 if people_work(day) else ON_A_DAY_OFF)
        for day in days
    ]
    found = []
    for day in chance.choices(days, share, k=count):
        hours = HOURS if people_work(day) else AT_ANY_HOUR
        hour = chance.choices(list(hours), list(hours.values()))[0]
        found.append(timezone.make_aware(datetime.combine(day, time(hour, chance.randrange(60)))))
    return sorted(found)


def arrival(n: int, at: datetime, *, seed: int) -> Arrival:
    """What the n-th of them is about."""
    chance = random.Random(f"{seed} arrival {n}")  # noqa: S311
    kind = chance.choices(list(SHARES["kinds"]), list(SHARES["kinds"].values()))[0]
    matter = about(kind, chance)
    channel = _drawn(CHANNELS, chance) if people_work(timezone.localdate(at)) else Channel.ONLINE
    return Arrival(
        n=n, at=at, matter=matter, facts=told_at_length(matter, drawn_from(SHARES["lengths"], chance), chance),
        channel=channel, difficulty=_drawn(DIFFICULTY, chance),
        persons=chance.randint(5, LARGEST_GROUP) if chance.random() < IN_A_GROUP else chance.choice((1, 1, 1, 2)),
        is_at_the_centre=chance.random() < AT_THE_CENTRE, chance=chance,
    )  # fmt: skip


def drawn_from(cuts: Sequence[int], chance: random.Random) -> int:
    """A number that lies between two neighbouring cuts of a distribution, or just beyond the outer ones."""
    edges = [cuts[0] // 2, *cuts, cuts[-1] + (cuts[-1] - cuts[-2])]
    low, high = chance.choice(list(pairwise(edges)))
    return chance.randint(low, max(low, high))


def _drawn(shares: dict[Any, int], chance: random.Random) -> Any:
    return chance.choices(list(shares), cum_weights=list(accumulate(shares.values())))[0]
