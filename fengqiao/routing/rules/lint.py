"""What is wrong with a book of rules: never reached, in contradiction, pointing at nobody, leaving something uncovered.

The facts fall into classes that no rule tells apart; a rule is a box of classes, and boxes are subtracted. So the answers
are exact, and quick for a thousand places and a hundred rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .book import FALLBACK, LADDER, Book, Fact, Fit, Rule, Span, fit_of

Box = tuple[int, ...]  # for each fact the classes that are in it, as bits
MOST_BOXES = 20_000


class Fault(TextChoices):
    SHADOWED = "shadowed", _("轮不到：前面的规则已经管住了")
    CONTRADICTS = "contradicts", _("互相矛盾：次序相同、条件重叠，交给的单位却不同")
    CLOSED = "closed", _("交给的单位不在、停用或者不接分派")
    UNMANNED = "unmanned", _("交给的单位没有人能登录受理")
    STRANGE = "strange", _("写的类型、地方或者来源不存在")
    SLOW = "slow", _("写了简案快调，却不是直接交给属地村社")
    UNCOVERED = "uncovered", _("没有规则管到，都交兜底窗口")
    TOO_MANY = "too_many", _("规则太碎，查不完")


STOPS = frozenset({Fault.CONTRADICTS, Fault.CLOSED, Fault.STRANGE, Fault.SLOW})  # a book with these is not published


@dataclass(frozen=True)
class World:
    """All that a rule may name. Bodies: by key whether they take disputes, and whether anybody there can sign in."""

    categories: frozenset[str]
    places: frozenset[str]
    difficulties: frozenset[str]
    channels: frozenset[str]
    open_bodies: frozenset[str]
    unmanned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One fault: of these rules, or, where no rule covers, for these categories and places (empty: not said)."""

    fault: Fault
    rules: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        return self.fault in STOPS


def lint(book: Book, world: World) -> list[Finding]:
    """Every fault, in the order of the rules; what is not covered last."""
    found = [*_pointing(book, world), *_strange(book, world)]
    space = _Space(book, world)
    try:
        found += [Finding(Fault.SHADOWED, (n,)) for n, _rule in book.numbered if space.is_shadowed(n)]
        gaps = list(space.gaps())
    except _TooMany:
        return [*_sorted(found), Finding(Fault.TOO_MANY)]
    found += [Finding(Fault.CONTRADICTS, pair) for pair in space.contradictions()]
    return [*_sorted(found), *gaps]


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (one.rules, one.fault))


def _pointing(book: Book, world: World) -> Iterator[Finding]:
    for n, rule in book.numbered:
        known = rule.to in (*LADDER, FALLBACK) if not rule.bodies else set(rule.bodies) <= world.open_bodies
        if not known:
            yield Finding(Fault.CLOSED, (n,))
        elif rule.bodies and set(rule.bodies) <= world.unmanned:
            yield Finding(Fault.UNMANNED, (n,))


def _strange(book: Book, world: World) -> Iterator[Finding]:
    for n, rule in book.numbered:
        named = (
            (rule.category, world.categories), (rule.place, world.places), (rule.difficulty, world.difficulties),
            (rule.channel, world.channels),
        )  # fmt: skip
        if any(value and value not in known for value, known in named):
            yield Finding(Fault.STRANGE, (n,))
        if rule.is_fast and rule.to not in LADDER[:2]:
            yield Finding(Fault.SLOW, (n,))


class _TooMany(Exception):
    """The boxes would not end."""


