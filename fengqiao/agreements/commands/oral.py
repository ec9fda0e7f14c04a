"""An agreement by word of mouth, written down by the mediator in the register."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.agreements.content import AgreementContent, write
from fengqiao.agreements.models import Agreement, Status
from fengqiao.agreements.review import faults
from fengqiao.agreements.sheet import for_oral_register
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import OralAgreementMade
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Difficulty, Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import PaperKind

from .conclusion import make_obligations, set_running
from .drafting import committee_of, freeze, next_draft, withdraw
from .numbers import ORAL, take_number


@transaction.atomic
def agree_orally(dispute: Dispute, *, content: AgreementContent, by: Any, seen: int | None = None) -> Agreement:
    """Register an oral agreement; it takes effect at once. 人民调解法 28, 30. A draft that lies open is put away."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(Act.AGREE_ORALLY, by):
        raise Refused(reason)
    if wrong := faults(content, dispute):
        raise Refused(_("还不能登记：%(wrong)s") % {"wrong": "".join(wrong)})
    put_away = _put_away(dispute, by)
    now = timezone.now()
    agreement = Agreement(
        dispute=dispute, draft=next_draft(dispute), committee=committee_of(dispute), drafted_at=now,
        status=Status.ORAL, effective_at=now,
    )  # fmt: skip
    write(content, agreement)
    freeze(agreement, dispute)
    agreement.number = take_number(agreement, ORAL, at=now)
    agreement.paper = add_typeset(
        dispute, "oral_agreement", for_oral_register(agreement), kind=PaperKind.ORAL_AGREEMENT,
        title=_("人民调解口头协议登记表"), number=agreement.number, by=by,
    )  # fmt: skip
    agreement.save()
    obligations = make_obligations(dispute, agreement)
    event = OralAgreementMade(agreement_id=agreement.pk, number=agreement.number, obligations=len(obligations))
    advance(dispute, Act.AGREE_ORALLY, by=by, event=event, rows=[agreement, *obligations, *put_away])
    set_running(dispute, agreement, obligations)
    return agreement


def better_in_writing(dispute: Dispute, content: AgreementContent | None = None) -> list[str]:
    """Why it should rather be written (宁波市人民调解条例 24; 人民调解工作若干规定 34). A hint, no bar."""
    reasons = []
    if content is not None and content.terms:
        reasons.append(_("不是当场做完的"))
    if dispute.difficulty in (Difficulty.MAJOR, Difficulty.COMPLEX):
        reasons.append(_("这件事属于“%(grade)s”") % {"grade": dispute.get_difficulty_display()})
    return reasons


def _put_away(dispute: Dispute, by: Any) -> list[Agreement]:
    drafts = list(dispute.agreements.filter(status=Status.DRAFT))
    for draft in drafts:
        withdraw(draft, _("改为口头协议"), by)
    return drafts
