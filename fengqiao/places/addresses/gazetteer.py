"""The names by which divisions are called, and the codes they stand for. Read once, when first asked for; never changed.

Codes are the statistical ones without trailing zeros: 2 digits a province, 4 a city, 6 a county, 9 a town. A longer code
that begins with a shorter one lies in it.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from fengqiao.places.addresses.context import NOT_A_NAME

DATA = Path(__file__).resolve().parents[1] / "data"
HOME = "33"  # the province whose towns and villages the tables hold
PROVINCE, CITY, COUNTY, TOWN = 2, 4, 6, 9  # digits of their codes
FEW = 2  # villages that may be called like a town of old, for its short name to mean the town
LABELS = {PROVINCE: "prov", CITY: "city", COUNTY: "district", TOWN: "town"}
FULL, ALIAS, SHORT = 3, 2, 1  # 南浔区; 绍兴县, 古荡镇 (now a 街道), 湖州市区; 南浔


class Name(NamedTuple):
    """One spelling and what it may stand for."""

    text: str
    strength: int  # FULL, ALIAS or SHORT
    codes: tuple[str, ...]
    level: int = 0  # digits of the longest of them
    never_before: frozenset[str] = frozenset()  # letters that make it part of a longer word


Codes = tuple[str, ...]
Names = Mapping[str, tuple[Name, ...]]  # by the first three characters or the only two, the longest first


@dataclass(frozen=True)
class Gazetteer:
    names: Mapping[str, str]  # code → full name
    wide: Names  # provinces, cities and counties
    elsewhere: Mapping[str, int]  # full name of a town → how many of that name lie outside the home province
    parted: Mapping[str, tuple[str, ...]]  # county → the counties that got a part of it
    towns: Mapping[str, tuple[str, ...]]  # county or city → its towns
    everyday: frozenset[str]  # short names of counties that are everyday words


@lru_cache(maxsize=4096)
def path_of(code: str) -> tuple[str, str, str, str]:
    """Province, city, county and town of a code; "" for what it does not reach.

    The four municipalities are their own city; counties directly under a province have none.
    """
    if not code:
        return "", "", "", ""
    name = gazetteer().names.get
    prov, city = name(code[:2], ""), name(code[:4], "") if len(code) > 3 else ""
    if len(code) > 3 and prov.endswith("市"):
        city = prov
    return prov, city, name(code[:6], "") if len(code) > 5 else "", name(code[:9], "") if len(code) > 8 else ""


@cache
def gazetteer() -> Gazetteer:
    rows = list(_read("divisions.csv"))
    names = {row[0]: row[1] for row in rows}
    towns: dict[str, list[str]] = defaultdict(list)
    for code in names:
        if len(code) == 9:
            for holder in (code[:4], code[:6]):
                towns[holder].append(code)
    wide = list(_wide(names))
    former = [
        (name, within, tuple(codes.split())) for name, within, codes, _since, _source in _read("former_names.csv")
    ]
    parted: dict[str, tuple[str, ...]] = defaultdict(tuple)
    gone = []
    for name, within, codes in former:
        still = [within] if len(within) == 6 else [c for c in names if c[:-2] == within and names[c] == name]
        went = [within] if len(within) < 6 and not codes[0].startswith(within) else []
        for code in (*still, *went):  # 安庆枞阳: it lies in another city now
            parted[code] += codes
        if len(within) == 6 or not still:
            gone.append(Name(name, ALIAS, codes))
    return Gazetteer(
        names=names,
        wide=indexed([*wide, *gone, *_short_former(gone, names)]),
        elsewhere={row[1]: int(row[2] or 0) for row in rows if len(row[0]) == 9},
        parted=dict(parted),
        towns={holder: tuple(codes) for holder, codes in towns.items()},
        everyday=frozenset(row[0] for row in _read("everyday_names.csv")),
    )


@cache
def towns_of(holder: str) -> Names:
    """How the towns of a city or county are called; of the home province only by a word that says town."""
    known = gazetteer()
    if holder == HOME:
        codes = [code for code in known.names if len(code) == 9]
        return indexed(
            name
            for code in codes
            for name in _spellings(known.names[code], code, _short(known.names[code[:COUNTY]]))
            if name.strength > SHORT
        )
    return indexed(
        name
        for code in known.towns.get(holder, ())
        for name in _spellings(known.names[code], code, _short(known.names[code[:COUNTY]]))
    )


@cache
def in_full(holder: str) -> Mapping[str, tuple[str, str]]:
    """The full names that mean one place in this province, city or county, or of "" the provinces and cities.

    Each with its label and code. One that begins another is left out, but for 湖州市区 and 月河街道办.
    """
    found: dict[str, tuple[str, str]] = {}
    tables = [gazetteer().wide] if len(holder) < COUNTY else []
    tables += [towns_of(holder)] if PROVINCE < len(holder) < TOWN else []
    for name in (name for table in tables for names in table.values() for name in names):
        codes = [code for code in name.codes if code.startswith(holder) and code != holder]
        if name.strength == FULL and len(codes) == 1 and (holder or name.level < COUNTY) and not _begins_another(name):
            found.setdefault(name.text, (LABELS[name.level], codes[0]))
    return found


def _begins_another(name: Name) -> bool:
    others = beginning(gazetteer().wide, name.text[:3])
    return any(other.text[len(name.text) :].strip("区") for other in others if other.text.startswith(name.text))


@cache
def lone_towns() -> Names:
    """The short names that are one town of the home province and nothing else that a table knows: 柳市, 乌镇."""
    known = gazetteer()
    towns: dict[str, list[str]] = defaultdict(list)
    for code, name in known.names.items():
        if len(code) == TOWN:
            towns[_TOWN_ENDING.sub("", name)].append(code)
    villages: dict[str, set[str]] = defaultdict(set)
    for town, names in _villages().items():
        for name in names:
            villages[name.removesuffix("村") if len(name) > 2 else name].add(town)
    wide = {name.text for names in known.wide.values() for name in names}
    return indexed(
        Name(spelled, SHORT, (codes[0],))
        for short, codes in towns.items()
        if len(codes) == 1
        and not known.elsewhere[known.names[codes[0]]]
        and short not in wide
        and short not in known.everyday
        for spelled in (
            (short,)
            if len(villages.get(short, set()) - set(codes)) <= (FEW if known.names[codes[0]].endswith("镇") else 0)
            else ()
        )
        + (short + "岛",)
    )


@cache
def villages_of(county: str) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The villages and communities of a county: by their first two characters (or the only one), the longest first."""
    return _by_beginning(
        (name, town) for town in gazetteer().towns.get(county, ()) for name in _villages().get(town, ())
    )


