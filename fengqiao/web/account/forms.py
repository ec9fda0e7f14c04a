"""The forms of one's own account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from fengqiao.people import delegations
from fengqiao.people.models import User


class CodeForm(forms.Form):
    """Digits, or what a passkey has signed."""

    code = forms.CharField(label=_("验证码"), max_length=20, required=False)
    answer = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("code") and not told.get("answer") and not self.errors:
            self.add_error("code", _("请写验证码。"))
        return told


class BindAppForm(forms.Form):
    """The digits that the app shows."""

    code = forms.CharField(label=_("手机上显示的六位数字"), max_length=10)

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class BindPasskeyForm(forms.Form):
    """What this key is to be called, and what the browser made."""

    name = forms.CharField(label=_("给这把密钥起个名"), max_length=40, help_text=_("例如：办公电脑、蓝色 U 盾"))
    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """The old one, and the new one twice."""

    old = forms.CharField(label=_("现在的密码"), max_length=200, strip=False, widget=forms.PasswordInput)
    new = forms.CharField(label=_("新密码"), max_length=200, strip=False, widget=forms.PasswordInput)
    repeated = forms.CharField(label=_("再写一遍新密码"), max_length=200, strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("new") and told.get("repeated") and told["new"] != told["repeated"]:
            self.add_error("repeated", _("两遍写的不一样。"))
        return told


class Colleagues(forms.ModelChoiceField):
    """People with what they do."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}（{obj.title or obj.get_role_display()}）"


class LeaveForm(forms.Form):
    """Who stands in, and when."""

    deputy = Colleagues(queryset=User.objects.none(), label=_("请谁代办"), empty_label=_("请选一位同事"))
    first_day = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_day = forms.DateField(label=_("到哪天为止"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    with_restricted = forms.BooleanField(label=_("限制查看的纠纷也交给代办人"), required=False)

    def __init__(self, *args: Any, principal: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deputy"]
        field.queryset = delegations.may_stand_in(principal)
