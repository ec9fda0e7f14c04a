"""What still stands in the way of a session: somebody's clear no, rights not yet told, no time arranged."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import UNDER_MEDIATION, Act, Hat, State
from fengqiao.disputes.models import Dispute, Party, Willing
from fengqiao.disputes.passes import PartyActor

from .choosing import Wish
from .models import SessionStatus
from .roster import sides

BEFORE_ONE_IS_NAMED = (State.REGISTERED, State.ROUTED, State.ACCEPTED)


def unwilling(dispute: Dispute) -> list[Party]:
    """Those of both sides who clearly refuse."""
    return [party for party in sides(dispute) if party.willing == Willing.NO]


def told_of_rights(dispute: Dispute) -> set[int]:
    """Keys of the parties who were told of their rights."""
    return {pk for notice in dispute.rights_notices.all() for pk in notice.told}


def why_not_mediate(dispute: Dispute) -> str | None:
    """One party clearly refuses: then there may be no mediation (人民调解法 17)."""
    if not (against := unwilling(dispute)):
        return None
    words = {"who": named(against)}
    return _("%(who)s明确拒绝调解，不得调解（人民调解法 17）。请终止调解，并告知其他途径。") % words


def why_not_hold(dispute: Dispute, present: Iterable[Party] | None = None) -> str | None:
    """Why no session can be put on record, or None. Without `present`: as far as one can tell beforehand."""
    if reason := why_not_mediate(dispute):
        return reason
    told = told_of_rights(dispute)
    if present is None:
        if not told:
            return _("开谈以前要先告知权利义务（人民调解工作若干规定 30）。")
        planned = dispute.sessions.filter(status=SessionStatus.PLANNED).exists()
        return None if planned else _("还没有约时间，请先约一次。")
    if untold := [party for party in present if party.pk not in told]:
        words = {"who": named(untold)}
        return _("还没有向%(who)s告知权利义务，请先告知再谈（人民调解工作若干规定 30）。") % words
    return None


def why_not_take_down_withdrawal(dispute: Dispute, actor: Any) -> str | None:
    """Why staff cannot take down that an applicant withdraws, or None. It is the party who acts."""
    if not dispute.hats_of(actor) & {Hat.HANDLER, Hat.MEDIATOR}:
        return _("只有承办单位和调解员可以代为登记撤回。")
    applicants = dispute.applicants
    return dispute.why_not(Act.WITHDRAW, PartyActor(applicants[0])) if applicants else None


def why_not_pick(dispute: Dispute, actor: Any) -> str | None:
    """Why this party cannot pick a mediator now, or None: until one is named they can (人民调解法 23)."""
    if Hat.PARTY not in dispute.hats_of(actor):
        return _("只有当事人自己可以点选调解员。")
    if dispute.state not in BEFORE_ONE_IS_NAMED:
        return _("调解员已经定了，或者这件事已经结束，不能再点选。想换人，请和调解员或者承办单位说。")
    return None


def why_not_answer_pick(dispute: Dispute, wish: Wish, actor: Any) -> str | None:
    """Why this party cannot accept or refuse the other's pick now, or None."""
    if reason := why_not_pick(dispute, actor):
        return reason
    if wish.dispute_id != dispute.pk or wish.party_id == actor.party.pk:
        return _("自己点选的不用再答复。")
    return None if wish.is_open else _("对方已经改选，请看新的。")


def why_not_invite(dispute: Dispute, actor: Any) -> str | None:
    """Why nobody can be asked in now, or None."""
    if not dispute.hats_of(actor) & {Hat.HANDLER, Hat.MEDIATOR}:
        return _("只有承办单位和调解员可以邀请专家。")
    if dispute.state not in (State.ACCEPTED, *UNDER_MEDIATION):
        return _("“%(state)s”时不能邀请专家。") % {"state": dispute.get_state_display()}
    return None


def named(parties: Iterable[Party]) -> str:
    """申请人 沈*兰、被申请人 周*国"""
    return "、".join(str(party) for party in parties)
