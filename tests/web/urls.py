"""Views as the stages write them, to try the shell on."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

DONE: list[str] = []


class ReturnForm(forms.Form):
    reason = forms.CharField(label="为什么退回", min_length=4)


@acting
def send_back(request):
    form = ReturnForm(posted(request))
    if form.is_valid():
        with refusing(form):
            command(form.cleaned_data["reason"])
            return page(request, "web_try.html", "form", then="/after/", said="已退回", form=ReturnForm())
    return page(request, "web_try.html", "form", form=form)


@acting
@idempotent_form
def bare(request):
    command(request.POST["reason"])
    return page(request, "web_try.html", then="/after/")


@acting
def writes_on_get(request):
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    return HttpResponse()


def command(reason: str) -> None:
    if reason == "严不同意":
        raise Refused("严*刚刚退回了这件。请看现在轮到谁。")
    if reason == "有人先动":
        raise Stale("这件事刚刚有人动过。")
    DONE.append(reason)


def denied(request):
    raise PermissionDenied("只有本单位的人能看。")


def hidden(request):
    raise Http404


@login_not_required
def open_page(request):
    return page(request, "web/phone_base.html")


def desk(request):
    return page(request, "web/desk_base.html")


@acting
def suggest(request):
    """An address list, as a stage would answer it."""
    words = request.GET["q"]
    options = [{"value": f"{n}", "text": f"余家漾花园 {n} 幢", "note": "余家漾社区"} for n in (12, 13)]
    return page(request, "web/options.html", options=options if words in "余家漾花园" else [], q=words)


class PlaceForm(forms.Form):
    place = forms.CharField(label="地址")
    place_id = forms.CharField(required=False, widget=forms.HiddenInput)
    signature = forms.CharField(required=False, widget=forms.HiddenInput)


@acting
def place(request):
    form = PlaceForm(posted(request))
    if form.is_valid():
        DONE.append(f"{form.cleaned_data['place']} {form.cleaned_data['place_id']}")
        DONE.append(request.POST.get("signature", "")[:22])
        return page(request, "web_place.html", then="/after/")
    return page(request, "web_place.html", form=form)


def template(source: str, **context) -> str:
    """What a template with our tags makes of this."""
    return engines["django"].from_string("{% load i18n ui %}" + source).render(context)


urlpatterns = [
    path("", include("fengqiao.web.urls")),
    path("", open_page),
    path("after/", desk),
    path("return/", send_back),
    path("bare/", bare),
    path("writes/", writes_on_get),
    path("suggest/", suggest),
    path("place/", place),
    path("denied/", denied),
    path("hidden/", hidden),
]

handler400 = "fengqiao.web.errors.bad_request"
handler403 = "fengqiao.web.errors.permission_denied"
handler404 = "fengqiao.web.errors.not_found"
handler500 = "fengqiao.web.errors.server_error"
