"""会商研判: call, invite, answer, hold with minutes and decisions, and see the decisions carried out.

Whoever is invited sees the dispute from then on; when it was held or cancelled and nothing of it is theirs to do, no longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import note
from fengqiao.disputes.consulting import let_go, let_in
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given, short
from fengqiao.ledger.kinds import Event
from fengqiao.papers.models import Paper
from fengqiao.people.models import CASE_WORKERS, OVERSEERS, User
from fengqiao.supervision.events import (
    ConferenceAnswered,
    ConferenceCalled,
    ConferenceCancelled,
    ConferenceHeld,
    ConferenceInvited,
    LetGo,
    TaskAnswered,
    TaskClosed,
    TaskReturned,
    TaskSet,
)
from fengqiao.supervision.models import Answer, Conference, ConferenceState, ConferenceTask, Seat

from .holding import LONGEST_TEXT, brief, fresh, in_future, keep, seen_by

RUNNING = frozenset({Hat.HANDLER, Hat.SUPERIOR, Hat.LEADER})


@dataclass(frozen=True)
class Decision:
    """What is to be done, by whom, by when."""

    words: str
    body: Body
    due_on: date


@transaction.atomic
def call(
    dispute: Dispute,
    *,
    topic: str,
    at: datetime,
    place: str,
    by: User,
    materials: Sequence[Paper] = (),
    called: Sequence[Body] = (),
    seen: int | None = None,
) -> Conference:
    """Call a conference (人民调解法 20; 3+X). Of the bodies that were called in, these are invited at once; everybody else
    is invited one by one.
    """
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(Act.CONVENE, by):
        raise Refused(reason)
    if at < timezone.now():
        raise Refused(_("时间已经过了，请重新定。"))
    if by.body is None:
        raise Refused(_("您的账户没有写单位，请管理员先补上。"))
    row = Conference.objects.create(
        dispute=dispute, topic=given(topic, _("请写明要商量什么。")), at=at,
        place=given(place, _("请写明在哪里开，写到房间。"), longest=120), called_by=by, body=by.body,
        materials=sorted(paper.pk for paper in materials if paper.dispute_id == dispute.pk), called_at=timezone.now(),
    )  # fmt: skip
    event = ConferenceCalled(
        conference_id=row.pk, at=f"{timezone.localtime(at):%Y-%m-%d %H:%M}", place=row.place, topic=row.topic
    )
    note(dispute, event, by=by, rows=[row])
    for body in called:
        invite(row, seat=_("协办单位"), body=body, by=by)
    return row


def called_in(dispute: Dispute) -> list[Body]:
    """The bodies that were called in, whose part is not over, and where there is somebody to invite."""
    waiting = dispute.joint_tasks.open().values("assist__body")
    rows = Body.objects.filter(pk__in=waiting, is_active=True).select_related("region__level")
    return [body for body in rows if who_answers_for(body)]


@transaction.atomic
def invite(
    conference: Conference, *, seat: str, body: Body, by: User, user: User | None = None, seen: int | None = None
) -> Seat:
    """Ask a body, or one person of it, to come. They see the dispute from now on."""
    conference, dispute = _held(conference, seen)
    _allow_running(conference, dispute, by)
    if not body.is_active:
        raise Refused(_("%(body)s已经停用，请换一个单位。") % {"body": body})
    if user is not None and (user.body_id != body.pk or not user.is_active or not user.works_cases):
        raise Refused(_("%(user)s不在%(body)s，请重新选。") % {"user": user, "body": body})
    if conference.seats.filter(body=body, user=user).exists():
        raise Refused(_("已经邀请过了。"))
    people = [user] if user else who_answers_for(body)
    if not people:
        raise Refused(_("%(body)s没有能登录的人。请先给他们开账户，或者请别的单位。") % {"body": body})
    strangers = [one for one in people if not dispute.hats_of(one)]
    seen_now = let_in(dispute, strangers)
    row = Seat.objects.create(
        conference=conference, seat=given(seat, _("请写明以什么身份参加。"), longest=60), body=body, user=user
    )
    event = ConferenceInvited(
        conference_id=conference.pk, seat_id=row.pk, seat=row.seat, who=str(user or body), body_id=body.pk,
        user_ids=[one.pk for one in people],
    )  # fmt: skip
    note(dispute, event, by=by, rows=[row, *seen_now])
    return row


@transaction.atomic
def answer_invitation(
    seat: Seat, *, answer: Answer | str, by: User, words: str = "", instead: User | None = None
) -> Seat:
    """Come, send a colleague, or say why not. A colleague who comes sees the dispute in one's place."""
    conference, dispute = _held(seat.conference, None)
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    seen_by(dispute, by)
    if not may_answer(seat, by):
        raise Refused(_("这份邀请不是给您的。"))
    if answer not in (Answer.COMING, Answer.OTHER, Answer.CANNOT):
        raise Refused(_("请选来、换人来，还是来不了。"))
    words = short(words)
    if answer == Answer.CANNOT and not words:
        raise Refused(_("来不了请写明为什么。"))
    rows: list[models.Model] = []
    if answer == Answer.OTHER:
        if instead is None or instead.body_id != seat.body_id or not instead.is_active or not instead.works_cases:
            raise Refused(_("换人来，请选本单位的一位同事。"))
        rows += let_in(dispute, [] if dispute.hats_of(instead) else [instead])
        seat.user = instead
    seat.answer, seat.words, seat.answered_by, seat.answered_at = answer, words, by, timezone.now()
    seat.save(update_fields=["user", "answer", "words", "answered_by", "answered_at"])
    event = ConferenceAnswered(
        conference_id=conference.pk, seat_id=seat.pk, seat=seat.seat, who=str(seat.user or seat.body),
        answer=str(answer), words=words, user_ids=[conference.called_by_id],
    )  # fmt: skip
    _told(dispute, event, by, [seat, *rows])
    return seat


