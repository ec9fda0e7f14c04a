"""叫号: the page of whoever sits at a window. Every act is a button with a key; the list beside it renews itself."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.models import Body, Window
from fengqiao.people.models import User
from fengqiao.web.http import acting, page, wants_part
from fengqiao.web.once import idempotent_form

from .. import calling, closing, taking
from ..board import Board, board_of, subjects_in
from ..models import Hall, Priority, Ticket
from ..words import minutes_of
from .access import clerk_of

PAGE = "intake/queue/clerk.html"
SHOWN = 12


@require_GET
@never_cache
@acting
def queue(request: HttpRequest) -> HttpResponse:
    """My window: who is there, who is next, who is held. Without a window: which one to sit at."""
    clerk, body = clerk_of(request)
    changes = Hall.objects.filter(body=body).values_list("changes", flat=True).first() or 0
    if wants_part(request) and request.GET.get("seen") == str(changes):
        return HttpResponse(status=204)
    board = board_of(body)
    sitting = next((one for one in board.sitting.values() if one.person_id == clerk.pk), None)
    window = next((one for one in board.windows if sitting and one.pk == sitting.window_id), None)
    return page(request, PAGE, "beside", changes=changes, **_around(board, window))


@require_POST
@acting
@idempotent_form
def at_window(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """开窗上岗, 暂离, 关窗."""
    clerk, body = clerk_of(request)
    window = get_object_or_404(Window.objects.select_related("standing", "body"), pk=pk, body=body)
    said = _known(WINDOW_ACTS, act)(window, request, clerk)
    back = reverse("hall_windows") if request.POST.get("back") == "windows" else reverse("queue")
    return page(request, PAGE, then=back, said=str(said))


@require_POST
@acting
@idempotent_form
def next_one(request: HttpRequest) -> HttpResponse:
    """叫下一位; with a number in hand, that one is finished first."""
    clerk, _body = clerk_of(request)
    in_hand = Ticket.objects.at_windows().filter(clerk=clerk).first()
    called = calling.finish_and_call_next(in_hand, by=clerk) if in_hand else calling.call_next(by=clerk)
    said = _("叫了 %(number)s") % {"number": called} if called else _("没有人在等这个窗口。")
    return page(request, PAGE, then=reverse("queue"), said=said)


@require_POST
@acting
@idempotent_form
def with_ticket(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act with one number of this hall."""
    clerk, body = clerk_of(request)
    ticket = get_object_or_404(Ticket, pk=pk, body=body)
    then, said = _known(TICKET_ACTS, act)(ticket, request, clerk)
    return page(request, PAGE, then=then or reverse("queue"), said=str(said))


def _known(acts: dict[str, Callable[..., Any]], act: str) -> Callable[..., Any]:
    if act not in acts:
        raise Http404
    return acts[act]


def _around(board: Board, window: Window | None) -> dict[str, Any]:
    mine = board.waiting_for(window) if window else board.waiting
    current = board.at_window.get(window.pk) if window else None
    rows = [(one, minutes_of(board.estimates[one.pk])) for one in mine[:SHOWN]]
    return {
        "window": window, "current": current, "rows": rows, "more": max(len(mine) - SHOWN, 0), "held": board.held,
        "waiting": len(mine), "all_waiting": len(board.waiting), "hall": board.body,
        "free": [one for one in board.windows if one.pk not in board.sitting],
        "others": [one for one in board.open_windows if window is None or one.pk != window.pk],
        "subjects": [(one, one or _("说不清找谁")) for one in subjects_in(board.windows)],
        "priorities": Priority.choices,
        "takes": "、".join(window.takes) if window and window.takes else _("综合"),
    }  # fmt: skip


# ── what the buttons do: each gives the sentence that is said, and where to go on ───────────────────────────────────


def _sit(window: Window, _request: HttpRequest, clerk: User) -> str:
    closing.open_and_sit(window, by=clerk)
    return _("%(window)s 开了，可以叫号。") % {"window": window}


def _away(window: Window, _request: HttpRequest, clerk: User) -> str:
    closing.step_away(window, by=clerk)
    return _("已离岗。%(window)s 还开着，暂时不叫人。") % {"window": window}


def _close(window: Window, request: HttpRequest, clerk: User) -> str:
    closing.close_window(window, reason=request.POST.get("reason", ""), by=clerk)
    return _("%(window)s 关了，在等的人位次不变。") % {"window": window}


def _serve(ticket: Ticket, _request: HttpRequest, clerk: User) -> tuple[str, str]:
    calling.serve(ticket, by=clerk)
    return f"{reverse('register')}?ticket={ticket.pk}", ""


def _transfer(ticket: Ticket, request: HttpRequest, clerk: User) -> tuple[str, str]:
    kind, _colon, where = request.POST.get("where", "").partition(":")
    body: Body = ticket.body
    if kind == "window" and where.isdecimal():
        window = get_object_or_404(Window, pk=int(where), body=body)
        moved = calling.transfer(ticket, window=window, by=clerk)
    else:
        moved = calling.transfer(ticket, subject=where if kind == "subject" else None, by=clerk)
    return "", _("%(number)s 转到 %(where)s，按原来的时间排。") % {"number": moved, "where": moved.wanted or moved.line}


def _prioritise(ticket: Ticket, request: HttpRequest, clerk: User) -> tuple[str, str]:
    moved = taking.prioritise(ticket, priority=request.POST.get("priority", "?"), by=clerk)
    return "", _("%(number)s：%(label)s") % {"number": moved, "label": moved.get_priority_display()}


def _plainly(command: Callable[..., Ticket], said: Any) -> Callable[..., tuple[str, str]]:
    def act(ticket: Ticket, _request: HttpRequest, clerk: User) -> tuple[str, str]:
        return "", f"{command(ticket, by=clerk)} {said}"

    return act


WINDOW_ACTS: dict[str, Callable[[Window, HttpRequest, User], str]] = {"sit": _sit, "away": _away, "close": _close}
TICKET_ACTS: dict[str, Callable[..., tuple[str, str]]] = {
    "again": _plainly(calling.call_again, gettext_lazy("再叫了一次")),
    "serve": _serve,
    "hold": _plainly(calling.hold, gettext_lazy("挂起了，回来直接恢复")),
    "resume": _plainly(calling.resume, gettext_lazy("接着办")),
    "miss": _plainly(calling.miss, gettext_lazy("过号了")),
    "finish": _plainly(calling.finish, gettext_lazy("办完了")),
    "gone": _plainly(taking.leave, gettext_lazy("走了")),
    "call": _plainly(calling.call, gettext_lazy("叫到了")),
    "transfer": _transfer,
    "priority": _prioritise,
}
