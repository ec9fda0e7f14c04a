"""What supervision shows on the page of a dispute: its acts, and the card with orders, the leader, conferences, incidents."""

from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.web.acts import Offer, offer

from .models import Incident

ICONS = {Act.ORDER: "gavel", Act.OWN: "user-star", Act.CONVENE: "users-group", Act.ALARM: "urgent"}


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """Order, take on, call a conference, report."""
    if not isinstance(actor, User):
        return []
    reasons = {Act.OWN: led_already(dispute, actor)}
    return [offer(dispute, act, actor, icon=icon, extra=reasons.get(act)) for act, icon in ICONS.items()]


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of supervision/panel.html, or None where there is nothing to say."""
    if not isinstance(actor, User):
        return None
    reported = dispute.incidents.all()
    facts = {
        "orders": list(dispute.orders.select_related("body")),
        "leading": list(dispute.leader_cases.select_related("leader", "body")),
        "conferences": list(dispute.conferences.all()),
        "incidents": list(Incident.objects.visible_to(actor).filter(dispute=dispute)) if reported.exists() else [],
        "reviews": list(dispute.reviews.select_related("body")[:3]),
    }
    return {**facts, "dispute": dispute} if any(facts.values()) else None


def led_already(dispute: Dispute, actor: User) -> str | None:
    """Why nobody can take it on now."""
    if any(case.is_running for case in dispute.leader_cases.all()):
        return _("已经有领导包案了。要换人，请先登记不再包案。")
    return None
