"""Coming back: the slip to copy, code and PIN, and what a scanned code shows to anybody who holds it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from fengqiao.agreements.throttle import asks_too_often
from fengqiao.disputes import passes
from fengqiao.disputes.passes import open_with
from fengqiao.portal import keeping
from fengqiao.portal.forms import FollowForm, PinForm
from fengqiao.portal.way import steps_of
from fengqiao.portal.windows import someone_to_call
from fengqiao.web.actors import enter, party_of
from fengqiao.web.errors import sorry
from fengqiao.web.http import acting, page, posted, refusing


@login_not_required
@never_cache
@acting
def code(request: HttpRequest) -> HttpResponse:
    """Code, PIN and QR just given, until the person says that they have them; then on to their own page."""
    slip = keeping.waiting_slip(request)
    if request.method == "POST":
        if slip is None:
            return redirect("follow")
        keeping.let_go(request)
        enter(request, slip.access)
        return redirect("my")
    application = keeping.application_of(request)
    is_new = bool(slip and application and application.dispute_id == slip.dispute.pk)
    return page(request, "portal/code.html", slip=slip, is_new=is_new, phone=someone_to_call())


@login_not_required
@sensitive_post_parameters("pin")
@sensitive_variables("form")
@never_cache
@acting
def follow(request: HttpRequest) -> HttpResponse:
    """查进度: code and PIN from the slip."""
    form = FollowForm(posted(request))
    if request.method == "POST" and asks_too_often(request, "follow"):
        return _too_often(request)
    if form.is_valid():
        with refusing(form):
            enter(request, open_with(form.cleaned_data["code"], form.cleaned_data["pin"]))
            return redirect("my")
    return page(request, "portal/follow.html", here="my", form=form, actor=party_of(request), phone=someone_to_call())


@login_not_required
@sensitive_post_parameters("pin")
@sensitive_variables("form")
@never_cache
@acting
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """扫码看进度: steps and dates, no names and no facts. A PIN opens the rest."""
    access = passes.by_token(token)
    if access is None:
        raise Http404
    form = PinForm(posted(request))
    if request.method == "POST" and asks_too_often(request, "follow"):
        return _too_often(request)
    if form.is_valid():
        with refusing(form):
            enter(request, open_with(access.code, form.cleaned_data["pin"]))
            return redirect("my")
    dispute = access.dispute
    steps = [] if dispute.is_restricted else steps_of(dispute)
    answer = page(request, "portal/token.html", dispute=dispute, steps=steps, form=form)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # the address is the key: it goes to no other site. "no-referrer" would also blank the Origin of our own form.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _too_often(request: HttpRequest) -> HttpResponse:
    return sorry(
        request, 429, _("试得太多了"), _("请过十分钟再试。记不得密码，可以带身份证到窗口重新打印。"), icon="hourglass"
    )
