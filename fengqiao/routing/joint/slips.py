"""呼叫（吹哨）单: the call as a page to print and hand over. Masked, as everything that leaves the screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from fengqiao.disputes.models import Dispute
from fengqiao.routing.tiers.standing import lead_of
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page


@require_GET
@acting
def slip(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """For everybody who sees the dispute: nothing stands on it that does not stand on its page."""
    dispute = get_object_or_404(Dispute.objects.visible_to(staff(request)).with_names(), number=number)
    found = dispute.joint_tasks.select_related("assist__body", "assist__reply", "person", "called_by", "dispute")
    task = get_object_or_404(found, n=n)
    return page(request, "routing/slip.html", dispute=dispute, task=task, lead=lead_of(dispute))