def beginning(names: Names, head: str) -> tuple[Name, ...]:
    """The names that may stand where these three characters do, the longest first."""
    return names.get(head) or names.get(head[:2]) or ()


def joined(tables: Sequence[Names]) -> Names:
    """One table of several; the names of the first stand first."""
    keys = {key for table in tables for key in table}
    return {key: tuple(name for table in tables for name in beginning(table, key)) for key in keys}


def indexed(names: Iterable[Name]) -> Names:
    """One spelling of one strength is one name with several codes."""
    merged: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for name in names:
        merged[name.text, name.strength].update(dict.fromkeys(name.codes))
    begin: dict[str, list[Name]] = defaultdict(list)
    for (text, strength), codes in merged.items():
        level = max(map(len, codes))
        begin[text[:3]].append(Name(text, strength, tuple(codes), level, NOT_A_NAME.get(text[-1], frozenset())))
    for key in begin:
        if len(key) > 2:
            begin[key] += begin.get(key[:2], ())
    return {key: tuple(sorted(found, key=_longest)) for key, found in begin.items()}


_ENDING = re.compile(
    r"(?<=..)((?:[\u4e00-\u9fff]{1,4}族)*自治[州县旗]|特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|地区|盟|区|县|旗|林区|特区)$"
)
_PEOPLES = re.compile(
    r"(蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    r"|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|普米|各)族.*$"
)
_TOWN_ENDING = re.compile(r"(?<=..)(街道|镇|乡)$")
_FORMER_ENDINGS = ("街道", "镇", "乡", "街道办事处", "街道办")
_FORMERLY = ("原", "原来", "原来的", "以前", "以前的")


