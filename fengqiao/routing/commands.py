"""Sending a dispute to where it belongs: every act of routing, each with its reason in the story."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes import search
from fengqiao.disputes.commands import advance, note
from fengqiao.disputes.events import (
    Accepted,
    CalledIn,
    Dispatched,
    Escalated,
    Graded,
    HandedOver,
    Joined,
    Merged,
    ReferredDown,
    Rejected,
    Reminded,
    Returned,
    Transferred,
)
from fengqiao.disputes.knowing import name_office
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Assist, Category, Difficulty, Dispute, Risk
from fengqiao.disputes.remedies import in_words
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.kernel.written import LONGEST, given, short
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User

from .first_receiver import cited, final, receiver_of_refused
from .grading.counting import counted_anew
from .grading.proposing import Proposed, last_grading, proposed, recorded
from .joint.tasks import task_for
from .models import HandOver, HandOverKind, Refusal, Rejection, RejectReason
from .reach import in_district, lower_than, refuse_unreachable
from .rules.books import in_force
from .sheets import typeset_rejection
from .suggestions import decided

LONGEST_TITLE = 120
BETWEEN_REMINDERS = timedelta(hours=1)


@transaction.atomic
def dispatch(
    dispute: Dispute, *, to: Body, by: User, remark: str = "", why: str = "", seen: int | None = None
) -> Dispute:
    """Send to the body that is to handle it, which has forty-eight hours to accept or return (平台规则).

    `why` it goes elsewhere than the rules propose; where it is empty the remark counts. Refused without either.
    """
    dispute = begin(dispute, Act.DISPATCH, by, seen)
    refuse_unreachable(to, sender=by.body or dispute.body)
    event = Dispatched(body=to.name, body_id=to.pk, remark=short(remark))
    return _send(dispute, Act.DISPATCH, to, by=by, event=event, why=short(why) or short(remark))


@transaction.atomic
def accept(dispute: Dispute, *, by: User, seen: int | None = None) -> Dispute:
    """The handling body takes it on; the limit to name a mediator begins (人民调解法 17)."""
    dispute = begin(dispute, Act.ACCEPT, by, seen)
    event = Accepted(body=dispute.body.name, body_id=dispute.body_id)
    return advance(dispute, Act.ACCEPT, by=by, event=event, accepted_at=timezone.now())


@transaction.atomic
def return_back(dispute: Dispute, *, reason: str, cites: str, by: User, seen: int | None = None) -> Dispute:
    """Give it back to the body that sent it, or else to the one that first received it (首接负责制).

    `cites` is the line that is wrong about it: item:<of the duty list> or rule:<number>. The second time it goes to the
    fallback window, where a person decides; what they decide cannot be given back.
    """
    dispute = begin(dispute, Act.RETURN, by, seen)
    if barred := final(dispute, by):
        raise Refused(barred)
    reason = given(reason, _("请写明为什么退回。"))
    book = in_force()
    line = cited(cites, book)
    to = receiver_of_refused(dispute)
    if to is None:
        raise Refused(_("没有可以退回的单位：这件事就是%(body)s首接的。") % {"body": dispute.body})
    row = Refusal.objects.create(
        dispute=dispute, body=dispute.body, sent_to=to, version=book.version, cites=cites, cited=line[:LONGEST], reason=reason,
        refused_by=by, refused_at=timezone.now(),
    )  # fmt: skip
    event = Returned(body=to.name, body_id=to.pk, remark=reason, cites=_("（%(line)s）") % {"line": line})
    return _send(dispute, Act.RETURN, to, by=by, event=event, rows=[row], sender=None)


@transaction.atomic
def reject(
    dispute: Dispute,
    *,
    reason: RejectReason | str,
    remedies: Sequence[str],
    by: User,
    words: str = "",
    seen: int | None = None,
) -> Dispute:
    """Say in writing that people's mediation does not take it, why, and which ways stay open.

    `remedies` are codes of Remedy or plain words. Source: 人民调解工作若干规定 22.
    """
    dispute = begin(dispute, Act.REJECT, by, seen)
    if reason not in RejectReason.values:
        raise Refused(_("请选一个不予受理的理由。"))
    if not (told := in_words(remedies)):
        raise Refused(_("不予受理要告诉当事人还可以走哪条路，请至少选一条。"))
    row = Rejection(
        dispute=dispute, reason=reason, words=short(words), remedies=[str(one) for one in remedies],
        decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    row.paper = typeset_rejection(row, by=by)
    row.save()
    event = Rejected(rejection_id=row.pk, reason=str(row.get_reason_display()), remedies="；".join(told))
    return advance(dispute, Act.REJECT, by=by, event=event, rows=[row])


@transaction.atomic
def escalate(dispute: Dispute, *, reason: str, by: User, seen: int | None = None) -> Dispute:
    """Pass it up to the coordinating body above; it no longer counts as settled on the spot (五级调处)."""
    dispute = begin(dispute, Act.ESCALATE, by, seen)
    if barred := final(dispute, by):
        raise Refused(barred)
    reason = given(reason, _("请写明为什么本级办不了。"))
    to = dispute.body.superior
    if to is None:
        raise Refused(_("%(body)s已经是最高一级，没有上级可以上报。") % {"body": dispute.body})
    event = Escalated(body=to.name, body_id=to.pk, remark=reason)
    return _send(dispute, Act.ESCALATE, to, by=by, event=event)


@transaction.atomic
def refer_down(dispute: Dispute, *, to: Body, reason: str, by: User, seen: int | None = None) -> Dispute:
    """Pass it down to a body of a smaller place (属地管理)."""
    dispute = begin(dispute, Act.REFER_DOWN, by, seen)
    reason = given(reason, _("请写明为什么交给下级办。"))
    if not Body.objects.filter(lower_than(dispute.body), pk=to.pk).exists():
        raise Refused(_("%(to)s不是%(body)s的下级。同级之间请用“分派”或者“转办”。") % {"to": to, "body": dispute.body})
    refuse_unreachable(to, sender=by.body or dispute.body)
    event = ReferredDown(body=to.name, body_id=to.pk, remark=reason)
    return _send(dispute, Act.REFER_DOWN, to, by=by, event=event, why=reason)


@transaction.atomic
def transfer(dispute: Dispute, *, to: Body, reason: str, by: User, seen: int | None = None) -> Dispute:
    """Pass an accepted dispute on to another body, which starts afresh with it."""
    dispute = begin(dispute, Act.TRANSFER, by, seen)
    reason = given(reason, _("请写明为什么转给别的单位。"))
    refuse_unreachable(to, sender=by.body or dispute.body)
    event = Transferred(body=to.name, body_id=to.pk, remark=reason)
    return _send(dispute, Act.TRANSFER, to, by=by, event=event, why=reason)


@transaction.atomic
def call_in(
    dispute: Dispute, *, body: Body, reason: str, by: User, due_on: date | None = None, why: str = "",
    seen: int | None = None,
) -> Dispute:  # fmt: skip
    """Call another body of the district to help; it sees the dispute from now on, and has a task of its own until `due_on`
    (none: the district's limit). `why` this body, where it was proposed (呼、分、联、销; 人民调解法 20)."""
    dispute = begin(dispute, Act.CALL_IN, by, seen)
    reason = given(reason, _("请写明请对方做什么。"))
    if body == dispute.body:
        raise Refused(_("%(body)s就是承办单位，不用呼叫。") % {"body": body})
    if not Body.objects.at_work().filter(in_district(), pk=body.pk).exists():
        raise Refused(_("%(body)s不在本区，或者已经停用。请换一个单位。") % {"body": body})
    if dispute.assists.filter(body=body).exists():
        raise Refused(_("已经呼叫过%(body)s了。要催，请打电话或者用“催办”。") % {"body": body})
    row = Assist.objects.create(dispute=dispute, body=body, reason=reason, called_at=timezone.now())
    task = task_for(row, due_on=due_on, why=why, by=by)
    event = CalledIn(body=body.name, body_id=body.pk, remark=reason)
    dispute = advance(dispute, Act.CALL_IN, by=by, event=event, rows=[row, task])
    if dispute.is_restricted:
        name_office(dispute, body, by=by)
    return dispute


@transaction.atomic
def merge(dispute: Dispute, *, into: Dispute, reason: str, by: User, seen: int | None = None) -> Dispute:
    """Join it to another open dispute about the same matter; parties and visits stay with it, both stories tell it.

    Returns the dispute that was merged (一事一编码: the other number goes on).
    """
    if into.pk == dispute.pk:
        raise Refused(_("不能并入它自己，请填另一件的编号。"))
    # in the order of their keys, so that two people merging crosswise do not wait for each other for ever
    Dispute.objects.lock(min(dispute.pk, into.pk))
    into = Dispute.objects.lock(into.pk)
    dispute = begin(dispute, Act.MERGE, by, seen)
    reason = given(reason, _("请写明为什么是同一件事。"))
    _refuse_unfit_to_join(dispute, into, by)
    event = Merged(into=into.number, into_id=into.pk, remark=reason)
    dispute = advance(dispute, Act.MERGE, by=by, event=event, merged_into=into, closed_at=timezone.now())
    note(into, Joined(number=dispute.number, dispute_id=dispute.pk), by=by)
    return dispute


@transaction.atomic
def hand_over(
    dispute: Dispute,
    *,
    to_name: str,
    kind: HandOverKind | str,
    reason: str,
    by: User,
    seen: int | None = None,
) -> Dispute:
    """Hand it to arbitration, a court, the police or an administrative body outside, which goes on with it."""
    dispute = begin(dispute, Act.HAND_OVER, by, seen)
    reason = given(reason, _("请写明为什么移送。"))
    if kind not in HandOverKind.values:
        raise Refused(_("请选移送给哪一类单位。"))
    to_name = given(to_name, _("请写明移送给哪个单位，写全称。"), longest=120)
    row = HandOver.objects.create(
        dispute=dispute, kind=kind, to_name=to_name, reason=reason, decided_by=by, decided_at=timezone.now()
    )
    event = HandedOver(hand_over_id=row.pk, to=to_name, remark=reason)
    return advance(dispute, Act.HAND_OVER, by=by, event=event, rows=[row])


@transaction.atomic
def grade(
    dispute: Dispute,
    *,
    category: Category | None,
    difficulty: Difficulty | str,
    risk: Risk | str,
    by: User,
    title: str = "",
    remark: str = "",
    marks: Sequence[str] | None = None,
    applicants: int | None = None,
    seen: int | None = None,
) -> Dispute:
    """Set category, difficulty and risk. Another difficulty than the thresholds propose, or where there are none another
    than before, and another risk, need their reason (handbook 2.3, 2.4). `marks` are facts that only people see
    (grading.book.MARKED); none: those of the last grading hold. `applicants` is how many apply, where one
    has written in for many; none: as registered.

    `title` puts the matter into the words of the trade (事由), where so far it is the first sentence of who told it.
    """
    dispute = begin(dispute, Act.GRADE, by, seen)
    title = normalise(title)[:LONGEST_TITLE] or dispute.title
    if difficulty not in Difficulty.values or risk not in Risk.values:
        raise Refused(_("请选难易程度和风险等级。"))
    recounted = counted_anew(dispute, applicants)
    found, last = proposed(dispute, marks), last_grading(dispute)
    same = (dispute.category, dispute.difficulty, dispute.risk, dispute.title) == (category, difficulty, risk, title)
    judged = last is not None and last.version == found.version and last.facts == found.facts
    if same and not recounted and (judged or not found.level):
        raise Refused(_("和原来一样，没有改动。"))
    stands = judged and dispute.difficulty == difficulty  # somebody gave the reason already
    _refuse_without_reason(dispute, str(difficulty), str(risk), None if stands else found, remark)
    crowd = _("申请人一共 %(n)d 人。") % {"n": applicants} if recounted else ""
    renamed = _("事由写作“%(title)s”。") % {"title": title} if title != dispute.title else ""
    event = Graded(
        category=category.name if category else str(_("未分类")), difficulty=str(Difficulty(difficulty).label),
        risk=str(Risk(risk).label), remark=renamed + crowd + short(remark), level=str(Difficulty(difficulty)),
        proposed=found.level, version=found.version,
    )  # fmt: skip
    row = recorded(dispute, found, str(Difficulty(difficulty)), why=short(remark), by=by)
    set_now: dict[str, Any] = {"category": category, "difficulty": difficulty, "risk": risk, "title": title}
    dispute = advance(dispute, Act.GRADE, by=by, event=event, rows=[row, *recounted], **set_now)
    if renamed:
        search.index(dispute, dispute.parties.all())
    return dispute


def _refuse_without_reason(dispute: Dispute, difficulty: str, risk: str, found: Proposed | None, remark: str) -> None:
    if remark.strip():
        return
    if found and found.level and difficulty != found.level:
        told = _("标准建议定为“%(level)s”（%(reason)s）定成别的，请写明理由。")
        raise Refused(told % {"level": found.label, "reason": found.reason})
    if dispute.risk != risk or (found and not found.level and dispute.difficulty != difficulty):
        raise Refused(_("改难易程度或者风险等级，请写明理由。"))


@transaction.atomic
def remind(dispute: Dispute, *, words: str, by: User, seen: int | None = None) -> Dispute:
    """Urge whoever's turn it is, at most once an hour for each who urges.

    It changes nothing, so it makes nobody's open form stale; those concerned hear of it by the event.
    """
    dispute = begin(dispute, Act.REMIND, by, seen)
    words = given(words, _("请写一句要催什么。"))
    if reminded_lately(dispute, by):
        raise Refused(_("一小时里您已经催过一次了，请等一等再催，或者直接打电话。"))
    return note(dispute, Reminded(remark=words), by=by)


def reminded_lately(dispute: Dispute, by: User) -> bool:
    """Whether this person urged within the last hour."""
    since = timezone.now() - BETWEEN_REMINDERS
    entries = Entry.objects.of("dispute", dispute.pk).filter(kind=Reminded.kind, actor=by.ledger_id)
    return entries.filter(at__gt=since).exists()


def begin(dispute: Dispute, act: Act, by: Any, seen: int | None) -> Dispute:
    """The row, held; the lifecycle's own reason against the act comes before every other."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(act, by):
        raise Refused(reason)
    return dispute


def _send(
    dispute: Dispute, act: Act, to: Body, *, by: User, event: Event, why: str | None = None, rows: Sequence[Model] = (),
    **changes: Any,
) -> Dispute:  # fmt: skip
    """Move it to another body: the mediator of the old one is no longer its mediator, and a new clock starts.

    With a `why`, even an empty one, it is a choice among bodies, and what the rules said to it is put on record.
    """
    if to.pk == dispute.body_id:
        raise Refused(_("这件事已经在%(body)s，不用再送。") % {"body": to})
    if why is not None:
        rows = [*rows, decided(dispute, to, by=by, why=why)]
    sender = by.body if Hat.SUPERIOR in dispute.hats_of(by) else dispute.body
    changes = {"sender": sender, **changes}
    return advance(
        dispute, act, by=by, event=event, rows=rows, body=to, region_code=to.region.code, mediator=None, **changes
    )


def _refuse_unfit_to_join(dispute: Dispute, into: Dispute, by: User) -> None:
    if not Dispute.objects.visible_to(by).filter(pk=into.pk).exists():
        raise Refused(_("没有找到编号 %(number)s，或者不归您看。") % {"number": into.number})
    if into.is_closed:
        words = {"number": into.number, "state": into.get_state_display()}
        raise Refused(_("%(number)s %(state)s，不能再并进去。请填还在办的那一件。") % words)
    if other := dispute.merged.first():
        words = {"other": other.number, "into": into.number}
        raise Refused(_("%(other)s 已经并在这件里。请反过来，把 %(into)s 并到这一件。") % words)
