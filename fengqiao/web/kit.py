"""What the live page of parts shows: each part in each of its states, on sample data that names nobody real."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

HOUR = timedelta(hours=1)


class KitForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("姓名"), initial="沈玉兰")
    phone = forms.CharField(label=gettext_lazy("手机"), help_text=gettext_lazy("没有可以写家人的"))
    number = forms.CharField(label=gettext_lazy("不能改"), required=False, help_text=gettext_lazy("编号由系统给"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"), choices=[("02", gettext_lazy("02 邻里")), ("14", gettext_lazy("14 物业"))]
    )
    level = forms.ChoiceField(
        label=gettext_lazy("等级"),
        widget=forms.RadioSelect,
        choices=[("1", gettext_lazy("一般")), ("2", gettext_lazy("复杂")), ("3", gettext_lazy("重大疑难"))],
    )
    who = forms.ChoiceField(
        label=gettext_lazy("和谁有矛盾"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("one", gettext_lazy("一个人")), ("firm", gettext_lazy("单位、商家"))],
    )
    care = forms.MultipleChoiceField(
        label=gettext_lazy("需要照顾"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("old", gettext_lazy("老人")), ("deaf", gettext_lazy("听障")), ("proxy", gettext_lazy("代办"))],
    )
    story = forms.CharField(label=gettext_lazy("用来访人的话说是什么事"), widget=forms.Textarea)
    sure = forms.BooleanField(label=gettext_lazy("没有人逼我，是我自己愿意签的"), required=False)

    def clean_phone(self) -> str:
        """Only to show an error beside its field."""
        raise forms.ValidationError(_("少了 1 位，手机号应是 11 位。"))


def kit_parts(request: HttpRequest) -> dict[str, Any]:
    """The context of web/kit.html."""
    now = timezone.now()
    return {
        "clocks": _clocks(now),
        "steps": _steps(),
        "entries": _entries(now),
        "kit_form": _filled_form(),
        "rows": _rows(now),
        "sheet": Page([1] * 9, 1, Paginator(range(43), 9)),
        "here": request.build_absolute_uri(),
    }


def _clocks(now: datetime) -> dict[str, Sample]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=10)
    begun = now - timedelta(days=26)
    return {
        "time": Sample(due_at=midnight),
        "soon": Sample(due_at=now + 4 * HOUR),
        "late": Sample(due_at=now - 27 * HOUR),
        "idle": Sample(due_at=now, paused_since=now - timedelta(days=4), why_paused=_("等鉴定，双方同意")),
        "done": Sample(due_at=now, started_at=begun, stopped_at=now - HOUR),
    }


def _steps() -> list[Sample]:
    return [
        Sample(level=_("网格"), name=_("第 3 网格"), notes=[_("当日上报")], status="was"),
        Sample(level=_("村社"), name=_("某某社区"), notes=[_("3 天，调 1 次未成")], status="was"),
        Sample(level=_("片区"), name=_("这一级不经过"), notes=[], status="skip"),
        Sample(level=_("镇街"), name=_("某某街道分中心"), notes=[_("已 29 天")], status="here"),
        Sample(level=_("区中心"), name=_("没有到过"), notes=[], status="not"),
    ]


def _entries(now: datetime) -> list[Sample]:
    return [
        Sample(
            at=now - HOUR,
            icon="bell",
            sentence=_("系统发短信提醒沈*兰签名。"),
            details=_("短信已送达"),
            url="#",
            is_sealed=False,
        ),
        Sample(at=now - 18 * HOUR, icon="writing-sign", sentence=_("周*国签了第 2 稿协议。"), url="#", is_sealed=True),
        Sample(at=now - 200 * HOUR, icon="eye-off", sentence="", is_shredded=True, url="#", is_sealed=True),
    ]


def _filled_form() -> KitForm:
    data = {"name": "沈玉兰", "phone": "1390572204", "number": _("吴矛〔2026〕3187号"), "kind": "14", "level": "1"}
    return KitForm({**data, "who": "one", "care": ["old"], "story": _("小区电梯三个月坏了七次。"), "sure": "on"})


def _rows(now: datetime) -> list[Sample]:
    return [
        Sample(number="2026-3252", clock=Sample(due_at=now - 2 * HOUR), title=_("网购家具退换不成"), parties=_("郑* 对 某家居店"),
               turn=_("我"), amount=3980, kind="late", state=_("待分流超期"), chosen=False),
        Sample(number="2026-3187", clock=Sample(due_at=now + 20 * HOUR), title=_("楼上卫生间渗水，楼下受损赔偿"),
               parties=_("沈*兰 对 周*国"), turn=_("调解员"), amount=8600, kind="soon", state=_("等签名 1／2"), chosen=True),
    ]  # fmt: skip