def _wide(names: Mapping[str, str]) -> Iterator[Name]:
    full = set(names.values())
    for code, name in names.items():
        if len(code) > 6 or names.get(code[:-2]) == name:  # 东莞 stands as its own county as well
            continue
        yield Name(name, FULL, (code,))
        short = _short(name)
        if short != name:
            yield Name(short, SHORT, (code,))
        if name.endswith("自治县"):
            yield from (Name(other, ALIAS, (code,)) for other in (name[:-1], short + "县"))
        if name.endswith("自治州"):
            yield Name(short + "州", ALIAS, (code,))
        if len(code) == 4:
            yield Name(short + "地区", ALIAS, (code,))
        if name.endswith("市") and len(code) > 2:
            yield Name(name + "区", ALIAS, (code,))
        if len(code) == 6:
            others = (short + ending for ending in ("区", "县", "市") if short != name)
            yield from (Name(other, ALIAS, (code,)) for other in others if other not in full)


def _short(name: str) -> str:
    bare = _ENDING.sub("", name)
    without = _PEOPLES.sub("", bare) if name != bare and "自治" in name else bare
    return without if len(without) > 1 else bare


def _short_former(gone: list[Name], names: Mapping[str, str]) -> Iterator[Name]:
    """Former names with small words, and without their last; not if a county or city, or a town there, is called so now."""
    taken = {_short(name) for code, name in names.items() if len(code) < TOWN}
    towns = {(code[:CITY], _TOWN_ENDING.sub("", name)) for code, name in names.items() if len(code) == TOWN}
    for name in gone:
        short = _short(name.text)
        yield from (Name(before + name.text, ALIAS, name.codes) for before in _FORMERLY)
        if short != name.text and short not in taken and (name.codes[0][:CITY], short) not in towns:
            yield Name(short, SHORT, name.codes)
            yield from (Name(before + short, ALIAS, name.codes) for before in ("老", *_FORMERLY))


def _spellings(name: str, code: str, county: str) -> Iterator[Name]:
    yield Name(name, FULL, (code,))
    short = _TOWN_ENDING.sub("", name)
    if short == name:
        return
    for ending in _FORMER_ENDINGS:
        if short + ending != name:
            yield Name(short + ending, ALIAS, (code,))
    yield Name(short, SHORT, (code,))
    yield Name(short + "岛", SHORT, (code,))  # 六横岛
    if short == county:
        yield Name("老" + short, ALIAS, (code,))  # 老余杭: the town that the county is called by
    if short.endswith("畲族") and len(short) > 3:
        yield Name(short[:-2], SHORT, (code,))
        yield from (Name(short[:-2] + ending, ALIAS, (code,)) for ending in "镇乡")


@cache
def _villages() -> Mapping[str, tuple[str, ...]]:
    return {town: tuple(names.split()) for town, names in _read("villages.csv")}


def _by_beginning(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    merged: dict[str, list[str]] = defaultdict(list)
    for name, town in pairs:
        for spelled in {name, name[:-1] if len(name) > 2 and name.endswith("村") else name}:
            merged[spelled].append(town)
    begin: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for name, towns in merged.items():
        begin[name[:2]].append((name, tuple(towns)))
    return {key: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair))) for key, found in begin.items()}


def _longest(name: Name) -> tuple[int, int, str]:
    return -len(name.text), -name.strength, name.text


def _read(file: str) -> Iterator[list[str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        next(rows)
        yield from rows
