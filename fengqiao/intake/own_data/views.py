"""The desk's side of people's rights to what is kept of them: print it, show what was consented to, answer a correction."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fengqiao.disputes.models import Dispute
from fengqiao.web.act_pages import ActPage, act_page
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing

from . import commands
from .forms import AnswerForm, TakeForm
from .packing import paper

answer = act_page(
    ActPage(
        None, AnswerForm, commands.answer_correction, gettext_lazy("已答复，当事人能看到"),
        title=gettext_lazy("答复更正要求"), further=commands.why_not_answer, template="intake/correction.html",
        icon="message-check",
    )
)  # fmt: skip


@never_cache
@acting
def own_data(request: HttpRequest, number: str) -> HttpResponse:
    """For somebody who came to the counter: the paper they could have taken from their own page. A reason, a trace, then it."""
    user = staff(request)
    dispute = get_object_or_404(Dispute.objects.visible_to(user).with_names(), number=number)
    if not user.works_cases:
        raise PermissionDenied(_("您可以看这件事，不能打印当事人的信息。请承办单位来办。"))
    form = TakeForm(posted(request), dispute=dispute)
    if form.is_valid():
        with refusing(form):
            party = form.cleaned_data["party"]
            commands.take_along(party, reason=form.cleaned_data["reason"], by=user)
            answer = HttpResponse(paper(party), content_type="application/pdf")
            answer["Content-Disposition"] = f'inline; filename="own-data-{dispute.number}.pdf"'
            return answer
    return page(request, "intake/own_data.html", dispute=dispute, form=form)


@require_GET
@acting
def consent(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What was consented to, as it read then, word for word."""
    dispute = get_object_or_404(Dispute.objects.visible_to(staff(request)), number=number)
    found = get_object_or_404(dispute.consents.select_related("party", "notice"), pk=pk)
    return page(request, "intake/consent.html", dispute=dispute, consent=found)
