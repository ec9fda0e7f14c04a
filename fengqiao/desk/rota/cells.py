"""Rows of a spreadsheet that somebody sent: the file is looked over first, then read as text with the numbers of its rows."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from fengqiao.intake.importing.files import FileRefused, kind_of_file, text_lines
from fengqiao.intake.importing.workbooks import look_over
from fengqiao.kernel.text import normalise

LARGEST = 2 * 1024 * 1024  # bytes
MOST_ROWS, MOST_COLUMNS = 2000, 20

Cells = list[str]


def rows_in(upload: UploadedFile) -> list[tuple[int, Cells]]:
    """Every row that is not empty, with its number from 1. Raises FileRefused with a sentence."""
    if (upload.size or 0) > LARGEST:
        raise FileRefused(_("文件超过 2 MB，不像一张值班表。"))
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / f"roster{Path(upload.name or '').suffix.lower()}"
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        kind = kind_of_file(path)
        if kind == ".jsonl":
            raise FileRefused(_("值班表只收 .csv 和 .xlsx。"))
        found = list(_of_csv(path) if kind == ".csv" else _of_workbook(path))
    if len(found) > MOST_ROWS:
        raise FileRefused(_("超过 %(n)d 行，请分成几份。") % {"n": MOST_ROWS})
    return [(number, cells) for number, cells in found if any(cells)]


def _of_csv(path: Path) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader((line for _number, line in text_lines(path)), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, _texts(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_("第 %(n)d 行的引号或者逗号配不上，读不下去。") % {"n": begins}) from error


def _of_workbook(path: Path) -> Iterator[tuple[int, Cells]]:
    look_over(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        yield from ((number, _texts(cells)) for number, cells in enumerate(rows, 1))
        book.close()
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged workbook makes its reader raise, people hear one sentence
        raise FileRefused(_("工作簿损坏了，读不下去。请重新导出。")) from error


def _texts(cells: Sequence[Any]) -> Cells:
    return [_text(cell) for cell in cells[:MOST_COLUMNS]]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else normalise(str(cell)).removeprefix("'")
