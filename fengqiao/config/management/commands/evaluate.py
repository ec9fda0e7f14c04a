"""`./run evaluate TASK < in.jsonl > out.jsonl`: answer an evaluation by the very code that the product uses.

With --score the lines carry gold, and figures are printed instead.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.intake.understanding.evaluation import classify, duplicates, entities
from fengqiao.kernel import deadlines
from fengqiao.places.addresses import evaluation as address

# Name → a module with answer, abstention and score, ASKED (what a line must hold) and GOLD (what a line to score must).
# A module whose answers depend on each other has `among`, which gives the function that answers one of them.
TASKS: dict[str, Any] = {
    "address": address, "classify": classify, "deadlines": deadlines, "duplicates": duplicates, "entities": entities,
}  # fmt: skip
KNOWN_ELSEWHERE = ("statutes",)


class Line(NamedTuple):
    number: int
    row: dict[str, Any]
    wrong: str  # why it cannot be read, "" where it can


class Command(BaseCommand):
    help = "Answer an evaluation: one JSON object a line in, one out. No network, no database, always the same answer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("task", help=", ".join(TASKS))
        parser.add_argument(
            "--score",
            action="store_true",
            help="the lines carry gold: print figures, speed in CPU seconds of this one process (best of five)",
        )

    def handle(self, *args: Any, task: str, score: bool, **options: Any) -> None:
        if task not in TASKS:
            told = _("任务 %(task)s 还不能评测。可以评测的有：%(tasks)s。") if task in KNOWN_ELSEWHERE else _(
                "没有 %(task)s 这个任务。可以评测的有：%(tasks)s。"
            )  # fmt: skip
            raise CommandError(told % {"task": task, "tasks": "、".join(TASKS)})
        if score:
            self._score(task)
        else:
            self._answer(task)

    def _answer(self, task: str) -> None:
        lines: Iterable[Line] = self._lines()
        answer_to = TASKS[task].answer
        if hasattr(TASKS[task], "among"):
            lines = list(lines)
            answer_to = TASKS[task].among([line.row for line in lines])
        for line in lines:
            answer = None
            wrong = line.wrong
            if not wrong:
                try:
                    answer = answer_to(line.row)
                except (KeyError, TypeError, ValueError):
                    wrong = _("缺少 %(asked)s 里的一个，或者有一个写得不对") % {"asked": "、".join(TASKS[task].ASKED)}
            if wrong:
                self._complain(line.number, wrong)
            self.stdout.write(json.dumps(answer or TASKS[task].abstention(line.row), ensure_ascii=False))

    def _score(self, task: str) -> None:
        rows = []
        for line in self._lines():
            lacking = [name for name in TASKS[task].GOLD if name not in line.row]
            if line.wrong or lacking:
                wrong = line.wrong or _("缺少 %(lacking)s") % {"lacking": "、".join(lacking)}
                raise CommandError(_("第 %(number)d 行不能计分：%(wrong)s。") % {"number": line.number, "wrong": wrong})
            rows.append(line.row)
        for name, value in TASKS[task].score(rows):
            self.stdout.write(f"{name}\t{value:.4f}" if value < 1 or value % 1 else f"{name}\t{value:.0f}")

    def _complain(self, number: int, wrong: str) -> None:
        self.stderr.write(_("第 %(number)d 行：%(wrong)s。已按“不知道”作答。") % {"number": number, "wrong": wrong})

    def _lines(self) -> Iterator[Line]:
        """The lines of standard input; empty ones are passed over but counted."""
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except ValueError:
                yield Line(number, {}, _("不是 UTF-8 编码的 JSON"))
                continue
            if isinstance(row, dict):
                yield Line(number, row, "")
            else:
                yield Line(number, {}, _("不是一个 JSON 对象"))
