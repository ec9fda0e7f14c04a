"""The changes of the roster, in the order of a term: applied, reviewed, on it, suspended, removed, renewed.

Every one is undone by a further one (suspend by resume, remove by restore, refuse by a new application); nothing is
deleted. `User.mediates` is kept in step by `writing.py` and nowhere else.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import next_number
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.kernel.written import short
from fengqiao.ledger import book
from fengqiao.people.models import RosterEntry, RosterRules, User

from . import events
from .drafts import FIELDS, OWN, EntryDraft, put
from .history import told
from .models import Enrolment, Source
from .sight import answers_for, may_keep, reads_sealed, reviews
from .writing import SUBJECT, begun, difference, held, made, moved, reason_of, refuse_minor, serve, served_by

LOOKS = "roster_look"


@transaction.atomic
def apply(draft: EntryDraft, *, by: User) -> RosterEntry:
    """Ask for a place on the roster, for oneself or for somebody of a body that one answers for (人民调解法 13, 14)."""
    oneself = (
        draft.user is not None and draft.user.pk == by.pk and draft.body.pk in (by.home_body_id, by.station_body_id)
    )
    if not oneself and not answers_for(by, draft.body):
        raise Refused(_("只能给自己，或者给本单位的人申报。"))
    if draft.user and RosterEntry.objects.filter(user=draft.user).exists():
        raise Refused(_("%(name)s已经在名册上，或者已经申报过。请打开那一条来办。") % {"name": draft.user})
    if draft.user and not draft.user.is_active:
        raise Refused(_("这个账户已经停用，不能申报。"))
    entry = made(draft, Source.REVIEW)
    event = events.RosterApplied(
        name=entry.name, kinds="、".join(entry.kind_words), body=str(entry.body), body_id=entry.body_id
    )
    return begun(entry, event, draft.serves, by=by)


@transaction.atomic
def resubmit(
    entry: RosterEntry, *, facts: Mapping[str, Any], remark: str = "", by: User, seen: int | None = None
) -> RosterEntry:
    """Complete what was returned, or apply again after a refusal."""
    entry = held(entry, seen)
    if not may_keep(by, entry):
        raise Refused(_("只有本人和所属单位的负责人可以重新申报。"))
    if entry.standing not in (Enrolment.RETURNED, Enrolment.REFUSED):
        raise Refused(_("这一条不在退回、未通过的状态，不用重新申报。"))
    serves = facts.get("serves")
    put(entry, {name: value for name, value in facts.items() if name in FIELDS})
    refuse_minor(entry)
    rows = serve(entry, serves) if serves is not None else []
    event = events.RosterResubmitted(name=entry.name, remark=short(remark))
    return moved(entry, Enrolment.APPLIED, event, by=by, rows=rows)


@transaction.atomic
def admit(
    entry: RosterEntry, *, valid_from: date, valid_to: date | None = None, certificate: str = "", grade: str = "",
    reason: str = "", by: User, seen: int | None = None,
) -> RosterEntry:  # fmt: skip
    """Put somebody on the roster. Without a number the next one of the reviewing body is taken, without an end the
    county's term. Refused for who is not of age (人民调解法 14)."""
    entry = _for_review(entry, by, seen, {Enrolment.APPLIED})
    given = {"certificate": certificate, "grade": grade, "reason": reason}
    return _certified(entry, valid_from, valid_to, by=by, **given)


@transaction.atomic
def certify(
    entry: RosterEntry, *, valid_from: date, valid_to: date | None = None, certificate: str = "", grade: str = "",
    reason: str = "", by: User, seen: int | None = None,
) -> RosterEntry:  # fmt: skip
    """Give a number and a term to who is on the roster by the district's file or another roster alone."""
    entry = _for_review(entry, by, seen, {Enrolment.ON})
    if entry.certificate:
        raise Refused(_("已经有证号了。要改任期请办续任。"))
    given = {"certificate": certificate, "grade": grade, "reason": reason}
    return _certified(entry, valid_from, valid_to, by=by, **given)


