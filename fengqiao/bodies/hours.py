"""When a window is open in an ordinary week: `1-5 08:30-12:00,13:30-17:00; 6 09:00-11:30`, Monday is 1.

People write it as they say it, `周一至周五 8:30-12:00、13:30-17:00；周六 9:00-11:30`; both are read, the first is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

PART = re.compile(r"([1-7])(?:-([1-7]))?\s+(\S.*)")
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
DAYS = "一二三四五六日"
WEEK = re.compile("周|星期|礼拜")
SPOKEN = str.maketrans({
    **{letter: str(number) for number, letter in enumerate(DAYS, 1)}, "天": "7", "，": ",", "、": ",", "：": ":",
    **dict.fromkeys("至到—–－~～", "-"),
})  # fmt: skip

Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """Spans of each weekday, Monday is 0. Nothing at all means that no hours are known."""

    spans: tuple[tuple[int, time, time], ...] = ()

    @classmethod
    def read(cls, text: str) -> "Hours":
        """The hours that the text writes. Refused with what is wrong."""
        found = [one for part in re.split("[;；]", text) if part.strip() for one in _part(part.strip())]
        return cls(tuple(sorted(found)))

    @property
    def written(self) -> str:
        """As it is kept, and as a district's folder has it."""
        return "; ".join(f"{_run(first, last)} {_spans(spans, ',')}" for first, last, spans in self._runs())

    @property
    def in_words(self) -> str:
        """As people say it."""
        return "；".join(f"{_run(first, last, DAYS)} {_spans(spans, '、')}" for first, last, spans in self._runs())

    def _runs(self) -> Iterator[tuple[int, int, list[Span]]]:
        """Weekdays one after the other that have the same hours."""
        week = [[(starts, ends) for day, starts, ends in self.spans if day == weekday] for weekday in range(7)]
        first = 0
        for weekday in range(7):
            if weekday == 6 or week[weekday + 1] != week[first]:
                if week[first]:
                    yield first, weekday, week[first]
                first = weekday + 1

    def __bool__(self) -> bool:
        return bool(self.spans)

    def on(self, day: date) -> list[Span]:
        """The spans of this day, in order."""
        return [(starts, ends) for weekday, starts, ends in self.spans if weekday == day.weekday()]


def _part(text: str) -> Iterator[tuple[int, time, time]]:
    found = PART.fullmatch(WEEK.sub("", text).translate(SPOKEN).strip())
    if found is None:
        raise Refused(_("“%(text)s”看不懂，应像：周一至周五 08:30-12:00、13:30-17:00") % {"text": text[:40]})
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise Refused(_("“%(text)s”里星期几的先后反了") % {"text": text[:40]})
    for cell in found[3].split(","):
        starts, ends = _span(cell.strip())
        yield from ((weekday - 1, starts, ends) for weekday in range(first, last + 1))


def _run(first: int, last: int, names: str = "") -> str:
    one, other = (f"周{names[day]}" if names else str(day + 1) for day in (first, last))
    return one if first == last else f"{one}{'至' if names else '-'}{other}"


def _spans(spans: list[Span], between: str) -> str:
    return between.join(f"{starts:%H:%M}-{ends:%H:%M}" for starts, ends in spans)


def _span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    numbers = [int(part) for part in found.groups()] if found else [99] * 4
    if max(numbers[0], numbers[2]) > 23 or max(numbers[1], numbers[3]) > 59:
        raise Refused(_("“%(text)s”不是一段钟点，应像 08:30-12:00") % {"text": text[:40]})
    starts, ends = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    if ends <= starts:
        raise Refused(_("“%(text)s”结束早于开始") % {"text": text[:40]})
    return starts, ends
