"""The forms of what a party may say and do: willing or not, done, received, how it was, an objection, taking it back."""

from itertools import count
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import Obligation, Willing
from fengqiao.disputes.ratings import Rating
from fengqiao.fulfilment.models import How
from fengqiao.intake.fields import TextField, YuanField
from fengqiao.intake.own_data.models import Asked
from fengqiao.kernel.money import yuan

from .forms import ACCEPT, FilesField, FilesInput, PointingForm

LONGEST = 300
_NUMBERS = count(1)  # several of these forms stand on one page, and no two controls may share an id


class SeenForm(PointingForm):
    """Carries the version of the dispute that the person was looking at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def version(self) -> int | None:
        return self.cleaned_data.get("seen")


class MessagesForm(SeenForm):
    """How a party wants to hear of their own matter."""

    sms = forms.BooleanField(label=gettext_lazy("走到哪一步，发短信告诉我"), required=False)
    mail = forms.CharField(
        label=gettext_lazy("也发到邮箱"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("用什么语言"), choices=settings.LANGUAGES)


class WillingForm(SeenForm):
    willing = forms.ChoiceField(
        label=gettext_lazy("您愿意请人帮着一起谈吗"), widget=forms.RadioSelect,
        choices=[(Willing.YES.value, gettext_lazy("愿意，请约时间")), (Willing.NO.value, gettext_lazy("不愿意"))],
        error_messages={"required": gettext_lazy("请选愿意还是不愿意。")},
    )  # fmt: skip
    remark = TextField(
        label=gettext_lazy("想说的话"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PickForm(SeenForm):
    """Whom this browser has picked is to hold for this dispute."""


class AnswerPickForm(SeenForm):
    """What a party says to whom the other side picked (人民调解法 23)."""

    accepts = forms.ChoiceField(
        label=gettext_lazy("您看可以吗"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("可以")), ("no", gettext_lazy("不接受"))],
    )  # fmt: skip
    remark = TextField(label=gettext_lazy("想说的话"), max_length=LONGEST, required=False)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{next(_NUMBERS)}_%s")


class PerformedForm(SeenForm):
    """What was paid or done towards one duty. `mine`: told by the one who had to do it."""

    on = forms.DateField(
        label=gettext_lazy("哪一天"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    amount = YuanField(label=gettext_lazy("多少钱（元）"), max_length=30)
    how = forms.ChoiceField(label=gettext_lazy("怎么给的"), widget=forms.RadioSelect)
    proof = forms.FileField(
        label=gettext_lazy("凭证：收条、转账截图、照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    remark = TextField(label=gettext_lazy("还想说明的"), max_length=LONGEST, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, obligation: Obligation, left: int) -> None:
        today = timezone.localdate()
        super().__init__(data, files, initial={"on": today, "amount": yuan(left).replace(",", "") if left else ""})
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        ways = [How.TRANSFER, How.CASH, How.OTHER]
        if obligation.amount_fen is None:
            del self.fields["amount"]
            ways = [How.DONE, How.OTHER]
            self.fields["how"].label = _("怎么做的")
            self.fields["how"].initial = How.DONE.value
        self.fields["how"].choices = [(way.value, way.label) for way in ways]  # type: ignore[attr-defined]
        self.fields["how"].error_messages["required"] = _("请选一种。")
        self.fields["on"].error_messages["required"] = _("请写是哪一天。")
        self.fields["on"].error_messages["invalid"] = _("日期请写成 2026-11-20 这样。")

    def clean_amount(self) -> int:
        if self.cleaned_data["amount"] is None:
            raise forms.ValidationError(_("请写多少钱。"))
        return self.cleaned_data["amount"]


class CheckClaimForm(SeenForm):
    """The one to whom it was owed says whether it is true."""

    true = forms.ChoiceField(
        label=gettext_lazy("是真的吗"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("是，收到了／做好了")), ("no", gettext_lazy("没有"))],
        error_messages={"required": gettext_lazy("请选一个。")},
    )  # fmt: skip
    reason = TextField(label=gettext_lazy("没有的话，请说明"), max_length=LONGEST, required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("true") == "no" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("请写一句，例如“没有收到”。"))
        return self.cleaned_data


class RatingForm(SeenForm):
    rating = forms.ChoiceField(
        label=gettext_lazy("您满意吗"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Rating.SATISFIED, Rating.FAIRLY, Rating.DISSATISFIED)],
        error_messages={"required": gettext_lazy("请选一个。")},
    )  # fmt: skip
    words = TextField(
        label=gettext_lazy("想说的话"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("rating") == Rating.DISSATISFIED and not self.cleaned_data.get("words"):
            self.add_error("words", _("请写哪里不满意，我们好改。"))
        return self.cleaned_data


class ContestForm(SeenForm):
    words = TextField(
        label=gettext_lazy("哪里不对"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("请写哪里不对，我们好重新看。")},
    )  # fmt: skip


class WithdrawForm(SeenForm):
    """Asked twice: `sure` comes with the second page."""

    reason = TextField(
        label=gettext_lazy("为什么撤回"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写一句为什么撤回，例如“已经自己谈好了”。")},
    )  # fmt: skip
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class MaterialForm(SeenForm):
    photos = FilesField(
        label=gettext_lazy("照片或者材料"), widget=FilesInput(attrs={"accept": ACCEPT, "multiple": True})
    )
    title = TextField(label=gettext_lazy("是什么"), max_length=60, required=False)

    def clean_photos(self) -> list[Any]:
        if not self.cleaned_data["photos"]:
            raise forms.ValidationError(_("请选一张照片或者一个 PDF。"))
        return self.cleaned_data["photos"]


class CorrectionForm(PointingForm):
    """What is wrong in what is kept of somebody (个人信息保护法 46)."""

    what = forms.ChoiceField(
        label=gettext_lazy("哪一项不对"), choices=Asked.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选哪一项不对。")},
    )  # fmt: skip
    words = TextField(
        label=gettext_lazy("应该是什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明应该是什么，例如“电话换成了139…”。")},
    )  # fmt: skip
