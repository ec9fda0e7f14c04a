"""The page of what was met before a dispute that is there already: sent in online, handed over by a machine, read from a file."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page
from fengqiao.web.once import idempotent_form

from .matching import Hit, met_before
from .ties import tie, ties_seen, ties_to, untie, why_not_tie


@never_cache
@acting
@idempotent_form
def met_before_it(request: HttpRequest, number: str) -> HttpResponse:
    """Earlier disputes that may be the same, with why; one press ties it to one of them, one takes that back."""
    user = staff(request)
    dispute = get_object_or_404(Dispute.objects.visible_to(user).with_names(), number=number)
    if not (user.works_cases and dispute.hats_of(user)):
        raise PermissionDenied(_("您可以看这件事；以前来过没有，由办这件事的单位核对。"))
    if request.method == "POST":
        earlier = get_object_or_404(Dispute.objects.visible_to(user), number=request.POST.get("earlier", "")[:30])
        if "undo" in request.POST:
            untie(dispute, to=earlier, by=user)
            return page(request, "intake/met_before.html", then=request.path, said=_("已撤销"))
        tie(dispute, to=earlier, kind=request.POST.get("kind", ""), by=user)
        return page(request, "intake/met_before.html", then=reverse("dispute", args=[number]), said=_("已记下"))
    reason = why_not_tie(dispute, user)
    return page(
        request, "intake/met_before.html", dispute=dispute, hits=hits_for(dispute, user), why_not_tie=reason,
        may_tie=reason is None, ties=ties_to(dispute, user), may_merge=dispute.why_not(Act.MERGE, user) is None,
    )  # fmt: skip


def hits_for(dispute: Dispute, user: User) -> list[Hit]:
    """By its first applicant, its first respondent, where it happened and what it tells; what is tied already is left out."""
    ours, theirs = next(iter(dispute.applicants), None), next(iter(dispute.respondents), None)
    hits = met_before(
        actor=user, name=ours.name if ours else "", phone=ours.phone if ours else "", id_number=ours.id_number if ours else "",
        opponent=theirs.name if theirs else "", place=dispute.place, facts=dispute.facts, address=dispute.address,
        besides=dispute.pk,
    )  # fmt: skip
    tied = {other.pk for other, _how in ties_seen(dispute, user)}
    return [hit for hit in hits if hit.dispute.pk not in tied]
