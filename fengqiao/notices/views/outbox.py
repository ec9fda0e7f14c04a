"""The outbox: what went to whom and what came of it, for the system administrator. It says nothing of which matter it was."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.notices import commands
from fengqiao.notices.events import SUBJECT
from fengqiao.notices.forms import OutboxForm, SettleForm
from fengqiao.notices.listing import line_of, standing
from fengqiao.notices.models import Message
from fengqiao.people.duties import Duty, may, whose
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

PER_PAGE = 50
DO: dict[str, Callable[..., Message]] = {
    "retry": commands.retry, "cancel": commands.cancel, "confirm": commands.confirm_sent,
}  # fmt: skip


@require_GET
@acting
def outbox(request: HttpRequest) -> HttpResponse:
    """All messages, the newest first."""
    _keeper(request)
    form = OutboxForm(request.GET or None)
    rows = form.found(Message.objects.select_related("party__message_choice", "user__message_preference"))
    sheet = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [line_of(message) for message in sheet]
    return page(request, "notices/outbox.html", form=form, sheet=sheet, lines=lines, standing=standing())


@require_GET
@acting
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: each attempt with its answer, and what was decided by hand."""
    _keeper(request)
    rows = Message.objects.select_related("party__message_choice", "user__message_preference")
    found = get_object_or_404(rows, pk=pk)
    decided = Entry.objects.of(SUBJECT, found.pk)
    return page(
        request,
        "notices/message.html",
        line=line_of(found),
        message=found,
        attempts=found.attempts.all(),
        decided=decided,
    )


@require_POST
@acting
def settle(request: HttpRequest) -> HttpResponse:
    """Send again, cancel or confirm the chosen ones; what cannot be is told, the rest is done."""
    by = _keeper(request)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    do, done, refused = DO[form.cleaned_data["act"]], 0, list[str]()
    for one in Message.objects.filter(pk__in=form.cleaned_data["which"]).order_by("pk"):
        try:
            do(one, by=by)
            done += 1
        except Refused as no:
            refused.append(str(no))
    if not done:
        raise Refused(refused[0] if refused else _("没有找到这些消息。"))
    said = _("处理了 %(n)d 条。") % {"n": done}
    said += " ".join(dict.fromkeys(refused))
    return page(request, "notices/outbox.html", then=_back(request), said=said)


def _keeper(request: HttpRequest) -> User:
    user = staff(request)
    if not may(user, Duty.KEEP_MESSAGES):
        raise PermissionDenied(_("这一页只给%(role)s看。") % {"role": whose(Duty.KEEP_MESSAGES).label})
    return user


def _back(request: HttpRequest) -> str:
    """The list with its filters, or the one message."""
    one = request.POST.get("one", "")
    if one.isascii() and one.isdigit():
        return reverse("message", args=[int(one[:18])])
    query = request.GET.urlencode()
    return reverse("outbox") + (f"?{query}" if query else "")
