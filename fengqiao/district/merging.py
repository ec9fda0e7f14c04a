"""How the rows of a district's file meet those of the database: what is missing is made, what differs is changed, and told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import models

from fengqiao.kernel.secrets import EncryptedTextField

BATCH = 500

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Change:
    """One cell of a row that is there already."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Tally:
    """What became of the rows of one file."""

    created: int = 0
    updated: int = 0
    same: int = 0
    new: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.created + other.created, self.updated + other.updated, self.same + other.same,
            self.new + other.new, self.changes + other.changes,
        )  # fmt: skip


def merge(
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
    told = {k: settle(row, k, wanted[k]) for k, row in there.items() if k in wanted}
    changed = [there[k] for k, changes in told.items() if changes]
    model._default_manager.bulk_create(missing, batch_size=BATCH)
    if changed:
        model._default_manager.bulk_update(changed, list(next(iter(wanted.values()))), batch_size=BATCH)
    return Tally(
        len(missing), len(changed), len(wanted) - len(missing) - len(changed),
        [named(_key(row, key)) for row in missing], [one for changes in told.values() for one in changes],
    )  # fmt: skip


def merge_links(name: str, wanted: Mapping[Any, Iterable[Any]]) -> Tally:
    """Set the links that a column names to several rows."""
    changes = []
    for row, others in wanted.items():
        before, after = set(getattr(row, name).all()), set(others)
        if before != after:
            getattr(row, name).set(after)
            changes.append(Change(_of_many([row]), name, _of_many(before), _of_many(after)))
    return Tally(updated=len(changes), changes=changes)


def rows_by(model: type[M], name: str, keys: Iterable[str]) -> dict[str, M]:
    rows = model._default_manager.filter(**{f"{name}__in": set(keys) - {""}})
    return {getattr(row, name): row for row in rows}


def named(key: tuple) -> str:
    """A row's key as one text."""
    return " ".join(str(part) for part in key if part not in ("", None))


def _key(row: models.Model, names: list[str]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def settle(row: models.Model, key: tuple, values: Mapping[str, Any]) -> list[Change]:
    """Set the values; say which of them were different."""
    changes = []
    for name, value in values.items():
        field = cast("models.Field", row._meta.get_field(name))
        now = getattr(row, field.attname)
        if now != (value.pk if isinstance(value, models.Model) else value):
            before = getattr(row, name)
            secret = isinstance(field, EncryptedTextField)
            changes.append(Change(named(key), name, *(("…", "…") if secret else (_word(before), _word(value)))))
            setattr(row, name, value)
    return changes


def _word(value: Any) -> str:
    return "" if value is None else str(value)


def _of_many(rows: Iterable[models.Model]) -> str:
    return " ".join(sorted(str(getattr(row, "key", row)) for row in rows))
