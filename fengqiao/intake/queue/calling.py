"""What a clerk does with numbers: call, call again, begin, hold and take up again, miss, send on, finish."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Window
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User

from .board import board_of, subjects_in
from .models import AT_WINDOW, IN_LINE, Hall, Line, Ticket, TicketState
from .moving import held, move, refuse_busy, refuse_stranger, release, taken_up, window_of
from .rules import rules
from .taking import line_of

AFTER = timedelta(microseconds=1)
CAN_BE_SENT = (*IN_LINE, *AT_WINDOW, TicketState.HELD)


@transaction.atomic
def call_next(*, by: User) -> Ticket | None:
    """Whoever's turn it is at the window where this person sits; nobody where nobody waits for it.

    Refused while another number is in hand.
    """
    window = window_of(by)
    hall = held(window.body_id)
    refuse_stranger(window.body_id, by)
    refuse_busy(by, window)
    board = board_of(window.body)
    mine = next(one for one in board.windows if one.pk == window.pk)
    ticket = board.next_for(mine)
    if ticket:
        _measured_between(window, hall)
    return _called(ticket, window, by) if ticket else None


@transaction.atomic
def call(ticket: Ticket, *, by: User) -> Ticket:
    """This one now, out of turn; the step says so. For somebody who cannot wait, or who stands there again."""
    window = window_of(by)
    ticket = taken_up(ticket, IN_LINE)
    _refuse_other_hall(ticket, window)
    refuse_busy(by, window)
    return _called(ticket, window, by, note=_("点名叫号"))


@transaction.atomic
def call_again(ticket: Ticket, *, by: User) -> Ticket:
    """再叫一次: the screen says it anew."""
    ticket = _in_hand(ticket, by, (TicketState.CALLED,))
    ticket.calls += 1
    return move(ticket, TicketState.CALLED, by=by, note=_("第 %(n)d 次叫") % {"n": ticket.calls})


@transaction.atomic
def serve(ticket: Ticket, *, by: User) -> Ticket:
    """They came to the window. Pressing twice changes nothing."""
    ticket = _in_hand(ticket, by, AT_WINDOW)
    if ticket.state == TicketState.SERVING:
        return ticket
    ticket.serving_at = timezone.now()
    return move(ticket, TicketState.SERVING, by=by)


@transaction.atomic
def hold(ticket: Ticket, *, by: User) -> Ticket:
    """挂起: they fetch a paper, or the matter waits for somebody; the window is free for others meanwhile."""
    ticket = _in_hand(ticket, by, AT_WINDOW)
    ticket.clerk = None
    return move(ticket, TicketState.HELD, by=by)


@transaction.atomic
def resume(ticket: Ticket, *, by: User) -> Ticket:
    """恢复: straight back to a window, ahead of everybody: they have had their turn."""
    window = window_of(by)
    ticket = taken_up(ticket, (TicketState.HELD,))
    _refuse_other_hall(ticket, window)
    refuse_busy(by, window)
    ticket.window, ticket.clerk, ticket.called_at, ticket.serving_at = window, by, timezone.now(), timezone.now()
    return move(ticket, TicketState.SERVING, by=by)


@transaction.atomic
def miss(ticket: Ticket, *, by: User) -> Ticket:
    """过号: called and not there. Back in line some places later, by the district's setting; once too often is over."""
    ticket = _in_hand(ticket, by, (TicketState.CALLED,))
    setting = rules()
    ticket.misses += 1
    release(ticket)
    if ticket.misses >= setting.most_misses:
        ticket.ended_at = timezone.now()
        return move(ticket, TicketState.GONE, by=by, note=_("叫了 %(n)d 回没有来") % {"n": ticket.misses})
    line = Ticket.objects.today(ticket.body_id).in_line().filter(line=ticket.line)
    ticket.turn_at = turn_after_a_miss(ticket, list(line), places=setting.miss_places)
    return move(ticket, TicketState.MISSED, by=by)


