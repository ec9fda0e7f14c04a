"""A number taken at the door or from home, arrival confirmed, priority said, and leaving."""

import secrets
from datetime import timedelta
from itertools import product
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index

from .board import Board, board_of, subjects_in
from .models import AT_WINDOW, IN_LINE, Line, Priority, Ticket, TicketState, TicketStep
from .moving import VISITOR, head_start, held, move, refuse_stranger, release, taken_up
from .rules import rules

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which are read as 1 and 0
LAST_NUMBER = 999
CAN_LEAVE = (TicketState.BOOKED, *IN_LINE, TicketState.HELD, *AT_WINDOW)


@transaction.atomic
def take(body: Body, *, subject: str, priority: str = "", from_home: bool = False, by: Any = VISITOR) -> Ticket:
    """A number for today. From home it is only booked: nobody is called before they have said that they are here.

    Refused for a subject that this hall does not take, and for a priority that one may not claim oneself.
    """
    held(body.pk)
    setting, now = rules(), timezone.now()
    board = board_of(body, now)
    if subject not in subjects_in(board.windows):
        raise Refused(_("这个大厅不办“%(subject)s”，请选别的，或者问一问工作人员。") % {"subject": subject[:60]})
    if from_home and not setting.from_home:
        raise Refused(_("这里不能在家取号，请到大厅取号机上取。"))
    _refuse_priority(priority, by, self_declared=setting.self_declared)
    line = line_of(body, subject)
    token = secrets.token_urlsafe(12)
    ticket = Ticket(
        body=body, line=line, day=timezone.localdate(now), number=_next_number(line), token=token,
        token_index=blind_index(token, "ticket"), from_home=from_home, priority=priority, arrived_at=now,
        turn_at=now - head_start(setting, priority),
    )  # fmt: skip
    ticket.state = TicketState.BOOKED if from_home else TicketState.WAITING
    ticket.save()
    _promise(ticket, board)
    TicketStep.objects.create(ticket=ticket, at=now, state=ticket.state, by=by.ledger_id)
    return ticket


@transaction.atomic
def arrive(ticket: Ticket, *, by: Any = VISITOR) -> Ticket:
    """Here now. The number counts from when it was taken, but not more than the district's minutes back.

    Saying it twice changes nothing.
    """
    ticket = taken_up(ticket, (TicketState.BOOKED, *IN_LINE, *AT_WINDOW, TicketState.HELD))
    if ticket.state != TicketState.BOOKED:
        return ticket
    setting, now = rules(), timezone.now()
    earliest = now - _minutes(setting.home_minutes)
    ticket.turn_at = max(ticket.arrived_at, earliest) - head_start(setting, ticket.priority)
    ticket.arrived_at = now
    board = board_of(ticket.body, now)
    move(ticket, TicketState.WAITING, by=by)
    _promise(ticket, board)
    return ticket


@transaction.atomic
def leave(ticket: Ticket, *, by: Any = VISITOR) -> Ticket:
    """不等了. The number is over; a visitor can say so until the matter is under way."""
    held(ticket.body_id)
    now = Ticket.objects.get(pk=ticket.pk)
    if now.state == TicketState.GONE:
        return now
    if by is VISITOR and now.state == TicketState.SERVING:
        raise Refused(_("正在给您办，要走请跟窗口说一声。"))
    ticket = taken_up(ticket, CAN_LEAVE)
    release(ticket)
    ticket.ended_at = timezone.now()
    return move(ticket, TicketState.GONE, by=by)


@transaction.atomic
def prioritise(ticket: Ticket, *, priority: str, by: Any) -> Ticket:
    """The clerk sees that somebody should not stand long, or that the claim was wrong. Counts from their own arrival."""
    ticket = taken_up(ticket, (TicketState.BOOKED, *IN_LINE))
    refuse_stranger(ticket.body_id, by)
    _refuse_priority(priority, by, self_declared=True)
    setting = rules()
    ticket.turn_at += head_start(setting, ticket.priority) - head_start(setting, priority)
    ticket.priority = priority
    label = Priority(priority).label
    return move(ticket, ticket.state, by=by, note=_("优先：%(label)s") % {"label": label})


def line_of(body: Body, subject: str) -> Line:
    """The line of this subject, begun with the next free letter where there is none. Call with the hall held."""
    if line := Line.objects.select_for_update().filter(body=body, subject=subject).first():
        return line
    used = set(Line.objects.filter(body=body).values_list("letter", flat=True))
    free = next(
        (letter for letter in [*LETTERS, *map("".join, product(LETTERS, repeat=2))] if letter not in used), None
    )
    if free is None:
        raise Refused(_("这个大厅的事项太多，字母排不下了。请管理员合并事项。"))
    return Line.objects.create(body=body, subject=subject, letter=free)


def _next_number(line: Line) -> str:
    today = timezone.localdate()
    if line.day != today:
        line.day, line.last = today, 0
    if line.last >= LAST_NUMBER:
        raise Refused(_("今天这一类的号取完了，请找工作人员。"))
    line.last += 1
    line.save(update_fields=["day", "last"])
    return f"{line.letter}{line.last:03}"


def _promise(ticket: Ticket, board: Board) -> None:
    """What the ticket was told about its wait when it came; kept, so that promises can be held against what happened."""
    told = board.promise(ticket)
    ticket.promised_low, ticket.promised_high = told.low, told.high
    ticket.save(update_fields=["promised_low", "promised_high"])


def _refuse_priority(priority: str, by: Any, *, self_declared: bool) -> None:
    if priority not in Priority.values:
        raise Refused(_("没有这种优先，请重新选。"))
    is_staff = hasattr(by, "works_at")
    if priority and not is_staff and (not self_declared or priority == Priority.APPOINTMENT):
        raise Refused(_("要优先请跟窗口工作人员说，由他们登记。"))


def _minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
