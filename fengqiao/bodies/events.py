"""What the ledger holds about a body and the windows of its hall, in the body's chain (subject `body`)."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import BodyKind, Post, WindowKind


@entry("body.proposed", _("{by} 申请设立{name}（{body_kind}）。"), icon="plus", shows={"body_kind": BodyKind})
class BodyProposed(Event):
    name: str
    body_kind: str


@entry("body.went_live", _("{by} 审核通过，{name}开始运行。{reason}"), icon="check")
class BodyWentLive(Event):
    name: str
    reason: str


@entry("body.sent_back", _("{by} 退回了{name}的申请：{reason}"), icon="arrow-back-up")
class BodySentBack(Event):
    name: str
    reason: str


@entry("body.corrected", _("{by} 修改了{name}的登记：{what}。{reason}"), icon="pencil")
class BodyCorrected(Event):
    name: str
    what: str
    changes: dict[str, list[str]]  # column -> before, after
    reason: str


@entry("body.suspended", _("{by} 暂停了{name}：{reason}"), icon="player-pause")
class BodySuspended(Event):
    name: str
    reason: str


@entry("body.resumed", _("{by} 恢复了{name}：{reason}"), icon="player-play")
class BodyResumed(Event):
    name: str
    reason: str


@entry("body.ended", _("{by} 撤销了{name}，由{successors}承接：{reason}"), icon="ban")
class BodyEnded(Event):
    name: str
    successors: str
    reason: str


@entry("body.seated", _("{by} 登记 {member} 为{name}的{post}。"), icon="user-plus", shows={"post": Post})
class MemberSeated(Event):
    name: str
    member: str
    post: str


@entry("body.unseated", _("{by} 登记 {member} 不再是{name}的委员：{reason}"), icon="user-minus")
class MemberUnseated(Event):
    name: str
    member: str
    reason: str


@entry("window.set_up", _("{by} 新设窗口 {window}（{window_kind}）。"), icon="plus", shows={"window_kind": WindowKind})
class WindowSetUp(Event):
    window_id: int
    window: str
    window_kind: str
    subjects: list[str]


@entry("window.corrected", _("{by} 修改了窗口 {window}：{what}。{reason}"), icon="pencil")
class WindowCorrected(Event):
    window_id: int
    window: str
    what: str
    reason: str


@entry("window.retired", _("{by} 停用了窗口 {window}：{reason}"), icon="ban")
class WindowRetired(Event):
    window_id: int
    window: str
    reason: str


@entry("window.restored", _("{by} 恢复了窗口 {window}。"), icon="arrow-back-up")
class WindowRestored(Event):
    window_id: int
    window: str


@entry("window.opened", _("{by} 开了窗口 {window}。"), icon="door-enter")
class WindowOpened(Event):
    window_id: int
    window: str


@entry("window.closed", _("{by} 关了窗口 {window}：{reason}"), icon="door-exit")
class WindowClosed(Event):
    window_id: int
    window: str
    reason: str


@entry("window.assigned", _("{by} 调整窗口 {window}：办 {what}，办 {serves} 的事。{reason}"), icon="arrows-exchange")
class WindowAssigned(Event):
    window_id: int
    window: str
    what: str
    serves: str
    reason: str
