"""How long a line's matters take: the configured minutes, corrected by what the hall, the line and the day have shown.

Each correction is a factor that is believed the more, the more matters it rests on (shrinkage). No database here.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .estimate import NORMAL, Pace

UNEVEN = 0.6  # how much matters differ among each other, as a part of their mean, until measured
UNEVEN_BELIEVED = 6  # weighs as much as so many measured matters
HALL_OFF = 0.5  # how far configured minutes are usually off: all of a hall's together, as a logarithm …
LINE_OFF = 0.3  # … one subject's beside the others' …
TOLD_OFF = 0.15  # … the same where the district told minutes for this very subject …
DAY_OFF = 0.2  # … and one day beside the days before
FAR_BEYOND = 0.99  # longer than so many: it should end any moment
ROUNDS = 3  # what is under way counts as it will probably have lasted: that depends on what is looked for


@dataclass(frozen=True)
class Seen:
    """What is known of one line, in minutes. `today`: how many were finished today, and their mean."""

    prior: float
    is_told: bool = False  # the prior is the district's own for this subject
    measured: float = 0.0
    minutes: float = 0.0
    squares: float = 0.0
    under_way: tuple[float, ...] = ()
    today: tuple[int, float] = (0, 0.0)

    @property
    def off(self) -> float:
        return TOLD_OFF if self.is_told else LINE_OFF

    @property
    def unevenness(self) -> float:
        """Standard deviation as a part of the mean."""
        own = max(self.squares / self.minutes**2 - 1, 0.0) if self.minutes else 0.0
        squared = (self.measured * own + UNEVEN_BELIEVED * UNEVEN**2) / (self.measured + UNEVEN_BELIEVED)
        return math.sqrt(squared)


def learned(lines: Mapping[int, Seen], between: float) -> dict[int, Pace]:
    """By line. `between`: minutes from one matter's end to the next call, which a window is taken up too."""
    usual = {pk: one.prior for pk, one in lines.items()}
    for _round in range(ROUNDS):
        usual = _usual({pk: _with_under_way(one, usual[pk]) for pk, one in lines.items()})
    day = math.exp(_days_factor(lines, usual))
    return {pk: Pace(usual[pk] * day + between, usual[pk] * day * one.unevenness) for pk, one in lines.items()}


def _with_under_way(one: Seen, usual: float) -> Seen:
    """Short matters end first: at the beginning those that still go on say more than those that are over."""
    mu, sigma = Pace(usual, usual * one.unevenness).shape
    count, total = one.measured, one.measured * one.minutes
    for gone in one.under_way:
        beyond = (math.log(gone) - mu) / sigma if gone > 0 else -9.0
        seen = NORMAL.cdf(beyond)  # how much of a usual matter has been seen of it
        expected = usual * NORMAL.cdf(sigma - beyond) / (1 - seen) if seen < FAR_BEYOND else gone
        count += seen
        total += seen * expected
    return replace(one, measured=count, minutes=total / count if count else 0.0)


def _usual(lines: Mapping[int, Seen]) -> dict[int, float]:
    """Minutes of each line: prior × the hall's factor × the line's own."""
    off = {pk: math.log(one.minutes / one.prior) for pk, one in lines.items() if one.minutes > 0}
    doubt = {pk: lines[pk].unevenness ** 2 / lines[pk].measured for pk in off}
    weights = {pk: 1 / (lines[pk].off ** 2 + doubt[pk]) for pk in off}
    hall = sum(weights[pk] * off[pk] for pk in off) / (sum(weights.values()) + 1 / HALL_OFF**2)
    own = {pk: (off[pk] - hall) * lines[pk].off ** 2 / (lines[pk].off ** 2 + doubt[pk]) for pk in off}
    return {pk: one.prior * math.exp(hall + own.get(pk, 0.0)) for pk, one in lines.items()}


def _days_factor(lines: Mapping[int, Seen], usual: Mapping[int, float]) -> float:
    """How today differs from the days before, as a logarithm."""
    seen = weight = 0.0
    for pk, one in lines.items():
        count, mean = one.today
        if count and mean > 0:
            each = (1 - count / max(one.measured, count)) / one.unevenness**2  # what is all of today is no day before
            seen += each * (count * math.log(mean / usual[pk]) + one.unevenness**2 / 2)
            weight += each * count
    return seen / (weight + 1 / DAY_OFF**2)
