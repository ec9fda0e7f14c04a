"""Books of rules put in force by living it: loaded, drafted by one person, published by another."""

from collections.abc import Iterable

from fengqiao.people.models import SYSTEM, Role, User
from fengqiao.routing.models import RuleBook
from fengqiao.routing.rules import books
from fengqiao.routing.rules.book import Book, Rule
from fengqiao.routing.rules.derived import Line, derived
from fengqiao.routing.rules.from_district import take_in
from tests.world import a_user, the_center


def a_manager() -> User:
    """Of the county centre, who may draft and publish."""
    return a_user(the_center(), Role.MANAGER)


def a_book(lines: Iterable[Line] = (), duties: Iterable[Line] = (), *, rules: Iterable[Rule] = ()) -> RuleBook:
    """In force from now on: these rules, or what follows from the two plain lists."""
    wanted = Book.of(0, rules).rules or derived(lines, duties)
    if not RuleBook.objects.exists():
        take_in(wanted, by=SYSTEM)
        return RuleBook.objects.get()
    return published(drafted(wanted))


def drafted(rules: Iterable[Rule], by: User | None = None) -> RuleBook:
    """A draft that says just this, written by somebody rule for rule."""
    by = by or a_manager()
    draft = books.draft(by=by)
    for _n in range(len(draft.rules)):
        draft = books.remove(draft, 1, by=by)
    for rule in rules:
        draft = books.add(draft, rule, by=by)
    return draft


def published(draft: RuleBook) -> RuleBook:
    """By somebody who did not write in it."""
    return books.publish(draft, note="按新的责任清单", mark=books.mark_of(draft), by=a_manager())
