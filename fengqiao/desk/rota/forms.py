"""What is asked when a shift is planned, changed or ended, and when somebody's attendance is noted."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body, Stationing, Window
from fengqiao.people.duty.commands import KINDS
from fengqiao.people.models import CASE_WORKERS, User
from fengqiao.web.moments import WEEKDAYS

WIDGET_DAY = {"type": "date"}
WIDGET_TIME = {"type": "time"}


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=WIDGET_DAY, format="%Y-%m-%d"), **kwargs)


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs=WIDGET_TIME, format="%H:%M"))


class ShiftForm(forms.Form):
    person = forms.ModelChoiceField(label=_("谁"), queryset=User.objects.none())
    kind = forms.ChoiceField(
        label=_("方式"), choices=[(kind.value, kind.label) for kind in KINDS], initial=Stationing.ROTATING,
        widget=forms.RadioSelect,
    )  # fmt: skip
    window = forms.ModelChoiceField(
        label=_("窗口"), queryset=Window.objects.none(), required=False, help_text=_("随叫随驻的不用选")
    )
    weekday = forms.TypedChoiceField(label=_("星期几"), choices=list(enumerate(WEEKDAYS)), coerce=int)
    starts = time_field(_("上班"))
    ends = time_field(_("下班"))
    first = day_field(_("第一天"), required=False, help_text=_("空着是从今天起"))
    last = day_field(_("最后一天"), required=False, help_text=_("空着是一直上下去"))
    phone = forms.CharField(
        label=_("随叫的电话"), max_length=30, required=False, help_text=_("空着用账户里的；加密保存，呼叫时才显示")
    )

    def __init__(self, *args: Any, hall: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, window = self.fields["person"], self.fields["window"]
        person.queryset = who_can_come(hall)  # type: ignore[attr-defined]
        window.queryset = hall.windows.named()  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    day = day_field(_("哪一天"))
    instead = forms.ModelChoiceField(
        label=_("由谁上"), queryset=User.objects.none(), required=False, empty_label=_("没有人上")
    )
    reason = forms.CharField(label=_("为什么"), max_length=200, required=False)

    def __init__(self, *args: Any, hall: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead"].queryset = who_can_come(hall)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    last = day_field(_("最后一天"))


class RosterForm(forms.Form):
    file = forms.FileField(label=_("值班表"), help_text=_("CSV（UTF-8）或者 XLSX，第一行是列名，不超过 10 MB"))


def who_can_come(hall: Body) -> Any:
    """Those stationed here first; behind them whoever may be called from elsewhere."""
    here = Q(station_body=hall) | Q(home_body=hall, station_body=None)
    found = User.objects.filter(is_active=True, role__in=CASE_WORKERS)
    return found.filter(here | Q(home_body__stationing=Stationing.ON_CALL)).order_by("home_body_id", "pk")
