"""From the door to the body that takes it on: registered, seen, sent, joined, followed."""

from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act, State
from fengqiao.ledger.kinds import Event, entry

MOVE = {"act": Act, "source": State, "target": State}


@entry("dispute.registered", _("{by} 登记了这件事，{body}是首接单位。"), icon="writing")
class Registered(Event):
    channel: str
    body: str
    body_id: int
    parties: int
    level: str = ""  # the code of the difficulty, where the entry is not older


@entry("dispute.visited", _("{by} 接待来访：1 批次、{persons} 人次。"), icon="users")
class Visited(Event):
    visit_id: int
    persons: int


@entry("dispute.untied", _("{by} 撤销了一条关联：{what}。"), icon="unlink")
class Untied(Event):
    tie_id: int
    what: str


@entry("dispute.tied", _("{by} 记下与以前的一件：{what}。"), icon="link")
class Tied(Event):
    tie_id: int
    what: str


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
    level: str = ""  # the code of the difficulty; older entries have only its words
    proposed: str = ""  # the code that the thresholds proposed; empty: none
    version: int = 0  # of the thresholds


@entry("dispute.dispatched", _("{by} 分派给{body}。{remark}"), icon="arrow-right")
class Dispatched(Event):
    body: str
    body_id: int
    remark: str = ""


@entry("dispute.accepted", _("{by} 代表{body}受理。"), icon="check")
class Accepted(Event):
    body: str
    body_id: int


@entry("dispute.returned", _("{by} 退回给{body}：{remark}{cites}"), icon="arrow-back-up")
class Returned(Event):
    body: str
    body_id: int
    remark: str
    cites: str = ""  # the line of the duty list, or the rule, that is wrong about it


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


@entry("dispute.call_answered", _("{body}回应呼叫：{answer}（{by}）。{remark}"), icon="message-reply")
class CallAnswered(Event):
    body: str
    body_id: int
    comes: bool
    answer: str
    remark: str = ""


@entry("dispute.restricted", _("{by} 设为限知，只有{people}看得到：{remark}"), icon="lock")
class Restricted(Event):
    people: str
    remark: str


@entry("dispute.named", _("{by} 改了知悉名单。加上：{added}；去掉：{removed}。{remark}"), icon="user-shield")
class NamesChanged(Event):
    added: str
    removed: str
    remark: str = ""


@entry("dispute.unrestricted", _("{by} 解除限知：{remark}"), icon="lock-open")
class Unrestricted(Event):
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


@entry("party.correction_asked", _("{party}要求更正关于自己的信息。"), icon="user-edit")
class CorrectionAsked(Event):
    correction_id: int
    party: str


@entry("party.correction_answered", _("{by} 答复了{party}的更正要求。"), icon="message-check")
class CorrectionAnswered(Event):
    correction_id: int
    party: str


@entry("party.willing", _("{party}{answer}（{by} 记录）。{remark}"), icon="message")
class WillingnessGiven(Event):
    party_id: int
    party: str
    answer: str
    remark: str = ""


@entry("pass.issued", _("{by} 给{party}发了查询码和密码，以前发过的作废。"), icon="qrcode")
class PassIssued(Event):
    party_id: int
    party: str
