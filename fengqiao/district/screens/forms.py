"""The form of one row, made from the table's schema; the upload; and the confirmation of what was shown."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.district import schema
from fengqiao.district.cells import codes, day, flag, whole
from fengqiao.district.changing import LONGEST_REASON
from fengqiao.district.elsewhere import kept_columns
from fengqiao.district.exporting import OURS
from fengqiao.district.meanings import Choices, Meanings
from fengqiao.district.present import Cells
from fengqiao.district.proposals import Wanted
from fengqiao.district.schema import CATEGORIES, LIMITS, Column, Table
from fengqiao.district.titles import heading
from fengqiao.intake.fields import TextField
from fengqiao.kernel.errors import Refused
from fengqiao.web.fields import LaidOut

MOST_CARRIED = 1_500_000  # bytes; below what settings take of a form
RENEWED = (LIMITS.file, CATEGORIES.file)  # what runs keeps the row it began with: another rule is another row
WIDE = ("name", "reason", "basis", "words", "town_duty", "subjects", "cooperating", "successors")
HINTS: dict[tuple[str, str], Any] = {
    (LIMITS.file, "exclude_start_day"): gettext_lazy("民法典 201：按日、月、年算的，当天不算。"),
    (LIMITS.file, "max_extension_days"): gettext_lazy("空着：用内置的天数。"),
    (schema.WARNINGS.file, "limit"): gettext_lazy("给一个期限写了，它内置的提醒就都不用了。"),
    (schema.WARNINGS.file, "hours"): gettext_lazy("到期前几小时，到期后每隔几小时；到期时空着。72 是三天。"),
    (schema.WARNINGS.file, "times"): gettext_lazy("只有到期后才写；空着：一次。"),
    (schema.NOTICES.file, "words"): gettext_lazy(
        "能用的字段：{number} 编号、{title} 哪一类事、{step} 走到哪一步、{office} 谁在办、{contact} 怎么问、{when} 什么时候、{link} 到哪里看、"
        "{code} 查询码、{count} 几条。70 个字以内算一条短信。空着：这件事不发。"
    ),
    (schema.DUTIES.file, "category"): gettext_lazy("空着：哪类都行。"),
    (schema.DUTIES.file, "place"): gettext_lazy("连同里面的村社和网格；空着：全区。"),
}
NAMED_HINTS: dict[str, Any] = {
    "key": gettext_lazy("小写字母、数字和 -，定了就不改，如 mdc-labour"),
    "item": gettext_lazy("小写字母、数字和 -，定了就不改，如 41"),
    "source": gettext_lazy("哪份文件这样写的；自己定的写“本区”"),
    "is_slot": gettext_lazy("只知道有这么一个，还不知道叫什么"),
    "hours": gettext_lazy("如 1-5 08:30-12:00,13:30-17:00；星期一是 1"),
    "subjects": gettext_lazy("用、隔开；只写 * 是什么都办"),
    "effective_to": gettext_lazy("空着：一直有效"),
}


class RowForm(LaidOut):
    """One row. `row` None: a new one; `given`: what stands in a new one already."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, table: Table, columns: Sequence[str], row: Cells | None, given: Cells | None = None,
        known: Meanings, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.table, self.row = table, row
        self.initial["seen"] = fingerprint(row)
        left_out = {*kept_columns(table, row), *(table.key if row else ())}
        self.offered = [found for name in columns if name not in left_out and (found := table.column(name))]
        start = row or {"source": OURS, **(given or {})}
        for column in self.offered:
            cell = start.get(column.name)
            self.fields[column.name] = _field(table, column, known.offered(table, column.name, cell or ""))
            if cell is not None:
                self.initial[column.name] = _initial(column, cell, self.fields[column.name])
        self.narrow = [column.name for column in self.offered if column.name not in WIDE]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.cells: Cells = {}
        for column in self.offered:
            if column.name not in self.errors:
                try:
                    cell = _cell(told.get(column.name))
                    self.cells[column.name] = column.cell(column.value(cell))
                except Refused as no:
                    self.add_error(column.name, str(no))
        return told

    @property
    def is_stale(self) -> bool:
        """Whether the row is no more what it was when the form was opened."""
        return self.cleaned_data.get("seen") != fingerprint(self.row)

    @property
    def wanted(self) -> list[Wanted]:
        key = {name: self.row[name] for name in self.table.key} if self.row else {}
        return [Wanted(1, {**key, **self.cells})]


