"""What a cell means in words, and what may stand in it: the names behind keys, codes and enumerations."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, BodyKind, MechanismKind, Stationing, Target, WindowKind
from fengqiao.disputes.catalogue import CATALOGUE, names
from fengqiao.disputes.limits import UNIT_NAMES, LimitRule
from fengqiao.disputes.models import Category, Channel, Difficulty, Leads
from fengqiao.disputes.warning_steps import ALL, Told, When
from fengqiao.notices.listing import OCCASIONS, ROLES
from fengqiao.people.models import Role
from fengqiao.places.models import Level as RegionLevel
from fengqiao.places.models import Region
from fengqiao.routing.grading.book import COMPLEX, MAJOR
from fengqiao.routing.grading.proposing import FACTS
from fengqiao.routing.rules.book import FALLBACK, Level
from fengqiao.supervision.thresholds import DEFAULTS as THRESHOLDS

from . import schema
from .cells import codes, flag
from .schema import Table

Choices = list[tuple[str, str]]


class Meanings:
    """Asks the database once for each kind of name, and only for what is shown."""

    @cached_property
    def bodies(self) -> Choices:
        return list(Body.objects.order_by("region__code", "pk").values_list("key", "name"))

    @cached_property
    def regions(self) -> Choices:
        return list(Region.objects.order_by("code").values_list("code", "name"))

    @cached_property
    def categories(self) -> Choices:
        return [(row.code, str(row)) for row in Category.objects.order_by("code")]

    @cached_property
    def levels(self) -> Choices:
        return list(RegionLevel.objects.values_list("key", "name"))

    @cached_property
    def limits(self) -> Choices:
        own = LimitRule.objects.exclude(key__in=CATALOGUE).order_by("key").values_list("key", flat=True).distinct()
        return [(key, str(name)) for key, name in names()] + [(key, key) for key in own]

    @cached_property
    def limits_or_all(self) -> Choices:
        return [(ALL, _("没有另写的全部期限")), *self.limits]

    @cached_property
    def mediation_limits(self) -> Choices:
        return [(key, name) for key, name in self.limits if key == "mediate" or key.startswith("mediate.")]

    def choices(self, table: Table, column: str) -> Choices | None:
        """What may stand in the column, with its name; None where anything of the right shape may."""
        find = ONE_OF.get((table.file, column)) or NAMED.get(column)
        return [(str(value), str(label)) for value, label in find(self)] if find else None

    def offered(self, table: Table, column: str, cell: str) -> Choices | None:
        """What a form offers: without slots and what has ended, but with what stands there already."""
        found = self.choices(table, column)
        left_out = self._not_offered - set(cell.split())
        return [(value, label) for value, label in found if value not in left_out] if found is not None else None

    @cached_property
    def _not_offered(self) -> set[str]:
        bodies = Body.objects.filter(Q(is_slot=True) | Q(is_active=False)).values_list("key", flat=True)
        return {*bodies, *Region.objects.filter(is_slot=True).values_list("code", flat=True)}

    def names(self, table: Table, column: str) -> dict[str, str]:
        """The same to look names up in."""
        if (table.file, column) not in self._names:
            self._names[table.file, column] = dict(self.choices(table, column) or ())
        return self._names[table.file, column]

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        return {}

    def words(self, table: Table, name: str, cell: str) -> str:
        """The cell as people read it."""
        column = table.column(name)
        if column and column.read is flag:
            return _("是") if cell == "1" or (not cell and column.default) else _("否")
        names = self.names(table, name)
        if column and column.read is codes and names:
            return "、".join(names.get(part, part) for part in cell.split())
        if column and names and isinstance(column.default, str):
            cell = cell or column.default
        return names.get(cell, cell)


def _of(choices: Any) -> Callable[[Meanings], Any]:
    return lambda known: choices.choices


NAMED: dict[str, Callable[[Meanings], Any]] = {
    **dict.fromkeys(("body", "lead", "home", "station", "cooperating", "successors"), lambda known: known.bodies),
    **dict.fromkeys(("region", "place"), lambda known: known.regions),
    "category": lambda known: known.categories,
    "level": lambda known: known.levels,
    "limit_key": lambda known: known.mediation_limits,
}
ONE_OF: dict[tuple[str, str], Callable[[Meanings], Any]] = {
    (schema.BODIES.file, "parent"): lambda known: known.bodies,
    (schema.REGIONS.file, "parent"): lambda known: known.regions,
    (schema.BODIES.file, "kind"): _of(BodyKind),
    (schema.BODIES.file, "stationing"): _of(Stationing),
    (schema.WINDOWS.file, "kind"): _of(WindowKind),
    (schema.LIMITS.file, "key"): lambda known: known.limits,
    (schema.LIMITS.file, "unit"): lambda known: [(unit.value, name) for unit, name in UNIT_NAMES.items()],
    (schema.WARNINGS.file, "limit"): lambda known: known.limits_or_all,
    (schema.WARNINGS.file, "when"): _of(When),
    (schema.WARNINGS.file, "to"): _of(Told),
    (schema.ACCOUNTS.file, "role"): _of(Role),
    (schema.MECHANISMS.file, "kind"): _of(MechanismKind),
    (schema.TARGETS.file, "how"): _of(Target.How),
    (schema.TARGETS.file, "unit"): _of(Target.Of),
    (schema.RULES.file, "difficulty"): _of(Difficulty),
    (schema.RULES.file, "channel"): _of(Channel),
    (schema.RULES.file, "to"): lambda known: [*Level.choices, (FALLBACK, WindowKind.FALLBACK.label)],
    (schema.NOTICES.file, "occasion"): lambda known: OCCASIONS.items(),
    (schema.NOTICES.file, "role"): lambda known: ROLES.items(),
    (schema.NOTICES.file, "language"): lambda known: settings.LANGUAGES,
    (schema.TIERS.file, "lead"): _of(Leads),
    (schema.TIERS.file, "limit_key"): lambda known: known.limits,
    (schema.TIERS.file, "difficulty"): _of(Difficulty),
    (schema.GRADING.file, "fact"): lambda known: [(fact.value, str(name)) for fact, name in FACTS.items()],
    (schema.GRADING.file, "level"): lambda known: [one for one in Difficulty.choices if one[0] in (COMPLEX, MAJOR)],
    (schema.THRESHOLDS.file, "key"): lambda known: [(key, str(one.name)) for key, one in THRESHOLDS.items()],
}
