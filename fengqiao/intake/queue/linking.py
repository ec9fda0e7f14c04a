"""The number that somebody has in hand, and the visit that comes of it."""

from typing import TYPE_CHECKING

from django.db import transaction

from fengqiao.people.models import User

from .models import AT_WINDOW, Ticket
from .moving import held

if TYPE_CHECKING:
    from fengqiao.intake.models import Visit


def in_hand(clerk: User, asked: str | None) -> Ticket | None:
    """What this person serves now. With `asked`, only if it is that very number: a page left open names an older one."""
    found = Ticket.objects.at_windows().filter(clerk=clerk).select_related("line", "window", "body").first()
    if asked is None:
        return found
    return found if found and asked == str(found.pk) else None


@transaction.atomic
def link(ticket: Ticket | None, visit: "Visit | None") -> None:
    """The visit belongs to the number in hand, if there is one that has none yet."""
    if ticket is None or visit is None:
        return
    held(ticket.body_id)
    Ticket.objects.filter(pk=ticket.pk, state__in=AT_WINDOW, visit=None, body=visit.body_id).update(visit=visit)
