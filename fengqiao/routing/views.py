"""The pages of the acts of routing: one small form each, at /desk/disputes/<number>/<act>/."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.web.act_pages import ActPage, act_page

from . import answering, commands, forms, restriction
from .first_receiver import final
from .joint import calling, offering, tasks
from .joint import forms as joint
from .tiers import commands as tiers
from .tiers import forms as ladder
from .tiers.standing import why_not_lead, why_not_lower, why_not_raise

Page = partial(ActPage, template="routing/act.html")

dispatch = act_page(Page(Act.DISPATCH, forms.DispatchForm, commands.dispatch, _("已分派")))
accept = act_page(Page(Act.ACCEPT, forms.AcceptForm, commands.accept, _("已受理，请指定调解员")))
return_back = act_page(Page(Act.RETURN, forms.ReturnForm, commands.return_back, _("已退回"), further=final))
reject = act_page(Page(Act.REJECT, forms.RejectForm, commands.reject, _("已决定不予受理，告知书在文书里"), stop=True))
escalate = act_page(Page(Act.ESCALATE, forms.EscalateForm, commands.escalate, _("已上报"), further=final))
refer_down = act_page(Page(Act.REFER_DOWN, forms.ReferDownForm, commands.refer_down, _("已下派")))
transfer = act_page(Page(Act.TRANSFER, forms.TransferForm, commands.transfer, _("已转办")))
call_in = act_page(Page(Act.CALL_IN, joint.CallInForm, calling.call_all, _("已呼叫，对方看得到这件事了")))
raise_tier = act_page(Page(Act.RAISE_TIER, ladder.RaiseForm, tiers.raise_tier, _("已升层"), further=why_not_raise))
lower_tier = act_page(Page(Act.LOWER_TIER, ladder.LowerForm, tiers.lower_tier, _("已降一层"), further=why_not_lower))
lead = act_page(Page(Act.LEAD, ladder.LeadForm, tiers.take_lead, _("已接过牵头"), further=why_not_lead))
attendance = act_page(
    Page(
        Act.CALL_IN,
        joint.AttendanceForm,
        tasks.record_attendance,
        _("已记下"),
        title=_("记到场"),
        further=offering.nobody_called,
    )
)
task_assign = act_page(
    Page(None, joint.AssignForm, tasks.assign, _("已定人"), title=_("联动任务定人"), further=offering.no_task_to_assign)
)
task_close = act_page(
    Page(None, joint.CloseForm, tasks.close, _("已销号"), title=_("销号"), further=offering.no_task_of_ours)
)
task_return = act_page(
    Page(
        Act.CALL_IN,
        joint.SendBackForm,
        tasks.send_back,
        _("已退回再办"),
        title=_("退回再办"),
        further=offering.nobody_called,
    )
)
task_drop = act_page(
    Page(
        Act.CALL_IN,
        joint.DropForm,
        tasks.drop,
        _("已撤"),
        title=_("撤联动任务"),
        further=offering.nobody_called,
        stop=True,
    )
)
answer_call = act_page(
    Page(
        None,
        answering.AnswerCallForm,
        answering.answer_call,
        _("已回应，承办单位看得到"),
        title=_("回应呼叫"),
        further=answering.why_not_answer,
    )
)
merge = act_page(Page(Act.MERGE, forms.MergeForm, commands.merge, _("已并案")))
hand_over = act_page(Page(Act.HAND_OVER, forms.HandOverForm, commands.hand_over, _("已移送")))
grade = act_page(Page(Act.GRADE, forms.GradeForm, commands.grade, _("已分级分类")))
remind = act_page(Page(Act.REMIND, forms.RemindForm, commands.remind, _("已催办")))
restrict = act_page(
    Page(Act.RESTRICT, forms.RestrictForm, restriction.restrict, _("名单定好了"), further=restriction.not_on_list)
)
unrestrict = act_page(
    Page(
        Act.UNRESTRICT,
        forms.UnrestrictForm,
        restriction.unrestrict,
        _("已解除限知"),
        further=restriction.not_restricted,
    )
)
