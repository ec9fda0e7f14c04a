"""The six steps of the way as a resident sees them: where it is, what was gone through, how long each took."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from fengqiao.disputes import events
from fengqiao.disputes.lifecycle import STAGES, State, Way
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry

# Which entry of the story brought the dispute into which state; `Moved` says it itself.
LED_TO: dict[str, State] = {
    events.Registered.kind: State.REGISTERED,
    events.Returned.kind: State.REGISTERED,
    events.Dispatched.kind: State.ROUTED,
    events.Escalated.kind: State.ROUTED,
    events.ReferredDown.kind: State.ROUTED,
    events.Transferred.kind: State.ROUTED,
    events.Accepted.kind: State.ACCEPTED,
    events.Reopened.kind: State.ACCEPTED,
    events.Assigned.kind: State.MEDIATING,
    events.AgreementRevised.kind: State.MEDIATING,
    events.SigningRefused.kind: State.MEDIATING,
    events.AgreementCirculated.kind: State.SIGNING,
    events.AgreementConcluded.kind: State.AGREED_WRITTEN,
    events.OralAgreementMade.kind: State.AGREED_ORAL,
    events.Closed.kind: State.FOLLOW_UP,
}
OVER = (events.Archived.kind, events.Merged.kind)


@dataclass(frozen=True)
class WayStep:
    """One step. `status` is ok (done), here, skip (not gone through) or todo; `took` is how long it has lasted in all."""

    way: Way
    status: str
    note: str = ""
    took: timedelta | None = None
    since: datetime | None = None

    @property
    def n(self) -> str:
        return self.way.value

    @property
    def label(self) -> str:
        return str(self.way.label)


def steps_of(dispute: Dispute, notes: Mapping[Way, str] | None = None) -> list[WayStep]:
    """The six steps; `notes` is what to say under each."""
    moves, here = _moves(dispute), dispute.stage.way
    took, since = _took(moves, here, end=_over_at(dispute))
    return [
        WayStep(way, _status(dispute, way, here, visited=way in took), (notes or {}).get(way, ""), took.get(way), since.get(way))
        for way in Way
    ]  # fmt: skip


def in_all(dispute: Dispute) -> timedelta:
    """From registration until now, or until it was put away: the six steps together."""
    return (_over_at(dispute) or timezone.now()) - dispute.registered_at


def _over_at(dispute: Dispute) -> datetime | None:
    """When it was archived or became part of another; None while it goes on."""
    if not dispute.is_closed:
        return None
    ends = Entry.objects.of("dispute", dispute.pk).filter(kind__in=OVER).order_by("seq")
    return ends.values_list("at", flat=True).last()


def _moves(dispute: Dispute) -> list[tuple[datetime, Way]]:
    """When the dispute came to which step, in order."""
    chain = Entry.objects.of("dispute", dispute.pk).filter(kind__in=[*LED_TO, events.Moved.kind])
    found = []
    for kind, at, payload in chain.values_list("kind", "at", "payload"):
        state = LED_TO.get(kind) or (payload or {}).get("target")
        if state:
            found.append((at, STAGES[State(state)].way))
    return found


def _took(
    moves: list[tuple[datetime, Way]], here: Way, *, end: datetime | None
) -> tuple[dict[Way, timedelta], dict[Way, datetime]]:
    """How long it was at each step, all stays together, and when it last came there."""
    took: dict[Way, timedelta] = {}
    since: dict[Way, datetime] = {}
    ends = [at for at, _way in moves[1:]] + [end or timezone.now()]
    before = None
    for (at, way), until in zip(moves, ends, strict=True):
        took[way] = took.get(way, timedelta()) + max(until - at, timedelta())
        since[way] = since[way] if way == before else at
        before = way
    took.setdefault(here, timedelta())
    return took, since


def _status(dispute: Dispute, way: Way, here: Way, *, visited: bool) -> str:
    if way == here:
        return "ok" if dispute.state == State.ARCHIVED else "here"
    if way.value > here.value:
        return "todo"
    return "ok" if visited else "skip"
