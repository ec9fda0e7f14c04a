"""`./run verify`: prove the whole record, or name every row that is not as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fengqiao.ledger.models import Entry, Seal
from fengqiao.ledger.verify import verify


class Command(BaseCommand):
    help = "Verify every chain, seal, witnessed row and file."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = 0
        for finding in verify():
            findings += 1
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(_("发现 %(n)d 处与账本不符。") % {"n": findings})
        seal = Seal.objects.last()
        sealed = seal.day.isoformat() if seal else "-"
        self.stdout.write(
            _("账本完整：%(entries)d 条记录，已封存至 %(sealed)s。")
            % {"entries": Entry.objects.count(), "sealed": sealed}
        )
