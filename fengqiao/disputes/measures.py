"""What the ledger itself says of how quickly and how jointly was worked: one function a measure, over entries alone.

Source: handbook 3.6, 4 and 13. Each gives the cases that count and whether each is met; a rate is their share. What was
merged with another dispute does not count. Times are those of the entries.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from fengqiao.kernel.limits import Limit, Span, Unit, is_late
from fengqiao.kernel.rates import Rate
from fengqiao.ledger.models import Entry

from . import events as e
from .clocks import due_at
from .models import Difficulty

RESPONSE = timedelta(hours=48)  # S2: 平台通知后四十八小时内响应或者分流; clock hours, the 48th is in time
MEDIATION = Limit(30, Unit.CALENDAR_DAY, roll=True)  # S2: 三十日内调解
DIFFICULT = frozenset({Difficulty.COMPLEX, Difficulty.MAJOR})
COMES_TO_A_BODY = frozenset(
    kind.kind for kind in (e.Registered, e.Dispatched, e.Returned, e.Escalated, e.ReferredDown, e.Transferred)
)
PASSED_ON = frozenset(
    kind.kind for kind in (e.Dispatched, e.Returned, e.Escalated, e.ReferredDown, e.Transferred, e.HandedOver)
)
ANSWERED = PASSED_ON | {e.Accepted.kind, e.Rejected.kind}
TAKEN_BACK = frozenset({e.Withdrawn.kind, e.Merged.kind})
SETTLED = frozenset({e.AgreementConcluded.kind, e.OralAgreementMade.kind, e.MediationFailed.kind})

WORDS = {"复杂": Difficulty.COMPLEX, "重大疑难": Difficulty.MAJOR}  # of older entries, in the language of the house
# What was difficult at the end was called so at least once: of the many others no story needs to be read.
CALLED_DIFFICULT = Q(payload__level__in=sorted(DIFFICULT)) | Q(payload__difficulty__in=sorted(WORDS))

Story = list[Entry]
Period = tuple[datetime, datetime]  # from the first moment up to, not including, the second


@dataclass(frozen=True)
class Case:
    """One thing that counts in a measure."""

    dispute: int
    body: int  # whose doing it is
    is_met: bool


def share(cases: Iterable[Case]) -> Rate:
    """Those that are met of all."""
    found = list(cases)
    return Rate(sum(case.is_met for case in found), len(found))


def answered_in_48_hours(period: Period, now: datetime) -> Iterator[Case]:
    """48 小时响应率. Numerator: came to a body, which accepted, rejected, returned or passed it on within 48 clock hours.
    Denominator: came to a body, and its 48th hour lies in the period and is past, or it answered before. Not counted: what
    the applicant took back, or what was merged, before that hour."""
    for story in _stories(period, COMES_TO_A_BODY, before=RESPONSE):
        for n, entry in enumerate(story):
            if entry.kind not in COMES_TO_A_BODY or not _within(period, due := entry.at + RESPONSE):
                continue
            answer = _next(story, n, ANSWERED | TAKEN_BACK)
            if answer and answer.kind in TAKEN_BACK and answer.at <= due:
                continue
            if answer or due < now:
                yield Case(entry.subject_id, _of(entry, "body_id"), answer is not None and answer.at <= due)


def mediated_in_30_days(period: Period, now: datetime) -> Iterator[Case]:
    """30 日调解及时率. Numerator: an agreement, or an end without one, by the last day. Denominator: a mediator was named,
    and the last day of their thirty lies in the period and is past, or it ended before. Days of appraisal do not count;
    what both sides agreed to extend is added. Not counted: what was taken back, merged, or passed on to others before."""
    for story in _stories(period, {e.Assigned.kind}, before=timedelta(days=400)):
        handler = 0
        for n, entry in enumerate(story):
            handler = _of(entry, "body_id") if entry.kind in COMES_TO_A_BODY else handler
            if entry.kind != e.Assigned.kind or _again(story, n):
                continue
            end = _next(story, n, SETTLED | TAKEN_BACK | PASSED_ON)
            due = _thirty_days(story[n:], end, now)
            if due is None or not _within(period, due - timedelta(microseconds=1)):
                continue
            if end and end.kind not in SETTLED and end.at < due:
                continue
            if end or due <= now:
                in_time = end is not None and end.kind in SETTLED and not is_late(end.at, due, MEDIATION.unit)
                yield Case(entry.subject_id, handler, in_time)


def difficult_sent_on(period: Period, now: datetime) -> Iterator[Case]:
    """分流派单率. Denominator: disputes whose last grading within the period says complex or major. Numerator: those that were
    given to a body to handle, by sending them or by its accepting them."""
    yield from _sent_on(_difficult(period))


def _sent_on(stories: Iterable[Story]) -> Iterator[Case]:
    given = (PASSED_ON - {e.Returned.kind}) | {e.Accepted.kind}
    for story in stories:
        yield Case(story[0].subject_id, _of(story[0], "body_id"), any(entry.kind in given for entry in story))


def members_who_answered(period: Period, now: datetime) -> Iterator[Case]:
    """成员响应率. Denominator: calls to a body in those difficult disputes whose 48th hour lies in the period and is past, or
    that were answered before. Numerator: calls that the body answered, yes or no, within 48 clock hours."""
    yield from _members_who_answered(_difficult(period), period, now)


def _members_who_answered(stories: Iterable[Story], period: Period, now: datetime) -> Iterator[Case]:
    for story in stories:
        for n, call in enumerate(story):
            if call.kind != e.CalledIn.kind or not _within(period, due := call.at + RESPONSE):
                continue
            body = _of(call, "body_id")
            theirs = [entry for entry in story[n + 1 :] if _of(entry, "body_id") == body]
            answer = next((entry for entry in theirs if entry.kind == e.CallAnswered.kind), None)
            if answer or due < now:
                yield Case(call.subject_id, body, answer is not None and answer.at <= due)


def difficult_handled_jointly(period: Period, now: datetime) -> Iterator[Case]:
    """调解联动率. Denominator: those difficult disputes. Numerator: those in which at least two bodies take part: one that
    accepted it, those that were called and said that they come, that were there, or that closed their task as done."""
    yield from _handled_jointly(_difficult(period))


def three_hundreds(period: Period, now: datetime) -> tuple[list[Case], list[Case], list[Case]]:
    """三个 100 %: sent on, members who answered, handled jointly, of one reading of the stories."""
    stories = list(_difficult(period))
    answered = _members_who_answered(stories, period, now)
    return list(_sent_on(stories)), list(answered), list(_handled_jointly(stories))


def _handled_jointly(stories: Iterable[Story]) -> Iterator[Case]:
    for story in stories:
        took = {_of(entry, "body_id") for entry in story if entry.kind == e.Accepted.kind}
        came = {body for entry in story for body in _took_part(entry)}
        handler = next((_of(entry, "body_id") for entry in reversed(story) if entry.kind in COMES_TO_A_BODY), 0)
        yield Case(story[0].subject_id, handler, len(took | came) >= 2)


# ── reading the stories ───────────────────────────────────────────────────────────────────────────────────────────

TOLD = tuple({*COMES_TO_A_BODY, *ANSWERED, *TAKEN_BACK, *SETTLED} | {
    kind.kind for kind in (e.Assigned, e.Suspended, e.Resumed, e.Extended, e.Graded, e.CalledIn, e.CallAnswered, e.Attended, e.TaskClosed,
    e.Reopened)
})  # fmt: skip


def _stories(
    period: Period, begun_by: Iterable[str], before: timedelta = timedelta(), saying: Q | None = None
) -> Iterator[Story]:
    """The whole stories of disputes to which one of these happened in the period, or so long before it."""
    begun = Entry.objects.filter(
        saying or Q(), subject="dispute", kind__in=list(begun_by), at__gte=period[0] - before, at__lt=period[1]
    )
    about = Entry.objects.filter(subject="dispute", kind__in=TOLD, subject_id__in=begun.values("subject_id"))
    story: Story = []
    for entry in about.order_by("subject_id", "seq").iterator(chunk_size=2000):
        if story and story[0].subject_id != entry.subject_id:
            yield story
            story = []
        story.append(entry)
    if story:
        yield story


def _difficult(period: Period) -> Iterator[Story]:
    """The stories, up to the end of the period, of what was called complex or major by its last grading within it."""
    for whole in _stories(period, {e.Registered.kind, e.Graded.kind}, saying=CALLED_DIFFICULT):
        story = [entry for entry in whole if entry.at < period[1]]
        graded = [
            entry for entry in story if entry.kind in (e.Registered.kind, e.Graded.kind) and entry.at >= period[0]
        ]
        merged = any(entry.kind == e.Merged.kind for entry in story)
        if graded and not merged and _level(graded[-1]) in DIFFICULT:
            yield story


def _took_part(entry: Entry) -> list[int]:
    """The called bodies of which this entry says that they take part."""
    told = entry.payload or {}
    if entry.kind == e.Attended.kind:
        return list(told.get("body_ids", ()))
    says = {e.CallAnswered.kind: "comes", e.TaskClosed.kind: "done"}.get(entry.kind)
    return [_of(entry, "body_id")] if says and told.get(says) else []


def _level(entry: Entry) -> str:
    """The code; of an older entry what its words mean in the language of the house."""
    payload = entry.payload or {}
    return payload.get("level") or WORDS.get(payload.get("difficulty", ""), Difficulty.GENERAL)


def _thirty_days(story: Story, end: Entry | None, now: datetime) -> datetime | None:
    """The midnight after the last day; None while the clock stands still."""
    spans: list[Span] = []
    days, since = MEDIATION.n, None
    for entry in story:
        if end is not None and entry.seq >= end.seq:
            break
        if entry.kind == e.Suspended.kind:
            since = entry.at
        elif entry.kind == e.Resumed.kind and since:
            spans.append(Span(since, entry.at))
            since = None
        elif entry.kind == e.Extended.kind:
            days += _of(entry, "days")
    if since:
        if end is None:
            return None
        spans.append(Span(since, end.at))
    return due_at(story[0].at, Limit(days, MEDIATION.unit, roll=MEDIATION.roll), spans)[0]


def _again(story: Story, n: int) -> bool:
    """Whether this names another mediator for a mediation that has begun already."""
    for entry in reversed(story[:n]):
        if entry.kind == e.Assigned.kind:
            return True
        if entry.kind in {*SETTLED, *PASSED_ON, e.Reopened.kind}:
            return False
    return False


def _next(story: Story, n: int, kinds: Iterable[str]) -> Entry | None:
    return next((entry for entry in story[n + 1 :] if entry.kind in kinds), None)


def _within(period: Period, moment: datetime) -> bool:
    return period[0] <= moment < period[1]


def _of(entry: Entry, name: str) -> int:
    return int((entry.payload or {}).get(name) or 0)
