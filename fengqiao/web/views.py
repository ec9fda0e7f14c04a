"""Signing in and out, how to display, and the live kit of parts."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.web.demo import demo_accounts
from fengqiao.web.forms import DisplayForm, SignInForm
from fengqiao.web.http import acting, page, posted
from fengqiao.web.kept import Kept
from fengqiao.web.kit import kit_parts

A_YEAR = 365 * 24 * 60 * 60
PREFIX = "kept:"


@login_not_required
@sensitive_post_parameters("password")
@sensitive_variables()
@never_cache
@acting
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in; a submission that was interrupted by an expired session is offered again at once."""
    form = SignInForm(request, posted(request))
    again, kept = own_path(request, request.POST.get("kept_path", "")), _carried(request)
    if not form.is_valid():
        return sign_in_page(request, form=form, again=again, kept=kept)
    login(request, form.get_user())
    if again:
        return render(request, "web/resume.html", {"again": again, "kept": kept})
    return redirect(own_path(request, request.POST.get("next", "")) or resolve_url(settings.LOGIN_REDIRECT_URL))


def sign_in_page(
    request: HttpRequest, *, form: SignInForm | None = None, again: str = "", kept: Any = (), status: int | None = None
) -> HttpResponse:
    """The sign-in page, also shown in place of an answer when the session has run out."""
    onward = own_path(request, request.POST.get("next") or request.GET.get("next", ""))
    context = {"form": form or SignInForm(request), "next": onward, "again": again, "kept": kept}
    return page(request, "web/login.html", status=status, demo_accounts=demo_accounts(), **context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


@login_not_required
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Light or dark, standard or elder, Chinese or English: kept in cookies, then back to the same page."""
    form = DisplayForm(request.POST)
    response = redirect(own_path(request, request.POST.get("next", "")) or "/")
    wishes = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    if language := wishes.pop("language", ""):
        wishes[settings.LANGUAGE_COOKIE_NAME] = language
    for name, value in wishes.items():
        response.set_cookie(name, value, A_YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", httponly=True)
    return response


@require_GET
@acting
def ui_kit(request: HttpRequest) -> HttpResponse:
    """Every part in every state."""
    return page(request, "web/kit.html", **kit_parts(request))


def own_path(request: HttpRequest, url: str) -> str:
    """The address if it is one of ours, else nothing."""
    return url if url and url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()) else ""


def _carried(request: HttpRequest) -> list[Kept]:
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [Kept(name.removeprefix(PREFIX), value) for name, value in pairs if name.startswith(PREFIX)]
