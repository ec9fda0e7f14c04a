"""A table of anything, as CSV or XLSX, looked over as the tables of disputes are: its records as text, with their lines."""

import csv
import warnings
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from .files import FileRefused, kind_of_file, text_lines
from .workbooks import look_over

MOST_COLUMNS = 64
RUNS = ("=", "＝", "@", "＠")
Record = tuple[int, list[str]]


def records(path: Path, *, most: int) -> list[Record]:
    """Every record that is not blank, with the line where it begins. Raises FileRefused for what is no plain table."""
    kind = kind_of_file(path)
    if kind == ".jsonl":
        raise FileRefused(_("只收 .csv 和 .xlsx 的表。"))
    found: list[Record] = []
    for line, cells in _csv(path) if kind == ".csv" else _workbook(path):
        if not any(cells):
            continue
        if len(found) > most:
            raise FileRefused(_("超过 %(n)d 行，请分成几份。") % {"n": most})
        found.append((line, cells))
    return found


def _csv(path: Path) -> Iterator[Record]:
    reader = csv.reader((line for _number, line in text_lines(path)), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_("第 %(n)d 行的引号或者逗号配不上，读不下去。") % {"n": begins}) from error
        yield begins, [_plain(begins, cell) for cell in cells]


def _workbook(path: Path) -> Iterator[Record]:
    look_over(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the reader does not support is not what we read
            yield from _rows(path)
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged workbook makes its reader raise, people hear one sentence
        raise FileRefused(_("工作簿损坏了，读不下去。请重新导出。")) from error


def _rows(path: Path) -> Iterator[Record]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise FileRefused(_("工作簿里没有能看见的表。"))
        for line, cells in enumerate(sheet.iter_rows(), 1):
            if len(cells) > MOST_COLUMNS:
                raise FileRefused(_("表头有 %(n)d 列，太多了，请只留下要导入的列。") % {"n": len(cells)})
            yield line, [_text(line, cell) for cell in cells]
    finally:
        book.close()


def _text(line: int, cell: Any) -> str:
    """Numbers are taken as they are shown; what a spreadsheet made of a text (a day, a truth) is refused."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e") or isinstance(value, bool | date | time):
        told = _("第 %(n)d 行有一格是公式、日期或者错误值。请把这一列设成文本重新填。")
        raise FileRefused(told % {"n": line})
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(value)
    return _plain(line, str(value))


def _plain(line: int, cell: str) -> str:
    text = cell.strip()
    if text.startswith(RUNS):
        raise FileRefused(_("第 %(n)d 行有一格像是公式，不能导入。请改成普通文字。") % {"n": line})
    return text[1:] if text.startswith("'") else text  # as `safe_cell` wrote it
