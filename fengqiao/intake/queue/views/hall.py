"""What stands in the hall for everybody: the machine that gives numbers, and the screen that calls them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from fengqiao.web.http import acting, page, wants_part
from fengqiao.web.once import idempotent_form

from ..board import Board, board_of
from ..models import Device, DeviceKind, Hall, Line, Priority, Ticket, TicketState, TicketStep
from ..rules import rules
from ..taking import take
from ..words import matters_of, place_of

KIOSK, SCREEN = "intake/queue/kiosk.html", "intake/queue/screen.html"
NEXT_ONES = 10


@login_not_required
@never_cache
@acting
@idempotent_form
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """取号机: one press a matter. Nothing is asked of anybody."""
    device = _device(token, DeviceKind.KIOSK)
    if request.method == "POST":
        subject, priority = request.POST.get("subject", "?"), request.POST.get("priority", "")
        ticket = take(device.body, subject=subject, priority=priority, by=device)
        return page(request, KIOSK, then=reverse("kiosk_ticket", args=[token, ticket.token]))
    board = board_of(device.body)
    setting = rules()
    choices = [(value, label) for value, label in Priority.choices if value != Priority.APPOINTMENT]
    answer = page(
        request, KIOSK, hall=device.body, matters=matters_of(board), here=request.path,
        priorities=choices if setting.self_declared else [],
    )  # fmt: skip
    return _kept_out(answer)


@require_GET
@login_not_required
@never_cache
@acting
def kiosk_ticket(request: HttpRequest, token: str, ticket: str) -> HttpResponse:
    """The number, to be printed or scanned; the machine goes back to its beginning by itself."""
    device = _device(token, DeviceKind.KIOSK)
    found = Ticket.objects.with_token(ticket)
    if found is None or found.body_id != device.body_id:
        raise Http404
    place = place_of(found, board_of(device.body)) if found.is_todays and found.is_in_line else None
    follow = request.build_absolute_uri(reverse("queue_follow", args=[ticket]))
    back = reverse("kiosk", args=[token])
    return _kept_out(page(request, "intake/queue/slip.html", ticket=found, place=place, follow=follow, back=back))


@require_safe
@login_not_required
@never_cache
@acting
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """大屏: which number goes where, who is next, how many wait. No names. Asked every two seconds; 204 while nothing moved."""
    device = _device(token, DeviceKind.SCREEN)
    changes = Hall.objects.filter(body=device.body).values_list("changes", flat=True).first() or 0
    if wants_part(request) and request.GET.get("seen") == str(changes):
        return HttpResponse(status=204)
    board = board_of(device.body)
    called = _latest_first(board)
    told = page(
        request, SCREEN, "board", hall=device.body, called=called, upcoming=board.waiting[:NEXT_ONES],
        counts=_counts(board), waiting=len(board.waiting), changes=changes, here=request.path,
        latest=next((one for one in called if one.serving_at is None), None),
    )  # fmt: skip
    return _kept_out(told)


def _device(token: str, kind: str) -> Device:
    device = Device.objects.with_token(token, kind)
    if device is None:
        raise Http404
    return device


def _latest_first(board: Board) -> list[Ticket]:
    """Whoever was called last, or called again, stands on top."""
    here = {one.pk: one for one in board.at_window.values()}
    steps = TicketStep.objects.filter(ticket__in=here, state=TicketState.CALLED).order_by("at", "pk")
    said = {ticket: n for n, ticket in enumerate(steps.values_list("ticket_id", flat=True))}
    return sorted(here.values(), key=lambda one: said.get(one.pk, -1), reverse=True)


def _counts(board: Board) -> list[tuple[Line, int]]:
    counted = [(line, sum(one.line_id == line.pk for one in board.waiting)) for line in board.lines.values()]
    return sorted([(line, n) for line, n in counted if n], key=lambda pair: pair[0].letter)


def _kept_out(answer: HttpResponse) -> HttpResponse:
    """The address is the key: it goes to no other site and into no index."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "same-origin"
    return answer
