"""Seeing what is masked: only with a reason, only once, always on record; and who has looked so far."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.forms import LookForm
from fengqiao.desk.sight import row_of, worked_on_by
from fengqiao.disputes.commands import look
from fengqiao.ledger.models import Entry
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

MASKED = {
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("电话"),
    "id_number": gettext_lazy("证件号码"),
    "home": gettext_lazy("住址"),
}


@require_POST
@never_cache
@sensitive_variables("value")
@acting
def reveal(request: HttpRequest, number: str, party: int, what: str) -> HttpResponse:
    """Ask for the reason; with one, write the look down first and then show the value, this once."""
    if what not in MASKED:
        raise Http404
    found = worked_on_by(staff(request), number)
    person = get_object_or_404(found.parties, pk=party)
    form = LookForm(request.POST if "reason" in request.POST else None)
    context: dict[str, Any] = {"dispute": found, "party": person, "what": what, "kind": MASKED[what], "form": form}
    if not form.is_valid():
        return page(request, "desk/look.html", "ask", status=422 if form.is_bound else 200, **context)
    told = _("%(party)s的%(what)s") % {"party": person, "what": MASKED[what]}
    look(found, what=told, reason=form.cleaned_data["reason"], by=staff(request), party=person)
    return page(request, "desk/look.html", "value", status=200, value=getattr(person, what), **context)


@require_GET
@acting
def looks(request: HttpRequest, number: str) -> HttpResponse:
    """Who has seen what of this dispute, and why."""
    found = row_of(staff(request), number)
    entries = Entry.objects.of("look", found.pk).reverse()[:200]
    return page(request, "desk/looks.html", dispute=found, entries=entries)
