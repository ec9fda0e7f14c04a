"""What speaks for and against that somebody who is mentioned is a side: signs of their grammar, their name and their place in the text.

Signs are names; what each counts, a training finds (parties.json).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from .mentioned import (
    BODY,
    BRAND,
    DEAD,
    KIN,
    LISTS,
    MOU_BODY,
    MOUS,
    NAME,
    NICKNAME,
    ODD_NAME,
    OTHER_WORDS,
    PEOPLE,
    PLACE_BEFORE,
    ROLE,
    SHOP,
    TITLED,
    Mention,
    died,
    is_outside,
)  # fmt: skip
from .names import HELPS, SURNAMES, Token, any_of, tokens_of

_KIND = {
    MOUS: "who", NAME: "who", TITLED: "who", NICKNAME: "who", ODD_NAME: "odd", BODY: "body", BRAND: "body", MOU_BODY: "body",
    SHOP: "shop", ROLE: "role", KIN: "role", DEAD: "role",
}  # fmt: skip
ONLY_HELPS = "only helps"
_MANY = 3
_EARLY, _FIRST = 50, 12  # characters
_ONESELF = re.compile(any_of(LISTS["oneself"]))
_QUOTED = re.compile("“[^”]*”")


def is_told_of_others(text: str) -> bool:
    """Nobody in it says 我, but for what is quoted."""
    return not _ONESELF.search(_QUOTED.sub("", text))


def signs_of(text: str, mentions: Sequence[Mention]) -> Iterator[set[str]]:
    """For each mention, in their order, all that holds of it."""
    told = "others" if is_told_of_others(text) else "own"
    mous = min(sum(one.sort == MOUS for one in mentions), _MANY)
    surnames = {one.words[0] for one in mentions if one.sort == MOUS}
    order = {at: n for n, at in enumerate(sorted({one.starts[0] for one in mentions if one.sort in PEOPLE}))}
    begins = {token.start: token for token in tokens_of(text)}
    ends = {token.end: token for token in tokens_of(text)}
    for one in mentions:
        kind = _KIND[one.sort]
        signs = {*_as_told(text, one, kind, told, mous), *_as_called(one, told, mous), *_beside(one, mentions)}
        if one.sort in PEOPLE:
            if any(died(text, at + len(one.words)) for at in one.starts):
                signs.add("died")
            signs.add(f"{one.sort} rank {min(order[one.starts[0]], _MANY)}")
            if one.sort in (TITLED, NICKNAME) and surnames & set(one.words):
                signs.add("told otherwise")  # 张女士 is 张某
        if kind in ("body", "shop"):
            signs |= set(_as_body(text, one, mentions, told))
        yield signs | {f"{kind} {sign}" for sign in _as_cut(text, one, begins, ends)}


# ── as it is told ─────────────────────────────────────────────────────────────────────────────────────────────────

_CLAUSE_ENDS = "，。；！？,;!?\n"
_IN_CLAUSE = {name: re.compile(any_of(LISTS[name])) for name in ("quarrel", "harm", "asks", "helps")}
_SPEAKS = re.compile(
    "(?:则|也|却|又|还|均)?(?:称|说|认为|表示|反映|提出|主张|坚持|要求|不同意|同意|拒绝|承认|否认|觉得|辩|要|不肯|只肯|只愿|愿|坚称|一口咬定|不服|不满)"
)
_ACTS = re.compile(
    "(?:则|也|却|又|还|均|一直|多次|随即|当场|仍|已|遂|只|便|就)*(?:不|未|没|拒|把|将|被|因|以|打|拿|拖|扣|砸|要|用|堵|推|骂|欠|给|付|收|找|承包|购|租|借|雇|停|拆|占|挖)"
)
_HELPERS_BEFORE, _HELPERS_AFTER = LISTS["helpers_before"], LISTS["helpers_after"]
_WHO_BEFORE = re.compile(f"(?:{any_of(LISTS['who'])})$")
_WITH = ("与", "和", "跟", "同")
_TO = ("向", "找", "找到", "要求", "要", "对", "请求", "起诉", "投诉")
_TELLING = frozenset(
    ["speaks", "leads", "said who", "quarrels with", "quarrel", "harm", "asks", "helps", "paired", "is asked", "helper", "whose", "acts"]
)  # fmt: skip


def _as_told(text: str, one: Mention, kind: str, told: str, mous: int) -> Iterator[str]:
    """How often, how early, and what stands around it."""
    around = [_around(text, at, at + len(one.words)) for at in one.starts]
    heard = set().union(*around)
    often, first = min(len(one.starts), _MANY), one.starts[0]
    yield from heard
    if told == "others" and all("helper" in each for each in around):
        yield ONLY_HELPS
    yield from (f"{kind} {sign}" for sign in heard & _TELLING)
    yield from (f"{kind} {told} {sign}" for sign in heard & _TELLING)
    yield f"{kind} speaks {min(sum('speaks' in each for each in around), _MANY)}"
    yield f"{kind} begins {'first' if first < _FIRST else 'early' if first < _EARLY else 'late'}"
    yield f"{kind} often {often}"
    yield f"{kind} told {told} often {often}"
    yield f"{kind} told {told} {mous}"
    yield f"{one.sort} told {told}"


def _around(text: str, start: int, end: int) -> set[str]:
    """What stands before and after, and of what its clause speaks."""
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    begins = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    ends = min((at for mark in _CLAUSE_ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    signs = {f"before {before[-2:]}", f"after {after[:2]}"}
    signs |= {f"before {_plain(before[-1:]) or '^'}", f"after {_plain(after[:1]) or '$'}"}
    signs |= {name for name, words in _IN_CLAUSE.items() if words.search(text, begins, ends)}
    if begins == start:
        signs.add("leads")
    if _SPEAKS.match(after):
        signs.add("speaks")
    elif _ACTS.match(after):
        signs.add("acts")
    if before.endswith(_HELPERS_BEFORE) or after.startswith(_HELPERS_AFTER):
        signs.add("helper")
    if _WHO_BEFORE.search(before):
        signs.add("said who")
    if before.endswith(_WITH) or after.startswith(_WITH):
        signs.add("paired")
        if _IN_CLAUSE["quarrel"].search(text, end, ends):
            signs.add("quarrels with")
    if before.endswith(_TO):
        signs.add("is asked")
    if after.startswith(("的", "家")):
        signs.add("whose")
    return signs


def _plain(letter: str) -> str:
    return "0" if letter.isdigit() else letter


# ── as it is called ───────────────────────────────────────────────────────────────────────────────────────────────

_COUNTED = re.compile("[0-9一二三四五六七八九十两数几百多]")
_CLASSES = ("kin_ends", "body_ends", "trade_ends", "official_ends")
_LONGEST = 9


def _as_called(one: Mention, told: str, mous: int) -> Iterator[str]:
    yield one.sort
    yield f"long {min(len(one.words), _LONGEST)} {one.sort}"
    yield f"ends {one.words[-2:]}"
    yield f"end {one.words[-1:]}"
    if HELPS.search(one.words):
        yield "helps"
    if one.sort in PEOPLE:
        if one.words[0] in OTHER_WORDS:
            yield f"doubtful {one.sort}"
        if one.words[0] not in SURNAMES:
            yield f"no surname {one.sort}"
    else:
        yield f"is {one.words}"
        yield f"class {_class_of(one)}"
        yield f"class {_class_of(one)} {told} {mous}"
        if _COUNTED.match(one.words):
            yield "counted"


def _class_of(one: Mention) -> str:
    return next((name for name in _CLASSES if one.words.endswith(LISTS[name])), "other")


# ── as it lies to the others ──────────────────────────────────────────────────────────────────────────────────────

_PLACE_END = re.compile("[省市州县旗区镇乡村路街巷]$|街道$|楼$|旁$|[上下]游$|附近$")


def _beside(one: Mention, mentions: Sequence[Mention]) -> Iterator[str]:
    """How it overlaps with others; a name that is also said in short (福寿养老院, then 养老院) is meant."""
    for other in mentions:
        if other is one:
            continue
        if one.words in other.words:
            if not is_outside(one, other):
                yield f"only in {_KIND[other.sort]}"
            else:
                yield f"{'short for' if other.words.endswith(one.words) else 'also in'} {_KIND[other.sort]}"
        elif other.words in one.words:
            yield f"holds {_KIND[other.sort]}"
            if one.words.endswith(other.words) and is_outside(other, one):
                yield "has a short form"


def _as_body(text: str, one: Mention, mentions: Sequence[Mention], told: str) -> Iterator[str]:
    """Which of the names that end here it is, and whether a place is its beginning or stands before it."""
    kind, first = _KIND[one.sort], one.starts[0]
    end = first + len(one.words)
    alike = [
        other.starts[0] for other in mentions if _KIND[other.sort] == kind and other.starts[0] + len(other.words) == end
    ]
    longer, shorter = (sum(start < first for start in alike), sum(start > first for start in alike))
    holds_place = bool(PLACE_BEFORE.match(one.words))
    after_place = bool(_PLACE_END.search(text[max(0, first - 4) : first]))
    yield f"{kind} inside {min(longer, 2)} around {min(shorter, 2)}"
    yield f"{kind} place {holds_place} after place {after_place}"
    yield f"{kind} {told} {_class_of(one)} place {holds_place} after {after_place}"


def _as_cut(text: str, one: Mention, begins: Mapping[int, Token], ends: Mapping[int, Token]) -> Iterator[str]:
    """Whether it begins and ends where words do, and of what sort the words before, after and in it are."""
    first, last = one.starts[0], one.starts[0] + len(one.words)
    before, after = ends.get(first), begins.get(last)
    inner = [begins[at].tag for at in range(first, last) if at in begins and begins[at].end <= last]
    yield f"cut {first == 0 or bool(before)} {last == len(text) or bool(after)}"
    yield f"behind {before.tag if before else '-'}"
    yield f"ahead {after.tag if after else '-'}"
    yield f"begins with {inner[0] if inner else '-'}"
    yield f"{len(inner)} inside"
    if len(inner) > 1:
        yield f"made of {inner[0]} {inner[-1]}"
