"""What stands under each of the six steps for a party: who took it, how often they met, what is signed, what is done."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengqiao.agreements.models import Agreement, Status
from fengqiao.disputes.agreed import agreed
from fengqiao.disputes.lifecycle import State, Way
from fengqiao.disputes.models import Clock, Dispute, Obligation, ObligationState, Party
from fengqiao.mediation.models import Session, SessionStatus
from fengqiao.web.moments import day, moment


@dataclass(frozen=True)
class Affair:
    """A dispute as one party's page reads it: fetched once, used by every card."""

    dispute: Dispute
    party: Party
    sessions: list[Session]
    agreement: Agreement | None  # the one that waits for signatures
    obligations: list[Obligation]
    clock: Clock | None  # the limit that runs now

    @property
    def next_session(self) -> Session | None:
        """The meeting to come, while the dispute is still being talked about."""
        if self.dispute.state not in (State.MEDIATING, State.SUSPENDED, State.SIGNING):
            return None
        planned = [one for one in self.sessions if one.status == SessionStatus.PLANNED]
        return min(planned, key=lambda one: one.scheduled_at, default=None)


def affair_of(dispute: Dispute, party: Party) -> Affair:
    obligations = dispute.obligations.select_related("debtor", "creditor").prefetch_related("performances")
    return Affair(
        dispute, party, list(dispute.sessions.all()),
        dispute.agreements.filter(status=Status.CIRCULATED).first() if dispute.state == State.SIGNING else None,
        list(obligations), dispute.main_clock,
    )  # fmt: skip


def notes_of(affair: Affair) -> dict[Way, str]:
    """A line for each step that has something to tell."""
    told = {
        Way.RECEIVED: _received(affair.dispute),
        Way.TAKEN: _taken(affair.dispute),
        Way.TALKING: _talked(affair),
        Way.SIGNING: _signed(affair),
        Way.DOING: _done(affair),
    }
    return {way: words for way, words in told.items() if words}


def _received(dispute: Dispute) -> str:
    words = {"first": dispute.first_body, "now": dispute.body}
    if dispute.body_id == dispute.first_body_id:
        return _("%(first)s收下的。") % words
    return _("%(first)s先收下，后来交给%(now)s。") % words


def _taken(dispute: Dispute) -> str:
    if dispute.accepted_at is None:
        return ""
    return _("%(body)s%(day)s受理。") % {"body": dispute.body, "day": day(dispute.accepted_at)}


def _talked(affair: Affair) -> str:
    held = sum(one.status == SessionStatus.HELD for one in affair.sessions)
    parts = [ngettext("谈了 %(n)d 次。", "谈了 %(n)d 次。", held) % {"n": held}] if held else []
    if coming := affair.next_session:
        parts.append(_("约好%(when)s谈。") % {"when": moment(coming.scheduled_at)})
    return "".join(parts)


def _signed(affair: Affair) -> str:
    if affair.agreement is None:
        agreement = agreed(affair.dispute)
        return _("%(day)s生效。") % {"day": day(agreement.since)} if agreement else ""
    return signatures_in_words(affair.agreement, affair.party)


def signatures_in_words(agreement: Agreement, party: Party) -> str:
    """对方 11月19日已签，等您。"""
    signed = [slot for slot in agreement.slots if slot.signature is not None]
    if not signed:
        return _("还没有人签。")
    if any(slot.signer == party for slot in signed):
        left = len(agreement.missing)
        return ngettext("您签好了，还差 %(n)d 个人。", "您签好了，还差 %(n)d 个人。", left) % {"n": left}
    last = max(timezone.localdate(slot.signature.at) for slot in signed if slot.signature)
    words = {"n": len(signed), "day": day(last)}
    return ngettext("%(day)s有 %(n)d 个人签了，等您。", "到%(day)s有 %(n)d 个人签了，等您。", len(signed)) % words


def _done(affair: Affair) -> str:
    if not affair.obligations:
        return ""
    met = sum(one.state in (ObligationState.MET, ObligationState.WAIVED) for one in affair.obligations)
    return _("一共 %(all)d 项，做好了 %(met)d 项。") % {"all": len(affair.obligations), "met": met}
