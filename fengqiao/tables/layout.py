"""What a table is expected to look like: its columns, what they may be called, and what their cells hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import FileRefused
from fengqiao.kernel.text import normalise

MOST_ROWS = 200_000
MOST_COLUMNS = 64


class Holds(Enum):
    """What a cell of a column may be, where a spreadsheet knows more than text."""

    TEXT = auto()  # numbers as they are shown
    PROSE = auto()  # a number there is in the wrong column
    NAME = auto()  # as prose; nobody's name begins with +
    DAY = auto()
    TIME = auto()


@dataclass(frozen=True)
class Column:
    """`name` is what people are told; headings of the names in `also` are understood."""

    name: str
    holds: Holds = Holds.TEXT
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Layout:
    """`needed` columns must be there, and one of `one_of`. Other columns are left alone, in a closed layout refused."""

    columns: Mapping[str, Column]
    needed: Sequence[str]
    one_of: Sequence[str] = ()
    most: int = MOST_ROWS
    closed: bool = False

    def headed(self, headings: Sequence[str]) -> list[str]:
        """Which column each heading means; empty for none. Raises FileRefused for a header that is not the table's."""
        names = list(headings)
        while names and not names[-1]:
            names.pop()
        if len(names) > MOST_COLUMNS:
            raise too_wide(len(names))
        found = [self._meant.get(name.lower(), "") for name in names]
        self._refuse_twins(names, found)
        self._refuse_missing(found)
        if self.closed and (strange := [name for name, key in zip(names, found, strict=True) if name and not key]):
            raise FileRefused(_("不认识的列：%(names)s。") % {"names": "、".join(strange[:5])})
        return found

    @cached_property
    def _meant(self) -> dict[str, str]:
        words = {key: (key, column.name, *column.also) for key, column in self.columns.items()}
        return {normalise(word).lower(): key for key, meaning in words.items() for word in meaning}

    def _refuse_twins(self, names: Sequence[str], found: Sequence[str]) -> None:
        for i, name in enumerate(names):
            if name and (name in names[:i] or (found[i] and found[i] in found[:i])):
                raise FileRefused(_("表头里“%(name)s”出现了两次，分不清用哪一列。") % {"name": name})

    def _refuse_missing(self, found: Sequence[str]) -> None:
        any_of = () if any(key in found for key in self.one_of) else self.one_of[:1]
        if missing := [self.columns[key].name for key in (*any_of, *self.needed) if key not in found]:
            raise FileRefused(_("表头缺少这些列：%(names)s。第一行应是列名。") % {"names": "、".join(missing)})


def too_wide(columns: int) -> FileRefused:
    return FileRefused(_("表头有 %(n)d 列，太多了，请只留下要导入的列。") % {"n": columns})


def too_long(rows: int) -> FileRefused:
    return FileRefused(_("超过 %(n)d 行，请分成几份。") % {"n": rows})
