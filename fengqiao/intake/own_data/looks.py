"""Who looked at what is covered of a party: told to that party, staff by office and post, never by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.events import OwnDataTaken
from fengqiao.disputes.models import Dispute, Party
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User

READ = 200  # of the newest entries


@dataclass(frozen=True)
class Look:
    at: datetime
    who: str
    what: str
    reason: str = ""


def looks_at(dispute: Dispute, party: Party, *, most: int = 30) -> list[Look]:
    """The newest looks at this party's own data and at what both sides share. Source: 个人信息保护法 44, 45.

    What was looked at of somebody else stays theirs to know; the reason is told where it concerns this party. Of their
    own looks only those are told with which everything was taken away: it may have been somebody else with their PIN.
    """
    newest = Entry.objects.of("look", dispute.pk).order_by("-seq")[:READ]
    theirs = [entry for entry in newest if _concerns(entry, party) and not _is_own(entry, party)]
    told = theirs[:most]
    staff, others = _staff(told), {f"party:{one.pk}": str(one.get_role_display()) for one in dispute.cast}
    others[f"party:{party.pk}"] = _("您本人（用查询码和密码）")
    return [_look(entry, _who(entry.actor, staff, others), party) for entry in told]


def _concerns(entry: Entry, party: Party) -> bool:
    """Not what was looked at of somebody else, and not what was shredded."""
    return entry.payload is not None and entry.payload.get("party_id") in (None, party.pk)


def _is_own(entry: Entry, party: Party) -> bool:
    return entry.actor == f"party:{party.pk}" and entry.kind != OwnDataTaken.kind


def _look(entry: Entry, who: str, party: Party) -> Look:
    told: dict[str, Any] = entry.payload or {}
    reason = str(told.get("reason", "")) if told.get("party_id") == party.pk else ""
    return Look(entry.at, who, str(told.get("what", "")), reason)


def _staff(entries: list[Entry]) -> dict[str, User]:
    keys = {entry.actor.removeprefix("user:") for entry in entries if entry.actor.startswith("user:")}
    users = User.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {user.ledger_id: user for user in users.select_related("home_body", "station_body")}


def _who(actor: str, staff: dict[str, User], others: dict[str, str]) -> str:
    if user := staff.get(actor):
        return " ".join(str(part) for part in (user.body or "", user.get_role_display()) if part)
    return others.get(actor) or _("系统")
