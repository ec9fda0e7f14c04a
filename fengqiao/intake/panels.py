"""What intake shows on the page of a dispute: who came when, what was consented to, and the slip to print again."""

from typing import Any

from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE, OFFICE, Act
from fengqiao.disputes.models import Dispute
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import User
from fengqiao.web.acts import Offer

from .own_data.commands import why_not_answer
from .ties import ties_seen
from .understanding.asking import choices_of


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


def reading_panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of intake/arrived.html: what was read in the text on its arrival, for those who decide where it goes.

    A category that somebody has given is not proposed over.
    """
    if not isinstance(actor, User) or dispute.state not in BEFORE_ACCEPTANCE or not OFFICE & dispute.hats_of(actor):
        return None
    found = dispute.text_readings.first()
    if found is None:
        return None
    choices = [] if dispute.category_id else choices_of(found.letter, "" if found.is_sure else found.runner_up)
    opinion = dispute.text_opinions.first()
    return {
        "dispute": dispute, "reading": found, "choices": choices, "may_take": dispute.why_not(Act.GRADE, actor) is None,
        "opinion": opinion if opinion and opinion.says_something else None,
        "their_kind": choices_of(opinion.letter) if opinion else (),
    }  # fmt: skip


def _has_register(dispute: Dispute) -> bool:
    return dispute.papers.filter(kind=PaperKind.INTAKE_REGISTER).exists()
