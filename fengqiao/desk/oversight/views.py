"""督查台: the board, and the disputes behind two of its numbers."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fengqiao.desk.paging import CappedPaginator
from fengqiao.desk.rows import for_lists, rows_of
from fengqiao.disputes.models import Tier
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

from .board import Board, watches

HEAPS = {
    "risk": gettext_lazy("红、橙风险"),
    "late": gettext_lazy("超期的纠纷"),
    "joint": gettext_lazy("联动任务没有销号的"),
}


@require_GET
@acting
def oversight(request: HttpRequest) -> HttpResponse:
    """What a leader or the head of a centre should know now."""
    return page(request, "desk/oversight.html", board=_board(request))


@require_GET
@acting
def oversight_heap(request: HttpRequest, heap: str) -> HttpResponse:
    """The disputes behind a number, of one body where the address names it."""
    board = _board(request)
    title = HEAPS.get(heap) or _tier(heap)
    if title is None:
        raise Http404
    found = board.heap(heap, request.GET.get("body", ""))
    sheet = CappedPaginator(for_lists(found)).get_page(request.GET.get("page"))
    rows = rows_of(sheet, staff(request))
    return page(request, "desk/oversight_heap.html", title=title, sheet=sheet, rows=rows)


def _tier(heap: str) -> str | None:
    """What the tier is called that `tier-<key>` names."""
    found = Tier.objects.filter(key=heap.removeprefix("tier-")) if heap.startswith("tier-") else Tier.objects.none()
    return next((_("在“%(tier)s”这一层") % {"tier": tier} for tier in found), None)


def _board(request: HttpRequest) -> Board:
    if not watches(staff(request)):
        raise PermissionDenied(_("督查台由领导和统筹辖区的单位看。"))
    return Board(staff(request))
