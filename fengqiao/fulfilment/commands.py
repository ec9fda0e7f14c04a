"""The changes of fulfilment: something was done, confirmed, denied or waived; it was not done; it is done after all."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes import clocks
from fengqiao.disputes.agreed import WINDOW, agreed
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import (
    Breached,
    Fulfilled,
    Moved,
    ObligationWaived,
    PerformanceClaimed,
    PerformanceDenied,
    PerformanceRecorded,
)
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Dispute, Obligation, ObligationState
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import yuan
from fengqiao.papers.commands import Upload, add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import SYSTEM

from .balance import Balance, balance_of, open_obligations
from .court import record_court_step
from .due import run_to, run_to_next
from .models import How, Performance, Recognition
from .receipt import add_receipt

__all__ = [
    "breach",
    "confirm_performance",
    "deny_performance",
    "fulfil",
    "make_good",
    "record_court_step",
    "record_performance",
    "waive",
]

NOT_BEGUN = (State.AGREED_ORAL, State.AGREED_WRITTEN, State.CONFIRMED)


@transaction.atomic
def record_performance(
    obligation: Obligation,
    *,
    on: date,
    amount_fen: int | None,
    how: str,
    proof: Upload | None,
    by: Any,
    remark: str = "",
    seen: int | None = None,
) -> Performance:
    """Something was paid or done towards a duty, in whole or in part. `amount_fen` is None where no money is owed.

    What the creditor says counts at once, and so does what staff can prove; what the debtor says, or staff without a
    proof, waits for `confirm_performance`. What meets the last duty ends the performing. Refused: a date in the future
    or before the agreement, more than is owed, a duty that is not open, somebody whose duty it is not.
    """
    dispute = Dispute.objects.lock(obligation.dispute_id, seen=seen)
    _allow(dispute, Act.PERFORM, by)
    obligation = _open(obligation)
    _refuse_others(obligation, by)
    _refuse_date(dispute, on)
    balance = balance_of(obligation)
    amount = _amount(obligation, balance, amount_fen, is_claim=_is(by, obligation.debtor_id))
    title = _("第 %(n)d 项的证明材料") % {"n": obligation.n}
    paper = add_upload(dispute, proof, kind=PaperKind.PERFORMANCE, title=title, by=by) if proof else None
    counts = _is(by, obligation.creditor_id) or (paper is not None and not isinstance(by, PartyActor))
    now = timezone.now()
    performance = Performance.objects.create(
        obligation=obligation, on=on, amount_fen=amount, how=How(how), remark=remark.strip(), proof=paper,
        standing=Recognition.COUNTED if counts else Recognition.CLAIMED,
        recorder=by.ledger_id, recorded_by=str(by), recorded_at=now,
        confirmed_by_creditor=_is(by, obligation.creditor_id), confirmed_at=now if counts else None,
    )  # fmt: skip
    if counts:
        return _count(dispute, performance, by=by)
    event = PerformanceClaimed(
        performance_id=performance.pk, n=obligation.n, amount_fen=amount, remark=_paid_words(amount)
    )
    advance(dispute, Act.PERFORM, by=by, event=event, rows=[performance])
    return performance


@transaction.atomic
def confirm_performance(performance: Performance, *, by: Any, seen: int | None = None) -> Performance:
    """The creditor, or staff who have looked into it, confirm what somebody else said was done. Now it counts."""
    dispute, performance = _locked_claim(performance, by, seen)
    obligation = _open(performance.obligation)
    _refuse_own_word(performance, obligation, by)
    _amount(obligation, balance_of(obligation), performance.amount_fen, is_claim=False)
    performance.standing, performance.confirmed_at = Recognition.COUNTED, timezone.now()
    performance.confirmed_by_creditor = _is(by, obligation.creditor_id)
    performance.save()
    return _count(dispute, performance, by=by)


@transaction.atomic
def deny_performance(performance: Performance, *, reason: str, by: Any, seen: int | None = None) -> Performance:
    """The creditor, or staff who have looked into it, say that it was not done. It stays on the record."""
    dispute, performance = _locked_claim(performance, by, seen)
    if not reason.strip():
        raise Refused(_("请写明为什么不认可，例如“没有收到”。"))
    _refuse_own_word(performance, performance.obligation, by)
    performance.standing = Recognition.DENIED
    performance.save()
    event = PerformanceDenied(performance_id=performance.pk, n=performance.obligation.n, remark=reason.strip())
    advance(dispute, Act.PERFORM, by=by, event=event, rows=[performance])
    return performance


@transaction.atomic
def waive(
    obligation: Obligation, *, reason: str, by: Any, proof: Upload | None = None, seen: int | None = None
) -> Obligation:
    """The creditor lets go of what is still owed; staff record it with the creditor's signed paper (民法典 575)."""
    dispute = Dispute.objects.lock(obligation.dispute_id, seen=seen)
    _allow(dispute, Act.PERFORM, by)
    obligation = _open(obligation)
    if not reason.strip():
        raise Refused(_("请写明为什么免除。"))
    if isinstance(by, PartyActor) and not _is(by, obligation.creditor_id):
        raise Refused(_("只有接受履行的一方可以免除这一项。"))
    if not isinstance(by, PartyActor):
        if proof is None:
            raise Refused(_("请上传接受履行的一方签名的免除说明。"))
        title = _("第 %(n)d 项的免除说明") % {"n": obligation.n}
        add_upload(dispute, proof, kind=PaperKind.PERFORMANCE, title=title, by=by)
    obligation.state = ObligationState.WAIVED
    obligation.save()
    event = ObligationWaived(obligation_id=obligation.pk, n=obligation.n, remark=reason.strip())
    rows = [obligation, *run_to_next(dispute, timezone.now())]
    advance(dispute, Act.PERFORM, by=by, event=event, rows=rows)
    _go_on(dispute)
    return obligation


