"""Learning from texts whose kind is known: weights for `kinds.py`, `urgency.py` and `mass.py`, and how good they are on texts held back.

A district moves only where its kinds lie among meanings, and is drawn towards where it started, so few corrections move it little.
Everything is counted the same way each time: no chance is involved, and the same texts give the same weights.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from . import mass, urgency
from .embedding import meaning
from .kinds import LETTERS, weights_of_words
from .measures import mean_f1
from .phrases import PLACES, phrases_in
from .weights import Row, Told, Weights

HELD_BACK = 5  # every fifth example tells how good the rest have made it
PULL = 0.05  # towards where the weights began, beside the sum of all that is wrong
PULL_OF_PHRASES, PULL_OF_PHRASES_BESIDE_CUES = 0.3, 0.5  # these are many and rare
GRADES = (urgency.QUESTION, urgency.GRIEVANCE, urgency.DANGER)
STEPS, STEPS_OF_PHRASES = 400, 120
PACE = 0.3
FIRMNESS, SLOWNESS, LEAST = 0.9, 0.999, 1e-8  # of the moving averages (Kingma and Ba 2015)


class Example(NamedTuple):
    """A text in one form, its title before it, and what people said of it; what nobody said is empty."""

    title: str
    text: str
    kind: str = ""
    urgency: int = 0
    is_mass: bool | None = None
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
    return mean_f1(golden, [_told_kind(weights, one, at) for one, at in seen if one.kind])


def fitted(seen: Seen, *, version: str) -> Weights:
    """Weights from all of these: what ships."""
    of_kind = [(one, at) for one, at in seen if one.kind]
    texts = [one.whole for one, _at in of_kind]
    meanings = np.array([at for _one, at in of_kind])
    width = meanings.shape[1]
    kinds = _descended(
        np.hstack([meanings, _phrases(texts)]),
        np.array([LETTERS.index(one.kind) for one, _at in of_kind]),
        known=np.array([weights_of_words(text) for text in texts]),
        worth=np.array([one.worth for one, _at in of_kind]),
        start=np.zeros((len(LETTERS), 1 + width + PLACES)),
        pulls=np.repeat([0, PULL, PULL_OF_PHRASES], [1, width, PLACES]),
        steps=STEPS_OF_PHRASES,
    )
    return Weights(
        version,
        kinds={letter: _row(row[: 1 + width]) for letter, row in zip(LETTERS, kinds, strict=True)},
        phrases={letter: _hundredths(row[1 + width :]) for letter, row in zip(LETTERS, kinds, strict=True)},
        urgency=_urgency([one for one, _at in seen if one.urgency]),
        mass=_mass([one for one, _at in seen if one.is_mass is not None]),
        figures={},
    )


def moved(seen: Seen, *, version: str, start: Weights) -> Weights:
    """The kinds of `start` moved among meanings by these texts; all else as it was."""
    kinds = _descended(
        np.array([at for _one, at in seen]),
        np.array([LETTERS.index(one.kind) for one, _at in seen]),
        known=np.array([_known(one.whole, start) for one, _at in seen]),
        worth=np.array([one.worth for one, _at in seen]),
        start=np.array([[start.kinds[letter].bias, *start.kinds[letter].weights] for letter in LETTERS]),
        pulls=np.repeat([0, PULL], [1, len(seen[0][1])]),
        steps=STEPS,
    )
    return replace(start, version=version, kinds=dict(zip(LETTERS, map(_row, kinds), strict=True)), figures={})


def written(weights: Weights) -> Mapping[str, Any]:
    """As what ships is kept; `Weights.of` reads it."""
    return {
        **district_part(weights),
        "phrases": weights.phrases,
        "urgency": {str(grade): _as_json(told) for grade, told in weights.urgency.items()},
        "mass": _as_json(weights.mass),
    }


def district_part(weights: Weights) -> Mapping[str, Any]:
    """What a district's training found, as it is kept; `Weights.of` takes the rest from what ships."""
    return {
        "version": weights.version,
        "figures": {name: round(value, 4) for name, value in weights.figures.items()},
        "kinds": {letter: [row.bias, *row.weights] for letter, row in weights.kinds.items()},
    }


