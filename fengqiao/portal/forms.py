"""The forms of applying and of coming back: three short steps, and the code with its PIN."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import PartyKind
from fengqiao.intake.fields import IdNumberField, PhoneField, TextField
from fengqiao.intake.finding import place_named, places_like
from fengqiao.intake.needs import BY_PHONE, IN_PERSON, NO_SMS
from fengqiao.intake.place_fields import PlaceForm
from fengqiao.places.models import Region

EITHER = ""  # how to talk: no wish
ACCEPT = "image/jpeg,image/png,application/pdf"
LONGEST_STORY, LONGEST_WISH = 5000, 500


class FilesInput(forms.FileInput):
    """Several files at once; a phone offers its camera."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleans to a list. What the files are is found out where they are kept, by their content."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [file for file in data or [] if file]


class PointingForm(forms.Form):
    """Sent back with something wrong, it opens at the first wrong field: a phone shows only a part of a form."""

    def full_clean(self) -> None:
        super().full_clean()
        wrong = [field for name, field in self.fields.items() if name in self.errors]
        if wrong and not isinstance(wrong[0].widget, forms.RadioSelect):
            wrong[0].widget.attrs["autofocus"] = True


class WhatForm(PointingForm):
    """Step 1: what happened."""

    facts = TextField(
        label=gettext_lazy("发生了什么事"), max_length=LONGEST_STORY, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("请写一两句：什么时候、发生了什么事。")},
    )  # fmt: skip
    demand = TextField(
        label=gettext_lazy("您想要什么结果"),
        max_length=LONGEST_WISH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photos = FilesField(
        label=gettext_lazy("照片或者材料"),
        required=False,
        widget=FilesInput(attrs={"accept": ACCEPT, "multiple": True}),
    )
    is_restricted = forms.BooleanField(label=gettext_lazy("这事有家里人动手，或者牵涉到孩子"), required=False)

    @property
    def answers(self) -> dict[str, Any]:
        """What is fit to be kept, under the names of intake."""
        return _only(self.cleaned_data, ("facts", "demand", "is_restricted"))


class WhoForm(PlaceForm, PointingForm):
    """Step 2: with whom, where, how to talk, and who asks."""

    none_given = gettext_lazy("请写事情发生在哪里。说不清街道、村社的，写下面的地址。")
    none_knows = gettext_lazy("我也说不清，就照我写的")
    none_found = gettext_lazy("没有找到这个地方。不知道归哪里的，这一格空着，把地址写在下面。")

    opponent_kind = forms.ChoiceField(
        label=gettext_lazy("和谁有矛盾"), required=False, widget=forms.RadioSelect,
        choices=[
            (PartyKind.PERSON.value, gettext_lazy("一个人")),
            (PartyKind.GROUP.value, gettext_lazy("几个人")),
            (PartyKind.ORGANISATION.value, gettext_lazy("单位、商家")),
            ("", gettext_lazy("我不清楚")),
        ],
    )  # fmt: skip
    opponent = TextField(label=gettext_lazy("对方叫什么"), max_length=80, required=False)
    opponent_phone = PhoneField(label=gettext_lazy("对方的电话"), max_length=40, required=False)
    place_name = TextField(label=gettext_lazy("事情发生在哪个街道、村社"), max_length=60, required=False)
    place = forms.CharField(max_length=15, required=False, widget=forms.HiddenInput)
    address = TextField(label=gettext_lazy("小区、门牌，或者怎么找到"), max_length=200, required=False)
    talk = forms.ChoiceField(
        label=gettext_lazy("您想怎么谈"), required=False, widget=forms.RadioSelect,
        choices=[
            (IN_PERSON, gettext_lazy("到窗口当面谈")), (BY_PHONE, gettext_lazy("电话里谈")), (EITHER, gettext_lazy("都可以")),
        ],
    )  # fmt: skip
    name = TextField(
        label=gettext_lazy("您叫什么"), max_length=80, error_messages={"required": gettext_lazy("请写上您的姓名。")}
    )
    phone = PhoneField(label=gettext_lazy("您的电话"), max_length=40, required=False)
    no_sms = forms.BooleanField(label=gettext_lazy("不用给我发短信"), required=False)
    id_number = IdNumberField(label=gettext_lazy("您的身份证号"), max_length=40, required=False)
    agent = TextField(label=gettext_lazy("替别人填的，写您自己的名字"), max_length=80, required=False)

    @property
    def answers(self) -> dict[str, Any]:
        names = ("opponent_kind", "opponent", "opponent_phone", "address", "name", "phone", "id_number", "agent")
        answers = _only(self.cleaned_data, names)
        if "region" in self.cleaned_data:
            region = self.cleaned_data["region"]
            answers["place"] = region.code if region else ""
        if "talk" in self.cleaned_data:
            wishes = [self.cleaned_data["talk"], NO_SMS if self.cleaned_data.get("no_sms") else ""]
            answers["needs"] = [wish for wish in wishes if wish]
        return answers

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.settle_place()
        said = self.cleaned_data
        unheard = not said.get("phone") and not said.get("id_number")
        if unheard and not {"phone", "id_number"} & set(self.errors):
            self.add_error("phone", _("请留一个电话，我们好找到您。实在没有的，写身份证号。"))
        return said

    def chosen(self, code: str, typed: str) -> Region | None:
        """A choice counts only while it fits what stands in the field: without script an older one may still be sent."""
        return next((one for one in places_like(typed) if one.code == code), None) or place_named(typed)


class CheckForm(PointingForm):
    """Step 3: it is right so, and the data may be used."""

    consent = forms.BooleanField(
        label=gettext_lazy("我看过了，同意把这些信息用来办这件事"),
        error_messages={"required": gettext_lazy("请先看“个人信息怎么用”，同意了再打勾。不打勾我们不能收。")},
    )
    sensitive = forms.BooleanField(label=gettext_lazy("我同意你们用我的身份证号核对是不是我本人"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, has_id: bool = False, has_files: bool = False) -> None:
        super().__init__(data)
        self.has_id = has_id
        if not (has_id or has_files):
            del self.fields["sensitive"]
        elif not has_id:
            self.fields["sensitive"].label = _("照片、材料里有病历、账号这些的，我也同意你们用来办这件事")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.has_id and not self.cleaned_data.get("sensitive"):
            self.add_error("sensitive", _("身份证号要您单独打勾同意。不想给，请按“上一步”把它删掉。"))
        return self.cleaned_data


class PinInput(forms.PasswordInput):
    """Digits that can be read while they are typed, and that no page ever gives back."""

    input_type = "text"


class PinForm(PointingForm):
    """The six digits alone, where a scanned code has told whose they are."""

    pin = forms.CharField(
        label=gettext_lazy("密码"), max_length=20, widget=PinInput,
        error_messages={"required": gettext_lazy("请输小票上的 6 位密码。")},
    )  # fmt: skip

    def clean_pin(self) -> str:
        return digits(self.cleaned_data["pin"], 6, _("密码是 6 位数字，请看小票上“密码”下面的那一行。"))


class FollowForm(PinForm):
    """Code and PIN from the slip."""

    code = forms.CharField(
        label=gettext_lazy("查询码"), max_length=30,
        error_messages={"required": gettext_lazy("请输小票上的 8 位查询码。")},
    )  # fmt: skip
    field_order = ["code", "pin"]

    def clean_code(self) -> str:
        return digits(self.cleaned_data["code"], 8, _("查询码是 8 位数字，请看小票上“查询码”下面的那一行。"))


def digits(text: str, length: int, wrong: str) -> str:
    """The digits of what was typed, full-width ones and blanks between them included. Invalid unless so many."""
    found = "".join(str(int(sign)) for sign in re.sub(r"[\s-]", "", text) if sign.isdecimal())
    if len(found) != length or len(re.sub(r"[\s-]", "", text)) != length:
        raise forms.ValidationError(wrong)
    return found


def _only(cleaned: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those that are right; one that is wrong is not kept, and what was kept of it before stays."""
    return {name: cleaned[name] for name in names if name in cleaned}
