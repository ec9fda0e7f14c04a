"""The rows of a table as text, with the line where each begins: the one decision what a cell may be.

Days and times are ISO text where the column holds them, numbers are taken as they are shown. Formulas, error values and what
a spreadsheet made of a text refuse the file, with the row and the column to look at.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import FileRefused
from fengqiao.kernel.text import normalise

from .cells import shown
from .files import TABLES, Sent, kind_of_file, received, text_lines
from .layout import Column, Holds, Layout, too_long
from .workbooks import sheet_rows

LARGEST_UPLOAD = 10 * 1024 * 1024  # bytes
RUNS, RUNS_IN_NAMES = ("=", "＝", "@", "＠"), ("+", "＋")
HEADING = Column("-", Holds.DAY)

Line = tuple[int, dict[str, str]]
Record = tuple[int, Sequence[Any]]


def rows(path: Path, layout: Layout) -> Iterator[Line]:
    """Every row that says something, its columns by their keys. Raises FileRefused for what is no table of this layout."""
    columns: list[str] | None = None
    found = 0
    for number, cells in _records(path):
        if columns is None:
            columns = _columns(number, cells, layout)
        elif any((said := _said(number, cells, columns, layout)).values()):
            found += 1
            if found > layout.most:
                raise too_long(layout.most)
            yield number, said
    if not found:
        raise FileRefused(_("文件里只有表头，没有内容。") if columns else _("文件是空的。"))


def rows_of_upload(sent: Sent, layout: Layout) -> list[Line]:
    """The same of an uploaded file of at most 10 MB."""
    with received(sent, largest=LARGEST_UPLOAD) as path:
        return list(rows(path, layout))


def _records(path: Path) -> Iterator[Record]:
    return sheet_rows(path) if kind_of_file(path, TABLES) == ".xlsx" else _csv(path)


def _csv(path: Path) -> Iterator[Record]:
    reader = csv.reader((line for _number, line in text_lines(path)), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_("第 %(n)d 行的引号或者逗号配不上，读不下去。") % {"n": begins}) from error


def _columns(number: int, cells: Sequence[Any], layout: Layout) -> list[str] | None:
    """None while the header is still to come."""
    headings = [_text(number, HEADING, cell) for cell in cells]
    return layout.headed(headings) if any(headings) else None


def _said(number: int, cells: Sequence[Any], columns: Sequence[str], layout: Layout) -> dict[str, str]:
    """A row that is shorter than the header ends in empty cells."""
    if any(cell.strip() if isinstance(cell, str) else True for cell in cells[len(columns) :]):
        raise FileRefused(_("第 %(n)d 行比表头多出几格，可能串了列，请核对逗号。") % {"n": number})
    whole = [*cells, *[""] * (len(columns) - len(cells))]
    return {key: _text(number, layout.columns[key], cell) for key, cell in zip(columns, whole, strict=False) if key}


def _text(number: int, column: Column, cell: Any) -> str:
    where = {"n": number, "column": column.name}
    text = normalise(cell if isinstance(cell, str) else shown(cell, column.holds, where))
    # What follows is text, says who writes it: `safe_cell`, or a clerk who keeps the digits of a number.
    if text.startswith("'"):
        return text[1:]
    if text.startswith(RUNS) or (column.holds is Holds.NAME and text.startswith(RUNS_IN_NAMES)):
        raise FileRefused(_("第 %(n)d 行的“%(column)s”像是公式，不能导入。请改成普通文字。") % where)
    return text
