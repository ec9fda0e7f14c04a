"""What intake shows on the page of a dispute: who came when, what was consented to, and the slip to print again."""

from typing import Any

from fengqiao.disputes.models import Dispute
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import User
from fengqiao.web.acts import Offer

from .own_data.commands import why_not_answer
from .ties import ties_seen


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """Intake has no act of the lifecycle to offer; the slip and a further visit stand in the panel."""
    return []


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of intake/panel.html, for staff."""
    if not isinstance(actor, User):
        return None
    may = actor.works_cases and bool(dispute.hats_of(actor))
    visits = list(dispute.visits.select_related("body", "window", "clerk"))
    return {
        "dispute": dispute, "visits": visits, "consents": list(dispute.consents.select_related("party", "notice")),
        "may_print": may, "lacks_register": may and dispute.accepted_at is not None and not _has_register(dispute), "may_record": may and not dispute.is_closed,
        "corrections": list(dispute.corrections.select_related("party")), "may_answer": why_not_answer(dispute, actor) is None,
        "works": may, "ties": ties_seen(dispute, actor),
        "batches": len(visits), "persons": sum(visit.persons for visit in visits),
    }  # fmt: skip


def _has_register(dispute: Dispute) -> bool:
    return dispute.papers.filter(kind=PaperKind.INTAKE_REGISTER).exists()
