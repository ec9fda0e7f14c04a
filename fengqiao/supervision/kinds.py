"""The kinds of things that supervision has pages for, and everything that can be done to each."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fengqiao.people.models import Role, User

from . import forms
from .commands import conferences, incidents, lapses, leading, orders
from .deeds import Deed, Kind
from .models import (
    Conference,
    ConferenceTask,
    Incident,
    Lapse,
    LeaderCase,
    Order,
    OrderState,
    PlanRun,
    PlanTick,
    Receipt,
    Seat,
)

OF_A_DISPUTE = ("dispute__body__region", "dispute__body__parent", "dispute__first_body")


def _with_dispute(found: QuerySet[Any], *more: str, through: str = "") -> QuerySet[Any]:
    names = [f"{through}{name}" for name in OF_A_DISPUTE]
    return found.select_related(*names, *more).prefetch_related(f"{through}dispute__assists")


def _orders(user: User) -> QuerySet[Any]:
    return _with_dispute(Order.objects.visible_to(user), "body", "giver", "giver_body", "received_by")


def _theirs(order: Order, user: User) -> bool:
    return order.state in (OrderState.GIVEN, OrderState.RECEIVED) and orders.is_of_the_body(order, order.dispute, user)


def _to_judge(order: Order, user: User) -> bool:
    return order.state == OrderState.ANSWERED and orders.is_of_the_giver(order, order.dispute, user)


ORDER = Kind(
    _orders,
    {
        "receive": Deed(
            _("签收"), forms.ReceiveForm, orders.sign_for, _("已签收"), icon="checks",
            may=lambda order, user: order.state == OrderState.GIVEN and _theirs(order, user),
        ),
        "answer": Deed(_("答复"), forms.AnswerForm, orders.answer, _("已答复，等对方审"), _theirs, icon="message-reply", primary=True),
        "accept": Deed(_("认可"), forms.AcceptForm, orders.accept, _("已认可，办结"), _to_judge, icon="circle-check", primary=True),
        "send-back": Deed(_("退回重办"), forms.SendBackForm, orders.send_back, _("已退回"), _to_judge, icon="arrow-back-up"),
        "withdraw": Deed(
            _("撤销"), forms.ReasonForm, orders.withdraw, _("已撤销"), icon="ban", stop=True,
            may=lambda order, user: order.is_open and orders.is_of_the_giver(order, order.dispute, user),
        ),
    },
    "order_deed", lambda order: reverse("order_page", args=[order.pk]), "orders",
)  # fmt: skip


def _led(user: User) -> QuerySet[Any]:
    return _with_dispute(LeaderCase.objects.visible_to(user), "leader", "body", "taken_by", "released_by")


LED = Kind(
    _led,
    {
        "progress": Deed(
            _("记进展"), forms.WordsForm, leading.note_progress, _("已记下"), icon="notes", primary=True,
            may=lambda case, user: case.is_running and leading.may_note(case, case.dispute, user),
        ),
        "release": Deed(
            _("不再包案"), forms.ReasonForm, leading.release, _("已登记"), icon="user-minus", stop=True,
            may=lambda case, user: case.is_running and leading.may_release(case, case.dispute, user),
        ),
    },
    "led_deed", lambda case: reverse("led_page", args=[case.pk]), "led",
)  # fmt: skip


def _conferences(user: User) -> QuerySet[Any]:
    return _with_dispute(Conference.objects.visible_to(user), "called_by", "body", "recorder")


def _runs(conference: Conference, user: User) -> bool:
    return conference.is_coming and conferences.may_run(conference, conference.dispute, user)


CONFERENCE = Kind(
    _conferences,
    {
        "invite": Deed(_("邀请"), forms.InviteForm, conferences.invite, _("已邀请"), _runs, icon="mail", primary=True),
        "hold": Deed(_("记会商结果"), forms.HoldForm, conferences.hold, _("已记下"), _runs, icon="users-group"),
        "cancel": Deed(_("取消会商"), forms.ReasonForm, conferences.cancel, _("已取消"), _runs, icon="calendar-x", stop=True),
    },
    "conference_deed", lambda conference: reverse("conference", args=[conference.pk]), "conferences",
)  # fmt: skip


def _seats(user: User) -> QuerySet[Any]:
    found = Seat.objects.filter(conference__in=Conference.objects.visible_to(user).coming())
    return found.select_related("conference__dispute", "body", "user")


SEAT = Kind(
    _seats,
    {
        "answer": Deed(
            _("答复邀请"), forms.InvitationForm, conferences.answer_invitation, _("已答复"), conferences.may_answer,
            icon="message", primary=True,
        ),
    },
    "seat_deed", lambda seat: reverse("conference", args=[seat.conference_id]), "conferences",
)  # fmt: skip


def _tasks(user: User) -> QuerySet[Any]:
    found = ConferenceTask.objects.filter(conference__in=Conference.objects.visible_to(user))
    return _with_dispute(found, "body", "conference__called_by", through="conference__")


def _answered(task: ConferenceTask, user: User) -> bool:
    waits = task.is_open and task.answered_at is not None
    return waits and conferences.may_run(task.conference, task.conference.dispute, user)


TASK = Kind(
    _tasks,
    {
        "answer": Deed(
            _("答复"), forms.WordsForm, conferences.answer_task, _("已答复"), icon="message-reply", primary=True,
            may=lambda task, user: task.answered_at is None and task.is_open and conferences.may_answer_task(task, user),
        ),
        "close": Deed(_("认可办完"), forms.CloseTaskForm, conferences.close_task, _("已办结"), _answered, icon="circle-check"),
        "return": Deed(_("退回再办"), forms.WordsForm, conferences.return_task, _("已退回"), _answered, icon="arrow-back-up"),
    },
    "task_deed", lambda task: reverse("conference", args=[task.conference_id]), "conferences",
)  # fmt: skip


def _incidents(user: User) -> QuerySet[Any]:
    return Incident.objects.visible_to(user).select_related("body__region", "dispute")


def _reports(incident: Incident, user: User) -> bool:
    return incident.is_open and incidents.may_report(incident, user)


INCIDENT = Kind(
    _incidents,
    {
        "follow-up": Deed(_("续报"), forms.FollowUpForm, incidents.follow_up, _("已续报"), _reports, icon="notes", primary=True),
        "pass-on": Deed(
            _("往上报"), forms.PassOnForm, incidents.pass_on, _("已上报"), icon="send",
            may=lambda incident, user: incident.is_open and incidents.may_pass_on(incident, user),
        ),
        "start-plan": Deed(
            _("启动应急预案"), forms.PlanForm, incidents.start_plan, _("预案已启动"), icon="player-play",
            may=lambda incident, user: (
                incident.is_open and user.works_cases and (user.oversees or user.body_id == incident.body_id)
                and not PlanRun.objects.filter(incident=incident).exists()
            ),
        ),
        "close": Deed(_("报告平息"), forms.FollowUpForm, incidents.close, _("已报告平息"), _reports, icon="circle-check", stop=True),
    },
    "incident_deed", lambda incident: reverse("incident", args=[incident.pk]), "incidents",
)  # fmt: skip


def _receipts(user: User) -> QuerySet[Any]:
    found = Receipt.objects.filter(report__incident__in=Incident.objects.visible_to(user))
    return found.select_related("report__incident", "body")


RECEIPT = Kind(
    _receipts,
    {
        "sign": Deed(
            _("签收"), forms.DoneForm, incidents.sign_for, _("已签收"), icon="checks",
            may=lambda receipt, user: receipt.received_at is None and incidents.may_receive(receipt, user),
        ),
    },
    "receipt_deed", lambda receipt: reverse("incident", args=[receipt.report.incident_id]), "incidents",
)  # fmt: skip


def _ticks(user: User) -> QuerySet[Any]:
    found = PlanTick.objects.filter(run__incident__in=Incident.objects.visible_to(user))
    return found.select_related("run__incident")


TICK = Kind(
    _ticks,
    {
        "done": Deed(
            _("做完了"), forms.DoneForm, incidents.tick, _("已打勾"), icon="square-check",
            may=lambda step, user: step.done_at is None and step.run.incident.is_open and user.works_cases,
        ),
    },
    "tick_deed", lambda step: reverse("incident", args=[step.run.incident_id]), "incidents",
)  # fmt: skip


def _lapses(user: User) -> QuerySet[Any]:
    return Lapse.objects.visible_to(user).select_related("dispute", "body", "decided_by")


def _decides(lapse: Lapse, user: User) -> bool:
    return lapse.is_candidate and (user.role == Role.LEADER or user.body_id != lapse.body_id)


LAPSE = Kind(
    _lapses,
    {
        "confirm": Deed(_("属实"), forms.ReasonForm, lapses.confirm, _("已登记属实"), _decides, icon="flag", stop=True),
        "dismiss": Deed(_("不属实"), forms.ReasonForm, lapses.dismiss, _("已登记不属实"), _decides, icon="flag-off"),
    },
    "lapse_deed", lambda lapse: reverse("lapses"), "lapses",
)  # fmt: skip


def orders_heaps(user: User) -> dict[str, tuple[Any, QuerySet[Any]]]:
    """The views of the list of orders: what they are called, and what lies there."""
    seen = Order.objects.visible_to(user)
    mine = Q(body=user.body_id) | Q(giver_body=user.body_id)
    return {
        "to_us": (_("交给我们的"), seen.open().filter(body=user.body_id)),
        "from_us": (_("我们下达的"), seen.open().filter(giver_body=user.body_id)),
        "late": (_("超期没答复的"), seen.late()),
        "open": (_("看得到的全部"), seen.open()),
        "ended": (_("办结、撤销的"), seen.filter(state__in=[OrderState.ACCEPTED, OrderState.WITHDRAWN]).filter(mine)),
    }
