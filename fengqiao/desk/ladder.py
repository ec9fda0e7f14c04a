"""The ladder: which levels of the district a dispute has been at, read from its story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes import events
from fengqiao.disputes.models import Channel, Dispute
from fengqiao.ledger.models import Entry
from fengqiao.places.models import Level
from fengqiao.web.moments import day

HANDED_OVER = frozenset(
    event.kind
    for event in (
        *(events.Registered, events.Dispatched, events.Returned, events.Escalated),
        *(events.ReferredDown, events.Transferred),
    )
)
# A dispute that came from below was at that level before anybody registered it.
FROM_BELOW = {Channel.GRID: "grid", Channel.VILLAGE: "village"}


@dataclass
class Rung:
    """One level. `status`: was, skip, here or not, as web/ladder.html draws it."""

    level: str
    name: str
    status: str
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stay:
    """A body had the dispute, from a moment on."""

    body: Body
    since: datetime


def ladder_of(dispute: Dispute, entries: Iterable[Entry]) -> list[Rung]:
    """The rungs from the people up to the county. A level that was passed over says so."""
    levels = list(Level.objects.order_by("-rank"))
    stays = _stays(entries)
    at = {level.pk: [stay for stay in stays if stay.body.region.level_id == level.pk] for level in levels}
    here = dispute.body.region.level_id
    below = FROM_BELOW.get(Channel(dispute.channel))
    reached = [n for n, level in enumerate(levels) if at[level.pk] or level.pk == here or level.key == below]
    return [
        _rung(level, dispute, at[level.pk], is_here=level.pk == here, reported=level.key == below,
              passed=min(reached, default=0) < n < max(reached, default=0))
        for n, level in enumerate(levels)
    ]  # fmt: skip


def _stays(entries: Iterable[Entry]) -> list[Stay]:
    moves = [(entry.payload["body_id"], entry.at) for entry in entries if entry.kind in HANDED_OVER and entry.payload]
    bodies = Body.objects.select_related("region").in_bulk({body_id for body_id, _at in moves})
    return [Stay(bodies[body_id], at) for body_id, at in moves if body_id in bodies]


def _rung(
    level: Level, dispute: Dispute, stays: Sequence[Stay], *, is_here: bool, reported: bool, passed: bool
) -> Rung:
    if is_here:
        since = stays[-1].since if stays else dispute.registered_at
        return Rung(level.name, dispute.office, "here", [_until_now(dispute, since)])
    if stays:
        then = stays[-1].body.name_on(timezone.localdate(stays[-1].since))
        return Rung(level.name, then, "was", [_("%(day)s起") % {"day": day(stays[0].since)}])
    if reported:
        place = dispute.place.name if dispute.place else _("从这里报上来")
        return Rung(level.name, place, "was", [_("%(day)s报上来") % {"day": day(dispute.registered_at)}])
    if passed:
        return Rung(level.name, _("这一级不经过"), "skip")
    return Rung(level.name, _("没有到过"), "not")


def _until_now(dispute: Dispute, since: datetime) -> str:
    if dispute.is_closed:
        return _("%(day)s起，已结束") % {"day": day(since)}
    days = (timezone.localdate() - timezone.localdate(since)).days
    if days < 1:
        return _("今天起")
    return _("%(day)s至今，已 %(n)d 天") % {"day": day(since), "n": days}
