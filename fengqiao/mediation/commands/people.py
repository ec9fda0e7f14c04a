"""Who takes part: whether a party is willing, who mediates, and that the parties know their rights."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import advance, note
from fengqiao.disputes.events import Assigned, RightsTold, WillingnessGiven
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Dispute, Party, Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import short
from fengqiao.mediation.models import Ground, How, Recusal, RightsNotice
from fengqiao.mediation.roster import Hint, RecusalCheck, at_hand, hints, why_not_named
from fengqiao.mediation.sheets import typeset_rights
from fengqiao.people.models import User

from .choosing import settle
from .opening import call_off, opened, own_parties, refuse_without_both_sides


@transaction.atomic
def record_willingness(party: Party, *, willing: Willing, by: Any, remark: str = "", seen: int | None = None) -> Party:
    """What the party says to being mediated: their own word, or what staff heard from them (人民调解法 3, 17, 23)."""
    dispute = opened(party.dispute_id, Act.CONSENT, by, seen)
    if isinstance(by, PartyActor) and by.party.pk != party.pk:
        raise Refused(_("只能表明自己愿不愿意，不能替别人说。"))
    if willing not in (Willing.YES, Willing.NO):
        raise Refused(_("请选愿意还是不愿意。"))
    party = Party.objects.get(pk=party.pk)
    party.willing, party.willing_at = Willing(willing), timezone.now()
    party.save(update_fields=["willing", "willing_at"])
    answer = str(Willing(willing).label)
    event = WillingnessGiven(party_id=party.pk, party=str(party), answer=answer, remark=short(remark))
    advance(dispute, Act.CONSENT, by=by, event=event, rows=[party])
    return party


@transaction.atomic
def assign(
    dispute: Dispute, *, mediator: User, recusal: RecusalCheck, unmet: str = "", by: User, seen: int | None = None
) -> Dispute:
    """Name the mediator, or another one, after the check for recusal (人民调解法 19; 特邀调解规定 15).

    Who declares a ground may go on only if everybody of both sides agrees. Where the records hint at one and none is
    declared, `recusal.words` must say why there is none. Where a party picked somebody else, or the other side does not
    accept the pick, `unmet` says why for them to read. Meetings arranged by another mediator are cancelled.
    """
    dispute = opened(dispute.pk, Act.ASSIGN, by, seen)
    if dispute.state == State.MEDIATING and dispute.mediator_id == mediator.pk:
        raise Refused(_("%(name)s已经是这件的调解员。") % {"name": mediator})
    mediator = at_hand(mediator)
    if reason := why_not_named(dispute, mediator):
        raise Refused(reason)
    chooser, wishes, settled = settle(dispute, mediator, short(unmet))
    row = _checked(dispute, mediator, recusal if recusal.chosen_by else replace(recusal, chosen_by=chooser), by)
    cancelled = call_off(dispute, _("换了调解员"))
    event = Assigned(mediator=str(mediator), mediator_id=mediator.pk, recusal=row.verdict)
    dispute = advance(dispute, Act.ASSIGN, by=by, event=event, rows=[row, *wishes, *cancelled], mediator=mediator)
    return note(dispute, settled, by=by) if settled else dispute


@transaction.atomic
def inform_rights(
    dispute: Dispute, *, told: Sequence[Party], how: How | str, by: User, seen: int | None = None
) -> RightsNotice:
    """The parties were told what mediation is, its effect, and their rights and duties (人民调解工作若干规定 30)."""
    dispute = opened(dispute.pk, Act.INFORM, by, seen)
    parties = own_parties(dispute, told, _("请勾选告知了哪几位当事人。"))
    if how not in How.values:
        raise Refused(_("请选是怎样告知的。"))
    notice = RightsNotice(dispute=dispute, told=[party.pk for party in parties], how=how, told_by=by, at=timezone.now())
    notice.paper = typeset_rights(dispute, parties, by=by)
    notice.save()
    event = RightsTold(notice_id=notice.pk, parties=len(parties))
    advance(dispute, Act.INFORM, by=by, event=event, rows=[notice])
    return notice


def _checked(dispute: Dispute, mediator: User, recusal: RecusalCheck, by: User) -> Recusal:
    """The check as a row, where it lets the mediator take it on."""
    if unknown := set(recusal.grounds) - set(Ground.values):
        raise Refused(_("没有“%(ground)s”这种回避事由，请从列出的里面选。") % {"ground": min(unknown)})
    words, found = short(recusal.words), hints(dispute, mediator)
    if found and not recusal.grounds and not words:
        raise Refused(
            _("%(name)s%(hint)s。有关系请勾选，确实没有请写明核对结果。") % {"name": mediator, "hint": _listed(found)}
        )
    if recusal.grounds:
        why = _("%(name)s有回避事由，要双方都同意才能继续，否则请换人。") % {"name": mediator}
        refuse_without_both_sides(dispute, recusal.consents, why)
    return Recusal.objects.create(
        dispute=dispute, mediator=mediator, grounds=list(recusal.grounds), hints=[hint.value for hint in found],
        words=words, consents=[party.pk for party in recusal.consents], chosen_by=_chooser(dispute, recusal),
        decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip


def _chooser(dispute: Dispute, recusal: RecusalCheck) -> Party | None:
    if recusal.chosen_by is None:
        return None
    return own_parties(dispute, [recusal.chosen_by], _("点选调解员的要是这件事的当事人。"))[0]


def _listed(found: Sequence[Hint]) -> str:
    return "、".join(str(hint.label) for hint in found)
