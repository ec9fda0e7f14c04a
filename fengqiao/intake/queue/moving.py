"""What every change in a queue shares: the hall is held, the ticket is read anew, the step is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, Window
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import Sitting, User

from .models import Hall, Ticket, TicketState, TicketStep
from .rules import Rules

LONGEST_NOTE = 200


@dataclass(frozen=True)
class Visitor:
    """Whoever holds the ticket, at the kiosk or with a phone."""

    pk = None
    is_authenticated = False
    ledger_id = "visitor"

    def __str__(self) -> str:
        return str(_("来访人"))


VISITOR = Visitor()


def held(body_id: int) -> Hall:
    """The hall's queue, held until commit: two clerks who press at once come one after the other."""
    if not Hall.objects.filter(body_id=body_id).update(changes=F("changes") + 1):  # the update takes the row's lock
        Body.objects.lock(body_id)
        Hall.objects.get_or_create(body_id=body_id)
        Hall.objects.filter(body_id=body_id).update(changes=F("changes") + 1)
    return Hall.objects.select_for_update().get(body_id=body_id)


def taken_up(ticket: Ticket, states: Sequence[str]) -> Ticket:
    """The ticket as it stands now, its hall held. Refused where it is in none of these states, or is not today's."""
    held(ticket.body_id)
    now = Ticket.objects.select_related("line", "window", "wanted", "clerk", "body").get(pk=ticket.pk)
    if not now.is_todays:
        raise Refused(_("%(number)s 是%(day)s的号，已经过了。请重新取号。") % {"number": now, "day": now.day})
    if now.state not in states:
        raise Refused(
            _("%(number)s 现在是“%(state)s”，不能这样办。") % {"number": now, "state": now.get_state_display()}
        )
    return now


def move(ticket: Ticket, state: str, *, by: Any, note: str = "") -> Ticket:
    """Into a state, with everything that was set on the ticket, and the step on record."""
    ticket.state = state
    ticket.version += 1
    ticket.save()
    window = ticket.window if state not in (TicketState.WAITING, TicketState.MISSED) else None
    TicketStep.objects.create(
        ticket=ticket, at=timezone.now(), state=state, window=window, by=by.ledger_id, note=note[:LONGEST_NOTE]
    )
    return ticket


def release(ticket: Ticket) -> None:
    """No longer at a window."""
    ticket.window, ticket.clerk, ticket.called_at, ticket.serving_at, ticket.calls = None, None, None, None, 0


def window_of(by: User) -> Window:
    """Where this person sits. Refused for one who sits nowhere, or whose window is closed."""
    sitting = Sitting.objects.now().filter(person=by).select_related("window__standing", "window__body").first()
    if sitting is None:
        raise Refused(_("请先在一个窗口上岗，再叫号。"))
    if not sitting.window.is_open:
        raise Refused(_("“%(window)s”已经关了，请先开窗再叫号。") % {"window": sitting.window})
    return sitting.window


def refuse_stranger(body_id: int, by: Any) -> None:
    if not by.works_at(body_id):
        raise Refused(_("只有本单位大厅的人可以叫号。"))


def refuse_busy(by: User, window: Window) -> None:
    """One pair of hands, one ticket."""
    there = (
        Ticket.objects.at_windows().filter(clerk=by).first()
        or Ticket.objects.at_windows().filter(window=window).first()
    )
    if there:
        raise Refused(_("手上还有 %(number)s，请先办完、挂起、过号或者转走。") % {"number": there})


def head_start(rules: Rules, priority: str) -> timedelta:
    return timedelta(minutes=rules.head_start(priority))
