"""Everything that can happen to a dispute, in the order of its life. Read this file top to bottom: it is the story.

Events carry ids, counts and codes. Names appear masked; free text stands in the rows that an event points at.
"""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .lifecycle import Act, Hat, State
from .ratings import Contact, Rating

MOVE = {"act": Act, "source": State, "target": State}
SAID = {"how": Contact, "rating": Rating}


@entry("dispute.registered", _("{by} 登记了这件事，{body}是首接单位。"), icon="writing")
class Registered(Event):
    channel: str
    body: str
    body_id: int
    parties: int


@entry("dispute.visited", _("{by} 接待来访：1 批次、{persons} 人次。"), icon="users")
class Visited(Event):
    visit_id: int
    persons: int


@entry("party.consented", _("{party}看过《个人信息处理告知》（{version}），同意登记。"), icon="shield-check")
class ConsentGiven(Event):
    consent_id: int
    party: str
    version: str


@entry("dispute.graded", _("{by} 定为：{category}，{difficulty}。{remark}"), icon="tag")
class Graded(Event):
    category: str
    difficulty: str
    risk: str
    remark: str = ""


@entry("dispute.dispatched", _("{by} 分派给{body}。{remark}"), icon="arrow-right")
class Dispatched(Event):
    body: str
    body_id: int
    remark: str = ""


@entry("dispute.accepted", _("{by} 代表{body}受理。"), icon="check")
class Accepted(Event):
    body: str
    body_id: int


@entry("dispute.returned", _("{by} 退回给{body}：{remark}"), icon="arrow-back-up")
class Returned(Event):
    body: str
    body_id: int
    remark: str


@entry("dispute.rejected", _("{by} 决定不予受理：{reason}。已告知：{remedies}。"), icon="circle-x")
class Rejected(Event):
    rejection_id: int
    reason: str
    remedies: str


@entry("dispute.escalated", _("{by} 上报{body}：{remark}"), icon="arrow-up")
class Escalated(Event):
    body: str
    body_id: int
    remark: str


@entry("dispute.referred_down", _("{by} 下派给{body}：{remark}"), icon="arrow-down")
class ReferredDown(Event):
    body: str
    body_id: int
    remark: str


@entry("dispute.transferred", _("{by} 转给{body}办：{remark}"), icon="arrow-right")
class Transferred(Event):
    body: str
    body_id: int
    remark: str


@entry("dispute.called_in", _("{by} 呼叫{body}协办：{remark}"), icon="speakerphone")
class CalledIn(Event):
    body: str
    body_id: int
    remark: str


@entry("dispute.merged", _("{by} 把这件并入 {into}：{remark}"), icon="git-merge")
class Merged(Event):
    into: str
    into_id: int
    remark: str


@entry("dispute.joined", _("{by} 把 {number} 并了进来。"), icon="git-merge")
class Joined(Event):
    number: str
    dispute_id: int


@entry("dispute.handed_over", _("{by} 移送{to}：{remark}"), icon="arrow-forward-up")
class HandedOver(Event):
    hand_over_id: int
    to: str
    remark: str


@entry("dispute.reminded", _("{by} 催办：{remark}"), icon="bell-ringing")
class Reminded(Event):
    remark: str


@entry("dispute.moved", _("{by} {act}。{remark}"), icon="point", shows=MOVE)
class Moved(Event):
    """A step with nothing to tell but itself."""

    act: str
    source: str
    target: str
    remark: str = ""


@entry("party.added", _("{by} 加了一位{role}。"), icon="user-plus")
class PartyAdded(Event):
    party_id: int
    role: str


@entry("party.corrected", _("{by} 更正了当事人信息（{fields}）。"), icon="pencil")
class PartyCorrected(Event):
    party_id: int
    fields: str


@entry("party.willing", _("{party}{answer}（{by} 记录）。{remark}"), icon="message")
class WillingnessGiven(Event):
    party_id: int
    party: str
    answer: str
    remark: str = ""


@entry("pass.issued", _("{by} 给{party}发了新的查询码，旧码作废。"), icon="qrcode")
class PassIssued(Event):
    party_id: int
    party: str


@entry("mediation.assigned", _("{by} 指定{mediator}调解。回避核对：{recusal}"), icon="user-check")
class Assigned(Event):
    mediator: str
    mediator_id: int
    recusal: str