@transaction.atomic
def hold(
    conference: Conference,
    *,
    minutes: str,
    present: Sequence[Seat],
    decisions: Sequence[Decision],
    by: User,
    seen: int | None = None,
) -> Conference:
    """It took place: who came, what was said, what is to be done. Each decision becomes a task."""
    conference, dispute = _held(conference, seen)
    _allow_running(conference, dispute, by)
    seats = list(conference.seats.all())
    if not present:
        raise Refused(_("请勾选到会的人；一个也没到的，请取消重约。"))
    allowed = {body.pk for body in task_bodies(conference, dispute)}
    if wrong := next((one.body for one in decisions if one.body.pk not in allowed), None):
        raise Refused(_("%(body)s没有受邀，也不承办，不能把事情定给它。") % {"body": wrong})
    now, came = timezone.now(), {seat.pk for seat in present}
    conference.minutes = given(minutes, _("请写会商记录。"), longest=LONGEST_TEXT)
    conference.state, conference.held_at, conference.recorder = ConferenceState.HELD, now, by
    keep(conference, "minutes", "state", "held_at", "recorder")
    for seat in seats:
        seat.attended = seat.pk in came
        seat.save(update_fields=["attended"])
    event = ConferenceHeld(conference_id=conference.pk, present=len(came), tasks=len(decisions))
    note(dispute, event, by=by, rows=[conference, *seats])
    for one in decisions:
        _set(conference, dispute, one, by)
    _told(dispute, None, by, [])
    return conference


@transaction.atomic
def cancel(conference: Conference, *, reason: str, by: User, seen: int | None = None) -> Conference:
    """It does not take place."""
    conference, dispute = _held(conference, seen)
    _allow_running(conference, dispute, by)
    conference.reason = given(reason, _("请写明为什么取消。"))
    conference.state = ConferenceState.CANCELLED
    keep(conference, "reason", "state")
    people = [row.user_id for row in dispute.consulted.now()]
    event = ConferenceCancelled(conference_id=conference.pk, user_ids=people, words=conference.reason)
    _told(dispute, event, by, [conference])
    return conference


@transaction.atomic
def answer_task(task: ConferenceTask, *, words: str, by: User, seen: int | None = None) -> ConferenceTask:
    """The body says that it is done."""
    task, dispute = _task(task, seen)
    seen_by(dispute, by)
    if not may_answer_task(task, by):
        raise Refused(_("只有%(body)s的人可以办。") % {"body": task.body})
    if task.answered_at is not None:
        raise Refused(_("已经答复过了，等召集人认可。"))
    task.answer = given(words, _("请写明办了什么、结果怎样。"), longest=LONGEST_TEXT)
    task.answered_by, task.answered_at = by, timezone.now()
    keep(task, "answer", "answered_by", "answered_at")
    caller = task.conference.called_by_id
    event = TaskAnswered(
        conference_id=task.conference_id, task_id=task.pk, n=number_of(task), user_ids=[caller], words=brief(task.answer)
    )  # fmt: skip
    note(dispute, event, by=by, rows=[task])
    return task


@transaction.atomic
def close_task(task: ConferenceTask, *, by: User, seen: int | None = None) -> ConferenceTask:
    """Who called the conference is content."""
    task, dispute = _task(task, seen)
    _allow_running(task.conference, dispute, by)
    if task.answered_at is None:
        raise Refused(_("对方还没有答复。"))
    task.closed_by, task.closed_at = by, timezone.now()
    keep(task, "closed_by", "closed_at")
    event = TaskClosed(conference_id=task.conference_id, task_id=task.pk, n=number_of(task))
    _told(dispute, event, by, [task])
    return task


