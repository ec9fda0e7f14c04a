"""The door: what one can do here, where the windows are, which other ways there are."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fengqiao.disputes.remedies import Remedy
from fengqiao.portal.keeping import open_application, waiting_slip
from fengqiao.portal.notes import affair_of
from fengqiao.portal.turns import turn_of
from fengqiao.portal.windows import someone_to_call, windows
from fengqiao.web.actors import party_of
from fengqiao.web.http import acting, page


@require_safe
@login_not_required
@never_cache
@acting
def home(request: HttpRequest) -> HttpResponse:
    """首页. Whose pass is open in this browser sees whether it is their turn."""
    actor = party_of(request)
    affair = affair_of(actor.party.dispute, actor.party) if actor else None
    return page(
        request, "portal/home.html", here="home", affair=affair, turn=turn_of(affair) if affair else None,
        unfinished=open_application(request), slip=waiting_slip(request), phone=someone_to_call(),
    )  # fmt: skip


@require_safe
@login_not_required
@acting
def windows_page(request: HttpRequest) -> HttpResponse:
    """附近的窗口."""
    return page(request, "portal/windows.html", here="windows", windows=windows())


@require_safe
@login_not_required
@acting
def other_ways(request: HttpRequest) -> HttpResponse:
    """法院和仲裁: nobody must mediate, and these ways stay open (人民调解法 3, 26)."""
    return page(request, "portal/other_ways.html", ways=[remedy.label for remedy in Remedy], phone=someone_to_call())