@transaction.atomic
def fulfil(dispute: Dispute, *, remark: str, by: Any, seen: int | None = None) -> Dispute:
    """Staff confirm that all is done, where nothing with a date was promised. Refused while a duty is open."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.FULFIL, by)
    if left := list(open_obligations(dispute)):
        numbers = "、".join(str(one.n) for one in left)
        raise Refused(_("第 %(numbers)s 项还没有履行记录。请逐项记录，记完自动转为已履行。") % {"numbers": numbers})
    if not remark.strip():
        raise Refused(_("请写明怎么核实都履行了。"))
    return _fulfilled(dispute, by=by, remark=remark.strip())


@transaction.atomic
def breach(obligation: Obligation, *, remark: str, by: Any, seen: int | None = None) -> Obligation:
    """A duty was not met in time: the handler now urges, and tells of enforcement and the court (人民调解法 31, 32)."""
    dispute = Dispute.objects.lock(obligation.dispute_id, seen=seen)
    _allow(dispute, Act.BREACH, by)
    obligation = _open(obligation)
    if not obligation.is_overdue:
        due = obligation.due_on.isoformat()
        raise Refused(_("第 %(n)d 项到 %(due)s 才到期，现在不能认定未履行。") % {"n": obligation.n, "due": due})
    if not remark.strip():
        raise Refused(_("请写明查明的原因。"))
    obligation.state = ObligationState.BREACHED
    obligation.save()
    event = Breached(obligation_id=obligation.pk, n=obligation.n, remark=remark.strip())
    advance(dispute, Act.BREACH, by=by, event=event, rows=[obligation])
    return obligation


@transaction.atomic
def make_good(
    dispute: Dispute, *, remark: str, by: Any, promised: date | None = None, seen: int | None = None
) -> Dispute:
    """Performing goes on: what was breached is owed again. `promised` is the last day the debtor has now promised."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.MAKE_GOOD, by)
    if not remark.strip():
        raise Refused(_("请写明怎么恢复履行的。"))
    now = timezone.now()
    if promised and promised < timezone.localdate(now):
        raise Refused(_("答应补做的日期不能在今天以前。"))
    again = list(dispute.obligations.filter(state=ObligationState.BREACHED))
    for obligation in again:
        obligation.state = ObligationState.DUE
        obligation.save()
    words, state = _("当事人答应补做的日期"), State.PERFORMING
    rows = run_to(dispute, promised, words, now, state=state) if promised else run_to_next(dispute, now, state=state)
    event = Moved(act=Act.MAKE_GOOD.value, source=dispute.state, target=state.value, remark=remark.strip())
    return advance(dispute, Act.MAKE_GOOD, by=by, event=event, rows=[*again, *rows])


def _count(dispute: Dispute, performance: Performance, *, by: Any) -> Performance:
    """This performance counts from now on: the duty may be met by it, and all of them with it."""
    obligation = performance.obligation
    balance = balance_of(obligation)
    rows: list[models.Model] = [performance]
    if balance.is_done:
        counted = obligation.performances.filter(standing=Recognition.COUNTED)
        obligation.state, obligation.met_on = ObligationState.MET, max(one.on for one in counted)
        obligation.save()
        rows.append(obligation)
    rows += run_to_next(dispute, timezone.now())
    words = _paid_words(performance.amount_fen)
    if balance.left:
        words += _("还剩 %(left)s 元。") % {"left": yuan(balance.left)}
    event = PerformanceRecorded(
        obligation_id=obligation.pk, n=obligation.n, amount_fen=performance.amount_fen,
        on_time=performance.is_on_time, remark=words,
    )  # fmt: skip
    advance(dispute, Act.PERFORM, by=by, event=event, rows=rows)
    add_receipt(dispute, performance, balance, by=by)
    _go_on(dispute)
    return performance


