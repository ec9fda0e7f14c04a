"""Add a file to a dispute: what somebody uploads, or what a form typesets. Bytes are on disk before the row commits."""

import os
import re
import tempfile
from collections.abc import Mapping
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengqiao.disputes.commands import note
from fengqiao.disputes.events import PaperAdded
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.hashing import digest_of_bytes

from .models import Origin, Paper, PaperKind, path_of
from .typeset import page_count, typeset

LARGEST = 10 * 1024 * 1024  # bytes
MAGIC = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
ENDING = re.compile(r"\.(pdf|jpe?g|png)$", re.IGNORECASE)


class Upload(Protocol):
    """What Django gives for an uploaded file."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...


@transaction.atomic
def add_upload(
    dispute: Dispute, upload: Upload, *, kind: PaperKind, title: str, by: Any, party: Party | None = None
) -> Paper:
    """Keep an uploaded PDF, JPEG or PNG of at most 10 MB. Its content decides what it is, not its name."""
    Dispute.objects.hold(dispute.pk)
    data, media_type = checked(upload)
    return _add(
        dispute, data, media_type, by,
        kind=kind, title=title, party=party, origin=Origin.UPLOAD, pages=_pages(data, media_type),
    )  # fmt: skip


@transaction.atomic
def add_typeset(
    dispute: Dispute,
    form: str,
    data: Mapping[str, Any],
    *,
    kind: PaperKind,
    title: str,
    by: Any,
    number: str = "",
    party: Party | None = None,
) -> Paper:
    """Typeset a form with this data as PDF/A and keep it."""
    Dispute.objects.hold(dispute.pk)
    pdf = typeset(form, data, timestamp=timezone.now())
    return _add(
        dispute, pdf, "application/pdf", by,
        kind=kind, title=title, number=number, party=party, origin=Origin.TYPESET, form=form, pages=page_count(pdf),
    )  # fmt: skip


def named_after(upload: Upload) -> str:
    """A title from the file's own name: without the ending, which its content decides, and at most 100 letters."""
    return ENDING.sub("", upload.name or "")[:100]


def checked(upload: Upload) -> tuple[bytes, str]:
    """The bytes and their media type. Refused when empty, too large, or neither PDF, JPEG nor PNG."""
    if (upload.size or 0) > LARGEST:
        raise Refused(_("“%(name)s”超过 10 MB，请压缩后再传，或者分几次拍。") % {"name": upload.name})
    data = upload.read()
    if not data:
        raise Refused(_("“%(name)s”是空的，请重新选择文件。") % {"name": upload.name})
    media_type = next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), None)
    if media_type is None:
        raise Refused(_("“%(name)s”不是 PDF、JPG 或 PNG，请换一种格式。") % {"name": upload.name})
    return data, media_type


def store(data: bytes) -> str:
    """Write the bytes under their SHA-256, whole or not at all, and return it."""
    sha256 = digest_of_bytes(data)
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    return sha256


def _add(dispute: Dispute, data: bytes, media_type: str, by: Any, *, pages: int, **fields: Any) -> Paper:
    paper = Paper.objects.create(
        dispute=dispute, media_type=media_type, sha256=store(data), size=len(data), pages=pages,
        added_by=str(by), added_at=timezone.now(), **fields,
    )  # fmt: skip
    event = PaperAdded(
        paper_id=paper.pk, what=paper.title, sha256=paper.sha256,
        pages=ngettext("%(n)d 页", "%(n)d 页", pages) % {"n": pages},
    )  # fmt: skip
    note(dispute, event, by=by, rows=[paper])
    return paper


def _pages(data: bytes, media_type: str) -> int:
    if media_type != "application/pdf":
        return 1
    try:
        return page_count(data)
    except ValueError:
        return 1  # encrypted or damaged: kept as it came, somebody will see it when they open it
