"""./run manage check_ownership: from the ledger alone, that every dispute had an owner at every second, and by the rule."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.routing.ownership import Report, check


class Command(BaseCommand):
    help = "Read back from the ledger who had each dispute at every second, and name whatever breaks 首接负责制."

    def handle(self, *args: Any, **options: Any) -> None:
        report, now = Report(), timezone.now()
        for found in check():
            report.add(found, now)
        numbers = dict(
            Dispute.objects.filter(pk__in={one.dispute for one in report.breaches}).values_list("pk", "number")
        )
        for one in report.breaches:
            told = _("%(number)s 第 %(seq)d 条：%(why)s。")
            self.stdout.write(told % {"number": numbers.get(one.dispute, one.dispute), "seq": one.seq, "why": one.why})
        given_back = sum(n for times, n in report.refused.items() if times)
        counts = {
            "n": report.disputes, "stretches": report.stretches, "hours": round(report.seconds / 3600), "back": given_back,
            "twice": report.twice, "wrong": len(report.breaches),
        }  # fmt: skip
        if report.breaches:
            raise CommandError(_("%(n)d 件纠纷里有 %(wrong)d 处不合首接负责制。") % counts)
        self.stdout.write(
            _(
                "%(n)d 件纠纷，%(stretches)d 段、%(hours)d 小时，每一秒都有单位；退回过的 %(back)d 件，到兜底窗口 %(twice)d 次，都合规矩。"
            )
            % counts
        )
