"""Meetings: arranged, called off, put on record, and the record put right."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import MinutesCorrected, SessionCancelled, SessionHeld, SessionScheduled
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.kernel.written import given, short
from fengqiao.mediation.models import Minutes, Outcome, Session, SessionKind, SessionStatus
from fengqiao.mediation.readiness import why_not_hold
from fengqiao.mediation.sheets import typeset_minutes
from fengqiao.people.models import User

from .opening import opened, own_parties

APART = timedelta(minutes=30)  # between two meetings of one mediator
FARTHEST = timedelta(days=365)
LONGEST_SESSION = 24 * 60  # minutes


@transaction.atomic
def schedule(
    dispute: Dispute,
    *,
    at: datetime,
    place: str,
    by: User,
    kind: SessionKind | str = SessionKind.ON_SITE,
    seen: int | None = None,
) -> Session:
    """Arrange a meeting. Refused within thirty minutes of another one of the same mediator, with where and when.

    A time that is past may be entered, back to the day of acceptance: a meeting held on the spot.
    """
    dispute = opened(dispute.pk, Act.RECORD, by, seen)
    mediator = User.objects.select_for_update().get(pk=by.pk)  # holds their calendar
    if kind not in SessionKind.values:
        raise Refused(_("请选在哪里谈：当面、上门、电话还是线上。"))
    place = given(place, _("请写明在哪里谈。"), longest=120)
    _refuse_time(dispute, at)
    _refuse_clash(mediator, at)
    session = Session.objects.create(
        dispute=dispute, n=dispute.sessions.count() + 1, mediator=mediator, scheduled_at=at, place=place, kind=kind
    )
    event = SessionScheduled(session_id=session.pk, n=session.n, at=_moment(at), place=place)
    advance(dispute, Act.RECORD, by=by, event=event, rows=[session])
    return session


@transaction.atomic
def cancel_session(session: Session, *, reason: str, by: User, seen: int | None = None) -> Session:
    """Call off a meeting that was arranged; to put it off, arrange another."""
    dispute = opened(session.dispute_id, Act.RECORD, by, seen)
    session = _planned(dispute, session)
    session.status, session.remark = SessionStatus.CANCELLED, given(reason, _("请写明为什么取消。"))
    session.save(update_fields=["status", "remark"])
    event = SessionCancelled(session_id=session.pk, n=session.n, remark=session.remark)
    advance(dispute, Act.RECORD, by=by, event=event, rows=[session])
    return session


@transaction.atomic
def hold(
    dispute: Dispute,
    *,
    session: Session,
    present: Sequence[Party],
    minutes: int,
    statements: str,
    outcome: Outcome | str,
    by: User,
    others: str = "",
    facts: Sequence[str] = (),
    words: str = "",
    started_at: datetime | None = None,
    recorder: str = "",
    seen: int | None = None,
) -> Minutes:
    """Put a meeting on record and typeset its 调解记录 (人民调解法 27). `minutes` is how many it took.

    `statements` has a line each, 谁：说了什么; `facts` are those that nobody disputes. Without `started_at` it began when
    it was arranged for, or `minutes` ago if that is still to come. Refused where a party clearly refuses mediation
    (人民调解法 17) or was not told of their rights (人民调解工作若干规定 30).
    """
    dispute = opened(dispute.pk, Act.RECORD, by, seen)
    session = _planned(dispute, session)
    people = own_parties(dispute, present, _("请勾选哪几位当事人到场。"))
    if reason := why_not_hold(dispute, people):
        raise Refused(reason)
    begun, ended = _span(session, minutes, started_at)
    session.status = SessionStatus.HELD
    session.save(update_fields=["status"])
    record = Minutes(
        session=session, present=[party.pk for party in people], others=short(others),
        started_at=begun, ended_at=ended, recorder=short(recorder, longest=40) or str(by),
    )  # fmt: skip
    _write(record, by, statements=statements, outcome=outcome, facts=facts, words=words)
    event = SessionHeld(
        session_id=session.pk, n=session.n, present=len(people), minutes=minutes,
        outcome=str(record.get_outcome_display()),
    )  # fmt: skip
    advance(dispute, Act.RECORD, by=by, event=event, rows=[session, record])
    return record


@transaction.atomic
def correct_minutes(
    minutes: Minutes,
    *,
    statements: str,
    outcome: Outcome | str,
    reason: str,
    by: User,
    facts: Sequence[str] = (),
    words: str = "",
    seen: int | None = None,
) -> Minutes:
    """Put minutes right by a further version with its reason; the one before stays as it was written."""
    dispute = opened(minutes.session.dispute_id, Act.RECORD, by, seen)
    last = minutes.session.minutes.latest("version")
    record = Minutes(
        session=last.session, version=last.version + 1, present=last.present, others=last.others,
        started_at=last.started_at, ended_at=last.ended_at, recorder=last.recorder,
        correction=given(reason, _("请写明更正了什么、为什么。")),
    )  # fmt: skip
    _write(record, by, statements=statements, outcome=outcome, facts=facts, words=words)
    event = MinutesCorrected(minutes_id=record.pk, n=record.session.n, version=record.version, remark=record.correction)
    advance(dispute, Act.RECORD, by=by, event=event, rows=[record])
    return record


def _write(record: Minutes, by: User, *, statements: str, outcome: str, facts: Sequence[str], words: str) -> None:
    if outcome not in Outcome.values:
        raise Refused(_("请选这一次谈的结果。"))
    record.statements = given(statements, _("请写下各方说了什么。"), longest=20000)
    record.facts = [fact for fact in map(normalise, facts) if fact]
    record.outcome, record.words = Outcome(outcome), short(words)
    record.written_by, record.written_at = by, timezone.now()
    record.paper = typeset_minutes(record, by=by)
    record.save(force_insert=True)


def _planned(dispute: Dispute, session: Session) -> Session:
    found = dispute.sessions.filter(pk=session.pk).first()
    if found is None:
        raise Refused(_("这一次调解不属于这件事，请从这件事的页面重新选。"))
    if found.status != SessionStatus.PLANNED:
        words = {"n": found.n, "status": found.get_status_display()}
        raise Refused(_("第 %(n)d 次%(status)s，请选还没谈的一次，或者再约一次。") % words)
    return found


def _refuse_time(dispute: Dispute, at: datetime) -> None:
    accepted = dispute.accepted_at or dispute.registered_at
    if timezone.localdate(at) < timezone.localdate(accepted):
        raise Refused(_("时间早于受理的日子（%(day)s），请核对。") % {"day": f"{timezone.localdate(accepted)}"})
    if at > timezone.now() + FARTHEST:
        raise Refused(_("时间在一年以后，请核对年份。"))


def _refuse_clash(mediator: User, at: datetime) -> None:
    near = Session.objects.planned().filter(mediator=mediator, scheduled_at__gt=at - APART, scheduled_at__lt=at + APART)
    if other := near.select_related("dispute").order_by("scheduled_at").first():
        raise Refused(
            _("%(name)s %(at)s已约了 %(number)s 的第 %(n)d 次调解，前后三十分钟内不能再约，请换个时间。")
            % {"name": mediator, "at": _moment(other.scheduled_at), "number": other.dispute.number, "n": other.n}
        )


def _span(session: Session, minutes: int, started_at: datetime | None) -> tuple[datetime, datetime]:
    """From when to when it was held."""
    if not 0 < minutes <= LONGEST_SESSION:
        raise Refused(_("谈了多少分钟，请写 1 到 1440 之间的数。"))
    length, now = timedelta(minutes=minutes), timezone.now()
    begun = started_at or min(session.scheduled_at, now - length)
    if begun + length > now:
        raise Refused(_("还没有谈完：结束时间在现在以后，请核对开始时间和分钟数。"))
    return begun, begun + length


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
