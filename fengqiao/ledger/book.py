"""Append to the ledger, shred what privacy law wants gone, and prove that nobody wrote over it."""

import secrets
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models
from django.utils import timezone

from fengqiao.kernel.remembering import asked_once

from .hashing import GENESIS, digest
from .kinds import Event
from .models import Entry
from .wiring import announce
from .witness import fingerprint, name_of


class Actor(Protocol):
    """Whoever does something: a person signed in, a party with a pass, the system."""

    @property
    def ledger_id(self) -> str: ...


def append(
    subject: str, pk: int, event: Event, *, by: Actor, rows: Iterable[models.Model] = (), after: Entry | None = None
) -> Entry:
    """Add one entry to the subject's chain. Call inside the transaction that changes the subject, holding its row.

    `rows` are the witnessed rows as they stand after the change; `after` is the last entry, where the caller has just
    written it.
    """
    if after is not None:
        return _write(subject, pk, event, by=by, rows=rows, last=(after.seq, after.hash))
    if known := _heads().get((subject, pk)):
        return _write(subject, pk, event, by=by, rows=rows, last=known)
    last = Entry.objects.filter(subject=subject, subject_id=pk).order_by("-seq").values_list("seq", "hash")[:1]
    return _write(subject, pk, event, by=by, rows=rows, last=last[0] if last else None)


def begin(subject: str, pk: int, event: Event, *, by: Actor, rows: Iterable[models.Model] = ()) -> Entry:
    """The first entry of a chain, for a subject that was made in this very transaction."""
    return _write(subject, pk, event, by=by, rows=rows, last=None)


def _write(
    subject: str, pk: int, event: Event, *, by: Actor, rows: Iterable[models.Model], last: tuple[int, str] | None
) -> Entry:
    seq, prev = (last[0] + 1, last[1]) if last else (1, GENESIS)
    entry = Entry(
        subject=subject, subject_id=pk, seq=seq, kind=event.kind, at=timezone.now(), actor=by.ledger_id,
        rows={name_of(row): fingerprint(row) for row in rows},
        payload={"by": str(by), **_in_place_of(by), **event.payload()}, salt=secrets.token_hex(16), prev=prev,
    )  # fmt: skip
    entry.digest = digest(entry.salt, entry.payload)
    entry.hash = chained(entry)
    entry.save(force_insert=True)
    _heads()[subject, pk] = (entry.seq, entry.hash)
    announce(type(event), entry)
    return entry


@asked_once()
def _heads() -> dict[tuple[str, int], tuple[int, str]]:
    """Where the chains stand to which this transaction has written. Until it commits nobody can add to them but itself: the
    next one's number would be the same, and there is one of each."""
    return {}


def _in_place_of(by: Actor) -> dict[str, Any]:
    """Whose work it was, where somebody else did it."""
    principal: Actor | None = getattr(by, "in_place_of", None)
    return {"in_place_of": principal.ledger_id} if principal else {}


def chained(entry: Entry, like: str | None = None) -> str:
    """The hash that binds an entry to its place in the chain."""
    parts: list[Any] = [
        entry.prev, entry.subject, entry.subject_id, entry.seq, entry.kind,
        entry.at.astimezone(timezone.get_default_timezone()).isoformat(), entry.actor, entry.rows, entry.digest,
    ]  # fmt: skip
    return digest(*parts, like=like)


def shred(entries: models.QuerySet[Entry]) -> int:
    """Remove what was said, keep that something was said: payload and salt go, the chain still verifies.

    Source: 个人信息保护法 47. Returns how many entries were shredded.
    """
    return entries.update(payload=None, salt="")


def first_break(subject: str, pk: int) -> tuple[int, str] | None:
    """The sequence number at which this subject's chain stops being true and why, or None."""
    return break_in(Entry.objects.of(subject, pk))


def break_in(chain: Iterable[Entry]) -> tuple[int, str] | None:
    prev = GENESIS
    for seq, entry in enumerate(chain, start=1):
        if entry.seq != seq:
            return seq, "an entry is missing"
        if entry.prev != prev:
            return seq, "the entry does not follow the one before it"
        if entry.payload is not None and entry.digest != digest(entry.salt, entry.payload, like=entry.digest):
            return seq, "the payload was changed"
        if entry.hash != chained(entry, like=entry.hash):
            return seq, "the entry was changed"
        prev = entry.hash
    return None