@transaction.atomic
def transfer(ticket: Ticket, *, window: Window | None = None, subject: str | None = None, by: User) -> Ticket:
    """Sent to another window, or into another line, with the time of arrival: nobody who came later goes first.

    Refused without a place to go, for a closed window, and for a subject that the hall does not take.
    """
    ticket = taken_up(ticket, CAN_BE_SENT)
    _refuse_not_mine(ticket, by)
    board = board_of(ticket.body)
    if window is not None:
        there = next((one for one in board.open_windows if one.pk == window.pk), None)
        if there is None or window.pk == ticket.window_id:
            raise Refused(_("只能转到本大厅另一个开着的窗口。"))
        ticket.wanted, note = there, there.name
    elif subject is not None and subject in subjects_in(board.windows):
        ticket.line, ticket.wanted = line_of(ticket.body, subject), None
        note = str(ticket.line)
    else:
        raise Refused(_("请选转到哪个窗口，或者哪一类事。"))
    release(ticket)
    return move(ticket, TicketState.TRANSFERRED, by=by, note=note)


@transaction.atomic
def finish(ticket: Ticket, *, by: User) -> Ticket:
    """办完. How long the window was taken goes into what its line is thought to take. Pressing twice changes nothing."""
    now = Ticket.objects.get(pk=ticket.pk)
    if now.state == TicketState.SERVED and now.clerk_id == by.pk:
        return now
    ticket = _in_hand(ticket, by, AT_WINDOW)
    ticket.ended_at = timezone.now()
    move(ticket, TicketState.SERVED, by=by)
    if ticket.called_at and not ticket.steps.filter(state=TicketState.HELD).exists():
        _measured(ticket.line, (ticket.ended_at - ticket.called_at) / timedelta(minutes=1))
    return ticket


@transaction.atomic
def finish_and_call_next(ticket: Ticket, *, by: User) -> Ticket | None:
    """办完，叫下一位: one press."""
    finish(ticket, by=by)
    return call_next(by=by)


def turn_after_a_miss(ticket: Ticket, in_line: Sequence[Ticket], *, places: int) -> datetime:
    """Right behind so many of those who wait for the same, or behind them all."""
    same = [one for one in in_line if (one.line_id, one.wanted_id) == (ticket.line_id, ticket.wanted_id)]
    passed = [one.turn_at for one in same if one.pk != ticket.pk][:places]
    return max(passed, default=ticket.turn_at) + AFTER


def _called(ticket: Ticket, window: Window, by: User, note: str = "") -> Ticket:
    ticket.window, ticket.clerk, ticket.called_at, ticket.calls = window, by, timezone.now(), 1
    ticket.serving_at = None
    return move(ticket, TicketState.CALLED, by=by, note=note)


def _in_hand(ticket: Ticket, by: User, states: tuple[str, ...]) -> Ticket:
    """The ticket, if this person has it in hand."""
    ticket = taken_up(ticket, states)
    refuse_stranger(ticket.body_id, by)
    _refuse_not_mine(ticket, by)
    return ticket


def _refuse_not_mine(ticket: Ticket, by: User) -> None:
    """What is at somebody else's window is theirs; what waits may be sent on by anybody of the hall."""
    refuse_stranger(ticket.body_id, by)
    if ticket.is_at_window and ticket.clerk_id != by.pk:
        raise Refused(_("%(number)s 在 %(clerk)s 手上。") % {"number": ticket, "clerk": ticket.clerk})


def _refuse_other_hall(ticket: Ticket, window: Window) -> None:
    if ticket.body_id != window.body_id:
        raise Refused(_("%(number)s 不是本大厅的号。") % {"number": ticket})


def _measured_between(window: Window, hall: Hall) -> None:
    """How long the window stood empty since its last matter, into the hall's running mean."""
    done = Ticket.objects.today(window.body_id).filter(window=window, state=TicketState.SERVED).order_by("-ended_at")
    if last := done.values_list("ended_at", flat=True).first():
        hall.learn_pause((timezone.now() - last) / timedelta(minutes=1))
        hall.save(update_fields=["between"])


def _measured(line: Line, minutes: float) -> None:
    line = Line.objects.select_for_update().get(pk=line.pk)
    line.learn(minutes)
    line.save(update_fields=["measured", "minutes", "squares"])
