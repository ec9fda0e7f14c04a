"""How to display, and the live kit of parts. Signing in is in account/."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from fengqiao.web.entering import before_duties, own_path
from fengqiao.web.forms import DisplayForm
from fengqiao.web.http import acting, page
from fengqiao.web.kit import kit_parts

A_YEAR = 365 * 24 * 60 * 60


@before_duties
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
