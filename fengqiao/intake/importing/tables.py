"""Tables with a header row, as CSV or XLSX: which columns there are, and what a cell may hold."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from fengqiao.kernel.text import normalise

from .files import FileRefused, text_lines
from .rows import Row, read_date

SCHEME = "table"
MOST_COLUMNS = 64

# What a column may be called; the first name is the one that docs/import.md gives.
COLUMNS = {
    "ref": ("编号", "id", "ref"),
    "scheme": ("来源系统", "source"),
    "name": ("申请人", "姓名", "来访人", "name"),
    "phone": ("电话", "手机", "phone"),
    "id_number": ("身份证号", "id_number"),
    "home": ("住址", "home"),
    "opponent": ("对方", "被申请人", "opponent"),
    "title": ("标题", "title"),
    "facts": ("事由", "正文", "内容", "facts", "text"),
    "demand": ("诉求", "demand"),
    "category": ("类型", "纠纷类型", "category"),
    "place": ("地方", "地区", "place"),
    "address": ("地址", "address"),
    "amount": ("金额", "涉及金额", "amount"),
    "channel": ("渠道", "来源", "channel"),
    "date": ("日期", "反映日期", "date"),
}
NEEDED = ("ref", "name", "facts")
NAMES = {word: key for key, words in COLUMNS.items() for word in words}

# A cell that a spreadsheet would run: nobody's story begins so, and a phone may begin with +.
RUNS, RUNS_IN_NAMES = ("=", "＝", "@", "＠"), ("+", "＋")
NAME_LIKE = frozenset({"ref", "scheme", "name", "opponent", "title", "category", "place", "channel"})

Cells = Sequence[str]


def csv_rows(path: Path) -> Iterator[Row]:
    """Every row of a CSV file in UTF-8. Raises FileRefused for what is no table of ours."""
    reader = csv.reader((line for _number, line in text_lines(path)), strict=True)
    yield from rows_of(_records(reader))


def column_of(heading: str) -> str:
    """Which of our columns a heading means; empty for none of them."""
    return NAMES.get(normalise(heading).lower(), "")


def rows_of(records: Iterable[tuple[int, Cells]]) -> Iterator[Row]:
    """The rows below the header. Raises FileRefused for a wrong header, a shifted row, a formula, a date that is none."""
    columns: list[str] | None = None
    empty = True
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells)
            continue
        empty = False
        yield _row(number, columns, cells)
    if empty:
        raise FileRefused(_("文件里只有表头，没有内容。") if columns else _("文件是空的。"))


def _records(reader) -> Iterator[tuple[int, Cells]]:
    """Each record with the line where it begins."""
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileRefused(_("第 %(n)d 行的引号或者逗号配不上，读不下去。") % {"n": begins}) from error


def _columns(cells: Cells) -> list[str]:
    names = [normalise(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise FileRefused(_("表头有 %(n)d 列，太多了，请只留下要导入的列。") % {"n": len(names)})
    known = [column_of(name) for name in names]
    for i, name in enumerate(names):
        if name and (name in names[:i] or (known[i] and known[i] in known[:i])):
            raise FileRefused(_("表头里“%(name)s”出现了两次，分不清用哪一列。") % {"name": name})
    if missing := [COLUMNS[key][0] for key in NEEDED if key not in known]:
        raise FileRefused(_("表头缺少这些列：%(names)s。第一行应是列名。") % {"names": "、".join(missing)})
    return known


def _row(number: int, columns: list[str], cells: Cells) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise FileRefused(_("第 %(n)d 行比表头多出几格，可能串了列，请核对逗号。") % {"n": number})
    values = {key: cell.strip() for key, cell in zip(columns, cells, strict=False) if key}
    for key, value in values.items():
        _refuse_formula(number, key, value)
    try:
        asked_on = read_date(values.get("date", ""))
    except ValueError:
        wrong = {"n": number, "date": values["date"][:20]}
        raise FileRefused(_("第 %(n)d 行的日期“%(date)s”不对，应写成 2026-03-08，不能在今天以后。") % wrong) from None
    return Row(number, normalise(values.pop("scheme", "")) or SCHEME, values, asked_on)


def _refuse_formula(number: int, key: str, value: str) -> None:
    if value.startswith(RUNS) or (key in NAME_LIKE and value.startswith(RUNS_IN_NAMES)):
        wrong = {"n": number, "column": COLUMNS[key][0]}
        raise FileRefused(_("第 %(n)d 行的“%(column)s”像是公式，不能导入。请改成普通文字。") % wrong)
