"""The system administrator: accounts and windows as they are; accounts made and corrected. Roles are asked for, not given."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengqiao.desk.administration import listing
from fengqiao.desk.administration.account_forms import CorrectAccountForm, NewAccountForm
from fengqiao.desk.administration.area import on_duty
from fengqiao.desk.administration.forms import KeepAccountForm
from fengqiao.desk.administration.seeing import change_of_sight
from fengqiao.ledger.models import Entry
from fengqiao.people import accounts, keeping
from fengqiao.people.duties import Duty
from fengqiao.people.models import User
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

PER_PAGE = 50
OFFICE, KEEP = "desk/administration/office.html", "desk/administration/keep.html"
FORM = "desk/administration/account_form.html"


@require_GET
@acting
def office(request: HttpRequest) -> HttpResponse:
    """Accounts, or windows, as they stand: those that one looks for."""
    on_duty(request, Duty.KEEP_ACCOUNTS)
    show = "windows" if request.GET.get("show") == "windows" else "accounts"
    asked = listing.Asked.read(request.GET)
    found = listing.windows(asked) if show == "windows" else listing.accounts(asked)
    sheet = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    standings = listing.WINDOWS if show == "windows" else listing.ACCOUNTS
    return page(
        request, OFFICE, show=show, tabs=[("accounts", _("账户")), ("windows", _("窗口"))], sheet=sheet, asked=asked,
        roles=listing.ROLES, standings=[(name, label) for name, (label, _rule) in standings.items()],
    )  # fmt: skip


@acting
@idempotent_form
def new_account(request: HttpRequest) -> HttpResponse:
    """新建账户: who, where, and which role somebody else is asked to give them."""
    by = on_duty(request, Duty.KEEP_ACCOUNTS)
    form = NewAccountForm(posted(request), initial={"home": request.GET.get("home")})
    if form.is_valid():
        told = form.cleaned_data
        with refusing(form):
            asked = {name: told[name] for name in ("username", "role", "reason")}
            made = keeping.create(form.facts, **asked, by=by)
            said = _("账户建好了。等安全管理员同意角色、给出临时密码以后，%(name)s才能登录。") % {"name": made}
            return page(request, FORM, then=reverse("keep_account", args=[made.pk]), said=said)
    return page(request, FORM, form=form)


@acting
@idempotent_form
def correct_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, post, body or telephone; what that changes of what the person sees is told at once."""
    by = on_duty(request, Duty.KEEP_ACCOUNTS)
    user = _found(pk)
    form = CorrectAccountForm(posted(request), account=user)
    if form.is_valid():
        with refusing(form):
            told = form.cleaned_data
            keeping.correct(user, form.facts, seen=told["seen"], reason=told["reason"], by=by)
            said = _("改好了。") + change_of_sight(user, _found(pk))
            return page(request, FORM, then=reverse("keep_account", args=[pk]), said=said)
    return page(request, FORM, form=form, account=user)


@acting
@idempotent_form
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: ask for another role, close it, open it again."""
    by = on_duty(request, Duty.KEEP_ACCOUNTS)
    user = _found(pk)
    waiting = user.role_changes.filter(decided_at=None).select_related("asked_by").first()
    form = KeepAccountForm(posted(request), account=user, waiting=waiting is not None)
    if form.is_valid():
        with refusing(form):
            said = _done(form, user, by)
            return page(request, KEEP, then=reverse("keep_account", args=[pk]), said=said)
    story = Entry.objects.of("user", user.pk).filter(kind__startswith="account.").order_by("-seq")[:10]
    return page(request, KEEP, form=form, account=user, waiting=waiting, story=story)


def _found(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("home_body__region", "station_body__region"), pk=pk)


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
