"""Whose turn it is, in words: for a row of a list and for the turn bar."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Hat, State
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.policies import principal_of
from fengqiao.people.models import User

WITH_THE_COURT = frozenset({State.CONFIRMING, State.ENFORCING})


@dataclass(frozen=True, slots=True)
class Turn:
    """`who` names whoever has to move, `note` adds what helps to reach them, `is_mine` is true for the reader."""

    who: str
    note: str = ""
    is_mine: bool = False


def turn_of(dispute: Dispute, reader: User) -> Turn:
    """Whose move it is, told to this reader. The dispute comes with its body, mediator and sender."""
    turn = dispute.stage.turn
    if turn is Hat.HANDLER:
        return _handler(dispute, reader)
    if turn is Hat.MEDIATOR:
        return _mediator(dispute, reader)
    if turn is Hat.PARTY:
        return Turn(_("当事人"), _with_mediator(dispute) or dispute.office)
    if dispute.state in WITH_THE_COURT:
        return Turn(_("法院"), _with_mediator(dispute) or dispute.office)
    return Turn(_("不轮到谁"), dispute.office)


def _handler(dispute: Dispute, reader: User) -> Turn:
    sender = _("%(body)s交来") % {"body": dispute.sender.name} if dispute.sender else ""
    if reader.works_cases and reader.body_id == dispute.body_id:
        return Turn(_("我们"), sender or dispute.office, is_mine=True)
    return Turn(dispute.office, sender)


def _mediator(dispute: Dispute, reader: User) -> Turn:
    if dispute.mediator is None:
        return _handler(dispute, reader)
    if dispute.mediator_id == reader.pk:
        return Turn(_("我"), dispute.office, is_mine=True)
    if principal := principal_of(reader, dispute):
        return Turn(_("我（代%(name)s）") % {"name": principal}, dispute.office, is_mine=True)
    return Turn(_("%(name)s（调解员）") % {"name": dispute.mediator}, dispute.office)


def _with_mediator(dispute: Dispute) -> str:
    return _("%(name)s（调解员）在跟") % {"name": dispute.mediator} if dispute.mediator else ""
