"""The forms of the administrators: what is to be done, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.people.models import Role, User

LONGEST = 200  # characters of a reason


class ReasonedForm(forms.Form):
    """Something is done to an account, for a reason that goes into the ledger."""

    act = forms.ChoiceField(label=_("要做什么"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("会记入账本，本人也能看到。"),
    )

    def __init__(self, *args: Any, acts: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["act"]
        field.choices = acts


class SecureAccountForm(ReasonedForm):
    """The security administrator's."""

    ACTS = [
        ("unlock", _("解锁，马上能再登录")),
        ("password", _("设一个临时密码，登录后要换")),
        ("factor", _("清除二次验证（手机丢了、换了）")),
        ("sessions", _("结束所有登录")),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, acts=self.ACTS, **kwargs)


class KeepAccountForm(ReasonedForm):
    """The system administrator's."""

    role = forms.ChoiceField(label=_("申请担任什么角色"), required=False, choices=[("", _("请选择")), *Role.choices])
    field_order = ["act", "role", "reason"]

    def __init__(self, *args: Any, account: User, waiting: bool, **kwargs: Any) -> None:
        switch = ("close", _("停用账户")) if account.is_active else ("reopen", _("重新启用账户"))
        asking = [] if waiting else [("role", _("申请角色，由安全管理员决定"))]
        super().__init__(*args, acts=[*asking, switch], **kwargs)
        if waiting:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("act") == "role" and not told.get("role"):
            self.add_error("role", _("请选择要担任的角色。"))
        return told


class DecisionForm(forms.Form):
    """Yes or no to a role, as the account stood when it was looked at."""

    decision = forms.ChoiceField(
        label=_("您的决定"), choices=[("yes", _("同意")), ("no", _("不同意"))], widget=forms.RadioSelect,
        error_messages={"required": _("请选“同意”或者“不同意”。")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("不同意的理由"), max_length=LONGEST, required=False, help_text=_("不同意时要写，申请人会看到。")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("decision") == "no" and not told.get("reason"):
            self.add_error("reason", _("请写不同意的理由。"))
        return told


class AddressForm(forms.Form):
    """An address that is shut, and why it may try again."""

    address = forms.GenericIPAddressField(label=_("网络地址"))
    reason = forms.CharField(label=_("理由"), max_length=LONGEST)
