"""What is asked of whoever writes a rule, and of whoever publishes the draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category, Channel, Difficulty
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import parse_yuan, yuan
from fengqiao.places.models import Region
from fengqiao.routing.models import Duty
from fengqiao.web.fields import LaidOut

from .book import FALLBACK, Level, Rule, Span
from .books import LONGEST_NOTE

ANY = gettext_lazy("不限")
NAMED = ""  # not by the place: the bodies below


class Amount(forms.CharField):
    """A sum as people type it; whole 分 for the rule."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class Of(forms.ModelMultipleChoiceField):
    """Rows that a rule names by their key or code."""

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, tuple) else super().prepare_value(value)


class RuleForm(LaidOut):
    """One rule: when it holds, and to whom it gives the matter."""

    narrow = ("category", "place", "difficulty", "channel", "to", "item")
    widths = dict.fromkeys(("people_from", "people_to", "amount_from", "amount_to", "rank"), "c3")
    category: Any = forms.ModelChoiceField(
        Category.objects.all(), label=gettext_lazy("纠纷类型"), required=False, empty_label=ANY, to_field_name="code"
    )
    place: Any = forms.ModelChoiceField(
        Region.objects.filter(is_slot=False), label=gettext_lazy("发生地"), required=False, empty_label=ANY,
        to_field_name="code", help_text=gettext_lazy("连同里面的村社和网格。"),
    )  # fmt: skip
    difficulty = forms.ChoiceField(
        label=gettext_lazy("难易程度"), required=False, choices=[("", ANY), *Difficulty.choices]
    )
    channel = forms.ChoiceField(label=gettext_lazy("来源"), required=False, choices=[("", ANY), *Channel.choices])
    people_from = forms.IntegerField(label=gettext_lazy("至少几人"), required=False, min_value=1, max_value=999_999)
    people_to = forms.IntegerField(label=gettext_lazy("至多几人"), required=False, min_value=1, max_value=999_999)
    amount_from = Amount(label=gettext_lazy("至少多少元"), required=False, max_length=30)
    amount_to = Amount(label=gettext_lazy("至多多少元"), required=False, max_length=30)
    to = forms.ChoiceField(
        label=gettext_lazy("交给谁"), required=False,
        choices=[(NAMED, gettext_lazy("下面选的单位")), *Level.choices, (FALLBACK, gettext_lazy("综合调解窗口（兜底）"))],
        help_text=gettext_lazy("属地的：那一级没有能接的单位，就交上一级。"),
    )  # fmt: skip
    item = forms.ChoiceField(label=gettext_lazy("依据责任清单第几项"), required=False)
    bodies: Any = Of(
        Body.objects.that_handle(), label=gettext_lazy("哪些单位"), required=False, to_field_name="key",
        widget=forms.SelectMultiple(attrs={"size": 8}), help_text=gettext_lazy("选几个，就是并列：谁手上的事少交给谁。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("分流的人看到的话，例如：劳动争议有对口的调委会。"),
    )
    rank = forms.IntegerField(
        label=gettext_lazy("次序"), min_value=1, max_value=9999, help_text=gettext_lazy("小的先看；次序相同的并列。")
    )
    is_fast = forms.BooleanField(
        label=gettext_lazy("简案快调"), required=False, help_text=gettext_lazy("简单的事不经镇街，直接交属地村社。")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = Duty.objects.values_list("item", "name")
        field: Any = self.fields["item"]
        field.choices = [("", _("不是从清单来的")), *((item, f"{item} {name}") for item, name in items)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if bool(found.get("to")) == bool(found.get("bodies")):
            self.add_error("bodies", _("“交给谁”选了属地或者兜底，就不选单位；要交给单位，至少选一个。"))
        for name in ("people", "amount"):
            low, high = found.get(f"{name}_from"), found.get(f"{name}_to")
            if low is not None and high is not None and high < low:
                self.add_error(f"{name}_to", _("“至多”不能比“至少”小。"))
        return found

    @property
    def rule(self) -> Rule:
        """What was written. Call once it is valid."""
        said = self.cleaned_data
        return Rule(
            rank=said["rank"], bodies=tuple(sorted(body.key for body in said["bodies"])), to=said["to"],
            category=said["category"].code if said["category"] else "", place=said["place"].code if said["place"] else "",
            difficulty=said["difficulty"], channel=said["channel"], people=self._span("people"), amount=self._span("amount"),
            reason=said["reason"], item=said["item"], is_fast=said["is_fast"],
        )  # fmt: skip

    def _span(self, name: str) -> Span | None:
        span = Span(self.cleaned_data[f"{name}_from"], self.cleaned_data[f"{name}_to"])
        return None if span == Span() else span


def as_initial(rule: Rule) -> dict[str, Any]:
    """What the form shows of a rule that is there."""
    people, amount = rule.people or Span(), rule.amount or Span()
    plain = ("category", "place", "difficulty", "channel", "to", "item", "reason", "rank", "is_fast")
    money = {"amount_from": amount.low, "amount_to": amount.high}
    return {
        **{name: getattr(rule, name) for name in plain}, "bodies": rule.bodies,
        "people_from": people.low, "people_to": people.high,
        **{name: yuan(fen) for name, fen in money.items() if fen is not None},
    }  # fmt: skip


class PublishForm(LaidOut):
    note = forms.CharField(
        label=gettext_lazy("改了什么，为什么"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("会记进账本，历史里看得到。"),
    )  # fmt: skip
    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)