@transaction.atomic
def return_back(entry: RosterEntry, *, reason: str, by: User, seen: int | None = None) -> RosterEntry:
    """Something is missing: back to whoever applied, with what to complete."""
    entry = _for_review(entry, by, seen, {Enrolment.APPLIED})
    event = events.RosterReturned(name=entry.name, reason=reason_of(reason))
    return moved(entry, Enrolment.RETURNED, event, by=by)


@transaction.atomic
def refuse(entry: RosterEntry, *, reason: str, by: User, seen: int | None = None) -> RosterEntry:
    """Not on the roster, with the reason that the person reads."""
    entry = _for_review(entry, by, seen, {Enrolment.APPLIED})
    return moved(entry, Enrolment.REFUSED, events.RosterRefused(name=entry.name, reason=reason_of(reason)), by=by)


@transaction.atomic
def suspend(entry: RosterEntry, *, reason: str, by: User, seen: int | None = None) -> RosterEntry:
    """No new disputes from now on; those in hand go on (人民调解法 15)."""
    entry = _for_review(entry, by, seen, {Enrolment.ON})
    return moved(entry, Enrolment.SUSPENDED, events.RosterSuspended(name=entry.name, reason=reason_of(reason)), by=by)


@transaction.atomic
def resume(entry: RosterEntry, *, reason: str, by: User, seen: int | None = None) -> RosterEntry:
    entry = _for_review(entry, by, seen, {Enrolment.SUSPENDED})
    return moved(entry, Enrolment.ON, events.RosterResumed(name=entry.name, reason=reason_of(reason)), by=by)


@transaction.atomic
def remove(entry: RosterEntry, *, reason: str, by: User, seen: int | None = None) -> RosterEntry:
    """Off the roster, for the reason that the person is told (人民调解法 15; 特邀调解规定 28)."""
    entry = _for_review(entry, by, seen, {Enrolment.ON, Enrolment.SUSPENDED})
    return moved(entry, Enrolment.REMOVED, events.RosterRemoved(name=entry.name, reason=reason_of(reason)), by=by)


@transaction.atomic
def restore(entry: RosterEntry, *, reason: str, by: User, seen: int | None = None) -> RosterEntry:
    """Undo a removal: the same place, number and term."""
    entry = _for_review(entry, by, seen, {Enrolment.REMOVED})
    return moved(entry, Enrolment.ON, events.RosterRestored(name=entry.name, reason=reason_of(reason)), by=by)


@transaction.atomic
def renew(entry: RosterEntry, *, valid_to: date, reason: str = "", by: User, seen: int | None = None) -> RosterEntry:
    """A further term, also after the last one has ended."""
    entry = _for_review(entry, by, seen, {Enrolment.ON, Enrolment.SUSPENDED})
    if valid_to <= timezone.localdate() or (entry.valid_to and valid_to <= entry.valid_to):
        raise Refused(_("新的任期要到今天以后，也要晚于原来的 %(to)s。") % {"to": entry.valid_to or "—"})
    entry.valid_to, entry.warned_for = valid_to, None
    event = events.RosterRenewed(name=entry.name, until=str(valid_to), reason=short(reason))
    return moved(entry, Enrolment(entry.standing), event, by=by, why=entry.reason)


@transaction.atomic
def change(
    entry: RosterEntry, *, facts: Mapping[str, Any], reason: str = "", by: User, seen: int | None = None
) -> RosterEntry:
    """Change what the entry says; what it said before stays in the history. The person alone may change what is
    theirs to say (`OWN`), the rest only who answers for the body."""
    entry = held(entry, seen)
    if not may_keep(by, entry):
        raise Refused(_("只有本人和所属单位的负责人可以改。"))
    before, serving = told(entry), set(served_by(entry))
    given = {name: value for name, value in facts.items() if name in FIELDS}
    put(entry, given)
    after = told(entry)
    changed = [name for name in before if before[name] != after[name]]
    serves = facts.get("serves")
    if serves is not None and {body.pk for body in serves} != serving:
        changed.append("serves")
    if not changed:
        raise Refused(_("没有改动。"))
    if set(changed) - OWN and not answers_for(by, entry.body):
        raise Refused(_("类别、等级、单位这些要由所属单位的负责人来改。"))
    refuse_minor(entry)
    rows = serve(entry, serves) if serves is not None else []
    event = events.RosterChanged(name=entry.name, reason=short(reason), **difference(before, after, changed))
    return moved(entry, Enrolment(entry.standing), event, by=by, rows=rows, why=entry.reason)


