"""Versions of the rules: loaded, drafted, judged, tried out, published by somebody else, and never changed again."""

import os
import time

import pytest
from django.db import DatabaseError, transaction

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.people.models import SYSTEM, Role
from fengqiao.routing.models import RuleBook
from fengqiao.routing.rules import books
from fengqiao.routing.rules.book import Level, Rule, Span
from fengqiao.routing.rules.derived import Line, built_in, derived, ladder
from fengqiao.routing.rules.from_district import take_in
from fengqiao.routing.rules.lint import Fault
from fengqiao.routing.rules.trying import try_out
from fengqiao.routing.suggestions import suggest
from tests.routing.books import a_book, a_manager, drafted, published
from tests.world import a_category, a_committee, a_user

TRIED = int(os.environ.get("FENGQIAO_TRIED", "6"))


def labour(town) -> list[Line]:
    a_category("10", "劳动争议")
    return [Line("10", "", town.trade.key, "劳动争议有对口的调委会")]


def test_without_a_district_the_built_in_ladder_holds(town):
    assert books.in_force() == built_in()
    assert [rule.to for rule in books.in_force().rules] == ["village", "town", "center"]


def test_what_a_district_brings_is_version_one_and_bringing_it_again_changes_nothing(town):
    rules = derived(labour(town), [])
    assert take_in(rules, by=SYSTEM) == (4, 0)
    assert take_in(rules, by=SYSTEM) == (0, 0)
    assert [(one.version, len(one.rules)) for one in RuleBook.objects.all()] == [(1, 4)]
    assert books.in_force().rules == rules


def test_what_a_district_brings_later_is_a_draft_and_replaces_nothing(town):
    a_book(labour(town))
    other = derived([Line("10", "", town.studio.key, "改了")], [])
    assert take_in(other, by=SYSTEM) == (0, 4)
    assert take_in(other, by=SYSTEM) == (0, 0)
    assert books.in_force().version == 1
    with pytest.raises(Refused, match="有人正在起草"):
        take_in(derived([], []), by=SYSTEM)
    assert published(RuleBook.objects.draft()).version == 2
    assert books.in_force().rules == other


def test_a_draft_begins_with_what_is_in_force_and_is_changed_rule_by_rule(town):
    a_book(labour(town))
    by = a_manager()
    draft = books.draft(by=by)
    assert draft.book.rules == books.in_force().rules
    assert books.draft(by=a_manager()) == draft, "there is one draft"
    rule = Rule(9, (town.studio.key,), people=Span(10), reason="人多")
    draft = books.add(draft, rule, by=by)
    assert [one.rank for one in draft.book.rules] == [1, 2, 2, 2, 3]
    draft = books.move(draft, 5, up=True, by=by)
    assert [one.targets[0] for one in draft.book.rules][1] == town.studio.key
    draft = books.move(draft, 2, up=False, by=by)
    assert [one.targets[0] for one in draft.book.rules][4] == town.studio.key
    draft = books.move(draft, 3, up=True, by=by)
    assert [one.rank for one in draft.book.rules] == [1, 2, 3, 3, 4], "one of several equals steps before them"
    draft = books.remove(draft, 1, by=by)
    draft = books.change(draft, 4, Rule(9, (town.trade.key,), reason="再改"), by=by)
    assert [one.reason for one in draft.book.rules][3] == "再改"
    told = [entry.sentence for entry in Entry.objects.of("rulebook", draft.pk)]
    assert [told[0].partition(" ")[2], told[-1].partition(" ")[2]] == [
        "起草新的分流规则，从第 1 版开始，4 条。", "改了草稿：改了第 4 条。",
    ]  # fmt: skip


def test_two_who_write_at_once_do_not_overwrite_each_other(town):
    by = a_manager()
    draft = books.draft(by=by)
    seen = draft.edition
    books.remove(draft, 1, by=by, seen=seen)
    with pytest.raises(Stale, match="刚刚有人动过"):
        books.remove(draft, 1, by=by, seen=seen)
    with pytest.raises(Refused, match="没有第 9 条"):
        books.remove(RuleBook.objects.draft(), 9, by=by)
    with pytest.raises(Refused, match="已经在头上"):
        one = drafted([Rule(1, (town.trade.key,), reason="一"), Rule(2, (town.studio.key,), reason="二")], by)
        books.move(one, 1, up=True, by=by)


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.CLERK, Role.LEADER, Role.SECURITY])
def test_only_the_centres_managers_and_the_administrator_write(town, role):
    with pytest.raises(Refused, match="可以起草"):
        books.draft(by=a_user(town.centre, role))
    with pytest.raises(Refused, match="可以起草"):
        books.draft(by=a_user(town.branch, Role.MANAGER))


