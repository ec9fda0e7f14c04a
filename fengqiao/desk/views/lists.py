"""Lists of disputes: the worklist, all that one may see, what a search finds; each can be taken away as a file."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.exports import exported
from fengqiao.desk.filters import DeskFilters, Filters
from fengqiao.desk.finding import find, the_one
from fengqiao.desk.models import Listing
from fengqiao.desk.paging import CappedPaginator, newest_first
from fengqiao.desk.pane import around, look_at, pane_of
from fengqiao.desk.rows import for_lists, rows_of
from fengqiao.desk.saved.showing import shelf_of, start_of
from fengqiao.desk.worklist import Worklist, by_due, desk_of
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.people.models import Role
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, wants_part

# Theirs is not the work on disputes.
HOMES: dict[str, str] = {Role.ADMIN: "office", Role.SECURITY: "secure_accounts", Role.AUDITOR: "ledger"}


@require_GET
@acting
def worklist(request: HttpRequest) -> HttpResponse:
    """What should I do now? The disputes on this person's desk by due time, the chosen one beside them; administration starts elsewhere."""
    if home := HOMES.get(staff(request).role):
        return redirect(home)
    pane = pane_of(request)
    if wants_part(request):
        return page(request, "desk/worklist.html", "pane", pane=pane)
    if start := start_of(request, Listing.WORKLIST):
        return redirect(start)
    desk, view, filters = _desk(request)
    counters, found = desk.counters(), desk.heap(view).filter(filters.q)
    pages = CappedPaginator(for_lists(by_due(found)), known=None if filters.values else desk.count(view))
    sheet = pages.get_page(request.GET.get("page"))
    rows = rows_of(sheet, staff(request))
    return page(
        request, "desk/worklist.html", view=view, counters=counters, tabs=desk.tabs(),
        filters=filters, sheet=sheet, rows=rows, first_view=desk.first_view, pane=pane, look=look_at(request),
        around=around(request), picks=any(row.can_be_sent for row in rows), picked="pick" in request.GET,
        shelf=shelf_of(request, Listing.WORKLIST),
    )  # fmt: skip


@require_POST
@acting
def export_worklist(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a file; the address carries the same view and filters."""
    desk, view, filters = _desk(request)
    found = by_due(desk.heap(view).filter(filters.q))
    return _file(request, found, Listing.WORKLIST, filters, desk.name_of(view))


@require_GET
@acting
def disputes(request: HttpRequest) -> HttpResponse:
    """All that this person may see, the newest first."""
    if start := start_of(request, Listing.DISPUTES):
        return redirect(start)
    filters = Filters(request.GET, staff(request))
    found = Dispute.objects.visible_to(staff(request)).filter(filters.q)
    some, sheet = newest_first(for_lists(found), request.GET.get("cursor", ""))
    return page(
        request, "desk/disputes.html", filters=filters, sheet=sheet, rows=rows_of(some, staff(request)),
        shelf=shelf_of(request, Listing.DISPUTES),
    )  # fmt: skip


@require_POST
@acting
def export_disputes(request: HttpRequest) -> HttpResponseBase:
    """All that this person may see and that the filters let through, as a file."""
    filters = Filters(request.GET, staff(request))
    found = Dispute.objects.visible_to(staff(request)).filter(filters.q)
    return _file(request, found.order_by("-pk"), Listing.DISPUTES, filters)


@require_GET
@acting
def search(request: HttpRequest) -> HttpResponse:
    """Number, name, last digits of a phone, address, words. A number that is one dispute's opens it."""
    query = request.GET.get("q", "").strip()
    if (exact := the_one(query, staff(request))) and not request.GET.get("cursor"):
        return redirect("dispute", exact.number)
    found = find(query, staff(request))
    some, sheet = newest_first(for_lists(found), request.GET.get("cursor", ""))
    return page(request, "desk/search.html", query=query, sheet=sheet, rows=rows_of(some, staff(request)))


def _desk(request: HttpRequest) -> tuple[Worklist, str, DeskFilters]:
    filters = DeskFilters(request.GET, staff(request))
    desk = Worklist(staff(request), area=True) if filters.is_area else desk_of(request)
    asked = request.GET.get("view", "")
    return desk, asked if asked in desk.heaps else desk.first_view, filters


def _file(
    request: HttpRequest, found: DisputeQuerySet, listing: Listing, filters: Filters, heap: str = ""
) -> HttpResponseBase:
    """The rows of the list as it stands, on record with its heap, its filters and the name of the view it is."""
    view = shelf_of(request, listing).open
    named = _("视图“%(name)s”") % {"name": view} if view else ""
    what = "，".join(filter(None, [str(listing.label), heap, named, filters.words]))
    return exported(found, what=what, format=request.POST.get("format", ""), by=staff(request))
