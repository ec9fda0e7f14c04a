"""How good answers are: F1, of one class and over all of them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any


def mean_f1(golden: Sequence[Any], told: Sequence[Any]) -> float:
    """The mean of F1 over the classes that occur among the golden ones (0 to 1)."""
    right = Counter(gold for gold, said in zip(golden, told, strict=True) if gold == said)
    wanted, given = Counter(golden), Counter(told)
    return sum(2 * right[one] / (wanted[one] + given[one]) for one in wanted) / len(wanted) if wanted else 0.0


def one_f1(golden: Sequence[Any], told: Sequence[Any], one: Any) -> float:
    """F1 of one class; 1 where it is neither wanted nor given."""
    right = sum(gold == said == one for gold, said in zip(golden, told, strict=True))
    either = sum(gold == one for gold in golden) + sum(said == one for said in told)
    return 2 * right / either if either else 1.0
