"""Who works in the year: the district's own accounts, and where a body has none, one or two that administrators open for it.

They bear 示例 in their names, have no password, and came to be as any account does: asked for, decided, put on the roster.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import COMMITTEES, Body, BodyKind, Window, WindowKind
from fengqiao.disputes.models import Category
from fengqiao.people import keeping
from fengqiao.people.accounts import decide_role
from fengqiao.people.keeping import AccountFacts
from fengqiao.people.models import CASE_WORKERS, Role, RosterEntry, User
from fengqiao.people.roster import commands as roster
from fengqiao.people.roster.drafts import EntryDraft
from fengqiao.people.roster.models import Kind
from fengqiao.places.models import Region

from .matters import a_name

WHY = "示例：模拟一年用的账户"
BORN = date(1980, 1, 1)
MEDIATORS = 2  # of a body that has none


@dataclass
class Cast:
    """The people, places and categories of the district, read once: a year does not change them."""

    staff: dict[int, list[User]]  # by body
    bodies: dict[int, Body]
    centre: Body
    branches: list[Body]
    villages: dict[int, list[Region]]  # of each branch; of the centre: all
    categories: dict[str, list[Category]]  # by the kind of the sixteen

    @cached_property
    def people(self) -> dict[int, User]:
        return {one.pk: one for there in self.staff.values() for one in there}

    def at(self, body: Body, chance: random.Random) -> User:
        """Somebody who works there. KeyError where nobody does."""
        return chance.choice(self.staff[body.pk])

    def head(self, body: Body) -> User:
        """Who decides there: manager or dispatcher, else whoever works there."""
        return next((one for one in self.staff[body.pk] if one.oversees), self.staff[body.pk][0])

    def open_branch(self, place: Region) -> Body:
        return next((one for one in self.branches if one.region.holds(place.code)), self.centre)


def cast() -> Cast:
    """Everybody, with accounts for those bodies that have nobody. Opened once; a second year finds them."""
    centre = Body.objects.select_related("region").root()
    if centre is None:
        raise LookupError("no county centre")
    bodies = list(Body.objects.that_handle().select_related("region", "parent").order_by("pk"))
    _people_for(centre, bodies)
    _last_window(centre)
    staff: dict[int, list[User]] = {}
    people = User.objects.filter(is_active=True, is_slot=False, role__in=CASE_WORKERS).order_by("pk")
    for one in people.select_related("home_body__region", "station_body__region"):
        staff.setdefault(one.body_id or 0, []).append(one)
    branches = [one for one in bodies if one.kind == BodyKind.TOWN_BRANCH and one.pk in staff]
    places = list(Region.objects.filter(level__width=12).exclude(code__endswith="000").order_by("code"))
    villages = {one.pk: [place for place in places if one.region.holds(place.code)] for one in branches}
    categories: dict[str, list[Category]] = {}
    for category in Category.objects.in_force():
        for kind in category.crosswalk.get("dispute16") or ():
            categories.setdefault(kind, []).append(category)
    return Cast(
        staff=staff, bodies={one.pk: one for one in bodies}, centre=centre,
        branches=[one for one in branches if villages[one.pk]], villages={**villages, centre.pk: places},
        categories=categories,
    )  # fmt: skip


def _people_for(centre: Body, bodies: Iterable[Body]) -> None:
    """Accounts where there are none: a dispatcher for a branch, mediators for a committee and for a branch without one."""
    at_work = User.objects.filter(is_active=True, is_slot=False, role__in=CASE_WORKERS)
    manned = {station or home for station, home in at_work.values_list("station_body_id", "home_body_id")}
    parents = {one.parent_id for one in bodies if one.kind in COMMITTEES}
    mediated = set(RosterEntry.objects.in_force().values_list("body_id", flat=True))
    for body in bodies:
        mediates = body.kind in COMMITTEES or (body.kind == BodyKind.TOWN_BRANCH and body.pk not in parents)
        if body.kind == BodyKind.TOWN_BRANCH and body.pk not in manned:
            _account(body, Role.DISPATCHER, 0)
        if mediates and body.pk not in mediated and body.pk not in manned | {centre.pk}:
            for n in range(1, MEDIATORS + 1):
                _enrolled(centre, body, _account(body, Role.MEDIATOR, n))


def _last_window(centre: Body) -> None:
    """The one that takes what was given back twice (兜底), where the district has none."""
    if not Window.objects.named().filter(kind=WindowKind.FALLBACK).exists():
        set_up_window(centre, name="综合兜底窗口（示例）", kind=WindowKind.FALLBACK, subjects=(), by=_boss(centre))


def _boss(centre: Body) -> User:
    boss = User.objects.filter(role=Role.MANAGER, is_active=True, home_body=centre).first()
    if boss is None:
        raise LookupError("the centre has no manager")
    return boss


def _account(body: Body, role: Role, n: int) -> User:
    admin, security, *_rest = (
        User.objects.filter(role=one, is_active=True).first() for one in (Role.ADMIN, Role.SECURITY)
    )
    if admin is None or security is None:
        raise LookupError("the district has no administrators")
    chance = random.Random(f"{body.key} {n}")  # noqa: S311
    facts = AccountFacts(name=f"{a_name(chance)}（示例{n}）", home=body, title="")
    user = keeping.create(facts, username=f"year-{body.pk}-{n}", role=role, reason=WHY, by=admin)
    decide_role(user.role_changes.get(), grant=True, by=security)
    return User.objects.select_related("home_body__region", "station_body__region").get(pk=user.pk)


def _enrolled(centre: Body, body: Body, user: User) -> None:
    boss = _boss(centre)
    draft = EntryDraft(name=user.name, kinds=[Kind.FULL_TIME], body=body, user=user, born_on=BORN)
    roster.admit(roster.apply(draft, by=boss), valid_from=timezone.localdate(), by=boss)
