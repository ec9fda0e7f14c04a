"""Rules and what the linter found, in words, row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from . import words
from .book import Book, Fact, Rule
from .lint import Fault, Finding
from .world import Names

MOST_NAMED = 8  # categories or places told of what no rule covers; of the rest, how many


@dataclass(frozen=True)
class Shown:
    """One rule as a row of the table."""

    n: int
    rule: Rule
    conditions: list[str]
    who: str
    faults: list[Finding] = field(default_factory=list)

    @property
    def stops(self) -> bool:
        return any(one.stops for one in self.faults)


def rows(some: Iterable[tuple[int, Rule]], names: Names, found: Sequence[Finding] = ()) -> list[Shown]:
    """The rules with their numbers, each with its faults."""
    of_rule: dict[int, list[Finding]] = {}
    for one in found:
        for n in one.rules:
            of_rule.setdefault(n, []).append(one)
    return [
        Shown(n, rule, _conditions(rule, names), words.who(rule, names.bodies), of_rule.get(n, [])) for n, rule in some
    ]


def general(found: Iterable[Finding], names: Names) -> list[str]:
    """The faults that are no single rule's: what is not covered, in a sentence each."""
    return [
        _uncovered(one, names) if one.fault is Fault.UNCOVERED else str(one.fault.label)
        for one in found
        if not one.rules
    ]


def changes(before: Book, after: Book, names: Names) -> list[tuple[str, Shown]]:
    """What one version says that the other does not: gone first, then new. A rank is no change of a rule."""

    def plain(rule: Rule) -> dict[str, Any]:
        return {**rule.as_json(), "rank": 0}

    old, new = [plain(rule) for rule in before.rules], [plain(rule) for rule in after.rules]
    gone = [(n, rule) for n, rule in before.numbered if plain(rule) not in new]
    come = [(n, rule) for n, rule in after.numbered if plain(rule) not in old]
    return [(_("去掉"), row) for row in rows(gone, names)] + [(_("新增"), row) for row in rows(come, names)]


def _conditions(rule: Rule, names: Names) -> list[str]:
    of_fact = {Fact.CATEGORY: "categories", Fact.PLACE: "places"}
    told = [words.condition(rule, fact, getattr(names, of_fact[fact]) if fact in of_fact else {}) for fact in rule.asks]
    return told or [_("什么事都行")]


def _uncovered(one: Finding, names: Names) -> str:
    if len(one.categories) > len(names.categories) and len(one.places) >= len(names.places):
        return _("有的事没有规则管到，会交兜底窗口。")
    categories = [names.categories.get(code, _("未分类")) for code in one.categories]
    places = [names.places.get(code, code) for code in one.places]
    everywhere = len(one.places) >= len(names.places)
    told = {"what": _several(categories), "where": _("全区") if everywhere else _several(places)}
    return _("没有规则管到（至少一部分）：%(what)s；地方：%(where)s。会交兜底窗口。") % told


def _several(some: list[str]) -> str:
    shown = "、".join(some[:MOST_NAMED])
    return _("%(some)s 等 %(n)d 个") % {"some": shown, "n": len(some)} if len(some) > MOST_NAMED else shown
