"""From the first payment to the archive, and what accompanies the whole life: papers, looks, limits."""

from dataclasses import field

from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act, Hat, State
from fengqiao.disputes.ratings import Contact, Rating
from fengqiao.ledger.kinds import Event, entry

SAID = {"how": Contact, "rating": Rating}


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


@entry("data.taken", _("{by} 取走了{what}，理由：{reason}"), icon="download")
class OwnDataTaken(Event):
    """Somebody was given all that is kept of them, in clear. Kept in the same chain as the looks."""

    party_id: int
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
    to: list[str] = field(default_factory=list)  # disputes.warning_steps.Told; older entries name nobody


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
    to: list[str] = field(default_factory=list)


@entry(
    "clock.still_missed",
    _("还没有办完：{state}应在 {due} 前办完，已经过了 {hours} 小时，轮到{turn}。"),
    icon="alert-triangle",
    shows={"state": State, "turn": Hat},
)
class LimitStillMissed(Event):
    clock_id: int
    state: str
    turn: str
    due: str
    to: list[str]
    hours: int


@entry(
    "clock.recounted",
    _("{state}的期限重算：{old} 改为 {new}（{ordered_by}：{reason}）。"),
    icon="calendar-time",
    shows={"state": State},
)
class LimitRecounted(Event):
    """A year's holidays were entered, or a limit was changed also for those that run."""

    clock_id: int
    state: str
    old: str
    new: str
    ordered_by: str
    reason: str


@entry(
    "clock.settled",
    _("{state}的期限 {due} 定下来了，没有变（{ordered_by}：{reason}）。"),
    icon="calendar-check",
    shows={"state": State},
)
class LimitSettled(Event):
    """The same, and it comes out as it was: it is provisional no more, or stands on another ground."""

    clock_id: int
    state: str
    due: str
    ordered_by: str
    reason: str
