"""The names of a text by which a matter is told from another: estates, villages, roads, schools, bodies, people; and numbers."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import rjieba

from fengqiao.intake.understanding.names import ORG, PERSON, PLACE, SURNAMES, named_in

from .wording import any_of_them, is_common

KEPT = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
Sorted = tuple[str, str]  # a name in its shortest telling form, and of what sort it is ("" where nothing tells)


def names_of(text: str) -> Iterator[Sorted]:
    """For a text whose numerals are digits (`in_digits`)."""
    yield from _read(text)
    yield from _people(text)
    yield from _villages(text)
    for found in _MORE.finditer(text):
        yield from _shortened(_cut_left(found.group()))
    for found in _SCHOOL.finditer(text):
        yield (found[1] or found[3]) + (found[2] or found[4]), "school"
    if _RIDES.search(text):
        yield from ((found.group(), "line") for found in _LINE.finditer(text))


def numbers_of(text: str) -> Iterator[str]:
    """12栋, 2期, 3组, 206路, 402室."""
    for found in _NUMBER.finditer(text):
        for kind, number in zip(("栋", "期", "组", "路", "室"), found.groups(), strict=True):
            if number:
                yield number + kind


def in_digits(text: str) -> str:
    """Numerals before what is counted as digits: 十二栋, 锦江壹号."""
    return _NUMERAL.sub(lambda found: str(_value(found.group())), text)


def _read(text: str) -> Iterator[Sorted]:
    """What the reading of texts finds."""
    for one in named_in(text):
        if one.kind in (PLACE, ORG):
            yield from _shortened(one.text)
        elif one.kind == PERSON and len(one.text) > 2 and "某" not in one.text and not any_of_them().search(one.text):
            yield one.text, "person"


def _people(text: str) -> Iterator[Sorted]:
    """罗金明登记, 张桂兰与…: people by what comes before and after."""
    yield from ((found[1], "person") for found in _PERSONS.finditer(text) if not is_common(found[1]))


def _villages(text: str) -> Iterator[Sorted]:
    for found in _VILLAGES.finditer(text):
        name = found[1] or found[2]
        if _names_one(name):
            yield name, "village"


def _names_one(name: str) -> bool:
    return len(name) >= 2 and name not in _NOT and not is_common(name) and not _NO_NAME.search(name)


def _shortened(name: str) -> Iterator[Sorted]:
    """The name without the regions before it and without what only says of what sort it is."""
    name = "".join(KEPT.findall(name)).lower()
    while (found := _REGION.match(name)) and name[found.end() :] not in _NOT:
        above, name = found.group(), name[found.end() :]
        if above not in _NOT and len(above) > 2:
            yield (above[:-1] if len(above) > 3 else above), "area"
    sort = next((sort for sort, ending in _SORTS if ending.search(name)), "")
    core = _ENDING.sub("", name)
    if len(core) < 2 or is_common(core) or core in _NOT:
        core = name
    core = _without_grievance(core)
    if _names_one(core) and (sort in PROPER or not _all_common(core)):  # 幸福家园 is a name, 职工医疗保险 is none
        yield core, sort


def _without_grievance(name: str) -> str:
    """东关菜市场 is told by 东关: what is complained of is no name. But 虹桥弄 is whole."""
    left = name
    for found in any_of_them().finditer(name):
        if len(found.group()) > 1:
            left = left.replace(found.group(), "")
    return left


def _all_common(name: str) -> bool:
    """农村路, 公立医院: nothing but common words."""
    words = rjieba.cut(name)
    return all(len(word) == 1 or is_common(word) for word in words) and any(len(word) > 1 for word in words)


def _cut_left(name: str) -> str:
    """Without the words before a name that the pattern took with it."""
    words = rjieba.cut(name)
    while len(words) > 1 and (is_common(words[0]) or len(words[0]) == 1):
        words = words[1:]
    return "".join(words) if len(words) > 1 or len("".join(words)) > 2 else ""


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────────

_DIGIT = {one: n for n, one in enumerate("零一二三四五六七八九")} | {
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "两": 2, "〇": 0
}  # fmt: skip
_NUMERAL = re.compile(
    r"[零〇一二三四五六七八九十壹贰叁肆伍]{1,4}(?=[号栋幢期组队社小中路楼标单弄])|(?<=[第])[一二三四五六七八九十]{1,4}"
)


def _value(numeral: str) -> int:
    if "十" in numeral:
        tens, _ten, ones = numeral.partition("十")
        return 10 * (_DIGIT.get(tens, 1) if tens else 1) + (_DIGIT.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGIT[one]) for one in numeral))


_NUMBER = re.compile(
    r"([0-9]{1,4})(?:号楼|栋|幢|#楼|座)|([0-9]{1,2})期|([0-9]{1,3})(?:村民小组|小组|组|队|社)(?!织)|(?<![0-9])([0-9]{1,3})路(?!口)|([0-9]{3,4})室?(?![0-9年元万平米块路])"
)


_REGION = re.compile(
    r"^[\u3400-\u9fff]{1,6}?(?:省|市(?!场)|自治州|县|开发区|高新区|新区|区|街道|镇|乡)(?=[\u3400-\u9fff0-9]{2})"
)
_ENDING = re.compile(
    r"(?:股份|有限|责任)*(?:公司|集团)$|(?:小区|社区|项目部|项目|工地|大队|行政村|自然村|村委会|村民委员会|[0-9]+(?:号楼|号院|号|栋|幢|期|组|单元|室|楼|层|路口)|业主|物业|置业|地产|建设|房产|房地产|开发商|村|镇|路口)+$"
)
_SCHOOL = re.compile(r"第([0-9]{1,2})(?:初级|高级)?(小|中)学?|([0-9]{1,2})(小|中)(?![\u3400-\u9fff]*公司)")
_LINE = re.compile(r"(?<![0-9])[0-9]{1,3}路(?!口)")
_MORE = re.compile(
    r"[\u3400-\u9fff]{2,5}?(?:花园|家园|名邸|名苑|雅苑|公馆|国际|壹号|一号|天城|世纪城|新城|家属院|家属楼|公租房|工业园|幼儿园|健身|KTV|采石场|服装厂|鞋厂|超市|[苑湾巷寨庄弄府厂馆])|[\u3400-\u9fff]{2,3}(?:小区|社区|村|路|街|大道|小学|中学|医院|广场|公园|公司|物流|置业|建设)"
)
_NOT = frozenset(tomllib.loads(Path(__file__).with_name("generic.toml").read_text(encoding="utf-8"))["words"].split())
_SORTS = tuple(
    (sort, re.compile(f"(?:{ending})(?:[0-9]+(?:号楼|号|栋|幢|期|组|单元|室))*(?:小区|业主|物业)?$"))
    for sort, ending in (
        ("area", "[省市县乡镇]|街道|[市州新发]区|自治区"),
        ("school", "小学|中学|幼儿园|学校|学院|大学|高中|[0-9][小中]"),
        ("hospital", "医院|卫生院|卫生所|诊所"),
        ("estate", "小区|花园|家园|苑|名邸|公馆|国际|世纪城|新城|天城|府|湾|家属[院楼]|公租房|大厦|号院"),
        ("village", "(?<!新)村|社区|屯|庄|寨|村民委员会|村委会|[村庄沟坪湾][0-9]+组"),
        ("road", "路|街|大道|巷|弄|桥|路口"),
        ("shop", "店|超市|ktv|健身|市场|厂|场|酒楼|公园|广场"),
        ("company", "公司|集团|置业|地产|建设|物流"),
    )
)
PROPER = frozenset(["estate", "village", "road", "school", "hospital", "line"])
_VILLAGES = re.compile(
    r"(?:^|(?<=[镇乡县区道，。：；、“（\s]))([\u3400-\u9fff]{1,3}?村)(?![委民支主长干口里])|(?<=[镇乡县区道，。：；、\s])([\u3400-\u9fff]{1,3}?村)(?=村[委民支干])"
)
_PERSONS = re.compile(
    rf"(?:^|(?<=[村组区弄路街栋室镇乡，。：；、“与和替跟叫人\s]))([{SURNAMES}][\u3400-\u9fff]{{1,2}}?)"
    r"(?=登记|再次|来登记|来访|来电|（|反映|老人|一家|两家|家的|家|与|和|、|：|称|说|的[儿女父母丈妻]|因|等|家属)"
)
_RIDES = re.compile("公交|班次|等车|司机|脱班")
_NO_NAME = re.compile(
    r"政府|部门|[省市县]$|^(?:尊敬|希望|要求|请|在|到|从|把|给|被|我|你|他|这|那|该|此|各|每|有条|的|和|对|回|理|将|向|与|及|以|为|一|某)|[的对把给通]$"
    r"|市长|书记|领导|中华|近平|克强|哥|叔|谢|许可证|管理中心|十[一二三四五六七八九几]?年|^[0-9]+(?:号楼|号|期|栋|楼|层|单元|幢|组)*$"
)
