"""The forms of the acts on the ladder."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import Tier
from fengqiao.web.act_pages import ActForm, told

from .standing import led_by, neighbours, stay_of, wanted_lead, within_reach


class RaiseForm(ActForm):
    shapes = {"to": "pick"}
    to = forms.ModelChoiceField(
        Tier.objects.none(), label=gettext_lazy("升到哪一层"), empty_label=None, widget=forms.RadioSelect
    )
    reason = told(gettext_lazy("为什么这一层办不了"))

    def prepare(self) -> None:
        reach = within_reach(self.dispute, stay_of(self.dispute))
        if not reach:
            self.lead = _("已经在最高一层。")
        elif len(reach) == 1:
            words = _("升到%(tier)s；对方接过以前，现在牵头的单位继续负责。")
            self.lead = words % {"tier": self._with_lead(reach[0])}
        else:
            self.lead = _("可以升一层，也可以一次升到按难易程度应到的那一层；对方接过以前，现在牵头的单位继续负责。")
            field: Any = self.fields["to"]
            field.queryset = Tier.objects.filter(pk__in=[tier.pk for tier in reach])
            field.choices = [(tier.pk, self._with_lead(tier)) for tier in reach]
            field.initial = reach[-1].pk
            return
        del self.fields["to"]

    def _with_lead(self, tier: Tier) -> str:
        body = wanted_lead(tier, self.dispute) or self.dispute.body
        return _("“%(tier)s”，请%(body)s牵头") % {"tier": tier, "body": body}


class LowerForm(ActForm):
    reason = told(gettext_lazy("为什么可以由下一层办"))

    def prepare(self) -> None:
        tier = neighbours(stay_of(self.dispute)).below
        self.lead = _("降到“%(tier)s”，时限重新算。") % {"tier": tier} if tier else _("已经在最低一层。")


class LeadForm(ActForm):
    def prepare(self) -> None:
        leads = led_by(self.dispute, stay_of(self.dispute))
        self.lead = _("接过以后由本单位牵头：协调各单位，看着时限。现在牵头的是%(body)s。") % {"body": leads}