@transaction.atomic
def take_over(
    draft: EntryDraft, *, source: Source, valid_from: date | None = None, valid_to: date | None = None,
    certificate: str = "", by: Any,
) -> RosterEntry:  # fmt: skip
    """An entry that was decided elsewhere: in the district's file, or in a roster that is being brought in."""
    entry = made(draft, source)
    entry.standing, entry.valid_from, entry.valid_to = Enrolment.ON, valid_from, valid_to
    entry.certificate = normalise(certificate) or None
    refuse_minor(entry)
    event = events.RosterTakenOver(name=entry.name, source=str(Source(source).label))
    return begun(entry, event, draft.serves, by=by)


@transaction.atomic
def look(entry: RosterEntry, *, what: str, reason: str, by: User) -> RosterEntry:
    """Write down that somebody looked at what is sealed, before they see it. Source: 个人信息保护法 51."""
    if not reads_sealed(by, entry):
        raise Refused(_("电话、证件号码和回避信息只给本人和审核单位看。"))
    event = events.RosterLooked(name=entry.name, what=what, reason=reason_of(reason))
    entry = held(entry, None)
    book.append(LOOKS, entry.pk, event, by=by)
    return entry


@transaction.atomic
def print_card(entry: RosterEntry, *, by: User) -> RosterEntry:
    """A card leaves the house. Refused for who is not on the roster today."""
    entry = held(entry, None)
    if not may_keep(by, entry):
        raise Refused(_("只有本人和所属单位的负责人可以打印工作牌。"))
    if reason := why_no_card(entry):
        raise Refused(reason)
    book.append(SUBJECT, entry.pk, events.CardPrinted(name=entry.name), by=by)
    return entry


def why_no_card(entry: RosterEntry) -> str | None:
    """Why no work card can be printed today, or None."""
    if reason := entry.why_not_at_work():
        return _("不能打印工作牌。%(why)s") % {"why": reason}
    return None if entry.certificate else _("还没有证号，请审核单位先发证。")


def end_of_term(first: date) -> date:
    """The last day of a term that begins on this one, by the county's rules."""
    years = RosterRules.now().term_years
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return first.replace(year=first.year + years, day=28)


def _for_review(entry: RosterEntry, by: User, seen: int | None, sources: set[Enrolment]) -> RosterEntry:
    row = held(entry, seen)
    if not reviews(by):
        raise Refused(_("只有审核单位的负责人、管理员可以办。"))
    if row.user_id == by.pk:
        raise Refused(_("不能审核自己，请审核单位的另一位来办。"))
    if row.standing not in sources:
        raise Refused(_("“%(now)s”时不能这样办。") % {"now": row.standing_words})
    return row


def _certified(
    entry: RosterEntry, first: date, last: date | None, *, certificate: str, grade: str, reason: str, by: User
) -> RosterEntry:
    refuse_minor(entry, needed=True)
    entry.valid_from, entry.valid_to, entry.warned_for = first, last or end_of_term(first), None
    if entry.valid_to < entry.valid_from:
        raise Refused(_("任期的最后一天不能早于第一天。"))
    if grade:
        put(entry, {"grade": grade})
    entry.certificate = normalise(certificate) or _next_certificate(by, first)
    event = events.RosterAdmitted(
        name=entry.name, certificate=entry.certificate, since=str(first), until=str(entry.valid_to),
        reason=short(reason),
    )  # fmt: skip
    return moved(entry, Enrolment.ON, event, by=by)


def _next_certificate(by: User, day: date) -> str:
    body = by.body
    if body is None:
        raise Refused(_("请写证号。"))
    return f"{body.short_name}调证{day.year}-{next_number(body, 'roster', day.year):04}"
