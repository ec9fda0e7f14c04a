"""The forms of a window: what it is called, what it takes, when it is open, and why it is given up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from fengqiao.bodies.hours import Hours
from fengqiao.bodies.models import Body, Window, WindowKind
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise


class WindowForm(forms.Form):
    """What every window has. Several subjects are parted by 、 or a line."""

    name = forms.CharField(label=gettext_lazy("窗口名称"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=WindowKind.choices, initial=WindowKind.SPECIALIST)
    subjects = forms.CharField(
        label=gettext_lazy("办什么"), max_length=400, required=False,
        help_text=gettext_lazy("几类事用顿号隔开；空着是综合，写 * 是什么都办"),
    )  # fmt: skip
    hours = forms.CharField(
        label=gettext_lazy("开放时间"), max_length=200, required=False,
        help_text=gettext_lazy("例如：周一至周五 08:30-12:00、13:30-17:00；周六 09:00-11:30"),
    )  # fmt: skip

    def clean_subjects(self) -> list[str]:
        text = self.cleaned_data["subjects"].replace("，", "、").replace(",", "、").replace("\n", "、")
        return [part.strip() for part in text.split("、") if part.strip()]

    def clean_hours(self) -> str:
        try:
            return Hours.read(normalise(self.cleaned_data["hours"])).written
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class NewWindowForm(WindowForm):
    """A window more. Who keeps all bodies is asked in whose hall."""

    hall: Any = forms.ModelChoiceField(
        Body.objects.none(), label=gettext_lazy("哪个单位的窗口"), empty_label=gettext_lazy("请选择")
    )
    field_order = ("hall", "name", "kind", "subjects", "hours")

    def __init__(self, *args: Any, own: Body | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own is not None:
            del self.fields["hall"]
        else:
            field: Any = self.fields["hall"]
            field.queryset = Body.objects.at_work().filter(is_slot=False)


class ChangeWindowForm(WindowForm):
    """The same of one that is there, and whose matters it takes."""

    serves: Any = forms.ModelChoiceField(
        label=gettext_lazy("办谁的事"), queryset=Body.objects.none(), required=False, empty_label=gettext_lazy("本单位")
    )
    reason = forms.CharField(label=gettext_lazy("为什么调整"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("name", "kind", "subjects", "serves", "hours", "reason", "seen")

    def __init__(self, *args: Any, window: Window, **kwargs: Any) -> None:
        kwargs["initial"] = as_it_is(window)
        super().__init__(*args, **kwargs)
        self.window = window
        self.fields["serves"].queryset = Body.objects.at_work().filter(is_slot=False).exclude(pk=window.body_id)  # type: ignore[attr-defined]

    @property
    def gives_other_matters(self) -> bool:
        """Whether what it takes is another, or whose."""
        now, told = self.window.state, self.cleaned_data
        return told["subjects"] != self.window.takes or getattr(told["serves"], "pk", None) != now.serves_id


class RetireForm(forms.Form):
    """Why, and which version of the window the person was looking at."""

    reason = forms.CharField(label=gettext_lazy("为什么停用"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def as_it_is(window: Window) -> dict[str, Any]:
    return {
        "name": window.name, "kind": window.kind, "subjects": "、".join(window.takes), "serves": window.state.serves_id,
        "hours": window.hours_in_words, "seen": window.state.version,
    }  # fmt: skip
