"""The pages of the acts of routing: one small form each, at /desk/disputes/<number>/<act>/."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from . import commands, forms


def act_page(act: Act, form_class: type[forms.ActForm], command: Callable[..., Any], said: Any) -> Callable:
    """The view of one act: the form, then the command, then back to the dispute."""

    @acting
    @idempotent_form
    def view(request: HttpRequest, number: str) -> HttpResponse:
        user = staff(request)
        dispute = get_object_or_404(Dispute.objects.visible_to(user).with_names(), number=number)
        here: dict[str, Any] = {"dispute": dispute, "act": act}
        if request.method == "GET" and (reason := dispute.why_not(act, user)):
            return page(request, "routing/act.html", status=409, reason=reason, **here)
        form = form_class(posted(request), dispute=dispute, actor=user)
        if form.is_valid():
            with refusing(form):
                command(dispute, **form.facts, by=user)
                return page(request, "routing/act.html", then=_onward(user, dispute), said=str(said))
        return page(request, "routing/act.html", form=form, **here)

    return view


def _onward(user: User, dispute: Dispute) -> str:
    """Back to the dispute, or to the desk where it has left this person's sight."""
    sees = Dispute.objects.visible_to(user).filter(pk=dispute.pk).exists()
    return reverse("dispute", args=[dispute.number]) if sees else "/desk/"


dispatch = act_page(Act.DISPATCH, forms.DispatchForm, commands.dispatch, _("已分派"))
accept = act_page(Act.ACCEPT, forms.AcceptForm, commands.accept, _("已受理，请指定调解员"))
return_back = act_page(Act.RETURN, forms.ReturnForm, commands.return_back, _("已退回"))
reject = act_page(Act.REJECT, forms.RejectForm, commands.reject, _("已决定不予受理，告知书在文书里"))
escalate = act_page(Act.ESCALATE, forms.EscalateForm, commands.escalate, _("已上报"))
refer_down = act_page(Act.REFER_DOWN, forms.ReferDownForm, commands.refer_down, _("已下派"))
transfer = act_page(Act.TRANSFER, forms.TransferForm, commands.transfer, _("已转办"))
call_in = act_page(Act.CALL_IN, forms.CallInForm, commands.call_in, _("已呼叫，对方看得到这件事了"))
merge = act_page(Act.MERGE, forms.MergeForm, commands.merge, _("已并案"))
hand_over = act_page(Act.HAND_OVER, forms.HandOverForm, commands.hand_over, _("已移送"))
grade = act_page(Act.GRADE, forms.GradeForm, commands.grade, _("已分级分类"))
remind = act_page(Act.REMIND, forms.RemindForm, commands.remind, _("已催办"))
