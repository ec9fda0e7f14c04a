"""大厅窗口: which are open, who sits there, what they take; set up, changed, retired and brought back; kiosks and screens.

Who runs a hall arranges its windows; the system administrator, who works in none, those of every hall.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.commands import assign_window, correct_window, restore_window, retire_window, set_up_window
from fengqiao.bodies.models import EVERYTHING, Body, Window
from fengqiao.kernel.errors import Refused
from fengqiao.people.duty.questions import on_now
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from ..board import Board, board_of
from ..devices import make_device, revoke_device
from ..models import Device, DeviceKind, Ticket, TicketState
from .access import clerk_of, keeper_of
from .window_forms import ChangeWindowForm, NewWindowForm, RetireForm

PAGE, FORM = "intake/queue/windows.html", "intake/queue/window.html"
OFFICE, BODIES = "/desk/office/?show=windows", "/desk/bodies/"  # written out, as in nav.py: the desk is a storey above


@require_GET
@never_cache
@acting
def windows(request: HttpRequest) -> HttpResponse:
    """The hall as it stands: who is there, who should be by plan, what waits."""
    clerk, body = clerk_of(request)
    board = board_of(body)
    return page(
        request, PAGE, hall=body, rows=_rows(board), runs=clerk.runs(body.pk), retired=_retired(body),
        devices=body.devices.filter(revoked_at=None), kinds=DeviceKind.choices, numbers=_numbers(body),
    )  # fmt: skip


@acting
@idempotent_form
def add_window(request: HttpRequest) -> HttpResponse:
    """新设窗口."""
    by, own = _keeper(request)
    form = NewWindowForm(posted(request), own=own, initial={"hall": request.GET.get("hall")})
    if form.is_valid():
        told = dict(form.cleaned_data)
        with refusing(form):
            made = set_up_window(told.pop("hall", own), by=by, **told)
            said = _("%(window)s 设好了。要开窗，由坐在那里的人按“开窗上岗”。") % {"window": made}
            return page(request, FORM, then=f"{BODIES}{made.body_id}/" if own is None else _back(by), said=said)
    return page(request, FORM, form=form, back=_back(by))


@acting
@idempotent_form
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """What this window is called, takes, and when it is open."""
    by, window = _kept(request, pk)
    form = ChangeWindowForm(posted(request), window=window)
    if form.is_valid():
        with refusing(form):
            _change(form, by)
            said = _("%(window)s 调整好了，在等的人位次不变。") % {"window": form.cleaned_data["name"]}
            return page(request, FORM, then=_back(by), said=said)
    retiring = RetireForm(auto_id="retire_%s")
    return page(request, FORM, form=form, window=window, retiring=retiring, back=_back(by))


@require_POST
@acting
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """停用: it is there no more, what was done at it stays."""
    by, window = _kept(request, pk)
    form = RetireForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请写明为什么停用。"))
    retire_window(window, by=by, **form.cleaned_data)
    return page(request, FORM, then=_back(by), said=_("%(window)s 停用了，办过的事都还在。") % {"window": window})


@require_POST
@acting
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复: it is there again, closed."""
    by, window = _kept(request, pk)
    restore_window(window, seen=window.state.version, by=by)
    return page(request, FORM, then=_back(by), said=_("%(window)s 恢复了，现在关着。") % {"window": window})


@require_POST
@acting
def add_device(request: HttpRequest) -> HttpResponse:
    """A link for a kiosk or a screen, shown once."""
    clerk, body = clerk_of(request)
    kind = request.POST.get("kind", "")
    device, token = make_device(body, kind=kind, name=request.POST.get("name", ""), by=clerk)
    link = request.build_absolute_uri(reverse(device.kind, args=[token]))
    board = board_of(body)
    return page(
        request, PAGE, status=200, hall=body, rows=_rows(board), runs=clerk.runs(body.pk), retired=_retired(body), link=link,
        device=device, devices=body.devices.filter(revoked_at=None), kinds=DeviceKind.choices, numbers=_numbers(body),
    )  # fmt: skip


@require_POST
@acting
def drop_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Its link opens nothing any more."""
    clerk, body = clerk_of(request)
    device = revoke_device(get_object_or_404(Device, pk=pk, body=body), by=clerk)
    return page(request, PAGE, then=reverse("hall_windows"), said=_("%(name)s 停用了。") % {"name": device})


def _keeper(request: HttpRequest) -> tuple[User, Body | None]:
    """Who arranges windows, and the hall that they run; the administrator runs none. PermissionDenied for others."""
    user = staff(request)
    return (user, None) if user.keeps_bodies else keeper_of(request)


def _kept(request: HttpRequest, pk: int) -> tuple[User, Window]:
    """The window, for who arranges it. What stands in another hall is not there for who runs this one."""
    by, own = _keeper(request)
    windows = Window.objects.select_related("standing", "body")
    return by, get_object_or_404(windows.filter(body=own) if own else windows, pk=pk)


@transaction.atomic
def _change(form: ChangeWindowForm, by: User) -> None:
    told, window = form.cleaned_data, form.window
    facts = {name: told[name] for name in ("name", "kind", "hours", "reason")}
    other_matters = form.gives_other_matters
    state = correct_window(window, seen=told["seen"], by=by, **facts)
    if other_matters:
        matters = {name: told[name] for name in ("subjects", "serves", "reason")}
        assign_window(window, seen=state.version, by=by, **matters)


def _back(by: User) -> str:
    return OFFICE if by.keeps_bodies else reverse("hall_windows")


def _retired(body: Body) -> list[Window]:
    return list(body.windows.exclude(retired_on=None))


def _rows(board: Board) -> list[dict[str, Any]]:
    planned: dict[int, list[str]] = {}
    for duty in on_now(board.body, board.now):
        if duty.window:
            planned.setdefault(duty.window.pk, []).append(str(duty.person))
    return [
        {
            "window": window, "takes": _takes(window), "sitting": board.sitting.get(window.pk),
            "planned": "、".join(planned.get(window.pk, [])), "current": board.at_window.get(window.pk),
            "waiting": len(board.waiting_for(window)) if window.is_open else 0,
        }
        for window in board.windows
    ]  # fmt: skip


def _takes(window: Window) -> str:
    return _("什么都办") if EVERYTHING in window.takes else "、".join(window.takes) or _("综合")


def _numbers(body: Body) -> dict[str, int]:
    """Today in figures."""
    today = list(Ticket.objects.filter(body=body, day=timezone.localdate()).values_list("state", flat=True))
    over = (TicketState.SERVED, TicketState.GONE)
    return {"taken": len(today), "served": today.count(over[0]), "gone": today.count(over[1])}
