"""Reading a file into disputes: looked through whole, then taken row by row through the same command as the window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.intake.commands import open_dispute
from fengqiao.intake.drafts import ReceptionDraft, checked
from fengqiao.intake.models import Imported
from fengqiao.kernel.errors import FileRefused, Refused
from fengqiao.tables.files import digest_of_file, kind_of_file
from fengqiao.tables.layout import MOST_ROWS, too_long

from . import letters, tables
from .known import Known
from .report import Fate, ImportReport, Outcome
from .rows import Codes, Row, draft_of

READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".jsonl": letters.rows,
    ".csv": tables.rows,
    ".xlsx": tables.rows,
}
Told = Callable[[ImportReport], None]


@dataclass(frozen=True)
class Source:
    """A file that was read to its end and found in order."""

    path: Path
    kind: str
    digest: str
    total: int

    def rows(self) -> Iterator[Row]:
        return READERS[self.kind](self.path)


def quietly(report: ImportReport) -> None:
    """For those who do not want to hear of progress."""


def import_file(path: Path, *, by: Any, body: Body, told: Told = quietly) -> ImportReport:
    """Register every row of the file at `body`. Raises FileRefused, with nothing saved, if it is not in order.

    Each row is its own transaction: cut off and begun again, it ends the same; a second time adds nothing. `told` hears
    after every row.
    """
    source, codes = examined(path), Codes.read()
    known = Known(source.digest)

    def take(row: Row) -> Outcome:
        draft = draft_of(row, codes=codes, body=body)
        return known.outcome(row) or _registered(row, draft, known, by)

    report = _read(source, known, take, told)
    report.write()
    return report


def check_file(path: Path, *, body: Body, told: Told = quietly) -> ImportReport:
    """What `import_file` would do, without doing it. Raises FileRefused as it does."""
    source, codes = examined(path), Codes.read()
    known = Known(source.digest)

    def weigh(row: Row) -> Outcome:
        checked(draft_of(row, codes=codes, body=body))
        if same := known.outcome(row):
            return same
        known.add(row, "")
        return Outcome(row.number, row.ref, Fate.REGISTERED)

    return _read(source, known, weigh, told)


def examined(path: Path) -> Source:
    """Read the whole file once and save nothing. Raises FileRefused with a sentence."""
    kind, total = kind_of_file(path, tuple(READERS)), 0
    for total, _row in enumerate(READERS[kind](path), 1):
        if total > MOST_ROWS:
            raise too_long(MOST_ROWS)
    if not total:
        raise FileRefused(_("文件是空的。"))
    return Source(path, kind, digest_of_file(path), total)


def _read(source: Source, known: Known, take: Callable[[Row], Outcome], told: Told) -> ImportReport:
    report = ImportReport(source.path.name, source.total)
    for row in known.ahead_of(source.rows()):
        try:
            outcome = take(row)
        except Refused as no:
            outcome = Outcome(row.number, row.own_ref, Fate.REFUSED, why=str(no))
        report.add(outcome)
        told(report)
    return report


def _registered(row: Row, draft: ReceptionDraft, known: Known, by: Any) -> Outcome:
    try:
        with transaction.atomic():
            dispute = open_dispute(draft, by=by)
            Imported.objects.create(
                dispute=dispute, fingerprint=row.fingerprints[0], file_digest=known.file_digest, row=row.number
            )
    except IntegrityError:  # another reading was quicker with this row
        known.look_up([row])
        if same := known.outcome(row):
            return same
        raise
    known.add(row, dispute.number)
    return Outcome(row.number, row.ref, Fate.REGISTERED, dispute.number)
