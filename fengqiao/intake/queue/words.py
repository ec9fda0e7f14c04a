"""A wait in words: a range, never a point; 'cannot be told' where nobody knows, and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengqiao.bodies.models import Window

from .board import Board, subjects_in
from .estimate import Estimate
from .models import AT_WINDOW, IN_LINE, Line, Ticket, TicketState

SOON = 3  # minutes below which one should stand near the window


@dataclass(frozen=True)
class Place:
    """Where somebody stands in line, as they read it."""

    ticket: Ticket
    ahead: int
    minutes: str  # "12–25 分钟", empty where it cannot be told
    why: str = ""  # why it cannot be told
    windows: tuple[Window, ...] = ()

    @property
    def is_turn(self) -> bool:
        return self.ticket.state in AT_WINDOW


def place_of(ticket: Ticket, board: Board) -> Place:
    """The place of a ticket of today that is not over."""
    if ticket.state not in IN_LINE:
        return Place(ticket, 0, "")
    estimate = board.estimates.get(ticket.pk, Estimate(0))
    windows = [ticket.wanted] if ticket.wanted else board.takers(ticket.line)
    return Place(ticket, estimate.ahead, minutes_of(estimate), why_unknown(ticket, board, estimate), tuple(windows))


def minutes_of(estimate: Estimate) -> str:
    """The range in words; nothing where it is not known."""
    if estimate.low is None or estimate.high is None:
        return ""
    if estimate.high <= SOON:
        return _("马上就到，%(n)d 分钟以内") % {"n": max(estimate.high, 1)}
    if estimate.low == 0:
        return _("%(high)d 分钟以内") % {"high": estimate.high}
    if estimate.low == estimate.high:
        return _("约 %(n)d 分钟") % {"n": estimate.high}
    return _("约 %(low)d–%(high)d 分钟") % {"low": estimate.low, "high": estimate.high}


def matters_of(board: Board) -> list[dict[str, str]]:
    """Every matter of the hall, with how long it would take somebody who came now."""
    lines = {line.subject: line for line in board.lines.values()}
    found = []
    for subject in subjects_in(board.windows):
        line = lines.get(subject) or Line(pk=-1, body=board.body, subject=subject)
        words = minutes_of(board.estimate_for(line)) or why_nobody(line, board)
        found.append({"subject": subject, "label": subject or _("说不清找谁"), "words": words})
    return found


def why_unknown(ticket: Ticket, board: Board, estimate: Estimate) -> str:
    if estimate.is_known:
        return ""
    if ticket.wanted is not None and not ticket.wanted.is_open:
        return _("%(window)s 现在关着，说不准要等多久。") % {"window": ticket.wanted}
    return why_nobody(ticket.line, board)


def why_nobody(line: Line, board: Board) -> str:
    """Why no time can be given to this line."""
    if not board.takers(line):
        return _("办这类事的窗口现在都关着，说不准要等多久。可以先问一问大厅的工作人员。")
    return _("窗口的人暂时离开了，说不准要等多久。")


def state_kind(ticket: Ticket) -> str:
    """Which colour a ticket's state has (web's five)."""
    if ticket.state in AT_WINDOW:
        return "soon"
    if ticket.state == TicketState.SERVED:
        return "done"
    return "time" if ticket.state in IN_LINE else "idle"
