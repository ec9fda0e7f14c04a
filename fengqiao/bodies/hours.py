"""When a window is open in an ordinary week: `1-5 08:30-12:00,13:30-17:00; 6 09:00-11:30`, Monday is 1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

PART = re.compile(r"([1-7])(?:-([1-7]))?\s+(\S.*)")
SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")

Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """Spans of each weekday, Monday is 0. Nothing at all means that no hours are known."""

    spans: tuple[tuple[int, time, time], ...] = ()

    @classmethod
    def read(cls, text: str) -> "Hours":
        """The hours that the text writes. Refused with what is wrong."""
        found = [one for part in text.split(";") if part.strip() for one in _part(part.strip())]
        return cls(tuple(sorted(found)))

    def __bool__(self) -> bool:
        return bool(self.spans)

    def on(self, day: date) -> list[Span]:
        """The spans of this day, in order."""
        return [(starts, ends) for weekday, starts, ends in self.spans if weekday == day.weekday()]


def _part(text: str) -> Iterator[tuple[int, time, time]]:
    found = PART.fullmatch(text)
    if found is None:
        raise Refused(_("“%(text)s”看不懂，应像 1-5 08:30-12:00,13:30-17:00") % {"text": text[:40]})
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise Refused(_("“%(text)s”里星期几的先后反了") % {"text": text[:40]})
    for cell in found[3].split(","):
        starts, ends = _span(cell.strip())
        yield from ((weekday - 1, starts, ends) for weekday in range(first, last + 1))


def _span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    numbers = [int(part) for part in found.groups()] if found else [99] * 4
    if max(numbers[0], numbers[2]) > 23 or max(numbers[1], numbers[3]) > 59:
        raise Refused(_("“%(text)s”不是一段钟点，应像 08:30-12:00") % {"text": text[:40]})
    starts, ends = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    if ends <= starts:
        raise Refused(_("“%(text)s”结束早于开始") % {"text": text[:40]})
    return starts, ends
