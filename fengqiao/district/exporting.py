"""Write what the database holds as a district's folder again: load, export and load, and nothing has changed."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, Mechanism, Strength, Target, Window
from fengqiao.disputes.models import Category, LimitRule, Tier, WarningStep
from fengqiao.intake.models import QueueRules
from fengqiao.kernel.errors import Refused
from fengqiao.notices.models import MessageRules, MessageText
from fengqiao.people.models import RosterRules, User
from fengqiao.places.models import Address, Level, Region
from fengqiao.routing.grading.books import lines_in_force
from fengqiao.routing.models import Duty, RuleBook
from fengqiao.routing.rules.books import in_force
from fengqiao.routing.rules.from_district import short_form
from fengqiao.supervision.models import PlanStep, SeatKind, Threshold

from . import head_file, schema
from .addresses import NAMES
from .merging import named
from .models import Folder
from .schema import CROSSWALK, FORMAT, Table

OURS = "本区"  # whatever was made here has this source
OURS_IS = "本区在系统里登记"

Lines = Iterator[dict[str, Any]]


def export(folder: Path) -> list[Path]:
    """Write every file of the format into an empty folder; in it stand names and telephone numbers of staff.

    Refused where no district is loaded, and where the folder has something in it.
    """
    root, kept = Body.objects.select_related("region").root(), Folder.objects.first()
    if root is None or kept is None:
        raise Refused(_("还没有载入区县数据，没有可以导出的。"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused(_("文件夹 %(folder)s 里已经有东西，请给一个空的。") % {"folder": folder})
    sources = dict(kept.sources)
    files = [_write(folder, _table(table, rows(), kept, sources)) for table, rows in ROWS]
    head = folder / head_file.FILE
    head.write_text(_head(root, kept, sources), encoding="utf-8")
    return [head, *files]


@dataclass(frozen=True)
class Written:
    """One table as its file holds it: the names of its columns, and its rows."""

    table: Table
    columns: list[str]
    rows: list[list[str]]

    @property
    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """As `csv_files.rows_in` reads them."""
        return enumerate([self.columns, *self.rows], 1)


def table_as_written(table: Table) -> Written:
    """One table as it stands now."""
    rows = next(rows for one, rows in ROWS if one.file == table.file)
    return _table(table, rows(), Folder.objects.first() or Folder(), {})


def as_written() -> tuple[str, dict[str, Written]]:
    """What district.yaml would say now, and every table by its file. Refused where no district is loaded."""
    root = Body.objects.select_related("region").root()
    if root is None:
        raise Refused(_("还没有载入区县数据，没有可以导出的。"))
    kept = Folder.objects.first() or Folder(name=root.region.name)
    sources = {**kept.sources, OURS: kept.sources.get(OURS, OURS_IS)}
    tables = {table.file: _table(table, rows(), kept, sources) for table, rows in ROWS}
    return _head(root, kept, sources), tables


def _told(table: Table, rows: Lines, kept: Folder, sources: dict[str, str]) -> list[dict[str, Any]]:
    """The rows with the source of each."""
    told = list(rows)
    if table.column("source"):
        said_by = kept.said_by.get(table.file, {})
        for row in told:
            key = named(tuple(row[name] for name in table.key))
            row["source"] = row.get("source") or said_by.get(key) or OURS
            if row["source"] == OURS:
                sources.setdefault(OURS, OURS_IS)
    return told


def _table(table: Table, rows: Lines, kept: Folder, sources: dict[str, str]) -> Written:
    told = _told(table, rows, kept, sources)
    added = sorted({name for row in told for name in row if table.may_add and name.startswith(table.may_add)})
    columns = [*table.columns, *(column for name in added if (column := table.column(name)))]
    cells = [[column.cell(row.get(column.name)) for column in columns] for row in told]
    return Written(table, [column.name for column in columns], cells)


def _write(folder: Path, written: Written) -> Path:
    path = folder / written.table.file
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([written.columns, *written.rows])
    return path


def _head(root: Body, kept: Folder, sources: dict[str, str]) -> str:
    queue = QueueRules.objects.filter(name=QueueRules.DISTRICT).first()
    told = {
        "format": FORMAT, "code": root.region.code[:6], "name": root.region.name, "center": root.key,
        "levels": [
            {"key": level.key, "rank": level.rank, "width": level.width, "name": level.name}
            for level in Level.objects.order_by("rank")
        ],
        "sources": sources, **_roster(), **_messages(),
        **({"queue": queue.values} if queue and queue.values else {}), **({"notes": kept.notes} if kept.notes else {}),
    }  # fmt: skip
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def _messages() -> dict[str, Any]:
    """The hours of night, where the district has given any."""
    rules = MessageRules.objects.first()
    hours = {name: f"{getattr(rules, name):%H:%M}" for name in head_file.OF_MESSAGES} if rules else {}
    return {"messages": hours} if hours else {}


def _roster() -> dict[str, Any]:
    """The county's rules for its roster, where it has given any."""
    rules = RosterRules.objects.select_related("reviewer").first()
    if rules is None:
        return {}
    told = {
        "reviewer": rules.reviewer.key if rules.reviewer else "", "grades": dict(rules.grades),
        "languages": dict(rules.languages), "term_years": rules.term_years,
    }  # fmt: skip
    return {"roster": {name: value for name, value in told.items() if value}}


