"""The pages of the acts at the end, at /desk/disputes/<number>/<act>/, and the archived file to take away."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.commands import look
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.web.act_pages import ActPage, act_page
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, refused

from . import asking, commands, forms
from .contents import why_not_ready
from .package import sha256_of

close = act_page(ActPage(Act.CLOSE, forms.CloseForm, commands.close, _("已办结，请回访")))
call_back = act_page(ActPage(Act.CALL_BACK, forms.CallBackForm, commands.call_back, _("已记下回访")))
reopen = act_page(ActPage(Act.REOPEN, forms.ReopenForm, commands.reopen, _("已重新办理，请指定调解员")))
answer = act_page(
    ActPage(
        Act.REOPEN,
        forms.AnswerForm,
        commands.answer,
        _("已答复"),
        title=_("答复异议"),
        template="callbacks/answer.html",
    )
)
archive = act_page(
    ActPage(
        Act.ARCHIVE,
        forms.ArchiveForm,
        commands.archive,
        _("已归档，可以下载卷宗"),
        further=lambda dispute, by: why_not_ready(dispute),
    )
)


@require_GET
def package(request: HttpRequest, number: str) -> FileResponse | HttpResponse:
    """The latest volume, unmasked, for staff who may see the dispute. Taking it away is a look, logged before it is sent."""
    actor = staff(request)
    dispute = get_object_or_404(Dispute.objects.visible_to(actor), number=number)
    found = dispute.archives.last()
    if found is None or not found.file.exists():
        raise Http404
    with found.file.open("rb") as whole:
        if sha256_of(whole) != found.sha256:
            return refused(request, _now("卷宗文件和归档时登记的校验值不一致，不能下载。请马上告诉管理员核查。"))
    look(dispute, what=_now("卷宗 %(number)s") % {"number": found.number}, reason=_now("下载卷宗"), by=actor)
    answer = FileResponse(found.file.open("rb"), as_attachment=True, filename=f"{number}-{found.volume}.zip")
    answer["Content-Type"] = "application/zip"
    answer["Cache-Control"] = "private, no-store"
    return answer


VIEWS = {
    "call": (_("要回访"), asking.to_call),
    "archive": (_("要归档"), asking.to_archive),
    "contests": (_("有异议"), asking.contested),
}
PAGE = 20


@require_GET
@acting
def callbacks(request: HttpRequest) -> HttpResponse:
    """回访: whom to call, what to archive, which objections wait."""
    actor = staff(request)
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "call"
    tabs = [{"view": name, "label": label, "count": found(actor).count()} for name, (label, found) in VIEWS.items()]
    found = VIEWS[view][1](actor).with_names().prefetch_related("callbacks", "contests")
    sheet = Paginator(found, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    first = today.replace(month=1, day=1)
    content, replies = asking.satisfaction(actor, first, today), asking.responses(actor, first, today)
    return page(
        request, "callbacks/callbacks.html", sheet=sheet, tabs=tabs, view=view, content=content, replies=replies
    )
