"""The security administrator: locks, passwords, second factors, sessions. Roles are decided in roles.py."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.administration.area import on_duty
from fengqiao.desk.administration.forms import AddressForm, SecureAccountForm
from fengqiao.desk.administration.listing import LONGEST, with_words
from fengqiao.desk.administration.roles import waiting
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people import accounts, factors, lockout, passwords, sessions
from fengqiao.people.duties import Duty
from fengqiao.people.models import AuthenticatorApp, Guard, User
from fengqiao.people.sign_in import account_of
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

PER_PAGE = 50
HERE = "secure_accounts"


@require_GET
@acting
def listed(request: HttpRequest) -> HttpResponse:
    """Every account with its lock, its second factor and its open sessions."""
    on_duty(request, Duty.UNLOCK)
    show, words = request.GET.get("show", ""), request.GET.get("q", "").strip()[:LONGEST]
    found: QuerySet[Any] = with_words(_accounts(), words)
    if show == "locked":
        found = found.filter(pk__in=list(_locks(User.objects.all())))
    elif show == "bare":
        found = found.filter(has_app=False, keys=0, is_active=True)
    sheet = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    locks = _locks(sheet.object_list)
    rows = [(one, locks.get(one.pk)) for one in sheet]
    tabs = [("", _("全部")), ("locked", _("锁着的")), ("bare", _("没有二次验证的"))]
    return page(
        request, "desk/administration/accounts.html", sheet=sheet, rows=rows, tabs=tabs, show=show, words=words,
        form=AddressForm(), changes=waiting().count(),
    )  # fmt: skip


@never_cache
@sensitive_variables()
@acting
@idempotent_form
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: unlock, a temporary password, a fresh start with the second factor, sign out everywhere."""
    by = on_duty(request, Duty.UNLOCK)
    user = get_object_or_404(User.objects.select_related("home_body", "station_body"), pk=pk)
    form = SecureAccountForm(posted(request))
    if form.is_valid():
        with refusing(form):
            said, temporary = _done(form.cleaned_data["act"], user, form.cleaned_data["reason"], by)
            if temporary:
                return page(
                    request, "desk/administration/temporary.html", status=200, account=user, temporary=temporary
                )
            return page(
                request, "desk/administration/secure.html", then=reverse("secure_account", args=[pk]), said=said
            )
    story = Entry.objects.of("user", user.pk).filter(kind__startswith="account.").order_by("-seq")[:10]
    return page(
        request, "desk/administration/secure.html", form=form, account=user, story=story,
        locked=lockout.locked_until(lockout.ACCOUNT, account_of(user.username))
        or lockout.locked_until(lockout.FACTOR, str(user.pk)),
        has=factors.factors_of(user), open=sessions.open_of(user), asked=waiting().filter(user=user).first(),
    )  # fmt: skip


@require_POST
@acting
def unlock_address(request: HttpRequest) -> HttpResponse:
    """Let an office try again whose address was shut."""
    by, form = on_duty(request, Duty.UNLOCK), AddressForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请写对网络地址（例如 10.1.2.3）和理由。"))
    accounts.unlock_address(**form.cleaned_data, by=by)
    return page(request, "desk/administration/accounts.html", then=reverse(HERE), said=_("这个网络地址可以再登录了。"))


def _done(act: str, user: User, reason: str, by: User) -> tuple[str, str]:
    """What to say, and the temporary password if one was made."""
    if act == "password":
        return "", passwords.reset(user, reason=reason, by=by)
    if act == "unlock":
        accounts.unlock(user, reason=reason, by=by)
        return _("解开了，现在就能登录。"), ""
    if act == "factor":
        factors.reset(user, reason=reason, by=by)
        return _("二次验证已经清除，请本人登录后重新绑定。"), ""
    count = sessions.end_for(user, reason=reason, by=by)
    return _("已经结束 %(n)d 处登录。") % {"n": count}, ""


def _accounts() -> QuerySet[User]:
    app = AuthenticatorApp.objects.filter(user=OuterRef("pk"))
    return (
        User.objects.select_related("home_body", "station_body")
        .annotate(has_app=Exists(app), keys=Count("passkeys", distinct=True), places=Count("sign_ins", distinct=True))
        .order_by("home_body_id", "pk")
    )


def _locks(users: Iterable[User]) -> dict[int, datetime]:
    """Which of these are shut, and until when. A guard knows no names, only what they are counted under."""
    shut = dict(Guard.objects.filter(locked_until__gt=timezone.now()).values_list("index", "locked_until"))
    found: dict[int, datetime] = {}
    for user in users if shut else ():
        names = ((lockout.ACCOUNT, account_of(user.username)), (lockout.FACTOR, str(user.pk)))
        until = [when for kind, name in names if (when := shut.get(lockout.index_of(kind, name)))]
        found |= {user.pk: max(until)} if until else {}
    return found
