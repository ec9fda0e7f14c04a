"""`./run train`: the reading of texts learns from the categories that people gave; `--back` undoes the last one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.intake.understanding.learning import go_back, learn
from fengqiao.kernel.errors import Refused


class Command(BaseCommand):
    help = "Teach the reading of texts by what people decided; it replaces the old one only where it does better."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--back", action="store_true", help="what was in force before is in force again")

    def handle(self, *args: Any, back: bool, **options: Any) -> None:
        try:
            self.stdout.write(self._back() if back else self._learn())
        except Refused as no:
            raise CommandError(str(no)) from no

    def _learn(self) -> str:
        row = learn()
        words = {**row.figures, "before": f"{row.before:.3f}", "after": f"{row.after:.3f}"}
        told = _("学了 %(examples)d 件，留出 %(held_back)d 件来比：原来 %(before)s，现在 %(after)s。") % words
        return told + (_("从现在起用新的。") if row.is_in_force else _("没有更好，仍用原来的。"))

    def _back(self) -> str:
        earlier = go_back()
        return _("已退回第 %(pk)d 次训练的结果。") % {"pk": earlier.pk} if earlier else _("已退回随软件带来的。")
