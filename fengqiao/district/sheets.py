"""One table as a spreadsheet: taken away as it stands, and read as it comes back."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from fengqiao.intake.importing.plain import Record, records
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import safe_cell
from fengqiao.ledger import book
from fengqiao.people.duties import Duty, require
from fengqiao.people.models import User

from .events import DistrictDownloaded
from .present import rows_of
from .proposals import RowsRefused, Wanted, Wrong
from .schema import Table
from .titles import Titles

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LARGEST, MOST_ROWS = 10 * 1024 * 1024, 20_000  # bytes, rows


def sent(table: Table, *, format: str, by: User) -> HttpResponse:
    """The file, after it was put on record. Refused for an unknown format."""
    require(by, Duty.KEEP_DISTRICT)
    if format not in FORMATS:
        raise Refused(_("只能下载 CSV 或者 XLSX。"))
    columns, rows = rows_of(table)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        book.append("user", by.pk, DistrictDownloaded(table=table.file, rows=len(rows), format=format), by=by)
    cells = [columns, *([str(safe_cell(row[name])) for name in columns] for row in rows.values())]
    answer = HttpResponse(_csv(cells) if format == "csv" else _xlsx(cells, table), content_type=FORMATS[format])
    name = f"{Path(table.file).stem}-{timezone.localtime():%Y%m%d-%H%M}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def received(table: Table, upload: UploadedFile) -> list[Wanted]:
    """The rows of an uploaded table. Raises RowsRefused, and Refused for a file that is none."""
    if (upload.size or 0) > LARGEST:
        raise Refused(_("文件超过 10 MB，请分成几份。"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(upload.name or '').suffix.lower()[:6]}"
        path.write_bytes(upload.read())
        found = [one for one in records(path, most=MOST_ROWS) if not one[1][0].startswith("#")]
    if len(found) < 2:
        raise Refused(_("文件里没有内容：第一行是列名，下面至少要有一行。"))
    columns = _columns(table, found[0])
    wrong = [_too_long(line, columns) for line, cells in found[1:] if any(cells[len(columns) :])]
    if wrong:
        raise RowsRefused(wrong)
    return [Wanted(line, dict(zip(columns, cells, strict=False))) for line, cells in found[1:]]


def _columns(table: Table, head: Record) -> list[str]:
    line, cells = head
    columns = list(cells)
    while columns and not columns[-1]:
        columns.pop()
    where = _("第 %(n)d 行") % {"n": line}
    wrong = [
        Wrong(where, _("不认识的列“%(name)s”") % {"name": name[:40]}) for name in columns if not table.column(name)
    ]
    wrong += [
        Wrong(where, _("列“%(name)s”出现了两次") % {"name": name}) for name in columns if columns.count(name) > 1
    ]
    wrong += [Wrong(where, _("缺少列“%(name)s”") % {"name": name}) for name in table.key if name not in columns]
    if wrong:
        raise RowsRefused(wrong)
    return columns


def _too_long(line: int, columns: list[str]) -> Wrong:
    return Wrong(_("第 %(n)d 行") % {"n": line}, _("比列名多出几格，应有 %(n)d 格") % {"n": len(columns)})


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # the mark is for Excel


def _xlsx(rows: list[list[str]], table: Table) -> bytes:
    made: Any = Workbook(write_only=True)
    sheet = made.create_sheet(str(Titles(table.file).label))
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