# ── the rows of each file ─────────────────────────────────────────────────────────────────────────────────────────


def _fields(row: Any, table: Table) -> dict[str, Any]:
    """The columns that are fields of the same name."""
    return {column.name: getattr(row, column.name) for column in table.columns if hasattr(row, column.name)}


def _regions() -> Lines:
    for row in Region.objects.select_related("level", "parent").order_by("code"):
        yield {**_fields(row, schema.REGIONS), "level": row.level.key, "parent": row.parent.code if row.parent else ""}


def _bodies() -> Lines:
    rows = Body.objects.select_related("region", "parent").prefetch_related("successors").order_by("pk")
    for row in rows:
        yield {
            **_fields(row, schema.BODIES), "region": row.region.code, "parent": row.parent.key if row.parent else "",
            "successors": sorted(body.key for body in row.successors.all()),
        }  # fmt: skip


def _former_names() -> Lines:
    for row in Body.objects.order_by("pk"):
        yield from ({"body": row.key, **one} for one in row.former)


def _windows() -> Lines:
    for row in Window.objects.filter(retired_on=None).select_related("body").order_by("pk"):
        yield {**_fields(row, schema.WINDOWS), "body": row.body.key}


def _categories() -> Lines:
    for row in Category.objects.order_by("code"):
        crosswalk = {CROSSWALK + scheme: codes for scheme, codes in row.crosswalk.items()}
        yield {**_fields(row, schema.CATEGORIES), **crosswalk}


def _limits() -> Lines:
    for row in LimitRule.objects.order_by("key", "effective_from"):
        yield _fields(row, schema.LIMITS)


def _warnings() -> Lines:
    for row in WarningStep.objects.order_by("limit", "when", "hours"):
        yield _fields(row, schema.WARNINGS)


def _rules() -> Lines:
    """Of the version in force: in the short form where the rest follows from it, else every rule with its rank."""
    if not RuleBook.objects.published().exists():
        return
    rules = in_force().rules
    short = short_form(rules)
    for rule in rules if short is None else short:
        yield {
            **_fields(rule, schema.RULES), "people": str(rule.people or ""), "amount": str(rule.amount or ""),
            "body": list(rule.bodies), "fast": rule.is_fast, "rank": rule.rank if short is None else None,
        }  # fmt: skip


def _duties() -> Lines:
    for row in Duty.objects.select_related("category", "lead").prefetch_related("cooperating"):
        yield {
            **_fields(row, schema.DUTIES), "category": row.category.code if row.category else "",
            "place": row.place_code, "lead": row.lead.key, "cooperating": sorted(body.key for body in row.cooperating.all()),
        }  # fmt: skip


def _accounts() -> Lines:
    """Those that have a role; a new one that waits for it is nobody yet."""
    rows = User.objects.exclude(home_body=None).exclude(role="")
    for row in rows.select_related("home_body", "station_body").order_by("pk"):
        station = row.station_body.key if row.station_body else ""
        yield {**_fields(row, schema.ACCOUNTS), "home": row.home_body.key if row.home_body else "", "station": station}


def _addresses() -> Lines:
    for row in Address.objects.in_force().select_related("region").prefetch_related("aliases"):
        yield {
            **_fields(row, schema.ADDRESSES), "region": row.region.code,
            **{
                column: "；".join(one.name for one in row.aliases.all() if one.is_active and one.kind == kind)
                for column, kind in NAMES.items()
            },
        }  # fmt: skip


def _notices() -> Lines:
    for row in MessageText.objects.order_by("occasion", "role", "language"):
        yield _fields(row, schema.NOTICES)


def _tiers() -> Lines:
    for row in Tier.objects.filter(is_general=False).order_by("rank", "pk"):
        yield _fields(row, schema.TIERS)


def _grading() -> Lines:
    _version, lines = lines_in_force()
    for line in lines:
        yield line.as_json()


def _plain(model: Any, table: Table) -> Callable[[], Lines]:
    return lambda: (_fields(row, table) for row in model.objects.order_by("pk"))


ROWS: tuple[tuple[Table, Callable[[], Lines]], ...] = (
    (schema.REGIONS, _regions),
    (schema.BODIES, _bodies),
    (schema.FORMER_NAMES, _former_names),
    (schema.WINDOWS, _windows),
    (schema.CATEGORIES, _categories),
    (schema.LIMITS, _limits),
    (schema.WARNINGS, _warnings),
    (schema.RULES, _rules),
    (schema.DUTIES, _duties),
    (schema.ACCOUNTS, _accounts),
    (schema.ADDRESSES, _addresses),
    (schema.MECHANISMS, _plain(Mechanism, schema.MECHANISMS)),
    (schema.STRENGTH, _plain(Strength, schema.STRENGTH)),
    (schema.TARGETS, _plain(Target, schema.TARGETS)),
    (schema.NOTICES, _notices),
    (schema.SEATS, _plain(SeatKind, schema.SEATS)),
    (schema.PLANS, _plain(PlanStep, schema.PLANS)),
    (schema.THRESHOLDS, _plain(Threshold, schema.THRESHOLDS)),
    (schema.TIERS, _tiers),
    (schema.GRADING, _grading),
)
