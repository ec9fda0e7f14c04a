"""The forms of the desk: answering a correction, and printing all that is kept of somebody who came to the counter."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.codes import check_id_number, check_phone
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.web.act_pages import LONGEST, ActForm, told

from .models import Asked, Outcome

CHECKS = {
    Asked.NAME: lambda text: text[:80],
    Asked.HOME: lambda text: text[:200],
    Asked.PHONE: check_phone,
    Asked.ID_NUMBER: lambda text: check_id_number(text).normalized,
}


class AnswerForm(ActForm):
    """Change it and say so, or say why not; what is no field of the person is answered in words."""

    lead = _("当事人有权要求更正、补充（个人信息保护法第四十六条）。核对以后再改；您写的这一句，当事人会看到。")
    shapes = {"outcome": "pick"}
    outcome = forms.ChoiceField(label=_("怎么办"), choices=Outcome.choices, widget=forms.RadioSelect)
    value = forms.CharField(
        label=_("改成"),
        help_text=_("照办的才填。"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-no-draft": True}),
    )
    words = told(_("答复"), help_text=_("例如：已经改好，以后按新号码联系您。"))

    def prepare(self) -> None:
        self.subject = self.dispute.corrections.select_related("party").filter(pk=self.named["pk"]).first()
        if self.subject is None:
            raise Http404
        if not self.subject.is_changeable:
            del self.fields["value"]

    @property
    def now(self) -> str:
        """What stands there now, masked as everywhere."""
        return getattr(self.subject.party, f"masked_{self.subject.what}") if self.subject.is_changeable else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "value" not in self.fields or self.cleaned_data.get("outcome") != Outcome.DONE:
            return {**self.cleaned_data, "value": ""}
        text = normalise(self.cleaned_data.get("value", ""))
        if not text:
            self.add_error("value", _now("请写改成什么；不改的，选“说明了为什么不改”。"))
            return self.cleaned_data
        try:
            self.cleaned_data["value"] = CHECKS[Asked(self.subject.what)](text)
        except Refused as no:
            self.add_error("value", str(no))
        return self.cleaned_data


class TakeForm(forms.Form):
    """For whom, and why: who came, and how it was made sure that it is them."""

    party: Any = forms.ModelChoiceField(None, label=_("给谁"), empty_label=None, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("为什么打印"), max_length=LONGEST, help_text=_("例如：本人带身份证到窗口要求查阅，已核对。")
    )

    def __init__(self, *args: Any, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = dispute.parties.all()  # type: ignore[attr-defined]
