"""./run manage replay_gradings: propose every grade again that was ever decided on, and name what comes out otherwise."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fengqiao.routing.grading.proposing import replay


class Command(BaseCommand):
    help = "Recompute every stored proposal of a grade from its facts and its version of the thresholds; name any that differs."

    def handle(self, *args: Any, **options: Any) -> None:
        done = differing = 0
        for done, wrong in replay():  # noqa: B007 counted to the end
            if wrong is None:
                continue
            differing += 1
            told = _("%(number)s 第 %(version)d 版：存的是 %(was)s，重算是 %(now)s。")
            words = {"was": wrong.row.proposal, "now": _("没有这一版") if wrong.now is None else wrong.now}
            self.stdout.write(told % {"number": wrong.row.dispute.number, "version": wrong.row.version, **words})
        if differing:
            raise CommandError(_("%(n)d 条分级记录里有 %(wrong)d 条重算不一样。") % {"n": done, "wrong": differing})
        self.stdout.write(_("%(n)d 条分级记录，重算全都一样。") % {"n": done})
