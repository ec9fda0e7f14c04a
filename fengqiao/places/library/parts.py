"""The parts of a standard address, as the library keeps them: checked, each with its unit, joined into one text."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.places.models import Address
from fengqiao.places.models.addresses import LONGEST, PARTS

LABELS = {
    "road": gettext_lazy("路名"), "number": gettext_lazy("门牌号"), "poi": gettext_lazy("小区或者单位"),
    "building": gettext_lazy("幢"), "unit": gettext_lazy("单元"), "room": gettext_lazy("室"),
}  # fmt: skip
UNITS = {"number": "号", "building": "幢", "unit": "单元", "room": "室"}
# Roughly the land of the country, degrees: what lies outside was typed in the wrong order or the wrong unit.
LONGITUDES, LATITUDES = (Decimal(73), Decimal(136)), (Decimal(3), Decimal(54))
MICRODEGREE = Decimal("0.000001")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What is written below the region, and where it is in degrees (CGCS2000)."""

    road: str = ""
    number: str = ""
    poi: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None

    @property
    def text(self) -> str:
        return "".join(getattr(self, name) for name in PARTS)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the row."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"text": self.text}


def parts_of(address: Address) -> Parts:
    return Parts(**{field.name: getattr(address, field.name) for field in fields(Parts)})


def checked(parts: Parts) -> Parts:
    """The parts in one form. Refused with a sentence for what is too long, missing, or somewhere else on earth."""
    found = {name: _part(name, getattr(parts, name)) for name in PARTS}
    if not found["road"] and not found["poi"]:
        raise Refused(_("路名和小区（单位）至少写一个。"))
    if found["number"] and not found["road"]:
        raise Refused(_("写了门牌号，还要写是什么路。"))
    if (parts.longitude is None) != (parts.latitude is None):
        raise Refused(_("经度和纬度要么都写，要么都不写。"))
    where = {
        "longitude": _degrees(_("经度"), parts.longitude, *LONGITUDES),
        "latitude": _degrees(_("纬度"), parts.latitude, *LATITUDES),
    }
    whole = Parts(**found, **where)  # type: ignore[arg-type]
    if not any(letter.isalnum() for letter in whole.text):
        raise Refused(_("地址里没有字，请写路名、小区或者单位。"))
    return whole


def _part(name: str, typed: str) -> str:
    text = normalise(typed).replace("\n", " ")
    if text and text[-1].isascii() and text[-1].isalnum():  # 88, 3, 301: the unit goes without saying
        text += UNITS.get(name, "")
    if len(text) > LONGEST[name]:
        told = _("“%(part)s”太长了：%(n)d 个字，最多 %(most)d 个。")
        raise Refused(told % {"part": LABELS[name], "n": len(text), "most": LONGEST[name]})
    return text


def _degrees(name: str, value: Decimal | None, low: Decimal, high: Decimal) -> Decimal | None:
    if value is None:
        return None
    if not value.is_finite() or not low <= value <= high:
        told = _("%(name)s %(value)s 不在国内，请核对：经度在 %(low)s 到 %(high)s 之间才对，单位是度。")
        if low == LATITUDES[0]:
            told = _("%(name)s %(value)s 不在国内，请核对：纬度在 %(low)s 到 %(high)s 之间才对，单位是度。")
        raise Refused(told % {"name": name, "value": value, "low": low, "high": high})
    return value.quantize(MICRODEGREE)
