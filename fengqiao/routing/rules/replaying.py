"""Every stored decision, made again from its stored facts by the version that made it."""

from collections.abc import Iterator
from dataclasses import dataclass

from fengqiao.routing.models import RoutingDecision

from .book import Book, Facts
from .books import of_version
from .deciding import decide

BATCH = 500


@dataclass(frozen=True)
class Differs:
    """A decision that does not come out as it was stored: what was stored, and what comes out (None: no such version)."""

    row: RoutingDecision
    now: dict | None


def replay() -> Iterator[tuple[int, Differs | None]]:
    """One step for each stored decision, oldest first: how many so far, and whether this one differs."""
    known: dict[int, Book | None] = {}
    rows = RoutingDecision.objects.select_related("dispute").order_by("pk")
    for n, row in enumerate(rows.iterator(BATCH), 1):
        if row.version not in known:
            known[row.version] = of_version(row.version)
        book = known[row.version]
        now = decide(Facts.of_json(row.facts), book).as_json() if book else None
        yield n, None if now == row.proposal else Differs(row, now)
