"""在家取号 and 看排到哪里: a number for today without an account, and how far the queue has come."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fengqiao.agreements.throttle import asks_too_often
from fengqiao.bodies.models import Body
from fengqiao.intake.models import Ticket
from fengqiao.intake.queue.board import board_of
from fengqiao.intake.queue.models import Priority
from fengqiao.intake.queue.rules import rules
from fengqiao.intake.queue.taking import arrive, leave, take
from fengqiao.intake.queue.words import matters_of, place_of, state_kind
from fengqiao.kernel.errors import Refused
from fengqiao.portal.windows import someone_to_call
from fengqiao.web.http import acting, page
from fengqiao.web.once import idempotent_form

LAST = "queue_ticket"  # in the session: the number that this browser took


@require_safe
@login_not_required
@never_cache
@acting
def halls(request: HttpRequest) -> HttpResponse:
    """Where one can queue today: halls that have windows with names."""
    found = Body.objects.with_halls().select_related("region")
    mine = _mine(request)
    return page(
        request, "portal/queue_halls.html", here="windows", halls=found, mine=mine,
        from_home=rules().from_home,
    )  # fmt: skip


@login_not_required
@never_cache
@acting
@idempotent_form
def take_number(request: HttpRequest, key: str) -> HttpResponse:
    """A number in this hall. It counts once its owner has said that they are here."""
    hall = get_object_or_404(Body.objects.with_halls(), key=key)
    setting = rules()
    if request.method == "POST":
        if asks_too_often(request, "queue"):
            raise Refused(_("从这里取号取得太多了。请过十分钟再试，或者到大厅取号。"))
        if mine := _mine(request):
            raise Refused(_("这台手机今天已经取了 %(number)s。先用完或者退掉，再取新的。") % {"number": mine})
        subject, priority = request.POST.get("subject", "?"), request.POST.get("priority", "")
        ticket = take(hall, subject=subject, priority=priority, from_home=True)
        request.session[LAST] = ticket.pk
        return page(request, "portal/queue_take.html", then=reverse("queue_follow", args=[ticket.token]))
    choices = [(value, label) for value, label in Priority.choices if value != Priority.APPOINTMENT]
    return page(
        request, "portal/queue_take.html", here="windows", hall=hall, matters=matters_of(board_of(hall)), rules=setting,
        priorities=choices if setting.self_declared else [], phone=someone_to_call(),
    )  # fmt: skip


@login_not_required
@never_cache
@acting
def follow_queue(request: HttpRequest, token: str) -> HttpResponse:
    """排到哪里了: place, range of minutes, 'your turn'; arrival said, and leaving."""
    ticket = Ticket.objects.with_token(token)
    if ticket is None:
        raise Http404
    if request.method == "POST":
        return _answered(request, ticket)
    live = ticket.is_todays and not ticket.is_over
    answer = page(
        request, "portal/queue_follow.html", "place", here="windows", ticket=ticket, live=live, kind=state_kind(ticket),
        place=place_of(ticket, board_of(ticket.body)) if live else None, rules=rules(), path=request.path,
        phone=someone_to_call(),
    )  # fmt: skip
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _mine(request: HttpRequest) -> Ticket | None:
    """The number of today that this browser took, as long as it is good for something."""
    found = Ticket.objects.filter(pk=request.session.get(LAST) or 0).select_related("body", "line").first()
    return found if found and found.is_todays and not found.is_over else None


def _answered(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    if "here" in request.POST:
        arrive(ticket)
        said = _("记下了，您到了。")
    elif "leave" in request.POST:
        leave(ticket)
        said = _("这个号退掉了。")
    else:
        raise Refused(_("没看懂要做什么，请再按一次。"))
    return page(request, "portal/queue_follow.html", then=request.path, said=said)
