"""我的信息: what is kept of one, who saw it, who was given it; all of it to take along, and asking for a correction."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET

from fengqiao.agreements.throttle import asks_too_often
from fengqiao.disputes.passes import open_with
from fengqiao.intake.own_data.commands import ask_correction, take_along, why_not_ask
from fengqiao.intake.own_data.gathering import gather, told
from fengqiao.intake.own_data.packing import packed
from fengqiao.portal.act_forms import CorrectionForm
from fengqiao.portal.forms import PinForm
from fengqiao.web.actors import for_parties
from fengqiao.web.errors import sorry
from fengqiao.web.http import acting, page, posted, refused, refusing
from fengqiao.web.once import idempotent_form

from .my import back, here


@for_parties
@sensitive_post_parameters("pin")
@sensitive_variables("form")
@never_cache
@acting
def my_data(request: HttpRequest) -> HttpResponse:
    """Masked on the screen; the whole in clear as a file, for the PIN once more."""
    actor, dispute = here(request)
    form = PinForm(posted(request))
    if request.method == "POST" and asks_too_often(request, "follow"):  # PINs are counted together, wherever tried
        return sorry(request, 429, _("试得太多了"), _("请过十分钟再试。"), icon="hourglass")
    if form.is_valid():
        with refusing(form):
            open_with(actor.party.access.code, form.cleaned_data["pin"])
            take_along(actor.party, reason=_("本人下载"), by=actor)
            answer = HttpResponse(packed(actor.party), content_type="application/zip")
            answer["Content-Disposition"] = f'attachment; filename="my-data-{dispute.number}.zip"'
            return answer
    data = gather(dispute, actor.party, in_clear=False)
    waiting = why_not_ask(actor.party)
    return page(
        request, "portal/my_data.html", here="my", dispute=dispute, parts=list(told(data)), form=form, waiting=waiting,
        consents=list(actor.party.consents.select_related("notice")),
    )  # fmt: skip


@require_GET
@for_parties
@never_cache
@acting
def my_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it read when this party agreed to it, word for word."""
    actor, _dispute = here(request)
    consent = get_object_or_404(actor.party.consents.select_related("notice"), pk=pk)
    return page(request, "portal/my_notice.html", here="my", consent=consent)


@for_parties
@never_cache
@acting
@idempotent_form
def my_correction(request: HttpRequest) -> HttpResponse:
    """更正: a short form; the body that has the dispute answers."""
    actor, dispute = here(request)
    if reason := why_not_ask(actor.party):
        return refused(request, reason)
    form = CorrectionForm(posted(request))
    if form.is_valid():
        with refusing(form):
            ask_correction(dispute, **form.cleaned_data, by=actor)
            return page(request, "portal/my_correction.html", then=back(), said=_("收到了，办这件事的人会答复您"))
    return page(request, "portal/my_correction.html", dispute=dispute, form=form)
