"""The numbers that a training found. `training.py` writes them.

A district's training moves only where each kind lies among meanings; the weights of phrases are those that ship.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .phrases import Phrases

SHIPPED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Row:
    """A line through the space of meanings, or of counted words: on its positive side is what it stands for."""

    weights: tuple[float, ...]
    bias: float

    def of(self, numbers: Sequence[float]) -> float:
        return self.bias + sum(map(float.__mul__, self.weights, map(float, numbers)))


@dataclass(frozen=True)
class Told:
    """What is told by counted words and by phrases together, for one grade of urgency or for "speaks for many"."""

    row: Row
    phrases: tuple[int, ...]

    def of(self, numbers: Sequence[float], heard: Phrases) -> float:
        return self.row.of(numbers) + heard.weigh(self.phrases)


@dataclass(frozen=True)
class Weights:
    """What one training found. `phrases` go by letter, `urgency` by grade."""

    version: str
    kinds: dict[str, Row]
    phrases: dict[str, tuple[int, ...]]
    urgency: dict[int, Told]
    mass: Told
    figures: dict[str, float]

    @classmethod
    def of(cls, written: Mapping[str, Any], rest: "Weights | None" = None) -> "Weights":
        """From JSON as `written` or `district` has it. Raises KeyError, TypeError or ValueError for anything else.

        `rest` gives what a district's training does not find.
        """
        kinds = {letter: _row(row) for letter, row in written["kinds"].items()}
        if rest:
            phrases, urgency, mass = rest.phrases, rest.urgency, rest.mass
        else:
            phrases = {letter: tuple(row) for letter, row in written["phrases"].items()}
            urgency = {int(grade): _told(one) for grade, one in written["urgency"].items()}
            mass = _told(written["mass"])
        return cls(str(written["version"]), kinds, phrases, urgency, mass, dict(written["figures"]))


def _row(numbers: Sequence[float]) -> Row:
    return Row(tuple(map(float, numbers[1:])), float(numbers[0]))


def _told(written: Mapping[str, Any]) -> Told:
    return Told(_row(written["row"]), tuple(written["phrases"]))


@cache
def shipped() -> Weights:
    return Weights.of(json.loads(SHIPPED.read_text(encoding="utf-8")))
