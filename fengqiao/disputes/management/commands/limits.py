"""Print docs/limits.md from the catalogue, so that the published table cannot drift from the code."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from fengqiao.disputes.catalogue import MEDIATION, SECTIONS, Rule
from fengqiao.kernel.limits import Limit


class Command(BaseCommand):
    help = "Print every limit with its ground as tables (docs/limits.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            self.stdout.write("\n".join(document()))


def document() -> Iterator[str]:
    """The lines of the page."""
    yield from (
        "# Limits",
        "",
        "Printed by `python manage.py limits` from `fengqiao/disputes/catalogue.py`; a test keeps it fresh. A district overrides a",
        "limit by a row of `limits.csv` with the same key. How days are counted: the first day does not count (民法典 201), hours run",
        "from the moment itself; *rolls* means that an end on a rest day moves to the next working day (民法典 203).",
        "",
        "*runs* says whether an act of the product starts it: **yes**; *by category*, where a category names it in place of the",
        "month; **no**: it is there to be computed and chosen, and nothing runs it yet.",
    )
    for title, rules in SECTIONS:
        yield from (
            "",
            f"## {title}",
            "",
            "| key | 期限 | length | rolls | from | stands still | extension | ground | runs | in doubt |",
            "|" + "---|" * 10,
        )
        yield from (_row(rule) for rule in rules)


def _row(rule: Rule) -> str:
    limit = rule.limit
    ground = str(limit.basis) if limit else "—"
    if rule.effective_from:
        ground += f"（{rule.effective_from} 起）"
    cells = (
        f"`{rule.key}`", rule.name, _length(limit), "yes" if limit and limit.roll else "—", rule.begins,
        "、".join(str(one) for one in rule.pauses) or "—", _extension(rule), ground,
        "**yes**" if rule.runs else "by category" if rule in MEDIATION else "no", rule.doubt or "—",
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _length(limit: Limit | None) -> str:
    if limit is None:
        return "not given"
    return f"{limit}" if limit.exclude_start_day or limit.unit == "hour" else f"{limit}（当日起算）"


def _extension(rule: Rule) -> str:
    if isinstance(rule.extension, Limit):
        return f"{rule.extension}（{rule.extension.basis}）"
    return str(rule.extension or "—")
