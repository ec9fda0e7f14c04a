"""The format of a district's folder: every file, its columns and what a cell may hold. docs/district-format.md explains it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fengqiao.bodies.models import BodyKind, MechanismKind, Stationing, Target, WindowKind
from fengqiao.disputes.models import Channel, Difficulty, Leads
from fengqiao.disputes.warning_steps import When
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.limits import Unit
from fengqiao.notices import texts
from fengqiao.people.models import Role
from fengqiao.places.models.addresses import LONGEST
from fengqiao.routing.grading.book import COMPLEX, MAJOR, Fact
from fengqiao.routing.rules.book import FALLBACK, Level
from fengqiao.supervision.thresholds import DEFAULTS

from .cells import (
    CATEGORY,
    CODE,
    KEY,
    LEVEL,
    LIMIT,
    LIMIT_OR_ALL,
    USERNAME,
    Read,
    codes,
    day,
    degrees,
    flag,
    hours,
    message,
    number,
    one_of,
    span,
    subjects,
    whole,
    words,
)

FORMAT = 1
CROSSWALK = "crosswalk."  # a column crosswalk.X holds the codes that a category has in scheme X

Write = Callable[[Any], str]


def written(value: Any) -> str:
    """A value as its cell; `Column.written` leaves defaults empty."""
    if isinstance(value, bool):
        return str(int(value))
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, list) else str(value)


def in_order(keys: Iterable[str]) -> str:
    """Keys whose order says nothing, each once."""
    return " ".join(sorted(set(keys)))


@dataclass(frozen=True)
class Column:
    """One column. An empty cell gives `default`; where the column is `required` it is refused."""

    name: str
    read: Read
    required: bool = False
    default: Any = ""
    write: Write = written

    def value(self, cell: str) -> Any:
        """What the cell means. Refused with the reason for one that means nothing, and for an empty one of a required column."""
        if cell:
            return self.read(cell)
        if self.required:
            raise Refused(_("必填，不能空着"))
        return self.default

    def cell(self, value: Any) -> str:
        """The value as it is written into the file."""
        return "" if value is None or value == self.default else self.write(value)


@dataclass(frozen=True)
class Table:
    """One CSV file. `key` names the columns that tell its rows apart."""

    file: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = True
    may_add: str = ""  # prefix of columns that a district may add

    def column(self, name: str) -> Column | None:
        if self.may_add and re.fullmatch(re.escape(self.may_add) + "[a-z0-9_]{1,30}", name):
            return Column(name, codes, default=[])
        return next((column for column in self.columns if column.name == name), None)


SOURCE = Column("source", words(60), required=True)
SLOT = Column("is_slot", flag, default=False)

# ── the files ─────────────────────────────────────────────────────────────────────────────────────────────────────

REGIONS = Table(
    "regions.csv",
    ("code",),
    (
        Column("code", CODE, required=True),
        Column("level", LEVEL, required=True),
        Column("name", words(60), required=True),
        Column("parent", CODE),
        SLOT,
    ),
)
BODIES = Table(
    "bodies.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("name", words(120), required=True),
        Column("short_name", words(20), required=True),
        Column("kind", one_of(BodyKind.values), required=True),
        Column("region", CODE, required=True),
        Column("parent", KEY),
        Column("coordinates", flag, default=False),
        Column("handles", flag, default=False),
        Column("stationing", one_of(Stationing.values)),
        Column("phone", words(30)),
        Column("address", words(200)),
        SLOT,
        Column("is_active", flag, default=True),
        Column("founded_on", day, default=None),
        Column("ended_on", day, default=None),
        Column("successors", codes, default=[], write=in_order),
        SOURCE,
    ),
)
FORMER_NAMES = Table(
    "former_names.csv",
    ("body", "until"),
    (
        Column("body", KEY, required=True),
        Column("until", day, required=True),
        Column("name", words(120), required=True),
        Column("short_name", words(20), required=True),
        SOURCE,
    ),
    required=False,
)
WINDOWS = Table(
    "windows.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("body", KEY, required=True),
        Column("name", words(60), required=True),
        Column("kind", one_of(WindowKind.values), required=True),
        Column("subject", words(60)),
        Column("subjects", subjects, default=[], write="、".join),
        Column("hours", hours),
        SLOT,
        SOURCE,
    ),
    required=False,
)
CATEGORIES = Table(
    "categories.csv",
    ("code",),
    (
        Column("code", CATEGORY, required=True),
        Column("name", words(40), required=True),
        Column("limit_key", LIMIT, default="mediate"),
        Column("effective_from", day, default=None),
        Column("effective_to", day, default=None),
        SOURCE,
    ),
    may_add=CROSSWALK,
)
LIMITS = Table(
    "limits.csv",
    ("key", "effective_from"),
    (
        Column("key", LIMIT, required=True),
        Column("n", whole, required=True),
        Column("unit", one_of([unit.value for unit in Unit]), required=True),
        Column("exclude_start_day", flag, default=False),
        Column("roll", flag, default=False),
        Column("max_extension_days", whole, default=None),
        Column("basis", words(200), required=True),
        Column("effective_from", day, required=True),
        Column("effective_to", day, default=None),
    ),
    required=False,
)
WARNINGS = Table(
    "warnings.csv",
    ("limit", "when", "hours"),
    (
        Column("limit", LIMIT_OR_ALL, required=True),
        Column("when", one_of(When.values), required=True),
        Column("hours", whole, default=0),
        Column("times", whole, default=1),
        Column("to", codes, default=[], write=in_order),
    ),
    required=False,
)
ACCOUNTS = Table(
    "accounts.csv",
    ("username",),
    (
        Column("username", USERNAME, required=True),
        Column("name", words(40), required=True),
        Column("role", one_of(Role.values), required=True),
        Column("home", KEY, required=True),
        Column("station", KEY),
        Column("title", words(40)),
        Column("phone", words(30)),
        Column("mediates", flag, default=False),
        SLOT,
        SOURCE,
    ),
    required=False,
)
RULES = Table(
    "rules.csv",
    ("rank", "category", "place", "difficulty", "channel", "people", "amount"),
    (
        Column("rank", whole, default=None),
        Column("category", CATEGORY),
        Column("place", CODE),
        Column("difficulty", one_of(Difficulty.values)),
        Column("channel", one_of(Channel.values)),
        Column("people", span),
        Column("amount", span),
        Column("body", codes, default=[], write=in_order),
        Column("to", one_of([*Level.values, FALLBACK])),
        Column("fast", flag, default=False),
        Column("item", KEY),
        Column("reason", words(200), required=True),
        SOURCE,
    ),
    required=False,
)
DUTIES = Table(
    "duties.csv",
    ("item",),
    (
        Column("item", KEY, required=True),
        Column("name", words(120), required=True),
        Column("category", CATEGORY),
        Column("place", CODE),
        Column("lead", KEY, required=True),
        Column("cooperating", codes, default=[], write=in_order),
        Column("town_duty", words(300)),
        Column("basis", words(200)),
        Column("effective_from", day, default=None),
        Column("effective_to", day, default=None),
        SOURCE,
    ),
    required=False,
)
NOTICES = Table(
    "notices.csv",
    ("occasion", "role", "language"),
    (
        Column("occasion", one_of(texts.occasions()), required=True),
        Column("role", one_of(texts.ROLES), required=True),
        Column("language", one_of(dict(settings.LANGUAGES)), required=True),
        Column("urgent", flag, default=False),
        Column("subject", message(80)),
        Column("words", message(texts.LONGEST)),
        SOURCE,
    ),
    required=False,
)
ADDRESSES = Table(
    "addresses.csv",
    ("region", "road", "number", "poi", "building", "unit", "room"),
    (
        Column("region", CODE, required=True),
        *(Column(name, words(most)) for name, most in LONGEST.items()),
        Column("longitude", degrees, default=None),
        Column("latitude", degrees, default=None),
        Column("former", words(300)),
        Column("spoken", words(300)),
        SOURCE,
    ),
    required=False,
)
MECHANISMS = Table(
    "mechanisms.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("name", words(60), required=True),
        Column("kind", one_of(MechanismKind.values), required=True),
        Column("rank", whole, default=0),
        Column("words", words(300)),
        SLOT,
        SOURCE,
    ),
    required=False,
)
STRENGTH = Table(
    "strength.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("name", words(60), required=True),
        Column("n", whole, required=True),
        Column("or_more", flag, default=False),
        SOURCE,
    ),
    required=False,
)
TARGETS = Table(
    "targets.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("name", words(60), required=True),
        Column("how", one_of(Target.How.values), required=True),
        Column("value", whole, required=True),
        Column("unit", one_of(Target.Of.values), required=True),
        Column("basis", words(200)),
        SOURCE,
    ),
    required=False,
)
_IN_ORDER = (
    Column("key", KEY, required=True),
    Column("name", words(60), required=True),
    Column("rank", whole, default=0),
    Column("words", words(300)),
)
SEATS = Table("seats.csv", ("key",), (*_IN_ORDER, SLOT, SOURCE), required=False)
PLANS = Table("plans.csv", ("key",), (*_IN_ORDER, Column("basis", words(200)), SLOT, SOURCE), required=False)
THRESHOLDS = Table(
    "thresholds.csv",
    ("key",),
    (
        Column("key", one_of(DEFAULTS), required=True),
        Column("n", whole, required=True),
        Column("basis", words(200)),
        SOURCE,
    ),
    required=False,
)
TIERS = Table(
    "tiers.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("name", words(60), required=True),
        Column("rank", whole, required=True),
        Column("lead", one_of(Leads.values), required=True),
        Column("limit_key", LIMIT, required=True),
        Column("difficulty", one_of(Difficulty.values)),
        Column("words", words(300)),
        SOURCE,
    ),
    required=False,
)
GRADING = Table(
    "grading.csv",
    ("key",),
    (
        Column("key", KEY, required=True),
        Column("fact", one_of([fact.value for fact in Fact]), required=True),
        Column("at_least", number, default=1),
        Column("level", one_of([COMPLEX, MAJOR]), required=True),
        Column("reason", words(200)),
        SOURCE,
    ),
    required=False,
)
TABLES = (
    REGIONS, BODIES, FORMER_NAMES, WINDOWS, CATEGORIES, LIMITS, WARNINGS, RULES, DUTIES, ACCOUNTS, MECHANISMS, STRENGTH, TARGETS,
    SEATS, PLANS, THRESHOLDS, TIERS, GRADING, NOTICES, ADDRESSES,
)  # fmt: skip
