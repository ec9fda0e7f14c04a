"""Print docs/lifecycle.md from the two tables, so that the published picture cannot drift from the code."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from fengqiao.disputes.lifecycle import STAGES, STEPS, mermaid
from fengqiao.disputes.limits import DEFAULTS


class Command(BaseCommand):
    help = "Print the life of a dispute as a diagram and two tables (docs/lifecycle.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            self.stdout.write("\n".join(_document()))


def _document() -> list[str]:
    return [
        "# The life of a dispute",
        "",
        "Printed by `python manage.py lifecycle` from `fengqiao/disputes/lifecycle.py`; a test keeps it fresh.",
        "",
        "```mermaid",
        mermaid(),
        "```",
        "",
        "## Stages: whose turn, how long",
        "",
        "| state | 中文 | turn | limit | ground |",
        "|---|---|---|---|---|",
        *(
            f"| {state.value} | {state.label} | {stage.turn.label if stage.turn else '—'} | {_limit(stage.limit)} |"
            for state, stage in STAGES.items()
        ),
        "",
        "## Steps: which act, from where, to where, by whom, on what ground",
        "",
        "| act | 中文 | from | to | who may | ground |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row.act.value} | {row.act.label} | {', '.join(sorted(row.sources))} | "
            f"{row.target.value if row.target else '(stays)'} | {', '.join(sorted(row.who))} | {row.ground} |"
            for row in STEPS
        ),
    ]


def _limit(key: str | None) -> str:
    if key is None:
        return "— | —"
    limit = DEFAULTS.get(key)
    return f"{limit} | {limit.basis}" if limit else "the dates agreed | 协议约定"
