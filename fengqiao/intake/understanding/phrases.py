"""The turns of phrase in a text: single characters and pairs, whose weights a training found.

They are kept by number, not by their words (`PLACES` numbers for all that exist, so that some share one): what ships
holds no words of anybody's letter.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple
from zlib import crc32

import rjieba

PLACES = 4096
_NUMBER = re.compile(r"\d+(?:\.\d+)?")  # any number is as good as any other
_PARTS = re.compile(r"[^\s，。！？；：、“”\"]+")
_DECIMALS = 100
_MOST_WORDS = 3


class Phrases(NamedTuple):
    """Those of one text, each with its place, and what one of them counts: less in a long text."""

    places: dict[str, int]
    share: float

    def weigh(self, weights: tuple[int, ...]) -> float:
        """How much they speak for what these weights stand for, in hundredths as they are kept."""
        return self.share * sum(weights[at] for at in set(self.places.values())) / _DECIMALS

    def heaviest(self, text: str, weights: tuple[int, ...]) -> tuple[str, ...]:
        """The words of the text whose characters and pairs speak most for it."""
        words = [one for one in dict.fromkeys(rjieba.cut(text)) if len(one) > 1 and self._speaks(one, weights) > 0]
        return tuple(sorted(words, key=lambda one: -self._speaks(one, weights)))[:_MOST_WORDS]

    def _speaks(self, word: str, weights: tuple[int, ...]) -> int:
        return sum(weights[self.places[one]] for one in _phrases(word) if one in self.places)


@lru_cache(maxsize=8)
def phrases_in(text: str) -> Phrases:
    """For a text in one form (kernel.text.normalise), its title before it."""
    found = dict.fromkeys(_phrases(_NUMBER.sub("0", text)))
    places = {one: crc32(one.encode()) % PLACES for one in found}
    return Phrases(places, 1 / sqrt(max(1, len(set(places.values())))))


def _phrases(text: str) -> Iterator[str]:
    for part in _PARTS.findall(text):
        yield from part
        yield from map("".join, pairwise(part))
