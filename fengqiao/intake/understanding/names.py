"""Who and what a text names: people, bodies, places, sums of money and times."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import rjieba

from . import quantities

PERSON, PLACE, MONEY, TIME, ORG = "person", "place", "money", "time", "org"
KINDS = (PERSON, PLACE, MONEY, TIME, ORG)
_WORDS = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
_LISTS = {name: tuple(words.split()) for name, words in _WORDS.items()}


class Named(NamedTuple):
    """One thing named: its kind, the words, and where they begin."""

    kind: str
    text: str
    start: int


class Token(NamedTuple):
    word: str
    tag: str  # the part of speech: nr a person, ns a place, v a verb …
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)


def named_in(text: str) -> list[Named]:
    """Everything named, in the order of the text, nothing inside another thing of the same kind."""
    tokens = tokens_of(text)
    found = [
        *_people(text, tokens), *_orgs(tokens), *_places(text, tokens),
        *_matches(MONEY, quantities.MONEY, text), *_matches(TIME, quantities.TIME, text),
    ]  # fmt: skip
    kept: list[Named] = []
    for one in sorted(found, key=lambda one: (-len(one.text), one.start)):
        if not any(_overlap(one, other) for other in kept if _rival(one, other)):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def as_pairs(found: Iterable[Named]) -> list[list[str]]:
    """[[kind, words], …] as an evaluation asks for them, each once."""
    return [list(pair) for pair in dict.fromkeys((one.kind, one.text) for one in found)]


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────

SURNAMES = "".join(_LISTS["surnames"])
TITLES, BODIES = _LISTS["titles"], _LISTS["bodies"]
SURNAME = f"(?:{any_of(_LISTS['double_surnames'])}|[{SURNAMES}])"
_AFTER_NAME = r"(?=[，。、；：！？,;:!?（）()“”\s]|$|[的和与跟同及是在把被将对向因为说称家于以诉骑驾开拿带找从到住去来等也就不还已又都要想有没给借欠叫某])"
_OF_PEOPLE = (
    re.compile(rf"{SURNAME}某(?:某|[甲乙丙丁])?(?:的(?:亲属|家属|父亲|母亲|儿子|女儿|丈夫|妻子|老板))?"),
    re.compile(rf"{SURNAME}(?:{any_of(TITLES)})"),
    re.compile(rf"(?<![地太年最])[老小]{SURNAME}(?![区学队时路厂棚桥门河山村镇街市湖坪沟峪]){_AFTER_NAME}"),
    re.compile(rf"(?:{any_of(_LISTS['cues'])})[:：]?({SURNAME}(?!某)[一-鿿]{{1,2}}?){_AFTER_NAME}"),
    re.compile(r"姓[一-鿿]的(?:经理|大夫|医生|女的|男的|老板|师傅|老师|女人|男人)?"),
)
NO_NAME = re.compile(
    rf"^(?:{any_of(_LISTS['no_names'])})|^(?:.*[和公全都]某|都养.*|(?:上|下|这|本)?周[一二三四五六日天末]|.*[区县市村镇乡街路组]|.?[年月日]|[老小]?[一二三四五六七八九])$"
)
_TRAILING = "于走来去家非说与和向在被把给又也不还的要称等"


def _people(text: str, tokens: list[Token]) -> Iterator[Named]:
    for pattern in _OF_PEOPLE:
        group = 1 if pattern.groups else 0
        for found in pattern.finditer(text):
            if not NO_NAME.match(found.group(group)):
                yield Named(PERSON, found.group(group), found.start(group))
    for one in tokens:
        if (
            one.tag.startswith("nr")
            and len(one.word) in (2, 3)
            and one.word[0] in SURNAMES
            and not NO_NAME.match(one.word)
        ):
            words = _masked(text, one) or (one.word.rstrip(_TRAILING) if len(one.word) > 2 else one.word)
            if not (words.endswith("先") and text[one.start + len(words) :].startswith("生")):
                yield Named(PERSON, words, one.start)
    for one, after in pairwise(tokens):  # 谭/zg 志远/nrfg: cut after the surname
        if len(one.word) == 1 and one.word in SURNAMES and after.tag.startswith("nr") and len(after.word) <= 2:
            yield Named(PERSON, one.word + after.word, one.start)


def _masked(text: str, one: Token) -> str:
    """王某 where the segmenter read 王某可 in 王某可以作证: its third letter begins a word with the one behind it."""
    if len(one.word) != 3 or one.word[1] != "某" or one.word[2] in "某甲乙丙丁":
        return ""
    behind = text[one.end - 1 : one.end + 1]
    return one.word[:2] if rjieba.cut(behind) == [behind] else ""


# ── bodies ────────────────────────────────────────────────────────────────────────────────────────────────────────

_BODIES, _LONG_BODIES = frozenset(BODIES), (*(word for word in BODIES if len(word) > 1), "厂")
_ALONE, _OUTSIDE = frozenset(_LISTS["bodies_alone"]), frozenset(_LISTS["outside_bodies"])
_VERBS, _TRADES = frozenset(_LISTS["verbs"]), frozenset(_LISTS["trades"])
_INNER = frozenset(
    ["n", "ns", "nz", "nr", "nt", "j", "eng", "vn", "an", "b", "l", "zg", "g", "s", "a", "i", "nrt", "nrfg"]
)
_PLAIN = re.compile(r"[一-鿿A-Za-z0-9·]+")
_LEADING = re.compile(
    r"^(?:时任|请|建|读|问|找|去|到|开|买|租|办|联系|时|经|后经|该|向|由|在|与|分配|进行|包括|是)+(?=..)"
)
_NO_BODY = ("公室", "某随", "某被", "公办", "国营", "主管", "督察")
_LONGEST = 8  # words before the last one


def _orgs(tokens: list[Token]) -> Iterator[Named]:
    """A word that ends the name of a body, and what stands before it as far as it can belong to the name."""
    for i, last in enumerate(tokens):
        if not (last.word in _BODIES or (len(last.word) > 2 and last.word.endswith(_LONG_BODIES))):
            continue
        first = _first_of(tokens, i)
        words, begin = "".join(one.word for one in tokens[first : i + 1]), tokens[first].start
        if lead := _LEADING.match(words):
            words, begin = words[lead.end() :], begin + lead.end()
        if tokens[first].word in _TRADES:  # 装修公司: some body of this trade, and no name
            continue
        says_more = first < i or last.tag == "nt" or len(last.word) > 3
        if words in _ALONE or (
            len(words) > 2 and says_more and words not in _BODIES and not words.startswith(_NO_BODY)
        ):
            yield Named(ORG, words, begin)


def _first_of(tokens: list[Token], last: int) -> int:
    """The first word of the name. A whole address before it is none of it: 绵阳市涪城区鑫达…; one place alone may be."""
    first = last
    while first > 0 and last - first < _LONGEST and _may_be_inside(tokens, first - 1):
        first -= 1
    if first + 2 < last and all(_A_PLACE.search(one.word) for one in tokens[first : first + 2]):
        first += 2
    return first


def _may_be_inside(tokens: list[Token], i: int) -> bool:
    one = tokens[i]
    if one.word in _OUTSIDE or not _PLAIN.fullmatch(one.word):
        return False
    if one.word.startswith("某") and i > 0 and len(tokens[i - 1].word) == 1 and tokens[i - 1].word in SURNAMES:
        return False  # the end of 陈某, after which something else begins
    return (
        one.tag in _INNER
        or one.word in _TRADES
        or one.word == "某"
        or (len(one.word) == 1 and one.tag == "v" and one.word not in _VERBS)
    )


# ── places ────────────────────────────────────────────────────────────────────────────────────────────────────────

_A_PLACE = re.compile(f"(?:{any_of(_LISTS['place_endings'])})$")
_ENDS = frozenset(_LISTS["place_ends"])
_LIKE_PLACES = frozenset(["n", "nz", "nr", "ns", "nt", "j", "s", "zg", "nrt", "q", "f", "g", "b", "vn", "a", "l"])
_BEFORE_ENDS = frozenset(["ns", "nz", "n", "nr", "nt", "j", "zg", "nrt"])
_ON_NUMBER = re.compile(
    r"(?:第?[0-9一二三四五六七八九十百]+(?:-[0-9]+)*(?:号楼|号院|号|栋|幢|单元|组|室|期|弄|村|队|社|楼|层)?)+"
)
_NUMERALS = "0123456789一二三四五六七八九十百"


def _places(text: str, tokens: list[Token]) -> Iterator[Named]:
    """Words that are places, those that end like one, and the numbers behind them, as long as they follow each other."""
    i = 0
    while i < len(tokens):
        after = i
        while after < len(tokens) and (tokens[after].tag == "ns" or _makes_a_place(tokens, after)):
            after += 1
        if after > i:
            words = text[tokens[i].start : _with_number(text, tokens[after - 1].end)]
            if len(words) > 1 and words not in _OUTSIDE:
                yield Named(PLACE, words, tokens[i].start)
        i = max(after, i + 1)


def _makes_a_place(tokens: list[Token], i: int) -> bool:
    """锦绣 花园, 和平 里: a word or two that only the ending makes a place."""
    one = tokens[i]
    if one.tag not in _LIKE_PLACES:
        return False
    if len(one.word) > 2 and _A_PLACE.search(one.word):
        return True
    if i + 1 < len(tokens) and tokens[i + 1].word in _ENDS and one.word not in _OUTSIDE and one.tag not in ("a", "f"):
        return True
    return one.word in _ENDS and i > 0 and tokens[i - 1].tag in _BEFORE_ENDS


def _with_number(text: str, end: int) -> int:
    """Where the place ends with its number; a bare number only belongs to a street."""
    number = _ON_NUMBER.match(text, end)
    if number is None or (number.group()[-1] in _NUMERALS and text[end - 1] not in "路街巷"):
        return end
    return number.end()


# ── what all have in common ───────────────────────────────────────────────────────────────────────────────────────

HELPS = re.compile(any_of(_LISTS["helping"]))


@lru_cache(maxsize=4)
def tokens_of(text: str) -> list[Token]:
    """The words of the text with the part of speech that the segmenter gives them."""
    found, at = [], 0
    for word, tag in rjieba.tag(text):
        at = text.index(word, at)
        found.append(Token(word, tag, at))
        at += len(word)
    return found


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Named]:
    for found in pattern.finditer(text):
        if found.group().strip():
            yield Named(kind, found.group().strip(), found.start())


def _overlap(one: Named, other: Named) -> bool:
    return one.start < other.start + len(other.text) and other.start < one.start + len(one.text)


def _rival(one: Named, other: Named) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= {PLACE, ORG, PERSON}
