"""The child tasks of a dispute: who does it (分), who came (联), how it ended (销), what is late. 呼 and 应 are in commands and answering."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.clocks import due_at
from fengqiao.disputes.commands import note
from fengqiao.disputes.events import Attended, TaskAssigned, TaskClosed, TaskDropped, TaskLate, TaskReturned
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.limits import limit_for
from fengqiao.disputes.models import Assist, Attendance, Dispute, JointTask, Outcome, last_day_of
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import LONGEST, given
from fengqiao.ledger.models import Entry
from fengqiao.people.models import CASE_WORKERS, SYSTEM, User

LIMIT = "joint.task"
LONGEST_RESULT = 1000  # characters
AT_ONCE = 500


def usual_due() -> date:
    """The last day that a task called today leaves, by the district's limit."""
    return last_day_of(due_at(timezone.now(), limit_for(LIMIT))[0])


def task_for(assist: Assist, *, due_on: date | None, why: str, by: User) -> JointTask:
    """The called body's own task, numbered within the dispute. The caller holds the dispute and writes the row down."""
    n = JointTask.objects.filter(dispute=assist.dispute_id).count() + 1
    return JointTask.objects.create(
        dispute=assist.dispute, assist=assist, n=n, due_on=_due(due_on), why=why[:LONGEST], called_by=by
    )


@transaction.atomic
def assign(task: JointTask, *, person: User, by: User) -> JointTask:
    """The called body, or whoever called it, names who does it (分)."""
    dispute, task = _held(task)
    if reason := why_not_assign(task, by):
        raise Refused(reason)
    return _assigned(dispute, task, person, by)


def assigned(dispute: Dispute, assist: Assist, person: User, *, by: User) -> None:
    """The same with the answer to the call, where the call has a task. The caller holds the dispute."""
    task = JointTask.objects.filter(assist=assist, closed_at=None).first()
    if task is not None:
        _assigned(dispute, task, person, by)


@transaction.atomic
def close(task: JointTask, *, outcome: Outcome | str, result: str, by: User) -> JointTask:
    """The body says how its part ended (销号)."""
    dispute, task = _held(task)
    if reason := why_not_close(task, by):
        raise Refused(reason)
    if outcome not in (Outcome.DONE, Outcome.PARTLY, Outcome.CANNOT):
        raise Refused(_("请选办得怎样。"))
    task.result = given(result, _("请写明办了什么、结果怎样。"), longest=LONGEST_RESULT)
    _end(task, str(outcome), by)
    event = TaskClosed(
        **_facts(task), done=outcome == Outcome.DONE, outcome=str(task.get_outcome_display()), remark=task.result[:80]
    )
    note(dispute, event, by=by, rows=[task])
    return task


@transaction.atomic
def send_back(task: JointTask, *, reason: str, due_on: date | None = None, by: User) -> JointTask:
    """It is not done yet: the task is open again, the result stays in the story."""
    dispute, task = _held(task)
    if reason_not := why_not_lead(dispute, by):
        raise Refused(reason_not)
    if task.is_open:
        raise Refused(_("对方还没有销号，要催请用“催办”。"))
    words = given(reason, _("请写明哪里没有办到。"))
    task.outcome, task.result, task.closed_by, task.closed_at, task.told_late_at = "", "", None, None, None
    task.due_on = _due(due_on)
    _keep(task)
    note(dispute, TaskReturned(**_facts(task), remark=words), by=by, rows=[task])
    return task


@transaction.atomic
def drop(task: JointTask, *, reason: str, by: User) -> JointTask:
    """Whoever called needs it no longer."""
    dispute, task = _held(task)
    if reason_not := why_not_lead(dispute, by):
        raise Refused(reason_not)
    if not task.is_open:
        raise Refused(_("已经销号了，不用撤。"))
    task.result = given(reason, _("请写明为什么不用办了。"))
    _end(task, Outcome.DROPPED.value, by)
    note(dispute, TaskDropped(**_facts(task), remark=task.result), by=by, rows=[task])
    return task


