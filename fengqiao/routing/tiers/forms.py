"""The forms of the acts on the ladder."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.web.act_pages import ActForm, told

from .standing import led_by, neighbours, stay_of, wanted_lead


class RaiseForm(ActForm):
    reason = told(gettext_lazy("为什么这一层办不了"))

    def prepare(self) -> None:
        tier = neighbours(stay_of(self.dispute)).above
        if tier is None:
            self.lead = _("已经在最高一层。")
            return
        body = wanted_lead(tier, self.dispute) or self.dispute.body
        words = {"tier": tier, "body": body}
        self.lead = _("升到“%(tier)s”，请%(body)s牵头；对方接过以前，现在牵头的单位继续负责。") % words


class LowerForm(ActForm):
    reason = told(gettext_lazy("为什么可以由下一层办"))

    def prepare(self) -> None:
        tier = neighbours(stay_of(self.dispute)).below
        self.lead = _("降到“%(tier)s”，时限重新算。") % {"tier": tier} if tier else _("已经在最低一层。")


class LeadForm(ActForm):
    def prepare(self) -> None:
        leads = led_by(self.dispute, stay_of(self.dispute))
        self.lead = _("接过以后由本单位牵头：协调各单位，看着时限。现在牵头的是%(body)s。") % {"body": leads}
