"""What a spreadsheet shows in a cell that holds more than text: a day, a time, a number."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import FileRefused

from .layout import Holds

EXACT_BELOW = 10**15  # a spreadsheet keeps fifteen digits and makes the others zero


def shown(cell: Any, holds: Holds, where: Mapping[str, object]) -> str:
    """The text of an openpyxl cell in a column that `holds` such. Raises FileRefused that names the row and the column."""
    value = cell.value
    if cell.data_type == "f":
        raise FileRefused(_("第 %(n)d 行的“%(column)s”像是公式，不能导入。请改成普通文字。") % where)
    if holds is Holds.DAY and isinstance(value, date):
        return _day(value)
    if holds is Holds.TIME and isinstance(value, time):
        return f"{value:%H:%M}"
    if cell.data_type == "e" or isinstance(value, bool) or not isinstance(value, int | float) or _is_wordy(holds):
        raise FileRefused(_("第 %(n)d 行的“%(column)s”应是文字，却是别的。请把这一列设成文本重新填。") % where)
    if abs(value) >= EXACT_BELOW:
        raise FileRefused(_("第 %(n)d 行的“%(column)s”是数字格式，末几位已经丢了。请把这一列设成文本重新填。") % where)
    return _number(value, cell.number_format or "")


def _is_wordy(holds: Holds) -> bool:
    return holds in (Holds.PROSE, Holds.NAME)


def _day(value: date) -> str:
    """With the minute where there is one: midnight is how a spreadsheet keeps a day."""
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


def _number(value: int | float, number_format: str) -> str:
    """All its digits and no others; the leading zeros of a format like 00000 are shown, so they are meant."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.zfill(len(number_format)) if set(number_format) == {"0"} else text