def _go_on(dispute: Dispute) -> None:
    """What follows from it without anybody's doing: performing has begun, or all is done."""
    if dispute.state in NOT_BEGUN:
        advance(dispute, Act.BEGIN, by=SYSTEM)
    if not open_obligations(dispute).exists():
        _fulfilled(dispute, by=SYSTEM)


def _fulfilled(dispute: Dispute, *, by: Any, remark: str = "") -> Dispute:
    owed = list(dispute.obligations.all())
    late = sum(one.met_on is not None and one.met_on > one.due_on for one in owed)
    window = dispute.clocks.filter(key=WINDOW, stopped_at=None).first()
    rows = clocks.stop(window, timezone.now()) if window else []  # nothing is left for a court to confirm
    event = Fulfilled(obligations=len(owed), late=late, remark=remark)
    return advance(dispute, Act.FULFIL, by=by, event=event, rows=rows)


def _allow(dispute: Dispute, act: Act, by: Any) -> None:
    """Before anything is said or written: may they at all? `advance` asks again."""
    if reason := dispute.why_not(act, by):
        raise Refused(reason)


def _open(obligation: Obligation) -> Obligation:
    obligation = Obligation.objects.select_related("debtor", "creditor").get(pk=obligation.pk)
    if not obligation.is_open:
        words = {"n": obligation.n, "state": obligation.get_state_display()}
        raise Refused(_("第 %(n)d 项%(state)s，不用再记了。") % words)
    return obligation


def _locked_claim(performance: Performance, by: Any, seen: int | None) -> tuple[Dispute, Performance]:
    dispute = Dispute.objects.lock(performance.obligation.dispute_id, seen=seen)
    _allow(dispute, Act.PERFORM, by)
    performance = Performance.objects.select_related("obligation__debtor", "obligation__creditor").get(
        pk=performance.pk
    )
    if performance.standing != Recognition.CLAIMED:
        raise Refused(_("这一笔%(standing)s，不用再核对。") % {"standing": performance.get_standing_display()})
    return dispute, performance


def _is(by: Any, party_id: int | None) -> bool:
    return isinstance(by, PartyActor) and by.party.pk == party_id


def _refuse_others(obligation: Obligation, by: Any) -> None:
    if isinstance(by, PartyActor) and by.party.pk not in (obligation.debtor_id, obligation.creditor_id):
        raise Refused(_("第 %(n)d 项不是您的事，由履行和接受履行的双方来记。") % {"n": obligation.n})


def _refuse_own_word(performance: Performance, obligation: Obligation, by: Any) -> None:
    """One's own word is confirmed by somebody else: the other side, or another member of staff."""
    if performance.recorder == by.ledger_id:
        raise Refused(_("自己记的一笔要由别人核对：对方当事人，或者另一位工作人员。"))
    if isinstance(by, PartyActor) and not _is(by, obligation.creditor_id):
        raise Refused(_("要由接受履行的一方或者承办单位来核对。"))


def _refuse_date(dispute: Dispute, on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("履行日期不能在今天以后。"))
    agreement = agreed(dispute)
    if agreement and on < agreement.since:
        raise Refused(_("协议 %(day)s 才生效，履行日期不能更早。") % {"day": agreement.since.isoformat()})


def _amount(obligation: Obligation, balance: Balance, amount_fen: int | None, *, is_claim: bool) -> int | None:
    """The amount that can be recorded. A debtor cannot say twice what has not been confirmed once."""
    if balance.owed is None:
        if is_claim and balance.is_claimed:
            raise Refused(_("第 %(n)d 项已经说过履行了，正在等核对。") % {"n": obligation.n})
        return None
    if not amount_fen or amount_fen < 0:
        raise Refused(_("请写明付了多少钱。"))
    room = balance.unclaimed if is_claim else balance.left
    if amount_fen > room and is_claim and balance.claimed:
        words = {"claimed": yuan(balance.claimed), "room": yuan(room)}
        raise Refused(_("有 %(claimed)s 元正在等核对，最多还能记 %(room)s 元。") % words)
    if amount_fen > room:
        raise Refused(
            _("第 %(n)d 项只剩 %(room)s 元没付，不能记得更多。请核对金额。") % {"n": obligation.n, "room": yuan(room)}
        )
    return amount_fen


def _paid_words(amount_fen: int | None) -> str:
    return _("付了 %(amount)s 元。") % {"amount": yuan(amount_fen)} if amount_fen else ""
