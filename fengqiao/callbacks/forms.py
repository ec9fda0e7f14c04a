"""The forms of the acts at the end. Each says in `lead` what will happen, and gives its command the facts."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.joining import unclosed
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Party
from fengqiao.disputes.ratings import Contact, Rating
from fengqiao.web.act_pages import ActForm, told

from .contents import outcome_of
from .retention import CHOICES, retention_of, years_in_words

LONGEST = 1000  # characters of what somebody said
# What to ask, by how it ended (handbook 5.2: performance, satisfaction, litigation, signs of escalation).
SCRIPTS = {
    State.PERFORMED: gettext_lazy("问：约定的都做到了吗？对办理满意吗？还有没有新的矛盾或者担心？"),
    State.FAILED: gettext_lazy("问：知道还可以仲裁、起诉吗？打算走哪条路？双方现在有没有吵起来的苗头？"),
    State.WITHDRAWN: gettext_lazy("问：是自己愿意撤回的吗？事情现在怎么样了？对接待满意吗？"),
    State.REJECTED: gettext_lazy("问：不予受理的理由听明白了吗？后来去了哪里？对接待满意吗？"),
    State.HANDED_OVER: gettext_lazy("问：接收的单位联系您了吗？现在办到哪一步？对移送满意吗？"),
}


class CloseForm(ActForm):
    remark = told(gettext_lazy("办结说明"), required=False)

    def prepare(self) -> None:
        words = {"state": self.dispute.get_state_display()}
        self.lead = _("按“%(state)s”办结。办结以后三十天内回访、归档。") % words
        if left := unclosed(self.dispute):
            self.fields["remark"].help_text = _("%(left)s要现在办结，请写明为什么不等了。") % {"left": left}

    @property
    def facts(self) -> dict[str, Any]:
        return {"outcome": self.dispute.state, **super().facts}


class CallBackForm(ActForm):
    shapes = {"rating": "two"}
    party = forms.ModelChoiceField(
        Party.objects.none(), label=gettext_lazy("回访谁"), widget=forms.RadioSelect, empty_label=None
    )
    how = forms.ChoiceField(
        label=gettext_lazy("怎么联系的"), choices=Contact, widget=forms.RadioSelect, initial=Contact.PHONE
    )
    rating = forms.ChoiceField(label=gettext_lazy("满意不满意"), choices=Rating, widget=forms.RadioSelect)
    words = told(
        gettext_lazy("他怎么说"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("不满意的，写明哪里不满意；可以重新办理。"),
    )

    def prepare(self) -> None:
        outcome = outcome_of(self.dispute)
        self.lead = SCRIPTS.get(outcome, "") if outcome else ""
        self.offer("party", self.dispute.parties.all())
        asked = set(self.dispute.callbacks.exclude(rating=Rating.UNREACHED).values_list("party_id", flat=True))
        self.initial["party"] = next((party.pk for party in self.dispute.cast if party.pk not in asked), None)

    def clean(self) -> None:
        if self.cleaned_data.get("rating") == Rating.DISSATISFIED and not self.cleaned_data.get("words", "").strip():
            self.add_error("words", _("请写明哪里不满意。"))


class ReopenForm(ActForm):
    lead = gettext_lazy("回到受理以后的样子，重新指定调解员。原来的办理经过都留着，办结不再计入统计。")
    reason = told(gettext_lazy("为什么重新办理"))


class AnswerForm(ActForm):
    lead = gettext_lazy("答复会给提异议的当事人看。要改办理结果，请用“重新办理”。")
    words = told(gettext_lazy("怎么答复"), max_length=LONGEST)

    def prepare(self) -> None:
        self.subject = get_object_or_404(self.dispute.contests.select_related("party"), pk=self.named["pk"])


class ArchiveForm(ActForm):
    lead = gettext_lazy("系统把全部文书编页、编目录，做成一个可以脱离平台核验的卷宗。归档以后当事人仍可以提异议。")
    years = forms.TypedChoiceField(label=gettext_lazy("保管多久"), coerce=int, widget=forms.RadioSelect)

    def prepare(self) -> None:
        least = retention_of(self.dispute)
        field: Any = self.fields["years"]
        field.choices = [(years, years_in_words(years)) for years in CHOICES if least.allows(years)]
        field.help_text = _("%(why)s，至少保管%(years)s。有人死亡的，请选三十年以上。") % {
            "why": least.why, "years": years_in_words(least.years),
        }  # fmt: skip
        self.initial["years"] = least.years
