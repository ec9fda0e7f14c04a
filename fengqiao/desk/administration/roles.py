"""The security administrator decides on roles that somebody else asked for, and lets new accounts in."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from fengqiao.desk.administration.area import on_duty
from fengqiao.desk.administration.forms import DecisionForm
from fengqiao.desk.administration.seeing import seen_as
from fengqiao.people import accounts
from fengqiao.people.duties import Duty
from fengqiao.people.models import RoleChange, User
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

LATEST = 20
ROLE, TEMPORARY = "desk/administration/role.html", "desk/administration/temporary.html"


@require_GET
@acting
def roles(request: HttpRequest) -> HttpResponse:
    """New accounts and changes of role that wait for a decision, and the latest that were decided."""
    by = on_duty(request, Duty.DECIDE_ROLE)
    decided = RoleChange.objects.exclude(decided_at=None).select_related("user", "asked_by", "decided_by")
    return page(
        request, "desk/administration/roles.html", waiting=waiting(), decided=decided.order_by("-decided_at")[:LATEST],
        by=by,
    )  # fmt: skip


@never_cache
@sensitive_variables()
@acting
@idempotent_form
def decide_role(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: who it is, where, as what, and why; yes or no. A new account's temporary password is shown once."""
    by = on_duty(request, Duty.DECIDE_ROLE)
    people = ("user__home_body__region", "user__station_body__region", "asked_by", "decided_by")
    change = get_object_or_404(RoleChange.objects.select_related(*people), pk=pk)
    form = DecisionForm(posted(request))
    if form.is_valid():
        with refusing(form):
            said, temporary = _decided(change, form, by)
            if temporary:
                return page(request, TEMPORARY, status=200, account=change.user, temporary=temporary, is_new=True)
            return page(request, ROLE, then=reverse("role_changes"), said=said)
    own = by.pk in (change.asked_by_id, change.user_id)
    return page(
        request, ROLE, form=form, change=change, account=change.user, own=own, sees=seen_as(change.user, change.new),
    )  # fmt: skip


def waiting() -> QuerySet[RoleChange]:
    """What nobody has decided yet, the oldest first."""
    found = RoleChange.objects.filter(decided_at=None)
    return found.select_related("user__home_body", "user__station_body", "asked_by").order_by("asked_at")


def _decided(change: RoleChange, form: DecisionForm, by: User) -> tuple[str, str]:
    """What to say, and the temporary password of an account that is new."""
    told = form.cleaned_data
    if told["decision"] == "no":
        accounts.decide_role(change, grant=False, by=by, seen=told["seen"], reason=told["reason"])
        return _("已经退回，角色没有变。"), ""
    if change.is_first:
        return "", accounts.let_in(change, by=by, seen=told["seen"])
    accounts.decide_role(change, grant=True, by=by, seen=told["seen"])
    return _("角色已经改好，本人要重新登录。"), ""
