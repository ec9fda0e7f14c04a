"""`./run import FILE`: letters and tables into disputes, every row accounted for."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.intake.importing import ImportReport, check_file, import_file
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import SYSTEM

TOLD_EVERY = 50  # rows
REFUSALS_SHOWN = 20


class Command(BaseCommand):
    help = "Register disputes from a JSONL, CSV or XLSX file (docs/import.md). Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--body", default="", metavar="KEY", help="which body receives them (the county centre)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each row")

    def handle(self, *args: Any, file: Path, body: str, dry_run: bool, **options: Any) -> None:
        begun = monotonic()
        try:
            receiver = _body(body)
            read = check_file if dry_run else lambda path, **how: import_file(path, by=SYSTEM, **how)
            report = read(file, body=receiver, told=self._told)
        except Refused as no:
            raise CommandError(str(no)) from no
        except KeyboardInterrupt:
            raise CommandError(_("停下了。已经登记的都在，再运行一次会接着做。")) from None
        self._conclude(report, monotonic() - begun)

    def _told(self, report: ImportReport) -> None:
        if report.rows % TOLD_EVERY and report.rows != report.total:
            return
        line = _("已处理 %(n)d／%(total)d 行") % {"n": report.rows, "total": report.total}
        if self.stderr.isatty():
            self.stderr.write(f"\r{line}", ending="\n" if report.rows == report.total else "")
        else:
            self.stderr.write(line)
        self.stderr.flush()

    def _conclude(self, report: ImportReport, seconds: float) -> None:
        for one in report.refusals[:REFUSALS_SHOWN]:
            words = {"n": one.row, "ref": one.ref or "-", "why": one.why}
            self.stdout.write(_("第 %(n)d 行（%(ref)s）退回：%(why)s") % words)
        self.stdout.write(report.sentence + _("用时 %(n).1f 秒。") % {"n": seconds})
        if report.path:
            self.stdout.write(_("每一行的结果：%(path)s") % {"path": report.path})


def _body(key: str) -> Body:
    found = Body.objects.filter(key=key).first() if key else Body.objects.root()
    if found is None and key:
        raise Refused(_("没有“%(key)s”这个机构，请核对。") % {"key": key})
    if found is None:
        raise Refused(_("还没有装入区划和机构，不能登记。请管理员先装入。"))
    return found
