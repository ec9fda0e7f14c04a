"""The forms of the acts of fulfilment. Each says in `lead` what will happen, and gives its command the facts."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import Obligation, ObligationState
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import parse_yuan, yuan
from fengqiao.web.act_pages import ActForm, told
from fengqiao.web.moments import day as day_of

from .balance import balance_of, open_obligations
from .court import last_day_to_apply
from .models import How, Performance


class ObligationChoice(forms.ModelChoiceField):
    """One of the duties, told with what is left and until when."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Obligation.objects.none(), label=gettext_lazy("哪一项"), empty_label=None, **kwargs)

    def label_from_instance(self, obj: Obligation) -> str:
        left = balance_of(obj).left
        words = {
            "n": obj.n,
            "who": obj.debtor.masked_name,
            "what": obj.what,
            "due": day_of(obj.due_on),
            "left": yuan(left),
        }
        if left:
            return _("第 %(n)d 项，%(who)s：%(what)s，还剩 %(left)s 元，%(due)s前") % words
        return _("第 %(n)d 项，%(who)s：%(what)s，%(due)s前") % words


def day(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen from the browser's own calendar; today unless said otherwise."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **{"initial": timezone.localdate, **kwargs})


def paper(label: Any, **kwargs: Any) -> forms.FileField:
    """A PDF or a picture; its content is checked where it is kept."""
    widget = forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"})
    return forms.FileField(label=label, widget=widget, allow_empty_file=True, max_length=200, **kwargs)


class ObligationForm(ActForm):
    """An act on one of the open duties."""

    shapes = {"obligation": "pick"}
    obligation = ObligationChoice()

    def prepare(self) -> None:
        found = open_obligations(self.dispute).select_related("debtor").prefetch_related("performances")
        self.offer("obligation", found)
        self.initial.setdefault("obligation", next(iter(found.values_list("pk", flat=True)[:1]), None))


class PerformForm(ObligationForm):
    lead = gettext_lazy("有凭证的当场算数；没有凭证的，要等接受的一方或者另一位同事核对。可以分几次记。")
    amount = forms.CharField(
        label=gettext_lazy("付了多少（元）"),
        required=False,
        help_text=gettext_lazy("不是钱的事不用写。"),
        max_length=20,
    )
    on = day(gettext_lazy("哪一天履行的"))
    how = forms.ChoiceField(label=gettext_lazy("怎么履行的"), choices=How, widget=forms.RadioSelect)
    proof = paper(
        gettext_lazy("凭证"),
        required=False,
        help_text=gettext_lazy("收条、转账截图、完工照片；PDF、JPG 或 PNG，10 MB 以内。"),
    )
    remark = told(gettext_lazy("说明"), required=False)

    def clean_amount(self) -> int | None:
        text = self.cleaned_data["amount"]
        if not text.strip():
            return None
        try:
            return parse_yuan(text)
        except Refused as no:
            raise forms.ValidationError(str(no)) from no

    def clean(self) -> None:
        obligation, amount = self.cleaned_data.get("obligation"), self.cleaned_data.get("amount")
        if obligation and obligation.amount_fen and not amount and "amount" not in self.errors:
            self.add_error("amount", _("这一项是付钱，请写付了多少。"))

    @property
    def facts(self) -> dict[str, Any]:
        given = super().facts
        return {"amount_fen": given.pop("amount"), **given}


class WaiveForm(ObligationForm):
    lead = gettext_lazy("接受履行的一方不要剩下的了，才能免除。要上传他签名的说明。")
    reason = told(gettext_lazy("为什么免除"))
    proof = paper(gettext_lazy("签名的免除说明"), required=True)


class ClaimForm(ActForm):
    lead = gettext_lazy("核对以后才算数：可以打电话问接受的一方，也可以看凭证。")
    ANSWERS = (("yes", gettext_lazy("属实，算数")), ("no", gettext_lazy("不属实")))
    answer = forms.ChoiceField(label=gettext_lazy("核对结果"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = told(gettext_lazy("不属实的，写明情况"), required=False)

    def prepare(self) -> None:
        mine = Performance.objects.filter(obligation__dispute=self.dispute)
        self.subject = get_object_or_404(mine.select_related("obligation__debtor", "proof"), pk=self.named["pk"])

    def clean(self) -> None:
        if self.cleaned_data.get("answer") == "no" and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("请写明为什么不属实。"))


class BreachForm(ObligationForm):
    lead = gettext_lazy("认定以后五个工作日内督促履行，告知对方可以起诉；协议经过司法确认的，可以申请强制执行。")
    remark = told(gettext_lazy("查明的原因"))

    def prepare(self) -> None:
        super().prepare()
        field: Any = self.fields["obligation"]
        field.queryset = field.queryset.filter(state=ObligationState.DUE, due_on__lt=timezone.localdate())


class MakeGoodForm(ActForm):
    lead = gettext_lazy("当事人补上了，或者答应了新的日子，协议接着履行。")
    remark = told(gettext_lazy("怎么恢复履行的"))
    promised = day(
        gettext_lazy("答应哪一天前补做"), required=False, initial=None, help_text=gettext_lazy("已经补上的不用写。")
    )


class FulfilForm(ActForm):
    lead = gettext_lazy("没有约定期限的协议，核实都做到了，在这里确认。")
    remark = told(gettext_lazy("怎么核实的"))


class CourtForm(ActForm):
    """A step that a court takes or is asked to take."""

    court = forms.CharField(label=gettext_lazy("哪个法院"), max_length=60)
    number = forms.CharField(
        label=gettext_lazy("案号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("例如（2026）浙0502诉前调确12号。"),
    )
    on = day(gettext_lazy("日期"))
    scan = paper(gettext_lazy("文书扫描件"), required=False)
    remark = told(gettext_lazy("说明"), required=False)

    def prepare(self) -> None:
        last = self.dispute.court_steps.order_by("pk").last()
        if last:
            self.initial.setdefault("court", last.court)


class ApplyConfirmationForm(CourtForm):
    lead = gettext_lazy("双方共同向法院申请，不收费；协议生效之日起三十日内提出（人民调解法 33、民事诉讼法 205）。")
    both = forms.BooleanField(label=gettext_lazy("双方当事人共同申请"))

    def prepare(self) -> None:
        super().prepare()
        if last := last_day_to_apply(self.dispute):
            self.fields["on"].help_text = _("%(last)s是最后一天。") % {"last": day_of(last)}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "both"}


class RulingForm(CourtForm):
    def prepare(self) -> None:
        super().prepare()
        for name in ("number", "scan"):
            self.fields[name].required = True


class ConfirmForm(RulingForm):
    lead = gettext_lazy("法院裁定协议有效。一方不履行，另一方可以申请强制执行（人民调解法 33）。")


class DismissForm(RulingForm):
    lead = gettext_lazy("法院驳回申请。协议仍是合同，可以再调解、变更，或者向法院起诉（民事诉讼法 206）。")


class EnforcementForm(CourtForm):
    lead = gettext_lazy("凭法院的确认裁定申请。履行期满起两年内申请（民事诉讼法 250）。")
