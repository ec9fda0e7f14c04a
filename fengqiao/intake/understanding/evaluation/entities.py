"""What a text names. A line in: `id`, `text`; gold has `entities`, pairs of kind and words: person, place, money, time, org."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fengqiao.intake.understanding.names import KINDS, as_pairs, named_in
from fengqiao.kernel.text import normalise

ASKED = ("id", "text")
GOLD = ("text", "entities")

Row = Mapping[str, Any]


def answer(row: Row) -> dict[str, Any]:
    """Everything named, each once, in the order of the text. Raises KeyError or TypeError where there is no text."""
    return {"id": row["id"], "entities": as_pairs(named_in(normalise(row["text"])))}


def abstention(row: Row) -> dict[str, Any]:
    """The answer to a line that cannot be read."""
    return {"id": row.get("id"), "entities": []}


def score(rows: Iterable[Row]) -> Iterator[tuple[str, float]]:
    """F1 of each kind and of all together, by exact words."""
    golden = list(rows)
    counts: Counter[tuple[str, str]] = Counter()
    for row in golden:
        wanted = {tuple(pair) for pair in row["entities"]}
        given = {tuple(pair) for pair in answer({"id": "", **row})["entities"]}
        for kind in KINDS:
            here, there = ({pair for pair in pairs if pair[0] == kind} for pairs in (wanted, given))
            counts[kind, "right"] += len(here & there)
            counts[kind, "either"] += len(here) + len(there)
    yield "texts", len(golden)
    for kind in KINDS:
        if counts[kind, "either"]:
            yield f"{kind}_f1", 2 * counts[kind, "right"] / counts[kind, "either"]
    either = sum(counts[kind, "either"] for kind in KINDS)
    if either:
        yield "entities_f1", 2 * sum(counts[kind, "right"] for kind in KINDS) / either
