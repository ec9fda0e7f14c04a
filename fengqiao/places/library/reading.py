"""Splits a written address into its parts with plain patterns. One seam: a better parser takes the place of `read`."""

import re
from dataclasses import dataclass

from .keys import key_of

ROAD = re.compile(
    r"(?P<road>(?:[0-9]{1,4}(?:国道|省道|县道)|[^0-9号幢]{1,16}?(?:大道|公路|大街|胡同|路|街(?!道)|巷|弄))(?:[东南西北中]段|[东南西北](?=[0-9]))?)"
    r"(?=[0-9]|$|(?P<after>[^0-9]{2,}))"
)
NUMBER = re.compile(r"(?P<number>[0-9]+(?:-[0-9]+)?(?:弄(?:[0-9]+(?:-[0-9]+)?号)?|号))")
BUILDING = re.compile(r"(?P<building>[0-9]{1,4}幢|(?:[a-z][0-9]{0,3}|[东南西北])[幢楼])")
UNIT = re.compile(r"(?P<unit>(?:[0-9]{1,2}|[甲乙丙丁a-z])单元)")
FLOOR = re.compile(r"[0-9]{1,2}(?:楼|层)(?=[0-9a-z])")
ROOM = re.compile(r"(?P<room>[0-9]{1,5}[a-z]?(?:-[0-9]{1,3})?)(?:室|房|户)?$")
DASHED = re.compile(r"(?P<building>[0-9]{1,4})-(?:(?P<unit>[0-9]{1,2})-)?(?P<room>[0-9]{2,4})(?:室)?$")
NAME = re.compile(r"^(?P<poi>[^0-9]*?[^0-9a-z东南西北])(?=[0-9]|[a-z][0-9]*幢|[东南西北](?:幢|楼)|$)")
COMPOUNDS = ("小区", "新村", "花园", "公寓", "苑", "广场", "市场", "大厦", "宿舍", "家园", "中心", "学校", "村", "社区")
BESIDE = re.compile(
    r"^(?P<of>.{2,}?)(?:的)?(?:斜对面|正对面|对面|旁边|边上|隔壁|附近|门口|门前|后面|前面|背后|楼下|[东南西北]侧|[东南西北]面|旁)$"
)


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
    """The parts of what is written below the region. Never fails: what is not understood is `rest` or a `poi`."""
    left, found = key_of(text), {}
    if (road := ROAD.match(left)) and not (road["after"] or "").startswith(COMPOUNDS):
        found["road"], left = road["road"], left[road.end("road") :]
    if number := NUMBER.match(left):
        found["number"], left = number["number"], left[number.end() :]
    if dashed := DASHED.search(left):
        found |= {"building": dashed["building"] + "幢", "room": dashed["room"] + "室"}
        found |= {"unit": dashed["unit"] + "单元"} if dashed["unit"] else {}
        left = left[: dashed.start()]
    if name := NAME.match(left):
        found["poi"], left = name["poi"], left[name.end() :]
    for name_of_part, pattern in (("building", BUILDING), ("unit", UNIT)):
        if part := pattern.match(left):
            found[name_of_part], left = part[0], left[part.end() :]
    left = FLOOR.sub("", left, count=1)
    if room := ROOM.match(left):
        found["room"], left = room["room"] + "室", ""
    return Reading(**found, rest=left)


def beside(text: str) -> str:
    """What somebody stands beside: 余家漾花园 of 余家漾花园对面. Empty where nothing of the kind is said."""
    found = BESIDE.match(key_of(text))
    return found["of"] if found else ""
