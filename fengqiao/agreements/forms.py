"""The forms of agreements: the parts of a draft, reasons, the scan, a signature's statements, who opens a link."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import in_words, parse_yuan, yuan
from fengqiao.web.act_pages import ActForm, told

from .content import LONGEST_DUTY, LONGEST_METHOD, read
from .evidence import Statement
from .review import Finding, checklist, faults

LONGEST = 4000
NOTHING_DRAFTED = _("还没有拟协议，请先拟一稿。")
SUM, DAY = ("金额",), ("日期",)  # how the names of blanks end that take a sum, a day
prose = partial(told, max_length=LONGEST)


def a_day(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, as browsers let it be picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"], **kwargs)


class YuanField(forms.CharField):
    """A sum as people write it, in 分."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class PartsForm(forms.Form):
    """What a draft says besides its clauses and duties."""

    facts = prose(_("纠纷主要事实"), rows=4, required=False)
    issues = prose(_("争议事项"), rows=2, required=False)
    responsibility = prose(_("各方责任"), rows=2, required=False)
    manner = prose(_("履行方式、时限"), rows=2, required=False)
    place = forms.CharField(label=_("调解地点"), max_length=100, required=False)
    copies = forms.IntegerField(
        label=_("一式几份"), min_value=2, max_value=60, required=False, help_text=_("每位当事人一份，调委会一份")
    )
    paper_only = forms.BooleanField(
        label=_("涉及婚姻、收养、继承等人身关系，只能在纸上签（电子签名法 3）"), required=False
    )


class OralPartsForm(PartsForm):
    """An oral agreement also tells what was done on the spot."""

    performed = prose(_("当场做了什么"), rows=2, required=False, help_text=_("例如：双方当场道歉，字条已经取下。"))
    copies = None  # type: ignore[assignment]
    paper_only = None  # type: ignore[assignment]


class ClauseForm(forms.Form):
    text = prose(_("原文"), rows=3, required=False)
    plain = prose(_("大白话"), rows=2, required=False)


class TermForm(forms.Form):
    """One duty. `amount_blank` and `due_blank` remember which blanks of the template give it its sum and its day."""

    what = forms.CharField(label=_("做什么"), max_length=LONGEST_DUTY, required=False)
    debtor = forms.ChoiceField(label=_("谁来做"), required=False)
    creditor = forms.ChoiceField(label=_("给谁"), required=False)
    amount = YuanField(label=_("金额（元）"), max_length=30, required=False, help_text=_("不是付钱的，留空"))
    due_on = a_day(_("最晚哪一天"), required=False)
    method = forms.CharField(label=_("方式"), max_length=LONGEST_METHOD, required=False)
    account = forms.CharField(label=_("收款账号"), max_length=80, required=False, help_text=_("户名、开户行、账号"))
    amount_blank = forms.CharField(widget=forms.HiddenInput, required=False)
    due_blank = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parties: Sequence[tuple[Party, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {str(party.pk): party for party, _letter in parties}
        choices = [("", _("请选择")), *((str(party.pk), f"{letter} {party.name}") for party, letter in parties)]
        for side in ("debtor", "creditor"):
            self.fields[side].choices = choices  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        """Nothing was written into the row."""
        return not any(self.cleaned_data.get(name) for name in ("what", "amount", "due_on", "account"))


class BlanksForm(forms.Form):
    """The blanks that a template left, to be filled throughout the text at once."""

    prefix = "blank"

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in names:
            self.fields[name] = self._field(name)

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in: a text, a sum in 分, a day."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @staticmethod
    def _field(name: str) -> forms.Field:
        if name.endswith(SUM):
            return YuanField(label=name, max_length=30, required=False, help_text=_("元"))
        if name.endswith(DAY):
            return a_day(name, required=False)
        return forms.CharField(label=name, max_length=100, required=False)


def formal(value: Any) -> str:
    """A filled blank as the clause has it: 人民币捌仟陆佰元整（¥8,600.00）, 2026年12月1日."""
    if isinstance(value, int):
        return f"人民币{in_words(value)}（¥{yuan(value)}）"
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)


def plainly(value: Any) -> str:
    """The same in plain words: 8,600 元, 12月1日."""
    if isinstance(value, int):
        return f"{yuan(value).removesuffix('.00')} 元"
    if isinstance(value, date) and value.year == timezone.localdate().year:
        return f"{value.month}月{value.day}日"
    return formal(value)


class DraftForm(ActForm):
    """About the draft that is being written or signed."""

    def prepare(self) -> None:
        self.subject = self.dispute.agreements.open().select_related("committee", "template").first()
        if self.subject is None:
            raise Refused(str(NOTHING_DRAFTED))


class CirculateForm(DraftForm):
    lead = _("发出以后，文字不能再动；要改得先收回。双方和调解员都签了，自动编号、盖章、生效。")

    @cached_property
    def faults(self) -> list[str]:
        return faults(read(self.subject), self.dispute)

    @cached_property
    def findings(self) -> list[Finding]:
        return checklist(read(self.subject), self.dispute)


class ReviseForm(DraftForm):
    lead = _("已经签的作废，改好以后各方重新签。双方会看到您写的理由。")
    reason = told(_("为什么收回"))


class ScanForm(DraftForm):
    """The paper that everybody signed by hand."""

    lead = _("打印出来，各方签名、按手印，盖上章，扫描或者拍照传上来。和屏幕上签一样有效。页脚的核对码要清楚。")
    scan = forms.FileField(label=_("签好的扫描件"), help_text=_("PDF、JPG 或 PNG，不超过 10 MB。每一页都要在里面。"))
    signed_on = a_day(_("哪天签的"), help_text=_("几个人不是同一天签的，写最后一天。"))
    all_signed = forms.BooleanField(label=_("各方当事人、调解员都签了名，盖了调委会的章"))

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "all_signed"}


class VoidForm(ActForm):
    reason = told(_("为什么作废"))

    def prepare(self) -> None:
        self.subject = get_object_or_404(self.dispute.agreements, draft=self.named["draft"])
        words = {"number": self.subject}
        self.lead = _("%(number)s 作废以后不再使用，理由一直留着；还没履行的各项一并免除。") % words


class RefusalForm(forms.Form):
    """Why a party does not sign."""

    reason = prose(_("为什么不签"))


class StatementForm(forms.Form):
    """What is ticked before signing."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in statements:
            field = forms.BooleanField(label=statement.label, error_messages={"required": _("请点一下这一条。")})
            self.fields[statement.value] = field

    @property
    def ticked(self) -> list[str]:
        return [name for name, value in self.cleaned_data.items() if value is True]


class OpenLinkForm(forms.Form):
    """Who opens the link."""

    answer = forms.CharField(
        label=_("手机号的后四位"),
        max_length=12,
        help_text=_("您留给我们的那个号码。没留手机的，填登记小票上的六位密码。"),
    )


def sides_of(dispute: Dispute, called: dict[int, str]) -> list[tuple[Party, str]]:
    """The parties who can owe or be owed, as the paper calls them."""
    return [(party, called[party.pk]) for party in (*dispute.applicants, *dispute.respondents)]
