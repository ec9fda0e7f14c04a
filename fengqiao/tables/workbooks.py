"""Workbooks (.xlsx): looked over as an archive before anything unpacks them, then read row by row."""

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import FileRefused

from .layout import MOST_COLUMNS, MOST_ROWS, too_long, too_wide

MOST_PARTS = 2000
LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes, all parts together
MOST_SHRUNK, SHRUNK_FROM = 200, 5 * 1024 * 1024  # a large part that is packed tighter than this is a bomb
MACROS = ("vbaproject.bin", "macrosheets/")
LOOKED_AT = 4096


def sheet_rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """The first visible sheet: texts as they are, empty cells as "", everything else as openpyxl's cell.

    Raises FileRefused for what is not a plain workbook.
    """
    look_over(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the reader does not support is not what we read
            yield from _rows(path)
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


def _rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise FileRefused(_("工作簿里没有能看见的表。"))
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > MOST_ROWS + 1:
                raise too_long(MOST_ROWS)
            if len(cells) > 4 * MOST_COLUMNS:  # beyond the table there may be cells with a border and nothing in them
                raise too_wide(len(cells))
            yield number, [_said(cell) for cell in cells]
    finally:
        book.close()


def _said(cell: Any) -> Any:
    if cell.value is None:
        return ""
    return cell.value if isinstance(cell.value, str) and cell.data_type not in ("f", "e") else cell
