"""Where a dispute stands on the ladder, and who leads there. Questions only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, centre
from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE
from fengqiao.disputes.models import Dispute, Leads, Tier, TierStay
from fengqiao.routing.grading.book import HARDNESS


def stay_of(dispute: Dispute) -> TierStay | None:
    """The tier it stands on now, with all that is shown of it; None before it is on the ladder and after the mediation."""
    found = TierStay.objects.running().filter(dispute=dispute)
    return found.select_related("tier", "clock", "lead__region", "asked__region").first()


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
    ladder = Tier.objects.in_use()
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
    above = neighbours(stay).above
    if above is None:
        return []
    wanted = belongs_on(dispute, Tier.objects.in_use())
    return [above, wanted] if wanted and wanted.rank > above.rank else [above]


def led_sentence(dispute: Dispute, stay: TierStay) -> str:
    """Who leads now, and who is asked to."""
    lead = led_by(dispute, stay)
    if stay.asked is None:
        return _("由%(body)s牵头。") % {"body": lead}
    return _("请%(asked)s接过牵头，接过以前仍由%(body)s牵头。") % {"asked": stay.asked, "body": lead}


def why_not_raise(dispute: Dispute, actor: object = None) -> str | None:
    """The reason, in a sentence, beyond the lifecycle's."""
    if not Tier.objects.exists():
        return _("本区还没有设调处层级。")
    return None if neighbours(stay_of(dispute)).above else _("已经在最高一层。")


def why_not_lower(dispute: Dispute, actor: object = None) -> str | None:
    return None if neighbours(stay_of(dispute)).below else _("已经在最低一层。")
