"""The pages of the acts of fulfilment: one small form each, at /desk/disputes/<number>/<act>/."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Obligation
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refused, refusing, sent_files
from fengqiao.web.once import idempotent_form

from . import commands, forms, tracking
from .models import Performance
from .panels import duty_of, further_reason


@dataclass(frozen=True, kw_only=True)
class Page:
    """One act as a page: which form, which command, what is said when it is done."""

    act: Act
    form: type[forms.ActForm]
    command: Callable[..., Any]
    said: Any
    title: Any = ""

    def why_not(self, dispute: Dispute, actor: Any) -> str | None:
        return dispute.why_not(self.act, actor) or further_reason(dispute, self.act)


def act_page(asked: Page) -> Callable[..., HttpResponse]:
    """The view of one act: the form, then the command, then back to the dispute."""

    @acting
    @idempotent_form
    def view(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
        actor = staff(request)
        dispute = get_object_or_404(Dispute.objects.visible_to(actor).with_names(), number=number)
        if request.method == "GET" and (reason := asked.why_not(dispute, actor)):
            return refused(request, reason)
        form = asked.form(posted(request), sent_files(request), dispute=dispute, actor=actor, pk=pk)
        if form.is_valid():
            with refusing(form):
                asked.command(dispute, **form.facts, by=actor)
                back = reverse("dispute", args=[dispute.number])
                return page(request, "fulfilment/act.html", then=back, said=str(asked.said))
        title = asked.title or asked.act.label
        return page(request, "fulfilment/act.html", dispute=dispute, act=asked.act, title=title, form=form)

    return view


def _on_obligation(command: Callable[..., Any]) -> Callable[..., Any]:
    def run(dispute: Dispute, *, obligation: Obligation, **facts: Any) -> Any:
        return command(obligation, **facts)

    return run


def _court(act: Act) -> Callable[..., Any]:
    def run(dispute: Dispute, **facts: Any) -> Any:
        return commands.record_court_step(dispute, act=act, **facts)

    return run


def _claim(dispute: Dispute, *, claim: Performance, answer: str, reason: str, **facts: Any) -> Performance:
    if answer == "yes":
        return commands.confirm_performance(claim, **facts)
    return commands.deny_performance(claim, reason=reason, **facts)


perform = act_page(
    Page(act=Act.PERFORM, form=forms.PerformForm, command=_on_obligation(commands.record_performance), said=_("已记下"))
)
claim = act_page(Page(act=Act.PERFORM, form=forms.ClaimForm, command=_claim, said=_("已核对"), title=_("核对履行")))
waive = act_page(
    Page(
        act=Act.PERFORM,
        form=forms.WaiveForm,
        command=_on_obligation(commands.waive),
        said=_("已免除"),
        title=_("登记免除"),
    )
)
fulfil = act_page(Page(act=Act.FULFIL, form=forms.FulfilForm, command=commands.fulfil, said=_("已履行完毕，请办结")))
breach = act_page(
    Page(act=Act.BREACH, form=forms.BreachForm, command=_on_obligation(commands.breach), said=_("已认定，请督促履行"))
)
make_good = act_page(Page(act=Act.MAKE_GOOD, form=forms.MakeGoodForm, command=commands.make_good, said=_("已恢复履行")))
apply_confirmation = act_page(
    Page(
        act=Act.APPLY_CONFIRMATION,
        form=forms.ApplyConfirmationForm,
        command=_court(Act.APPLY_CONFIRMATION),
        said=_("已记下，等法院审查"),
    )
)
confirm = act_page(
    Page(act=Act.CONFIRM, form=forms.ConfirmForm, command=_court(Act.CONFIRM), said=_("已记下法院的裁定"))
)
dismiss = act_page(
    Page(act=Act.DISMISS, form=forms.DismissForm, command=_court(Act.DISMISS), said=_("已记下法院的裁定"))
)
apply_enforcement = act_page(
    Page(
        act=Act.APPLY_ENFORCEMENT,
        form=forms.EnforcementForm,
        command=_court(Act.APPLY_ENFORCEMENT),
        said=_("已记下，等法院执行"),
    )
)

VIEWS = {
    "open": (_("还没履行"), lambda owed: owed),
    "late": (_("超期"), tracking.overdue),
    "claims": (_("等核对"), tracking.waiting),
}
PAGE = 20


@acting
def performing(request: HttpRequest) -> HttpResponse:
    """履行跟踪: what is owed in everything that one may see, by date."""
    actor = staff(request)
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "open"
    owed = tracking.owed_to_all(actor)
    tabs = [{"view": name, "label": label, "count": only(owed).count()} for name, (label, only) in VIEWS.items()]
    found = VIEWS[view][1](owed).select_related("dispute", "debtor").prefetch_related("performances")
    sheet = Paginator(found, PAGE).get_page(request.GET.get("page"))
    year = timezone.localdate().replace(month=1, day=1)
    kept = tracking.agreements_kept(actor, year, timezone.localdate())
    rows = [duty_of(one) for one in sheet]
    return page(request, "fulfilment/performing.html", rows=rows, sheet=sheet, tabs=tabs, view=view, kept=kept)
