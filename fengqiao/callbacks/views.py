"""The pages of the acts at the end, at /desk/disputes/<number>/<act>/, and the archived file to take away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.commands import look
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refused, refusing
from fengqiao.web.once import idempotent_form

from . import asking, commands, forms
from .contents import why_not_ready
from .models import Contest
from .package import sha256_of


@dataclass(frozen=True, kw_only=True)
class Page:
    """One act as a page: which form, which command, what is said when it is done, what speaks against it beforehand."""

    act: Act
    form: type[forms.ActForm]
    command: Callable[..., Any]
    said: Any
    title: Any = ""
    beforehand: Callable[[Dispute], str | None] = lambda dispute: None

    def why_not(self, dispute: Dispute, actor: Any) -> str | None:
        return dispute.why_not(self.act, actor) or self.beforehand(dispute)


def act_page(asked: Page) -> Callable[..., HttpResponse]:
    """The view of one act: the form, then the command, then back to the dispute."""

    @acting
    @idempotent_form
    def view(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
        actor = staff(request)
        dispute = get_object_or_404(Dispute.objects.visible_to(actor).with_names(), number=number)
        if request.method == "GET" and (reason := asked.why_not(dispute, actor)):
            return refused(request, reason)
        form = asked.form(posted(request), dispute=dispute, actor=actor, pk=pk)
        if form.is_valid():
            with refusing(form):
                asked.command(dispute, **form.facts, by=actor)
                back = reverse("dispute", args=[dispute.number])
                return page(request, "callbacks/act.html", then=back, said=str(asked.said))
        title = asked.title or asked.act.label
        return page(request, "callbacks/act.html", dispute=dispute, act=asked.act, title=title, form=form)

    return view


def _answer(dispute: Dispute, *, contest: Contest, **facts: Any) -> Contest:
    return commands.answer(contest, **facts)


close = act_page(Page(act=Act.CLOSE, form=forms.CloseForm, command=commands.close, said=_("已办结，请回访")))
call_back = act_page(Page(act=Act.CALL_BACK, form=forms.CallBackForm, command=commands.call_back, said=_("已记下回访")))
reopen = act_page(
    Page(act=Act.REOPEN, form=forms.ReopenForm, command=commands.reopen, said=_("已重新办理，请指定调解员"))
)
answer = act_page(Page(act=Act.REOPEN, form=forms.AnswerForm, command=_answer, said=_("已答复"), title=_("答复异议")))
archive = act_page(
    Page(
        act=Act.ARCHIVE,
        form=forms.ArchiveForm,
        command=commands.archive,
        said=_("已归档，可以下载卷宗"),
        beforehand=why_not_ready,
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
