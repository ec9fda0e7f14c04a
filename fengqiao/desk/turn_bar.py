"""The turn bar of a dispute: who, what, until when, why then."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Hat
from fengqiao.disputes.models import Clock, Dispute
from fengqiao.people.models import User

from .signing import still_to_sign
from .turns import WITH_THE_COURT


@dataclass(frozen=True)
class TurnBar:
    """What web/turn_bar.html draws. `clock` is None where no limit runs."""

    who: str
    what: str
    note: str = ""
    why: str = ""
    clock: Any = None
    icon: str = "hand-finger"


def turn_bar_of(dispute: Dispute, reader: User, clock: Clock | None) -> TurnBar:
    """The bar as this reader sees it. `clock` is the dispute's main clock."""
    turn, hats = dispute.stage.turn, dispute.hats_of(reader)
    who, note = _nobody(dispute) if turn is None else _somebody(dispute, turn, is_mine=turn in hats)
    icon = "hand-finger" if turn else "archive" if dispute.is_closed else "building-bank"
    what = f"{dispute.stage.todo}{still_to_sign(dispute)}"
    return TurnBar(who, what, note, _sentences(clock.why) if clock else "", _clock(clock), icon)


def _somebody(dispute: Dispute, turn: Hat, *, is_mine: bool) -> tuple[str, str]:
    office = dispute.office
    if is_mine:
        return _("轮到您"), f"{office} · {turn.label}"
    if turn is Hat.MEDIATOR and dispute.mediator:
        return _("轮到调解员 %(name)s") % {"name": dispute.mediator}, office
    if turn is Hat.PARTY:
        follows = _("%(name)s（调解员）在跟") % {"name": dispute.mediator} if dispute.mediator else office
        return _("轮到当事人"), follows
    return _("轮到%(body)s") % {"body": office}, dispute.body.phone


def _nobody(dispute: Dispute) -> tuple[str, str]:
    if dispute.state in WITH_THE_COURT:
        return _("等法院"), dispute.office
    return _("不轮到谁"), str(dispute.get_state_display())


def _sentences(lines: list[str]) -> str:
    """One paragraph; Han sentences stand together without spaces."""
    return "".join(line if line.endswith("。") else f"{line} " for line in lines).strip()


def _clock(clock: Clock | None) -> Any:
    """The clock with the reason of its standing still, which the chip shows in place of a date."""
    if clock is None or clock.paused_since is None:
        return clock
    reason = next(pause.reason for pause in clock.pauses.all() if pause.ended_at is None)
    return SimpleNamespace(due_at=clock.due_at, paused_since=clock.paused_since, why_paused=reason)
