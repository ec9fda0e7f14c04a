"""The numbers that a training found: one row for each kind, and one for "this only asks". `training.py` writes them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Row:
    """A line through the space of meanings: on its positive side is what it stands for."""

    weights: tuple[float, ...]
    bias: float

    def of(self, numbers: Sequence[float]) -> float:
        return self.bias + sum(map(float.__mul__, self.weights, map(float, numbers)))


@dataclass(frozen=True)
class Weights:
    """What one training found. `asks` takes the numbers of words first (urgency.py), then the meaning."""

    version: str
    kinds: dict[str, Row]
    asks: Row
    figures: dict[str, float]

    @classmethod
    def of(cls, written: dict[str, Any]) -> "Weights":
        """From JSON as `written` has it. Raises KeyError, TypeError or ValueError for anything else."""
        rows = {letter: Row(tuple(map(float, row[1:])), float(row[0])) for letter, row in written["kinds"].items()}
        asks = Row(tuple(map(float, written["asks"][1:])), float(written["asks"][0]))
        return cls(str(written["version"]), rows, asks, dict(written["figures"]))


@cache
def shipped() -> Weights:
    return Weights.of(json.loads(SHIPPED.read_text(encoding="utf-8")))
