"""The rules of routing as a district's files have them: rules.csv, with the duty list and the ladder behind it."""

from collections.abc import Sequence

from django.utils import timezone

from fengqiao.routing.rules.book import Book, Rule, Span
from fengqiao.routing.rules.derived import Line, derived

from .csv_files import Row
from .reading import District
from .schema import DUTIES, RULES


def written(district: District) -> Sequence[Rule]:
    """As the file has them; a file without ranks is followed by the duty list and the ladder (routing/rules/derived.py)."""
    rows, today = district[RULES], timezone.localdate()
    if any(row["rank"] for row in rows):
        return Book.of(0, map(_rule, rows)).rules
    held = [
        row for row in district[DUTIES]
        if (row["effective_from"] or today) <= today <= (row["effective_to"] or today)
    ]  # fmt: skip
    lines = [Line(row["category"], row["place"], key, row["reason"]) for row in rows for key in row["body"]]
    duties = [Line(row["category"], row["place"], row["lead"], row["name"], row["item"]) for row in held]
    return derived(lines, duties)


def _rule(row: Row) -> Rule:
    plain = {name: row[name] for name in ("category", "place", "difficulty", "channel", "reason", "item", "to")}
    people, amount = (Span.read(row[name]) if row[name] else None for name in ("people", "amount"))
    return Rule(
        row["rank"] or 0, tuple(sorted(row["body"])), **plain, people=people, amount=amount, is_fast=row["fast"]
    )
