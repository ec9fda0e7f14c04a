"""The one form in which names of places are compared: no blanks or signs, numerals as digits, 栋 and 号楼 as 幢."""

import re

from fengqiao.kernel.text import normalise

SIGNS = re.compile(r"[^0-9a-z〇\u3400-\u9fff\U00020000-\U0003ffff-]+|(?<![0-9a-z])-|-(?![0-9a-z])")
CHINESE = "零〇一二三四五六七八九十百"
# Only where a unit follows: 五一路 and 三里桥 are names.
NUMERALS = re.compile(rf"([{CHINESE}]+)(?=号|弄|幢|栋|座|单元|室|层|组|队|户|楼)")
SUB_NUMBER = re.compile(rf"号之([{CHINESE}]|\d)")
BUILDING = re.compile(r"(?<=[0-9a-z])(栋|座|号楼)")
DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


def key_of(text: str) -> str:
    """The form that is compared: 朝阳路８８号 三栋 becomes 朝阳路88号3幢."""
    text = NUMERALS.sub(lambda found: _number(found[1]), SIGNS.sub("", normalise(text).lower()))
    return BUILDING.sub("幢", SUB_NUMBER.sub(lambda found: f"-{_number(found[1])}号", text))


def _number(numeral: str) -> str:
    """二十三 is 23, 二〇三 is 203; what is neither stays as it is."""
    if numeral.isascii() or not set(numeral) & set("十百"):
        return "".join(str(DIGITS.get(sign, sign)) for sign in numeral)
    hundreds, hundred, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    parts = (hundreds, tens.lstrip("零〇"), ones.lstrip("零〇"))
    if any(len(part) > 1 or part in ("十", "百") for part in parts) or (hundred and not hundreds):
        return numeral
    high, low = DIGITS.get(parts[0], 0) * 100, DIGITS.get(parts[2], 0)
    return str(high + (DIGITS.get(parts[1], 1) * 10 if ten else 0) + low)
