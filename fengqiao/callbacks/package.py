"""The archived file (卷宗) as one ZIP that opens and proves itself anywhere: the same record gives the same bytes."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from fengqiao.disputes.agreed import agreed
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import sealed_up_to
from fengqiao.papers.models import Paper

from . import sheets
from .contents import outcome_of
from .filing import Filed, Member, after, digits, file_name, numbered, of_bytes, sheet
from .manifest import HOW_TO_VERIFY, MANIFEST, SUMS, manifest, story_lines, sums
from .metadata import as_xml, metadata
from .sheets import File

FOLDER = "archives"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP knows: when it was packed says the manifest
PLAIN_FILE = 0o100644 << 16


@dataclass(frozen=True)
class Package:
    """What is to be put away: every member in the order of the ZIP, and what the row will say of it."""

    members: tuple[Member, ...]
    head: str  # the last entry of the story it holds
    number: str
    volume: int
    path: str  # under files/
    papers: int
    pages: int
    at: datetime


@dataclass(frozen=True)
class Draft:
    """The package on disk, complete, under a name of its own until the row is written."""

    temporary: Path
    target: Path
    sha256: str
    size: int

    def put_away(self) -> None:
        os.replace(self.temporary, self.target)


def build(dispute: Dispute, *, years: int, by: Any, at: datetime) -> Package:
    """Everything that belongs into the file, from what is on record now. Reads only; speaks Chinese."""
    with override(settings.LANGUAGE_CODE):
        file = _file(dispute, years=years, by=by, at=at)
        filed, around, pages = _bound(file, list(dispute.papers.order_by("kind", "added_at", "pk")))
        values = metadata(file, filed, pages=pages)
        told = [
            of_bytes("metadata.json", json.dumps(values, ensure_ascii=False, indent=1).encode() + b"\n"),
            of_bytes("metadata.xml", as_xml(values)),
            of_bytes("story.jsonl", story_lines(file.entries)),
            of_bytes("VERIFY.txt", HOW_TO_VERIFY.encode()),
        ]
        content = _sorted([*around, *(one.member for one in filed), *told])
        listed = of_bytes(MANIFEST, manifest(file, content, filed))
        members = _sorted([*content, listed, of_bytes(SUMS, sums(_sorted([*content, listed])))])
    return Package(
        members=members, head=head_of(dispute), number=file.number, volume=file.volume,
        path=f"{FOLDER}/{file.day.year}/{dispute.number}-{file.volume}.zip", papers=len(filed), pages=pages, at=at,
    )  # fmt: skip


def head_of(dispute: Dispute) -> str:
    """The hash of the latest entry of this dispute's story."""
    return Entry.objects.of("dispute", dispute.pk).values_list("hash", flat=True).last() or ""


@contextmanager
def drafted(package: Package) -> Iterator[Draft]:
    """The package written out beside its place; gone again unless it was put away."""
    target = Path(settings.FENGQIAO_HOME) / "files" / package.path
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".zip")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as out:
            write_zip(out, package.members)
            out.flush()
            os.fsync(out.fileno())
            sha256 = sha256_of(out)
        yield Draft(temporary, target, sha256, temporary.stat().st_size)
    finally:
        temporary.unlink(missing_ok=True)


def write_zip(out: Any, members: Sequence[Member]) -> None:
    """Stored, not deflated: then every byte follows from the members, and a checker can tell if one was changed."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for member in members:
            info = zipfile.ZipInfo(member.path, LONG_AGO)
            info.create_system, info.external_attr = 3, PLAIN_FILE
            pack.writestr(info, member.read())


def sha256_of(readable: Any) -> str:
    """Of a whole open file, in pieces."""
    readable.seek(0)
    return hashlib.file_digest(readable, "sha256").hexdigest()


def _file(dispute: Dispute, *, years: int, by: Any, at: datetime) -> File:
    agreement = agreed(dispute)
    return File(
        dispute=dispute, number=(agreement.number if agreement else "") or dispute.official_number,
        volume=dispute.archives.count() + 1, years=years, filed_by=str(by), at=at,
        outcome=outcome_of(dispute), agreement=agreement,
        entries=list(Entry.objects.of("dispute", dispute.pk)), sealed=sealed_up_to("dispute", dispute.pk),
    )  # fmt: skip


def _bound(file: File, papers: Sequence[Paper]) -> tuple[list[Filed], list[Member], int]:
    """The papers, then the story and the note; around them cover, index and back cover; and all pages together."""
    filed = numbered(papers)

    def made(form: str, title: str, n: int, data: dict[str, Any]) -> tuple[Member, int]:
        return sheet(form, data, path=file_name(n, title, "pdf", digits(papers)), at=file.at)

    def append(form: str, title: str, data: dict[str, Any]) -> None:
        member, pages = made(form, title, len(filed) + 2, data)
        filed.append(after(filed, title, pages, member))

    append("story", _("办理经过"), sheets.story(file))
    append("file_note", _("卷宗情况说明"), sheets.file_note(file, filed[-1].last))
    index, index_pages = made("index", _("卷内目录"), 1, sheets.index(file, filed))
    pages = filed[-1].last + index_pages + 2  # with cover and back cover
    cover, _one = made("cover", _("封面"), 0, sheets.cover(file, pages))
    back, _one = made("back_cover", _("封底"), len(filed) + 2, sheets.back_cover(file, pages))
    return filed, [cover, index, back], pages


def _sorted(members: Sequence[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: member.path))
