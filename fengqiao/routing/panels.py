"""What routing shows on the page of a dispute: its acts, and the card that says who fits, who helps, what was joined."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.knowing import named
from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE, OFFICE, Act, Hat, State
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.web.acts import Offer, offer

from .answering import answer_offer
from .commands import reminded_lately
from .first_receiver import caught, final
from .grading.proposing import Proposed, last_grading, proposed
from .joint.offering import parts_of, task_offers
from .models import RoutingDecision
from .restriction import not_on_list, not_restricted
from .suggestions import Suggestion, suggest
from .tiers.standing import lead_of, why_not_move

ICONS = {
    Act.ACCEPT: "check", Act.DISPATCH: "arrow-right", Act.RETURN: "arrow-back-up", Act.REJECT: "circle-x",
    Act.GRADE: "tag", Act.CALL_IN: "speakerphone", Act.LEAD: "flag", Act.RAISE_TIER: "stairs-up",
    Act.LOWER_TIER: "stairs-down", Act.REFER_DOWN: "arrow-down", Act.ESCALATE: "arrow-up",
    Act.TRANSFER: "arrows-exchange", Act.MERGE: "git-merge", Act.HAND_OVER: "arrow-forward-up", Act.REMIND: "bell-ringing",
    Act.RESTRICT: "lock", Act.UNRESTRICT: "lock-open",
}  # fmt: skip
OF_THE_LADDER = (Act.RAISE_TIER, Act.LOWER_TIER, Act.LEAD)


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """The acts of routing in the order of use, possible or not. None for parties: routing is the office's own."""
    if not isinstance(actor, User):
        return []
    first = _first_act(dispute, actor)
    extra, hints = _further_reasons(dispute, actor), _hints()
    own = [
        offer(dispute, act, actor, icon=icon, extra=extra.get(act), hint=hints.get(act, ""), primary=act == first)
        for act, icon in ICONS.items()
    ]
    if said := caught(dispute):
        own = [replace(one, reason=said) if one.act == Act.RETURN else one for one in own]
    return [*answer_offer(dispute, actor), *task_offers(dispute, actor), *own]


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of routing/panel.html, or None where there is nothing to say."""
    if not isinstance(actor, User):
        return None
    facts = {
        "suggestion": _suggestion(dispute, actor),
        "lead": lead_of(dispute) if _decides(dispute, actor) else None,
        "decision": _last_decision(dispute) if OFFICE & dispute.hats_of(actor) else None,
        "refusals": list(dispute.refusals.select_related("body")) if OFFICE & dispute.hats_of(actor) else [],
        "parts": parts_of(dispute, actor),
        "grade": _grade(dispute, actor),
        "joined": [one for one in dispute.merged.prefetch_related("assists") if one.hats_of(actor)],
        "into": dispute.merged_into,
        "sees_into": _sees(actor, dispute.merged_into),
        "rejection": dispute.rejections.select_related("paper").last(),
        "hand_over": dispute.hand_overs.last(),
        "named": named(dispute) if dispute.is_restricted else [],
    }
    return {**facts, "dispute": dispute} if any(facts.values()) else None


def _last_decision(dispute: Dispute) -> RoutingDecision | None:
    return dispute.routing_decisions.select_related("sent_to").last()


def _grade(dispute: Dispute, actor: User) -> Proposed | None:
    """What the thresholds propose, where that is not what was decided and nobody has judged these facts yet."""
    if not OFFICE & dispute.hats_of(actor) or dispute.why_not(Act.GRADE, actor):
        return None
    found, last = proposed(dispute), last_grading(dispute)
    judged = last is not None and last.version == found.version and last.facts == found.facts
    return found if found.level and found.level != dispute.difficulty and not judged else None


def _sees(actor: User, other: Dispute | None) -> bool:
    return other is not None and Dispute.objects.visible_to(actor).filter(pk=other.pk).exists()


def _suggestion(dispute: Dispute, actor: User) -> Suggestion | None:
    return suggest(dispute) if _decides(dispute, actor) else None


def _decides(dispute: Dispute, actor: User) -> bool:
    return dispute.state in BEFORE_ACCEPTANCE and bool(OFFICE & dispute.hats_of(actor))


def _first_act(dispute: Dispute, actor: User) -> Act | None:
    """The one primary act: dispatch where another body fits better, else accept."""
    if dispute.state not in BEFORE_ACCEPTANCE or Hat.HANDLER not in dispute.hats_of(actor):
        return None
    if dispute.state == State.ROUTED:
        return Act.ACCEPT
    fits = suggest(dispute)
    return Act.DISPATCH if fits and fits.body and fits.body.pk != dispute.body_id else Act.ACCEPT


def _further_reasons(dispute: Dispute, actor: User) -> dict[Act, str]:
    """Reasons beyond the lifecycle's."""
    reasons = {}
    if dispute.body.superior is None:
        reasons[Act.ESCALATE] = _("%(body)s已经是最高一级，没有上级可以上报。") % {"body": dispute.body}
    if dispute.why_not(Act.REMIND, actor) is None and reminded_lately(dispute, actor):
        reasons[Act.REMIND] = _("一小时里您已经催过一次了，请等一等再催，或者直接打电话。")
    if dispute.state == State.ROUTED and (barred := final(dispute, actor)):
        reasons |= {Act.RETURN: barred, Act.ESCALATE: barred}
    further = {Act.RESTRICT: not_on_list(dispute, actor), Act.UNRESTRICT: not_restricted(dispute, actor)}
    if any(dispute.why_not(act, actor) is None for act in OF_THE_LADDER):  # else the lifecycle has said why not
        further |= why_not_move(dispute, actor)
    return reasons | {act: reason for act, reason in further.items() if reason}


def _hints() -> dict[Act, str]:
    return {
        Act.ESCALATE: _("上报后不再算“就地化解”，请写明为什么本级办不了。"),
        Act.REJECT: _("要写明理由，并告知其他途径。"),
    }
