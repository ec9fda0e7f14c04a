"""How every change here opens: the row is held, the lifecycle is asked, what was typed is put in one form."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.errors import Refused
from fengqiao.mediation.models import Session, SessionStatus
from fengqiao.mediation.readiness import named
from fengqiao.mediation.roster import sides


def opened(dispute_id: int, act: Act, by: Any, seen: int | None) -> Dispute:
    """The row, held until commit; the lifecycle's own reason against the act comes before every other."""
    dispute = Dispute.objects.lock(dispute_id, seen=seen)
    if reason := dispute.why_not(act, by):
        raise Refused(reason)
    return dispute


def own_parties(dispute: Dispute, parties: Iterable[Party], why: str) -> list[Party]:
    """These parties, in the order of the dispute. Refused with `why` where there are none or one is not of this dispute."""
    keys = {party.pk for party in parties}
    found = [party for party in dispute.cast if party.pk in keys]
    if not found or len(found) != len(keys):
        raise Refused(why)
    return found


def refuse_without_both_sides(dispute: Dispute, agreed: Iterable[Party], why: str) -> None:
    """Refused unless everybody of both sides agreed; the sentence names who is missing."""
    keys = {party.pk for party in agreed}
    if missing := [party for party in sides(dispute) if party.pk not in keys]:
        raise Refused(_("%(why)s还差%(who)s。") % {"why": why, "who": named(missing)})


def call_off(dispute: Dispute, why: str) -> list[Session]:
    """Cancel the meetings that were arranged. Returns their rows, which the caller witnesses."""
    planned = list(dispute.sessions.filter(status=SessionStatus.PLANNED))
    for session in planned:
        session.status, session.remark = SessionStatus.CANCELLED, why
        session.save(update_fields=["status", "remark"])
    return planned
