"""What loading a folder would change, and who would lose or gain sight of which disputes: tried out, then undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import CASE_WORKERS, Role, User

from .loading import Loaded, load
from .reading import District

T = TypeVar("T")
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


def _seen() -> dict[str, set[str]]:
    """What each account that may see disputes at all sees now. Closed accounts see nothing."""
    people = User.objects.filter(is_active=True, role__in=[*CASE_WORKERS, Role.LEADER])
    people = people.select_related("home_body__region", "station_body__region")
    return {
        f"{person} ({person.username})": set(Dispute.objects.visible_to(person).values_list("number", flat=True))
        for person in people
    }


def _changed(before: dict[str, set[str]], after: dict[str, set[str]]) -> Iterator[Sight]:
    for person in sorted({*before, *after}):
        then, now = before.get(person, set()), after.get(person, set())
        if then != now:
            yield Sight(person, sorted(then - now), sorted(now - then))
