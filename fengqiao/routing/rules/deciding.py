"""Which body a matter goes to by the rules, and why: a function of facts and book, the same today and when it is replayed."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from .book import FALLBACK, LADDER, Book, Candidate, Fact, Facts, Rule, unknown_to

Reached = tuple[int, str]  # number of the rule, key of the body


@dataclass(frozen=True)
class Lost:
    """The one that came second, by which rule, and why it lost: a Closed, `busier`, `later`, or `higher` up the ladder."""

    body: str
    rule: int
    why: str


@dataclass(frozen=True)
class Question:
    """The one thing to ask: this rule would hold if it were so, and then the matter goes elsewhere."""

    fact: str
    rule: int
    body: str


@dataclass(frozen=True)
class Decision:
    """A body by a rule (0: by none, so to the fallback window). With a question, what holds until it is answered."""

    body: str = ""
    rule: int = 0
    runner_up: Lost | None = None
    question: Question | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def decide(facts: Facts, book: Book) -> Decision:
    """The first rank in which somebody is free; among its equals the one with the least in hand for each mediator."""
    asked: list[tuple[Fact, int]] = []
    passed: list[Reached] = []
    for some in book.ranks:
        fits = [(n, rule, unknown_to(rule, facts)) for n, rule in some]
        asked += [(unknown[0], n) for n, _rule, unknown in fits if unknown]
        sure = [(n, rule) for n, rule, unknown in fits if unknown == []]
        free, closed = _free(sure, facts)
        passed += closed
        if free:
            (rule, body), *others = sorted(free, key=lambda one: (facts.candidates[one[1]].load, one[0]))
            later = chain(_later(book, facts, some[-1][0]), _higher(rule, body, book, facts))
            second = _second(body, passed, others, later, facts)
            return Decision(body, rule, second, _question(asked, body, book, facts))
    body = next((key for key in facts.fallback if not facts.candidates[key].closed), "")
    return Decision(body, 0, _second(body, passed, [], iter(()), facts), _question(asked, body, book, facts))


def contenders(rule: Rule, facts: Facts) -> Iterator[tuple[str, ...]]:
    """Groups of equals that the rule names, the nearest first: of a level, who answers for the place there, then above."""
    if rule.bodies:
        yield tuple(key for key in rule.bodies if key in facts.candidates)
    elif rule.to == FALLBACK:
        yield from ((key,) for key in facts.fallback)
    else:
        for level in LADDER[[str(one) for one in LADDER].index(rule.to) :]:
            yield facts.ladder.get(level, ())


def _free(sure: list[tuple[int, Rule]], facts: Facts) -> tuple[list[Reached], list[Reached]]:
    """Of the rules that hold, who can take it, and who was passed over on the way."""
    free: dict[str, int] = {}
    closed: list[Reached] = []
    for n, rule in sure:
        for keys in contenders(rule, facts):
            here = [key for key in keys if not facts.candidates[key].closed]
            closed += [(n, key) for key in keys if facts.candidates[key].closed]
            for key in here:
                free.setdefault(key, n)
            if here:
                break
    return [(n, key) for key, n in free.items()], closed


def _later(book: Book, facts: Facts, after: int) -> Iterator[tuple[int, str, str]]:
    for n, rule in book.numbered:
        if n > after and unknown_to(rule, facts) == []:
            yield from ((n, key, "later") for n, key in _free([(n, rule)], facts)[0])


def _higher(n: int, body: str, book: Book, facts: Facts) -> Iterator[tuple[int, str, str]]:
    """By the same rule, who answers for a wider place."""
    groups = list(contenders(book.rule(n), facts))
    at = next(i for i, keys in enumerate(groups) if body in keys)
    yield from ((n, key, "higher") for keys in groups[at + 1 :] for key in keys if not facts.candidates[key].closed)


def _second(
    body: str, passed: list[Reached], equals: list[Reached], later: Iterator[tuple[int, str, str]], facts: Facts
) -> Lost | None:
    """Who would have come first but was passed over; else an equal with more in hand; else whom a later rule names."""
    ways = chain(
        ((n, key, facts.candidates[key].closed) for n, key in passed),
        ((n, key, "busier" if _load(key, facts) > _load(body, facts) else "later") for n, key in equals),
        later,
    )
    return next((Lost(key, n, why) for n, key, why in ways if key != body), None)


def _load(key: str, facts: Facts) -> float:
    return facts.candidates.get(key, Candidate("")).load


def _question(asked: list[tuple[Fact, int]], body: str, book: Book, facts: Facts) -> Question | None:
    """The first thing that is not known and would send it elsewhere."""
    for fact, n in asked:
        free = _free([(n, book.rule(n))], facts)[0]
        if free and body not in [key for _n, key in free]:
            return Question(fact.value, n, free[0][1])
    return None
