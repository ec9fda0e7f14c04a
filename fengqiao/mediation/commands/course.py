"""The course of a mediation: it stands still, goes on, gets more time, fails, or is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes import clocks
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import Extended, MediationFailed, Resumed, Suspended, Withdrawn
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.limits import longest_extension
from fengqiao.disputes.models import Clock, Dispute, Party, PartyRole, last_day_of
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.remedies import in_words
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given, short
from fengqiao.mediation.models import FailReason, How, Termination
from fengqiao.mediation.readiness import named, why_not_take_down_withdrawal
from fengqiao.mediation.sheets import typeset_extension, typeset_termination
from fengqiao.people.models import User

from .opening import call_off, opened, refuse_without_both_sides

NAMED_AT_MOST = 4  # parties in a sentence; more are counted


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Who agreed, and how they said so."""

    parties: Sequence[Party]
    how: How | str

    @property
    def sentence(self) -> str:
        """申请人 沈*兰、被申请人 周*国都同意（电话）"""
        how = How(self.how).label
        if len(self.parties) > NAMED_AT_MOST:
            return _("双方 %(n)d 位当事人都同意（%(how)s）") % {"n": len(self.parties), "how": how}
        return _("%(who)s都同意（%(how)s）") % {"who": named(self.parties), "how": how}


@transaction.atomic
def suspend(dispute: Dispute, *, reason: str, by: User, seen: int | None = None) -> Dispute:
    """Wait for an appraisal or the like; the limit stands still until `resume` (医疗纠纷预防和处理条例 38)."""
    dispute = opened(dispute.pk, Act.SUSPEND, by, seen)
    reason = given(reason, _("请写明在等什么，例如房屋渗漏鉴定。"), longest=200)
    rows = clocks.pause(dispute, timezone.now(), reason)
    return advance(dispute, Act.SUSPEND, by=by, event=Suspended(reason=reason), rows=rows)


@transaction.atomic
def resume(dispute: Dispute, *, by: User, seen: int | None = None) -> Dispute:
    """What was waited for is there; the days that were lost do not count."""
    dispute = opened(dispute.pk, Act.RESUME, by, seen)
    rows, days = clocks.resume(dispute, timezone.now())
    return advance(dispute, Act.RESUME, by=by, event=Resumed(days=days), rows=rows)


@transaction.atomic
def extend(dispute: Dispute, *, days: int, consent: Consent, reason: str, by: User, seen: int | None = None) -> Dispute:
    """More calendar days for the mediation, with everybody's consent, up to the longest that the district allows.

    Source: 人民调解工作若干规定 33; 特邀调解规定 27.
    """
    dispute = opened(dispute.pk, Act.EXTEND, by, seen)
    reason = given(reason, _("请写明为什么要延长。"))
    if consent.how not in How.values:
        raise Refused(_("请选双方是怎样表示同意的。"))
    refuse_without_both_sides(dispute, consent.parties, _("延长要双方都同意。"))
    clock = dispute.main_clock
    _refuse_too_long(clock, days)
    old = last_day_of(clock.due_at)
    rows = clocks.extend(dispute, days, timezone.now(), consent=consent.sentence, reason=reason)
    if dispute.due_at is None or dispute.due_at <= timezone.now():
        raise Refused(_("延长 %(days)d 天还是已经过期，请多延几天。") % {"days": days})
    new = last_day_of(dispute.due_at)
    typeset_extension(dispute, old, new, reason, by=by)
    event = Extended(days=days, until=f"{new}", remark=reason)
    return advance(dispute, Act.EXTEND, by=by, event=event, rows=rows)


@transaction.atomic
def fail(
    dispute: Dispute,
    *,
    reason: FailReason | str,
    remedies: Sequence[str],
    by: User,
    words: str = "",
    seen: int | None = None,
) -> Dispute:
    """End the mediation without an agreement, tell the other ways, and typeset 终止调解通知书 (人民调解法 26).

    `remedies` are codes of Remedy or plain words.
    """
    dispute = opened(dispute.pk, Act.FAIL, by, seen)
    if reason not in FailReason.values:
        raise Refused(_("请选一个终止调解的理由。"))
    if not (told := in_words(remedies)):
        raise Refused(_("终止调解要告诉当事人还可以走哪条路，请至少选一条。"))
    row = Termination(
        dispute=dispute, reason=reason, words=short(words), remedies=[str(one) for one in remedies],
        decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    row.paper = typeset_termination(row, by=by)
    row.save()
    event = MediationFailed(termination_id=row.pk, reason=str(row.get_reason_display()), remedies="；".join(told))
    return advance(dispute, Act.FAIL, by=by, event=event, rows=[row, *call_off(dispute, _("调解已终止"))])


@transaction.atomic
def withdraw(
    dispute: Dispute,
    *,
    reason: str,
    by: PartyActor,
    agreed_by: Sequence[Party] = (),
    recorded_by: User | None = None,
    seen: int | None = None,
) -> Dispute:
    """An applicant takes the request back (人民调解法 23); where there are several, all must want it (`agreed_by`).

    At the desk it is still the party who acts: `recorded_by` is the one who took it down for them.
    """
    dispute = opened(dispute.pk, Act.WITHDRAW, by, seen)
    reason = given(reason, _("请写明为什么撤回。"))
    if by.party.role != PartyRole.APPLICANT:
        raise Refused(_("只有申请人可以撤回。您不愿意调解，可以选“不愿意调解”。"))
    wanted = {by.party.pk, *(party.pk for party in agreed_by)}
    if others := [party for party in dispute.applicants if party.pk not in wanted]:
        raise Refused(_("要申请人都愿意才能撤回，还差%(who)s。请一起到窗口来办。") % {"who": named(others)})
    if recorded_by and (no := why_not_take_down_withdrawal(dispute, recorded_by)):
        raise Refused(no)
    remark = _("%(reason)s（由%(name)s当面代记）") % {"reason": reason, "name": recorded_by} if recorded_by else reason
    event = Withdrawn(party_id=by.party.pk, remark=remark)
    return advance(dispute, Act.WITHDRAW, by=by, event=event, rows=call_off(dispute, _("申请人已撤回")))


def _refuse_too_long(clock: Clock, days: int) -> None:
    if days < 1:
        raise Refused(_("延长的天数至少是 1 天。"))
    longest, used = longest_extension(clock.key), sum(extension.days for extension in clock.extensions.all())
    if used + days > longest:
        words = {"longest": longest, "used": used, "left": max(longest - used, 0)}
        raise Refused(_("一共最多延长 %(longest)d 天，已经延过 %(used)d 天，还可以延 %(left)d 天。") % words)
