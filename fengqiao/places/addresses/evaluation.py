"""How well addresses are understood: the answer to one line of an evaluation, and the figures over answers with gold.

A line in: `id`, `address`, and optionally `near` (the code of the county where it was said). A line of gold has also
`division` (prov, city, district as a list of what is accepted, town) and may have `elements`; `open` is true where the
words may as well be left undecided, and `candidates` are codes that must then be among those offered.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from time import process_time
from typing import Any

from fengqiao.places.addresses.parsing import CODE_LENGTH, Parsed, parse

ASKED = ("id", "address")
GOLD = ("address", "division")

Row = Mapping[str, Any]


def answer(row: Row) -> dict[str, Any]:
    """What the parser makes of the line. Raises `KeyError` or `TypeError` when it has no address to read."""
    parsed = _parsed(row)
    return {
        "id": row["id"],
        **_division(parsed),
        "elements": [element._asdict() for element in parsed.elements],
        "confidence": round(parsed.confidence, 3),
    }


def abstention(row: Row) -> dict[str, Any]:
    """The answer to a line that cannot be read: nothing known, and sure of nothing."""
    return {"id": row.get("id"), "prov": "", "city": "", "district": "", "town": "", "elements": [], "confidence": 0.0}


def score(rows: Iterable[Row], clock: Callable[[], float] = process_time) -> Iterator[tuple[str, float]]:
    """Name and value of each figure. Shares are between 0 and 1; a figure of which there is nothing to count is left out."""
    golden = list(rows)
    parsed = [_parsed(row) for row in golden]
    counts: Counter[str] = Counter()
    elements: Counter[tuple[str, str]] = Counter()
    for row, read in zip(golden, parsed, strict=True):
        counts.update(_division_counts(row, read))
        if "elements" in row:
            elements.update(_element_counts(row, read))
    yield "addresses", len(golden)
    yield from _share("county_exact", counts["county"], len(golden))
    yield from _share("town_exact_where_stated", counts["town"], counts["town_stated"])
    yield "division_invented", counts["invented"]
    yield "town_invented", counts["town_invented"]
    yield from _share("candidates_offered", counts["offered"], counts["to_offer"])
    yield from _element_figures(elements)
    yield from _share("addresses_per_cpu_second", len(golden), _seconds(golden, clock))


def _seconds(rows: Sequence[Row], clock: Callable[[], float]) -> float:
    """CPU seconds of this process to understand all rows, the best of five rounds: other people's work does not count.

    By now every table has been read, as in a server that runs.
    """
    said = [_said(row) for row in rows]
    rounds = []
    for _round in range(5):
        began = clock()
        for text, near in said:
            parse(text, near=near)
        rounds.append(clock() - began)
    return min(rounds)


def _parsed(row: Row) -> Parsed:
    text, near = _said(row)
    return parse(text, near=near)


def _said(row: Row) -> tuple[str, str]:
    address = row["address"]
    if not isinstance(address, str) and address is not None:
        raise TypeError(address)
    return address or "", str(row.get("near") or "")


def _division(parsed: Parsed) -> dict[str, str]:
    return {"prov": parsed.prov, "city": parsed.city, "district": parsed.district, "town": parsed.town}


def _division_counts(row: Row, read: Parsed) -> Iterator[str]:
    gold = row["division"]
    undecided = bool(row.get("open")) and not read.prov
    if undecided or (read.prov == gold["prov"] and read.city == gold["city"] and read.district in _accepted(gold)):
        yield "county"
    if gold["town"]:
        yield "town_stated"
        if undecided or read.town == gold["town"]:
            yield "town"
    elif read.town:
        yield "town_invented"
    if not gold["prov"] and read.prov:
        yield "invented"
    if row.get("candidates"):
        yield "to_offer"
        wanted = {code.ljust(CODE_LENGTH, "0") for code in row["candidates"]}
        if wanted <= {within.code[:6].ljust(CODE_LENGTH, "0") for within in read.candidates}:
            yield "offered"


def _accepted(gold: Row) -> list[str]:
    district = gold["district"]
    return list(district) or [""] if isinstance(district, list) else [district or ""]


def _element_counts(row: Row, read: Parsed) -> Iterator[tuple[str, str]]:
    gold = {(element["label"], element["text"], element["start"]) for element in row["elements"]}
    found = set(read.elements)
    for kind, which in (("hit", gold & found), ("extra", found - gold), ("missed", gold - found)):
        yield from ((kind, label) for label, _text, _start in which)


def _element_figures(counts: Counter[tuple[str, str]]) -> Iterator[tuple[str, float]]:
    """F1 over all elements, label and place exact; then for each label."""
    labels = sorted({label for _kind, label in counts})
    if labels:
        yield "element_f1", _f1(*(sum(counts[kind, label] for label in labels) for kind in ("hit", "extra", "missed")))
    for label in labels:
        yield f"element_f1.{label}", _f1(*(counts[kind, label] for kind in ("hit", "extra", "missed")))


def _f1(hit: int, extra: int, missed: int) -> float:
    return 2 * hit / (2 * hit + extra + missed)


def _share(name: str, part: float, whole: float) -> Iterator[tuple[str, float]]:
    if whole:
        yield name, part / whole
