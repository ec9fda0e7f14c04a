"""Of what kind, how urgent, for how many, between whom.

A line in: `id`, `text`, and optionally `title`. Gold: `dispute` (or `dispute16`), and where they are there `accept` (the
letters that a clerk would take as well), `urgency`, `mass`, `parties`, `wish` (words of the text; empty where nothing is
wanted in so many words). What is null or absent is not scored.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import process_time
from typing import Any

from fengqiao.intake.understanding.measures import mean_f1, one_f1
from fengqiao.intake.understanding.reading import Reading, read
from fengqiao.intake.understanding.urgency import DANGER
from fengqiao.kernel.text import normalise

ASKED = ("id", "text")
GOLD = ("text",)

Row = Mapping[str, Any]


def answer(row: Row) -> dict[str, Any]:
    """What is read out of the line. Raises KeyError or TypeError where it has no text."""
    found = _read(row)
    return {
        "id": row["id"],
        "dispute": found.kind.letter,
        "confidence": round(found.kind.confidence, 3),
        "urgency": found.urgency.grade,
        "mass": int(found.mass.is_mass),
        "parties": list(found.parties),
        "because": list(found.because),
    }


def abstention(row: Row) -> dict[str, Any]:
    """The answer to a line that cannot be read."""
    return {
        "id": row.get("id"),
        "dispute": None,
        "confidence": 0.0,
        "urgency": None,
        "mass": None,
        "parties": [],
        "because": [],
    }


def score(rows: Iterable[Row]) -> Iterator[tuple[str, float]]:
    """Macro-F1 over the kinds that occur, of the grades of urgency; F1 of mass and of parties by exact words."""
    golden = list(rows)
    began = process_time()
    told = [_read(row) for row in golden]
    spent = process_time() - began
    yield "texts", len(golden)
    pairs = [(_letter(row), one.kind.letter, row) for row, one in zip(golden, told, strict=True) if _letter(row)]
    if pairs:
        yield "type_macro_f1", mean_f1([gold for gold, _said, _row in pairs], [said for _gold, said, _row in pairs])
        yield "type_accepted", sum(said in (row.get("accept") or [gold]) for gold, said, row in pairs) / len(pairs)
    yield from _urgency(golden, told)
    yield from _mass(golden, told)
    yield from _parties(golden, told)
    yield from _wishes(golden, told)
    if spent and golden:
        yield "texts_per_cpu_second", len(golden) / spent


def _read(row: Row) -> Reading:
    return read(row.get("title") or "", row["text"] or "")


def _letter(row: Row) -> str:
    return row.get("dispute") or row.get("dispute16") or ""


def _urgency(golden: Sequence[Row], told: Sequence[Reading]) -> Iterator[tuple[str, float]]:
    pairs = [(row["urgency"], one.urgency.grade) for row, one in zip(golden, told, strict=True) if row.get("urgency")]
    if pairs:
        grades, said = [gold for gold, _said in pairs], [one for _gold, one in pairs]
        yield "urgency_macro_f1", mean_f1(grades, said)
        yield "urgent_f1", one_f1(grades, said, DANGER)


def _mass(golden: Sequence[Row], told: Sequence[Reading]) -> Iterator[tuple[str, float]]:
    pairs = [
        (int(row["mass"]), int(one.mass.is_mass))
        for row, one in zip(golden, told, strict=True)
        if row.get("mass") is not None
    ]
    if pairs:
        yield "mass_f1", one_f1([gold for gold, _said in pairs], [said for _gold, said in pairs], 1)


def _parties(golden: Sequence[Row], told: Sequence[Reading]) -> Iterator[tuple[str, float]]:
    counts: Counter[str] = Counter()
    for row, one in zip(golden, told, strict=True):
        if row.get("parties") is not None:
            wanted, given = set(row["parties"]), set(one.parties)
            counts.update(right=len(wanted & given), either=len(wanted) + len(given))
    if counts["either"]:
        yield "parties_f1", 2 * counts["right"] / counts["either"]


def _wishes(golden: Sequence[Row], told: Sequence[Reading]) -> Iterator[tuple[str, float]]:
    """A wish is right where one of the two, the gold and what was read, holds the other."""
    pairs = [
        (normalise(row["wish"]), one.wish.text if one.wish else "")
        for row, one in zip(golden, told, strict=True)
        if row.get("wish") is not None
    ]
    right = sum(bool(gold and said and (gold in said or said in gold)) for gold, said in pairs)
    if given := sum(bool(said) for _gold, said in pairs):
        yield "wish_precision", right / given
    if wanted := sum(bool(gold) for gold, _said in pairs):
        yield "wish_recall", right / wanted
