"""Workbooks (.xlsx): looked over as an archive before anything unpacks them, then read row by row."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from .files import MOST_ROWS, FileRefused
from .rows import Row
from .tables import COLUMNS, MOST_COLUMNS, Cells, column_of, rows_of

MOST_PARTS = 2000
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes, all parts together
MOST_SHRUNK, SHRUNK_FROM = 200, 5 * 1024 * 1024  # a large part that is packed tighter than this is a bomb
MACROS = ("vbaproject.bin", "macrosheets/")
LOOKED_AT = 4096

WORDS = frozenset({"scheme", "name", "home", "opponent", "title", "facts", "demand", "address", "channel"})


def rows(path: Path) -> Iterator[Row]:
    """Every row of the first sheet. Raises FileRefused for what is not a plain workbook with our header."""
    look_over(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the reader does not support is not what we read
            yield from rows_of(_records(path))
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged workbook makes its reader raise, people hear one sentence
        raise FileRefused(_("工作簿损坏了，读不下去。请重新导出。")) from error


def look_over(path: Path) -> None:
    """Raises FileRefused for a workbook that is damaged, locked, swollen, or carries macros or declarations."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bombs(archive)
            _refuse_strange_parts(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise FileRefused(_("工作簿损坏了，或者没有传完。请重新导出。")) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_("工作簿加了打开密码，读不了。请去掉密码再导入。"))
    shrunk = any(p.file_size > SHRUNK_FROM and p.file_size > MOST_SHRUNK * max(p.compress_size, 1) for p in parts)
    if shrunk or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileRefused(_("工作簿解开后大得不正常，不能导入。"))


def _refuse_strange_parts(archive: zipfile.ZipFile) -> None:
    names = [part.filename.lower() for part in archive.infolist()]
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileRefused(_("这不是 .xlsx 工作簿。请用原来的软件重新导出。"))
    if any(mark in name for name in names for mark in MACROS):
        raise FileRefused(_("这是带宏的工作簿，不能导入。请另存为不带宏的 .xlsx。"))
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(LOOKED_AT)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise FileRefused(_("工作簿里有不该有的声明，不能导入。请重新导出。"))


def _records(path: Path) -> Iterator[tuple[int, Cells]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise FileRefused(_("工作簿里没有能看见的表。"))
        names: list[str] = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > MOST_ROWS:
                raise FileRefused(_("超过 %(n)d 行，请分成几份。") % {"n": MOST_ROWS})
            if len(cells) > 4 * MOST_COLUMNS:
                raise FileRefused(_("表头有 %(n)d 列，太多了，请只留下要导入的列。") % {"n": len(cells)})
            read = [_text(number, _name(names, i), cell) for i, cell in enumerate(cells)]
            names = names or ([column_of(text) for text in read] if any(read) else [])
            yield number, read
    finally:
        book.close()


def _name(names: list[str], i: int) -> str | None:
    """Which of our columns it is: none of ours is None; empty while there is no header yet, or beyond its end."""
    if i < len(names):
        return names[i] or None
    return ""


def _text(number: int, name: str | None, cell: Any) -> str:
    """What the cell says, as text. Numbers are taken where a number makes sense and has not lost its last digits."""
    value = cell.value
    if value is None or name is None:
        return ""
    if cell.data_type == "f":
        raise _wrong(number, name, _("第 %(n)d 行的“%(column)s”像是公式，不能导入。请改成普通文字。"))
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return _day(value) if name in ("date", "") else _refuse_type(number, name)
    if isinstance(value, bool | time) or cell.data_type == "e" or name in WORDS:
        return _refuse_type(number, name)
    if name == "id_number":
        raise _wrong(number, name, _("第 %(n)d 行的“%(column)s”是数字格式，末几位已经丢了。请把这一列设成文本重新填。"))
    return str(int(value)) if value == int(value) else repr(value)


def _day(value: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{value:%Y-%m-%d}"


def _refuse_type(number: int, name: str) -> str:
    raise _wrong(number, name, _("第 %(n)d 行的“%(column)s”应是文字，却是别的。"))


def _wrong(number: int, name: str, words: str) -> FileRefused:
    return FileRefused(words % {"n": number, "column": COLUMNS[name][0] if name else "-"})
