"""Of what kind a matter is, in the sixteen letters of the general scheme, to which every district's categories are mapped.

Three witnesses are heard: the words that give a kind away (words.toml), the turns of phrase and the meaning of the beginning,
both as a training weighed them. Each may know what the others have never met.
"""

import re
import tomllib
from functools import cache
from math import exp, log1p
from pathlib import Path
from typing import NamedTuple

from .embedding import Meaning
from .phrases import phrases_in
from .weights import Weights

LETTERS = "LFTCPHDMESBIRWOG"
STRONG, WEAK = 1.4, 0.5  # what a word of each table weighs, against 1 for the natural unit of the trained weights
OTHERS = "G"  # 政务咨询及其他: what says nothing is of no kind in particular
MOST_WORDS = 5


class Kind(NamedTuple):
    """The likeliest letter, how likely, the next one, and the words of the text that speak for the first."""

    letter: str
    confidence: float
    runner_up: str
    because: tuple[str, ...]


def kind_of(text: str, lies_at: Meaning | None, weights: Weights) -> Kind:
    """For a text in one form (kernel.text.normalise), its title before it, and where it lies among meanings, if that is known."""
    heard = words_in(text)
    phrases = phrases_in(text)
    scores = {letter: _weight(heard[letter]) for letter in LETTERS}
    is_silent = not any(scores.values())
    scores = {letter: score + phrases.weigh(weights.phrases[letter]) for letter, score in scores.items()}
    if lies_at is not None:
        placed = {letter: row.of(lies_at) for letter, row in weights.kinds.items()}
        scores = {letter: score + placed[letter] for letter, score in scores.items()}
    elif is_silent:
        return Kind(OTHERS, 0.1, "", ())
    chances = _chances(scores)
    first, second = sorted(chances, key=lambda letter: -chances[letter])[:2]
    words = tuple(dict.fromkeys(sum(heard[first], ())))[:MOST_WORDS]
    return Kind(first, chances[first], second, words or phrases.heaviest(text, weights.phrases[first]))


def words_in(text: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The strong and the weak words of each letter that stand in the text, each once."""
    return {
        letter: (tuple(dict.fromkeys(strong.findall(text))), tuple(dict.fromkeys(weak.findall(text))))
        for letter, (strong, weak) in _tables().items()
    }


def weights_of_words(text: str) -> list[float]:
    """What the words alone say for each letter, in the order of LETTERS."""
    return [_weight(heard) for heard in words_in(text).values()]


def _weight(heard: tuple[tuple[str, ...], tuple[str, ...]]) -> float:
    return STRONG * log1p(len(heard[0])) + WEAK * log1p(len(heard[1]))


def _chances(scores: dict[str, float]) -> dict[str, float]:
    top = max(scores.values())
    raised = {letter: exp(score - top) for letter, score in scores.items()}
    whole = sum(raised.values())
    return {letter: one / whole for letter, one in raised.items()}


@cache
def _tables() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    tables = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {letter: (_any_of(tables[letter]["strong"]), _any_of(tables[letter]["weak"])) for letter in LETTERS}


def _any_of(words: str) -> re.Pattern[str]:
    """The longest first, so that 加班费 is not heard as 加班."""
    return re.compile("|".join(map(re.escape, sorted(set(words.split()), key=len, reverse=True))))
