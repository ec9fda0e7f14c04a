"""The ladder of tiers as the page of a dispute draws it: where it stands, who leads, until when, and where it has been."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Clock, Dispute, Tier, TierStay
from fengqiao.web.moments import day

from .standing import belongs_on, led_by


@dataclass
class Step:
    """One tier. `status`: was, skip, here or not, as web/ladder.html draws it."""

    level: str
    name: str
    status: str
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ladder:
    """All tiers, the running clock, and the tier where such a matter should stand where that is higher."""

    steps: list[Step]
    clock: Clock | None
    is_general: bool  # the system's own ladder: the district names none
    should_be: Tier | None


def ladder_of(dispute: Dispute) -> Ladder | None:
    """None where it never stood on a tier."""
    rows = dispute.tier_stays.select_related("tier", "clock", "lead", "asked").order_by("pk")
    stays = list(rows)
    if not stays:
        return None
    tiers = Tier.objects.in_use()
    if stays[-1].tier not in tiers:  # it stands on a ladder that was replaced since
        tiers = sorted({*tiers, stays[-1].tier}, key=lambda one: one.rank)
    now = stays[-1] if stays[-1].ended_at is None else None
    been = {stay.tier_id: stay for stay in stays}
    last = max(stay.tier.rank for stay in stays)
    steps = [_step(dispute, one, been.get(one.pk), now, passed=one.rank < last) for one in tiers]
    wanted = belongs_on(dispute, tiers) if now else None
    higher = wanted if now and wanted and wanted.rank > now.tier.rank else None
    return Ladder(steps, now.clock if now else None, all(one.is_general for one in tiers), higher)


def _step(dispute: Dispute, tier: Tier, stay: TierStay | None, now: TierStay | None, *, passed: bool) -> Step:
    if now and tier.pk == now.tier_id:
        return Step(tier.name, _("牵头：%(body)s") % {"body": led_by(dispute, now)}, "here", _notes(now))
    if stay:
        span = {"first": day(stay.entered_at), "last": day(stay.ended_at) if stay.ended_at else ""}
        return Step(tier.name, str(stay.get_came_display()), "was", [_("%(first)s 至 %(last)s") % span])
    return Step(tier.name, _("这一层不经过") if passed else _("没有到过"), "skip" if passed else "not")


def _notes(stay: TierStay) -> list[str]:
    waiting = [_("等%(body)s接过牵头") % {"body": stay.asked}] if stay.asked else []
    return [_("%(day)s起，%(how)s") % {"day": day(stay.entered_at), "how": stay.get_came_display()}, *waiting]
