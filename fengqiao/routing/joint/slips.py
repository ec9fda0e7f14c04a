"""呼叫（吹哨）单: the call as a page to print and hand over. Masked, as everything that leaves the screen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.models import Dispute
from fengqiao.routing.tiers.standing import lead_of
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

from .tasks import is_of_the_body, why_not_lead


@require_GET
@acting
def slip(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """For who called and who is called. PermissionDenied for everybody else who sees the dispute."""
    user = staff(request)
    dispute = get_object_or_404(Dispute.objects.visible_to(user).with_names(), number=number)
    found = dispute.joint_tasks.select_related("assist__body", "assist__reply", "person", "called_by", "dispute")
    task = get_object_or_404(found, n=n)
    if not is_of_the_body(task, user) and why_not_lead(dispute, user):
        raise PermissionDenied(_("呼叫单由呼叫的和被呼叫的单位看。"))
    return page(request, "routing/slip.html", dispute=dispute, task=task, lead=lead_of(dispute))
