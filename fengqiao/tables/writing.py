"""A table written for a spreadsheet: CSV with the mark that Excel asks for, or a workbook; no cell of it can run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import safe_cell

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Tables = Mapping[str, Iterable[Sequence[object]]]


def refuse_unknown(format: str) -> None:
    """Asked before a list is put on record as leaving the house."""
    if format not in FORMATS:
        raise Refused(_("只能导出 CSV 或者 XLSX。"))


def written(tables: Tables, *, format: str = "csv") -> bytes:
    """Each table by its name: a sheet of the workbook; in CSV one below the other, an empty line between."""
    refuse_unknown(format)
    return _csv(tables) if format == "csv" else _xlsx(tables)


def _csv(tables: Tables) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    for n, rows in enumerate(tables.values()):
        table.writerows([[]] if n else [])
        table.writerows(map(_safe, rows))
    return text.getvalue().encode("utf-8-sig")


def _xlsx(tables: Tables) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(_safe(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _safe(row: Sequence[object]) -> list[object]:
    return [
        safe_cell(cell if isinstance(cell, int | float | None) else ILLEGAL_CHARACTERS_RE.sub("", str(cell)))
        for cell in row
    ]
