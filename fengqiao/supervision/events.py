"""What supervision writes: into a dispute's own chain, a body's, or that of an incident (`incident`) or a lapse (`lapse`).

`body_id` and `user_ids` name whom the entry is for, so that they can be told.
"""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .models import Answer, Conclusion, LapseKind, OrderKind


@entry(
    "order.given", _("{by} 向{body}{order_kind}，{due} 前答复：{words}"), icon="gavel", shows={"order_kind": OrderKind}
)
class OrderGiven(Event):
    order_id: int
    order_kind: str
    body: str
    body_id: int
    due: str
    words: str


@entry("order.received", _("{by} 代表{body}签收了{order_kind}。"), icon="checks", shows={"order_kind": OrderKind})
class OrderReceived(Event):
    order_id: int
    order_kind: str
    body: str


@entry("order.answered", _("{by} 答复了{order_kind}：{words}"), icon="message-reply", shows={"order_kind": OrderKind})
class OrderAnswered(Event):
    order_id: int
    answer_id: int
    order_kind: str
    body_id: int
    user_ids: list[int]
    words: str


@entry(
    "order.accepted",
    _("{by} 认可了对{order_kind}的答复。{words}"),
    icon="circle-check",
    shows={"order_kind": OrderKind},
)
class OrderAccepted(Event):
    order_id: int
    order_kind: str
    body_id: int
    words: str


@entry(
    "order.sent_back", _("{by} 退回了对{order_kind}的答复，{due} 前重办：{words}"), icon="arrow-back-up",
    shows={"order_kind": OrderKind},
)  # fmt: skip
class OrderSentBack(Event):
    order_id: int
    order_kind: str
    body_id: int
    due: str
    words: str


@entry("order.withdrawn", _("{by} 撤销了{order_kind}：{words}"), icon="ban", shows={"order_kind": OrderKind})
class OrderWithdrawn(Event):
    order_id: int
    order_kind: str
    body_id: int
    words: str


@entry("leader.taken", _("{leader}包案，{body}负责，{target} 前办结：{words}（{by} 登记）"), icon="user-star")
class LeaderTook(Event):
    case_id: int
    leader: str
    user_ids: list[int]
    body: str
    body_id: int
    target: str
    words: str


@entry("leader.progress", _("{by} 记包案进展：{words}"), icon="notes")
class LeaderProgress(Event):
    case_id: int
    user_ids: list[int]
    words: str


@entry("leader.released", _("{leader}不再包案（{by} 登记）：{words}"), icon="user-minus")
class LeaderReleased(Event):
    case_id: int
    leader: str
    body_id: int
    words: str


@entry("conference.called", _("{by} 召集会商，{at}，{place}：{topic}"), icon="users-group")
class ConferenceCalled(Event):
    conference_id: int
    at: str
    place: str
    topic: str


@entry("conference.invited", _("{by} 邀请{who}参加会商（{seat}）。"), icon="mail")
class ConferenceInvited(Event):
    conference_id: int
    seat_id: int
    seat: str
    who: str
    body_id: int
    user_ids: list[int]


@entry(
    "conference.answered", _("{who}（{seat}）答复会商邀请：{answer}。{words}"), icon="message", shows={"answer": Answer}
)
class ConferenceAnswered(Event):
    conference_id: int
    seat_id: int
    seat: str
    who: str
    answer: str
    words: str
    user_ids: list[int]


@entry("conference.held", _("会商开过了，{present} 方到会，定下 {tasks} 件事。{by} 记录。"), icon="users-group")
class ConferenceHeld(Event):
    conference_id: int
    present: int
    tasks: int


@entry("conference.cancelled", _("{by} 取消了会商：{words}"), icon="calendar-x")
class ConferenceCancelled(Event):
    conference_id: int
    user_ids: list[int]
    words: str


@entry("conference.task", _("会商交给{body}：{words}，{due} 前。"), icon="list-check")
class TaskSet(Event):
    conference_id: int
    task_id: int
    body: str
    body_id: int
    due: str
    words: str


@entry("conference.task_answered", _("{by} 说会商交办的第 {n} 件事办了：{words}"), icon="message-reply")
class TaskAnswered(Event):
    conference_id: int
    task_id: int
    n: int
    user_ids: list[int]
    words: str


@entry("conference.task_closed", _("{by} 认可会商交办的第 {n} 件事办完了。"), icon="circle-check")
class TaskClosed(Event):
    conference_id: int
    task_id: int
    n: int


@entry("conference.task_returned", _("{by} 认为会商交办的第 {n} 件事还没办完：{words}"), icon="arrow-back-up")
class TaskReturned(Event):
    conference_id: int
    task_id: int
    n: int
    body_id: int
    words: str


@entry("conference.let_go", _("会商已经和 {people} 人无关，他们不再看得到这件事。"), icon="eye-off")
class LetGo(Event):
    people: int


@entry("incident.of_dispute", _("{by} 把这件事报为重大事项：{title}"), icon="urgent")
class IncidentOfDispute(Event):
    incident_id: int
    title: str


@entry("incident.reported", _("{by} 代表{body}报告：{title}，{place}，{people} 人。"), icon="urgent")
class IncidentReported(Event):
    report_id: int
    title: str
    place: str
    people: int
    body: str


@entry("incident.followed_up", _("{by} 续报（第 {n} 报），{people} 人。"), icon="notes")
class IncidentFollowedUp(Event):
    report_id: int
    n: int
    people: int


@entry("incident.sent", _("第 {n} 报报给{to}（{by}）。{how}"), icon="send")
class IncidentSent(Event):
    receipt_id: int
    n: int
    to: str
    how: str
    body_id: int
    dispute_id: int | None


@entry("incident.received", _("{by} 代表{body}签收第 {n} 报。"), icon="checks")
class IncidentReceived(Event):
    receipt_id: int
    n: int
    body: str


@entry("incident.plan_started", _("{by} 启动{plan}，共 {steps} 项。"), icon="player-play")
class PlanStarted(Event):
    plan: str
    steps: int


@entry("incident.plan_ticked", _("{by} 完成第 {n} 项：{words}"), icon="square-check")
class PlanTicked(Event):
    tick_id: int
    n: int
    words: str


@entry("incident.over", _("{by} 报告事情已经平息。"), icon="circle-check")
class IncidentOver(Event):
    report_id: int


@entry(
    "body.day_cleared",
    _("{by} 签了 {day} 的日清：共 {lines} 件，清了 {cleared} 件，留下 {left} 件。"),
    icon="signature",
)
class DayCleared(Event):
    """In the body's chain."""

    clearing_id: int
    day: str
    lines: int
    cleared: int
    left: int


@entry(
    "review.concluded", _("{by} 研判（{month}）：{conclusion}。{words}"), icon="bulb", shows={"conclusion": Conclusion}
)
class Reviewed(Event):
    review_id: int
    month: str
    conclusion: str
    words: str


@entry(
    "lapse.found", _("按规则发现，待核实：{body}，{lapse_kind}。{ground}"), icon="flag", shows={"lapse_kind": LapseKind}
)
class LapseFound(Event):
    dispute_id: int
    body: str
    lapse_kind: str
    ground: str


@entry("lapse.confirmed", _("{by} 核实属实：{words}"), icon="flag")
class LapseConfirmed(Event):
    words: str


@entry("lapse.dismissed", _("{by} 认为不属实：{words}"), icon="flag-off")
class LapseDismissed(Event):
    words: str
