"""What fulfilment shows on the page of a dispute: its acts, and the card with every duty, payment and step of the court."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengqiao.disputes.lifecycle import IN_FORCE, Act, State
from fengqiao.disputes.models import Dispute, Obligation, ObligationState
from fengqiao.kernel.money import yuan
from fengqiao.people.models import User
from fengqiao.web.acts import Offer, offer
from fengqiao.web.moments import day

from .balance import Balance, balance_of, open_obligations
from .court import last_day_to_apply
from .models import CourtStep, Performance

ICONS = {
    Act.PERFORM: "receipt", Act.FULFIL: "circle-check", Act.BREACH: "alert-triangle", Act.MAKE_GOOD: "refresh",
    Act.APPLY_CONFIRMATION: "gavel", Act.CONFIRM: "gavel", Act.DISMISS: "gavel", Act.APPLY_ENFORCEMENT: "gavel",
}  # fmt: skip
LATE_ENTRY = 7  # days
HAS_AN_AGREEMENT = {*IN_FORCE, State.BREACHED, State.CONFIRMING, State.ENFORCING}


@dataclass(frozen=True)
class Duty:
    """One obligation as the card shows it."""

    obligation: Obligation
    balance: Balance
    performances: Sequence[Performance]

    @property
    def money(self) -> str:
        """3,600.00／8,600.00 once something was paid."""
        if self.balance.owed is None:
            return ""
        owed = yuan(self.balance.owed)
        return f"{yuan(self.balance.paid)}／{owed}" if self.balance.paid else owed

    @property
    def kind(self) -> str:
        """Which colour: done, late, time, idle."""
        if self.obligation.state == ObligationState.MET:
            return "done"
        if self.obligation.state == ObligationState.WAIVED:
            return "idle"
        return "late" if self.days_late > 0 else "time"

    @property
    def label(self) -> str:
        state = str(self.obligation.get_state_display())
        if self.days_late <= 0 or self.obligation.state == ObligationState.WAIVED:
            return state
        words = {"state": state, "n": self.days_late}
        if self.obligation.state == ObligationState.MET:
            return ngettext("%(state)s，晚 %(n)d 天", "%(state)s，晚 %(n)d 天", self.days_late) % words
        return ngettext("%(state)s，超期 %(n)d 天", "%(state)s，超期 %(n)d 天", self.days_late) % words

    @property
    def days_late(self) -> int:
        until: date = self.obligation.met_on or timezone.localdate()
        return (until - self.obligation.due_on).days


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """The acts of fulfilment in the order of use, possible or not. Parties do theirs on their own pages."""
    if not isinstance(actor, User):
        return []
    first = Act.MAKE_GOOD if dispute.state == State.BREACHED else Act.PERFORM
    made = [
        offer(
            dispute, act, actor, icon=icon, extra=further_reason(dispute, act), hint=_hint(dispute, act),
            primary=act == first and dispute.state in HAS_AN_AGREEMENT,
        )
        for act, icon in ICONS.items()
    ]  # fmt: skip
    waiver = offer(
        dispute, Act.PERFORM, actor, icon="receipt-refund", view_name="waive", label=_("登记免除"),
        extra=further_reason(dispute, Act.PERFORM),
    )  # fmt: skip
    return [*made[:1], waiver, *made[1:]] if waiver.is_possible else made


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of fulfilment/panel.html, or None where there is nothing to say."""
    duties = duties_of(dispute)
    steps: list[CourtStep] = list(dispute.court_steps.select_related("paper"))
    may_confirm = isinstance(actor, User) and dispute.why_not(Act.PERFORM, actor) is None
    window = (
        last_day_to_apply(dispute)
        if dispute.state in (State.AGREED_ORAL, State.AGREED_WRITTEN, State.PERFORMING)
        else None
    )
    if not duties and not steps and window is None:
        return None
    return {
        "dispute": dispute, "duties": duties, "steps": steps, "may_confirm": may_confirm, "window": window,
        "window_open": window is not None and window >= timezone.localdate(),
    }  # fmt: skip


def duties_of(dispute: Dispute) -> list[Duty]:
    """Every obligation with what was done about it, in a constant number of queries."""
    found = dispute.obligations.select_related("debtor", "creditor").prefetch_related("performances__proof")
    return [duty_of(one) for one in found.order_by("source", "n")]


def duty_of(obligation: Obligation) -> Duty:
    return Duty(obligation, balance_of(obligation), list(obligation.performances.all()))


def further_reason(dispute: Dispute, act: Act) -> str | None:
    """Why not, beyond what the lifecycle says."""
    if dispute.state not in HAS_AN_AGREEMENT:
        return None
    left = open_obligations(dispute)
    if act is Act.PERFORM and not left.exists():
        return _("协议里没有约定期限的项目，核实后请用“确认履行完毕”。")
    if act is Act.FULFIL and (open_ones := left.count()):
        return _("还有 %(n)d 项没有履行记录，逐项记完自动转为已履行。") % {"n": open_ones}
    if act is Act.BREACH and not left.filter(state=ObligationState.DUE, due_on__lt=timezone.localdate()).exists():
        return _("没有到期未履行的项目。")
    if act is Act.APPLY_CONFIRMATION and _is_too_late(dispute):
        return _("三十日的申请期已经过了（人民调解法 33）。协议仍然有效，具有合同的约束力。")
    return None


def _hint(dispute: Dispute, act: Act) -> str:
    if act is not Act.APPLY_CONFIRMATION or dispute.state not in HAS_AN_AGREEMENT:
        return ""
    if last := last_day_to_apply(dispute):
        return _("双方共同申请，不收费；%(last)s是最后一天。") % {"last": day(last)}
    return ""


def _is_too_late(dispute: Dispute) -> bool:
    """Recording afterwards what was handed in in time is possible for a week; the command looks at the day itself."""
    last = last_day_to_apply(dispute)
    return last is not None and (timezone.localdate() - last).days > LATE_ENTRY
