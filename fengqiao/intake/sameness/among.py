"""Many texts beside each other: how alike each is to any other, and which pairs are worth comparing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from .alike import ANY, TELLING, Text, Usual, keys_of

NEAREST = 40  # of each text, those that sound most like it
AT_ALL = 0.06  # the least likeness of a nearest
CROWDS = {3: 40, 2: 15, 1: 6}  # what so many hold is no reason to compare them, by how much it weighs as a reason
REASON = 3
FIRST_LETTER = "\u3400"  # before it are digits and Latin letters


def acquaint(texts: Sequence[Text]) -> list[Any]:
    """Tell each text what is usual for it; for each, how alike it is to every one."""
    beside = list(_beside_all(texts))
    for text, alike in zip(texts, beside, strict=True):
        text.usual = _usual(alike, text.around.unseen)
    return beside


def worth_comparing(texts: Sequence[Text]) -> list[tuple[int, int]]:
    """Pairs (smaller, larger) of texts that are acquainted by this."""
    pairs = set(_near_pairs(texts))
    for i, alike in enumerate(acquaint(texts)):
        nearest = np.argsort(-alike, kind="stable")[:NEAREST]
        pairs.update((min(i, int(j)), max(i, int(j))) for j in nearest if alike[j] > AT_ALL)
    return sorted(pairs)


def _beside_all(texts: Sequence[Text]) -> Iterator[Any]:
    """For each text the cosine of its turns with those of every text, 0 for itself."""
    number: dict[str, int] = {}
    at = [np.array([number.setdefault(turn, len(number)) for turn in text.turns], dtype=int) for text in texts]
    weights = [np.array(list(text.turns.values())) for text in texts]
    holders = np.repeat(np.arange(len(texts)), [len(one) for one in at])
    turns, weight = np.concatenate([*at, []]).astype(int), np.concatenate([*weights, []])
    order = np.argsort(turns, kind="stable")
    holders, weight = holders[order], weight[order]
    starts = np.searchsorted(turns[order], np.arange(len(number) + 1))
    for i, (mine, mine_weigh) in enumerate(zip(at, weights, strict=True)):
        many = starts[mine + 1] - starts[mine]  # so many texts hold each of its turns, one behind the other
        where = np.arange(many.sum()) + np.repeat(starts[mine] - (np.cumsum(many) - many), many)
        alike = np.bincount(holders[where], np.repeat(mine_weigh, many) * weight[where], minlength=len(texts))
        alike[i] = 0.0
        yield alike


def _usual(alike: Any, unseen: int) -> Usual:
    """So many texts that are not here are as alike to it as any."""
    many = len(alike) - 1 + unseen
    mean = (alike.sum() + unseen * ANY.mean) / many
    squares = (np.square(alike).sum() + unseen * (ANY.mean**2 + ANY.spread**2)) / many
    return Usual(float(mean), float(max(squares - mean**2, 1e-6)) ** 0.5, float(alike.max()))


def _near_pairs(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """The same writer, a telling name in both, or rare letters in both."""
    pairs: Counter[tuple[int, int]] = Counter()
    for key, weight in ((keys_of, 3), (_unusual, 3), (_grievances, 2), (_pairs_of_letters, 1)):
        held: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(texts):
            for one in key(text):
                held[one].append(i)
        for those in held.values():
            if 1 < len(those) <= CROWDS[weight]:
                pairs.update({(i, j): weight for n, i in enumerate(those) for j in those[n + 1 :]})
    yield from (pair for pair, n in pairs.items() if n >= REASON)


def _unusual(text: Text) -> Iterable[str]:
    return (pair for pair in text.clues.unusual if text.around.unusual(pair) >= TELLING)


def _grievances(text: Text) -> Iterable[str]:
    return text.clues.grievances


def _pairs_of_letters(text: Text) -> Iterable[str]:
    return (turn for turn in text.clues.turns if len(turn) == 2 and turn >= FIRST_LETTER)
