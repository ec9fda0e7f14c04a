"""The story of a dispute: its entries as sentences, each with its place in the chain and whether a seal lies over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import sealed_up_to

NEWEST = 12
ON_PAPER = ("paper.", "agreement.")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as web/story.html draws it."""

    entry: Entry
    is_sealed: bool

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def icon(self) -> str:
        return self.entry.icon

    @property
    def sentence(self) -> str:
        return self.entry.sentence

    @property
    def is_shredded(self) -> bool:
        return self.entry.is_shredded

    @property
    def anchor(self) -> str:
        return f"e{self.entry.seq}"

    @property
    def url(self) -> str:
        return f"?story=all#{self.anchor}"


@dataclass(frozen=True)
class Story:
    """What is shown of it: all, only steps, or only papers; the newest first, older ones on request."""

    show: str
    lines: list[Line]
    total: int
    older: int

    @property
    def filters(self) -> list[tuple[str, str]]:
        return [("", _("全部 %(n)d") % {"n": self.total}), ("steps", _("只看办理")), ("papers", _("只看文书"))]


def entries_of(dispute: Dispute) -> list[Entry]:
    """The whole chain in order, without the fingerprints of rows, which are for the proof."""
    return list(Entry.objects.of("dispute", dispute.pk).defer("rows"))


def story_of(dispute: Dispute, entries: Sequence[Entry], show: str = "", *, newest: int = NEWEST) -> Story:
    """`show`: steps, papers, all (nothing left out), or the newest of everything."""
    sealed = sealed_up_to("dispute", dispute.pk)
    wanted = [
        entry for entry in entries if show not in ("steps", "papers") or _is_on_paper(entry) == (show == "papers")
    ]
    shown = wanted if show == "all" else wanted[-newest:]
    lines = [Line(entry, entry.seq <= sealed) for entry in reversed(shown)]
    return Story("" if show == "all" else show, lines, len(entries), len(wanted) - len(shown))


def _is_on_paper(entry: Entry) -> bool:
    return entry.kind.startswith(ON_PAPER)
