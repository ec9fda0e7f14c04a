"""From an address to the dispute and the agreement it means, for those who may see them."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from fengqiao.agreements.models import Agreement, Status
from fengqiao.disputes.models import Dispute
from fengqiao.web.actors import staff


def dispute_of(request: HttpRequest, number: str) -> Dispute:
    """404 for whom it is not there."""
    return get_object_or_404(Dispute.objects.visible_to(staff(request)).with_names(), number=number)


def agreement_of(dispute: Dispute, draft: int | None = None) -> Agreement | None:
    """The draft of this number; without one, the newest, whatever became of it."""
    drafts = dispute.agreements.select_related("committee", "template", "paper", "draft_paper", "scan")
    if draft is not None:
        return get_object_or_404(drafts, draft=draft)
    return drafts.order_by("draft").last()


def shown_to_parties(dispute: Dispute) -> Agreement | None:
    """The newest that was ever laid before the parties."""
    drafts = dispute.agreements.exclude(status=Status.DRAFT).select_related("committee", "paper", "draft_paper")
    return drafts.order_by("draft").last()
