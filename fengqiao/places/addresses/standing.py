"""Whether a short name in a text is the place, or the beginning of a longer word: 凤凰 in 凤凰山庄, 温州 in 温州路."""

import re
from collections.abc import Iterable

from fengqiao.places.addresses.context import (
    BETWEEN,
    BETWEEN_BEGINS,
    COMMUNITY,
    ESTATE,
    NATURE,
    ROAD,
    ROAD_WITH_NUMBER,
    RUNS_ON,
    STALL,
    WORD,
)
from fengqiao.places.addresses.gazetteer import (
    HOME,
    SHORT,
    TOWN,
    Codes,
    Name,
    beginning,
    gazetteer,
    towns_of,
    villages_of,
)

# All that was said: 永康, 诸暨人, 我们嘉善. An everyday word would not be the whole answer to where.
SPEAKER = frozenset(
    ("", "我", "我是", "我在", "我们", "我们是", "我家", "我家在", "在", "是", "就", "就在", "就是", "本地")
)
NO_MORE = frozenset(("", "的", "人", "的人", "人啊", "人呀", "这边", "那边", "这里", "那里", "城里", "县城"))


def nested(text: str, at: int, names: Iterable[Name]) -> bool:
    """Whether one of these wide names stands there, and after it a place that lies in it, or one that it lies in."""
    for name in names:
        if name.level < TOWN and text.startswith(name.text, at):
            then = past(text, at + len(name.text))
            if followed(text, then, name.codes) or _held(text, then, name.codes):
                return True
    return False


def past(text: str, at: int) -> int:
    """Where the next name may begin, past marks and small words."""
    if text[at : at + 1] in BETWEEN_BEGINS:
        gap = BETWEEN.match(text, at)
        return gap.end() if gap else at
    return at


def stands(text: str, at: int, name: Name, codes: Codes, *, trusted: bool) -> bool:
    """Whether the short name at `at` is meant as the place. `trusted`: a wider place stands before it."""
    end = at + len(name.text)
    then = past(text, end)
    level = name.level if len(codes) > 1 else len(codes[0])
    if _is_all(text, at, end, codes) or (then < len(text) and level < 9 and followed(text, then, codes)):
        return True
    if then > end and level < TOWN and _held(text, then, codes):
        return True
    set_off = then > end or end == len(text)
    if not set_off and RUNS_ON.match(text, end):
        return False
    if level == 9:
        return set_off or _leaves_a_word(text, end, codes)
    if level == 6 and name.text in gazetteer().everyday:
        return _everyday_stands(text, end, codes, trusted=trusted, set_off=set_off)
    return trusted or (level < 6 and set_off) or _wide_stands(text, end, codes, level)


def _is_all(text: str, at: int, end: int, codes: Codes) -> bool:
    """Whether nothing else is said, and the name is one county's alone: 鼓楼 and 朝阳 are several."""
    whole = text[:at] in SPEAKER and text[end:] in NO_MORE
    return whole and len(codes) == 1 and len(codes[0]) == 6 and _at_home(codes)


def _wide_stands(text: str, end: int, codes: Codes, level: int) -> bool:
    """A province, city or county with nothing before it: 温州皮鞋厂 and 丽水佳苑 are no places in it."""
    if STALL.match(text, end) or ESTATE.match(text, end):
        return False
    if level == 6 and not _at_home(codes):
        return len(codes) == 1 and gazetteer().names[codes[0]].endswith("市") and _leaves_a_word(text, end, codes)
    return _at_home(codes) or (level < 6 and ROAD.match(text, end) is not None)


def _everyday_stands(text: str, end: int, codes: Codes, *, trusted: bool, set_off: bool) -> bool:
    """南湖, 上城: after their city nearly always the district; alone only before a numbered road or set off by a mark."""
    if trusted:
        return set_off or _leaves_a_word(text, end, codes)
    apart = end + 1 < len(text) and text[end] in " -/·,，" and text[end + 1] not in "边里的"
    return _at_home(codes) and (apart or ROAD_WITH_NUMBER.match(text, end) is not None)


def _at_home(codes: Codes) -> bool:
    return any(code.startswith(HOME) for code in codes)


def set_off(text: str, end: int, codes: Codes) -> bool:
    """Whether a name that ends here is followed by nothing, by a mark or a small word, or by a village of its own."""
    ends = end == len(text) or past(text, end) > end or _FROM_THERE.match(text, end) is not None
    return ends or _village_at(text, end, codes)


_FROM_THERE = re.compile(r"人(?!\w)|(?<=[岛镇])[上里]")


def followed(text: str, at: int, codes: Codes) -> bool:
    """Whether the name of a place inside this one comes next."""
    head, parted = text[at : at + 3], gazetteer().parted
    gone = [away for code in codes for away in parted.get(code, ())]
    for name in beginning(gazetteer().wide, head):
        if (
            text.startswith(name.text, at)
            and any(
                (inner.startswith(code) and inner != code) or inner in gone for inner in name.codes for code in codes
            )
            and (name.strength > SHORT or not RUNS_ON.match(text, at + len(name.text)))
        ):
            return True
    for code in codes:
        for name in beginning(towns_of(code), head) if len(code) > 3 else ():
            if text.startswith(name.text, at):
                end = at + len(name.text)
                if name.strength > SHORT or not (RUNS_ON.match(text, end) or NATURE.match(text, end)):
                    return True
    return False


def _held(text: str, at: int, codes: Codes) -> bool:
    return any(
        text.startswith(name.text, at)
        and inner.startswith(wider)
        and inner != wider
        and not RUNS_ON.match(text, at + len(name.text))
        for name in beginning(gazetteer().wide, text[at : at + 3])
        for wider in name.codes
        for inner in codes
    )


def _leaves_a_word(text: str, end: int, codes: Codes) -> bool:
    """After the short name of a town or an everyday word: a number, or a word long enough to be a name of its own."""
    if COMMUNITY.match(text, end):
        return False
    if _village_at(text, end, codes):
        return True
    word = WORD.match(text, end)
    if word and word[0] == "上" and text[end - 1] == "岛":
        return True
    last = word.end() if word else end
    if NATURE.match(text, end):
        road = ROAD.match(text, end)
        return road is not None and road.end() == last and last - end > 3 and text[end] in "湖江河溪山"
    return last == end or last - end > 1


def _village_at(text: str, at: int, codes: Codes) -> bool:
    return any(
        len(name) > 1 and text.startswith(name, at)
        for code in codes
        if len(code) > 5
        for name, _towns in villages_of(code[:6]).get(text[at : at + 2], ())
    )
