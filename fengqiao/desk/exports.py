"""A list as a file for a spreadsheet: masked as on the screen, cells that cannot run, five thousand rows at most."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import safe_cell
from fengqiao.people.models import User

from .commands import record_export
from .rows import Row, for_lists, rows_of

MOST = 5000
CHUNK = 500
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exported(disputes: DisputeQuerySet, *, what: str, format: str, by: User) -> HttpResponseBase:
    """The file, after it was logged. Refused for an unknown format and for more than five thousand rows."""
    if format not in FORMATS:
        raise Refused(_("只能导出 CSV 或者 XLSX。"))
    rows = disputes.order_by()[: MOST + 1].count()
    if rows > MOST:
        raise Refused(_("超过 %(most)d 件，一次导不出来。请加几个条件再导出。") % {"most": MOST})
    record_export(what=what, rows=rows, format=format, by=by)
    answer = _csv(disputes, by) if format == "csv" else _xlsx(disputes, by)
    answer["Content-Disposition"] = f'attachment; filename="disputes-{timezone.localtime():%Y%m%d-%H%M}.{format}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _csv(disputes: DisputeQuerySet, reader: User) -> HttpResponseBase:
    text = io.StringIO()
    csv.writer(text).writerows(_table(disputes, reader))
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type=FORMATS["csv"])  # the mark is for Excel


def _xlsx(disputes: DisputeQuerySet, reader: User) -> HttpResponseBase:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("纠纷清单"))
    for row in _table(disputes, reader):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=FORMATS["xlsx"])


def _table(disputes: DisputeQuerySet, reader: User) -> Iterator[list[object]]:
    yield [
        _("编号"), _("事由"), _("当事人"), _("类型"), _("地点"), _("等级"), _("来源"), _("阶段"), _("轮到谁"), _("承办单位"),
        _("调解员"), _("登记时间"), _("到期时间"), _("办结时间"),
    ]  # fmt: skip
    ready = for_lists(disputes)
    for start in range(0, MOST, CHUNK):
        rows = rows_of(ready[start : start + CHUNK], reader)
        yield from (_cells(row) for row in rows)
        if len(rows) < CHUNK:
            return


def _cells(row: Row) -> list[object]:
    dispute = row.dispute
    cells = [
        dispute.number, dispute.title, dispute.who_against_whom, str(dispute.category or ""), str(dispute.place or ""),
        dispute.get_difficulty_display(), dispute.get_channel_display(), row.state, row.turn.who, dispute.office,
        str(dispute.mediator or ""), _at(dispute.registered_at), _at(dispute.due_at), _at(dispute.closed_at),
    ]  # fmt: skip
    return [safe_cell(cell) for cell in cells]


def _at(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
