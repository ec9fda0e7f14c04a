"""./run export-district FOLDER: what the database holds, as a district's folder again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.district.exporting import export
from fengqiao.kernel.errors import Refused


class Command(BaseCommand):
    help = (
        "Write the loaded district into an empty folder. It holds names and telephone numbers of staff: keep it safe."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="an empty folder, or one to be made")

    def handle(self, *args: Any, folder: str, **options: Any) -> None:
        try:
            files = export(Path(folder))
        except (Refused, OSError) as no:
            raise CommandError(str(no)) from no
        told = _("写了 %(n)d 个文件到 %(folder)s。里面有工作人员的姓名和电话，请妥善保管。")
        self.stdout.write(told % {"n": len(files), "folder": folder})
