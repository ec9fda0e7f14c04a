"""Which texts are of one matter: the same place and the same grievance.

A line in: `id`, `text`, and optionally `title`, `user`, `time`, `universe`; texts are compared within their universe. Out: `group`,
the same for texts of one matter, null for a text alone. Gold: `group`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from fengqiao.intake.sameness.clues import clues_of
from fengqiao.intake.sameness.matters import Told, same_matters

ASKED = ("id", "text")
GOLD = ("text", "group")

Row = Mapping[str, Any]
_DAY = re.compile(r"\s*(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")


def among(rows: Sequence[Row]) -> Callable[[Row], dict[str, Any]]:
    """What answers one of these lines. It raises KeyError or TypeError for a line without a text."""
    groups = _groups(rows)

    def answer(row: Row) -> dict[str, Any]:
        if not isinstance(row["text"], str):
            raise TypeError("no text")
        return {"id": row["id"], "group": groups.get(id(row))}

    return answer


def answer(row: Row) -> dict[str, Any]:
    """To a line by itself: it is alone."""
    return among([row])(row)


def abstention(row: Row) -> dict[str, Any]:
    """The answer to a line that cannot be read."""
    return {"id": row.get("id"), "group": None}


def score(rows: Iterable[Row]) -> Iterator[tuple[str, float]]:
    """Over pairs of one universe: how many said to be the same are, how many that are were said, and F1."""
    golden = list(rows)
    said = _pairs(golden, list(map(_groups(golden).get, map(id, golden))))
    gold = _pairs(golden, [row["group"] for row in golden])
    right = len(said & gold)
    yield "texts", len(golden)
    yield "pairs", len(gold)
    yield "precision", right / len(said) if said else 0.0
    yield "recall", right / len(gold) if gold else 0.0
    yield "pairs_f1", 2 * right / (len(said) + len(gold)) if said or gold else 1.0


def told_by(row: Row) -> Told:
    """What a line tells. A time is any that begins with year, month and day; another counts as none."""
    clues = clues_of(str(row.get("title") or ""), row["text"])
    return Told(clues, str(row.get("user") or ""), _day(str(row.get("time") or row.get("date") or "")))


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _groups(rows: Sequence[Row]) -> dict[int, str]:
    """The group of each line that is in one, by the identity of the line."""
    found: dict[int, str] = {}
    for universe, here in _universes(rows).items():
        for n, members in enumerate(same_matters([told_by(row) for row in here]), 1):
            found |= {id(here[member]): f"{universe}-{n}" if universe else str(n) for member in members}
    return found


def _universes(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if isinstance(row.get("text"), str):
            found[str(row.get("universe") or "")].append(row)
    return found


def _pairs(rows: Sequence[Row], groups: Sequence[Any]) -> set[tuple[int, int]]:
    found: dict[tuple[str, Any], list[int]] = defaultdict(list)
    for i, (row, group) in enumerate(zip(rows, groups, strict=True)):
        if group is not None:
            found[str(row.get("universe") or ""), group].append(i)
    return {pair for members in found.values() for pair in combinations(members, 2)}
