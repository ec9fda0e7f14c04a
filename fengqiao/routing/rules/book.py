"""What a rule of routing may say, and what is known of a matter. Plain data: a book is read, compared and replayed without a database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fengqiao.places.models import span_of


class Level(TextChoices):
    """Who answers for a place, from the people upwards (handbook 1.1). A rule that names one goes up where there is none."""

    GRID = "grid", _("属地网格")
    VILLAGE = "village", _("属地村（社区）调委会")
    AREA = "area", _("属地片区")
    TOWN = "town", _("属地镇街分中心")
    TOWN_COMMITTEE = "town_committee", _("属地镇街调委会")
    CENTER = "center", _("区中心")


FALLBACK = "fallback"  # 综合调解窗口（兜底）: takes what has no clear owner (handbook 1.3)
LADDER = tuple(Level)


@dataclass(frozen=True)
class Span:
    """From one number to another, both included; None: without an end. 3-10, 3-, -10."""

    low: int | None = None
    high: int | None = None

    @classmethod
    def read(cls, text: str) -> "Span":
        """Raises ValueError for anything else than the three forms, and where the end comes before the beginning."""
        low, dash, high = text.partition("-")
        span = cls(int(low) if low else None, int(high) if high else None)
        if not dash or span == cls() or (span.low is not None and span.high is not None and span.high < span.low):
            raise ValueError(text)
        return span

    def __str__(self) -> str:
        return "-".join("" if end is None else str(end) for end in (self.low, self.high))

    def holds(self, number: int) -> bool:
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


@dataclass(frozen=True)
class Rule:
    """One rule. An empty condition holds for anything. It names bodies that are equals, or somebody by the place (`to`)."""

    rank: int  # rules of a smaller rank come first; those of one rank are equals
    bodies: tuple[str, ...] = ()  # keys
    to: str = ""  # a Level or FALLBACK, where no body is named
    category: str = ""
    place: str = ""  # a region and all that lies in it
    difficulty: str = ""
    channel: str = ""
    people: Span | None = None
    amount: Span | None = None  # fen
    reason: str = ""  # what a dispatcher reads
    item: str = ""  # the line of the duty list (责任清单) it comes from
    is_fast: bool = False  # 简案快调: a simple matter, straight to the village

    @property
    def targets(self) -> tuple[str, ...]:
        return self.bodies or (self.to,)

    @cached_property
    def asks(self) -> list["Fact"]:
        """The facts that it has a condition on."""
        return [fact for fact in Fact if getattr(self, fact)]

    def as_json(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if value not in ("", (), None, False)}
        for name in ("people", "amount"):
            if name in told:
                told[name] = str(getattr(self, name))
        return {**told, "bodies": list(self.bodies)} if self.bodies else told

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Rule":
        spans = {name: Span.read(told[name]) for name in ("people", "amount") if name in told}
        return cls(**{**told, **spans, "bodies": tuple(told.get("bodies", ()))})


@dataclass(frozen=True)
class Book:
    """All rules of one version, in their order. A rule is named by its number, from 1."""

    version: int
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, version: int, rules: Iterable[Rule]) -> "Book":
        """In order, with ranks that run 1, 2, 3 without gaps."""
        inorder = sorted(rules, key=lambda rule: rule.rank)
        ranked = groupby(inorder, key=lambda rule: rule.rank)
        return cls(version, tuple(replace(rule, rank=n) for n, (_rank, some) in enumerate(ranked, 1) for rule in some))

    @property
    def numbered(self) -> Iterator[tuple[int, Rule]]:
        return enumerate(self.rules, 1)

    @property
    def ranks(self) -> Iterator[list[tuple[int, Rule]]]:
        """The rules of each rank with their numbers, the first rank first."""
        for _rank, some in groupby(self.numbered, key=lambda one: one[1].rank):
            yield list(some)

    def rule(self, n: int) -> Rule:
        return self.rules[n - 1]


@dataclass(frozen=True)
class Candidate:
    """A body that a decision may come to, as it stood then."""

    name: str
    closed: str = ""  # why it is passed over: a Closed, or nothing
    open: int = 0  # disputes in hand
    mediators: int = 0  # at work today

    @property
    def load(self) -> float:
        """Open disputes for each mediator; a body without one counts as having one."""
        return self.open / max(self.mediators, 1)


class Closed(TextChoices):
    SHUT = "shut", _("已经停用或者不接分派")
    NOBODY = "nobody", _("没有人在岗")


@dataclass(frozen=True)
class Facts:
    """What a decision is made on: nothing of the people but how many they are."""

    category: str = ""  # code; empty: nobody has said yet
    place: str = ""  # code of the smallest region that is known
    difficulty: str = ""
    channel: str = ""
    people: int | None = None
    amount: int | None = None  # fen
    category_name: str = ""
    place_name: str = ""
    candidates: Mapping[str, Candidate] = field(default_factory=dict)  # by key
    ladder: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # Level → keys of who answers for the place
    fallback: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        told = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        return {**told, "ladder": {at: list(keys) for at, keys in self.ladder.items()}, "fallback": list(self.fallback)}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Facts":
        read = {
            "candidates": {key: Candidate(**one) for key, one in told["candidates"].items()},
            "ladder": {at: tuple(keys) for at, keys in told["ladder"].items()}, "fallback": tuple(told["fallback"]),
        }  # fmt: skip
        return cls(**{**told, **read})


class Fact(TextChoices):
    """What a rule may ask, in the order in which one would ask a person."""

    CATEGORY = "category", _("纠纷类型")
    PLACE = "place", _("发生地")
    DIFFICULTY = "difficulty", _("难易程度")
    CHANNEL = "channel", _("来源")
    PEOPLE = "people", _("人数")
    AMOUNT = "amount", _("金额")


class Fit(Enum):
    YES = 1
    NO = 2
    UNKNOWN = 3


def fit_of(rule: Rule, fact: Fact, value: Any) -> Fit:
    """Whether one condition of the rule holds for this value of the fact."""
    wanted = getattr(rule, fact)
    if not wanted:
        return Fit.YES
    if value is None or value == "":
        return Fit.UNKNOWN
    if fact is Fact.PLACE:
        return _fit_of_place(wanted, value)
    holds = wanted.holds(value) if isinstance(wanted, Span) else wanted == value
    return Fit.YES if holds else Fit.NO


def unknown_to(rule: Rule, facts: Facts) -> list[Fact] | None:
    """What one would have to know to say whether the rule holds: nothing where it does; None where it does not."""
    unknown = []
    for fact in rule.asks:
        fit = fit_of(rule, fact, getattr(facts, fact))
        if fit is Fit.NO:
            return None
        if fit is Fit.UNKNOWN:
            unknown.append(fact)
    return unknown


def _fit_of_place(wanted: str, place: str) -> Fit:
    """A town is known and the rule is about one of its villages: then it is not known yet."""
    low, high = span_of(wanted)
    if low <= place <= high:
        return Fit.YES
    first, last = span_of(place)
    return Fit.UNKNOWN if first <= wanted <= last else Fit.NO
