"""How far the signing of an agreement has come: for the rows of a list, and for the turn bar."""

from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext as _

from fengqiao.agreements.models import Agreement, Status, drafts_of
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute


def signed_so_far(disputes: Iterable[Dispute]) -> dict[int, str]:
    """Dispute → 1／3, for those of them that are out for signing; one query."""
    waiting = [dispute.pk for dispute in disputes if dispute.state == State.SIGNING]
    out = Agreement.objects.filter(dispute__in=waiting, status=Status.CIRCULATED)
    counted = out.only("dispute_id", "people").annotate(so_far=Count("signatures"))
    return {one.dispute_id: f"{one.so_far}／{_needed(one)}" for one in counted}


def still_to_sign(dispute: Dispute) -> str:
    """Who has not signed yet, masked; nothing where no agreement is out."""
    if dispute.state != State.SIGNING:
        return ""
    agreement = next((one for one in drafts_of(dispute) if one.is_out), None)
    if agreement is None or not agreement.missing:
        return ""
    names = "、".join(slot.name for slot in agreement.missing)
    words = {"names": names, "signed": agreement.signed, "needed": agreement.needed}
    return _("还差%(names)s签名（%(signed)d／%(needed)d 已签）。") % words


def _needed(agreement: Agreement) -> int:
    return len(agreement.cast["parties"]) + bool(agreement.cast["mediator"])
