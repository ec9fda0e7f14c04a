"""On which tier it stands and who leads there; what the called bodies do: assigned, attended, closed."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry


@entry("tier.entered", _("进入第 {rank} 层“{tier}”，由{lead}牵头。"), icon="stairs")
class TierEntered(Event):
    tier: str
    rank: int
    lead: str
    body_id: int  # that leads now


@entry("tier.raised", _("{by} 升到第 {rank} 层“{tier}”：{remark}。{led}"), icon="stairs-up")
class TierRaised(Event):
    tier: str
    rank: int
    led: str  # a sentence: who leads, and who is asked to
    body_id: int  # that is asked to lead, or leads
    remark: str


@entry("tier.lapsed", _("第 {before} 层的时限到了，自动升到第 {rank} 层“{tier}”。{led}"), icon="stairs-up")
class TierLapsed(Event):
    before: int
    tier: str
    rank: int
    led: str
    body_id: int


@entry("tier.lowered", _("{by} 降到第 {rank} 层“{tier}”：{remark}。{led}"), icon="stairs-down")
class TierLowered(Event):
    tier: str
    rank: int
    led: str
    body_id: int
    remark: str


@entry("tier.led", _("{body}接过牵头（{by}）。"), icon="flag")
class TierLed(Event):
    tier: str
    body: str
    body_id: int


@entry("tier.warned", _("这一层的时限快到了：{due} 前。"), icon="hourglass")
class TierWarned(Event):
    clock_id: int
    state: str
    turn: str
    due: str
    to: list[str]


@entry("tier.missed", _("这一层的时限 {due} 到了。"), icon="hourglass-off")
class TierMissed(Event):
    """The district's next tier follows by a reaction; on the highest one it stays, and those concerned are told."""

    clock_id: int
    state: str
    turn: str
    due: str
    to: list[str]


@entry("joint.assigned", _("{body}的联动任务 {task} 由{person}办（{by}）。"), icon="user-check")
class TaskAssigned(Event):
    task_id: int
    task: str
    body: str
    body_id: int
    person: str
    user_ids: list[int]


@entry("joint.attended", _("{day} {what}：到场{came}；没到{absent}（{by} 记录）。"), icon="users-group")
class Attended(Event):
    what: str
    day: str
    came: str
    absent: str
    body_ids: list[int]  # that came


@entry("joint.closed", _("{body}销号 {task}：{outcome}（{by}）。{remark}"), icon="circle-check")
class TaskClosed(Event):
    task_id: int
    task: str
    body: str
    body_id: int
    done: bool
    outcome: str
    remark: str


@entry("joint.returned", _("{by} 把联动任务 {task} 退回{body}再办：{remark}"), icon="arrow-back-up")
class TaskReturned(Event):
    task_id: int
    task: str
    body: str
    body_id: int
    remark: str


@entry("joint.dropped", _("{by} 撤了{body}的联动任务 {task}：{remark}"), icon="ban")
class TaskDropped(Event):
    task_id: int
    task: str
    body: str
    body_id: int
    remark: str


@entry("joint.late", _("{body}的联动任务 {task} 过了 {due} 还没有销号。"), icon="alert-triangle")
class TaskLate(Event):
    task_id: int
    task: str
    body: str
    body_id: int
    due: str
