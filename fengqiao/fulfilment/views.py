"""The pages of the acts of fulfilment: one small form each, at /desk/disputes/<number>/<act>/."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Obligation
from fengqiao.web.act_pages import ActForm, ActPage, act_page
from fengqiao.web.actors import staff
from fengqiao.web.http import View, acting, page

from . import commands, forms, tracking
from .models import Performance
from .panels import duty_of, further_reason


def _on_obligation(command: Callable[..., Any]) -> Callable[..., Any]:
    def run(dispute: Dispute, *, obligation: Obligation, **facts: Any) -> Any:
        return command(obligation, **facts)

    return run


def _claim(claim: Performance, *, answer: str, reason: str, **facts: Any) -> Performance:
    if answer == "yes":
        return commands.confirm_performance(claim, **facts)
    return commands.deny_performance(claim, reason=reason, **facts)


def _page(act: Act, form: type[ActForm], command: Callable[..., Any], said: Any, **look: Any) -> View:
    return act_page(ActPage(act, form, command, said, further=lambda dispute, by: further_reason(dispute, act), **look))


def _court(act: Act, form: type[ActForm], said: Any) -> View:
    return _page(act, form, partial(commands.record_court_step, act=act), said)


perform = _page(Act.PERFORM, forms.PerformForm, _on_obligation(commands.record_performance), _("已记下"))
claim = _page(Act.PERFORM, forms.ClaimForm, _claim, _("已核对"), title=_("核对履行"), template="fulfilment/claim.html")
waive = _page(Act.PERFORM, forms.WaiveForm, _on_obligation(commands.waive), _("已免除"), title=_("登记免除"))
fulfil = _page(Act.FULFIL, forms.FulfilForm, commands.fulfil, _("已履行完毕，请办结"))
breach = _page(Act.BREACH, forms.BreachForm, _on_obligation(commands.breach), _("已认定，请督促履行"), stop=True)
make_good = _page(Act.MAKE_GOOD, forms.MakeGoodForm, commands.make_good, _("已恢复履行"))
apply_confirmation = _court(Act.APPLY_CONFIRMATION, forms.ApplyConfirmationForm, _("已记下，等法院审查"))
confirm = _court(Act.CONFIRM, forms.ConfirmForm, _("已记下法院的裁定"))
dismiss = _court(Act.DISMISS, forms.DismissForm, _("已记下法院的裁定"))
apply_enforcement = _court(Act.APPLY_ENFORCEMENT, forms.EnforcementForm, _("已记下，等法院执行"))

VIEWS = {
    "open": (_("还没履行"), lambda owed: owed),
    "late": (_("超期"), tracking.overdue),
    "claims": (_("等核对"), tracking.waiting),
}
PAGE = 20


@require_GET
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
