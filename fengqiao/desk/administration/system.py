"""The system administrator: bodies, windows and accounts as they are; roles are asked for here, not given."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengqiao.bodies.models import Body, Window
from fengqiao.desk.administration.area import on_duty
from fengqiao.desk.administration.forms import KeepAccountForm
from fengqiao.people import accounts
from fengqiao.people.duties import Duty
from fengqiao.people.models import User
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

PER_PAGE = 50


@require_GET
@acting
def office(request: HttpRequest) -> HttpResponse:
    """Bodies, windows and accounts as they stand."""
    on_duty(request, Duty.KEEP_ACCOUNTS)
    lists: dict[str, QuerySet] = {"bodies": _bodies(), "windows": _windows(), "accounts": _accounts()}
    show = request.GET.get("show", "")
    show = show if show in lists else "bodies"
    tabs = [("bodies", _("机构")), ("windows", _("窗口")), ("accounts", _("账户"))]
    counted = [(name, label, lists[name].count()) for name, label in tabs]
    sheet = Paginator(lists[show], PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "desk/administration/office.html", show=show, tabs=counted, sheet=sheet)


@acting
@idempotent_form
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: ask for another role, close it, open it again."""
    by = on_duty(request, Duty.KEEP_ACCOUNTS)
    user = get_object_or_404(User.objects.select_related("home_body", "station_body"), pk=pk)
    form = KeepAccountForm(posted(request), account=user)
    if form.is_valid():
        with refusing(form):
            said = _done(form, user, by)
            return page(request, "desk/administration/keep.html", then=reverse("keep_account", args=[pk]), said=said)
    waiting = user.role_changes.filter(decided_at=None).select_related("asked_by").first()
    return page(request, "desk/administration/keep.html", form=form, account=user, waiting=waiting)


def _done(form: KeepAccountForm, user: User, by: User) -> str:
    told = form.cleaned_data
    if told["act"] == "role":
        accounts.ask_for_role(user, new=told["role"], reason=told["reason"], by=by)
        return _("已经送给安全管理员决定。")
    if told["act"] == "close":
        accounts.close(user, reason=told["reason"], by=by)
        return _("账户已经停用，登录着的地方都结束了。")
    accounts.reopen(user, reason=told["reason"], by=by)
    return _("账户已经重新启用。")


def _bodies() -> QuerySet[Body]:
    people = Count("members", filter=Q(members__is_active=True), distinct=True)
    counted = Body.objects.annotate(people=people, counters=Count("windows", distinct=True))
    return counted.select_related("region", "parent").order_by("region__code", "pk")


def _windows() -> QuerySet[Window]:
    return Window.objects.select_related("body")


def _accounts() -> QuerySet[User]:
    return User.objects.select_related("home_body", "station_body").order_by("home_body_id", "pk")
