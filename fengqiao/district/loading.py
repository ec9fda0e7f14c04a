"""Bring a district that was read into the database: one transaction, what is there is changed in place, nothing is deleted."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.agreements.library import load_templates
from fengqiao.agreements.models import Template
from fengqiao.bodies.models import Body, Mechanism, Standing, Strength, Target, Window
from fengqiao.disputes.models import Category, LimitRule, WarningStep
from fengqiao.disputes.obstacles import undone
from fengqiao.intake.models import QueueRules
from fengqiao.kernel.errors import Refused
from fengqiao.ledger import book
from fengqiao.notices.models import MessageRules, MessageText
from fengqiao.people.models import SYSTEM, RosterRules, User
from fengqiao.people.roster.by_file import as_the_district_says
from fengqiao.places.models import Level, Region
from fengqiao.routing.models import Duty
from fengqiao.routing.rules.from_district import take_in
from fengqiao.supervision.models import PlanStep, SeatKind, Threshold

from .addresses import load_addresses, names_of_regions
from .csv_files import Row
from .events import DistrictLoaded
from .ladder import load_grading, load_tiers
from .merging import Tally, merge, merge_links, named, rows_by, settle
from .models import Folder
from .reading import District
from .rules_file import written
from .schema import (
    ACCOUNTS,
    ADDRESSES,
    BODIES,
    CATEGORIES,
    CROSSWALK,
    DUTIES,
    FORMER_NAMES,
    GRADING,
    LIMITS,
    MECHANISMS,
    NOTICES,
    PLANS,
    REGIONS,
    RULES,
    SEATS,
    STRENGTH,
    TABLES,
    TARGETS,
    THRESHOLDS,
    TIERS,
    WARNINGS,
    WINDOWS,
    Table,
)

LEVELS, TEMPLATES, QUEUE, ROSTER, MESSAGES = "levels", "templates", "queue", "roster", "messages"


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
    """Create and update everything the folder holds, and the model agreements that come with the system. Loading again
    changes nothing.

    Accounts are made without a password; passwords, roles, and accounts that were closed, stay as they are: a role is
    changed by two administrators, never by a file. Refused when another county is loaded already, and while a body that
    ends still has disputes.
    """
    _refuse_another_county(district)
    loaded = bring(district, STEPS, by=by)
    if loaded.changed:
        told = DistrictLoaded(
            district=district.name, created=loaded.created, updated=loaded.updated,
            tables={file: [t.created, t.updated] for file, t in loaded.tallies.items() if t.created or t.updated},
        )  # fmt: skip
        book.append("district", 1, told, by=by)
    return loaded


def bring(district: District, steps: Iterable[str], *, by: Any) -> Loaded:
    """Bring these parts of the district in, in the order of STEPS; nothing is told to the ledger. Call inside a transaction.

    Refused while a body that ends still has disputes.
    """
    at_work = set(Body.objects.at_work().values_list("pk", flat=True))
    before = names_of_regions()
    wanted = set(steps)
    tallies = {name: do(district, by) for name, do in STEPS.items() if name in wanted}
    found = district[ADDRESSES] if ADDRESSES.file in wanted else []
    tallies[ADDRESSES.file] = Tally(*load_addresses(found, before=before, by=by))
    _refuse_ownerless(at_work)
    _keep(district)
    return Loaded(district.name, tallies)


def _refuse_another_county(district: District) -> None:
    """One installation is one county."""
    center = Body.objects.select_related("region").root()
    if center and center.region.code[:6] != district.head.code:
        told = _("这套系统里已经是 %(name)s（%(code)s），一套系统只装一个区县。请另建数据目录和数据库。")
        raise Refused(told % {"name": center.region.name, "code": center.region.code[:6]})


def _refuse_ownerless(were_at_work: set[int]) -> None:
    """No dispute may be left with a body that is no more: somebody hands it on first, by name and with a reason."""
    ended = Body.objects.filter(pk__in=were_at_work, is_active=False)
    if told := [sentence for body in ended if (sentence := undone(body))]:
        raise Refused(" ".join(told))


def _keep(district: District) -> None:
    """What only the folder knows: its sources and notes."""
    kept, _new = Folder.objects.get_or_create(defaults={"name": district.name})
    said_by = {table.file: _sources(district, table) for table in TABLES if table.column("source")}
    values = {
        "name": district.name, "sources": district.head.documents, "notes": district.head.notes,
        "said_by": {file: {**kept.said_by.get(file, {}), **told} for file, told in said_by.items()},
    }  # fmt: skip
    if any(getattr(kept, name) != value for name, value in values.items()):
        Folder.objects.filter(pk=kept.pk).update(**values)


def _sources(district: District, table: Table) -> dict[str, str]:
    return {named(tuple(row[name] for name in table.key)): row["source"] for row in district[table]}


# ── one file after another ────────────────────────────────────────────────────────────────────────────────────────


def _levels(district: District) -> Tally:
    wanted = {
        level.key: {"name": level.name, "rank": level.rank, "width": level.width} for level in district.head.levels
    }
    return merge(Level, ["key"], {(key,): values for key, values in wanted.items()})


def _regions(district: District) -> Tally:
    levels = {level.key: level for level in Level.objects.all()}
    ranked: dict[int, list[Row]] = {}
    for row in district[REGIONS]:
        ranked.setdefault(levels[row["level"]].rank, []).append(row)
    tallies = []
    for rank in sorted(ranked):  # a place is made after the place it lies in
        above = rows_by(Region, "code", {row["parent"] for row in ranked[rank]})
        wanted = {
            (row["code"],): {
                "name": row["name"], "level": levels[row["level"]],
                "parent": above.get(row["parent"]), "is_slot": row["is_slot"],
            }
            for row in ranked[rank]
        }  # fmt: skip
        tallies.append(merge(Region, ["code"], wanted))
    return sum(tallies, Tally())


def _bodies(district: District) -> Tally:
    regions = rows_by(Region, "code", {row["region"] for row in district[BODIES]})
    plain = (
        "name", "short_name", "kind", "coordinates", "handles", "stationing", "phone", "address", "is_slot",
        "is_active", "source", "founded_on", "ended_on",
    )  # fmt: skip
    tallies = []
    former, proposed = _former(district), set(_proposed())
    for generation in _generations(district.by_key(BODIES)):
        above = rows_by(Body, "key", {row["parent"] for row in generation})
        wanted = {
            (row["key"],): {
                **{name: row[name] for name in plain}, "standing": _standing(row, proposed), "former": former.get(row["key"], []),
                "region": regions[row["region"]], "parent": above.get(row["parent"]),
            }
            for row in generation
        }  # fmt: skip
        tallies.append(merge(Body, ["key"], wanted))
    there = rows_by(Body, "key", district.by_key(BODIES))
    successors = {there[row["key"]]: [there[key] for key in row["successors"]] for row in district[BODIES]}
    return sum(tallies, merge_links("successors", successors))


def _proposed() -> Iterable[str]:
    return Body.objects.filter(standing=Standing.PROPOSED).values_list("key", flat=True)


def _standing(row: Row, proposed: Container[str]) -> Standing:
    """What the row says. One that waits to be approved goes on waiting."""
    if row["is_active"]:
        return Standing.LIVE
    if row["key"] in proposed and not row["ended_on"]:
        return Standing.PROPOSED
    return Standing.ENDED if row["ended_on"] else Standing.SUSPENDED


def _former(district: District) -> dict[str, list[dict]]:
    """The names that each body bore before, the oldest first."""
    former: dict[str, list[dict]] = {}
    for row in sorted(district[FORMER_NAMES], key=lambda row: row["until"]):
        told = {"until": row["until"].isoformat(), "name": row["name"], "short_name": row["short_name"]}
        former.setdefault(row["body"], []).append(told)
    return former


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
    bodies = rows_by(Body, "key", {row["body"] for row in district[WINDOWS]})
    plain = ("name", "kind", "subject", "subjects", "hours", "is_slot")
    wanted = {
        (row["key"],): {**{name: row[name] for name in plain}, "body": bodies[row["body"]]} for row in district[WINDOWS]
    }
    return merge(Window, ["key"], wanted)


def _queue(district: District) -> Tally:
    """What the district decides about its queues; a folder that says nothing leaves the built-in rules."""
    wanted = {(QueueRules.DISTRICT,): {"values": dict(district.head.queue)}}
    return merge(QueueRules, ["name"], wanted if district.head.queue or QueueRules.objects.exists() else {})


def _messages(district: District) -> Tally:
    """Between which hours nobody is disturbed; a folder that says nothing leaves the built-in ones."""
    wanted = {("district",): dict(district.head.messages)}
    return merge(MessageRules, ["name"], wanted if district.head.messages else {})


def _notices(district: District) -> Tally:
    plain = ("urgent", "subject", "words")
    wanted = {
        (row["occasion"], row["role"], row["language"]): {name: row[name] for name in plain}
        for row in district[NOTICES]
    }
    return merge(MessageText, list(NOTICES.key), wanted)


def _categories(district: District) -> Tally:
    plain = ("name", "limit_key", "effective_from", "effective_to")
    wanted = {
        (row["code"],): {
            **{name: row[name] for name in plain},
            "crosswalk": {n.removeprefix(CROSSWALK): v for n, v in row.values.items() if n.startswith(CROSSWALK)},
        }
        for row in district[CATEGORIES]
    }
    return merge(Category, ["code"], wanted)


def _limits(district: District) -> Tally:
    key = list(LIMITS.key)
    wanted = {
        (row["key"], row["effective_from"]): {name: value for name, value in row.values.items() if name not in key}
        for row in district[LIMITS]
    }
    return merge(LimitRule, key, wanted)


def _warnings(district: District) -> Tally:
    key = list(WARNINGS.key)
    wanted = {tuple(row[name] for name in key): {"times": row["times"], "to": row["to"]} for row in district[WARNINGS]}
    return merge(WarningStep, key, wanted)


def _rules(district: District, by: Any) -> Tally:
    """The rules of routing have versions: the first comes from the folder, every further one is published by people."""
    created, changed = take_in(written(district), by=by)
    return Tally(created, changed)


def _duties(district: District) -> Tally:
    categories = rows_by(Category, "code", {row["category"] for row in district[DUTIES]})
    bodies = rows_by(Body, "key", {key for row in district[DUTIES] for key in (row["lead"], *row["cooperating"])})
    plain = ("name", "town_duty", "basis", "effective_from", "effective_to")
    wanted = {
        (row["item"],): {
            **{name: row[name] for name in plain}, "place_code": row["place"],
            "category": categories.get(row["category"]), "lead": bodies[row["lead"]],
        }
        for row in district[DUTIES]
    }  # fmt: skip
    tally = merge(Duty, ["item"], wanted)
    items = rows_by(Duty, "item", {row["item"] for row in district[DUTIES]})
    helping = {items[row["item"]]: [bodies[key] for key in row["cooperating"]] for row in district[DUTIES]}
    return tally + merge_links("cooperating", helping)


def _plain(district: District, table: Table, model: type) -> Tally:
    """A file whose columns are the model's fields."""
    columns = [column.name for column in table.columns if column.name not in ("key", "source")]
    return merge(model, ["key"], {(row["key"],): {name: row[name] for name in columns} for row in district[table]})