class NewRuleForm(RowForm):
    """Another rule in place of one that holds: from a day on, and the old one ends the day before."""

    def __init__(self, *args: Any, old: Cells, **kwargs: Any) -> None:
        begins = max(
            timezone.localdate() + timedelta(days=1), _day(old["effective_from"], date.min) + timedelta(days=1)
        )
        given = {**old, "effective_from": begins.isoformat(), "effective_to": ""}
        super().__init__(*args, row=None, given=given, **kwargs)
        self.old = old
        self.initial["seen"] = fingerprint(old)
        first = self.fields["effective_from"]
        first.label, first.required = _("新规则从哪天起"), True
        first.help_text = _("原来的用到前一天；已经在走的按原来的走完。")
        self.order_fields(["effective_from", *(name for name in self.fields if name != "effective_from")])
        if self.table is CATEGORIES:
            self.initial["code"] = ""
            self.fields["code"].help_text = _("新的代码；旧代码留给以前的纠纷。")
        else:
            self.fields["key"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first = _day(self.cells.get("effective_from", ""), date.max)
        if first < timezone.localdate():
            self.add_error("effective_from", _("新规则从今天或者以后起，过去的已经按原来的办了。"))
        elif first <= _day(self.old["effective_from"], date.min):
            self.add_error("effective_from", _("应晚于原来那一条的第一天。"))
        return told

    @property
    def is_stale(self) -> bool:
        return self.cleaned_data.get("seen") != fingerprint(self.old)

    @property
    def wanted(self) -> list[Wanted]:
        last = _day(self.cells["effective_from"], date.max) - timedelta(days=1)
        ends = min(last, _day(self.old["effective_to"], date.max)).isoformat()
        key = {name: self.old[name] for name in self.table.key}
        return [Wanted(1, self.cells), Wanted(2, {**key, "effective_to": ends})]


class UploadForm(forms.Form):
    """A table as a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"), help_text=gettext_lazy("CSV（UTF-8）或者 XLSX，不超过 10 MB")
    )


class ConfirmForm(forms.Form):
    """Yes to what was shown, with the reason. `rows` are those that differ, as they were wanted."""

    reason = TextField(
        label=gettext_lazy("为什么改"), max_length=LONGEST_REASON,
        help_text=gettext_lazy("记进账本，以后查得到。如：依某某文件。"),
    )  # fmt: skip
    move = forms.BooleanField(
        label=gettext_lazy("在走的期限也按新的重算"), required=False,
        help_text=gettext_lazy("不勾：只管以后开始的。勾上：这个期限在走的各件都改，每一件记一条，由系统在后台办。"),
    )  # fmt: skip
    mark = forms.CharField(widget=forms.HiddenInput)
    rows = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_rows(self) -> list[Wanted]:
        return unpacked(self.cleaned_data["rows"])


def packed(wanted: Sequence[Wanted]) -> str:
    """The rows as a page carries them. Refused for more than it can send back."""
    text = json.dumps([[one.line, one.cells] for one in wanted], ensure_ascii=False)
    if len(text.encode()) > MOST_CARRIED:
        raise Refused(_("一次改的太多了，请分成几份，一份一份传。"))
    return text


def unpacked(text: str) -> list[Wanted]:
    """The rows that a page carried. ValidationError for what is none of our pages' text."""
    try:
        found = [
            Wanted(int(line), {str(k): str(v) for k, v in cells.items()}) for line, cells in json.loads(text or "[]")
        ]
    except (ValueError, TypeError, AttributeError):
        raise forms.ValidationError(_("这一页放坏了，请从头再来一次。")) from None
    return found


def fingerprint(row: Cells | None) -> str:
    return sha256(json.dumps(row, sort_keys=True).encode()).hexdigest() if row else ""


# ── a field for each column ───────────────────────────────────────────────────────────────────────────────────────


def _field(table: Table, column: Column, choices: Choices | None) -> forms.Field:
    hint = HINTS.get((table.file, column.name)) or NAMED_HINTS.get(column.name, "")
    facts: dict[str, Any] = {"label": heading(table, column.name), "required": column.required, "help_text": hint}
    if column.read is flag:
        return forms.BooleanField(**{**facts, "required": False})
    if choices is not None and column.read is codes:
        facts["help_text"] = hint or _("按住 Ctrl 可以选几个。")
        return forms.MultipleChoiceField(choices=choices, widget=forms.SelectMultiple(attrs={"size": 6}), **facts)
    if choices is not None:
        nothing = [("", _nothing(column))] if not column.default else []
        return forms.ChoiceField(choices=[*nothing, *choices], **facts)
    if column.read is day:
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **facts)
    if column.read is whole:
        return forms.CharField(widget=forms.NumberInput(attrs={"min": 1, "max": 9999}), **facts)
    return TextField(**facts)


def _nothing(column: Column) -> str:
    if column.required:
        return _("请选择")
    return _("不限") if column.name in ("category", "place") else _("没有")


def _initial(column: Column, cell: str, field: forms.Field) -> Any:
    if column.read is flag:
        return cell == "1" or (not cell and column.default)
    if isinstance(field, forms.MultipleChoiceField):
        return cell.split()
    return cell or (column.default if isinstance(column.default, str) else "")


def _cell(told: Any) -> str:
    if isinstance(told, bool):
        return str(int(told))
    return " ".join(told) if isinstance(told, list) else str(told or "")


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
