"""Learning from texts whose kind is known: weights for `kinds.py` and `urgency.py`, and how good they are on texts held back.

Weights are drawn towards those they start from (the shipped ones, for a district), so few corrections move them little.
Everything is counted the same way each time: no chance is involved, and the same texts give the same weights.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .embedding import meaning
from .kinds import LETTERS, STRONG, WEAK, words_in
from .measures import mean_f1
from .urgency import QUESTION, cues
from .weights import Row, Weights

HELD_BACK = 5  # every fifth example tells how good the rest have made it
PULL = 0.05  # towards where the weights began, beside the sum of all that is wrong
STEPS = 400
PACE = 0.3
FIRMNESS, SLOWNESS, LEAST = 0.9, 0.999, 1e-8  # of the moving averages (Kingma and Ba 2015)


class Example(NamedTuple):
    """A text in one form, its title before it, and what people said of it; what nobody said is empty."""

    title: str
    text: str
    kind: str = ""
    urgency: int = 0
    worth: float = 1.0

    @property
    def whole(self) -> str:
        return f"{self.title}。{self.text}" if self.title else self.text


Seen = Sequence[tuple[Example, Any]]  # each with where it lies among meanings


def placed(examples: Iterable[Example]) -> Seen:
    """The examples with their meanings, which take most of the time: found once, used for trial and for good."""
    found = ((one, meaning(one.whole)) for one in examples)
    return [(one, np.asarray(at, float)) for one, at in found if at is not None]


def held_back(seen: Seen) -> tuple[Seen, Seen]:
    """What is learnt from, and every fifth, which tells how good that was."""
    return [pair for i, pair in enumerate(seen) if i % HELD_BACK], seen[::HELD_BACK]


def macro_f1(weights: Weights, seen: Seen) -> float:
    """The mean over the kinds that occur: how well these weights tell them (0 to 1)."""
    golden = [one.kind for one, _at in seen if one.kind]
    return mean_f1(golden, [_told(weights, one, at) for one, at in seen if one.kind])


def fitted(seen: Seen, *, version: str, start: Weights | None = None) -> Weights:
    """Weights from all of these, drawn towards `start`; its word on what only asks stays where nobody said anything of that."""
    of_kind = [(one, at) for one, at in seen if one.kind]
    begun = _matrix(start.kinds[letter] for letter in LETTERS) if start else None
    kinds = _descended(
        np.array([at for _one, at in of_kind]),
        np.array([LETTERS.index(one.kind) for one, _at in of_kind]),
        np.array([_words(one.whole) for one, _at in of_kind]),
        np.array([one.worth for one, _at in of_kind]),
        np.zeros((len(LETTERS), 1 + len(of_kind[0][1]))) if begun is None else begun,
    )
    rows = dict(zip(LETTERS, map(_row, kinds), strict=True))
    return Weights(version, rows, _asking(seen, start), {})


def _asking(seen: Seen, start: Weights | None) -> Row:
    of_need = [(one, at) for one, at in seen if one.urgency]
    if not of_need and start:
        return start.asks
    asks = _descended(
        np.array([[*cues(one.whole), *at] for one, at in of_need]),
        np.array([int(one.urgency == QUESTION) for one, _at in of_need]),
        np.zeros((len(of_need), 2)), np.array([one.worth for one, _at in of_need]),
        np.zeros((2, 1 + len(cues("")) + len(of_need[0][1]))),
    )  # fmt: skip
    return _row(asks[1] - asks[0])


def _descended(at: Any, kinds: Any, known: Any, worth: Any, start: Any) -> Any:
    """Multinomial logistic regression, beside what the words already say: one row for each kind, its bias first."""
    many = len(start)
    middle = at.mean(axis=0)
    inputs = np.hstack([np.ones((len(at), 1)), at - middle])
    often = np.bincount(kinds, minlength=many)
    share = worth * (len(kinds) / (np.maximum(often, 1) * np.count_nonzero(often)))[kinds]
    wanted = np.eye(many)[kinds]
    begun = _moved(start, middle)
    weights, slope, swing = begun.copy(), np.zeros_like(begun), np.zeros_like(begun)
    for step in range(1, STEPS + 1):
        wrong = (_soft(inputs @ weights.T + known) - wanted) * share[:, None]
        pull = PULL * (weights - begun)
        pull[:, 0] = 0
        push = wrong.T @ inputs + pull
        slope = FIRMNESS * slope + (1 - FIRMNESS) * push
        swing = SLOWNESS * swing + (1 - SLOWNESS) * push**2
        pace = PACE * (1 - step / (STEPS + 1))
        weights -= pace * (slope / (1 - FIRMNESS**step)) / (np.sqrt(swing / (1 - SLOWNESS**step)) + LEAST)
    return _moved(weights, -middle)


def _moved(weights: Any, by: Any) -> Any:
    """The same rows for inputs from which `by` was taken away."""
    moved = weights.copy()
    moved[:, 0] += weights[:, 1:] @ by
    return moved


def _soft(scores: Any) -> Any:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _words(text: str) -> list[float]:
    heard = words_in(text)
    return [STRONG * np.log1p(len(heard[one][0])) + WEAK * np.log1p(len(heard[one][1])) for one in LETTERS]


def _matrix(rows: Iterable[Row]) -> Any:
    return np.array([[row.bias, *row.weights] for row in rows])


def _row(numbers: Any) -> Row:
    rounded = [round(float(number), 3) for number in numbers]
    return Row(tuple(rounded[1:]), rounded[0])


def _told(weights: Weights, one: Example, at: Any) -> str:
    known = dict(zip(LETTERS, _words(one.whole), strict=True))
    return max(LETTERS, key=lambda letter: known[letter] + weights.kinds[letter].of(at))


def written(weights: Weights) -> Mapping[str, Any]:
    """As JSON keeps it; `Weights.of` reads it."""
    return {
        "version": weights.version,
        "figures": {name: round(value, 4) for name, value in weights.figures.items()},
        "kinds": {letter: [row.bias, *row.weights] for letter, row in weights.kinds.items()},
        "asks": [weights.asks.bias, *weights.asks.weights],
    }
