"""One form for each change of an address. `facts` is what the command is given."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.intake.fields import TextField
from fengqiao.intake.finding import place_chosen
from fengqiao.kernel.errors import Refused
from fengqiao.places.library.commands import LONGEST_NAME, LONGEST_WHY
from fengqiao.places.library.matching import find
from fengqiao.places.library.parts import LABELS, Parts, checked, parts_of
from fengqiao.places.library.reading import read
from fengqiao.places.models import Address, AliasKind
from fengqiao.places.models.addresses import LONGEST, PARTS
from fengqiao.web.fields import FieldLook, LaidOut

HINTS = {
    "number": gettext_lazy("只写数字也行，如 88、12弄3"), "poi": gettext_lazy("小区、大楼、市场、学校、单位"),
    "longitude": gettext_lazy("度，小数，如 120.123456"), "latitude": gettext_lazy("度，小数，如 30.123456"),
}  # fmt: skip


class ChangeForm(LaidOut):
    """What every change asks for: why, and which version the person was looking at."""

    given: frozenset[str] = frozenset({"why"})  # the fields that the command is given
    suggests: dict[str, tuple[str, str]] = {}  # field -> name of the address that suggests, id of the hidden field
    why = TextField(
        label=gettext_lazy("理由"), max_length=LONGEST_WHY, help_text=gettext_lazy("记进账本，以后查得到为什么")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, address: Address | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.order_fields([name for name in self.fields if name != "why"] + ["why"])
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the address."""

    def look(self, field: forms.BoundField) -> FieldLook:
        name, into = self.suggests.get(field.name, ("", ""))
        return replace(super().look(field), combobox=reverse(name) if name else "", into=into)

    @property
    def facts(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name in self.given}
        return given | {"seen": self.cleaned_data.get("seen")}


class PartsForm(ChangeForm):
    """The parts of an address, each in its field."""

    widths = dict.fromkeys(("poi", "building", "unit", "room", "longitude", "latitude"), "c4") | {
        "road": "c5", "number": "c3",
    }  # fmt: skip
    longitude = forms.DecimalField(label=gettext_lazy("经度"), required=False, help_text=HINTS["longitude"])
    latitude = forms.DecimalField(label=gettext_lazy("纬度"), required=False, help_text=HINTS["latitude"])

    def prepare(self) -> None:
        for name in PARTS:
            self.fields[name] = TextField(
                label=LABELS[name], max_length=LONGEST[name], required=False, help_text=HINTS.get(name, "")
            )
        self.order_fields(["place_name", *PARTS, "longitude", "latitude", "source", "why"])
        if self.address:
            was = parts_of(self.address)
            self.initial.update({name: getattr(was, name) for name in (*PARTS, "longitude", "latitude")})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        names = (*PARTS, "longitude", "latitude")
        if not self.errors:
            try:
                said["parts"] = checked(Parts(**{name: said.get(name) or _nothing(name) for name in names}))
            except Refused as no:
                raise ValidationError(str(no)) from no
        return said


class AddForm(PartsForm):
    """A new address: first of all, where."""

    given = frozenset({"why", "parts", "region", "source"})
    suggests = {"place_name": ("public_places", "id_place")}
    widths = PartsForm.widths | {"source": "c4"}
    place_name = TextField(label=gettext_lazy("在哪个村社或者网格"), max_length=60)
    place = forms.CharField(max_length=15, required=False, widget=forms.HiddenInput)
    source = TextField(
        label=gettext_lazy("出处"), max_length=60, required=False, help_text=gettext_lazy("如：门牌登记表")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["region"] = place_chosen(said.get("place", ""), said.get("place_name", ""))
        if said["region"] is None and said.get("place_name"):
            self.add_error("place_name", _("本区没有正好叫这个名字的地方，请从下面的列表里选。"))
        return said

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.given}


class CorrectForm(PartsForm):
    """The same place, written right."""

    given = frozenset({"why", "parts"})
    lead = gettext_lazy(
        "只改写法和位置。换了村社的是另一个地址：新增那一个，再把这一个并过去。原来的写法大家还在用的，另记一个曾用名。"
    )


class AliasForm(ChangeForm):
    """Another name."""

    given = frozenset({"why", "name", "kind"})
    lead = gettext_lazy("大家口头怎么叫、以前叫什么，都记下来，登记的时候就找得到。")
    name = TextField(label=gettext_lazy("名称"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(
        label=gettext_lazy("是什么名称"), choices=AliasKind, widget=forms.RadioSelect, initial=AliasKind.SPOKEN
    )


class DropAliasForm(ChangeForm):
    """A name that was a mistake."""

    given = frozenset({"why", "alias"})
    alias: Any = forms.ModelChoiceField(None, label=gettext_lazy("去掉哪个名称"))

    def prepare(self) -> None:
        if self.address:
            self.fields["alias"].queryset = self.address.aliases.filter(is_active=True)  # type: ignore[attr-defined]


class MergeForm(ChangeForm):
    """Into which one."""

    given = frozenset({"why", "into"})
    suggests = {"into_name": ("address_options", "id_into_code")}
    lead = gettext_lazy("这个地址停用，它的写法和别名都归到那个地址。并错了可以恢复。")
    into_name = TextField(
        label=gettext_lazy("并入哪个地址"),
        max_length=120,
        help_text=gettext_lazy("写几个字，从列表里选；也可以写标准地址编码"),
    )
    into_code = forms.CharField(max_length=21, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        into = address_meant(said.get("into_code", ""), said.get("into_name", ""))
        if into is None and said.get("into_name"):
            self.add_error("into_name", _("地址库里没有正好是这个的地址，请从列表里选，或者写标准地址编码。"))
        return said | {"into": into}


class SplitForm(ChangeForm):
    """Into which pieces: one a line."""

    given = frozenset({"why", "into"})
    lead = gettext_lazy("这个地址停用，下面的每一行成为同一村社的一个地址；已经在库里的就直接用。")
    pieces = forms.CharField(
        label=gettext_lazy("拆成哪几个"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("一行一个，不写镇街村社，如：东门新村1幢"),
    )  # fmt: skip

    def clean_pieces(self) -> str:
        self.read_pieces: list[Parts] = []
        for n, line in enumerate(self.cleaned_data["pieces"].splitlines(), 1):
            if not line.strip():
                continue
            reading = read(line)
            if reading.rest:
                told = _("第 %(n)d 行的“%(rest)s”看不懂，请按 路名、门牌号、小区、幢、单元、室 的顺序写。")
                raise ValidationError(told % {"n": n, "rest": reading.rest})
            self.read_pieces.append(Parts(**{name: getattr(reading, name) for name in PARTS}))
        return self.cleaned_data["pieces"]

    @property
    def facts(self) -> dict[str, Any]:
        return {**super().facts, "into": self.read_pieces}


class TableForm(forms.Form):
    """A table of addresses."""

    file = forms.FileField(
        label=gettext_lazy("表格文件"), help_text=gettext_lazy("CSV（UTF-8）或者 XLSX，不超过 10 MB")
    )
    why = TextField(label=gettext_lazy("理由"), max_length=LONGEST_WHY, help_text=gettext_lazy("记进每个改动的账本"))


def address_meant(code: str, typed: str) -> Address | None:
    """The one chosen; where nothing was chosen, the one of this code, or the one that is known by what was typed."""
    chosen = Address.objects.filter(code__in=[one for one in (code, typed) if one]).first()
    if chosen is not None:
        return chosen
    known = find(typed).known
    return known.address if known else None


def _nothing(name: str) -> Any:
    return None if name in ("longitude", "latitude") else ""
