"""The linter against brute force: many random books, every fact that can be, and faults that were put in on purpose."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from fengqiao.routing.rules.book import Book, Fact, Facts, Rule, Span, unknown_to
from fengqiao.routing.rules.lint import Fault, Finding, World, lint


@pytest.fixture(autouse=True)
def the_record_is_whole() -> None:
    """Nothing here asks for a database."""


BOOKS = int(os.environ.get("FENGQIAO_RULE_BOOKS", "12"))
COUNTY, PLACES = "330502000000", ("330502000000", "330502001000", "330502001001", "330502001002", "330502002000")
WORLD = World(
    categories=frozenset({"02", "10"}), places=frozenset(PLACES), difficulties=frozenset({"general", "major"}),
    channels=frozenset({"window", "110"}), open_bodies=frozenset("abc"), unmanned=frozenset("c"),
)  # fmt: skip
SPANS = (None, None, Span(None, 2), Span(3, 9), Span(5))


def every_fact() -> Iterator[Facts]:
    """Every combination; of numbers one on either side of each end."""
    numbers = (2, 3, 5, 10)  # one between any two ends of SPANS
    for category, place, difficulty, channel, people, amount in product(
        ["", *WORLD.categories], PLACES, WORLD.difficulties, WORLD.channels, numbers, [None, *numbers]
    ):
        yield Facts(category, place, difficulty, channel, people, amount)


ALL = list(every_fact())


def a_rule(dice: random.Random) -> Rule:
    return Rule(
        dice.randint(1, 4), (dice.choice("abc"),), category=dice.choice(["", "", *sorted(WORLD.categories)]),
        place=dice.choice(["", "", *PLACES]), difficulty=dice.choice(["", "", "general", "major"]),
        channel=dice.choice(["", "", "", "window"]), people=dice.choice(SPANS), amount=dice.choice([None, None, *SPANS]),
    )  # fmt: skip


def a_book(dice: random.Random) -> Book:
    return Book.of(1, [a_rule(dice) for _ in range(dice.randint(1, 6))])


def by_brute_force(book: Book) -> set[Finding | tuple]:
    """Shadowed rules and contradictions, and every category with a place for which something is left over."""
    heaps = [{n for n, rule in book.numbered if unknown_to(rule, one) == []} for one in ALL]
    reached, clash, gaps = set(), set(), set()
    for one, holding in zip(ALL, heaps, strict=True):
        if not holding:
            gaps.add((one.category, one.place))
            continue
        first = min(book.rule(n).rank for n in holding)
        reached |= {n for n in holding if book.rule(n).rank == first}
        for n, m in product(holding, holding):
            ours, theirs = book.rule(n), book.rule(m)
            if n < m and ours.rank == theirs.rank and ours.targets != theirs.targets:
                clash.add((n, m))
    return (
        {(Fault.SHADOWED, n) for n, _rule in book.numbered if n not in reached}
        | {(Fault.CONTRADICTS, *pair) for pair in clash}
        | {(Fault.UNCOVERED, *gap) for gap in gaps}
    )


def by_the_linter(book: Book) -> set[tuple]:
    found = set()
    for one in lint(book, WORLD):
        if one.fault is Fault.UNCOVERED:
            found |= {(Fault.UNCOVERED, *pair) for pair in product(one.categories, one.places)}
        elif one.fault in (Fault.SHADOWED, Fault.CONTRADICTS):
            found.add((one.fault, *one.rules))
    return found


def test_the_linter_says_what_brute_force_says_of_many_random_books():
    dice = random.Random(20260101)
    for _ in range(BOOKS):
        book = a_book(dice)
        assert by_the_linter(book) == by_brute_force(book), [rule.as_json() for rule in book.rules]


@pytest.mark.parametrize("seed", range(4))
def test_every_fault_that_was_put_in_is_found(seed):
    """Into a random book: a rule behind one that takes all of it, its contrary beside it, one that points at nobody, a name
    that is none, a fast lane that leads elsewhere."""
    dice = random.Random(seed)
    sound = a_rule(dice)
    seeded = [
        sound,
        Rule(99, ("b" if sound.bodies == ("a",) else "a",), **{str(fact): getattr(sound, fact) for fact in Fact}),
        Rule(
            sound.rank, ("b" if sound.bodies == ("a",) else "a",), **{str(fact): getattr(sound, fact) for fact in Fact}
        ),
        Rule(50, ("gone",), category="02"),
        Rule(51, ("a",), place="999999000000"),
        Rule(52, ("a",), is_fast=True, amount=Span(None, 5)),
        Rule(53, ("c",)),
    ]
    book = Book.of(1, [*a_book(dice).rules, *seeded])
    found = {(one.fault, n) for one in lint(book, WORLD) for n in one.rules}

    def numbers(rule: Rule) -> list[int]:
        return [n for n, other in book.numbered if replace(other, rank=0) == replace(rule, rank=0)]

    assert (Fault.SHADOWED, numbers(seeded[1])[-1]) in found
    assert {(Fault.CONTRADICTS, n) for n in (numbers(sound)[0], numbers(seeded[2])[0])} <= found
    for fault, rule in zip((Fault.CLOSED, Fault.STRANGE, Fault.SLOW, Fault.UNMANNED), seeded[3:], strict=True):
        assert (fault, numbers(rule)[0]) in found


def test_a_book_that_covers_everything_once_has_nothing_to_be_said_against_it():
    book = Book.of(1, [Rule(1, ("a",), difficulty="general"), Rule(1, ("b",), difficulty="major")])
    assert lint(book, WORLD) == []


def test_several_rules_together_can_leave_nothing_to_a_later_one():
    split = [Rule(1, ("a",), difficulty="general"), Rule(1, ("b",), difficulty="major"), Rule(2, ("a",), category="10")]
    assert lint(Book.of(1, split), WORLD) == [Finding(Fault.SHADOWED, (3,))]


def test_what_is_left_over_is_told_by_category_and_place():
    book = Book.of(1, [Rule(1, ("a",), category="02"), Rule(2, ("a",), place="330502001000")])
    (gap,) = lint(book, WORLD)
    assert (gap.fault, gap.categories, gap.places) == (Fault.UNCOVERED, ("", "10"), (COUNTY, "330502002000"))


def test_a_large_book_over_a_large_county_is_judged_at_once():
    dice = random.Random(7)
    places = [f"330502{town:03}{village:03}" for town in range(1, 21) for village in range(50)]
    world = World(
        frozenset(f"{n:02}" for n in range(20)), frozenset(places), WORLD.difficulties, WORLD.channels, frozenset("abc")
    )
    rules = [
        Rule(n, (dice.choice("abc"),), category=f"{dice.randint(0, 19):02}", place=dice.choice(["", *places]))
        for n in range(120)
    ]
    assert {one.fault for one in lint(Book.of(1, rules), world)} >= {Fault.UNCOVERED}