def test_nobody_publishes_what_they_wrote_and_an_administrator_publishes_nothing(town):
    by, admin = a_manager(), a_user(town.centre, Role.ADMIN)
    draft = books.remove(books.draft(by=admin), 1, by=admin)
    draft = books.add(draft, ladder()[0], by=by)
    for who, why in ((by, "另一位负责人"), (admin, "只有区中心的负责人"), (town.clerk(), "只有区中心的负责人")):
        with pytest.raises(Refused, match=why):
            books.publish(draft, note="改了", mark=books.mark_of(draft), by=who)
    assert published(draft).version == 1


def test_publishing_needs_a_reason_no_faults_and_the_trial_that_was_seen(town):
    by, other = a_manager(), a_manager()
    draft = books.draft(by=by)
    mark = books.mark_of(draft)
    with pytest.raises(Refused, match="改了什么"):
        books.publish(draft, note=" ", mark=mark, by=other)
    draft = books.add(draft, Rule(1, ("nobody",), reason="没有"), by=by)
    with pytest.raises(Stale, match="新的试算"):
        books.publish(draft, note="改了", mark=mark, by=other)
    with pytest.raises(Refused, match="矛盾或者交不到"):
        books.publish(draft, note="改了", mark=books.mark_of(draft), by=other)
    assert {one.fault for one in books.faults(draft.book)} >= {Fault.CLOSED, Fault.CONTRADICTS}


def test_what_is_published_stays_as_it_is(town):
    a_book(labour(town))
    book = RuleBook.objects.get()
    with pytest.raises(Refused, match="不能改"):
        books.remove(book, 1, by=a_manager())
    for change in (lambda: RuleBook.objects.update(note="改"), book.delete):
        with pytest.raises(DatabaseError, match="not rewritten"), transaction.atomic():
            change()
    published(drafted(derived([], [])))
    assert [one.version for one in RuleBook.objects.published()] == [2, 1]
    assert books.of_version(1) == book.book
    assert books.of_version(7) is None


def test_a_draft_that_nobody_wants_is_gone_and_still_on_record(town):
    by = a_manager()
    draft = books.drop(books.draft(by=by), by=by)
    assert RuleBook.objects.draft() is None
    assert Entry.objects.of("rulebook", draft.pk).last().sentence.endswith("不要这份草稿了。")
    assert books.draft(by=by).pk != draft.pk


def test_publishing_does_exactly_what_the_trial_said(town):
    a_book(labour(town))
    ten = a_category("10", "劳动争议")
    for n in range(12):
        town.dispute(
            category=ten if n % 3 == 0 else None, amount_fen=n * 100_000, difficulty=("general", "complex")[n % 2]
        )
    draft = drafted([
        Rule(1, (town.studio.key,), category="10", amount=Span(300_000), reason="数目大"),
        Rule(2, to=Level.TOWN.value, difficulty="complex", reason="复杂"), Rule(3, to=Level.VILLAGE.value, reason="就地"),
    ])  # fmt: skip
    by = a_manager()
    trial = try_out(draft.book, books.in_force(), by=by)
    before = {one.pk: suggest(one).body.name for one in Dispute.objects.all()}
    books.publish(draft, note="数目大的给工作室", mark=books.mark_of(draft), by=by)
    after = {one.pk: suggest(one).body.name for one in Dispute.objects.all()}
    moved = {move.dispute.pk: (move.before, move.after) for move in trial.moved}
    assert moved == {pk: (before[pk], after[pk]) for pk in before if before[pk] != after[pk]}
    assert (trial.tried, len(moved)) == (12, 4)
    assert sum(n for _before, _after, n in trial.flows) == len(moved)
    said = Entry.objects.of("rulebook", draft.pk).last().sentence
    assert "发布第 2 版分流规则：数目大的给工作室。试算 12 件，4 件会换单位。" in said


def test_a_trial_counts_only_what_one_may_see(town):
    town.dispute()
    draft = drafted([Rule(1, (town.trade.key,), reason="都给")])
    assert try_out(draft.book, books.in_force(), by=a_user(town.centre, Role.ADMIN)).tried == 0
    assert try_out(draft.book, books.in_force(), by=a_manager()).tried == 1


def test_a_trial_is_quick_and_asks_the_database_no_more_for_more_disputes(town, django_assert_num_queries):
    """In full: FENGQIAO_TRIED=1000, against a book of a hundred rules."""
    others = [a_committee(town.centre.region) for _n in range(4)]
    rules = [Rule(n, (others[n % 4].key,), amount=Span(n * 1000, n * 1000 + 500), reason="数目") for n in range(1, 101)]
    by, now = a_manager(), books.in_force()
    draft = RuleBook(rules=[rule.as_json() for rule in [*rules, Rule(200, to="village", reason="其余就地")]])
    for n in range(TRIED):
        town.dispute(amount_fen=n * 700)
    begun = time.perf_counter()
    with django_assert_num_queries(10):
        assert try_out(draft.book, now, by=by).tried == TRIED
    assert time.perf_counter() - begun < 5
