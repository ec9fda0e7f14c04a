"""登录与安全: one's own password, second factors and open sessions."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import Unreadable, decrypt, encrypt
from fengqiao.people import factors, passkeys, passwords, sessions
from fengqiao.people.models import AuthenticatorApp
from fengqiao.web import entering
from fengqiao.web.account.door import ASKED, asked, told_in
from fengqiao.web.account.forms import BindAppForm, BindPasskeyForm, PasswordForm
from fengqiao.web.actors import staff
from fengqiao.web.entering import before_duties
from fengqiao.web.http import acting, page, posted, refused, refusing

SECRET = "app_secret"  # noqa: S105 (a name) of an app that is being bound; sealed, for sessions are rows
HERE = "web:security"


@before_duties
@require_GET
@never_cache
@acting
def security(request: HttpRequest) -> HttpResponse:
    """What I have, where I am signed in, and what is still to be done."""
    user = staff(request)
    return page(
        request, "web/account/security.html", has=factors.factors_of(user), keys=user.passkeys.order_by("pk"),
        app=AuthenticatorApp.objects.filter(user=user).first(), open=sessions.open_of(user),
        here=request.session.session_key, owes=entering.duty_first(request, user), form=BindPasskeyForm(),
        required=factors.is_required(user),
    )  # fmt: skip


@before_duties
@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@acting
def password(request: HttpRequest) -> HttpResponse:
    """Change it; every other session ends."""
    user = staff(request)
    form = PasswordForm(posted(request))
    if form.is_valid():
        told, key = form.cleaned_data, str(request.session.session_key)
        with refusing(form):
            changed = passwords.change(user, old=told["old"], new=told["new"], keep=key)
            update_session_auth_hash(request, changed)
            sessions.moved(key, str(request.session.session_key))
            onward = entering.duty_first(request, changed) or reverse(HERE)
            return page(request, "web/account/password.html", then=onward, said=_("密码换好了，别处的登录都已经结束。"))
    due = passwords.is_due(user)
    return page(request, "web/account/password.html", form=form, due=due)


@before_duties
@sensitive_variables()
@never_cache
@acting
def bind_app(request: HttpRequest) -> HttpResponse:
    """The QR code, until the digits prove that it was read; then the recovery codes, once."""
    user = staff(request)
    if not entering.is_fresh(request):
        return refused(request, stale())
    secret = _secret(request)
    form = BindAppForm(posted(request))
    if form.is_valid():
        with refusing(form):
            codes = factors.bind_app(user, secret=secret, code=form.cleaned_data["code"])
            del request.session[SECRET]
            entering.factor_was_bound(request)
            return page(request, "web/account/codes.html", status=200, codes=codes)
    qr = factors.address_for_app(user, secret, entering.site_of(request).name)
    grouped = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    return page(request, "web/account/app.html", form=form, address=qr, secret=grouped)


@before_duties
@require_POST
@acting
def unbind_app(request: HttpRequest) -> HttpResponse:
    """No more digits."""
    must_be_fresh(request)
    factors.unbind_app(staff(request))
    return page(request, "web/account/security.html", then=reverse(HERE), said=_("手机验证器已经解除。"))


@require_POST
@never_cache
@acting
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    must_be_fresh(request)
    return page(request, "web/account/codes.html", status=200, codes=factors.renew_codes(staff(request)))


@before_duties
@require_POST
@acting
def ask_to_bind(request: HttpRequest) -> JsonResponse:
    """What the browser is to make a key for."""
    must_be_fresh(request)
    options, request.session[ASKED] = passkeys.ask_to_bind(staff(request), entering.site_of(request))
    return JsonResponse(options)


@before_duties
@require_POST
@acting
def bind_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the key that the browser made."""
    must_be_fresh(request)
    form = BindPasskeyForm(request.POST)
    if not form.is_valid():
        raise Refused(_("这把通行密钥没有绑成。请用支持通行密钥的浏览器，起个名再试一次。"))
    told: dict[str, Any] = {"state": asked(request), "answer": told_in(form.cleaned_data["answer"])}
    passkeys.bind(staff(request), entering.site_of(request), **told, name=form.cleaned_data["name"])
    entering.factor_was_bound(request)
    return page(request, "web/account/security.html", then=reverse(HERE), said=_("通行密钥绑好了。"))


@before_duties
@require_POST
@acting
def unbind_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """This key opens nothing any more."""
    must_be_fresh(request)
    passkeys.unbind(staff(request), pk)
    return page(request, "web/account/security.html", then=reverse(HERE), said=_("这把通行密钥已经解除。"))


@before_duties
@require_POST
@acting
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session, or all others. One's own, here, is ended by signing out."""
    user, which = staff(request), request.POST.get("which", "")
    if which and not which.isdigit():
        raise Refused(_("没看懂要结束哪一处登录，请从列表里点。"))
    count = sessions.end_own(user, which=int(which) if which else None, keep=str(request.session.session_key))
    said = _("已经结束 %(n)d 处登录。") % {"n": count} if count else _("那一处已经不在登录了。")
    return page(request, "web/account/security.html", then=reverse(HERE), said=said)


def must_be_fresh(request: HttpRequest) -> None:
    """Refused on a desk that was left open."""
    if not entering.is_fresh(request):
        raise Refused(stale())


def stale() -> str:
    return _("为了安全，改二次验证要在登录后 15 分钟以内。请退出，再登录一次来办。")


def _secret(request: HttpRequest) -> str:
    """The same until it is bound, so that reloading the page does not make the phone's one wrong."""
    try:
        return decrypt(request.session[SECRET], place=SECRET)
    except (KeyError, Unreadable):
        secret = factors.new_secret()
        request.session[SECRET] = encrypt(secret, place=SECRET)
        return secret
