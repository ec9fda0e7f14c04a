"""The door: user name and password, a passkey, the county's own sign-in; then the second factor; and out again."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.kernel.errors import Refused
from fengqiao.people import county_login, factors, passkeys
from fengqiao.people.models import Result, User, Way
from fengqiao.people.sign_in import AddressShut, NotAdmitted, by_password
from fengqiao.web import entering
from fengqiao.web.account.forms import CodeForm
from fengqiao.web.demo import demo_accounts
from fengqiao.web.entering import before_duties, own_path
from fengqiao.web.forms import SignInForm
from fengqiao.web.http import acting, page, posted, refusal
from fengqiao.web.kept import Kept
from fengqiao.web.visits import visit_of

PREFIX = "kept:"
ASKED, COUNTY = "passkey", "county"  # what the session remembers of a question to a key, or to the county


@before_duties
@login_not_required
@sensitive_post_parameters("password")
@sensitive_variables()
@never_cache
@acting
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; a submission that was interrupted by an expired session is offered again at once."""
    form = SignInForm(posted(request))
    if not form.is_valid():
        return sign_in_page(request, form=form)
    try:
        user = by_password(**form.cleaned_data, visit=visit_of(request))
    except (NotAdmitted, AddressShut) as no:
        form.add_error(None, str(no))
        return sign_in_page(request, form=form, status=429 if isinstance(no, AddressShut) else None)
    return _first_step_done(request, user, way=Way.PASSWORD)


def sign_in_page(
    request: HttpRequest, *, form: SignInForm | None = None, again: str = "", kept: Any = (), status: int | None = None,
    no: str = "",
) -> HttpResponse:  # fmt: skip
    """The sign-in page, also shown in place of an answer when the session has run out."""
    again, kept = again or own_path(request, request.POST.get("kept_path", "")), kept or _carried(request)
    return page(
        request, "web/login.html", status=status, form=form or SignInForm(), next=_onward(request), again=again, kept=kept, no=no,
        demo_accounts=demo_accounts(), county=settings.COUNTY_SIGN_IN,
    )  # fmt: skip


@before_duties
@login_not_required
@sensitive_post_parameters("code")
@never_cache
@acting
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: six digits, a recovery code, or a passkey that signs."""
    half = entering.half_in(request)
    if half is None:
        return redirect("web:login")
    form = CodeForm(posted(request))
    if not form.is_valid():
        return _second_page(request, half.user, form)
    try:
        if form.cleaned_data["answer"]:
            way, visit = Way.PASSKEY, visit_of(request)
            told = {"state": asked(request), "answer": told_in(form.cleaned_data["answer"])}
            passkeys.signed(entering.site_of(request), **told, visit=visit, user=half.user)
        else:
            way = factors.check_code(half.user, form.cleaned_data["code"], visit=visit_of(request))
    except Refused as no:
        refusal(form, no)
        return _second_page(request, half.user, form)
    entering.let_in(request, half.user, way=way, with_factor=True)
    return _welcome(request, half.onward)


@before_duties
@login_not_required
@never_cache
@require_POST
@acting
def passkey_alone(request: HttpRequest) -> HttpResponse:
    """Sign in with nothing but a key that has verified its owner."""
    try:
        told = {"state": asked(request), "answer": told_in(request.POST.get("answer", ""))}
        user = passkeys.signed(entering.site_of(request), **told, visit=visit_of(request))
    except Refused:
        no = _("这把通行密钥没有通过。可以再试一次，或者用用户名和密码登录。")
        return sign_in_page(request, no=no, status=422)
    entering.let_in(request, user, way=Way.PASSKEY, with_factor=True)
    return _welcome(request, _onward(request))


@before_duties
@login_not_required
@require_POST
@acting
def ask_passkey(request: HttpRequest) -> JsonResponse:
    """What a key is to sign: of the one who is half in, else of whoever has one."""
    half = entering.half_in(request) if request.GET.get("for") == "factor" else None
    options, request.session[ASKED] = passkeys.ask_to_sign(entering.site_of(request), half.user if half else None)
    return JsonResponse(options)


@before_duties
@login_not_required
@require_GET
@acting
def to_county(request: HttpRequest) -> HttpResponse:
    """Off to the county's own sign-in. A link, not a form: the policy of content lets no form lead elsewhere."""
    if not county_login.is_offered():
        return redirect("web:login")
    back = f"{entering.site_of(request).origin}{resolve_url('web:from-county')}"
    try:
        address, request.session[COUNTY] = county_login.start(back=back, onward=_onward(request))
    except Refused as no:
        return sign_in_page(request, no=str(no), status=409)
    return redirect(address)


@before_duties
@login_not_required
@require_GET
@never_cache
def from_county(request: HttpRequest) -> HttpResponse:
    """Back from there. The protocol has this be a GET that signs in; what was remembered is good for one return."""
    if not county_login.is_offered():
        return redirect("web:login")
    try:
        user, onward = county_login.finish(
            request.session.pop(COUNTY, None), request.GET.dict(), visit=visit_of(request)
        )
    except Refused as no:
        return sign_in_page(request, no=str(no), status=409)
    return _first_step_done(request, user, way=Way.COUNTY, onward=own_path(request, onward))


@before_duties
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    entering.show_out(request, Result.LEFT)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


def _first_step_done(request: HttpRequest, user: User, *, way: Way, onward: str = "") -> HttpResponse:
    """In, or on to the second factor where the account has one that the first step did not already stand for."""
    trusted = way == Way.COUNTY and settings.COUNTY_SIGN_IN["SECOND_FACTOR"] == "theirs"
    onward = onward or _onward(request)
    if not trusted and factors.factors_of(user).any:
        entering.stop_halfway(request, user, way=way, onward=onward)
        return _second_page(request, user, CodeForm(), status=200) if request.POST else redirect("web:second-factor")
    entering.let_in(request, user, way=way, with_factor=trusted)
    return _welcome(request, onward)


def _second_page(request: HttpRequest, user: User, form: CodeForm, status: int | None = None) -> HttpResponse:
    again, kept = own_path(request, request.POST.get("kept_path", "")), _carried(request)
    has = factors.factors_of(user)
    return page(
        request, "web/account/second_factor.html", status=status, form=form, has=has, again=again, kept=kept
    )  # fmt: skip


def _welcome(request: HttpRequest, onward: str) -> HttpResponse:
    """To what was interrupted, else to where they wanted to go, else to their desk."""
    if again := own_path(request, request.POST.get("kept_path", "")):
        return render(request, "web/resume.html", {"again": again, "kept": _carried(request)})
    return redirect(onward or resolve_url(settings.LOGIN_REDIRECT_URL))


def _onward(request: HttpRequest) -> str:
    return own_path(request, request.POST.get("next") or request.GET.get("next", ""))


def _carried(request: HttpRequest) -> list[Kept]:
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [Kept(name.removeprefix(PREFIX), value) for name, value in pairs if name.startswith(PREFIX)]


def asked(request: HttpRequest) -> dict[str, Any]:
    """What the key was asked; good for one answer."""
    return request.session.pop(ASKED, {})


def told_in(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
