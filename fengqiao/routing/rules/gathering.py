"""The facts of a dispute for `decide`, read from the database: of one dispute, or of a thousand with the same few questions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils import timezone

from fengqiao.bodies.models import Body, BodyKind, Standing, Window, WindowKind
from fengqiao.disputes.lifecycle import OPEN
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.remembering import asked_once
from fengqiao.people.models import CASE_WORKERS, Delegation, User
from fengqiao.places.models import Region

from .book import Book, Candidate, Closed, Facts, Level, unknown_to

GRID_DIGITS = 15
LEVEL_OF = {
    BodyKind.MDC_VILLAGE: Level.VILLAGE, BodyKind.AREA: Level.AREA, BodyKind.TOWN_BRANCH: Level.TOWN,
    BodyKind.MDC_TOWN: Level.TOWN_COMMITTEE, BodyKind.COUNTY_CENTER: Level.CENTER,
}  # fmt: skip


@dataclass(frozen=True)
class Hands:
    """Who works at a body: accounts, those of them at work today, mediators among these."""

    accounts: int = 0
    at_work: int = 0
    mediators: int = 0


def facts_of(dispute: Dispute, book: Book) -> Facts:
    """Of one dispute. Half a dozen small questions to the database."""
    known = _known(dispute, sum(party.head_count for party in dispute.parties.all()))
    return county_around([known], book).facts(known, book)


def facts_of_all(disputes: Iterable[Dispute]) -> list[Facts]:
    """What is known of many, without the bodies: `County.facts` adds those that a book needs."""
    disputes = list(disputes)
    counted = Dispute.objects.filter(pk__in=[one.pk for one in disputes]).order_by()
    people = dict(counted.annotate(people=Sum("parties__head_count")).values_list("pk", "people"))
    return [_known(one, people.get(one.pk) or 0) for one in disputes]


def county_around(all_known: Iterable[Facts], book: Book) -> "County":
    """The county as far as these matters and this book need it; at least one matter."""
    around: set[str] = set()
    named: set[str] = set()
    for known in all_known:
        around.update(_around(known.place))
        named |= _named(known, book)
    return _county(frozenset(named), frozenset(around))


@asked_once("bodies_", "places_region", "people_", "disputes_dispute")
def _county(named: frozenset[str], around: frozenset[str]) -> "County":
    return County(Q(key__in=named) | Q(region__code__in=around), Q(code__in=around))


class County:
    """The places and bodies that may matter, as they stand today; without limits, all of them."""

    def __init__(self, bodies: Q | None = None, regions: Q | None = None) -> None:
        found = Region.objects.filter(regions or Q()).values_list("code", "name", "parent__code")
        self.regions = {code: (name, above) for code, name, above in found}
        areas = {above for _name, above in self.regions.values() if above}
        wider = (bodies | Q(region__code__in=areas)) if bodies else Q()
        fallback = Window.objects.named().filter(kind=WindowKind.FALLBACK).order_by("pk")
        self.fallback_of = list(fallback.values_list("body__key", flat=True))
        own = Q(kind=BodyKind.COUNTY_CENTER) | Q(key__in=self.fallback_of)
        rows = Body.objects.filter(wider | own if bodies else Q()).select_related("region").order_by("pk")
        self.bodies = {body.key: body for body in rows}

    def facts(self, known: Facts, book: Book) -> Facts:
        """With the bodies that the book names for such a matter, and those that answer for its place."""
        around = self._around(known.place)
        ladder: dict[str, tuple[str, ...]] = {}
        for body in self._answering:
            if body.region.code in around:
                level = _level_of(body)
                ladder[level] = (*ladder.get(level, ()), body.key)
        named = sorted(_named(known, book) & self.bodies.keys())
        keys = dict.fromkeys([*named, *(key for keys in ladder.values() for key in keys), *self.fallback])
        return replace(
            known, place_name=self.regions.get(known.place, ("", ""))[0], ladder=ladder, fallback=self.fallback,
            candidates={key: self.candidates[key] for key in keys},
        )  # fmt: skip

    @cached_property
    def fallback(self) -> tuple[str, ...]:
        """Who takes what has no clear owner: the bodies of the fallback windows, else the centre."""
        centre = [key for key, body in self.bodies.items() if body.kind == BodyKind.COUNTY_CENTER]
        return tuple(dict.fromkeys([key for key in self.fallback_of if key in self.bodies] + centre))

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """Every body as it stands: closed, or how much it has in hand and how many to do it."""
        hands = _hands([body.pk for body in self.bodies.values()])
        there = Dispute.objects.filter(state__in=OPEN, body__in=[body.pk for body in self.bodies.values()]).order_by()
        load = dict(there.values_list("body").annotate(n=Count("pk")))
        found = {}
        for key, body in self.bodies.items():
            own = hands.get(body.pk, Hands())
            shut = Closed.SHUT.value if not (body.is_active and body.handles) else ""
            nobody = Closed.NOBODY.value if own.accounts and not own.at_work else ""
            found[key] = Candidate(body.name, shut or nobody, load.get(body.pk, 0), own.mediators)
        return found

    @cached_property
    def _answering(self) -> list[Body]:
        """Those that answer for a place; one that is no more, or not yet, is not even passed over."""
        gone = (Standing.ENDED, Standing.PROPOSED)
        return [
            one for one in self.bodies.values() if one.kind in LEVEL_OF and one.standing not in gone and not one.is_slot
        ]

    def _around(self, code: str) -> set[str]:
        """With the areas (片区), which only the places in them name."""
        around = set(_around(code))
        return around | {above for one in around if one in self.regions and (above := self.regions[one][1])}


def _known(dispute: Dispute, people: int) -> Facts:
    category = dispute.category
    return Facts(
        category=category.code if category else "", category_name=category.name if category else "",
        place=dispute.place.code if dispute.place else dispute.region_code, difficulty=dispute.difficulty,
        channel=dispute.channel, people=people, amount=dispute.amount_fen,
    )  # fmt: skip


def _named(known: Facts, book: Book) -> set[str]:
    """The bodies of the rules that hold, or may."""
    return {key for rule in book.rules if rule.bodies and unknown_to(rule, known) is not None for key in rule.bodies}


def _around(code: str) -> list[str]:
    """The codes of the places that this one lies in, itself among them."""
    return [code[:6] + "0" * 6, code[:9] + "0" * 3, code[:12], code]


def _level_of(body: Body) -> str:
    is_grid = body.kind == BodyKind.MDC_VILLAGE and len(body.region.code) == GRID_DIGITS
    return (Level.GRID if is_grid else LEVEL_OF[BodyKind(body.kind)]).value


def _hands(bodies: list[int], day: date | None = None) -> dict[int, Hands]:
    """An account that is shut, or whose owner named a deputy for today (代办), is not at work."""
    staff = User.objects.filter(Q(station_body__in=bodies) | Q(station_body=None, home_body__in=bodies))
    staff = staff.filter(is_slot=False, role__in=CASE_WORKERS)
    away = set(Delegation.objects.on(day or timezone.localdate()).values_list("principal_id", flat=True))
    found: dict[int, Hands] = {}
    for pk, station, home, is_active, mediates in staff.values_list(
        "pk", "station_body_id", "home_body_id", "is_active", "mediates"
    ):
        at, works = station or home, is_active and pk not in away
        before = found.get(at, Hands())
        found[at] = replace(
            before, accounts=before.accounts + 1, at_work=before.at_work + works,
            mediators=before.mediators + (works and mediates),
        )  # fmt: skip
    return found
