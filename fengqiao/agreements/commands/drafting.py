"""Writing a draft, sending it out for reading and signing, taking it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.agreements.content import AgreementContent, cast_of, digest_of, read, write
from fengqiao.agreements.models import Agreement, Status
from fengqiao.agreements.review import faults
from fengqiao.agreements.sheet import for_press
from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import advance, note
from fengqiao.disputes.events import AgreementCirculated, AgreementDrafted, AgreementRevised
from fengqiao.disputes.lifecycle import Act, Hat, State
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.codes import human_code
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import PaperKind


@transaction.atomic
def draft(
    dispute: Dispute, *, content: AgreementContent, by: Any, seen: int | None = None, edition: int | None = None
) -> Agreement:
    """Write down what has been agreed so far: a new draft, or a better one of the draft that is not out yet.

    `edition` is that of the draft the person had before them (0: none); another one is Stale. 人民调解法 28, 29.
    """
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _check_may_draft(dispute, by)
    agreement = dispute.agreements.filter(status=Status.DRAFT).first()
    if edition is not None and edition != (agreement.edition if agreement else 0):
        raise Stale(_("这一稿刚刚在别处改过，请看清现在的样子再存。您写的内容还在。"))
    if agreement is None:
        agreement = Agreement(dispute=dispute, draft=next_draft(dispute), edition=0, drafted_at=timezone.now())
    agreement.edition += 1
    agreement.committee = committee_of(dispute)
    write(content, agreement)
    agreement.save()
    event = AgreementDrafted(agreement_id=agreement.pk, draft=agreement.draft, clauses=len(agreement.clauses))
    note(dispute, event, by=by, rows=[agreement])
    return agreement


@transaction.atomic
def circulate(agreement: Agreement, *, by: Any, seen: int | None = None) -> Agreement:
    """Freeze the draft's words and people and lay it before those who are to sign.

    Refused while something must be put right (review.faults). What a court might stumble over only warns.
    """
    dispute = Dispute.objects.lock(agreement.dispute_id, seen=seen)
    agreement = dispute.agreements.get(pk=agreement.pk)
    if reason := dispute.why_not(Act.CIRCULATE, by):
        raise Refused(reason)
    if agreement.status != Status.DRAFT:
        raise Refused(
            _("这一稿%(status)s，不能再发出。请打开最新的一稿。") % {"status": agreement.get_status_display()}
        )
    if wrong := faults(read(agreement), dispute):
        raise Refused(_("还不能发出：%(wrong)s") % {"wrong": "".join(wrong)})
    freeze(agreement, dispute)
    agreement.status, agreement.circulated_at = Status.CIRCULATED, timezone.now()
    title = _("人民调解协议书（第 %(n)d 稿，待签）") % {"n": agreement.draft}
    agreement.draft_paper = add_typeset(
        dispute, "agreement", for_press(agreement), kind=PaperKind.AGREEMENT, title=title, by=by
    )
    agreement.save()
    event = AgreementCirculated(agreement_id=agreement.pk, draft=agreement.draft)
    advance(dispute, Act.CIRCULATE, by=by, event=event, rows=[agreement])
    return agreement


@transaction.atomic
def revise(agreement: Agreement, *, reason: str, by: Any, seen: int | None = None) -> Agreement:
    """Take the draft back to change it. What was signed stays on record and counts for nothing any more."""
    dispute = Dispute.objects.lock(agreement.dispute_id, seen=seen)
    agreement = dispute.agreements.get(pk=agreement.pk)
    if not agreement.is_out:
        raise Refused(_("这一稿没有发出去，不用收回。"))
    if not reason.strip():
        raise Refused(_("请写明为什么收回，双方都会看到。"))
    withdraw(agreement, reason.strip(), by)
    event = AgreementRevised(agreement_id=agreement.pk, draft=agreement.draft, remark=agreement.ended_why)
    advance(dispute, Act.REVISE, by=by, event=event, rows=[agreement])
    return agreement


def freeze(agreement: Agreement, dispute: Dispute) -> None:
    """From here on the words, the people and the committee stand; the caller saves."""
    agreement.dispute, agreement.committee = dispute, committee_of(dispute)
    agreement.cast = cast_of(dispute)
    agreement.text_sha256 = digest_of(agreement)
    agreement.check_code = human_code(agreement.text_sha256.encode())


def withdraw(agreement: Agreement, reason: str, by: Any) -> None:
    """The draft is off the table; the caller moves the dispute and tells the story."""
    agreement.status, agreement.ended_at = Status.WITHDRAWN, timezone.now()
    agreement.ended_by, agreement.ended_why = str(by), reason
    agreement.save()


def committee_of(dispute: Dispute) -> Body:
    """Whose name, number and seal the agreement bears: the handling body or the mediator's own, if it is a committee."""
    mediator = dispute.mediator
    home = mediator.home_body if mediator else None
    if not dispute.body.is_committee and home is not None and home.is_committee:
        return home
    return dispute.body


def next_draft(dispute: Dispute) -> int:
    """The number that a new draft of this dispute bears."""
    last = dispute.agreements.order_by("draft").last()
    return last.draft + 1 if last else 1


def _check_may_draft(dispute: Dispute, by: Any) -> None:
    if Hat.MEDIATOR not in dispute.hats_of(by):
        raise Refused(_("只有这件事的调解员可以拟协议。"))
    if dispute.state == State.SIGNING:
        raise Refused(_("协议已经发出，等着签名。要改，请先收回。"))
    if dispute.state != State.MEDIATING:
        raise Refused(_("“%(state)s”时不能拟协议。") % {"state": dispute.get_state_display()})
