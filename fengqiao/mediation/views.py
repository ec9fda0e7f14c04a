"""The pages of the acts of mediation: one small form each, at /desk/disputes/<number>/<act>/."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.people.models import User
from fengqiao.web.act_pages import ActPage, act_page
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

from . import commands, forms
from .inviting import InvitationForm, InviteForm
from .models import Session
from .readiness import why_not_hold, why_not_invite, why_not_take_down_withdrawal

Page = partial(ActPage, template="mediation/act.html")


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


def _withdraw(dispute: Dispute, *, party: Party, by: User, **facts: Any) -> Dispute:
    return commands.withdraw(dispute, by=PartyActor(party), recorded_by=by, **facts)


consent = act_page(Page(Act.CONSENT, forms.WillingnessForm, _willingness, _("已记下"), title=_("登记调解意愿")))
assign = act_page(
    Page(Act.ASSIGN, forms.AssignForm, commands.assign, _("已指定调解员"), template="mediation/assign.html")
)
inform = act_page(Page(Act.INFORM, forms.InformForm, commands.inform_rights, _("已告知，告知书在文书里")))
schedule = act_page(Page(Act.RECORD, forms.ScheduleForm, commands.schedule, _("已约好"), title=_("约时间")))
record = act_page(
    Page(
        Act.RECORD,
        forms.RecordForm,
        commands.hold,
        _("已记下，调解记录在文书里"),
        title=_("记调解记录"),
        further=lambda dispute, actor: why_not_hold(dispute),
    )
)
cancel_session = act_page(
    Page(Act.RECORD, forms.CancelForm, commands.cancel_session, _("已取消"), title=_("取消这一次"))
)
correct_minutes = act_page(
    Page(Act.RECORD, forms.CorrectForm, commands.correct_minutes, _("已更正"), title=_("更正调解记录"))
)
suspend = act_page(Page(Act.SUSPEND, forms.SuspendForm, commands.suspend, _("已中止，期限停走")))
resume = act_page(Page(Act.RESUME, forms.ResumeForm, commands.resume, _("已恢复")))
extend = act_page(Page(Act.EXTEND, forms.ExtendForm, commands.extend, _("已延期")))
fail = act_page(Page(Act.FAIL, forms.FailForm, commands.fail, _("已终止，通知书在文书里"), stop=True))
invite = act_page(
    ActPage(
        None, InviteForm, commands.invite, _("已记下邀请，请自己联系他"), title=_("邀请专家"), further=why_not_invite,
        template="mediation/invite.html",
    )
)  # fmt: skip
answer_invitation = act_page(
    Page(None, InvitationForm, commands.answer_invitation, _("已记下"), title=_("记邀请的答复"), further=why_not_invite)
)
# The party acts, staff only take it down: what the lifecycle would say to staff does not count.
withdraw = act_page(
    Page(
        None, forms.WithdrawForm, _withdraw, _("已登记撤回"), title=_("登记撤回"), further=why_not_take_down_withdrawal
    )
)
