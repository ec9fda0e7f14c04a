"""What a text gives away of its matter: the places and bodies it names, what it complains of, and its other words."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import rjieba

from fengqiao.intake.understanding.names import ORG, PERSON, PLACE, SURNAMES, named_in
from fengqiao.kernel.text import normalise

LONGEST = 1500  # characters read: what is behind them repeats
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Clues:
    """Of one text. `names` are specific names in their shortest telling form; `numbers` are parts of them (12栋, 2期)."""

    text: str  # in one form: numerals as digits, no punctuation
    names: dict[str, str]  # name → its class (estate, village, road, school, body …), "" where nothing tells
    numbers: frozenset[str]
    grievances: Counter[str]
    words: Counter[str]
    letters: frozenset[str]
    head: frozenset[str]  # the grievances of its title or first sentence
    heard: dict[str, str]  # grievance → the first word of the text that told it
    follows_up: bool

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(self.text[i : i + 2] for i in range(len(self.text) - 1) if _HAN2.match(self.text, i))

    @cached_property
    def shingles(self) -> frozenset[str]:
        return frozenset(self.text[i : i + 4] for i in range(max(len(self.text) - 3, 1)))


def clues_of(title: str, text: str) -> Clues:
    title, text = normalise(title), normalise(text)[:LONGEST]
    whole = _EMPTY.sub("", _in_digits(f"{title}。{text}" if title else text))
    first = title or _SENTENCE.split(text, maxsplit=1)[0]
    plain = "".join(_KEPT.findall(whole)).lower()
    heard = _heard(whole)
    words = [word for word in rjieba.cut_for_search(whole.lower()) if len(word) > 1 and _KEPT.fullmatch(word)]
    return Clues(
        plain,
        dict(_names(whole)),
        frozenset(_numbers(whole)),
        Counter({one: len(said) for one, said in heard.items()}),
        Counter(words),
        frozenset(letter for letter in whole if "\u3400" <= letter <= "\u9fff"),
        frozenset(_heard(_in_digits(first))),
        {one: said[0] for one, said in heard.items()},
        bool(_AGAIN.search(whole)),
    )


class Common(dict[str, int]):
    """In how many of `of` texts each common word occurs."""

    of = 1


@cache
def common() -> Common:
    table = tomllib.loads((HERE / "common.toml").read_text(encoding="utf-8"))
    found = Common()
    found.of = table.pop("texts")
    found.update({word: int(n) for n, words in table.items() for word in words.split()})
    return found


_KEPT = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_HAN2 = re.compile(r"[\u3400-\u9fff]{2}")
_SENTENCE = re.compile(r"[。！？!?；;\n，,]")
_EMPTY = re.compile(
    r"(?:尊敬的|敬爱的)?(?:各位)?(?:市|县|区|镇|省)?(?:委|政府)?(?:领导|书记|市长|县长|区长)(?:们)?[，,：:！!。\s]*(?:您好|你好)[，,：:！!。\s]*|您好|你好"
    r"|(?:来电人|市民|群众|匿名家长|家长)(?:来电)?(?:反映|咨询|称|表示)?[：:，,]?|\[[^\]]{1,8}\]"
)
_AGAIN = re.compile(r"上次|上回|再次|又一次|再问|前几天|此前|之前反映|反映过|写过信|上个?月(?:写|反映|打)|[0-9]天前|第[2-9]次|至今没有?(?:答复|回复|解决)|还没(?:答复|解决|回复)|回复已?")

# ── numerals ──────────────────────────────────────────────────────────────────────────────────────────────────────

_DIGIT = {one: n for n, one in enumerate("零一二三四五六七八九")} | {
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "两": 2, "〇": 0
}  # fmt: skip
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十壹贰叁肆伍]{1,4}(?=[号栋幢期组队社小中路楼标单弄])|(?<=[第])[一二三四五六七八九十]{1,4}")


def _in_digits(text: str) -> str:
    """Numerals before what is counted as digits: 十二栋, 滨江壹号."""
    return _NUMERAL.sub(lambda found: str(_value(found.group())), text)


def _value(numeral: str) -> int:
    if "十" in numeral:
        tens, _ten, ones = numeral.partition("十")
        return 10 * (_DIGIT.get(tens, 1) if tens else 1) + (_DIGIT.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGIT[one]) for one in numeral))


_NUMBER = re.compile(r"([0-9]{1,4})(?:号楼|栋|幢|#楼|座)|([0-9]{1,2})期|([0-9]{1,3})(?:村民小组|小组|组|队|社)(?!织)|(?<![0-9])([0-9]{1,3})路(?!口)|([0-9]{3,4})室?(?![0-9年元万平米块路])")


def _numbers(text: str) -> Iterable[str]:
    for found in _NUMBER.finditer(text):
        for kind, number in zip(("栋", "期", "组", "路", "室"), found.groups(), strict=True):
            if number:
                yield number + kind


# ── names ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_REGION = re.compile(r"^[\u3400-\u9fff]{1,6}?(?:省|市|自治州|县|开发区|高新区|新区|区|街道|镇|乡)(?=[\u3400-\u9fff0-9]{2})")
_ENDING = re.compile(
    r"(?:股份|有限|责任)*(?:公司|集团)$|(?:小区|社区|项目部|项目|工地|大队|行政村|自然村|村委会|村民委员会|[0-9]+(?:号楼|号院|号|栋|幢|期|组|单元|室|楼|层|路口)|业主|物业|置业|地产|建设|房产|房地产|开发商|村|镇|路口)+$"
)
_SCHOOL = re.compile(r"第([0-9]{1,2})(?:初级|高级)?(小|中)学?|([0-9]{1,2})(小|中)(?![\u3400-\u9fff]*公司)")
_LINE = re.compile(r"(?<![0-9])[0-9]{1,3}路(?!口)")
_MORE = re.compile(r"[\u3400-\u9fff]{2,5}?(?:花园|家园|名邸|名苑|雅苑|公馆|国际|壹号|一号|天城|世纪城|新城|家属院|家属楼|公租房|工业园|幼儿园|健身|KTV|采石场|服装厂|鞋厂|超市|[苑湾巷寨庄弄])|[\u3400-\u9fff]{2,3}(?:小区|社区|村|路|街|大道|小学|中学|医院|广场|公园|公司|物流|置业|建设)")
_NOT = frozenset(
    "小区 业主 物业 物业公司 公司 开发商 村委会 村里 社区 居委会 学校 医院 政府 街道 街道办 县城 城区 市区 老家 农村 路口 门口 全市 全县 本市 我市 我县 派出所 城管 城管局 "
    "住建局 教育局 人社局 环保局 公安局 交警 法院 民政局 社保局 医保局 市政府 县政府 区政府 镇政府 信访局 不动产登记中心 劳动局 劳动监察 纪委 菜市场 超市 幼儿园 工地 售楼部 "
    "公交公司 自来水公司 供电公司 供电所 燃气公司 天然气公司 热力公司 供热公司 项目部 施工队 保险公司 银行 法定 市场 宾馆 酒店 饭店 小学 中学 高中 初中 大学 广场 公园 花园 家园 大道 停车场 加油站 "
    "湾村 山村 坪村 河村 沟村 新村 庄村 农村路 一段路 公立医院 乡村路 小区路 这条路 那条路 条路 乡村 农村 道路 医院 大医院 三甲医院 通村路 家小区 老小区 新小区 个小区 该小区 本小区 "
    "交警支队 交警大队 市场监管局 市场监督管理局 劳动监察大队 街道办事处 调委会 村民 国际 新城 厂里 安置房 国家 中国 我国 省政府 中央 有关部门".split()
)


def _names(text: str) -> Iterable[tuple[str, str]]:
    for one in named_in(text):
        if one.kind in (PLACE, ORG):
            yield from _shortened(one.text)
        elif one.kind == PERSON and len(one.text) > 2 and "某" not in one.text and not _any().search(one.text):
            yield one.text, "person"
    for found in _PERSONS.finditer(text):
        if not _is_common(found[1]):
            yield found[1], "person"
    for found in _VILLAGES.finditer(text):
        if not _is_common(found[1] or found[2]) and (found[1] or found[2]) not in _NOT and not _NO_NAME.search(found[1] or found[2]):
            yield found[1] or found[2], "village"
    for found in _MORE.finditer(text):
        if name := _cut_left(found.group()):
            yield from _shortened(name)
    for found in _SCHOOL.finditer(text):
        yield (found[1] or found[3]) + (found[2] or found[4]), "school"
    if _RIDES.search(text):
        for found in _LINE.finditer(text):
            yield found.group(), "line"


def _shortened(name: str) -> Iterable[tuple[str, str]]:
    """The name without the regions before it and without what only says of what sort it is."""
    name = "".join(_KEPT.findall(name)).lower()
    while (found := _REGION.match(name)) and name[found.end() :] not in _NOT:
        above, name = found.group(), name[found.end() :]
        if above not in _NOT and len(above) > 2:
            yield (above[:-1] if len(above) > 3 else above), "area"
    sort = next((sort for sort, ending in _SORTS if ending.search(name)), "")
    core = _ENDING.sub("", name)
    if len(core) < 2 or _is_common(core) or core in _NOT:
        core = name
    core = _any().sub("", core)  # 东关菜市场 is told by 东关: what is complained of is no name
    if len(core) >= 2 and core not in _NOT and not _is_common(core) and not _NO_NAME.search(core):
        if sort in PROPER or not _all_common(core):  # 幸福家园 is a name, 职工医疗保险 is none
            yield core, sort


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
_VILLAGES = re.compile(r"(?:^|(?<=[镇乡县区道，。：；、“（\s]))([\u3400-\u9fff]{1,3}?村)(?![委民支主长干口里])|(?<=[镇乡县区道，。：；、\s])([\u3400-\u9fff]{1,3}?村)(?=村[委民支干])")
_PERSONS = re.compile(
    rf"(?:^|(?<=[村组区弄路街栋室镇乡，。：；、“与和替跟叫人\s]))([{SURNAMES}][\u3400-\u9fff]{{1,2}}?)"
    r"(?=登记|再次|来登记|来访|来电|（|反映|老人|一家|两家|家的|家|与|和|、|：|称|说|的[儿女父母丈妻]|因|等|家属)"
)
_RIDES = re.compile("公交|班次|等车|司机|脱班")
_NO_NAME = re.compile(
    r"政府|部门|[省市县]$|^(?:尊敬|希望|要求|请|在|到|从|把|给|被|我|你|他|这|那|该|此|各|每|有条|的|和|对|回|理|将|向|与|及|以|为|一|某)|[的对把给通]$"
    r"|市长|书记|领导|中华|近平|克强|哥|叔|谢|许可证|管理中心|十[一二三四五六七八九几]?年|^[0-9]+(?:号楼|号|期|栋|楼|层|单元|幢|组)*$"
)


def _all_common(name: str) -> bool:
    """农村路, 公立医院: nothing but common words."""
    words = rjieba.cut(name)
    return all(len(word) == 1 or _is_common(word) for word in words) and any(len(word) > 1 for word in words)


def _cut_left(name: str) -> str:
    """Without the words before a name that the pattern took with it."""
    words = rjieba.cut(name)
    while len(words) > 1 and (_is_common(words[0]) or len(words[0]) == 1):
        words = words[1:]
    return "".join(words) if len(words) > 1 or len("".join(words)) > 2 else ""


def _is_common(word: str) -> bool:
    return common().get(word, 0) >= 5


# ── grievances ────────────────────────────────────────────────────────────────────────────────────────────────────


def _heard(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in _any().finditer(text):
        for grievance in _index()[one.group()]:
            found.setdefault(grievance, []).append(one.group())
    return found


@cache
def _index() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for grievance, words in tomllib.loads((HERE / "grievances.toml").read_text(encoding="utf-8")).items():
        for word in words.split():
            found.setdefault(word, []).append(grievance)
    return {word: tuple(grievances) for word, grievances in found.items()}


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_index(), key=len, reverse=True))))
