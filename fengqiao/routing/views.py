"""The pages of the acts of routing: one small form each, at /desk/disputes/<number>/<act>/."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.web.act_pages import ActPage, act_page

from . import answering, commands, forms, restriction
from .first_receiver import final

Page = partial(ActPage, template="routing/act.html")

dispatch = act_page(Page(Act.DISPATCH, forms.DispatchForm, commands.dispatch, _("已分派")))
accept = act_page(Page(Act.ACCEPT, forms.AcceptForm, commands.accept, _("已受理，请指定调解员")))
return_back = act_page(Page(Act.RETURN, forms.ReturnForm, commands.return_back, _("已退回"), further=final))
reject = act_page(Page(Act.REJECT, forms.RejectForm, commands.reject, _("已决定不予受理，告知书在文书里"), stop=True))
escalate = act_page(Page(Act.ESCALATE, forms.EscalateForm, commands.escalate, _("已上报"), further=final))
refer_down = act_page(Page(Act.REFER_DOWN, forms.ReferDownForm, commands.refer_down, _("已下派")))
transfer = act_page(Page(Act.TRANSFER, forms.TransferForm, commands.transfer, _("已转办")))
call_in = act_page(Page(Act.CALL_IN, forms.CallInForm, commands.call_in, _("已呼叫，对方看得到这件事了")))
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