@entry("mediation.informed", _("{by} 告知了人民调解的性质、原则和当事人的权利义务。"), icon="scale")
class RightsTold(Event):
    notice_id: int
    parties: int


@entry("mediation.scheduled", _("{by} 约定 {at} 在{place}调解（第 {n} 次）。"), icon="calendar-time")
class SessionScheduled(Event):
    session_id: int
    n: int
    at: str
    place: str


@entry("mediation.cancelled", _("{by} 取消了第 {n} 次调解：{remark}"), icon="calendar-x")
class SessionCancelled(Event):
    session_id: int
    n: int
    remark: str


@entry("mediation.held", _("第 {n} 次调解，{present} 人到场，{minutes} 分钟。{outcome}"), icon="users")
class SessionHeld(Event):
    session_id: int
    n: int
    present: int
    minutes: int
    outcome: str


@entry("mediation.corrected", _("{by} 更正第 {n} 次的调解记录，这是第 {version} 版：{remark}"), icon="pencil")
class MinutesCorrected(Event):
    minutes_id: int
    n: int
    version: int
    remark: str


@entry("mediation.suspended", _("{by} 中止调解，等{reason}。期限从这一天起停走。"), icon="player-pause")
class Suspended(Event):
    reason: str


@entry("mediation.resumed", _("{by} 恢复调解，停了 {days} 天不算在期限里。"), icon="player-play")
class Resumed(Event):
    days: int


@entry("mediation.extended", _("经双方同意，调解延长 {days} 天，到 {until}。理由：{remark}"), icon="clock-plus")
class Extended(Event):
    days: int
    until: str
    remark: str


@entry("mediation.failed", _("{by} 终止调解：{reason}。已告知：{remedies}。"), icon="hand-stop")
class MediationFailed(Event):
    termination_id: int
    reason: str
    remedies: str


@entry("mediation.withdrawn", _("{by} 撤回：{remark}"), icon="logout")
class Withdrawn(Event):
    party_id: int
    remark: str


@entry("agreement.drafted", _("{by} 拟了协议第 {draft} 稿，共 {clauses} 条。"), icon="file-text")
class AgreementDrafted(Event):
    agreement_id: int
    draft: int
    clauses: int


@entry("agreement.circulated", _("{by} 把协议第 {draft} 稿发给双方看。"), icon="send")
class AgreementCirculated(Event):
    agreement_id: int
    draft: int


@entry("agreement.link", _("{by} 给{party}发了签名链接，{days} 天内有效。"), icon="link")
class SigningLinkMade(Event):
    agreement_id: int
    link_id: int
    party_id: int
    party: str
    days: int


@entry("agreement.reminded", _("{by} 提醒{party}签名。"), icon="bell-ringing")
class SigningReminded(Event):
    agreement_id: int
    party_id: int
    party: str


@entry("agreement.revised", _("{by} 收回协议第 {draft} 稿再改。{remark}"), icon="pencil")
class AgreementRevised(Event):
    agreement_id: int
    draft: int
    remark: str = ""


@entry("agreement.signed", _("{signer}签了协议（{how}），已签 {signed}／{needed}。"), icon="writing-sign")
class AgreementSigned(Event):
    agreement_id: int
    signature_id: int
    signer: str
    how: str
    signed: int
    needed: int


@entry("agreement.refused", _("{signer}不同意签：{remark}"), icon="writing-sign-off")
class SigningRefused(Event):
    agreement_id: int
    signer: str
    remark: str


@entry(
    "agreement.concluded",
    _("当事人、调解员都已签名，加盖{body}印章，协议 {number} 生效。"),
    icon="rosette-discount-check",
)
class AgreementConcluded(Event):
    agreement_id: int
    number: str
    body: str
    obligations: int


@entry("agreement.oral", _("{by} 登记口头协议 {number}，即日生效。"), icon="message-circle")
class OralAgreementMade(Event):
    agreement_id: int
    number: str
    obligations: int


@entry(
    "agreement.running",
    _("履行期限开始走，最近一项到 {due}。双方可以共同申请司法确认，到 {window} 止。"),
    icon="calendar-time",
)
class TermsRunning(Event):
    agreement_id: int
    due: str
    window: str


@entry("agreement.voided", _("编号 {number} 作废：{remark}"), icon="ban")
class NumberVoided(Event):
    number: str
    remark: str


