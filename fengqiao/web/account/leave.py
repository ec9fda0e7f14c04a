"""代办: who acts for me while I am away, and for whom I act."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengqiao.people import delegations
from fengqiao.people.models import Delegation
from fengqiao.web.account.forms import LeaveForm
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

HERE = "web:leave"


@acting
@idempotent_form
def leave(request: HttpRequest) -> HttpResponse:
    """The list of both kinds, and the form."""
    user = staff(request)
    form = LeaveForm(posted(request), principal=user)
    if form.is_valid():
        with refusing(form):
            made = delegations.delegate(user, **form.cleaned_data, by=user)
            said = _("%(name)s 到时会替您办。日子一过自动结束。") % {"name": made.deputy}
            return page(request, "web/account/leave.html", then=reverse(HERE), said=said)
    rows = Delegation.objects.to_come_or_on().select_related("principal", "deputy").order_by("first_day", "pk")
    return page(
        request, "web/account/leave.html", form=form, given=rows.filter(principal=user), taken=rows.filter(deputy=user),
        colleagues=delegations.may_stand_in(user).exists(),
    )  # fmt: skip


@require_POST
@acting
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """End it before its time. Who has no part in it finds nothing."""
    user = staff(request)
    row = get_object_or_404(Delegation.objects.filter(Q(principal=user) | Q(deputy=user)), pk=pk)
    delegations.call_off(row, by=user)
    return page(request, "web/account/leave.html", then=reverse(HERE), said=_("这份代办已经结束。"))
