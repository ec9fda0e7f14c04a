"""Pages of a list that cost the same on the first day and at a hundred thousand disputes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from fengqiao.disputes.models import Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet

PAGE = 20


class Count(int):
    """A number that says when it stopped counting: 1000+."""

    MOST = 1000

    def __str__(self) -> str:
        return f"{self.MOST}+" if self > self.MOST else int.__repr__(self)


def counted(disputes: DisputeQuerySet) -> Count:
    """How many there are, up to a thousand."""
    return Count(disputes.order_by()[: Count.MOST + 1].count())


class CappedPaginator(Paginator):
    """Numbered pages over as many rows as are counted; whoever needs what lies beyond narrows the list."""

    def __init__(self, disputes: DisputeQuerySet, per_page: int = PAGE, *, known: Count | None = None) -> None:
        super().__init__(disputes, per_page)
        self.disputes, self.known = disputes, known

    @cached_property
    def count(self) -> Count:
        return counted(self.disputes) if self.known is None else self.known


@dataclass(frozen=True)
class Sheet:
    """A page of a list that knows what comes before and after it; how many there are only where it is all of them."""

    rows: Sequence[Any]
    previous_cursor: str = ""
    next_cursor: str = ""

    @property
    def total(self) -> int | None:
        return None if self.previous_cursor or self.next_cursor else len(self.rows)


def newest_first(disputes: DisputeQuerySet, cursor: str, per_page: int = PAGE) -> tuple[list[Dispute], Sheet]:
    """The page that the cursor names: `b12` those before dispute 12, `a12` those after it, anything else the newest.

    A dispute's key grows with its registration, so the key alone is the order and the place.
    """
    way, place = (cursor[0], int(cursor[1:])) if cursor[:1] in ("a", "b") and cursor[1:].isdecimal() else ("", 0)
    if way == "a":
        found = list(disputes.filter(pk__gt=place).order_by("pk")[: per_page + 1])
        page, more = found[:per_page][::-1], len(found) > per_page
        return page, _sheet(page, newer=more, older=True)
    rows = disputes.filter(pk__lt=place) if way else disputes
    found = list(rows.order_by("-pk")[: per_page + 1])
    return found[:per_page], _sheet(found[:per_page], newer=bool(way), older=len(found) > per_page)


def _sheet(page: list[Dispute], *, newer: bool, older: bool) -> Sheet:
    if not page:
        return Sheet(page)
    return Sheet(page, f"a{page[0].pk}" if newer else "", f"b{page[-1].pk}" if older else "")