@transaction.atomic
def record_attendance(
    dispute: Dispute, *, what: str, on: date, came: Sequence[Assist], by: Any, seen: int | None = None
) -> list[Attendance]:
    """Who of the called bodies was there when something was done together (联): a meeting, a visit, a session."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := why_not_lead(dispute, by):
        raise Refused(reason)
    if on > timezone.localdate():
        raise Refused(_("还没到那一天，到了再记。"))
    return attended(dispute, given(what, _("请写明是什么时候一起做的什么事。"), longest=120), on, came, by=by)


def attended(
    dispute: Dispute, what: str, on: date, came: Sequence[Assist], *, by: Any, of: Sequence[Assist] | None = None
) -> list[Attendance]:
    """The rows and the entry; `of` those that were to come, if not all that were called. The caller holds the dispute."""
    every = dispute.assists.exclude(task__outcome=Outcome.DROPPED).select_related("body").order_by("pk")
    called = list(every) if of is None else list(of)
    there = {one.pk for one in came}
    if not called or not there <= {one.pk for one in called}:
        raise Refused(_("只能记被呼叫的单位。请先呼叫。"))
    rows = [Attendance.objects.create(assist=one, what=what, on=on, came=one.pk in there) for one in called]
    names = {
        True: [one.body for one in called if one.pk in there],
        False: [one.body for one in called if one.pk not in there],
    }
    event = Attended(
        what=what, day=on.isoformat(), came=_listed(names[True]), absent=_listed(names[False]),
        body_ids=[body.pk for body in names[True]],
    )  # fmt: skip
    note(dispute, event, by=by, rows=rows)
    return rows


def refused(dispute: Dispute, assist: Assist, words: str, *, by: User) -> None:
    """A body that cannot come has no task left; who called asks somebody else. The caller holds the dispute."""
    task = JointTask.objects.filter(assist=assist, closed_at=None).select_related("assist__body", "dispute").first()
    if task is not None:
        task.result = words
        _end(task, Outcome.CANNOT.value, by)
        outcome = str(task.get_outcome_display())
        note(dispute, TaskClosed(**_facts(task), done=False, outcome=outcome, remark=words[:80]), by=by, rows=[task])


@transaction.atomic
def drop_what_is_left(entry: Entry) -> None:
    """A reaction: the dispute is over, or goes on within another one; what was open is not needed any more."""
    dispute = Dispute.objects.lock(entry.subject_id)
    for task in dispute.joint_tasks.open().select_related("assist__body", "dispute"):
        task.result = _("这件事已经办结或者并案。")
        _end(task, Outcome.DROPPED.value, None)
        note(dispute, TaskDropped(**_facts(task), remark=task.result), by=SYSTEM, rows=[task])


def tell_late() -> int:
    """Tell once of each task whose day has passed. Safe to run as often and as widely as one likes."""
    found = JointTask.objects.late().filter(told_late_at=None).order_by("due_on").values_list("pk", "dispute_id")
    return sum(_tell_late(pk, dispute_id) for pk, dispute_id in list(found[:AT_ONCE]))


@transaction.atomic
def _tell_late(pk: int, dispute_id: int) -> bool:
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=dispute_id)
    if not JointTask.objects.late().filter(pk=pk, told_late_at=None).update(told_late_at=timezone.now()):
        return False
    task = JointTask.objects.select_related("assist__body", "dispute").get(pk=pk)
    note(dispute, TaskLate(**_facts(task), due=task.due_on.isoformat()), by=SYSTEM)
    return True


# ── who may ───────────────────────────────────────────────────────────────────────────────────────────────────────


def why_not_lead(dispute: Dispute, actor: Any) -> str | None:
    """Why this person does not run the joint handling: those who may call others in do."""
    return dispute.why_not(Act.CALL_IN, actor)


def is_of_the_body(task: JointTask, actor: Any) -> bool:
    return isinstance(actor, User) and actor.works_cases and actor.body_id == task.assist.body_id


def why_not_assign(task: JointTask, actor: Any) -> str | None:
    if not task.is_open:
        return _("已经销号了。")
    if is_of_the_body(task, actor) and task.dispute.hats_of(actor):
        return None
    return why_not_lead(task.dispute, actor) and _("由%(body)s或者发起呼叫的单位来定人。") % {"body": task.assist.body}


def why_not_close(task: JointTask, actor: Any) -> str | None:
    if not task.is_open:
        return _("已经销号了。")
    if not is_of_the_body(task, actor) or not task.dispute.hats_of(actor):
        return _("只有%(body)s可以销这个号。") % {"body": task.assist.body}
    return None


def staff_of(body: Body) -> Any:
    """Who of the body can be named."""
    here = Q(station_body=body) | Q(station_body=None, home_body=body)
    return User.objects.filter(here, is_active=True, is_slot=False, role__in=CASE_WORKERS).order_by("pk")


def _due(day: date | None) -> date:
    """The day that was set, or the usual one. Refused for a day gone by."""
    if day is not None and day < timezone.localdate():
        raise Refused(_("完成的日子不能早于今天。"))
    return day or usual_due()


def _held(task: JointTask) -> tuple[Dispute, JointTask]:
    dispute = Dispute.objects.lock(task.dispute_id)
    task = JointTask.objects.select_related("assist__body").get(pk=task.pk)
    task.dispute = dispute
    return dispute, task


def _assigned(dispute: Dispute, task: JointTask, person: User, by: User) -> JointTask:
    if not staff_of(task.assist.body).filter(pk=person.pk).exists():
        raise Refused(_("%(person)s不在%(body)s，请重新选。") % {"person": person, "body": task.assist.body})
    if not dispute.hats_of(person):
        raise Refused(_("这件事限知，%(person)s不在知悉名单上。") % {"person": person})
    task.person = person
    _keep(task)
    note(dispute, TaskAssigned(**_facts(task), person=str(person), user_ids=[person.pk]), by=by, rows=[task])
    return task


def _end(task: JointTask, outcome: str, by: User | None) -> None:
    task.outcome, task.closed_by, task.closed_at = outcome, by, timezone.now()
    _keep(task)


def _keep(task: JointTask) -> None:
    task.version += 1
    task.save()


def _facts(task: JointTask) -> dict[str, Any]:
    body = task.assist.body
    return {"task_id": task.pk, "task": str(task), "body": body.name, "body_id": body.pk}


def _listed(bodies: Sequence[Body]) -> str:
    return "、".join(body.name for body in bodies) or _("没有")
