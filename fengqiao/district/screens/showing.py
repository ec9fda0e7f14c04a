"""Rows and changes in the words that the screens show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.district.changing import Preview
from fengqiao.district.differing import NAMED, Sight
from fengqiao.district.meanings import Meanings
from fengqiao.district.present import Cells, Key
from fengqiao.district.proposals import RowChange
from fengqiao.district.schema import LIMITS, STRENGTH, TARGETS, Table
from fengqiao.district.titles import LISTED, Titles, heading
from fengqiao.district.undoing import row_name

MOST_SHOWN = 100  # rows of a preview that are shown one by one
# A number says little without its unit.
WITH_UNIT = {(LIMITS.file, "n"): "unit", (TARGETS.file, "value"): "unit", (STRENGTH.file, "n"): "or_more"}


@dataclass(frozen=True)
class Shown:
    """One row of a list."""

    name: str
    url: str
    is_slot: bool
    cells: list[tuple[str, str]]  # heading, words


@dataclass(frozen=True)
class ShownChange:
    """One row of a preview or of the history: which, what was done to it, and the columns with before and after."""

    name: str
    what: str
    columns: list[tuple[str, str, str]]
    is_change: bool  # of a row that was there and stays


def slug(table: Table) -> str:
    return table.file.removesuffix(".csv")


def address(view: str, table: Table, key: Key, **more: str) -> str:
    """Of a page about one row."""
    return f"{reverse(view, args=[slug(table)])}?{urlencode([*(('key', part) for part in key), *more.items()])}"


def listed(table: Table, rows: Sequence[tuple[Key, Cells]], known: Meanings) -> list[Shown]:
    names = LISTED[Titles(table.file)]
    return [
        Shown(
            words_of(table, names[0], cells, known) or row_name(table, key, cells, known),
            address("district_row", table, key),
            cells.get("is_slot") == "1",
            [(heading(table, name), words_of(table, name, cells, known)) for name in names[1:]],
        )
        for key, cells in rows
    ]


def words_of(table: Table, name: str, cells: Mapping[str, str], known: Meanings) -> str:
    """A cell in words, with its unit where it has one."""
    told = known.words(table, name, cells.get(name, ""))
    unit = WITH_UNIT.get((table.file, name))
    if unit == "or_more":
        return _("%(n)s 以上") % {"n": told} if cells.get(unit) == "1" else told
    return f"{told} {known.words(table, unit, cells.get(unit, ''))}" if unit and told else told


def has_words(cells: Cells, words: str, table: Table, known: Meanings) -> bool:
    """Whether the row says this anywhere, in its file or in words."""
    wanted = words.lower()
    return any(
        wanted in cell.lower() or wanted in known.words(table, name, cell).lower() for name, cell in cells.items()
    )


def changes(table: Table, found: Sequence[RowChange], known: Meanings) -> Iterator[ShownChange]:
    for one in found[:MOST_SHOWN]:
        what = _("新增") if one.before is None else _("去掉") if one.after is None else _("修改")
        columns = [(heading(table, name), _cell(one.before, name), _cell(one.after, name)) for name in one.changed]
        told = [
            (title, known.words(table, name, before), known.words(table, name, after))
            for (title, before, after), name in zip(columns, one.changed, strict=True)
        ]
        yield ShownChange(
            row_name(table, one.key, one.after or one.before, known),
            what,
            told,
            one.before is not None and one.after is not None,
        )


def _cell(row: Cells | None, name: str) -> str:
    return (row or {}).get(name, "")


def sights(found: Sequence[Sight]) -> Iterator[str]:
    """Who would see what: one sentence a person and direction."""
    for one in found:
        for numbers, told in (
            (one.lost, _("%(person)s 不再看得到 %(n)d 件：%(numbers)s")),
            (one.gained, _("%(person)s 开始看得到 %(n)d 件：%(numbers)s")),
        ):
            if numbers:
                some = "、".join(numbers[:NAMED]) + ("……" if len(numbers) > NAMED else "")
                yield told % {"person": one.person, "n": len(numbers), "numbers": some}


def of_preview(seen: Preview) -> dict[str, Any]:
    """What preview.html needs of it."""
    table, rows = seen.proposal.table, seen.changes
    counts = [
        (_("新增 %(n)d 行"), sum(one.before is None for one in rows)),
        (_("修改 %(n)d 行"), sum(one.before is not None and one.after is not None for one in rows)),
        (_("去掉 %(n)d 行"), sum(one.after is None for one in rows)),
    ]
    return {
        "changes": list(changes(table, rows, Meanings())), "more": max(len(rows) - MOST_SHOWN, 0),
        "totals": "，".join(what % {"n": n} for what, n in counts if n), "sight": list(sights(seen.sight)),
        "moving": seen.moving,
    }  # fmt: skip
