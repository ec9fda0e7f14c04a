"""Asking for a correction, answering it, and taking along all that is kept of one: each leaves its trace in the ledger."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import correct_party, note
from fengqiao.disputes.events import CorrectionAnswered, CorrectionAsked, OwnDataTaken
from fengqiao.disputes.lifecycle import Hat
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.standing_in import in_place_of
from fengqiao.kernel.errors import Refused
from fengqiao.ledger import book

from .models import Asked, Correction, Outcome

ANSWERING = frozenset({Hat.HANDLER, Hat.MEDIATOR})


@transaction.atomic
def ask_correction(dispute: Dispute, *, what: str, words: str, by: PartyActor) -> Correction:
    """A party says what is wrong about them, at any time, after archiving too. One at a time for each party."""
    dispute = Dispute.objects.lock(dispute.pk)
    if by.party.dispute_id != dispute.pk:
        raise Refused(_("只能更正自己的信息。"))
    if reason := why_not_ask(by.party):
        raise Refused(reason)
    if not words.strip():
        raise Refused(_("请写明哪里不对，应该是什么。"))
    asked = Correction.objects.create(
        dispute=dispute, party=by.party, what=Asked(what), words=words.strip(), at=timezone.now()
    )
    note(dispute, CorrectionAsked(correction_id=asked.pk, party=str(by.party)), by=by, rows=[asked])
    return asked


def why_not_ask(party: Party) -> str | None:
    if Correction.objects.waiting().filter(party=party).exists():
        return _("您上次的更正要求还在处理，有了答复再提新的。")
    return None


@transaction.atomic
def answer_correction(
    asked: Correction, *, outcome: str, value: str, words: str, by: Any, seen: int | None = None
) -> Correction:
    """Do it, or explain why not; in a sentence that the party reads.

    `value` is what a field of the person becomes; empty where the matter is none of them. Refused to those who do not
    handle the dispute, when it was answered before, and without a sentence.
    """
    dispute = Dispute.objects.lock(asked.dispute_id, seen=seen)
    if reason := why_not_answer(dispute, by):
        raise Refused(reason)
    asked = Correction.objects.select_related("party").get(pk=asked.pk)
    if not asked.is_open:
        raise Refused(_("这条更正要求已经答复过了。"))
    if not words.strip():
        raise Refused(_("请写一句答复，当事人会看到。"))
    if Outcome(outcome) == Outcome.DONE and asked.is_changeable:
        if not value:
            raise Refused(_("请写改成什么。"))
        correct_party(asked.party, what=asked.what, value=value, by=by)
    asked.outcome, asked.answer = Outcome(outcome), words.strip()
    asked.answered_by, asked.answered_at = str(by), timezone.now()
    asked.save()
    note(dispute, CorrectionAnswered(correction_id=asked.pk, party=str(asked.party)), by=by, rows=[asked])
    return asked


def why_not_answer(dispute: Dispute, actor: Any) -> str | None:
    """Only those who handle the dispute answer; others see that somebody asked."""
    if dispute.hats_of(actor) & ANSWERING:
        return None
    return _("由正在办这件事的单位（%(body)s）答复。") % {"body": dispute.body}


@transaction.atomic
def take_along(party: Party, *, reason: str, by: Any) -> None:
    """Write down that all that is kept of this party is given out in clear, before it is (个人信息保护法 45, 51).

    Refused without a reason, to another party, and to staff who do not work on the dispute.
    """
    dispute = Dispute.objects.lock(party.dispute_id)
    own = isinstance(by, PartyActor)
    allowed = by.party.pk == party.pk if own else by.works_cases and bool(dispute.hats_of(by))
    if not allowed:
        raise Refused(_("只有本人，或者办这件事的人替到场的本人，才能取。"))
    if not reason.strip():
        raise Refused(_("请写明为什么打印，例如“本人到窗口要求查阅”。"))
    what = _("%(party)s的全部信息（整份）") % {"party": party}
    event = OwnDataTaken(party_id=party.pk, what=what, reason=reason.strip())
    book.append("look", dispute.pk, event, by=in_place_of(by, dispute))
