"""The committee's numbers: gap-free, taken in the transaction that uses them, never given twice; a void one stays void."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.agreements.models import Agreement, Status
from fengqiao.bodies.models import next_number
from fengqiao.disputes import clocks
from fengqiao.disputes.commands import note
from fengqiao.disputes.events import NumberVoided
from fengqiao.disputes.lifecycle import IN_FORCE, Hat, State
from fengqiao.disputes.models import Dispute, ObligationState
from fengqiao.kernel.errors import Refused

WINDOW = "confirmation_window"  # the key of the clock of 人民调解法 33
WRITTEN, ORAL = "agreement", "oral"
FORMS = {WRITTEN: "（{year}）{short}人调字第{n}号", ORAL: "（{year}）{short}人调口字第{n}号"}  # handbook 5.3
LIVES_BY_IT = {*IN_FORCE, State.BREACHED, State.CONFIRMING, State.ENFORCING}


def take_number(agreement: Agreement, series: str, *, at: datetime) -> str:
    """The committee's next number in the year in which the agreement takes effect. Holds the series until commit."""
    year = timezone.localdate(at).year
    n = next_number(agreement.committee, series, year)
    return FORMS[series].format(year=year, short=agreement.committee.short_name, n=n)


def why_not_void(dispute: Dispute, by: Any) -> str | None:
    """Why this person may not mark a number of this dispute as void now; None if they may."""
    if not {Hat.MEDIATOR, Hat.HANDLER} & dispute.hats_of(by):
        return _("只有承办单位和调解员可以作废协议编号。")
    if dispute.state in LIVES_BY_IT:
        return _("这件事正按这份协议履行，编号不能作废。双方要改协议，请先办结，再重新办理。")
    return None


@transaction.atomic
def void_number(agreement: Agreement, *, reason: str, by: Any, seen: int | None = None) -> Agreement:
    """Mark a number as void, with the reason; it is not given again, and what was still owed under it is owed no more.

    Refused while the dispute lives by this agreement: reopen it first.
    """
    dispute = Dispute.objects.lock(agreement.dispute_id, seen=seen)
    agreement = dispute.agreements.get(pk=agreement.pk)
    if why := why_not_void(dispute, by):
        raise Refused(why)
    if not agreement.is_binding:
        raise Refused(_("这一稿没有生效的编号，不用作废。"))
    if not reason.strip():
        raise Refused(_("请写明为什么作废，这个号以后不再用，理由会一直留着。"))
    agreement.status, agreement.ended_at = Status.VOID, timezone.now()
    agreement.ended_by, agreement.ended_why = str(by), reason.strip()
    agreement.save()
    event = NumberVoided(number=agreement.number or "", remark=agreement.ended_why)
    note(dispute, event, by=by, rows=[agreement, *_release(dispute, agreement)])
    return agreement


def shut_window(dispute: Dispute, now: datetime) -> list[models.Model]:
    """Stop the window of an earlier agreement; only the newest may go to court."""
    running = dispute.clocks.filter(key=WINDOW, stopped_at=None)
    return [row for clock in running for row in clocks.stop(clock, now)]


def _release(dispute: Dispute, agreement: Agreement) -> list[models.Model]:
    """What was open under it is waived, and the window for the court is shut."""
    touched: list[models.Model] = []
    for obligation in dispute.obligations.filter(source=agreement.source):
        if obligation.is_open:
            obligation.state = ObligationState.WAIVED
            obligation.save()
            touched.append(obligation)
    return [*touched, *shut_window(dispute, timezone.now())]