@entry("fulfilment.claimed", _("{by} 说第 {n} 项履行了，等核对。{remark}"), icon="receipt")
class PerformanceClaimed(Event):
    performance_id: int
    n: int
    amount_fen: int | None
    remark: str = ""


@entry("fulfilment.denied", _("{by} 不认可第 {n} 项的这次履行：{remark}"), icon="receipt-off")
class PerformanceDenied(Event):
    performance_id: int
    n: int
    remark: str


@entry("template.loaded", _("{by} 载入协议模板“{name}”第 {version} 版。"), icon="template")
class TemplateLoaded(Event):
    """In the template's own chain, subject `template`."""

    name: str
    version: int


@entry("fulfilment.recorded", _("{by} 记录第 {n} 项的履行。{remark}"), icon="receipt")
class PerformanceRecorded(Event):
    obligation_id: int
    n: int
    amount_fen: int | None
    on_time: bool
    remark: str = ""


@entry("fulfilment.waived", _("第 {n} 项由接受人免除（{by} 记录）：{remark}"), icon="receipt-refund")
class ObligationWaived(Event):
    obligation_id: int
    n: int
    remark: str


@entry("fulfilment.missed", _("第 {n} 项到期（{due}）没有履行记录。"), icon="alert-triangle")
class ObligationMissed(Event):
    obligation_id: int
    n: int
    due: str


@entry("fulfilment.fulfilled", _("协议各项都已履行。{remark}"), icon="circle-check")
class Fulfilled(Event):
    obligations: int
    late: int
    remark: str = ""


@entry("fulfilment.breached", _("{by} 认定第 {n} 项未按约履行。{remark}"), icon="alert-triangle")
class Breached(Event):
    obligation_id: int
    n: int
    remark: str


@entry("justice.recorded", _("{by} 记录：{act}。{court} {number} {remark}"), icon="gavel", shows={"act": Act})
class CourtStepRecorded(Event):
    act: str
    court: str
    number: str
    on: str
    remark: str = ""


@entry("callback.closed", _("{by} 办结：{outcome}。{remark}"), icon="circle-check", shows={"outcome": State})
class Closed(Event):
    outcome: str
    remark: str = ""


@entry("callback.made", _("{by} 回访{party}（{how}）：{rating}。"), icon="phone", shows=SAID)
class CalledBack(Event):
    callback_id: int
    party_id: int | None
    party: str
    how: str
    rating: str


@entry("callback.rated", _("{by} 评价：{rating}。"), icon="mood-smile", shows={"rating": Rating})
class Rated(Event):
    callback_id: int
    party_id: int
    rating: str


@entry("callback.contested", _("{by} 对办理结果提出异议。"), icon="message-report")
class Contested(Event):
    contest_id: int


@entry("callback.answered", _("{by} 答复了{party}的异议。"), icon="message-check")
class ContestAnswered(Event):
    contest_id: int
    party: str


@entry("callback.reopened", _("{by} 重新办理：{remark}"), icon="rotate")
class Reopened(Event):
    remark: str
    answers: int  # the entry of the closing that it undoes


@entry("callback.archived", _("{by} 归档：卷宗 {number}，{papers} 份文书，保管 {years}。"), icon="archive")
class Archived(Event):
    archive_id: int
    number: str
    papers: int
    years: str


@entry("paper.added", _("{by} 加了{what}（{pages}）。"), icon="paperclip")
class PaperAdded(Event):
    paper_id: int
    what: str
    pages: str
    sha256: str


@entry("access.looked", _("{by} 查看了{what}，理由：{reason}"), icon="eye")
class Looked(Event):
    """Kept in the dispute's own chain of looks, subject `look`, not in its story."""

    party_id: int | None
    what: str
    reason: str


@entry(
    "clock.warned",
    _("快到期了：{state}应在 {due} 前办完，轮到{turn}。"),
    icon="hourglass",
    shows={"state": State, "turn": Hat},
)
class LimitWarned(Event):
    clock_id: int
    state: str
    turn: str
    due: str


@entry(
    "clock.missed",
    _("超期：{state}应在 {due} 前办完，轮到{turn}。"),
    icon="alert-triangle",
    shows={"state": State, "turn": Hat},
)
class LimitMissed(Event):
    clock_id: int
    state: str
    turn: str
    due: str
