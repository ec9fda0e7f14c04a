"""How common a word is, and which words tell of a grievance."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
COMMON_FROM = 5  # texts of the general table


def heard_in(text: str) -> dict[str, list[str]]:
    """Each grievance with the words of the text that tell it, in their order."""
    found: dict[str, list[str]] = {}
    for one in any_of_them().finditer(text):
        for grievance in _index()[one.group()]:
            found.setdefault(grievance, []).append(one.group())
    return found


def words_of(grievances: Iterable[str]) -> list[str]:
    """All words by which these are told."""
    wanted = set(grievances)
    return sorted(word for word, told in _index().items() if not wanted.isdisjoint(told))


def is_common(word: str) -> bool:
    return common().get(word, 0) >= COMMON_FROM


class Common(dict[str, int]):
    """In how many of `of` texts each common word occurs."""

    of = 1


@cache
def common() -> Common:
    table = tomllib.loads((HERE / "common.toml").read_text(encoding="utf-8"))
    found = Common()
    found.of = table.pop("texts")
    found.update({word: int(n) for n, words in table.items() for word in words.split()})
    return found


@cache
def _index() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for grievance, words in tomllib.loads((HERE / "grievances.toml").read_text(encoding="utf-8")).items():
        for word in words.split():
            found.setdefault(word, []).append(grievance)
    return {word: tuple(grievances) for word, grievances in found.items()}


@cache
def any_of_them() -> re.Pattern[str]:
    """Any word that tells of a grievance, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(_index(), key=len, reverse=True))))
