"""What the rules decide, as a function of facts and book: no database here."""

from dataclasses import replace

import pytest

from fengqiao.routing.rules.book import Book, Candidate, Closed, Facts, Fit, Level, Rule, Span, fit_of, unknown_to
from fengqiao.routing.rules.deciding import Decision, Lost, Question, decide
from fengqiao.routing.rules.derived import Line, built_in, derived


@pytest.fixture(autouse=True)
def the_record_is_whole() -> None:
    """Nothing here asks for a database."""


TOWN, VILLAGE = "330502001000", "330502001001"
LADDER = {"village": ("village",), "town": ("town",), "center": ("center",)}
BODIES = ("village", "town", "center", "labour", "studio", "window")


def facts(**known) -> Facts:
    candidates = {key: Candidate(key) for key in BODIES} | known.pop("candidates", {})
    usual = {
        "category": "02",
        "place": VILLAGE,
        "difficulty": "general",
        "channel": "window",
        "people": 2,
        "amount": 1000,
    }
    return Facts(**{**usual, **known}, candidates=candidates, ladder=LADDER, fallback=("window", "center"))


def book(*rules: Rule) -> Book:
    return Book.of(1, rules)


def closed(*keys: str, why: str = Closed.SHUT) -> dict[str, Candidate]:
    return {key: Candidate(key, closed=why) for key in keys}


LABOUR = Rule(1, ("labour",), category="10")
ANYTHING = Rule(9, to=Level.VILLAGE.value)


def test_the_first_rule_that_holds_decides_and_the_next_is_named_as_second():
    found = decide(facts(category="10"), book(ANYTHING, LABOUR))
    assert found == Decision("labour", 1, Lost("village", 2, "later"))


@pytest.mark.parametrize(("difficulty", "body"), [("general", "village"), ("complex", "town"), ("major", "center")])
def test_the_ladder_takes_it_as_high_as_its_difficulty(difficulty, body):
    assert decide(facts(difficulty=difficulty), built_in()).body == body


def test_where_the_level_has_nobody_the_next_one_up_takes_it_and_who_was_passed_over_is_named():
    found = decide(facts(candidates=closed("village", why=Closed.NOBODY)), built_in())
    assert found == Decision("town", 1, Lost("village", 1, "nobody"))
    assert decide(facts(candidates=closed("village", "town")), built_in()).body == "center"


def test_a_closed_body_is_passed_over_and_the_next_rule_decides():
    found = decide(facts(category="10", candidates=closed("labour")), book(LABOUR, ANYTHING))
    assert found == Decision("village", 2, Lost("labour", 1, "shut"))


def test_among_equals_the_one_with_less_in_hand_for_each_mediator_takes_it():
    both = book(Rule(1, ("labour", "studio")))
    busy = {"labour": Candidate("labour", open=6, mediators=3), "studio": Candidate("studio", open=3, mediators=1)}
    assert decide(facts(candidates=busy), both) == Decision("labour", 1, Lost("studio", 1, "busier"))
    busy["labour"] = replace(busy["labour"], open=30)
    assert decide(facts(candidates=busy), both) == Decision("studio", 1, Lost("labour", 1, "busier"))


def test_rules_of_one_rank_are_equals_too():
    two = book(Rule(1, ("labour",)), Rule(1, ("studio",)))
    assert decide(facts(candidates={"labour": Candidate("labour", open=1)}), two).body == "studio"


def test_what_no_rule_holds_for_goes_to_the_fallback_window():
    assert decide(facts(), book(LABOUR)) == Decision("window", 0)
    assert decide(facts(candidates=closed("window")), book(LABOUR)).body == "center"
    assert decide(facts(candidates=closed("window", "center")), book(LABOUR)).body == ""


def test_at_a_boundary_one_question_is_asked():
    big, small = Rule(1, ("studio",), amount=Span(100_001)), Rule(1, ("labour",), amount=Span(None, 100_000))
    found = decide(facts(amount=None), book(big, small, ANYTHING))
    assert found.question == Question("amount", 1, "studio")
    assert decide(facts(amount=100_000), book(big, small, ANYTHING)) == Decision(
        "labour", 2, Lost("village", 3, "later")
    )
    assert decide(facts(amount=100_001), book(big, small)).body == "studio"


def test_nothing_is_asked_that_would_not_send_it_elsewhere():
    same = Rule(1, to=Level.VILLAGE.value, amount=Span(None, 100_000), is_fast=True)
    assert decide(facts(amount=None), book(same, ANYTHING)).question is None
    later = Rule(10, ("studio",), amount=Span(None, 100_000))
    assert decide(facts(amount=None), book(ANYTHING, later)).question is None, "it comes too late"


def test_of_a_town_it_is_not_known_yet_which_village():
    here = Rule(1, ("studio",), place=VILLAGE)
    assert decide(facts(place=TOWN), book(here, ANYTHING)).question == Question("place", 1, "studio")
    assert decide(facts(place=VILLAGE + "003"), book(here, ANYTHING)).body == "studio"
    assert decide(facts(place="330502002001"), book(here, ANYTHING)).question is None


def test_two_things_that_are_not_known_are_asked_one_after_the_other():
    rule = Rule(1, ("studio",), category="10", amount=Span(1))
    assert unknown_to(rule, facts(category="", amount=None)) == ["category", "amount"]
    assert decide(facts(category="", amount=None), book(rule, ANYTHING)).question.fact == "category"


def test_a_span_holds_both_its_ends():
    rule = Rule(1, ("studio",), people=Span.read("3-10"))
    assert [n for n in range(1, 13) if fit_of(rule, "people", n) is Fit.YES] == list(range(3, 11))
    assert (str(Span.read("3-")), str(Span.read("-10")), str(Span.read("3-10"))) == ("3-", "-10", "3-10")
    for wrong in ("", "-", "10-3", "a-b", "5"):
        with pytest.raises(ValueError):
            Span.read(wrong)


def test_rules_and_facts_come_back_from_what_is_stored():
    rule = Rule(1, ("labour",), "", "10", TOWN, "general", "window", Span(3), Span(None, 5), "因为", "41", True)
    assert Rule.of_json(rule.as_json()) == rule
    known = facts(category="", amount=None)
    assert Facts.of_json(known.as_json()) == known


def test_of_two_plain_lists_the_closest_line_comes_first_then_the_duty_list_then_the_ladder():
    rules = [
        Line("", TOWN, "town", "都归街道"),
        Line("10", "", "labour", "劳资"),
        Line("10", VILLAGE, "studio", "社区有"),
    ]
    found = derived(rules, [Line("", "", "window", "其他", "41")])
    assert [rule.targets[0] for rule in found] == ["studio", "labour", "town", "window", "village", "town", "center"]
    assert [rule.rank for rule in found] == [1, 2, 3, 4, 5, 5, 5]
