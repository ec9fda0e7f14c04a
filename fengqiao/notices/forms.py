"""The forms of messages: how a member of staff wants to be told, which messages are shown, and what is done with them."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.web.fields import LaidOut

from .models import Channel, Digest, Preference, Reach, State
from .models.message import MessageQuerySet

ANY: list[tuple[str, Any]] = [("", _("全部"))]
ACTS = [("retry", _("再发")), ("cancel", _("不发了")), ("confirm", _("已核实发出"))]


class PreferenceForm(LaidOut):
    """The inbox is always there; this is about what comes besides."""

    sms = forms.ChoiceField(label=_("短信"), choices=Reach.choices, widget=forms.RadioSelect)
    mail = forms.ChoiceField(label=_("邮件"), choices=Reach.choices, widget=forms.RadioSelect)
    mail_address = forms.CharField(
        label=_("邮箱"), max_length=254, required=False, help_text=_("加密保存，只用来给您发通知。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("用什么语言"), choices=settings.LANGUAGES)
    digest = forms.ChoiceField(
        label=_("每日汇总"), choices=Digest.choices, widget=forms.RadioSelect,
        help_text=_("还有几条没看，每天说一次：写了邮箱的发到邮箱，没有写的在通知里。"),
    )  # fmt: skip
    digest_at = forms.TimeField(label=_("几点"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    narrow = ("language", "digest_at", "mail_address")

    def __init__(self, data: Any = None, *, wish: Preference) -> None:
        initial = {name: getattr(wish, name) for name in self.base_fields}
        super().__init__(data, initial=initial)


class OutboxForm(forms.Form):
    """Each may be left empty. What makes no sense finds nothing, and says why."""

    state = forms.ChoiceField(label=_("状态"), choices=ANY + list(State.choices), required=False)
    channel = forms.ChoiceField(label=_("渠道"), choices=ANY + list(Channel.choices), required=False)
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def found(self, rows: MessageQuerySet) -> MessageQuerySet:
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return rows.none()
        told = self.cleaned_data
        for name in ("state", "channel"):
            rows = rows.filter(**{name: told[name]}) if told[name] else rows
        if told["since"]:
            rows = rows.filter(created_at__gte=timezone.make_aware(datetime.combine(told["since"], time())))
        if told["until"]:
            end = datetime.combine(told["until"] + timedelta(days=1), time())
            rows = rows.filter(created_at__lt=timezone.make_aware(end))
        return rows


class SettleForm(forms.Form):
    """What is to be done with the chosen ones; the act is the button."""

    MOST = 200

    act = forms.ChoiceField(choices=ACTS, error_messages={"required": _("请选要做什么。")})
    which = forms.TypedMultipleChoiceField(
        coerce=int, choices=[], error_messages={"required": _("请先选上要处理的消息。")}
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        sent = data.getlist("which")[: self.MOST]
        field: Any = self.fields["which"]
        field.choices = [(pk, pk) for pk in sent if pk.isascii() and pk.isdigit() and len(pk) < 18]
