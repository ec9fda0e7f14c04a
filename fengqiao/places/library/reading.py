"""The parts of a written address in the form in which the library keeps them. How they are told apart: places/addresses."""

import re
from dataclasses import dataclass

from fengqiao.places.addresses.elements import label

from .keys import key_of

PART_OF = {
    "road": "road", "roadno": "number", "community": "poi", "devzone": "poi", "poi": "poi",
    "houseno": "building", "cellno": "unit", "roomno": "room",
}  # fmt: skip
UNITS = {"building": "幢", "unit": "单元", "room": "室"}
A_ROOM = re.compile(r"(?:号?房间?|号?商?铺|户)$")


@dataclass(frozen=True)
class Reading:
    """The parts of an address below its region, each in the form that is compared; empty where none was written."""

    road: str = ""
    number: str = ""
    poi: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    rest: str = ""  # what is none of these

    @property
    def deeper(self) -> dict[str, str]:
        """The parts below the number or the compound."""
        return {"building": self.building, "unit": self.unit, "room": self.room}


def read(text: str) -> Reading:
    """The parts of what is written below the region. Never fails: what has no part of its own is `rest`."""
    key = key_of(text)
    found: dict[str, str] = {}
    rest, at = "", 0
    for kind, start, end in label(key, 0, len(key), _no_village):
        words, part = key[start:end], PART_OF.get(kind, "")
        rest += key[at:start].strip("的-")
        if kind == "houseno" and words.endswith("号") and found.get("number", "").endswith("弄"):
            found["number"] += words  # 12弄3号
        elif kind == "subpoi" and start == at and found["poi"].endswith(key[start - 1]):
            found["poi"] += words  # 红丰新村A区, 第一医院住院部
        elif part and part not in found and (part != "number" or "road" in found):
            found[part] = _with_unit(part, words)
        elif kind != "floorno":
            rest += words
        at = end
    return Reading(**found, rest=rest + key[at:].strip("的-"))


def beside(text: str) -> str:
    """What somebody stands beside: 余家漾花园 of 余家漾花园对面. Empty where nothing of the kind is said."""
    spans = label(text, 0, len(text), _no_village)
    while spans and spans[-1][0] == "distance":
        spans.pop()
    if len(spans) < 2 or spans[-1][0] != "assist":
        return ""
    return text[: spans[-1][1]].rstrip("的 ")


def _no_village(_text: str, _at: int) -> int:
    return 0


def _with_unit(part: str, words: str) -> str:
    """3-2-301 and 301房 have their units too."""
    words = A_ROOM.sub("", words) if part == "room" else words
    return words + UNITS.get(part, "") if words[-1:].isascii() and words[-1:].isalnum() else words
