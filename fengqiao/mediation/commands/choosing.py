"""Parties choose or accept their mediator (人民调解法 23); experts are asked in after the check for recusal (20)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import note
from fengqiao.disputes.events import ExpertAnswered, ExpertInvited, MediatorsPicked, PickAnswered, WishesSettled
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given, short
from fengqiao.mediation.choosing import MOST_PICKS, Invitation, Invited, Wish, WishAnswer, Wished
from fengqiao.mediation.readiness import why_not_answer_pick, why_not_invite, why_not_pick
from fengqiao.mediation.roster import hints_of_entry
from fengqiao.people.models import RosterEntry, User


@transaction.atomic
def pick(dispute: Dispute, *, entries: Sequence[RosterEntry], by: PartyActor, seen: int | None = None) -> list[Wish]:
    """A party says whom they would like, up to three in order; an earlier choice is replaced. None takes it back.

    Refused once a mediator is named, and for anybody whom residents are not shown today.
    """
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := why_not_pick(dispute, by):
        raise Refused(reason)
    entries = list({entry.pk: entry for entry in entries}.values())
    if len(entries) > MOST_PICKS:
        raise Refused(_("最多点选 %(n)d 位，请去掉几位。") % {"n": MOST_PICKS})
    shown = set(RosterEntry.objects.shown().filter(pk__in=[one.pk for one in entries]).values_list("pk", flat=True))
    if gone := [str(one) for one in entries if one.pk not in shown]:
        raise Refused(_("%(names)s现在不能点选，请换一位。") % {"names": "、".join(gone)})
    now, old = timezone.now(), list(dispute.wishes.filter(party=by.party, status=Wished.OPEN))
    for wish in old:
        wish.status, wish.settled_at = Wished.REPLACED, now
        wish.save(update_fields=["status", "settled_at"])
    wishes = [
        Wish.objects.create(dispute=dispute, party=by.party, entry=entry, rank=rank, made_at=now)
        for rank, entry in enumerate(entries, 1)
    ]
    dispute.version += 1  # who is about to name somebody must see this first
    dispute.save(update_fields=["version"])
    names = "、".join(map(str, entries)) or _("由承办单位安排")
    event = MediatorsPicked(party_id=by.party.pk, names=names, entries=[entry.pk for entry in entries])
    note(dispute, event, by=by, rows=[dispute, *old, *wishes])
    return wishes


@transaction.atomic
def answer_pick(wish: Wish, *, accepts: bool, remark: str = "", by: PartyActor) -> WishAnswer:
    """Another party accepts the pick or does not; who thinks again says so again."""
    dispute = Dispute.objects.lock(wish.dispute_id)
    wish = Wish.objects.select_related("entry").get(pk=wish.pk)
    if reason := why_not_answer_pick(dispute, wish, by):
        raise Refused(reason)
    found = {"accepts": accepts, "remark": short(remark), "at": timezone.now()}
    answer, _made = WishAnswer.objects.update_or_create(wish=wish, party=by.party, defaults=found)
    dispute.version += 1
    dispute.save(update_fields=["version"])
    said = _("可以") if accepts else _("不接受")
    event = PickAnswered(wish_id=wish.pk, name=str(wish.entry), answer=said, remark=answer.remark)
    note(dispute, event, by=by, rows=[dispute, answer])
    return answer


def settle(dispute: Dispute, mediator: User, unmet: str) -> tuple[Party | None, list[Wish], WishesSettled | None]:
    """What becomes of the open wishes when this mediator is named: who picked them, the changed rows, what to tell.

    Refused without a reason where a party's first wish is not granted, or where the other side does not accept it.
    Call inside the transaction that names the mediator.
    """
    wishes, chooser = list(dispute.wishes.open()), None
    passed_over: list[Wish] = []
    for party in dict.fromkeys(wish.party for wish in wishes):
        own = [wish for wish in wishes if wish.party == party]
        granted = next((wish for wish in own if wish.entry.user_id == mediator.pk), None)
        chooser = chooser or (party if granted else None)
        passed_over += own[: own.index(granted)] if granted else own
    refused = [wish for wish in wishes if wish.entry.user_id == mediator.pk and wish.refused_by]
    if (passed_over or refused) and not unmet:
        names = "、".join(dict.fromkeys(str(wish.entry) for wish in passed_over))
        if refused:
            raise Refused(_("有一方不接受%(name)s。还是要指定的，请写明理由，双方都会看到。") % {"name": mediator})
        raise Refused(_("当事人点选的是%(names)s。不按点选安排的，请写明理由，当事人会看到。") % {"names": names})
    for wish in wishes:
        is_granted = wish.entry.user_id == mediator.pk
        wish.status = Wished.GRANTED if is_granted else Wished.UNMET
        wish.reason, wish.settled_at = unmet if wish in passed_over or wish in refused else "", timezone.now()
        wish.save(update_fields=["status", "reason", "settled_at"])
    if not unmet or not (passed_over or refused):
        return chooser, wishes, None
    names = "、".join(dict.fromkeys(str(wish.entry) for wish in passed_over)) or "—"
    return chooser, wishes, WishesSettled(granted=str(mediator), unmet=names, reason=unmet)


@transaction.atomic
def invite(
    dispute: Dispute, *, entry: RosterEntry, purpose: str, words: str = "", by: User, seen: int | None = None
) -> Invitation:
    """Ask somebody of the roster to advise or help. Where the records or their own declaration hint at a tie to a
    party, `words` must say why there is none (特邀调解规定 15)."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := why_not_invite(dispute, by) or entry.why_not_at_work():
        raise Refused(reason)
    asked = dispute.invitations.filter(entry=entry, status__in=[Invited.ASKED, Invited.COMES])
    if asked.exists():
        raise Refused(_("已经邀请过%(name)s了。") % {"name": entry})
    purpose, words, found = given(purpose, _("请写请来做什么。")), short(words), hints_of_entry(dispute, entry)
    if found and not words:
        told = {"name": entry, "hints": "、".join(str(hint.label) for hint in found)}
        raise Refused(_("%(name)s%(hints)s。请换一位；核对后确实没有关系的，写明核对结果。") % told)
    row = Invitation.objects.create(
        dispute=dispute, n=dispute.invitations.count() + 1, entry=entry, purpose=purpose, words=words,
        hints=[hint.value for hint in found], invited_by=by, invited_at=timezone.now(),
    )  # fmt: skip
    verdict = _("有提示，核对后无回避事由") if found else _("无回避事由")
    event = ExpertInvited(invitation_id=row.pk, name=str(entry), purpose=purpose, verdict=verdict)
    note(dispute, event, by=by, rows=[row])
    return row


@transaction.atomic
def answer_invitation(
    invitation: Invitation, *, status: str, remark: str = "", by: User, seen: int | None = None
) -> Invitation:
    """What the invited one said, taken down by staff; or that they are no longer needed."""
    dispute = Dispute.objects.lock(invitation.dispute_id, seen=seen)
    if reason := why_not_invite(dispute, by):
        raise Refused(reason)
    row = Invitation.objects.select_related("entry").get(pk=invitation.pk)
    if status not in (Invited.COMES, Invited.DECLINED, Invited.CANCELLED) or status == row.status:
        raise Refused(_("请选答应来、来不了，还是不请了。"))
    row.status, row.remark = status, short(remark)
    row.save(update_fields=["status", "remark"])
    answer = str(Invited(status).label)
    event = ExpertAnswered(invitation_id=row.pk, name=str(row.entry), answer=answer, remark=row.remark)
    note(dispute, event, by=by, rows=[row])
    return row
