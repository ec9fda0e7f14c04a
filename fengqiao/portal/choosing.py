"""What residents see of the roster: who agreed to be shown, found by matter, place and language; and whom they have picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest, QueryDict

from fengqiao.disputes.models import Category
from fengqiao.mediation.choosing import MOST_PICKS
from fengqiao.mediation.free_days import free_this_week
from fengqiao.people.models import RosterEntry, RosterRules
from fengqiao.people.roster.models import RosterQuerySet
from fengqiao.places.models import Region

KEY = "picks"  # in the session: keys of entries, in the order of choice
NAMES = ("category", "area", "language")


@dataclass(frozen=True)
class Shown:
    """One person of the list, in words."""

    entry: RosterEntry
    specialities: list[str]
    languages: list[str]
    areas: list[str]
    free: list[date]
    picked: bool = False


class Search:
    """What a resident asked for. A value that means nothing is passed over."""

    def __init__(self, data: QueryDict) -> None:
        self.free = data.get("free") == "1"
        self.values = {name: data.get(name, "") for name in NAMES if data.get(name, "") in dict(self.choices[name])}

    @cached_property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Only what somebody on the list offers: no choice leads to an empty page."""
        offered = list(RosterEntry.objects.shown().values_list("specialities", "areas", "languages"))
        categories, areas, languages = ({code for row in offered for code in row[n]} for n in range(3))
        return {
            "category": list(Category.objects.filter(code__in=categories).values_list("code", "name")),
            "area": list(Region.objects.filter(code__in=areas).values_list("code", "name")),
            "language": [(key, str(name)) for key, name in RosterRules.now().language_choices if key in languages],
        }

    def found(self, picked: Sequence[int] = ()) -> list[Shown]:
        """Those who fit; whoever serves everywhere fits every place."""
        entries: RosterQuerySet = RosterEntry.objects.shown().select_related("body", "user").order_by("pk")
        if code := self.values.get("category"):
            entries = entries.under(code, "specialities")
        if key := self.values.get("language"):
            entries = entries.under(key, "languages")
        if code := self.values.get("area"):
            entries = entries.serving(code)
        found = in_words(list(entries), picked)
        return [one for one in found if one.free] if self.free else found


def in_words(entries: list[RosterEntry], picked: Sequence[int] = ()) -> list[Shown]:
    """These people as residents read of them."""
    rules, free = dict(RosterRules.now().language_choices), free_this_week(entries)
    categories = dict(Category.objects.values_list("code", "name"))
    places = dict(
        Region.objects.filter(code__in={code for one in entries for code in one.areas}).values_list("code", "name")
    )
    return [
        Shown(
            one, [categories[code] for code in one.specialities if code in categories],
            [str(rules[key]) for key in one.languages if key in rules],
            [places[code] for code in one.areas if code in places], free[one.pk], one.pk in picked,
        )
        for one in entries
    ]  # fmt: skip


# ── picked in this browser, before it is said for a dispute ───────────────────────────────────────────────────────


def picked(request: HttpRequest) -> list[RosterEntry]:
    """Whom this browser has picked, in order; who can no longer be picked has gone from it."""
    keys = request.session.get(KEY, [])
    shown = {one.pk: one for one in RosterEntry.objects.shown().filter(pk__in=keys).select_related("body")}
    return [shown[key] for key in keys if key in shown]


def add(request: HttpRequest, entry: RosterEntry) -> bool:
    """Pick one more; False when three are picked already."""
    keys = [one.pk for one in picked(request)]
    if entry.pk not in keys:
        if len(keys) >= MOST_PICKS:
            return False
        keys.append(entry.pk)
    request.session[KEY] = keys
    return True


def drop(request: HttpRequest, pk: int) -> None:
    request.session[KEY] = [one.pk for one in picked(request) if one.pk != pk]


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
