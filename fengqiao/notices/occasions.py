"""Of what residents are told, whom of them, and until when it makes sense: one function an event, in the order of a dispute's life."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fengqiao.agreements.models import Agreement
from fengqiao.disputes import events
from fengqiao.disputes.models import Clock, Dispute, ObligationState, Party, PartyRole, last_day_of
from fengqiao.fulfilment.due import KEY, end_of
from fengqiao.ledger.models import Entry
from fengqiao.mediation.models import Session


@dataclass(frozen=True)
class Telling:
    """One party is to hear of one thing. `when` is the moment it is about; after `good_until` it is no news any more."""

    party: Party
    occasion: str
    when: datetime | None = None
    is_end: bool = False  # `when` ends a day rather than begins something
    good_until: datetime | None = None


Plan = Callable[[dict[str, Any], Entry, Dispute], Iterable[Telling]]


def tellings_of(entry: Entry, dispute: Dispute) -> list[Telling]:
    """Who is to hear of this entry; nobody of one that was shredded."""
    plan = RESIDENTS.get(entry.kind)
    return list(plan(entry.payload, entry, dispute)) if plan and entry.payload else []


def _applicants(occasion: str) -> Plan:
    return lambda payload, entry, dispute: [Telling(party, occasion) for party in dispute.applicants]


def _sides(occasion: str) -> Plan:
    return lambda payload, entry, dispute: [Telling(party, occasion) for party in _both(dispute)]


def _both(dispute: Dispute) -> list[Party]:
    return [party for party in dispute.cast if party.role != PartyRole.THIRD]


def _pass_issued(payload: dict[str, Any], entry: Entry, dispute: Dispute) -> Iterator[Telling]:
    """The first pass of an applicant comes with the registration; each later one voids the one before, whoever asked."""
    party = _party(dispute, payload["party_id"])
    before = Entry.objects.of("dispute", dispute.pk).filter(
        kind=entry.kind, seq__lt=entry.seq, payload__party_id=payload["party_id"]
    )
    if party and before.exists():
        yield Telling(party, "code_changed")
    elif party and party.role == PartyRole.APPLICANT:
        yield Telling(party, "registered")


def _session(occasion: str) -> Plan:
    def plan(payload: dict[str, Any], entry: Entry, dispute: Dispute) -> Iterator[Telling]:
        at = Session.objects.get(pk=payload["session_id"]).scheduled_at
        if at > entry.at:  # one held on the spot is written down afterwards
            yield from (Telling(party, occasion, when=at, good_until=at) for party in _both(dispute))

    return plan


def _agreement(occasion: str) -> Plan:
    """Everybody whose signature it needs."""

    def plan(payload: dict[str, Any], entry: Entry, dispute: Dispute) -> Iterator[Telling]:
        cast = Agreement.objects.get(pk=payload["agreement_id"]).cast
        signers = {line["party"] for line in cast["parties"]} if cast else {party.pk for party in _both(dispute)}
        yield from (Telling(party, occasion) for party in dispute.cast if party.pk in signers)

    return plan


def _reminded(payload: dict[str, Any], entry: Entry, dispute: Dispute) -> Iterator[Telling]:
    if party := _party(dispute, payload["party_id"]):
        yield Telling(party, "agreement_reminded")


def _due_soon(payload: dict[str, Any], entry: Entry, dispute: Dispute) -> Iterator[Telling]:
    """Whoever owes something by the day on which the clock of performing ends; other limits are the offices' own."""
    clock = Clock.objects.get(pk=payload["clock_id"])
    if clock.key != KEY:
        return
    owed = dispute.obligations.filter(state=ObligationState.DUE, due_on=last_day_of(clock.due_at))
    for pk in dict.fromkeys(owed.order_by("n").values_list("debtor", flat=True)):
        if party := _party(dispute, pk):
            yield Telling(party, "obligation_due", when=clock.due_at, is_end=True, good_until=clock.due_at)


def _missed(payload: dict[str, Any], entry: Entry, dispute: Dispute) -> Iterator[Telling]:
    """Both ends of the obligation, each in their own words."""
    one = dispute.obligations.get(pk=payload["obligation_id"])
    ends = ((one.debtor_id, "obligation_missed"), (one.creditor_id, "obligation_unmet"))
    for pk, occasion in ends:
        if party := _party(dispute, pk):
            yield Telling(party, occasion, when=end_of(one.due_on), is_end=True)


def _party(dispute: Dispute, pk: int | None) -> Party | None:
    return next((party for party in dispute.cast if party.pk == pk), None)


RESIDENTS: dict[str, Plan] = {
    events.PassIssued.kind: _pass_issued,
    events.Dispatched.kind: _applicants("dispatched"),
    events.Escalated.kind: _applicants("dispatched"),
    events.ReferredDown.kind: _applicants("dispatched"),
    events.Transferred.kind: _applicants("dispatched"),
    events.Accepted.kind: _applicants("accepted"),
    events.Rejected.kind: _applicants("rejected"),
    events.SessionScheduled.kind: _session("session_scheduled"),
    events.SessionCancelled.kind: _session("session_cancelled"),
    events.MediationFailed.kind: _sides("mediation_failed"),
    events.AgreementCirculated.kind: _agreement("agreement_ready"),
    events.SigningReminded.kind: _reminded,
    events.AgreementConcluded.kind: _agreement("agreement_concluded"),
    events.OralAgreementMade.kind: _sides("agreement_concluded"),
    events.LimitWarned.kind: _due_soon,
    events.ObligationMissed.kind: _missed,
    events.Closed.kind: _sides("callback"),
}
STAFF = {
    events.Assigned.kind: "assigned",
    events.Dispatched.kind: "dispatched",
    events.LimitWarned.kind: "limit_warned",
    events.LimitMissed.kind: "limit_missed",
}  # everything else that the inbox tells is "notice"
