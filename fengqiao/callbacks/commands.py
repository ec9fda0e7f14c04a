"""The changes at the end: close, call back, contest, answer, open again, archive."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import advance, note
from fengqiao.disputes.events import Archived, CalledBack, Closed, ContestAnswered, Contested, Rated, Reopened
from fengqiao.disputes.joining import unclosed
from fengqiao.disputes.lifecycle import ENDED, Act, State
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.ratings import Contact, Rating
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry

from .contents import refuse_unready
from .models import AnswerKind, Archive, Callback, Contest
from .package import Draft, Package, build, drafted, head_of
from .record import add_callback_record
from .retention import retention_of, years_in_words


@transaction.atomic
def close(dispute: Dispute, *, outcome: str, remark: str, by: Any, seen: int | None = None) -> Dispute:
    """The matter is over: performed, failed, withdrawn, rejected or handed over. Next comes the call-back.

    `outcome` is the state it ended in; it may be left empty. Refused when it names another ending than the real one, and
    without a remark while called bodies have not closed their tasks.
    """
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.CLOSE, by)
    if outcome and outcome != dispute.state:
        asked = State(outcome).label if outcome in {state.value for state in ENDED} else outcome
        words = {"state": dispute.get_state_display(), "asked": asked}
        raise Refused(_("现在是“%(state)s”，不能按“%(asked)s”办结。") % words)
    if (left := unclosed(dispute)) and not remark.strip():
        raise Refused(_("%(left)s请等他们销号，或者在办结说明里写明为什么不等了。") % {"left": left})
    event = Closed(outcome=dispute.state, remark=remark.strip())
    return advance(dispute, Act.CLOSE, by=by, event=event, closed_at=timezone.now())


@transaction.atomic
def call_back(
    dispute: Dispute, *, party: Party, how: str, rating: str, words: str, by: Any, seen: int | None = None
) -> Callback:
    """One party was asked how it was, or rated it themselves. An attempt that reached nobody counts as an attempt.

    Refused: not satisfied without a word about what was wrong; a rating for another party.
    """
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.CALL_BACK, by)
    own = isinstance(by, PartyActor)
    if party.dispute_id != dispute.pk or (own and by.party.pk != party.pk):
        raise Refused(_("只能评价自己的事。") if own else _("这位当事人不在这件事里。"))
    how, rating, words = Contact.ONLINE if own else Contact(how), Rating(rating), words.strip()
    if own and rating == Rating.UNREACHED:
        raise Refused(_("请选满意、基本满意或者不满意。"))
    if rating == Rating.DISSATISFIED and not words:
        raise Refused(_("请写明哪里不满意，我们好改，也可以重新办理。"))
    callback = Callback.objects.create(
        dispute=dispute, party=party, how=how, rating=rating, words=words, by_party=own,
        recorded_by=str(by), at=timezone.now(),
    )  # fmt: skip
    if callback.is_reached:
        callback.paper = add_callback_record(dispute, callback, by=by)
        callback.save()
    advance(dispute, Act.CALL_BACK, by=by, event=_told(callback), rows=[callback])
    return callback


@transaction.atomic
def contest(dispute: Dispute, *, words: str, by: PartyActor, seen: int | None = None) -> Contest:
    """A party does not accept how it ended; possible after archiving too. One at a time for each party."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.CONTEST, by)
    if not words.strip():
        raise Refused(_("请写明对哪里有异议。"))
    if Contest.objects.filter(party=by.party, answered_at=None).exists():
        raise Refused(_("您上次提的异议还在处理，有了答复再提新的。"))
    objection = Contest.objects.create(dispute=dispute, party=by.party, words=words.strip(), at=timezone.now())
    advance(dispute, Act.CONTEST, by=by, event=Contested(contest_id=objection.pk), rows=[objection])
    return objection


