"""Whether a text itself speaks for many: five or more people, all owners, a village, a staff (信访工作条例 20 counts from five)."""

import re
from math import exp, log1p
from typing import NamedTuple

from .phrases import phrases_in
from .weights import Weights

FROM = 5  # people
EVEN = 0.5
SIGNED = 0.8  # who signs with others or was chosen by them says so in so many words
_MOST_WORDS = 3


class Mass(NamedTuple):
    """Whether it does, how sure, and the words that say so."""

    is_mass: bool
    confidence: float
    because: tuple[str, ...]


_DIGITS = {"两": 2, "十": 10, "百": 100, "千": 1000, "万": 10000} | {
    one: n for n, one in enumerate("二三四五六七八九", 2)
}
_WHO = (
    r"(?:业主|居民|村民|住户|商户|用户|员工|职工|工人|工友|民工|农民工|家长|学生|同学|师傅|司机|老师|教师|队友|姐妹|弟兄|兄弟|乡亲|群众|老百姓|"
    r"租户|储户|会员|顾客|消费者|投资人|购房者|购房户|买房人|车主|农户|牧民|渔民|果农|菜农|养殖户|经营户|摊主|患者|家属|老兵|战友|退休(?:人员|工人|教师|职工)?|骑手|"
    r"木工|瓦工|保洁|环卫工|护士|医生|学员|孩子|老人|户|家|人|名|口|位|号人|个人|个村|口子)"
)
_COUNT = re.compile(
    rf"(?:(\d{{1,6}})|([两二三四五六七八九十百千万几数上好多余]{{1,8}}))\s*(?:多|几|余|来)?\s*(?:个|名|位|户|家|口|号|口子)?\s*(?:的|是)?{_WHO}"
)
_SPEAKS = re.compile(r"我们|咱们?|俺们?|联名|共同|一起|全体|大家|代表|集体|推选|签名|手印|大伙|同|反映|都|各")
# Who says "we" as one of a definite group.
_WE = re.compile(
    r"(?:我们|咱们|俺们|我们是|作为)[^，。！？；\n]{0,18}?(?:全体|全村|全组|全小区|全校|全厂|全院|全班|整个(?:小区|村|单元|厂|班)|业主|居民|村民|住户|员工|职工|工人|工友|民工|农民工|家长|学生|教师|老师|"
    r"司机|商户|租户|储户|会员|车主|农户|果农|菜农|养殖户|经营户|摊主|骑手|战友|老兵|退休(?:人员|工人|教师|职工)|购房户|购房者|买房人|乡亲|老百姓|学员|小区|村(?!医|支|主|长|干|委)|大队|组(?!长)|院子|家属院|单元楼|"
    r"这(?:一)?(?:片|带|排|栋|幢|条|个(?:小区|村|组|院))|几十(?:户|家|人|口|号)|十几(?:户|家|个|人|口)|上百|(?:几|数)百|全)"
)
_ALL = re.compile(
    r"(?:全体|所有|广大|众多|全村|全组|全镇|整村|整栋|整幢|整个小区|整个村|整个单元|全小区|全校|全厂|全班|全楼|各位|多名|数名|众|一众|几十|数十|十几|十多|上百|数百|几百|上千|成百上千|一百多|不少)"
    r"[^，。！？；\n]{0,8}?(?:业主|居民|村民|住户|员工|职工|工人|工友|民工|农民工|家长|学生|教师|老师|司机|商户|租户|储户|会员|用户|车主|农户|家庭|户|人|老百姓|乡亲|群众|购房者)"
)
_VILLAGE = re.compile(
    r"(?:我们?村|我们?组|我们?小区|我们?单位|我们?厂|我们?班|本村|本组|本小区|本院|俺村|俺们村|咱村|咱们小区|我小区|全村|村里)[^。！？\n]{0,24}?(?:都|全|人|户|村民|老百姓|大家|出行|吃水|没有|至今)"
)
_PARENTS = re.compile(
    r"(?:学生家长|家长们|业主们|居民们|村民们|工友们|员工们|同学们|商户们|住户们|乡亲们|司机们|百姓们|老人们|职工们|大伙|联名|集体反映|联合署名|按了?手印|业主代表|村民代表|员工代表|家长代表|推(?:选|举)?(?:我|其|为)?(?:为|作|做|来)?代表|全体上|此致.{0,12}(?:业主|村民|居民|员工|家长|职工))"
)
_FEW = re.compile(
    r"(?:我们|咱们?|俺们?)(?:一家|家|夫妻|两口子|母女|父子|母子|父女|姐妹|兄弟|三口|公司|单位的老板|两个|两人|俩|哥俩|爷俩|娘俩)"
)
_SIGNED = re.compile(
    r"联名|集体反映|联合署名|按了?手印|(?:业主|村民|员工|家长)代表|推(?:选|举)?(?:我|其|为)(?:为|作|做|来)?代表"
)
_PLURAL, _SINGULAR = re.compile(r"我们|咱|俺们"), re.compile(r"我(?!们)")


def mass_of(text: str, weights: Weights) -> Mass:
    """For a text in one form (kernel.text.normalise), its title before it."""
    found, phrases = _found(text), phrases_in(text)
    likely = 1 / (1 + exp(-weights.mass.of(_counted(text, found), phrases)))
    if _SIGNED.search(text):
        likely = max(likely, SIGNED)
    if likely <= EVEN:
        return Mass(is_mass=False, confidence=1 - likely, because=())
    said = [*found["said"], *found["counted"], *found["general"], *found["village"]]
    words = tuple(dict.fromkeys(said))[:_MOST_WORDS]
    return Mass(is_mass=True, confidence=likely, because=words or phrases.heaviest(text, weights.mass.phrases))


def cues(text: str) -> list[float]:
    """How much says that it speaks for many, and that it does not: what the weights take beside the phrases."""
    return _counted(text, _found(text))


def _found(text: str) -> dict[str, list[str]]:
    plain = _FEW.sub("", text)
    many = [one for one in _COUNT.finditer(plain) if _number(one) >= FROM]
    return {
        "said": [one.group() for pattern in (_PARENTS, _WE) for one in pattern.finditer(plain)],
        "counted": [one.group() for one in many if _SPEAKS.search(_around(plain, one))],
        "many": [one.group() for one in many],
        "general": [one.group() for one in _ALL.finditer(plain)],
        "village": [one.group() for one in _VILLAGE.finditer(plain)],
        "few": [one.group() for one in _FEW.finditer(text)],
    }


def _counted(text: str, found: dict[str, list[str]]) -> list[float]:
    """Also whether the writer says "we", and whether they say "I"."""
    says = [float(bool(pattern.search(text))) for pattern in (_PLURAL, _SINGULAR)]
    return [*(log1p(len(words)) for words in found.values()), *says]


def _number(found: re.Match[str]) -> int:
    if found[1]:
        return int(found[1])
    words = found[2]
    if words[0] in "几数上好多余" and len(words) > 1:
        return _DIGITS.get(words[1], 1) * 2
    values = [_DIGITS.get(one, 1) for one in words]
    return values[0] if len(values) == 1 else max(10, *values)


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 12) : found.end() + 12]
