"""The pages of what is begun on a dispute: one small form each, at /desk/disputes/<number>/<act>/."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.supervision import forms
from fengqiao.supervision.commands import conferences, incidents, leading, orders, reviewing
from fengqiao.supervision.panels import led_already
from fengqiao.web.act_pages import ActPage, act_page


def _alarm(dispute: Dispute, **facts: Any) -> Any:
    return incidents.report(dispute=dispute, **facts)


def _not_theirs(dispute: Dispute, user: User) -> str | None:
    if reviewing.may_conclude(dispute, user):
        return None
    return _("研判由承办单位、上级单位的负责人和领导来做。")


order = act_page(ActPage(Act.ORDER, forms.OrderForm, orders.give, gettext_lazy("已下达，对方会收到通知"), icon="gavel"))
own = act_page(
    ActPage(Act.OWN, forms.OwnForm, leading.take_on, gettext_lazy("已登记包案"), icon="user-star", further=led_already)
)
convene = act_page(
    ActPage(
        Act.CONVENE,
        forms.ConveneForm,
        conferences.call,
        gettext_lazy("会商定好了，请在“会商”里邀请"),
        icon="users-group",
    )
)
alarm = act_page(ActPage(Act.ALARM, forms.AlarmForm, _alarm, gettext_lazy("已报告上一级"), icon="urgent"))
review = act_page(
    ActPage(
        None, forms.ReviewForm, reviewing.conclude, gettext_lazy("已记下研判结论"), title=gettext_lazy("月研判"), icon="bulb",
        further=_not_theirs,
    )
)  # fmt: skip
