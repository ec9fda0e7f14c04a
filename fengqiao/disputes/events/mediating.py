"""From the mediator to the agreement: assigned, told, held, written, signed, in force."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry


@entry("mediation.assigned", _("{by} 指定{mediator}调解。回避核对：{recusal}"), icon="user-check")
class Assigned(Event):
    mediator: str
    mediator_id: int
    recusal: str


@entry("mediation.picked", _("{by} 点选了调解员：{names}。"), icon="hand-click")
class MediatorsPicked(Event):
    party_id: int
    names: str
    entries: list[int]


@entry("mediation.pick_answered", _("{by} 对点选的{name}说：{answer}。{remark}"), icon="message")
class PickAnswered(Event):
    wish_id: int
    name: str
    answer: str
    remark: str


@entry("mediation.wishes_settled", _("点选已经答复：安排了{granted}。没有安排{unmet}：{reason}"), icon="message")
class WishesSettled(Event):
    """Only where somebody's wish was not granted as it stood: the reason is for them to read."""

    granted: str
    unmet: str
    reason: str


@entry("mediation.expert_invited", _("{by} 邀请{name}参加：{purpose}。核对：{verdict}"), icon="user-plus")
class ExpertInvited(Event):
    invitation_id: int
    name: str
    purpose: str
    verdict: str


@entry("mediation.expert_answered", _("{name}{answer}（{by} 记录）。{remark}"), icon="message")
class ExpertAnswered(Event):
    invitation_id: int
    name: str
    answer: str
    remark: str


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
