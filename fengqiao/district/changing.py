"""Change one table of the loaded district: shown beforehand, done as it was shown or not at all, and put on record row by row."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.bodies.events import BodyCorrected, BodyProposed
from fengqiao.bodies.models import Body, Standing
from fengqiao.disputes.recounting import Moving, by_limits, limits_of, order_limit
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.limits import Limit
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.people.duties import Duty, require
from fengqiao.people.models import User

from .differing import Sight, watched
from .events import SUBJECT, DistrictChanged, DistrictUndone
from .loading import ROSTER, bring
from .models import Folder
from .proposals import Proposal, RowChange
from .removing import remove
from .schema import ACCOUNTS, BODIES, FORMER_NAMES, LIMITS, REGIONS
from .titles import heading

LONGEST_REASON = 200
# Whatever else has to be brought in with a table.
STEPS = {FORMER_NAMES.file: (BODIES.file,), ACCOUNTS.file: (ACCOUNTS.file, ROSTER)}
# Columns of the tables that decide who sees what, which do not. Asking everybody's view takes a second with many disputes.
WITHOUT_SIGHT = {
    BODIES.file: {"name", "short_name", "handles", "stationing", "phone", "address", "founded_on", "source"},
    ACCOUNTS.file: {"name", "title", "source"},
    REGIONS.file: {"name", "is_slot"},
}
Propose = Callable[[], Proposal]


@dataclass(frozen=True)
class Preview:
    """What would change, and who would see what. `mark` tells this preview from any other."""

    proposal: Proposal
    sight: list[Sight]
    moving: Moving | None = None  # of a change of limits: what it would do to those that run, if they were moved

    @property
    def changes(self) -> list[RowChange]:
        return self.proposal.changes

    @property
    def mark(self) -> str:
        rows = [[one.key, one.before, one.after] for one in self.changes]
        sight = [[one.person, one.lost, one.gained] for one in self.sight]
        return sha256(json.dumps([self.proposal.table.file, rows, sight], sort_keys=True).encode()).hexdigest()


@transaction.atomic
def preview(proposal: Proposal, *, by: User) -> Preview:
    """Done and undone again. Refused as the change itself would be."""
    _refuse_nothing(proposal)
    with transaction.atomic():
        sight = _brought(proposal, by)
        limits = _limits_after(proposal)
        seen = Preview(proposal, sight, by_limits(limits) if limits else None)
        transaction.set_rollback(True)
    return seen


@transaction.atomic
def change(propose: Propose, *, reason: str, seen: str, by: User, undoes: int = 0) -> Preview:
    """Do what was shown, with the reason. `seen` is the mark of the preview; Stale where it would come out otherwise now.

    `undoes` is the number of the entry that is taken back. Raises RowsRefused and Refused as the preview does.
    """
    require(by, Duty.KEEP_DISTRICT)
    reason = normalise(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("请写明为什么改，最多 %(n)d 个字。") % {"n": LONGEST_REASON})
    _hold()
    proposal = propose()
    _refuse_nothing(proposal)
    done = Preview(proposal, _brought(proposal, by))
    if done.mark != seen:
        raise Stale(_("这中间有人改过，结果和您刚才看到的不一样了。请看一看新的对照再确认。"))
    entry = book.append(SUBJECT, 1, _event(proposal, reason, undoes), by=by)
    if proposal.table is BODIES:
        _tell_bodies(proposal, reason, entry, by)
    return done


@transaction.atomic
def change_with_those_that_run(propose: Propose, *, reason: str, seen: str, by: User, undoes: int = 0) -> Preview:
    """The same of the limits; those that run already are counted anew by it, in the background, each with its entry."""
    done = change(propose, reason=reason, seen=seen, by=by, undoes=undoes)
    for key, limit in _limits_after(done.proposal).items():
        order_limit(key, limit, reason=normalise(reason), by=by)
    return done


def _limits_after(proposal: Proposal) -> dict[str, Limit]:
    """The limits that the proposal speaks of, as they are once it has been brought in."""
    if proposal.table is not LIMITS:
        return {}
    return limits_of([(one.key[0], date.fromisoformat(one.key[1])) for one in proposal.changes])


def _hold() -> None:
    """One change of the district at a time."""
    if not Folder.objects.select_for_update().exists():
        Folder.objects.create(name=str(Body.objects.root() or ""))
    Folder.objects.select_for_update().first()


def _refuse_nothing(proposal: Proposal) -> None:
    if not proposal.changes:
        raise Refused(_("和现在的一样，没有要改的。"))


def _brought(proposal: Proposal, by: User) -> list[Sight]:
    def do() -> None:
        for key in proposal.gone:
            remove(proposal.table, key)
        bring(proposal.district, STEPS.get(proposal.table.file, (proposal.table.file,)), by=by)
        if proposal.table is BODIES:
            new = [one.key[0] for one in proposal.changes if one.before is None]
            Body.objects.filter(key__in=new).update(standing=Standing.PROPOSED, proposed_by=by.ledger_id)

    if _may_change_sight(proposal):
        return watched(do)[1]
    do()
    return []


def _may_change_sight(proposal: Proposal) -> bool:
    harmless = WITHOUT_SIGHT.get(proposal.table.file)
    return harmless is not None and any(not set(one.changed) <= harmless for one in proposal.changes)


def _event(proposal: Proposal, reason: str, undoes: int) -> DistrictChanged | DistrictUndone:
    kinds = [(one.before is None, one.after is None) for one in proposal.changes]
    facts: dict[str, Any] = {
        "table": proposal.table.file, "reason": reason, "rows": [_recorded(one) for one in proposal.changes],
        "added": kinds.count((True, False)), "changed": kinds.count((False, False)), "removed": kinds.count((False, True)),
    }  # fmt: skip
    return DistrictUndone(**facts, undoes=undoes) if undoes else DistrictChanged(**facts)


def _recorded(one: RowChange) -> dict[str, Any]:
    """A row that is new or goes, whole; of the others only what differs."""
    if one.before is None or one.after is None:
        return {"key": list(one.key), "before": _told(one.before), "after": _told(one.after)}
    sides = {"before": one.before, "after": one.after}
    return {"key": list(one.key), **{side: {name: row[name] for name in one.changed} for side, row in sides.items()}}


def _told(row: dict[str, str] | None) -> dict[str, str] | None:
    return row and {name: cell for name, cell in row.items() if cell}


def _tell_bodies(proposal: Proposal, reason: str, entry: Entry, by: User) -> None:
    """A body's own page tells of it too, and whoever has it open sees that it was changed."""
    there = {body.key: body for body in Body.objects.filter(key__in=[one.key[0] for one in proposal.changes])}
    for one in proposal.changes:
        body = there[one.key[0]]
        if one.before is None:
            book.begin("body", body.pk, BodyProposed(name=body.name, body_kind=body.kind), by=by)
            continue
        changes = {name: [one.before[name], (one.after or {})[name]] for name in one.changed}
        labels = "、".join(heading(BODIES, name) for name in changes)
        told = BodyCorrected(name=body.name, what=labels, changes=changes, reason=reason)
        Body.objects.filter(pk=body.pk).update(version=body.version + 1)
        book.append("body", body.pk, told, by=by)
