"""A dispute as one row of a list: its clock, its people, whose turn it is, in one look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute, Party, Pause
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.people.models import User
from fengqiao.web.chips import Chip, chip

from .dispatching.proposing import CAN_BE_SENT
from .signing import signed_so_far
from .turns import Turn, turn_of

DONE = frozenset({State.PERFORMED, State.FOLLOW_UP})
# What a list shows, and nothing more: numbers and addresses of people stay where they are, encrypted.
SHOWN = (
    *("number", "title", "state", "difficulty", "risk", "due_at", "registered_at", "closed_at", "channel", "is_restricted"),
    *("body__name", "body__former", "sender__name", "place__name", "category__code", "category__name", "mediator__name", "mediator__username"),
)  # fmt: skip
SHOWN_OF_PEOPLE = ("dispute_id", "role", "kind", "name", "head_count")


@dataclass
class Row:
    """One line. Everything it needs was fetched for the whole page at once."""

    dispute: Dispute
    reader: User
    pause: Pause | None
    signed: str
    now: datetime

    @property
    def url(self) -> str:
        return reverse("dispute", args=[self.dispute.number])

    @property
    def can_be_sent(self) -> bool:
        """Whether it may be chosen for dispatching many at once; the sheet that follows says why one cannot."""
        dispute, reader = self.dispute, self.reader
        is_at_home = dispute.body_id == reader.body_id or reader.oversees
        return dispute.state in CAN_BE_SENT and reader.works_cases and is_at_home and not dispute.is_restricted

    @cached_property
    def turn(self) -> Turn:
        return turn_of(self.dispute, self.reader)

    @cached_property
    def clock(self) -> Chip | None:
        if self.pause:
            return chip(
                SimpleNamespace(due_at=None, paused_since=self.pause.begun_at, why_paused=self.pause.reason), self.now
            )
        return chip(self.dispute, self.now) if self.dispute.due_at else None

    @property
    def kind(self) -> str:
        """The colour of the state: that of the clock, or nobody's."""
        if self.clock:
            return self.clock.kind
        return "done" if self.dispute.state in DONE else "idle"

    @property
    def state(self) -> str:
        label = f"{self.dispute.get_state_display()} {self.signed}".strip()
        return _("%(state)s超期") % {"state": label} if self.kind == "late" else label


def rows_of(disputes: Iterable[Dispute], reader: User) -> list[Row]:
    """The rows of one page, with two more queries than the one that brought the disputes."""
    page, now = list(disputes), timezone.now()
    standing = [dispute.pk for dispute in page if dispute.state == State.SUSPENDED]
    paused = Pause.objects.filter(clock__dispute__in=standing, ended_at=None).select_related("clock")
    by_dispute = {pause.clock.dispute_id: pause for pause in paused}
    signed = signed_so_far(page)
    return [Row(one, reader, by_dispute.get(one.pk), signed.get(one.pk, ""), now) for one in page]


def for_lists(disputes: DisputeQuerySet) -> DisputeQuerySet:
    """The disputes with all that a row shows, in a constant number of queries."""
    people = Prefetch("parties", Party.objects.only(*SHOWN_OF_PEOPLE))
    related = disputes.select_related("body", "category", "mediator", "place", "sender")
    return related.only(*SHOWN).prefetch_related(people)
