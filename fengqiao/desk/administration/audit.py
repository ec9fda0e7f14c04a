"""The audit administrator: reads the ledger and the access log, has them verified, changes nothing."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.administration.access import AccessFilterForm, as_csv
from fengqiao.desk.administration.area import on_duty
from fengqiao.desk.commands import ask_to_verify
from fengqiao.desk.events import RecordVerified
from fengqiao.ledger.models import Entry, Seal
from fengqiao.people.duties import Duty
from fengqiao.people.models import Access
from fengqiao.web.http import acting, page

PER_PAGE = 50


@require_GET
@acting
def ledger(request: HttpRequest) -> HttpResponse:
    """How far the record is sealed, and what the last verifications found."""
    on_duty(request, Duty.READ_LEDGER)
    checks = Entry.objects.filter(kind=RecordVerified.kind).order_by("-at")[:10]
    return page(
        request, "desk/administration/ledger.html", entries=Entry.objects.count(), seals=Seal.objects.count(), checks=checks,
        latest=Seal.objects.order_by("-day")[:14],
    )  # fmt: skip


@require_POST
@acting
def verify_ledger(request: HttpRequest) -> HttpResponse:
    """Have the whole record verified in the background."""
    ask_to_verify(by=on_duty(request, Duty.READ_LEDGER))
    said = _("开始核对了。核对完会有一条通知。")
    return page(request, "desk/administration/ledger.html", then=reverse("ledger"), said=said)


@require_GET
@acting
def seals(request: HttpRequest) -> HttpResponse:
    """All seals, to be kept outside and compared later: whoever rewrites the record cannot rewrite these copies."""
    on_duty(request, Duty.READ_LEDGER)
    fields = ("day", "sealed_at", "heads", "root", "prev", "key", "signature")
    answer = JsonResponse(
        {"seals": list(Seal.objects.order_by("day").values(*fields))}, json_dumps_params={"indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="seals.json"'
    return answer


@require_GET
@acting
def access_log(request: HttpRequest) -> HttpResponse:
    """Who came in, tried to, or was shown out."""
    on_duty(request, Duty.READ_ACCESS_LOG)
    form = AccessFilterForm(request.GET or None)
    rows = form.found(Access.objects.select_related("user").newest_first())
    sheet = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "desk/administration/access.html", form=form, sheet=sheet, query=request.GET.urlencode())


@require_POST
@acting
def export_access_log(request: HttpRequest) -> HttpResponse:
    """The same rows as a file; the address carries the same filters. That it was taken goes into the ledger first."""
    by = on_duty(request, Duty.READ_ACCESS_LOG)
    return as_csv(AccessFilterForm(request.GET), by=by)
