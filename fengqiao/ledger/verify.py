"""Prove the whole record: every chain, every seal, every witnessed row, and whatever else a module offers to prove."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.db import connection, models

from fengqiao.kernel.secrets import Unreadable

from .book import break_in
from .hashing import GENESIS
from .models import Entry, Seal, SealedHead
from .sealing import root_of, signature_holds
from .witness import fingerprint, witnessed_models

BATCH = 500


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written: which row, and what is wrong with it."""

    row: str
    why: str

    def __str__(self) -> str:
        return f"{self.row}: {self.why}"


Check = Callable[[], Iterator[Finding]]
_checks: list[Check] = []


def also_check(*checks: Check) -> None:
    """Let `verify` prove more, such as files on disk. Called once at start-up."""
    _checks[:] = checks


def verify() -> Iterator[Finding]:
    """Every finding there is; nothing when the record is whole."""
    seen: dict[str, tuple[str, str]] = {}
    yield from _chains(seen)
    yield from _seals()
    yield from _rows(seen)
    for check in _checks:
        yield from check()


def _chains(seen: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    """Walk every chain in order; note on the way how each witnessed row last stood."""
    entries = Entry.objects.order_by("subject", "subject_id", "seq").iterator(BATCH)
    newest: dict[str, tuple[Any, int]] = {}
    for (subject, pk), group in groupby(entries, key=lambda entry: (entry.subject, entry.subject_id)):
        chain = list(group)
        if broken := break_in(chain):
            yield Finding(f"ledger.entry:{subject}:{pk}#{broken[0]}", broken[1])
        at = chain[0].at
        for entry in chain:
            at = max(at, entry.at)  # within a chain the number decides: a clock that was set back tells nothing
            for row, print_ in entry.rows.items():
                if row not in newest or newest[row] <= (at, entry.pk):
                    newest[row] = (at, entry.pk)
                    seen[row] = (print_, str(entry))


def _seals() -> Iterator[Finding]:
    prev = GENESIS
    for seal in Seal.objects.order_by("day"):
        heads = list(seal.sealed_heads.values_list("subject", "subject_id", "seq", "hash"))
        name = f"ledger.seal:{seal.day}"
        if seal.prev != prev:
            yield Finding(name, "the seal does not follow the one before it")
        if seal.root != root_of(seal.prev, seal.day, heads, like=seal.root):
            yield Finding(name, "the sealed heads do not give the root")
        if not signature_holds(seal):
            yield Finding(name, "the signature does not fit")
        prev = seal.root
    yield from _sealed_entries()


def _sealed_entries() -> Iterator[Finding]:
    """A sealed head must still be in its chain: this finds a chain that was rewritten or cut short."""
    heads = SealedHead.objects.order_by("pk").iterator(BATCH)
    while batch := list(islice(heads, BATCH)):
        hashes = set(Entry.objects.filter(hash__in=[head.hash for head in batch]).values_list("subject", "seq", "hash"))
        for head in batch:
            if (head.subject, head.seq, head.hash) not in hashes:
                yield Finding(f"ledger.entry:{head}", "a sealed entry is gone or was rewritten")


def _rows(seen: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    told_of: dict[str, dict[str, tuple[str, str]]] = {}
    for row, last in seen.items():
        told_of.setdefault(row.rsplit(":", 1)[0], {})[row] = last
    filled = _filled()
    for model in witnessed_models():
        label = model._meta.label_lower
        expected = told_of.get(label, {})
        for pk, instance in _readable(model) if label in filled else ():
            told = expected.pop(f"{label}:{pk}", None)
            yield from _row(instance, told) if instance else [Finding(f"{label}:{pk}", "the row cannot be decrypted")]
        for row, (_print, where) in expected.items():
            yield Finding(row, f"the row is gone; {where} wrote it")


def _filled() -> set[str]:
    """Which witnessed tables hold anything: one question instead of one for each of dozens of tables."""
    quote = connection.ops.quote_name
    asked = [
        f"SELECT '{model._meta.label_lower}' WHERE EXISTS (SELECT 1 FROM {quote(model._meta.db_table)})"  # noqa: S608 (names of our own tables)
        for model in witnessed_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {label for (label,) in cursor.fetchall()}


def _readable(model: type[models.Model]) -> Iterator[tuple[Any, models.Model | None]]:
    """Every row with its key; None for one whose encrypted column was written over."""
    rows = model._base_manager.order_by("pk")
    pks = rows.values_list("pk", flat=True).iterator(BATCH)
    while batch := list(islice(pks, BATCH)):
        try:
            yield from [(row.pk, row) for row in rows.filter(pk__in=batch)]
        except Unreadable:
            yield from ((pk, _readable_or_none(rows, pk)) for pk in batch)


def _readable_or_none(rows: models.QuerySet, pk: Any) -> models.Model | None:
    try:
        return rows.get(pk=pk)
    except Unreadable:
        return None


def _row(instance: models.Model, told: tuple[str, str] | None) -> Iterator[Finding]:
    name = f"{instance._meta.label_lower}:{instance.pk}"
    if told is None:
        yield Finding(name, "the row stands without an entry that wrote it")
    elif fingerprint(instance) != told[0]:
        yield Finding(name, f"the row was changed after {told[1]} wrote it")