@transaction.atomic
def return_task(task: ConferenceTask, *, words: str, by: User, seen: int | None = None) -> ConferenceTask:
    """It is not done yet; the answer stays in the story."""
    task, dispute = _task(task, seen)
    _allow_running(task.conference, dispute, by)
    if task.answered_at is None:
        raise Refused(_("对方还没有答复。"))
    words = given(words, _("请写明哪里没有办到。"))
    task.answer, task.answered_by, task.answered_at = "", None, None
    keep(task, "answer", "answered_by", "answered_at")
    event = TaskReturned(
        conference_id=task.conference_id, task_id=task.pk, n=number_of(task), body_id=task.body_id, words=words
    )
    note(dispute, event, by=by, rows=[task])
    return task


def who_answers_for(body: Body) -> list[User]:
    """Managers and dispatchers of the body; where it has none, everybody who works its cases."""
    here = Q(station_body=body) | Q(station_body=None, home_body=body)
    people = list(User.objects.filter(here, is_active=True, role__in=CASE_WORKERS).order_by("pk"))
    return [one for one in people if one.role in OVERSEERS] or people


def task_bodies(conference: Conference, dispute: Dispute) -> list[Body]:
    """To whom something can be given to do: those invited, those who handle it, and who called."""
    ids = {dispute.body_id, conference.body_id, *conference.seats.values_list("body_id", flat=True)}
    return list(Body.objects.filter(pk__in=ids | set(dispute.assists.values_list("body_id", flat=True))))


def may_run(conference: Conference, dispute: Dispute, user: User) -> bool:
    """Who called it, or one of the same body who could have."""
    hats = dispute.hats_of(user)
    same = user.pk == conference.called_by_id or user.body_id == conference.body_id
    return same and bool(RUNNING & hats)


def may_answer(seat: Seat, user: User) -> bool:
    """The one who is invited; where it is a body, anybody who answers for it."""
    if seat.user_id is not None:
        return seat.user_id == user.pk or user.runs(seat.body_id)
    return user.works_at(seat.body_id)


def may_answer_task(task: ConferenceTask, user: User) -> bool:
    return user.works_at(task.body_id)


def number_of(task: ConferenceTask) -> int:
    """Its place among the decisions of its conference, from 1."""
    return task.conference.tasks.filter(pk__lte=task.pk).count()


def _held(conference: Conference, seen: int | None) -> tuple[Conference, Dispute]:
    dispute = Dispute.objects.lock(conference.dispute_id)
    conference = fresh(Conference.objects.lock(conference.pk), seen)
    if not conference.is_coming:
        raise Refused(_("会商%(state)s，不能再改。") % {"state": conference.get_state_display()})
    return conference, dispute


def _task(task: ConferenceTask, seen: int | None) -> tuple[ConferenceTask, Dispute]:
    dispute = Dispute.objects.lock(task.conference.dispute_id)
    task = fresh(ConferenceTask.objects.select_for_update(of=("self",)).get(pk=task.pk), seen)
    if not task.is_open:
        raise Refused(_("这件事已经办完了。"))
    return task, dispute


def _allow_running(conference: Conference, dispute: Dispute, by: User) -> None:
    seen_by(dispute, by)
    if not may_run(conference, dispute, by):
        raise Refused(_("只有召集人和%(body)s里能召集的人可以办。") % {"body": conference.body})


def _set(conference: Conference, dispute: Dispute, decision: Decision, by: User) -> None:
    task = ConferenceTask.objects.create(
        conference=conference, words=given(decision.words, _("请写明要办什么。")), body=decision.body,
        due_on=in_future(decision.due_on),
    )  # fmt: skip
    event = TaskSet(
        conference_id=conference.pk, task_id=task.pk, body=task.body.name, body_id=task.body_id,
        due=task.due_on.isoformat(), words=task.words,
    )  # fmt: skip
    note(dispute, event, by=by, rows=[task])


def _told(dispute: Dispute, event: Event | None, by: User, rows: list[models.Model]) -> None:
    """Write it down, and let go whom it no longer concerns."""
    gone = let_go(dispute, _no_longer_concerned(dispute))
    if event is None and gone:
        event = LetGo(people=len(gone))
    if event is not None:
        note(dispute, event, by=by, rows=[*rows, *gone])


def _no_longer_concerned(dispute: Dispute) -> list[int]:
    """Those called who have neither a conference to come to nor anything to do."""
    coming = Seat.objects.filter(conference__dispute=dispute, conference__state=ConferenceState.CALLED)
    coming = coming.exclude(answer=Answer.CANNOT)
    people = set(coming.exclude(user=None).values_list("user_id", flat=True))
    bodies = set(coming.filter(user=None).values_list("body_id", flat=True))
    todo = ConferenceTask.objects.filter(conference__dispute=dispute, closed_at=None)
    bodies |= set(todo.values_list("body_id", flat=True))
    rows = dispute.consulted.now().select_related("user")
    return [row.user_id for row in rows if row.user_id not in people and row.user.body_id not in bodies]
