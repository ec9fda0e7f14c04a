"""What is registered already: asked of the database once for many rows, kept for the rest of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.intake.models import Imported

from .report import Fate, Outcome
from .rows import Row

AT_ONCE = 200  # rows; a database takes no endless lists


@dataclass(frozen=True)
class Earlier:
    """A dispute that a row may repeat."""

    number: str
    fingerprint: str = ""
    file_digest: str = ""
    row: int = 0


class Known:
    """By the rows' own numbers, and by who said what."""

    def __init__(self, file_digest: str) -> None:
        self.file_digest = file_digest
        self.by_ref: dict[str, Earlier] = {}
        self.by_text: dict[str, Earlier] = {}

    def ahead_of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, each looked up before it comes."""
        remaining = iter(rows)
        while batch := list(islice(remaining, AT_ONCE)):
            self.look_up(batch)
            yield from batch

    def look_up(self, rows: Iterable[Row]) -> None:
        refs = [row.own_ref for row in rows if row.own_ref]
        texts = [text for row in rows for text in row.fingerprints]
        same_ref = Dispute.objects.filter(external_ref__in=refs).select_related("imported")
        for dispute in same_ref.only(
            "number", "external_ref", "imported__fingerprint", "imported__file_digest", "imported__row"
        ):
            self.by_ref[dispute.external_ref or ""] = _earlier(dispute.number, getattr(dispute, "imported", None))
        for imported in Imported.objects.filter(fingerprint__in=texts).select_related("dispute"):
            self.by_text.setdefault(imported.fingerprint, _earlier(imported.dispute.number, imported))

    def outcome(self, row: Row) -> Outcome | None:
        """The duplicate that this row is, or None."""
        if (found := self.by_ref.get(row.ref)) is not None:
            changed = found.fingerprint and found.fingerprint not in row.fingerprints
            why = _("编号用过，内容有改动，没有覆盖。") if changed else _("同一编号已经登记。")
            again = (found.file_digest, found.row) == (self.file_digest, row.number)
            return Outcome(row.number, row.ref, Fate.DUPLICATE, found.number, why, by_this_file=again)
        found = next((self.by_text[text] for text in row.fingerprints if text in self.by_text), None)
        if found is None:
            return None
        return Outcome(row.number, row.ref, Fate.DUPLICATE, found.number, _("内容完全一样的已经登记。"))

    def add(self, row: Row, number: str) -> None:
        """This row has just become a dispute."""
        earlier = Earlier(number, row.fingerprints[0])  # a second row of the file with its number is no second reading
        self.by_ref[row.ref] = self.by_text[row.fingerprints[0]] = earlier


def _earlier(number: str, imported: Imported | None) -> Earlier:
    if imported is None:
        return Earlier(number)
    return Earlier(number, imported.fingerprint, imported.file_digest, imported.row)
