"""An agreement takes effect: number, seal, final paper, obligations, clocks. All in the transaction of what concludes it."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.agreements.content import Term, read
from fengqiao.agreements.models import Agreement, Status
from fengqiao.agreements.sheet import chinese, for_press
from fengqiao.disputes import clocks
from fengqiao.disputes.commands import advance, note
from fengqiao.disputes.events import AgreementConcluded, Fulfilled, TermsRunning
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Obligation, last_day_of
from fengqiao.kernel.errors import Refused
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import SYSTEM

from .numbers import WINDOW, WRITTEN, shut_window, take_number


def conclude(dispute: Dispute, agreement: Agreement, *, at: datetime) -> None:
    """The last signature is there: the committee's seal follows by itself. 人民调解法 29, 31, 33. The caller holds the dispute."""
    agreement.status, agreement.effective_at = Status.IN_FORCE, at
    agreement.number = take_number(agreement, WRITTEN, at=at)
    agreement.paper = add_typeset(
        dispute, "agreement", for_press(agreement), kind=PaperKind.AGREEMENT,
        title=_("人民调解协议书"), number=agreement.number, by=SYSTEM,
    )  # fmt: skip
    agreement.save()
    obligations = make_obligations(dispute, agreement)
    event = AgreementConcluded(
        agreement_id=agreement.pk, number=agreement.number, body=agreement.committee.name, obligations=len(obligations)
    )
    advance(dispute, Act.CONCLUDE, by=SYSTEM, event=event, rows=[agreement, *obligations])
    set_running(dispute, agreement, obligations)


def make_obligations(dispute: Dispute, agreement: Agreement) -> list[Obligation]:
    """One obligation a term, as the core keeps them."""
    return [_obligation(dispute, agreement, n, term) for n, term in enumerate(read(agreement).terms, 1)]


def set_running(dispute: Dispute, agreement: Agreement, obligations: list[Obligation]) -> None:
    """Start what runs from now on; with nothing to perform the dispute is performed at once."""
    if not obligations:
        advance(dispute, Act.FULFIL, by=SYSTEM, event=Fulfilled(obligations=0, late=0))
        return
    now, first = agreement.effective_at or timezone.now(), min(obligations, key=lambda one: (one.due_on, one.n))
    basis = _("协议第 %(n)d 项：%(day)s前履行。") % {"n": first.n, "day": chinese(first.due_on)}
    rows: list[models.Model] = clocks.run_until(dispute, "perform", end_of(first.due_on), basis, now)
    rows += shut_window(dispute, now)
    window = clocks.start(dispute, WINDOW, now, is_main=False)
    dispute.save(update_fields=["due_at"])
    event = TermsRunning(
        agreement_id=agreement.pk, due=first.due_on.isoformat(), window=last_day_of(window.due_at).isoformat()
    )
    note(dispute, event, by=SYSTEM, rows=[dispute, window, *rows])


def end_of(day: date) -> datetime:
    """The midnight after that day, which is where a limit in days ends."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time(0)))


def _obligation(dispute: Dispute, agreement: Agreement, n: int, term: Term) -> Obligation:
    if term.debtor is None or term.due_on is None:
        raise Refused(_("第 %(n)d 项没写谁来做、到哪一天，请收回补上。") % {"n": n})
    return Obligation.objects.create(
        dispute=dispute, source=agreement.source, n=n, debtor=term.debtor, creditor=term.creditor,
        what=term.what, amount_fen=term.amount_fen, due_on=term.due_on, method=_method(term.method, term.account),
    )  # fmt: skip


def _method(method: str, account: str) -> str:
    """银行转账（尾号 4567）: the account in full stays with the agreement."""
    digits = "".join(letter for letter in account if letter.isdigit())
    return _("%(method)s（尾号 %(tail)s）") % {"method": method, "tail": digits[-4:]} if len(digits) > 4 else method
