"""Windows that open and close with a queue before them, and the end of the day: whoever waits keeps the place, or is told."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies import commands as windows
from fengqiao.bodies.models import Body, Window
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.people.duty import commands as duty
from fengqiao.people.models import SYSTEM, Sitting, User

from .events import QueueDayClosed
from .models import OVER, Ticket, TicketState
from .moving import held, move, release


@transaction.atomic
def open_and_sit(window: Window, *, by: User) -> Sitting:
    """开窗上岗, in one press. Whoever sat elsewhere with a number in hand leaves it there, first in line."""
    held(window.body_id)
    before = Sitting.objects.now().filter(person=by).exclude(window=window).select_related("window").first()
    if before:
        put_back(before.window, by=by)
    windows.open_window(window, by=by)
    return duty.sit_down(window, by=by)


@transaction.atomic
def step_away(window: Window, *, by: User) -> None:
    """暂离: the window stays open, nobody is called to it, and nobody is told that it will be quick."""
    held(window.body_id)
    if duty.stand_up(window, by=by):
        put_back(window, by=by)


@transaction.atomic
def close_window(window: Window, *, reason: str = "", by: User) -> None:
    """关窗: whoever was called to it or sent to it waits again, in the place that they had."""
    held(window.body_id)
    windows.close_window(window, reason=reason, by=by)
    duty.stand_up(window, by=by if by.runs(window.body_id) or _sits(window, by) else SYSTEM)
    put_back(window, by=by)
    free_who_were_sent(window, by=by)


def put_back(window: Window, *, by: Any) -> None:
    """The number at this window goes back into line where it was. Call with the hall held."""
    for ticket in Ticket.objects.today(window.body_id).at_windows().filter(window=window).select_related("line"):
        release(ticket)
        move(ticket, TicketState.WAITING, by=by, note=_("%(window)s 没有人了") % {"window": window})


def free_who_were_sent(window: Window, *, by: Any) -> None:
    """Whoever waits for this one window waits for any that takes the matter. Call with the hall held."""
    for ticket in Ticket.objects.today(window.body_id).in_line().filter(wanted=window):
        ticket.wanted = None
        move(ticket, ticket.state, by=by, note=_("%(window)s 关了") % {"window": window})


@transaction.atomic
def window_closed(entry: Entry) -> None:
    """Told of a window that was closed by any way; once more changes nothing."""
    window = Window.objects.select_related("standing").get(pk=(entry.payload or {})["window_id"])
    if not window.is_open:
        held(window.body_id)
        put_back(window, by=SYSTEM)
        free_who_were_sent(window, by=SYSTEM)


def end_days() -> int:
    """Close every day that is over: what still waits was not served, and is counted; who forgot to leave has left.

    Returns how many tickets were closed. Once more changes nothing.
    """
    today = timezone.localdate()
    late = Ticket.objects.filter(day__lt=today).exclude(state__in=OVER)
    days = set(late.values_list("body_id", "day"))
    left = set(
        Sitting.objects.now().filter(since__lt=_midnight(today)).values_list("window__body_id", flat=True).distinct()
    )
    closed = sum(_end_day(body_id, day) for body_id, day in sorted(days))
    for body_id in sorted(left):
        _everybody_left(body_id, today)
    return closed


@transaction.atomic
def _end_day(body_id: int, day: date) -> int:
    held(body_id)
    body = Body.objects.lock(body_id)
    tickets = Ticket.objects.filter(body_id=body_id, day=day)
    open_ones = list(tickets.exclude(state__in=OVER).select_related("window"))
    for ticket in open_ones:
        ticket.ended_at = timezone.now()
        state = TicketState.SERVED if ticket.state == TicketState.SERVING else TicketState.UNSERVED
        move(ticket, state, by=SYSTEM, note=_("一天结束"))
    counts = dict(tickets.values_list("state").annotate(n=Count("pk")))
    told = QueueDayClosed(
        day=f"{day}", taken=sum(counts.values()), served=counts.get(TicketState.SERVED, 0),
        unserved=counts.get(TicketState.UNSERVED, 0), gone=counts.get(TicketState.GONE, 0),
    )  # fmt: skip
    book.append("body", body.pk, told, by=SYSTEM)
    return len(open_ones)


@transaction.atomic
def _everybody_left(body_id: int, today: date) -> None:
    held(body_id)
    for sitting in Sitting.objects.now().filter(window__body_id=body_id, since__lt=_midnight(today)):
        windows.close_window(sitting.window, reason=str(_("一天结束")), by=SYSTEM)
        duty.stand_up(sitting.window, by=SYSTEM)


def _sits(window: Window, by: User) -> bool:
    return Sitting.objects.now().filter(window=window, person=by).exists()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
