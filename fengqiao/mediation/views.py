"""The pages of the acts of mediation: one small form each, at /desk/disputes/<number>/<act>/."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from . import commands, forms
from .models import Minutes, Session
from .readiness import why_not_hold, why_not_take_down_withdrawal


@dataclass(frozen=True, kw_only=True)
class Page:
    """One act as a page: which form, which command, what is said when it is done, what speaks against it beforehand."""

    act: Act
    form: type[forms.ActForm]
    command: Callable[..., Any]
    said: Any
    title: Any = ""
    further: Callable[[Dispute], str | None] = lambda dispute: None

    def why_not(self, dispute: Dispute, actor: Any) -> str | None:
        return dispute.why_not(self.act, actor) or self.further(dispute)


class Withdrawal(Page):
    """The party acts, staff only take it down."""

    def why_not(self, dispute: Dispute, actor: Any) -> str | None:
        return why_not_take_down_withdrawal(dispute, actor)


def act_page(asked: Page) -> Callable[..., HttpResponse]:
    """The view of one act: the form, then the command, then back to the dispute."""

    @acting
    @idempotent_form
    def view(request: HttpRequest, number: str, n: int | None = None) -> HttpResponse:
        user = staff(request)
        dispute = get_object_or_404(Dispute.objects.visible_to(user).with_names(), number=number)
        here: dict[str, Any] = {"dispute": dispute, "act": asked.act, "title": asked.title or asked.act.label}
        if request.method == "GET" and (reason := asked.why_not(dispute, user)):
            return page(request, "mediation/act.html", status=409, reason=reason, **here)
        form = asked.form(posted(request), dispute=dispute, actor=user, n=n)
        if form.is_valid():
            with refusing(form):
                asked.command(dispute, **form.facts, by=user)
                back = reverse("dispute", args=[dispute.number])
                return page(request, "mediation/act.html", then=back, said=str(asked.said))
        return page(request, "mediation/act.html", form=form, **here)

    return view


@require_GET
@acting
def sessions(request: HttpRequest) -> HttpResponse:
    """A mediator's own days: what comes next, today, later, and what took place but is not on record yet."""
    now = timezone.now()
    mine = list(Session.objects.planned().of(staff(request)))
    coming = [session for session in mine if session.scheduled_at >= now]
    today = timezone.localdate(now)
    return page(
        request,
        "mediation/sessions.html",
        next_one=coming[0] if coming else None,
        today=[session for session in coming if timezone.localdate(session.scheduled_at) == today],
        later=[session for session in coming if timezone.localdate(session.scheduled_at) > today],
        owed=[session for session in mine if session.scheduled_at < now],
    )


def _willingness(dispute: Dispute, *, party: Party, **facts: Any) -> Party:
    return commands.record_willingness(party, **facts)


def _cancel(dispute: Dispute, *, session: Session, **facts: Any) -> Session:
    return commands.cancel_session(session, **facts)


def _correct(dispute: Dispute, *, session: Session, record: Minutes, **facts: Any) -> Minutes:
    return commands.correct_minutes(record, **facts)


def _withdraw(dispute: Dispute, *, party: Party, by: User, **facts: Any) -> Dispute:
    return commands.withdraw(dispute, by=PartyActor(party), recorded_by=by, **facts)


consent = act_page(Page(act=Act.CONSENT, form=forms.WillingnessForm, command=_willingness, said=_("已记下")))
assign = act_page(Page(act=Act.ASSIGN, form=forms.AssignForm, command=commands.assign, said=_("已指定调解员")))
inform = act_page(
    Page(act=Act.INFORM, form=forms.InformForm, command=commands.inform_rights, said=_("已告知，告知书在文书里"))
)
schedule = act_page(
    Page(act=Act.RECORD, form=forms.ScheduleForm, command=commands.schedule, said=_("已约好"), title=_("约时间"))
)
record = act_page(
    Page(
        act=Act.RECORD,
        form=forms.RecordForm,
        command=commands.hold,
        said=_("已记下，调解记录在文书里"),
        further=why_not_hold,
    )
)
cancel_session = act_page(
    Page(act=Act.RECORD, form=forms.CancelForm, command=_cancel, said=_("已取消"), title=_("取消这一次"))
)
correct_minutes = act_page(
    Page(act=Act.RECORD, form=forms.CorrectForm, command=_correct, said=_("已更正"), title=_("更正调解记录"))
)
suspend = act_page(Page(act=Act.SUSPEND, form=forms.SuspendForm, command=commands.suspend, said=_("已中止，期限停走")))
resume = act_page(Page(act=Act.RESUME, form=forms.ResumeForm, command=commands.resume, said=_("已恢复")))
extend = act_page(Page(act=Act.EXTEND, form=forms.ExtendForm, command=commands.extend, said=_("已延期")))
fail = act_page(Page(act=Act.FAIL, form=forms.FailForm, command=commands.fail, said=_("已终止，通知书在文书里")))
withdraw = act_page(
    Withdrawal(act=Act.WITHDRAW, form=forms.WithdrawForm, command=_withdraw, said=_("已登记撤回"), title=_("登记撤回"))
)
