"""Many texts at once: which of them are of one matter."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import exp, log
from typing import NamedTuple

from .alike import A_COPY, Around, Text, chance_of, is_copy, weighed
from .among import worth_comparing
from .clues import Clues
from .grouping import grouped

USUALLY = 0.5  # pairs of one matter to a text
AS_USUAL = 0.25  # how much that counts against what the texts at hand say
AT_LEAST = 0.3  # pairs: nothing would be found where none is thought to be there
ROUNDS, STILL = 80, 1e-7
WORTH_A_LINK = 0.03


class Told(NamedTuple):
    """A text, its writer, "" where that is unknown, and its day."""

    clues: Clues
    writer: str = ""
    day: date | None = None


def same_matters(told: Sequence[Told]) -> list[list[int]]:
    """Groups of two and more positions."""
    around = Around([one.clues for one in told])
    texts = [Text(one.clues, around, one.writer, one.day) for one in told]
    weights = {(i, j): weighed(texts[i], texts[j]) for i, j in worth_comparing(texts)}
    copies = {(i, j) for i, j in weights if is_copy(texts[i], texts[j])}
    return grouped(len(texts), chances(weights, copies, len(texts)))


def chances(
    weights: Mapping[tuple[int, int], float], copies: set[tuple[int, int]], texts: int
) -> dict[tuple[int, int], float]:
    """How likely each pair is of one matter, those left out that are hardly.

    In a mailbox one pair in ten thousand is, after an accident one in ten: how many are is estimated from these pairs
    themselves, in turns with how likely each is (Saerens, Latinne and Decaestecker 2002), and held to what is usual.
    """
    found = dict.fromkeys(weights, 0.0)
    usual = share = min(USUALLY * texts / max(len(weights), 1), 0.5)
    for _round in range(ROUNDS if weights else 0):
        found = {pair: chance_of(weight, share) for pair, weight in weights.items()}
        here = min(max(sum(found.values()), AT_LEAST) / (len(found) + 1), 0.9)
        before, share = share, 1 / (1 + exp(-(1 - AS_USUAL) * _odds(here) - AS_USUAL * _odds(usual)))
        if abs(before - share) < STILL:
            break
    found |= {pair: max(found[pair], A_COPY) for pair in copies}
    return {pair: chance for pair, chance in found.items() if chance >= WORTH_A_LINK}


def _odds(share: float) -> float:
    return log(share / (1 - share))
