"""./run manage replay_decisions: decide everything again that was ever routed, and name what comes out otherwise."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fengqiao.routing.rules.replaying import replay


class Command(BaseCommand):
    help = "Recompute every stored routing decision from its facts and its version of the rules; name any that differs."

    def handle(self, *args: Any, **options: Any) -> None:
        done = differing = 0
        for done, wrong in replay():  # noqa: B007 counted to the end
            if wrong is None:
                continue
            differing += 1
            told = _("%(number)s 第 %(version)d 版：存的是 %(was)s，重算是 %(now)s。")
            row, now = wrong.row, wrong.now
            words = {"was": row.proposal.get("body"), "now": now["body"] if now else _("没有这一版")}
            self.stdout.write(told % {"number": row.dispute.number, "version": row.version, **words})
        if differing:
            raise CommandError(_("%(n)d 条分流记录里有 %(wrong)d 条重算不一样。") % {"n": done, "wrong": differing})
        self.stdout.write(_("%(n)d 条分流记录，重算全都一样。") % {"n": done})
