"""大厅窗口: which are open, who sits there, what they take; set up, given other matters; kiosks and screens."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.commands import assign_window, set_up_window
from fengqiao.bodies.models import EVERYTHING, Body, Window, WindowKind
from fengqiao.people.duty.questions import on_now
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from ..board import Board, board_of
from ..devices import make_device, revoke_device
from ..models import Device, DeviceKind, Ticket, TicketState
from .access import clerk_of, keeper_of

PAGE = "intake/queue/windows.html"


class WindowForm(forms.Form):
    """What a window takes. Several subjects are parted by 、 or a line."""

    subjects = forms.CharField(
        label=gettext_lazy("办什么"), max_length=400, required=False,
        help_text=gettext_lazy("几类事用顿号隔开；空着是综合，写 * 是什么都办"),
    )  # fmt: skip

    def clean_subjects(self) -> list[str]:
        text = self.cleaned_data["subjects"].replace("，", "、").replace(",", "、").replace("\n", "、")
        return [part.strip() for part in text.split("、") if part.strip()]


class NewWindowForm(WindowForm):
    name = forms.CharField(label=gettext_lazy("窗口名称"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=WindowKind.choices, initial=WindowKind.SPECIALIST)
    field_order = ("name", "kind", "subjects")


class AssignForm(WindowForm):
    serves = forms.ModelChoiceField(
        label=gettext_lazy("办谁的事"), queryset=Body.objects.none(), required=False, empty_label=gettext_lazy("本单位")
    )
    reason = forms.CharField(label=gettext_lazy("为什么调整"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, hall: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["serves"]
        field.queryset = Body.objects.at_work().filter(is_slot=False).exclude(pk=hall.pk)


@require_GET
@never_cache
@acting
def windows(request: HttpRequest) -> HttpResponse:
    """The hall as it stands: who is there, who should be by plan, what waits."""
    clerk, body = clerk_of(request)
    board = board_of(body)
    return page(
        request, PAGE, hall=body, rows=_rows(board), runs=clerk.runs(body.pk), form=NewWindowForm(),
        devices=body.devices.filter(revoked_at=None), kinds=DeviceKind.choices, numbers=_numbers(body),
    )  # fmt: skip


@acting
@idempotent_form
def add_window(request: HttpRequest) -> HttpResponse:
    """新设窗口."""
    clerk, body = keeper_of(request)
    form = NewWindowForm(posted(request))
    if form.is_valid():
        with refusing(form):
            made = set_up_window(body, by=clerk, **form.cleaned_data)
            said = _("%(window)s 设好了。要开窗，由坐在那里的人按“开窗上岗”。") % {"window": made}
            return page(request, "intake/queue/window.html", then=reverse("hall_windows"), said=said)
    return page(request, "intake/queue/window.html", form=form, hall=body)


@acting
@idempotent_form
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """What this window takes, and whose matters."""
    clerk, body = keeper_of(request)
    window = get_object_or_404(Window.objects.named().select_related("standing", "body"), pk=pk, body=body)
    told = {"subjects": "、".join(window.takes), "serves": window.state.serves_id, "seen": window.state.version}
    form = AssignForm(posted(request), initial=told, hall=body)
    if form.is_valid():
        with refusing(form):
            assign_window(window, by=clerk, **form.cleaned_data)
            said = _("%(window)s 调整好了，在等的人位次不变。") % {"window": window}
            return page(request, "intake/queue/window.html", then=reverse("hall_windows"), said=said)
    return page(request, "intake/queue/window.html", form=form, hall=body, window=window)


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
        request, PAGE, status=200, hall=body, rows=_rows(board), runs=clerk.runs(body.pk), form=NewWindowForm(), link=link,
        device=device, devices=body.devices.filter(revoked_at=None), kinds=DeviceKind.choices, numbers=_numbers(body),
    )  # fmt: skip


@require_POST
@acting
def drop_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Its link opens nothing any more."""
    clerk, body = clerk_of(request)
    device = revoke_device(get_object_or_404(Device, pk=pk, body=body), by=clerk)
    return page(request, PAGE, then=reverse("hall_windows"), said=_("%(name)s 停用了。") % {"name": device})


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
