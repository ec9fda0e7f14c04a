"""Read the CSV files of a district's folder into rows that know their line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

from .problems import Findings
from .schema import Column, Table

LARGEST = 32 * 1024 * 1024  # bytes; a county with every grid worker stays far below


@dataclass(frozen=True)
class Row:
    """One row: what its cells mean, and where it stands. A row that is not whole has cells that could not be read."""

    line: int
    values: dict[str, Any]
    whole: bool = True

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def text_of(path: Path, found: Findings) -> str | None:
    """The text of a file, or None once the reason is among the findings."""
    try:
        if path.stat().st_size > LARGEST:
            found.add(path.name, 0, _("文件超过 32 MB，不像是区县数据"))
            return None
        data = path.read_bytes()
    except OSError as error:
        found.add(path.name, 0, _("打不开：%(reason)s") % {"reason": error.strerror})
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found.add(path.name, line, _("不是 UTF-8 编码，请另存为“CSV UTF-8”"))
        return None


def read_table(folder: Path, table: Table, found: Findings) -> list[Row] | None:
    """Every row; what is wrong goes to the findings. None if the file as a whole cannot be read.

    A missing optional file has no rows.
    """
    path = folder / table.file
    if not path.exists():
        if table.required:
            found.add(table.file, 0, _("缺少这个文件"))
        return None if table.required else []
    text = text_of(path, found)
    if text is None:
        return None
    return rows_in(table, _lines(text, table.file, found), found)


def rows_in(table: Table, lines: Iterator[tuple[int, list[str]]], found: Findings) -> list[Row] | None:
    """The rows of records with the numbers of their lines, the first being the names of the columns. None without those."""
    head = next(lines, None)
    if head is None:
        found.add(table.file, 0, _("文件是空的，至少要有一行列名"))
        return None
    columns = _columns(table, head[1], head[0], found)
    if columns is None:
        return None
    rows = [row for line, cells in lines if (row := _row(table, columns, line, cells, found))]
    _refuse_twins(table, rows, found)
    return rows


def _lines(text: str, file: str, found: Findings) -> Iterator[tuple[int, list[str]]]:
    """The number of each record's first line with its cells; blank lines and lines that begin with # are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found.add(file, line, _("CSV 写法有误（引号或分隔不对）：%(reason)s") % {"reason": error})
            return
        if any(cells) and not cells[0].startswith("#"):
            yield line, [cell.strip() for cell in cells]


def _columns(table: Table, names: Sequence[str], line: int, found: Findings) -> list[Column] | None:
    columns = [table.column(name) for name in names]
    before = len(found.problems)
    for name, column in zip(names, columns, strict=True):
        if column is None:
            found.add(table.file, line, _("不认识的列“%(name)s”") % {"name": name[:40]})
    for name in sorted({name for name in names if list(names).count(name) > 1}):
        found.add(table.file, line, _("列“%(name)s”出现了两次") % {"name": name[:40]})
    for column in table.columns:
        if column.required and column.name not in names:
            found.add(table.file, line, _("缺少列“%(name)s”") % {"name": column.name})
    return [column for column in columns if column] if len(found.problems) == before else None


def _row(table: Table, columns: list[Column], line: int, cells: list[str], found: Findings) -> Row | None:
    if len(cells) != len(columns):
        found.add(
            table.file, line,
            _("这一行有 %(n)d 格，应有 %(columns)d 格") % {"n": len(cells), "columns": len(columns)},
        )  # fmt: skip
        return None
    values = {column.name: column.default for column in table.columns}
    before = len(found.problems)
    for column, cell in zip(columns, cells, strict=True):
        try:
            values[column.name] = column.value(cell)
        except Refused as refused:
            found.add(table.file, line, _("%(column)s：%(why)s") % {"column": column.name, "why": refused})
    return Row(line, values, whole=len(found.problems) == before)


def _refuse_twins(table: Table, rows: list[Row], found: Findings) -> None:
    first: dict[tuple, int] = {}
    for row in rows:
        key = tuple(row[name] for name in table.key)
        if key in first:
            told = _("%(key)s 与第 %(line)d 行重复") % {
                "key": "＋".join(str(part) for part in key),
                "line": first[key],
            }
            found.add(table.file, row.line, told)
        else:
            first[key] = row.line
