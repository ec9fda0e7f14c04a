"""Whether a paper in somebody's hand is ours and still holds: open to everybody, tells no content."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengqiao.agreements.models import Agreement
from fengqiao.agreements.throttle import asks_too_often
from fengqiao.kernel.codes import read_human_code
from fengqiao.kernel.errors import Refused
from fengqiao.web.errors import sorry
from fengqiao.web.http import acting, page

TEMPLATE = "agreements/verify.html"


@require_safe
@login_not_required
@acting
def verify_form(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in that cannot be scanned."""
    code = request.GET.get("code", "").strip()
    if not code:
        return page(request, TEMPLATE)
    try:
        return redirect("verify_paper", read_human_code(code))
    except Refused as no:
        return page(request, TEMPLATE, status=422, code=code, wrong=str(no))


@require_safe
@login_not_required
@acting
def verify_paper(request: HttpRequest, code: str) -> HttpResponse:
    """What the record says of the paper with this code: number, date, committee, masked names, and whether it holds."""
    if asks_too_often(request, "verify"):
        return sorry(request, 429, _("查得太勤了"), _("请过十分钟再查。"), icon="hourglass")
    try:
        asked = read_human_code(code)
    except Refused as no:
        return page(request, TEMPLATE, status=404, code=code, wrong=str(no))
    found = Agreement.objects.filter(check_code=asked).select_related("committee", "dispute").first()
    return page(request, TEMPLATE, status=200 if found else 404, code=asked, asked=True, found=found)
