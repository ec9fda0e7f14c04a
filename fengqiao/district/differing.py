"""What loading a folder would change, and who would lose or gain sight of which disputes: tried out, then undone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import CASE_WORKERS, Role, User

from .loading import Loaded, load
from .reading import District

T = TypeVar("T")
Seen = dict[str, tuple[str, set[int]]]
AT_ONCE = 500  # keys in one question to the database
NAMED = 5  # numbers told of each change of sight; the rest is counted


@dataclass(frozen=True)
class Sight:
    """One account whose view of disputes would change."""

    person: str
    lost: list[str]  # numbers of disputes
    gained: list[str]


@dataclass(frozen=True)
class Difference:
    """What would become of the rows, and of who sees what."""

    loaded: Loaded
    sight: list[Sight]


def differ(district: District) -> Difference:
    """Load in a transaction that is rolled back. Refused as the load itself would be."""
    with transaction.atomic():
        difference = Difference(*watched(lambda: load(district)))
        transaction.set_rollback(True)
    return difference


def watched(change: Callable[[], T]) -> tuple[T, list[Sight]]:
    """What the change gives, and who sees what after it that they did not before, or the other way round."""
    before = _seen()
    given = change()
    return given, list(_changed(before, _seen()))


def _seen() -> Seen:
    """By user name, what each account is called and sees, of those that may see disputes at all. Closed ones see nothing."""
    people = User.objects.filter(is_active=True, role__in=[*CASE_WORKERS, Role.LEADER])
    return {
        one.username: (f"{one} ({one.username})", set(_visible(one)))
        for one in people.select_related("home_body__region", "station_body__region")
    }


def _visible(person: User) -> Iterable[int]:
    return Dispute.objects.visible_to(person).order_by().values_list("pk", flat=True)


def _changed(before: Seen, after: Seen) -> Iterator[Sight]:
    for username in sorted({*before, *after}):
        called, then = before.get(username, ("", set()))
        called, now = after.get(username, (called, set()))
        if then != now:
            yield Sight(called, _numbers(then - now), _numbers(now - then))


def _numbers(disputes: set[int]) -> list[str]:
    found, wanted = list[str](), sorted(disputes)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Dispute.objects.filter(pk__in=wanted[start : start + AT_ONCE])
        found += rows.values_list("number", flat=True)
    return sorted(found)