class _Space:
    """The facts as classes, and every rule as a box in it."""

    def __init__(self, book: Book, world: World) -> None:
        self.book = book
        self.classes = {fact: _classes(book.rules, fact, values) for fact, values in _values(book, world).items()}
        self.whole: Box = tuple((1 << len(self.classes[fact])) - 1 for fact in Fact)
        self.boxes = {n: tuple(self._bits(rule, fact) for fact in Fact) for n, rule in book.numbered}

    def is_shadowed(self, n: int) -> bool:
        """Whether rules of an earlier rank take everything that this one could."""
        earlier = [self.boxes[m] for m, rule in self.book.numbered if rule.rank < self.book.rule(n).rank]
        return not _without([self.boxes[n]] if all(self.boxes[n]) else [], earlier)

    def contradictions(self) -> Iterator[tuple[int, int]]:
        for some in self.book.ranks:
            for i, (n, rule) in enumerate(some):
                for m, other in some[i + 1 :]:
                    overlap = all(mine & theirs for mine, theirs in zip(self.boxes[n], self.boxes[m], strict=True))
                    if overlap and set(rule.targets) != set(other.targets):
                        yield n, m

    def gaps(self) -> Iterator[Finding]:
        """For which categories, and there for which places, something is left that no rule covers."""
        left: dict[int, int] = {}  # bit of a class of categories → bits of places
        for box in _without([self.whole], self.boxes.values()):
            for bit in _bits(box[0]):
                left[bit] = left.get(bit, 0) | box[1]
        alike: dict[int, list[int]] = {}
        for bit, places in sorted(left.items()):
            alike.setdefault(places, []).append(bit)
        for places, bits in alike.items():
            yield Finding(
                Fault.UNCOVERED,
                (),
                self._named(Fact.CATEGORY, sum(1 << bit for bit in bits)),
                self._named(Fact.PLACE, places),
            )

    def _named(self, fact: Fact, bits: int) -> tuple[str, ...]:
        values = [value for bit in _bits(bits) for value in self.classes[fact][bit]]
        return tuple(sorted(values))

    def _bits(self, rule: Rule, fact: Fact) -> int:
        return sum(1 << i for i, some in enumerate(self.classes[fact]) if fit_of(rule, fact, some[0]) is Fit.YES)


def _values(book: Book, world: World) -> Mapping[Fact, Sequence[Any]]:
    """Every value that a fact can have; of numbers one between any two ends that a rule names."""
    return {
        Fact.CATEGORY: ["", *sorted(world.categories)], Fact.PLACE: sorted(world.places),
        Fact.DIFFICULTY: sorted(world.difficulties), Fact.CHANNEL: sorted(world.channels),
        Fact.PEOPLE: _cuts(rule.people for rule in book.rules), Fact.AMOUNT: [None, *_cuts(rule.amount for rule in book.rules)],
    }  # fmt: skip


def _cuts(spans: Iterable[Span | None]) -> list[int]:
    ends = {0}
    for span in spans:
        if span is not None:
            ends |= {span.low or 0, *([] if span.high is None else [span.high, span.high + 1])}
    return sorted(ends)


def _classes(rules: Sequence[Rule], fact: Fact, values: Sequence[Any]) -> list[list[Any]]:
    """The values in heaps that no rule tells apart. A place is judged as what happens there, not as what is known of it."""
    heaps: dict[tuple[Fit, ...], list[Any]] = {}
    for value in values:
        heaps.setdefault(tuple(fit_of(rule, fact, value) for rule in rules), []).append(value)
    return list(heaps.values())


def _without(boxes: list[Box], others: Iterable[Box]) -> list[Box]:
    """What of the boxes lies in none of the others."""
    for other in others:
        boxes = [piece for box in boxes for piece in _cut(box, other)]
        if len(boxes) > MOST_BOXES:
            raise _TooMany
    return boxes


def _cut(box: Box, other: Box) -> Iterator[Box]:
    """The box without the other: at most one piece a fact."""
    if not all(mine & theirs for mine, theirs in zip(box, other, strict=True)):
        yield box
        return
    for i, (mine, theirs) in enumerate(zip(box, other, strict=True)):
        if rest := mine & ~theirs:
            yield (*box[:i], rest, *box[i + 1 :])
            box = (*box[:i], mine & theirs, *box[i + 1 :])


def _bits(bits: int) -> Iterator[int]:
    return (i for i in range(bits.bit_length()) if bits >> i & 1)
