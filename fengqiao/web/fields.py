"""How a form and its fields are drawn: which kind of control, how wide, what explains it and what is wrong with it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass
class FieldLook:
    """Read by web/field.html. `shape` of a choice: pick (big boxes), two (in pairs) or radio (one segmented line)."""

    bound: BoundField
    cls: str = ""
    hint: str = ""
    optional: str = ""  # words in place of 选填: 知道多少写多少
    shape: str = "radio"
    combobox: str = ""  # address that answers what is typed (`?q=`) with web/options.html; needs web/combobox.js
    into: str = ""  # id of the hidden input that takes the chosen option's value
    placeholder: str = ""
    inputmode: str = ""
    autocomplete: str = ""
    label: str = ""
    autofocus: bool = False
    readonly: bool = False
    rows: int = 0

    @cached_property
    def kind(self) -> str:
        """Which branch of the template draws it: group, check, file or control."""
        widget = self.bound.field.widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checks"
        if isinstance(widget, GROUPS):
            return "group"
        return "check" if isinstance(widget, forms.CheckboxInput) else "control"

    @property
    def title(self) -> str:
        return self.label or str(self.bound.label)

    @property
    def help(self) -> str:
        return self.hint or str(self.bound.help_text)

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error, in the order they are read."""
        parts = [f"{self.bound.auto_id}_help"] if self.help else []
        return " ".join([*parts, f"{self.bound.auto_id}_error"] if self.bound.errors else parts)

    @property
    def options(self) -> Iterator[tuple[SafeString, str]]:
        """The boxes of a group, each with its words."""
        for option in self.bound.subwidgets:
            if self.kind == "checks":
                option.data["attrs"]["class"] = "form-check-input"
            yield option.tag(), str(option.choice_label)

    @property
    def control(self) -> SafeString:
        """The control itself, with our classes and all that readers need."""
        widget = self.bound.field.widget
        base = "form-select" if isinstance(widget, forms.Select) else "form-control"
        base = "form-check-input" if self.kind == "check" else base
        wishes = {
            "class": f"{base} is-invalid" if self.bound.errors else base,
            "aria-describedby": self.described_by,
            "placeholder": self.placeholder,
            "inputmode": self.inputmode,
            "autocomplete": "off" if self.combobox else self.autocomplete,
            "rows": str(self.rows or ""),
            "data-combobox": self.combobox,
            "data-combobox-into": self.into,
        }
        attrs: dict[str, str | bool] = {name: value for name, value in wishes.items() if value}
        attrs |= {name: True for name in ("autofocus", "readonly") if getattr(self, name)}
        return self.bound.as_widget(attrs=attrs)


class LaidOut(forms.Form):
    """A form that says how its fields stand on the page; `{% fields form %}` draws them in order."""

    lead: Any = ""  # what will happen
    narrow: Collection[str] = ()  # fields that share a line
    widths: Mapping[str, str] = {}  # the class of those that take another part of it
    shapes: Mapping[str, str] = {}  # how the choices of a field are drawn, where not in one line: "pick" or "two"

    @property
    def looks(self) -> Iterator[FieldLook]:
        return map(self.look, self.visible_fields())

    def look(self, field: BoundField) -> FieldLook:
        width = self.widths.get(field.name, "c6" if field.name in self.narrow else "")
        return FieldLook(field, width, shape=self.shapes.get(field.name, "radio"))

    @property
    def facts(self) -> dict[str, Any]:
        """What the command is given."""
        return dict(self.cleaned_data)
