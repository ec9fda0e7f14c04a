"""Who may be between whom a matter is: people, bodies and those named by what they are, however uncertain; parties.py weighs them.

More is offered than is meant: the same body with and without the place before it, what may only look like a name. Of those that
overlap, the weighing takes one.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .names import BODIES, NO_NAME, ORG, PERSON, SURNAME, SURNAMES, TITLES, Named, Token, any_of, tokens_of

MOUS, NAME, ODD_NAME, TITLED, NICKNAME, BODY, MOU_BODY, BRAND, SHOP, ROLE, KIN, DEAD = (
    "mou", "name", "odd_name", "titled", "nickname", "body", "mou_body", "brand", "shop", "role", "kin", "dead"
)  # fmt: skip
PEOPLE = (MOUS, NAME, ODD_NAME, TITLED, NICKNAME)
LONGEST_BODY, LONGEST_ROLE = 20, 12  # characters
_WORDS = tomllib.loads(Path(__file__).with_name("parties.toml").read_text(encoding="utf-8"))
LISTS = {name: tuple(dict.fromkeys(words.split())) for name, words in _WORDS.items()}
OTHER_WORDS = frozenset(LISTS["other_words"])


class Mention(NamedTuple):
    """Words that may be a side, of what sort they are, and where each of them begins in the text."""

    words: str
    sort: str
    starts: tuple[int, ...]


def mentions_in(text: str, named: Iterable[Named]) -> list[Mention]:
    """Everything that may be a side, each once."""
    found: dict[str, str] = {}
    for sort, words in _offered(text, list(named)):
        found.setdefault(words, sort)
    return _well_cut([Mention(words, sort, _starts(text, words)) for words, sort in found.items()])


def _well_cut(mentions: list[Mention]) -> list[Mention]:
    """Without 孙强拖 beside 孙强, and without 罗长 where it only begins 罗长根 and 罗长发."""
    names = {one.words: one for one in mentions if one.sort == NAME}
    longer = [one for one in names.values() if one.words[:-1] in names]
    too_long = {one.words for one in longer if len(one.starts) == 1 and one.words[-1] in LISTS["goes_on"]}
    begun = {at for one in longer if one.words not in too_long for at in one.starts}
    too_short = {one.words[:-1] for one in longer if begun.issuperset(names[one.words[:-1]].starts)} - {
        one.words[:-1] for one in longer if one.words in too_long
    }
    return [one for one in mentions if one.sort != NAME or one.words not in too_long | too_short]


def is_outside(short: Mention, long: Mention) -> bool:
    """Whether the shorter, which is in the longer, also stands somewhere by itself."""
    reach = len(long.words) - len(short.words)
    return any(not any(0 <= at - start <= reach for start in long.starts) for at in short.starts)


def died(text: str, end: int) -> bool:
    """Whether it is told of somebody whose name ends here that they died."""
    return bool(_DIED.match(text, end))


def _offered(text: str, named: list[Named]) -> Iterator[tuple[str, str]]:
    yield from _of_mou(text)
    yield from _mou_bodies(text)
    yield from _people(text, named)
    yield from _bodies(text, named)
    yield from ((ROLE, found.group()) for found in _ROLES.finditer(text))
    yield from ((ROLE, found.group()) for found in _NUMBERED.finditer(text))
    yield from ((ROLE, words) for words in _by_what_they_are(tokens_of(text)))
    yield from ((ROLE, found.group()) for found in _BY_TRADE.finditer(text))
    yield from ((KIN, found.group()) for found in _OWN_KIN.finditer(text))
    if found := _OF_VILLAGE.search(text):
        yield ROLE, f"{found[1]}村民"


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────

_S = SURNAME
_NO_PREPOSITION = r"(?:(?<![一-鿿])|(?<=[与和跟同]))[一-鿿](?<![于和从对向与在给由经被将因至到去找让是有年月日时该为])"
_MOU = re.compile(
    rf"(?:(?<![0-9])年(?=某)|(?!年){_S}|{_NO_PREPOSITION})某(?:某(?![市县区镇乡村街路公厂])|[甲乙丙丁戊己庚](?!方))?"
)
_IN_FRONT = frozenset("于和从对向与在给由经被将因至到")
_DIED = re.compile(r"[^。；]{0,24}?(?:死亡|身亡|去世|离世|遇难|溺亡|不治)")
_WHO = any_of(LISTS["who"])
_GOES_ON = any_of(LISTS["goes_on"])
_AFTER = rf"(?=[，。、；：！？,;:!?（）()“”‘’\s]|$|{_GOES_ON}|等?[0-9]+[户人名]|(?:等|一家|夫妇|夫妻))"
_CUED = re.compile(rf"(?:{_WHO})[:：“]?({_S}[一-鿿]{{1,2}}?)”?{_AFTER}")
_CUED_LONG = re.compile(
    rf"(?:{_WHO}|[让被])({_S}[一-鿿]{{2}})(?=[，。、；：,;:（(”\s]|{any_of(goes for goes in LISTS['goes_on'] if len(goes) > 1)}|[给说称把让在与和的要就])"
)
_CUED_ANY = re.compile(rf"(?:{_WHO})([一-鿿]{{2,4}}?)(?=[，。、；：,;:（(]|[说称与和]|认为|要求|表示|反映|承认)")
_PAIRED = re.compile(rf"(?<=[与和跟同、对及])({_S}[一-鿿]{{1,2}}?){_AFTER}")
_FIRST = re.compile(rf"(?:^|(?<=[，。、；：,;:\n]))({_S}[一-鿿]{{1,2}}?)(?={_GOES_ON}|[（(])")
_TITLED = re.compile(rf"{_S}(?:{any_of(TITLES)}|哥|姐|嫂|婶|叔|伯|姨|妈|爸|总|工|村医|站长|园长|副?[所局镇科队]长)")
_NICK = re.compile(
    rf"老{_S}家|(?:大|小|老|阿)[一-鿿]|{_S}(?:胖子|瘦子|瞎子|瘸子|麻子|老[一二三四五六七八九大幺]|[一二三四五六]娃|家)"
)
_CUED_NICK = re.compile(rf"(?:{_WHO}|[“‘])([小大阿][一-鿿])(?:[”’]|{_AFTER})")
_CUED_WORD = re.compile(rf"(?:{_WHO})([一-鿿](?:姐|哥|叔|婶|嫂|总|博士|大夫|会长))")
_BY_WORD = re.compile(
    r"(?=((?:(?!的)[一-鿿](?:姐|哥|叔|婶|嫂)|[一-鿿]?(?:二|三|麻|傻|胖|瘦)[一-鿿]?子|[一-鿿](?:胖|瘦|麻|瞎)子)))"
)
_SURNAMED = re.compile(r"姓[一-鿿]的(?:经理|大夫|医生|女的|男的|老板|师傅|老师|女人|男人|民警)?")


def _of_mou(text: str) -> Iterator[tuple[str, str]]:
    """陈某, 陈某某, 杨某甲; 陈某的亲属; and 陈某家属 for somebody who died."""
    for found in _MOU.finditer(text):
        words, end = found.group(), found.end()
        if NO_NAME.match(words):
            continue
        yield MOUS, words
        if more := _KIN.match(text, end):
            yield KIN, words + more.group()
        if died(text, end):
            yield DEAD, f"{words}家属"
        after = text[end : end + 1]
        if after and len(words) == 2 and (after in _GIVEN or text.count(words) == text.count(words + after) > 1):
            yield MOUS, words + after
        if crowd := _CROWD.match(text, end):
            yield MOUS, words + crowd.group()


_GIVEN = frozenset("英朵涵妹弟兄姐强红明华伟芳娜敏静丽军磊洋勇艳杰娟涛超霞刚桂兰梅峰宇轩怡萱浩")
_CROWD = re.compile("等[0-9一二三四五六七八九十]+[人户名位]+")
_KIN = re.compile(f"(?:的|之)?(?:{any_of(LISTS['kin'])})")


def _people(text: str, named: list[Named]) -> Iterator[tuple[str, str]]:
    names = {one.word for one in tokens_of(text) if one.tag in ("nr", "nrt", "nrfg") and 1 < len(one.word) < 5}
    yield from ((NAME, words) for words in sorted(names) if text.count(words) > 1 and _may_be_name(words))
    for one in named:
        if one.kind == PERSON and "某" not in one.text:
            yield (TITLED if _TITLED.fullmatch(one.text) else NAME), one.text
    for pattern in (_CUED, _CUED_LONG, _PAIRED, _FIRST):
        yield from ((NAME, found[1]) for found in pattern.finditer(text) if _may_be_name(found[1]))
    yield from ((ODD_NAME, found[1]) for found in _CUED_ANY.finditer(text) if _may_be_name(found[1]))
    yield from _repeated(text)
    for found in _TITLED.finditer(text):
        if found.group()[0] not in OTHER_WORDS or text.count(found.group()) > 1:
            yield TITLED, found.group()
    for found in _NICK.finditer(text):
        if _may_be_nickname(text, found.group()):
            yield NICKNAME, found.group()
    yield from ((NICKNAME, found[1]) for found in _CUED_NICK.finditer(text))
    yield from ((NICKNAME, found[1]) for found in _BY_WORD.finditer(text) if text.count(found[1]) > 1)
    yield from ((TITLED, found[1]) for found in _CUED_WORD.finditer(text))
    yield from ((TITLED, found.group()) for found in _SURNAMED.finditer(text))


def _may_be_name(words: str) -> bool:
    return "某" not in words and not NO_NAME.match(words)


def _may_be_nickname(text: str, words: str) -> bool:
    return not NO_NAME.match(words) and (words[1] in SURNAMES or text.count(words) > 1 or words[0] in SURNAMES)


def _repeated(text: str) -> Iterator[tuple[str, str]]:
    """A family name and two characters that come again: 罗长发, which the segmenter cuts otherwise."""
    for found in _THREE.finditer(text):
        words = found[1]
        if text.count(words) > 1 and words[0] not in OTHER_WORDS and _may_be_name(words):
            yield NAME, words


_THREE = re.compile(rf"(?=({_S}[一-鿿]{{2}}))")

# ── bodies ────────────────────────────────────────────────────────────────────────────────────────────────────────

_ENDING = any_of([*LISTS["endings"], *(word for word in BODIES if len(word) > 1)])
_ONE_BEFORE = "".join(word for word in LISTS["before_bodies"] if len(word) == 1)
_MOU_BODY = re.compile(
    rf"(?:[一-鿿]{{2,7}}?[省市县区旗州盟镇乡村])?某(?:某)?(?!村民|[甲乙丙丁]?[，。、；的])[一-鿿A-Za-z]{{0,8}}?(?:{_ENDING})(?:{_ENDING})?"
)
_BRANCH = r"(?:[一-鿿]{1,4}?(?:分店|店|支行|分行|分公司|校区|服务区|分院))?"
_NEITHER = r"，。、；：！？,;:!?（）()“”‘’\s"
_CUTS = tuple(
    re.compile(rf"[^{_NEITHER}{before}]{{2,10}}?(?:{_ENDING})(?:{_ENDING})?{_BRANCH}")
    for before in (_ONE_BEFORE, re.sub("[和同对向家为以及]", "", _ONE_BEFORE))
)
_BY_NUMBER = re.compile(r"(?<![一-鿿])[一二三四五六七八九十][小中](?![一-鿿]{0,1}[学队区组])")
PLACE_BEFORE = re.compile(
    r"[一-鿿]{1,7}?(?:省|市(?!场)|自治州|州|盟|县|旗|区|街道|镇|乡|村|路|街|社区|小区)(?=[一-鿿0-9A-Za-z]{2})"
)
_LEADS = re.compile(
    r"(?:总承包单位|总承包方|总包方?|分包方?|承包商|开发商|施工方|施工单位|生产厂家|厂家|建设方|物业公司|物业|劳务公司|培训机构|平台|商家|原|新|新进场的|县城|作为甲方的|甲方|乙方|同村|当地|附近|隔壁|本地|辖区)(?=[一-鿿]{3})"
)
_BRANDED = re.compile(
    r"(?:开发商|物业公司|物业|劳务公司|分包公司|总包|甲方是|乙方是|热力公司|供热公司|保险公司|快递公司|平台|商家|公司|业主方|房产中介|中介|健身房|培训机构|家政公司|落款是|店名叫|一家叫|自称)[“”]?([一-鿿A-Za-z]{2,6}?)[“”]?"
    r"(?=[，。、；,;的]|拖|说|让|没|来|要|在|称|也|却|不|只|把|又|以|签|先|后|至|一|就|收|承|至今|贴|给)"
)
_AT = re.compile(r"(?<=在)([一-鿿A-Za-z]{3,8}?)(?=听课|交|买|办|充|花|消费|订|扎针|吃饭|住院|做|打工|上班)")


def _mou_bodies(text: str) -> Iterator[tuple[str, str]]:
    """某食品公司, 乌海市某医院, with and without the place before it."""
    for found in _MOU_BODY.finditer(text):
        words, at = found.group(), found.start()
        short = words[words.index("某") :]
        before = text[:at][-1:] if short == words else words[words.index("某") - 1]
        if before and before in SURNAMES and before not in OTHER_WORDS and before not in _IN_FRONT:
            continue  # the end of 袁某 before something else
        yield MOU_BODY, short
        if short != words:
            yield MOU_BODY, words


def _bodies(text: str, named: list[Named]) -> Iterator[tuple[str, str]]:
    offered = [one.text for one in named if one.kind == ORG]
    offered += [found.group() for cut in (*_CUTS, _BY_NUMBER) for found in cut.finditer(text)]
    for words in offered:
        yield from ((BODY, one) for one in _with_and_without_place(words))
        if lead := _LEADS.match(words):
            yield BODY, words[lead.end() :]
    yield from ((BRAND, found[1]) for found in _BRANDED.finditer(text))
    yield from ((SHOP, found[1]) for found in _AT.finditer(text))


def _with_and_without_place(words: str) -> Iterator[str]:
    if len(words) <= LONGEST_BODY:
        yield words
    rest = words
    while (found := PLACE_BEFORE.match(rest)) and len(rest) - found.end() > 2:
        rest = rest[found.end() :]
        yield rest


# ── by what they are ──────────────────────────────────────────────────────────────────────────────────────────────

_ROLES = re.compile(f"(?:{any_of(LISTS['roles'])})(?:们|代表)?")
_HEADS, _HEAD_ENDS = frozenset(LISTS["heads"]), LISTS["head_ends"]
_NO_HEADS = frozenset(LISTS["no_heads"])
_MODIFIES = frozenset(
    [
        "n",
        "b",
        "a",
        "m",
        "q",
        "nr",
        "ns",
        "nz",
        "nt",
        "s",
        "f",
        "j",
        "vn",
        "nrt",
        "nrfg",
        "zg",
        "r",
        "l",
        "i",
        "t",
        "an",
        "eng",
        "v",
        "x",
    ]
)
_MOST_BEFORE = 4


def _by_what_they_are(tokens: list[Token]) -> Iterator[str]:
    """A word for somebody (店主, 家属, 养鱼户), alone and with what tells which: 隔壁店主, 欧阳某的妻子, 十一户养鱼户."""
    for i, head in enumerate(tokens):
        if not _is_somebody(head):
            continue
        words = head.word
        if len(words) > 1:
            yield words
        for before in range(i - 1, max(i - _MOST_BEFORE, 0) - 1, -1):
            one = tokens[before]
            if one.word not in ("的", "某") and (one.tag not in _MODIFIES or one.word in _NOT_BEFORE):
                break
            words = one.word + words
            if one.word not in ("的", "某") and 2 < len(words) < LONGEST_ROLE:
                yield words


def _is_somebody(one: Token) -> bool:
    if one.word in _NO_HEADS:
        return False
    return one.word in _HEADS or (len(one.word) > 1 and one.tag.startswith("n") and one.word.endswith(_HEAD_ENDS))


_NOT_BEFORE = frozenset(LISTS["not_before"])
_OWN_KIN = re.compile(
    "[其我他她](?:弟弟?|妹妹?|妈|爸|哥哥?|姐姐?|夫|妻子?|父亲?|母亲?|老公|老婆|媳妇|儿子|女儿|舅舅?|叔叔?|姨妈?|丈夫|男朋友|女朋友)"
)
_OF_VILLAGE = re.compile(r"(某村)[^，。、]{1,8}?村民")
_COUNT = "(?:[0-9]+|[一二三四五六七八九十两数几百]+)(?:余|多|几)?"
_NUMBERED = re.compile(
    rf"{_COUNT}(?:户|名|位|个)[一-鿿]{{2,3}}?(?=[，。、；,;的在把被将与向要说都从和]|反映|要求|称|认为|代表|联名)|(?:全组|全村|同事|同学|家属|[一-鿿]{{2}}班组)?[共等]?{_COUNT}(?:口?人|户|名)(?=[，。、；,;])|某村(?:村民|民小组)|第[一二三四五六七八九十]+村民小组"
)
_BY_TRADE = re.compile(
    r"(?<=[向与和找被由的，。；、])[一-鿿]{2,3}(?:商|铺|匠|贩|户|主)(?=[，。、；说称要的把将在买]|认为)"
)


def _starts(text: str, words: str) -> tuple[int, ...]:
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + len(words))
    if not starts:  # 陈某家属, 某村村民: told of in other words
        return (text.find(words[:2]),)
    return tuple(starts)
