"""Accounts that mediate by the district's file: onto the roster, off it, moved. What was decided here since then stands."""

from typing import Any

from django.db import transaction

from fengqiao.people.models import RosterEntry, User

from . import events
from .commands import take_over
from .drafts import EntryDraft, put
from .history import told
from .models import Enrolment, Kind, Source
from .writing import difference, held, moved

GONE_FROM_FILE = "辖区资料里不再列为调解员"
BACK_IN_FILE = "辖区资料里重新列为调解员"
CHANGED_IN_FILE = "辖区资料改了"


@transaction.atomic
def as_the_district_says(user: User, *, mediates: bool, by: Any) -> RosterEntry | None:
    """Bring an account of the district's file onto the roster, or off it again. What was decided here stands."""
    entry = RosterEntry.objects.filter(user=user).first()
    if entry is None and not mediates:
        User.objects.filter(pk=user.pk, mediates=True).update(mediates=False)
    if entry is None:
        return _entered(user, by) if mediates else None
    if entry.source != Source.DISTRICT:
        return None
    if mediates and entry.is_on:
        return _follow(entry, user, by)
    if mediates and entry.reason == GONE_FROM_FILE:
        return moved(
            held(entry, None), Enrolment.ON, events.RosterRestored(name=entry.name, reason=BACK_IN_FILE), by=by
        )
    if not mediates and entry.is_on:
        gone = events.RosterRemoved(name=entry.name, reason=GONE_FROM_FILE)
        return moved(held(entry, None), Enrolment.REMOVED, gone, by=by)
    return None


def _entered(user: User, by: Any) -> RosterEntry | None:
    if user.home_body is None:
        return None
    # Of the others the file says only that they mediate.
    kinds = [Kind.FULL_TIME] if str(Kind.FULL_TIME.label) in user.title else []
    draft = EntryDraft(name=str(user), kinds=kinds, body=user.home_body, title=user.title, user=user)
    return take_over(draft, source=Source.DISTRICT, by=by)


def _follow(entry: RosterEntry, user: User, by: Any) -> RosterEntry | None:
    """The file says another name, body or post of somebody who is on the roster by it."""
    facts = {"name": str(user), "body": user.home_body or entry.body, "title": user.title}
    if all(getattr(entry, name) == value for name, value in facts.items()):
        return None
    entry = held(entry, None)
    before = told(entry)
    after = told(put(entry, facts))
    changed = [name for name in before if before[name] != after[name]]
    event = events.RosterChanged(name=entry.name, reason=CHANGED_IN_FILE, **difference(before, after, changed))
    return moved(entry, Enrolment(entry.standing), event, by=by, why=entry.reason)