def _templates() -> Tally:
    before = Template.objects.count()
    return Tally(len(load_templates()), 0, before)


def _accounts(district: District) -> Tally:
    bodies = rows_by(Body, "key", {row[name] for row in district[ACCOUNTS] for name in ("home", "station")})
    plain = ("name", "title", "phone", "is_slot")  # who mediates follows from the roster
    roles = dict(User.objects.values_list("username", "role"))
    wanted = {
        (row["username"],): {
            **{name: row[name] for name in plain}, "role": roles.get(row["username"], row["role"]),
            "home_body": bodies[row["home"]], "station_body": bodies.get(row["station"]),
        }
        for row in district[ACCOUNTS]
    }  # fmt: skip
    slots = set(User.objects.filter(is_slot=True).values_list("pk", flat=True))
    tally = merge(User, ["username"], wanted, new=lambda: {"password": make_password(None)})
    User.objects.filter(is_slot=True).update(is_active=False)  # nobody is there yet
    User.objects.filter(pk__in=slots, is_slot=False).update(is_active=True)  # now somebody is
    return tally


def _roster(district: District, by: Any) -> Tally:
    """The county's rules, and an entry for everybody of whom the accounts say that they mediate. What was decided about
    an entry since then stands."""
    wanted = district.head.roster
    reviewer = Body.objects.filter(key=wanted.reviewer).first()
    rules = {"reviewer": reviewer, "grades": wanted.grades, "languages": wanted.languages, "term_years": wanted.years}
    row, differs = RosterRules.objects.first() or RosterRules(), False
    if wanted.is_said:
        differs = bool(settle(row, (RosterRules.__name__,), rules))
        row.save()
    says = {row["username"]: row["mediates"] for row in district[ACCOUNTS]}
    staff = User.objects.filter(username__in=says).select_related("home_body__region")
    moved = [as_the_district_says(user, mediates=says[user.username], by=by) for user in staff]
    made = [entry for entry in moved if entry and entry.version == 1]
    changed = len([entry for entry in moved if entry]) - len(made) + differs
    return Tally(len(made), changed, len(says) - len(made) - changed)