def _urgency(of_need: Sequence[Example]) -> dict[int, Told]:
    graded = _beside_cues(of_need, urgency.cues, [GRADES.index(one.urgency) for one in of_need], len(GRADES))
    return dict(zip(GRADES, (_told(row, len(urgency.cues(""))) for row in graded), strict=True))


def _mass(of_many: Sequence[Example]) -> Told:
    few, many = _beside_cues(of_many, mass.cues, [int(bool(one.is_mass)) for one in of_many], 2)
    return _told(many - few, len(mass.cues("")))


def _beside_cues(examples: Sequence[Example], cues: Callable[[str], list[float]], classes: list[int], many: int) -> Any:
    texts = [one.whole for one in examples]
    counted = np.array([cues(text) for text in texts])
    width = counted.shape[1]
    return _descended(
        np.hstack([counted, _phrases(texts)]), np.array(classes), known=np.zeros((len(texts), many)),
        worth=np.array([one.worth for one in examples]), start=np.zeros((many, 1 + width + PLACES)),
        pulls=np.repeat([0, PULL, PULL_OF_PHRASES_BESIDE_CUES], [1, width, PLACES]), steps=STEPS_OF_PHRASES,
    )  # fmt: skip


def _phrases(texts: Sequence[str]) -> Any:
    found = np.zeros((len(texts), PLACES))
    for row, text in zip(found, texts, strict=True):
        heard = phrases_in(text)
        row[list(heard.places.values())] = heard.share
    return found


def _descended(at: Any, kinds: Any, *, known: Any, worth: Any, start: Any, pulls: Any, steps: int) -> Any:
    """Multinomial logistic regression, beside what is known already: one row for each kind, its bias first."""
    many = len(start)
    middle = at.mean(axis=0)
    inputs = np.hstack([np.ones((len(at), 1)), at - middle]).astype(np.float32)
    often = np.bincount(kinds, minlength=many)
    share = worth * (len(kinds) / (np.maximum(often, 1) * np.count_nonzero(often)))[kinds]
    wanted = np.eye(many)[kinds]
    begun = _shifted(start, middle)
    weights, slope, swing = begun.copy(), np.zeros_like(begun), np.zeros_like(begun)
    for step in range(1, steps + 1):
        wrong = (_soft(inputs @ weights.T.astype(np.float32) + known) - wanted) * share[:, None]
        push = wrong.T.astype(np.float32) @ inputs + pulls * (weights - begun)
        slope = FIRMNESS * slope + (1 - FIRMNESS) * push
        swing = SLOWNESS * swing + (1 - SLOWNESS) * push**2
        pace = PACE * (1 - step / (steps + 1))
        weights -= pace * (slope / (1 - FIRMNESS**step)) / (np.sqrt(swing / (1 - SLOWNESS**step)) + LEAST)
    return _shifted(weights, -middle)


def _shifted(weights: Any, by: Any) -> Any:
    """The same rows for inputs from which `by` was taken away."""
    shifted = weights.copy()
    shifted[:, 0] += weights[:, 1:] @ by
    return shifted


def _soft(scores: Any) -> Any:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _known(text: str, weights: Weights) -> list[float]:
    """What words and phrases say of each letter, before the meaning is asked."""
    heard = phrases_in(text)
    return [
        words + heard.weigh(weights.phrases[one]) for one, words in zip(LETTERS, weights_of_words(text), strict=True)
    ]


def _row(numbers: Any) -> Row:
    rounded = [round(float(number), 3) for number in numbers]
    return Row(tuple(rounded[1:]), rounded[0])


def _told(numbers: Any, cues: int) -> Told:
    return Told(_row(numbers[: 1 + cues]), _hundredths(numbers[1 + cues :]))


def _hundredths(numbers: Any) -> tuple[int, ...]:
    return tuple(int(number) for number in np.rint(100 * numbers))


def _as_json(told: Told) -> Mapping[str, Any]:
    return {"row": [told.row.bias, *told.row.weights], "phrases": told.phrases}


def _told_kind(weights: Weights, one: Example, at: Any) -> str:
    known = dict(zip(LETTERS, _known(one.whole, weights), strict=True))
    return max(LETTERS, key=lambda letter: known[letter] + weights.kinds[letter].of(at))
