"""What a cell of a district's file may hold: each function reads one kind, and is Refused what is not of it."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.bodies.commands import subjects_of
from fengqiao.bodies.hours import Hours
from fengqiao.kernel.errors import Refused
from fengqiao.notices import texts
from fengqiao.routing.rules.book import Span

LONGEST_HOURS = 120

Read = Callable[[str], Any]


def words(most: int) -> Read:
    """Text of at most so many characters, without control characters."""

    def read(cell: str) -> str:
        if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in cell):
            raise Refused(_("有看不见的控制字符或乱码"))
        if len(cell) > most:
            raise Refused(_("太长：%(n)d 个字，最多 %(most)d 个") % {"n": len(cell), "most": most})
        return cell

    return read


def one_of(choices: Iterable[str]) -> Read:
    allowed = list(choices)

    def read(cell: str) -> str:
        if cell not in allowed:
            raise Refused(_("“%(cell)s”不在可选值里：%(choices)s") % {"cell": cell, "choices": "、".join(allowed)})
        return cell

    return read


def shaped(pattern: str, example: str, most: int) -> Read:
    """Text of one shape, such as a key or a code."""

    def read(cell: str) -> str:
        if len(cell) > most or not re.fullmatch(pattern, cell):
            raise Refused(_("“%(cell)s”的写法不对，应像 %(example)s") % {"cell": cell[:40], "example": example})
        return cell

    return read


def flag(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise Refused(_("“%(cell)s”应是 1（是）或 0（否）") % {"cell": cell[:40]})
    return cell == "1"


def whole(cell: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", cell):
        raise Refused(_("“%(cell)s”应是 1 到 9999 的整数") % {"cell": cell[:40]})
    return int(cell)


def number(cell: str) -> int:
    """A whole number that may be large, such as an amount in 分."""
    if not re.fullmatch(r"[1-9][0-9]{0,13}", cell):
        raise Refused(_("“%(cell)s”应是大于 0 的整数") % {"cell": cell[:40]})
    return int(cell)


def day(cell: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        raise Refused(_("“%(cell)s”应是日期，写成 2026-01-31") % {"cell": cell[:40]})
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise Refused(_("“%(cell)s”不是日历上的日子") % {"cell": cell}) from None


def degrees(cell: str) -> Decimal:
    """Decimal degrees, to a tenth of a metre or so."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,9})?", cell):
        raise Refused(_("“%(cell)s”应是度，写成小数，如 120.123456") % {"cell": cell[:40]})
    return Decimal(cell)


def subjects(cell: str) -> list[str]:
    """Names parted by 、; a lone * is every subject."""
    return subjects_of(cell.split("、"))


def hours(cell: str) -> str:
    """Opening hours, as fengqiao/bodies/hours.py reads them."""
    if len(cell) > LONGEST_HOURS:
        raise Refused(_("太长：%(n)d 个字，最多 %(most)d 个") % {"n": len(cell), "most": LONGEST_HOURS})
    Hours.read(cell)
    return cell


def span(cell: str) -> str:
    """A range of whole numbers, both ends included: 3-10, 3-, -10."""
    try:
        return str(Span.read(cell))
    except ValueError:
        raise Refused(_("“%(cell)s”应是范围，写成 3-10、3- 或 -10") % {"cell": cell[:40]}) from None


def message(most: int) -> Read:
    """Words of a message, with fields of the list alone."""
    plain = words(most)
    return lambda cell: texts.checked(plain(cell))


def codes(cell: str) -> list[str]:
    return cell.split()


KEY = shaped(r"[a-z0-9]+(-[a-z0-9]+)*", "mdc-labour", 60)
CODE = shaped(r"[0-9]{12}|[0-9]{15}", "330502004000", 15)
USERNAME = shaped(r"[a-z][a-z0-9._-]{1,29}", "chenxiaoyan", 30)
LEVEL = shaped(r"[a-z][a-z0-9_-]{0,19}", "town", 20)
CATEGORY = shaped(r"[0-9A-Za-z.-]+", "10", 10)
LIMIT = shaped(r"[a-z_]+(\.[a-z_]+)?", "mediate.labour", 40)
LIMIT_OR_ALL = shaped(r"\*|[a-z_]+(\.[a-z_]+)?", "mediate.labour", 40)
