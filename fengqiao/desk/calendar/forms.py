"""The form of a year's holidays: pasted or as a file, then the same again with the yes to what was shown."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes import holidays
from fengqiao.disputes.holidays import LONGEST_SOURCE
from fengqiao.intake.fields import TextField
from fengqiao.kernel.calendar import Year
from fengqiao.kernel.holidays import LONGEST
from fengqiao.web.fields import LaidOut

LARGEST = 200_000  # bytes of a file


class YearForm(LaidOut):
    """`mark` is empty until the person has seen what the year would move."""

    year = forms.TypedChoiceField(label=gettext_lazy("哪一年"), coerce=int)
    source = TextField(
        label=gettext_lazy("依据哪个通知"), max_length=LONGEST_SOURCE,
        help_text=gettext_lazy("如：国务院办公厅关于2027年部分节假日安排的通知"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("放假和调休"), max_length=LONGEST, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "把通知里的七条原样粘贴进来；也可以一行一天：2027-01-01,放假,元旦。普通周末不用写，周末上班的要写。"
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("或者传文件"), required=False, help_text=gettext_lazy("UTF-8 的文本或 CSV")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, years: Sequence[int], asked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        chosen = int(asked) if asked.isdecimal() and int(asked) in years else years[-1]
        field: Any = self.fields["year"]
        field.choices = [(year, str(year)) for year in years]
        row = holidays.entered(chosen)
        self.initial.update(year=chosen, seen=row.version if row else 0)
        if row:
            self.initial.update(source=row.source, text=as_text(row.said))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file = told.get("file")
        if file:
            if file.size > LARGEST:
                self.add_error("file", _("文件太大了。"))
            else:
                try:
                    told["text"] = file.read().decode("utf-8-sig")
                except UnicodeDecodeError:
                    self.add_error("file", _("文件不是 UTF-8 编码的，请另存为 UTF-8。"))
        if not (told.get("text") or "").strip() and not self.errors:
            self.add_error("text", _("请粘贴放假安排，或者选一个文件。"))
        return told

    def fingerprint(self, said: Year) -> str:
        """Of what was shown: another text or another notice is shown anew."""
        days = [sorted((day.isoformat(), name) for day, name in days.items()) for days in (said.off, said.work)]
        told = [said.year, days, self.cleaned_data["source"], self.cleaned_data["seen"]]
        return sha256(json.dumps(told).encode()).hexdigest()

    def to_confirm(self, said: Year) -> "YearForm":
        """The same, unbound, with the mark of what was read."""
        facts = {name: self.cleaned_data[name] for name in ("year", "source", "seen")}
        form = YearForm(years=self.years, asked=str(said.year))
        form.initial.update(facts, text=as_text(said), mark=self.fingerprint(said))
        for name in ("year", "source", "text"):
            form.fields[name].widget = forms.HiddenInput()
        del form.fields["file"]
        return form


def as_text(said: Year) -> str:
    """The year as lines that read_year takes."""
    days = [(day, "off", name) for day, name in said.off.items()]
    days += [(day, "work", name) for day, name in said.work.items()]
    return "\n".join(f"{day:%Y-%m-%d},{kind},{name}".rstrip(",") for day, kind, name in sorted(days))
