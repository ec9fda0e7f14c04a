"""The history of the tables as the ledger has it, and the second change that takes a change back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry

from .events import SUBJECT, DistrictChanged, DistrictLoaded, DistrictUndone
from .meanings import Meanings
from .present import TABLES, Key, Present
from .proposals import Proposal, RowChange, Wanted, propose_back
from .schema import Table

OURS = (DistrictChanged.kind, DistrictUndone.kind)
MOST_NAMED = 3


def entries(table: Table | None = None) -> QuerySet[Entry]:
    """What was changed on the screen and loaded by command, of all tables or of one, the newest first."""
    rows = Entry.objects.filter(subject=SUBJECT, subject_id=1, kind__in=(*OURS, DistrictLoaded.kind)).order_by("-seq")
    if table is None:
        return rows
    return rows.filter(Q(payload__table=table.file) | Q(payload__tables__has_key=table.file))


def taken_back() -> set[int]:
    """The numbers of the entries that a later one undoes."""
    done = Entry.objects.filter(subject=SUBJECT, subject_id=1, kind=DistrictUndone.kind, payload__isnull=False)
    return {payload["undoes"] for payload in done.values_list("payload", flat=True) if payload}


def can_be_undone(entry: Entry) -> bool:
    return entry.kind in OURS and entry.payload is not None


def propose_undoing(entry: Entry) -> Proposal:
    """The change that puts the earlier values back. Refused where it was done already or the rows have changed since."""
    if not can_be_undone(entry) or entry.payload is None:
        raise Refused(_("这一条不是在这里改的，不能在这里撤销。"))
    if entry.seq in taken_back():
        raise Refused(_("这一条已经撤销过了。"))
    table = TABLES[entry.payload["table"]]
    rows = [_change(one) for one in entry.payload["rows"]]
    now = Present().rows(table)
    if moved := [one.key for one in rows if not _is_as_left(one, now.get(one.key))]:
        named = "、".join(" ".join(part for part in key if part) for key in moved[:MOST_NAMED])
        told = _("后来又改过，撤不了：%(rows)s。先撤销后来的那一次，或者直接改成想要的样子。")
        raise Refused(told % {"rows": named})
    wanted = [Wanted(n, _back(table, one)) for n, one in enumerate(rows, 1) if one.before is not None]
    return propose_back(table, wanted, gone=[one.key for one in rows if one.before is None])


def _change(one: dict[str, Any]) -> RowChange:
    return RowChange(tuple(one["key"]), one["before"], one["after"])


def _is_as_left(one: RowChange, now: dict[str, str] | None) -> bool:
    if one.after is None or now is None:
        return one.after is None and now is None
    columns = now if one.before is None else one.after
    return all(now.get(name, "") == one.after.get(name, "") for name in columns)


def _back(table: Table, one: RowChange) -> dict[str, str]:
    return {**(one.before or {}), **dict(zip(table.key, one.key, strict=True))}


# ── as it is shown ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Past:
    """One entry of the history."""

    entry: Entry
    is_taken_back: bool
    table: Table | None
    rows: list[RowChange]

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def may_be_undone(self) -> bool:
        return can_be_undone(self.entry) and not self.is_taken_back


def pasts(found: list[Entry]) -> Iterator[Past]:
    done = taken_back()
    for entry in found:
        ours = (entry.payload or {}) if entry.kind in OURS else {}
        rows = [_change(one) for one in ours.get("rows", ())]
        yield Past(entry, entry.seq in done, TABLES.get(ours.get("table", "")), rows)


def row_name(table: Table, key: Key, cells: dict[str, str] | None, known: Meanings) -> str:
    """What a row is called: by its name, else by what its key means."""
    parts = [known.words(table, name, part) for name, part in zip(table.key, key, strict=True) if part]
    name = (cells or {}).get("name", "")
    return " ".join([name, *parts] if name and name not in parts else parts) or _("（不限类型和地方）")
