"""我要反映: three steps, each kept on the server as soon as it is sent; the last one makes a dispute of them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from fengqiao.agreements.throttle import asks_too_often
from fengqiao.disputes.passes import PartyActor
from fengqiao.intake import applications, slips
from fengqiao.intake.models import Application
from fengqiao.intake.needs import NO_SMS
from fengqiao.intake.notice import VERSION
from fengqiao.intake.place_fields import UNKNOWN
from fengqiao.kernel import masking
from fengqiao.kernel.errors import Refused
from fengqiao.mediation.commands import pick
from fengqiao.places.models import Region
from fengqiao.portal import choosing, keeping
from fengqiao.portal.forms import CheckForm, WhatForm, WhoForm
from fengqiao.portal.windows import someone_to_call
from fengqiao.web.http import acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form

WHAT, WHO, CHECK = "portal/apply_what.html", "portal/apply_who.html", "portal/apply_check.html"


@login_not_required
@never_cache
@acting
def what(request: HttpRequest) -> HttpResponse:
    """Step 1: what happened, with photos. Every button here keeps what was written."""
    application = keeping.open_application(request)
    form = WhatForm(posted(request), sent_files(request), initial=_answers(application))
    token = ""
    if request.method == "POST":
        form.is_valid()
        with refusing(form):
            application, token = _begun(request, application, form)
            _keep_step_one(request, application, form)
    response = _after_what(request, application, form)
    if token:
        keeping.remember(response, token)
    return response


@login_not_required
@sensitive_post_parameters("phone", "id_number")
@sensitive_variables("form")
@never_cache
@acting
def who(request: HttpRequest) -> HttpResponse:
    """Step 2: with whom, where, how to talk, and who asks."""
    application = keeping.open_application(request)
    if application is None:
        return _begin_again(request)
    form = WhoForm(posted(request), initial=_who_initial(application))
    if request.method == "POST":
        form.is_valid()
        with refusing(form):
            applications.save_step(application, step=3 if not form.errors else 2, answers=form.answers)
        if "back" in request.POST:
            return redirect("apply")
    facts = applications.answers_of(application).get("facts", "")
    return page(request, WHO, then=reverse("apply_check"), form=form, facts=facts, phone=someone_to_call())


@login_not_required
@never_cache
@acting
@idempotent_form
def check(request: HttpRequest) -> HttpResponse:
    """Step 3: all of it once more, the privacy notice, and off it goes."""
    application = keeping.application_of(request)
    if application is None:
        return _begin_again(request)
    if application.is_submitted:
        return redirect("code")
    answers = applications.answers_of(application)
    if application.step < 3:
        return redirect("apply" if application.step < 2 else "apply_who")
    files = list(application.files.all())
    form = CheckForm(posted(request), has_id=bool(answers.get("id_number")), has_files=bool(files))
    if form.is_valid():
        with refusing(form):
            return _submitted(request, application, form)
    return page(
        request, CHECK, form=form, files=files, version=VERSION, told=answers, place=_place(answers),
        picked=choosing.picked(request), id_number=masking.id_number(answers.get("id_number", "")),
    )  # fmt: skip


@require_POST
@login_not_required
@acting
def give_up(request: HttpRequest) -> HttpResponse:
    """不写了: this browser no longer knows the way back; what was kept goes by itself after seven days."""
    application = keeping.open_application(request)
    for held in application.files.all() if application else ():
        applications.drop_file(held)
    response = redirect("home")
    keeping.forget(response)
    return response


def _begun(request: HttpRequest, application: Application | None, form: WhatForm) -> tuple[Application | None, str]:
    """The application, begun now if there is something to keep, and the token of a new one."""
    if application is not None or not (form.cleaned_data.get("facts") or form.cleaned_data.get("photos")):
        return application, ""
    if asks_too_often(request, "apply"):
        raise Refused(_("从这里填得太多了。请过十分钟再试，或者到窗口、打电话登记。"))
    if not request.session.session_key:
        request.session.save()
    return applications.begin(session=request.session.session_key or "")


def _keep_step_one(request: HttpRequest, application: Application | None, form: WhatForm) -> None:
    """The words, then the files one by one: what is wrong with one of them stands beside the field."""
    if application is None:
        return
    applications.save_step(application, step=1 if form.errors else 2, answers=form.answers)
    if gone := request.POST.get("drop", ""):
        for held in application.files.filter(pk=gone if gone.isdecimal() else 0):
            applications.drop_file(held)
    for file in form.cleaned_data.get("photos") or ():
        try:
            applications.hold_file(application, upload=file)
        except Refused as no:
            form.add_error("photos", str(no))


def _after_what(request: HttpRequest, application: Application | None, form: WhatForm) -> HttpResponse:
    stays = {"drop", "upload"} & set(request.POST)
    if stays and set(form.errors) == {"facts"} and not form.data.get("facts"):
        return redirect("apply")  # only a photo so far: no reproach for what is not written yet
    files = list(application.files.all()) if application else []
    onward = reverse("apply") if stays else reverse("apply_who")
    return page(request, WHAT, then=onward, form=form, files=files, begun=application, phone=someone_to_call())


def _submitted(request: HttpRequest, application: Application, form: CheckForm) -> HttpResponse:
    application = applications.accept_notice(application, sensitive=form.cleaned_data.get("sensitive", False))
    with transaction.atomic():
        reception = applications.submit(application)
        wanted = choosing.picked(request)
        if wanted and reception.issued.pin:
            pick(reception.dispute, entries=wanted, by=PartyActor(reception.dispute.applicants[0]))
            choosing.forget(request)
    if reception.issued.pin:  # a second sender of the same form gets none, and must not touch the first one's session
        slips.hand_over(request, reception.issued)
    return redirect("code")


def _begin_again(request: HttpRequest) -> HttpResponse:
    """Nothing is kept under this browser's name: what was just typed is given back to copy."""
    if request.method == "POST":
        raise Refused(_("这一份放得太久，已经清掉了。请从第一步重新写，刚才写的可以复制下来。"))
    return redirect("apply")


def _answers(application: Application | None) -> dict[str, Any]:
    return applications.answers_of(application) if application else {}


def _who_initial(application: Application) -> dict[str, Any]:
    answers = _answers(application)
    place, needs = _place(answers), answers.get("needs") or []
    asked = application.step > 2 and place is None  # nobody knew, or nothing was to be asked: not a second time
    return {
        **answers, "place": UNKNOWN if asked else answers.get("place", ""),
        "place_name": place.name if place else "", "no_sms": NO_SMS in needs,
        "talk": next((need for need in needs if need != NO_SMS), ""),
    }  # fmt: skip


def _place(answers: dict[str, Any]) -> Region | None:
    return Region.objects.filter(code=answers["place"]).first() if answers.get("place") else None
