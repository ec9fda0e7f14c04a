"""What is asked of whoever keeps the register of bodies."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body, BodyKind, Post, Standing, Stationing
from fengqiao.places.models import Region
from fengqiao.web.fields import LaidOut

LEVELS = ("county", "town", "village")  # grids have no bodies of their own


class BodyForm(LaidOut):
    """Everything the register says of a body; for a new one and for a correction."""

    narrow = (
        "name", "short_name", "kind", "region", "parent", "stationing", "phone", "address", "founder", "elected_on",
        "coordinates", "handles",
    )  # fmt: skip
    name = forms.CharField(label=_("名称"), max_length=120, help_text=_("全称，和牌子、印章上的一样。"))
    short_name = forms.CharField(label=_("简称"), max_length=20, help_text=_("文书编号里的“××”，调委会之间不能重复。"))
    kind = forms.ChoiceField(label=_("类别"), choices=BodyKind.choices, initial=BodyKind.TOWN_BRANCH)
    region: Any = forms.ModelChoiceField(None, label=_("辖区"), empty_label=None)
    parent: Any = forms.ModelChoiceField(None, label=_("上级"), empty_label=None)
    coordinates = forms.BooleanField(
        label=_("统筹整个辖区"), required=False, help_text=_("看得到辖区里每个机构的纠纷；一个地方只有一个。")
    )
    handles = forms.BooleanField(label=_("可以把纠纷分派给它"), required=False, initial=True)
    stationing = forms.ChoiceField(
        label=_("怎么入驻中心"), choices=[("", _("不入驻")), *Stationing.choices], required=False
    )
    phone = forms.CharField(label=_("对外电话"), max_length=30, required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    founder = forms.CharField(
        label=_("由谁设立"), max_length=120, required=False, help_text=_("行业调委会、工作室、社会组织要写。")
    )
    elected_on = forms.DateField(
        label=_("委员推选日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("调委会要写；任期三年。"),
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(is_slot=False, level__key__in=LEVELS)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = _parents(body)  # type: ignore[attr-defined]
        if body and body.parent_id is None:
            self.fields["parent"].required = False
        else:  # the county has its centre
            kinds = [choice for choice in BodyKind.choices if choice[0] != BodyKind.COUNTY_CENTER]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class CorrectionForm(BodyForm):
    reason = forms.CharField(label=_("为什么改"), max_length=200, required=False, help_text=_("例如：依某某文件更名。"))


class ReasonForm(LaidOut):
    reason = forms.CharField(label=_("原因"), max_length=200)


class ApprovalForm(LaidOut):
    reason = forms.CharField(label=_("审核意见"), max_length=200, required=False)


class EndForm(ReasonForm):
    successors: Any = forms.ModelMultipleChoiceField(
        None, label=_("由谁承接"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("按住 Ctrl 可以选几个；没有承接的机构就不选。"),
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Body.objects.filter(standing=Standing.LIVE, is_slot=False).exclude(pk=body.pk)
        self.fields["successors"].queryset = others  # type: ignore[attr-defined]


class SeatForm(LaidOut):
    narrow = ("name", "post", "since", "is_woman")
    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.ChoiceField(label=_("职务"), choices=Post.choices, initial=Post.MEMBER)
    is_woman = forms.BooleanField(label=_("妇女委员"), required=False)
    since = forms.DateField(
        label=_("从哪天起"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"})
    )


def _parents(body: Body | None) -> Any:
    """Whatever is at work and does not lie under the body itself."""
    under, layer = set(), [body.pk] if body else []
    while layer:
        under |= set(layer)
        layer = list(Body.objects.filter(parent__in=layer).exclude(pk__in=under).values_list("pk", flat=True))
    return Body.objects.filter(standing=Standing.LIVE, is_slot=False).exclude(pk__in=under)
