"""How thresholds propose a grade. Pure: a version of them, the facts of a dispute, and what follows. Asks no database."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Fact(StrEnum):
    """What a threshold may ask. The first five are counted; the others a person marks as so (handbook 2.4)."""

    PEOPLE = "people"
    PARTIES = "parties"
    AMOUNT = "amount"  # 分
    VISITS = "visits"
    UNWILLING = "unwilling"
    DEATH = "death"
    INJURY = "injury"
    CROSS_REGION = "cross_region"
    MEDIA = "media"
    PETITION = "petition"


COUNTED = (Fact.PEOPLE, Fact.PARTIES, Fact.AMOUNT, Fact.VISITS, Fact.UNWILLING)
MARKED = tuple(fact for fact in Fact if fact not in COUNTED)
GENERAL, COMPLEX, MAJOR = "general", "complex", "major"
HARDNESS = {GENERAL: 0, COMPLEX: 1, MAJOR: 2}


@dataclass(frozen=True)
class Line:
    """One threshold: from so many on (1 where it is a matter of yes or no), the matter is at least so difficult."""

    key: str
    fact: str
    at_least: int
    level: str
    reason: str = ""
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


Facts = Mapping[str, int]  # a fact that is not known is left out


@dataclass(frozen=True)
class Proposal:
    """The grade, and the lines that led to it: all of that level that hold."""

    level: str
    lines: tuple[Line, ...]


def propose(facts: Facts, lines: Iterable[Line]) -> Proposal | None:
    """The highest level of which a line holds; general where none does; None where there are no lines at all."""
    every = list(lines)
    if not every:
        return None
    held = [line for line in every if line.fact in facts and facts[line.fact] >= line.at_least]
    level = max((line.level for line in held), key=lambda one: HARDNESS[one], default=GENERAL)
    return Proposal(level, tuple(line for line in held if line.level == level))
