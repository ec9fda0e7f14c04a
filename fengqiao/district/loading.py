"""Bring a district that was read into the database: one transaction, what is there is changed in place, nothing is deleted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.translation import gettext as _

from fengqiao.agreements.library import load_templates
from fengqiao.agreements.models import Template
from fengqiao.bodies.models import Body, Window
from fengqiao.disputes.models import Category, LimitRule
from fengqiao.kernel.errors import Refused
from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM, RosterRules, User
from fengqiao.people.roster.by_file import as_the_district_says
from fengqiao.places.models import Level, Region
from fengqiao.routing.models import Rule

from .csv_files import Row
from .events import DistrictLoaded
from .reading import District
from .schema import ACCOUNTS, BODIES, CATEGORIES, CROSSWALK, LIMITS, REGIONS, RULES, WINDOWS

LEVELS, TEMPLATES, ROSTER = "levels", "templates", "roster"
BATCH = 500

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Tally:
    """What became of the rows of one file."""

    created: int
    updated: int
    same: int


@dataclass(frozen=True)
class Loaded:
    """What a load did, file by file."""

    district: str
    tallies: dict[str, Tally]

    @property
    def created(self) -> int:
        return sum(tally.created for tally in self.tallies.values())

    @property
    def updated(self) -> int:
        return sum(tally.updated for tally in self.tallies.values())

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)


@transaction.atomic
def load(district: District, *, by: Any = SYSTEM) -> Loaded:
    """Create and update levels, places, bodies, windows, code tables, limits, rules, accounts, and the model agreements
    that come with the system. Loading again changes nothing.

    Accounts are made without a password; passwords, and accounts that were closed, stay as they are. Refused when another
    county is loaded already.
    """
    _refuse_another_county(district)
    tallies = {
        LEVELS: _levels(district),
        REGIONS.file: _regions(district),
        BODIES.file: _bodies(district),
        WINDOWS.file: _windows(district),
        CATEGORIES.file: _categories(district),
        LIMITS.file: _limits(district),
        RULES.file: _rules(district),
        ACCOUNTS.file: _accounts(district),
        ROSTER: _roster(district, by),
        TEMPLATES: _templates(),
    }
    loaded = Loaded(district.name, tallies)
    if loaded.changed:
        told = DistrictLoaded(
            district=district.name, created=loaded.created, updated=loaded.updated,
            tables={file: [t.created, t.updated] for file, t in tallies.items() if t.created or t.updated},
        )  # fmt: skip
        book.append("district", 1, told, by=by)
    return loaded


def _refuse_another_county(district: District) -> None:
    """One installation is one county."""
    center = Body.objects.select_related("region").root()
    if center and center.region.code[:6] != district.head.code:
        told = _("这套系统里已经是 %(name)s（%(code)s），一套系统只装一个区县。请另建数据目录和数据库。")
        raise Refused(told % {"name": center.region.name, "code": center.region.code[:6]})


# ── one file after another ────────────────────────────────────────────────────────────────────────────────────────


def _levels(district: District) -> Tally:
    wanted = {
        level.key: {"name": level.name, "rank": level.rank, "width": level.width} for level in district.head.levels
    }
    return _merge(Level, ["key"], {(key,): values for key, values in wanted.items()})


def _regions(district: District) -> Tally:
    levels = {level.key: level for level in Level.objects.all()}
    ranked: dict[int, list[Row]] = {}
    for row in district[REGIONS]:
        ranked.setdefault(levels[row["level"]].rank, []).append(row)
    tallies = []
    for rank in sorted(ranked):  # a place is made after the place it lies in
        above = _by(Region, "code", {row["parent"] for row in ranked[rank]})
        wanted = {
            (row["code"],): {
                "name": row["name"], "level": levels[row["level"]],
                "parent": above.get(row["parent"]), "is_slot": row["is_slot"],
            }
            for row in ranked[rank]
        }  # fmt: skip
        tallies.append(_merge(Region, ["code"], wanted))
    return _sum(tallies)


def _bodies(district: District) -> Tally:
    regions = _by(Region, "code", {row["region"] for row in district[BODIES]})
    plain = ("name", "short_name", "kind", "coordinates", "handles", "stationing", "phone", "address", "is_slot")
    tallies = []
    for generation in _generations(district.by_key(BODIES)):
        above = _by(Body, "key", {row["parent"] for row in generation})
        wanted = {
            (row["key"],): {
                **{name: row[name] for name in plain}, "is_active": row["is_active"], "source": row["source"],
                "region": regions[row["region"]], "parent": above.get(row["parent"]),
            }
            for row in generation
        }  # fmt: skip
        tallies.append(_merge(Body, ["key"], wanted))
    return _sum(tallies)


def _generations(rows: Mapping[str, Row]) -> Iterable[list[Row]]:
    """Rows without a parent first, then their children, and so on."""
    made: set[str] = {""}
    left = list(rows.values())
    while left:
        ready = [row for row in left if row["parent"] in made]
        yield ready
        made |= {row["key"] for row in ready}
        left = [row for row in left if row["key"] not in made]


def _windows(district: District) -> Tally:
    bodies = _by(Body, "key", {row["body"] for row in district[WINDOWS]})
    plain = ("name", "kind", "subject", "is_slot")
    wanted = {
        (row["key"],): {**{name: row[name] for name in plain}, "body": bodies[row["body"]]} for row in district[WINDOWS]
    }
    return _merge(Window, ["key"], wanted)


def _categories(district: District) -> Tally:
    plain = ("name", "limit_key", "effective_from", "effective_to")
    wanted = {
        (row["code"],): {
            **{name: row[name] for name in plain},
            "crosswalk": {n.removeprefix(CROSSWALK): v for n, v in row.values.items() if n.startswith(CROSSWALK)},
        }
        for row in district[CATEGORIES]
    }
    return _merge(Category, ["code"], wanted)


def _limits(district: District) -> Tally:
    key = list(LIMITS.key)
    wanted = {
        (row["key"], row["effective_from"]): {name: value for name, value in row.values.items() if name not in key}
        for row in district[LIMITS]
    }
    return _merge(LimitRule, key, wanted)


def _rules(district: District) -> Tally:
    categories = _by(Category, "code", {row["category"] for row in district[RULES]})
    bodies = _by(Body, "key", {row["body"] for row in district[RULES]})
    wanted = {
        (categories[row["category"]].pk if row["category"] else None, row["place"]): {
            "body": bodies[row["body"]], "reason": row["reason"],
        }
        for row in district[RULES]
    }  # fmt: skip
    return _merge(Rule, ["category_id", "place_code"], wanted)


def _templates() -> Tally:
    before = Template.objects.count()
    return Tally(len(load_templates()), 0, before)


def _accounts(district: District) -> Tally:
    bodies = _by(Body, "key", {row[name] for row in district[ACCOUNTS] for name in ("home", "station")})
    plain = ("name", "role", "title", "phone")  # who mediates follows from the roster
    wanted = {
        (row["username"],): {
            **{name: row[name] for name in plain},
            "home_body": bodies[row["home"]], "station_body": bodies.get(row["station"]),
        }
        for row in district[ACCOUNTS]
    }  # fmt: skip
    return _merge(User, ["username"], wanted, new=lambda: {"password": make_password(None)})


def _roster(district: District, by: Any) -> Tally:
    """The county's rules, and an entry for everybody of whom the accounts say that they mediate. What was decided about
    an entry since then stands."""
    wanted = district.head.roster
    reviewer = Body.objects.filter(key=wanted.reviewer).first()
    rules = {"reviewer": reviewer, "grades": wanted.grades, "languages": wanted.languages, "term_years": wanted.years}
    row, differs = RosterRules.objects.first() or RosterRules(), False
    if wanted.is_said:
        differs = _changed(row, rules)
        row.save()
    says = {row["username"]: row["mediates"] for row in district[ACCOUNTS]}
    staff = User.objects.filter(username__in=says).select_related("home_body__region")
    moved = [as_the_district_says(user, mediates=says[user.username], by=by) for user in staff]
    made = [entry for entry in moved if entry and entry.version == 1]
    changed = len([entry for entry in moved if entry]) - len(made) + differs
    return Tally(len(made), changed, len(says) - len(made) - changed)


# ── how rows meet the database ────────────────────────────────────────────────────────────────────────────────────


def _merge(
    model: type[models.Model],
    key: list[str],
    wanted: Mapping[tuple, Mapping[str, Any]],
    *,
    new: Callable[[], dict] = dict,
) -> Tally:
    """Make what is missing, change what differs, leave the rest alone."""
    there = {_key(row, key): row for row in model._default_manager.all()}
    missing = [
        model(**dict(zip(key, k, strict=True)), **{**values, **new()}) for k, values in wanted.items() if k not in there
    ]
    changed = [row for k, row in there.items() if k in wanted and _changed(row, wanted[k])]
    model._default_manager.bulk_create(missing, batch_size=BATCH)
    if changed:
        model._default_manager.bulk_update(changed, list(next(iter(wanted.values()))), batch_size=BATCH)
    return Tally(len(missing), len(changed), len(wanted) - len(missing) - len(changed))


def _key(row: models.Model, names: list[str]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def _changed(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Set the values; say whether any of them was different."""
    different = False
    for name, value in values.items():
        field = cast("models.Field", row._meta.get_field(name))
        now = getattr(row, field.attname)
        if now != (value.pk if isinstance(value, models.Model) else value):
            setattr(row, name, value)
            different = True
    return different


def _by(model: type[M], name: str, keys: Iterable[str]) -> dict[str, M]:
    rows = model._default_manager.filter(**{f"{name}__in": set(keys) - {""}})
    return {getattr(row, name): row for row in rows}


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(*(sum(getattr(tally, name) for tally in tallies) for name in ("created", "updated", "same")))
