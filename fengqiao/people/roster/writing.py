"""How every change of the roster opens and closes: the row is held, saved, witnessed in its chain, the account kept in step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.written import given
from fengqiao.ledger import book
from fengqiao.ledger.kinds import Event
from fengqiao.people.models import RosterEntry, Serving, User

from .drafts import ADULT, FIELDS, SEALED, EntryDraft, age_on, put
from .history import what_changed
from .models import Enrolment, Source

SUBJECT = "roster"


def made(draft: EntryDraft, source: Source) -> RosterEntry:
    entry = RosterEntry(user=draft.user, source=source)
    put(entry, {name: getattr(draft, name) for name in FIELDS})
    refuse_minor(entry)
    return entry


def begun(entry: RosterEntry, event: Event, serves: Sequence[Body], *, by: Any) -> RosterEntry:
    _saved(entry)
    rows = serve(entry, serves)
    book.begin(SUBJECT, entry.pk, event, by=by, rows=[entry, *rows])
    _keep_in_step(entry)
    return entry


def held(entry: RosterEntry, seen: int | None) -> RosterEntry:
    """The row, until commit."""
    row = RosterEntry.objects.select_for_update(of=("self",)).select_related("body__region", "user").get(pk=entry.pk)
    if seen is not None and seen != row.version:
        raise Stale(_("这一条刚刚有人动过，请看清现在的情况再办。您写的内容还在。"))
    return row


def moved(
    entry: RosterEntry, to: Enrolment, event: Event, *, by: Any, rows: Iterable[Serving] = (), why: str | None = None
) -> RosterEntry:
    """Save, tell the ledger, keep the account in step. `why` is kept as the reason of how it stands."""
    entry.standing = to
    entry.reason = event.payload().get("reason", "") if why is None else why
    entry.version += 1
    _saved(entry)
    book.append(SUBJECT, entry.pk, event, by=by, rows=[entry, *rows])
    _keep_in_step(entry)
    return entry


def _saved(entry: RosterEntry) -> None:
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as clash:
        if "user" in str(clash):
            raise Refused(
                _("%(name)s已经在名册上，或者已经申报过。请打开那一条来办。") % {"name": entry.name}
            ) from clash
        raise Refused(_("证号“%(n)s”已经有人用了，请核对。") % {"n": entry.certificate}) from clash


def _keep_in_step(entry: RosterEntry) -> None:
    if entry.user_id:
        User.objects.filter(pk=entry.user_id).update(mediates=entry.is_on and entry.mediates)


def served_by(entry: RosterEntry) -> list[int]:
    return list(entry.servings.filter(ended_on=None).values_list("body_id", flat=True))


def serve(entry: RosterEntry, bodies: Sequence[Body]) -> list[Serving]:
    """Serve exactly these bodies besides one's own. Returns the rows that changed."""
    wanted = {body.pk for body in bodies} - {entry.body_id}
    rows = {row.body_id: row for row in entry.servings.all()}
    changed = []
    for pk in wanted - set(rows):
        changed.append(Serving.objects.create(entry=entry, body_id=pk))
    for pk, row in rows.items():
        ended_on = None if pk in wanted else row.ended_on or timezone.localdate()
        if ended_on != row.ended_on:
            row.ended_on = ended_on
            row.save(update_fields=["ended_on"])
            changed.append(row)
    return changed


def difference(before: Mapping[str, str], after: Mapping[str, str], changed: Sequence[str]) -> dict[str, Any]:
    open_ = [name for name in changed if name in before and name not in SEALED]
    return {
        "what": what_changed(changed), "before": {name: before[name] for name in open_},
        "after": {name: after[name] for name in open_},
    }  # fmt: skip


def refuse_minor(entry: RosterEntry, *, needed: bool = False) -> None:
    age = age_on(entry.born_on, timezone.localdate())
    if needed and age is None and entry.source == Source.REVIEW:
        raise Refused(_("还没有出生日期，没法核对是不是成年人。请退回补充。"))
    if age is not None and age < ADULT:
        raise Refused(
            _("人民调解员要由成年公民担任（人民调解法 14），%(name)s还没有满十八周岁。") % {"name": entry.name}
        )


def reason_of(text: str) -> str:
    return given(text, _("请写明理由，本人会看到。"))
