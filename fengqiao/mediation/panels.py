"""What mediation shows on the page of a dispute: its acts, and the card with the mediator, the sessions, the amounts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import UNDER_MEDIATION, Act, Hat, State
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.web.acts import Offer, offer

from .models import Outcome, Session, SessionStatus
from .readiness import (
    told_of_rights,
    why_not_hold,
    why_not_invite,
    why_not_mediate,
    why_not_take_down_withdrawal,
)
from .roster import sides


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """The acts of mediation in the order of use, possible or not. None for parties: theirs are in the portal."""
    if not isinstance(actor, User):
        return []
    first = _first(dispute, actor)
    extra = {"record": why_not_hold(dispute) if dispute.state == State.MEDIATING else None}
    hints = {"fail": _("要写明理由，并告知其他途径。"), "extend": _("要双方都同意。")}
    return [
        offer(
            dispute, act, actor, icon=icon, view_name=name, label=str(label),
            extra=extra.get(name), hint=hints.get(name, ""), primary=name == first,
        )
        for name, act, icon, label in _acts()
    ] + [_invitation(dispute, actor), _withdrawal(dispute, actor)]  # fmt: skip


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of mediation/panel.html, or None before there is anything to say."""
    if not isinstance(actor, User):
        return None
    sessions = list(dispute.sessions.prefetch_related("minutes__paper"))
    check = dispute.recusals.filter(mediator=dispute.mediator_id).last()
    ending = dispute.terminations.select_related("paper").last()
    no = why_not_mediate(dispute)
    works = Hat.MEDIATOR in dispute.hats_of(actor) and dispute.state == State.MEDIATING
    wishes, invitations = list(dispute.wishes.open()), list(dispute.invitations.select_related("entry"))
    if not (sessions or dispute.mediator or ending or no or wishes or invitations):
        return None
    return {
        "dispute": dispute,
        "check": check,
        "warning": no if dispute.state in UNDER_MEDIATION else None,
        "untold": _untold(dispute),
        "sessions": sessions,
        "held": _held(sessions),
        "works": works,
        "again": _again(dispute, len(sessions)) if works else {},
        "ending": ending,
        "wishes": wishes,
        "invitations": invitations,
        "invites": why_not_invite(dispute, actor) is None,
        "amounts": _amounts(dispute),
    }


def _acts() -> tuple[tuple[str, Act, str, Any], ...]:
    return (
        ("consent", Act.CONSENT, "message", _("登记调解意愿")),
        ("assign", Act.ASSIGN, "user-check", ""),
        ("inform", Act.INFORM, "scale", ""),
        ("schedule", Act.RECORD, "calendar-plus", _("约时间")),
        ("record", Act.RECORD, "writing", _("记调解记录")),
        ("suspend", Act.SUSPEND, "player-pause", ""),
        ("resume", Act.RESUME, "player-play", ""),
        ("extend", Act.EXTEND, "clock-plus", ""),
        ("fail", Act.FAIL, "hand-stop", ""),
    )


def _invitation(dispute: Dispute, actor: User) -> Offer:
    return Offer(
        act=Act.CALL_IN,
        label=_("邀请专家"),
        url=reverse("invite", args=[dispute.number]),
        icon="user-plus",
        reason=why_not_invite(dispute, actor),
        hint=_("从名册里请，先核对回避。"),
    )


def _withdrawal(dispute: Dispute, actor: User) -> Offer:
    return Offer(
        act=Act.WITHDRAW,
        label=_("登记撤回"),
        url=reverse("withdraw", args=[dispute.number]),
        icon="logout",
        reason=why_not_take_down_withdrawal(dispute, actor),
        hint=_("申请人当面来撤回的，由您代为登记。"),
    )


def _first(dispute: Dispute, actor: User) -> str | None:
    """The one primary act, for whoever's turn it is; none once an agreement is to be written."""
    hats = dispute.hats_of(actor)
    if dispute.state == State.ACCEPTED and Hat.HANDLER in hats:
        return "fail" if why_not_mediate(dispute) else "assign"
    if Hat.MEDIATOR not in hats:
        return None
    if dispute.state == State.SUSPENDED:
        return "resume"
    return _next_for_mediator(dispute) if dispute.state == State.MEDIATING else None


def _next_for_mediator(dispute: Dispute) -> str | None:
    if why_not_mediate(dispute):
        return "fail"
    if not told_of_rights(dispute):
        return "inform"
    if dispute.sessions.filter(status=SessionStatus.PLANNED).exists():
        return "record"
    last = dispute.sessions.held().last()
    record = last.record if last else None
    return None if record and record.outcome == Outcome.AGREED else "schedule"


def _again(dispute: Dispute, so_far: int) -> dict[str, str]:
    words = _("排第 %(n)d 次") % {"n": so_far + 1}
    return {"url": reverse("schedule", args=[dispute.number]), "words": words}


def _untold(dispute: Dispute) -> list[Any]:
    """Those of both sides who have not been told of their rights, while it matters."""
    known = told_of_rights(dispute)
    return [party for party in sides(dispute) if party.pk not in known] if dispute.state == State.MEDIATING else []


def _held(sessions: list[Session]) -> dict[str, Any] | None:
    """How many sessions took place, and how long they took together."""
    records = [record for session in sessions if (record := list(session.minutes.all())[-1:])]
    length = sum((record[0].length for record in records), timedelta())
    return {"times": len(records), "length": length} if records else None


def _amounts(dispute: Dispute) -> dict[str, Decimal | None]:
    """Yuan claimed and agreed, as far as they are known."""
    agreed = dispute.obligations.aggregate(fen=Sum("amount_fen"))["fen"]
    return {"claimed": _yuan(dispute.amount_fen), "agreed": _yuan(agreed)}


def _yuan(fen: int | None) -> Decimal | None:
    return Decimal(fen) / 100 if fen is not None else None
