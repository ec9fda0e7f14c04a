"""Where a dispute stands on the ladder, and who leads there. Questions only."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, centre
from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE, Act
from fengqiao.disputes.models import Dispute, Leads, Tier, TierStay
from fengqiao.routing.grading.book import HARDNESS


def stay_of(dispute: Dispute) -> TierStay | None:
    """The tier it stands on now, with all that is shown of it; None before it is on the ladder and after the mediation."""
    found = dispute.tier_stays.running().select_related("tier", "clock", "lead__region", "asked__region")
    return found.first()


def lead_of(dispute: Dispute) -> Body:
    """Who answers for it, always exactly one: the body that took the lead on its tier; else the body that first received
    it, until one accepts; then the one that has it (首接负责制)."""
    return led_by(dispute, stay_of(dispute))


def led_by(dispute: Dispute, stay: TierStay | None) -> Body:
    """The same, for who has read the stay already."""
    if stay is not None and stay.lead is not None:
        return stay.lead
    return dispute.first_body if dispute.state in BEFORE_ACCEPTANCE else dispute.body


def wanted_lead(tier: Tier, dispute: Dispute) -> Body | None:
    """The body that is to take the lead on this tier; None where it follows from the dispute itself."""
    if tier.lead == Leads.SUPERIOR:
        return dispute.body.superior or dispute.body
    if tier.lead in (Leads.CENTRE, Leads.LEADER):
        return centre() or dispute.body
    return None


@dataclass(frozen=True)
class Neighbours:
    """The tiers next to where it stands."""

    below: Tier | None
    above: Tier | None


def neighbours(stay: TierStay | None) -> Neighbours:
    """By rank, so that a ladder that was changed in the meantime still leads on."""
    return next_to(stay, Tier.objects.in_use())


def next_to(stay: TierStay | None, ladder: list[Tier]) -> Neighbours:
    """The same, for who has read the ladder already."""
    if stay is None:
        return Neighbours(None, ladder[1] if len(ladder) > 1 else None)
    below = [one for one in ladder if one.rank < stay.tier.rank]
    above = [one for one in ladder if one.rank > stay.tier.rank]
    return Neighbours(below[-1] if below else None, above[0] if above else None)


def belongs_on(dispute: Dispute, ladder: list[Tier]) -> Tier | None:
    """The highest tier where matters as difficult as this one begin, by the district's ladder."""
    hard = HARDNESS[dispute.difficulty]
    fits = [one for one in ladder if one.difficulty and HARDNESS[one.difficulty] <= hard]
    return fits[-1] if fits else None


def within_reach(dispute: Dispute, stay: TierStay | None) -> list[Tier]:
    """Where it can be raised to: the next tier, and in one go the one where matters as difficult as this belong."""
    ladder = Tier.objects.in_use()
    above = next_to(stay, ladder).above
    if above is None:
        return []
    wanted = belongs_on(dispute, ladder)
    return [above, wanted] if wanted and wanted.rank > above.rank else [above]


def led_sentence(dispute: Dispute, stay: TierStay) -> str:
    """Who leads now, and who is asked to."""
    lead = led_by(dispute, stay)
    if stay.asked is None:
        return _("由%(body)s牵头。") % {"body": lead}
    return _("请%(asked)s接过牵头，接过以前仍由%(body)s牵头。") % {"asked": stay.asked, "body": lead}


def why_not_move(dispute: Dispute, actor: Any) -> dict[Act, str | None]:
    """The reason, in a sentence, beyond the lifecycle's, for each act of the ladder; where it stands is read once for all."""
    stay, ladder = stay_of(dispute), Tier.objects.in_use()
    near = next_to(stay, ladder)
    highest = _("已经在最高一层。") if ladder else _("本区还没有设调处层级。")
    return {
        Act.RAISE_TIER: None if near.above else highest,
        Act.LOWER_TIER: None if near.below else _("已经在最低一层。"),
        Act.LEAD: _why_not_lead(stay, actor),
    }


def why_not_raise(dispute: Dispute, actor: Any = None) -> str | None:
    return why_not_move(dispute, actor)[Act.RAISE_TIER]


def why_not_lower(dispute: Dispute, actor: Any = None) -> str | None:
    return why_not_move(dispute, actor)[Act.LOWER_TIER]


def why_not_lead(dispute: Dispute, actor: Any) -> str | None:
    return _why_not_lead(stay_of(dispute), actor)


def _why_not_lead(stay: TierStay | None, actor: Any) -> str | None:
    if stay is None or stay.asked is None:
        return _("现在没有要接的牵头。")
    if getattr(actor, "body_id", None) != stay.asked_id:
        return _("请的是%(body)s牵头，由他们来接。") % {"body": stay.asked}
    return None