@transaction.atomic
def answer(contest: Contest, *, words: str, by: Any, seen: int | None = None) -> Contest:
    """Explain to the party why it stays as it is. Whoever may open it again may explain instead."""
    dispute = Dispute.objects.lock(contest.dispute_id, seen=seen)
    _allow(dispute, Act.REOPEN, by)
    contest = Contest.objects.select_related("party").get(pk=contest.pk)
    if not contest.is_open:
        raise Refused(_("这条异议已经答复过了。"))
    if not words.strip():
        raise Refused(_("请写明答复的内容。"))
    _answered(contest, AnswerKind.EXPLAINED, words.strip(), by)
    event = ContestAnswered(contest_id=contest.pk, party=str(contest.party))
    note(dispute, event, by=by, rows=[contest])
    return contest


@transaction.atomic
def reopen(dispute: Dispute, *, reason: str, by: Any, seen: int | None = None) -> Dispute:
    """Do it again. The entry of the closing and this one both stay; what counts closings leaves out the answered one."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.REOPEN, by)
    if not reason.strip():
        raise Refused(_("请写明为什么重新办理。"))
    open_contests = list(dispute.contests.filter(answered_at=None))
    for objection in open_contests:
        _answered(objection, AnswerKind.REOPENED, reason.strip(), by)
    closing = Entry.objects.of("dispute", dispute.pk).filter(kind=Closed.kind).last()
    event = Reopened(remark=reason.strip(), answers=closing.seq if closing else 0)
    return advance(
        dispute, Act.REOPEN, by=by, event=event, rows=open_contests, closed_at=None, accepted_at=timezone.now()
    )


def archive(dispute: Dispute, *, years: int | None, by: Any, seen: int | None = None) -> Archive:
    """Put the whole file away as one package that can be checked outside the system (档案法 37).

    `years` None: as long as the rules say; 0: for ever. Refused: papers are missing, nobody was called back, an
    objection waits for its answer, fewer years than the rules say. Raises Stale when the dispute was changed meanwhile.
    The package is built before the row is locked, from what can then be read; the lock only finds out if that still
    stands.
    """
    dispute = Dispute.objects.get(pk=dispute.pk)
    _allow(dispute, Act.ARCHIVE, by)
    refuse_unready(dispute)
    years = _years(dispute, years)
    package = build(dispute, years=years, by=by, at=timezone.now())
    with drafted(package) as draft:
        return _archived(dispute, package, draft, years=years, by=by, seen=seen)


@transaction.atomic
def _archived(dispute: Dispute, package: Package, draft: Draft, *, years: int, by: Any, seen: int | None) -> Archive:
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _allow(dispute, Act.ARCHIVE, by)
    if head_of(dispute) != package.head:
        raise Stale(_("打包的时候有人动了这件事，请看清现在的情况再归档。"))
    row = Archive.objects.create(
        dispute=dispute, volume=package.volume, number=package.number, years=years, path=package.path,
        sha256=draft.sha256, size=draft.size, papers=package.papers, pages=package.pages,
        filed_by=str(by), at=package.at,
    )  # fmt: skip
    event = Archived(archive_id=row.pk, number=row.number, papers=row.papers, years=years_in_words(years))
    advance(dispute, Act.ARCHIVE, by=by, event=event, rows=[row])
    draft.put_away()
    return row


def _years(dispute: Dispute, years: int | None) -> int:
    least = retention_of(dispute)
    if years is None:
        return least.years
    if not least.allows(years):
        words = {"years": years_in_words(least.years), "why": least.why}
        raise Refused(_("这件事（%(why)s）至少保管%(years)s。") % words)
    return years


def _told(callback: Callback) -> Event:
    if callback.by_party:
        return Rated(callback_id=callback.pk, party_id=callback.party_id, rating=callback.rating)
    return CalledBack(
        callback_id=callback.pk, party_id=callback.party_id, party=str(callback.party), how=callback.how,
        rating=callback.rating,
    )  # fmt: skip


def _answered(contest: Contest, kind: AnswerKind, words: str, by: Any) -> None:
    contest.answer_kind, contest.answer = kind, words
    contest.answered_by, contest.answered_at = str(by), timezone.now()
    contest.save()


def _allow(dispute: Dispute, act: Act, by: Any) -> None:
    if reason := dispute.why_not(act, by):
        raise Refused(reason)