Step = Callable[[District, Any], Tally]

# What a load consists of, in the order in which rows come to name each other.
STEPS: dict[str, Step] = {
    LEVELS: lambda district, by: _levels(district),
    REGIONS.file: lambda district, by: _regions(district),
    BODIES.file: lambda district, by: _bodies(district),
    WINDOWS.file: lambda district, by: _windows(district),
    QUEUE: lambda district, by: _queue(district),
    MESSAGES: lambda district, by: _messages(district),
    NOTICES.file: lambda district, by: _notices(district),
    CATEGORIES.file: lambda district, by: _categories(district),
    LIMITS.file: lambda district, by: _limits(district),
    WARNINGS.file: lambda district, by: _warnings(district),
    RULES.file: _rules,
    DUTIES.file: lambda district, by: _duties(district),
    ACCOUNTS.file: lambda district, by: _accounts(district),
    ROSTER: _roster,
    MECHANISMS.file: lambda district, by: _plain(district, MECHANISMS, Mechanism),
    STRENGTH.file: lambda district, by: _plain(district, STRENGTH, Strength),
    TARGETS.file: lambda district, by: _plain(district, TARGETS, Target),
    SEATS.file: lambda district, by: _plain(district, SEATS, SeatKind),
    PLANS.file: lambda district, by: _plain(district, PLANS, PlanStep),
    THRESHOLDS.file: lambda district, by: _plain(district, THRESHOLDS, Threshold),
    TIERS.file: lambda district, by: load_tiers(district),
    GRADING.file: load_grading,
    TEMPLATES: lambda district, by: _templates(),
    ADDRESSES.file: lambda district, by: (
        Tally()
    ),  # last of all, by `bring`: it asks what the regions were called before
}
