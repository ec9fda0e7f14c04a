"""The forms by which the system administrator makes and corrects an account."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.intake.fields import PhoneField, TextField
from fengqiao.kernel import masking
from fengqiao.people.keeping import LONGEST_NAME, LONGEST_REASON, AccountFacts
from fengqiao.people.models import Role, User


class BodyField(forms.ModelChoiceField):
    """One of the bodies at work, sorted by what they are."""

    def __init__(self, *, none: Any, **kwargs: Any) -> None:
        super().__init__(Body.objects.none(), empty_label=None, **kwargs)
        self.none = none

    def offer(self, also: Body | None = None) -> None:
        """All that are at work, and the one that the person is at, whatever became of it."""
        found = Body.objects.filter(pk__in=Body.objects.at_work().filter(is_slot=False).values("pk"))
        if also is not None:
            found |= Body.objects.filter(pk=also.pk)
        self.queryset = found
        rows = sorted(found, key=lambda body: (str(body.get_kind_display()), body.pk))
        kinds = groupby(rows, key=lambda body: str(body.get_kind_display()))
        self.choices = [("", self.none), *((kind, [(body.pk, str(body)) for body in some]) for kind, some in kinds)]


class FactsForm(forms.Form):
    """Who somebody is and where they work."""

    name = TextField(label=_("姓名"), max_length=LONGEST_NAME)
    title = TextField(
        label=_("职务"), max_length=LONGEST_NAME, required=False, help_text=_("名牌上的，例如：综合窗口2、专职调解员。"),
    )  # fmt: skip
    home: Any = BodyField(label=_("所属单位"), none=_("请选择"))
    station: Any = BodyField(
        label=_("派驻单位"), none=_("不派驻，就在所属单位"), required=False, help_text=_("派到别的单位上班的才选；看得到哪些纠纷跟着派驻单位走。"),
    )  # fmt: skip
    phone: Any = PhoneField(label=_("电话"), max_length=40, required=False, help_text=_("加密保存，只用来联系本人。"))

    def __init__(self, *args: Any, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        for name in ("home", "station"):
            self.fields[name].offer(getattr(account, f"{name}_body", None))  # type: ignore[attr-defined]

    @property
    def facts(self) -> AccountFacts:
        told = self.cleaned_data
        facts = {name: told[name] for name in ("name", "title", "home", "station")}
        return AccountFacts(**facts, phone=self.kept_phone)

    @property
    def kept_phone(self) -> str:
        return str(self.cleaned_data["phone"])


class NewAccountForm(FactsForm):
    """And what they are to be, which another person decides."""

    username = TextField(
        label=_("用户名"), max_length=30, help_text=_("登录用的，小写字母开头，例如姓名的拼音 chenxiaoyan。以后不能改。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("担任什么角色"), choices=[("", _("请选择")), *Role.choices], help_text=_("调解员还要进“名册”，才能被指定。"),
    )  # fmt: skip
    reason = TextField(
        label=_("为什么需要这个角色"), max_length=LONGEST_REASON, help_text=_("安全管理员看着它决定，会记入账本。")
    )
    field_order = ["name", "username", "home", "station", "title", "phone", "role", "reason"]


class CorrectAccountForm(FactsForm):
    """The same of an account that is there. The telephone is not shown: it is left as it is, written anew, or taken out."""

    no_phone = forms.BooleanField(label=_("不再登记电话"), required=False)
    reason = TextField(
        label=_("为什么改"), max_length=LONGEST_REASON, required=False, help_text=_("例如：八月调到月河街道。")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["name", "title", "home", "station", "phone", "no_phone", "reason", "seen"]

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        initial = {
            "name": account.name, "title": account.title, "home": account.home_body_id, "station": account.station_body_id,
        }  # fmt: skip
        super().__init__(*args, account=account, initial=initial, **kwargs)
        self.stored = account.phone
        if account.phone:
            self.fields["phone"].help_text = _("现在登记的是 %(phone)s。不改就空着。") % {
                "phone": masking.phone(account.phone)
            }
        else:
            del self.fields["no_phone"]

    @property
    def kept_phone(self) -> str:
        told = self.cleaned_data
        return "" if told.get("no_phone") else told["phone"] or self.stored
