"""Rules that nobody wrote down one by one: what a district's two plain lists come to, and the ladder that always holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Difficulty
from fengqiao.places.models import span_of

from .book import Book, Level, Rule


@dataclass(frozen=True)
class Line:
    """A line of rules.csv as districts write it, or of the duty list, which then has its item."""

    category: str
    place: str
    body: str
    reason: str
    item: str = ""


def derived(rules: Iterable[Line], duties: Iterable[Line]) -> tuple[Rule, ...]:
    """The lines of rules, then those of the duty list, each the closest first; then the ladder."""
    ranked = [*_ranked(rules, 0), *_ranked(duties, 1)]
    return Book.of(0, [*ranked, *(replace(rule, rank=10**6) for rule in ladder())]).rules


def ladder() -> list[Rule]:
    """Handbook 2.4: simple ones in the village, complex ones in the town, major ones in the centre."""
    with translation.override("zh-hans"):  # it is data, and read by everybody as it was written
        return [
            Rule(1, to=Level.VILLAGE.value, difficulty=Difficulty.GENERAL.value, reason=_("一般的事就地化解")),
            Rule(1, to=Level.TOWN.value, difficulty=Difficulty.COMPLEX.value, reason=_("复杂的事由镇街办")),
            Rule(1, to=Level.CENTER.value, difficulty=Difficulty.MAJOR.value, reason=_("重大疑难的事由区中心办")),
        ]


def built_in() -> Book:
    """Version 0: where a district was never loaded."""
    return Book.of(0, ladder())


def _ranked(lines: Iterable[Line], part: int) -> list[Rule]:
    """One for the category before one for any, a smaller place before a larger."""
    return [
        Rule(
            part * 1000 + (0 if line.category else 100) + 50 - len(_stem(line.place)), (line.body,), category=line.category,
            place=line.place, reason=line.reason, item=line.item,
        )
        for line in sorted(lines, key=lambda one: (one.category, one.place, one.item))
    ]  # fmt: skip


def _stem(place: str) -> str:
    return span_of(place)[0] if place else ""
