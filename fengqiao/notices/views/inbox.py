"""The inbox."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.notices import commands
from fengqiao.notices.inbox import sheet_of
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

ACCOUNTS: dict[str, str] = {Role.ADMIN: "keep_account", Role.SECURITY: "secure_account"}  # each has a page of their own


@require_GET
@acting
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told, the newest first."""
    cursor = request.GET.get("cursor", "")
    before = int(cursor) if cursor.isascii() and cursor.isdigit() else None
    unread = Notice.objects.of(staff(request)).unread().up_to(100)
    return page(request, "notices/inbox.html", sheet=sheet_of(staff(request), before), unread=unread)


@require_POST
@acting
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go where it points: to the entry in its dispute's story, to whom it is about, or home."""
    notice = get_object_or_404(Notice.objects.of(staff(request)).select_related("dispute", "entry"), pk=pk)
    commands.read(notice, by=staff(request))
    if notice.dispute is not None:
        return redirect(f"{reverse('dispute', args=[notice.dispute.number])}#e{notice.entry.seq}")
    pages = {"roster": "roster_entry", "user": ACCOUNTS.get(staff(request).role, ""), "incident": "incident"}
    name = pages.get(notice.entry.subject, "")
    return redirect(name, notice.entry.subject_id) if name else redirect("worklist")


@require_POST
@acting
def read_notices(request: HttpRequest) -> HttpResponse:
    """All read."""
    commands.read_all(by=staff(request))
    return page(request, "notices/inbox.html", then=reverse("notices"), said=_("都标为已读了。"))
