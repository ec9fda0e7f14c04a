"""How common a word is, and which words tell of a grievance."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import rjieba

HERE = Path(__file__).parent
COMMON_FROM = 5  # texts of the general table
USUAL = 150  # a single character in so many of them parts names: 的, 在, 住
_HAN = re.compile("[\u3400-\u9fff]+")


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


def unusual_in(text: str) -> Iterator[str]:
    """The pairs of letters that are in no common word and tell of no grievance."""
    left = any_of_them().sub(" ", text)
    run = ""
    for word in [*rjieba.cut(left), " "]:
        is_usual = not _HAN.fullmatch(word) or (is_common(word) if len(word) > 1 else common().get(word, 0) >= USUAL)
        if not is_usual:
            run += word
            continue
        yield from map("".join, pairwise(run))
        run = ""


def turns_of(runs: Iterable[str]) -> Counter[str]:
    """The single letters and the pairs of letters of what stands between two signs."""
    found: Counter[str] = Counter()
    for run in runs:
        found.update(run)
        found.update(map("".join, pairwise(run)))
    return found


def is_common(word: str) -> bool:
    return common().get(word, 0) >= COMMON_FROM


class Common(dict[str, int]):
    """In how many of `of` texts each common word occurs."""

    of = 1


@cache
def common() -> Common:
    """Words and single letters."""
    return _counted("common.toml")


@cache
def common_turns() -> Common:
    """Single letters, and pairs of letters whether they are a word or not."""
    found = _counted("turns.toml")
    found.update({letter: n for letter, n in common().items() if len(letter) == 1})
    return found


def _counted(file: str) -> Common:
    table = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
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
