"""Finding the province, city, county and town in a text.

Names are taken one after another from where the address begins; each must lie in, or hold, what was understood so far.
A name with several meanings keeps them all until another name decides. What no name decides stays open.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from fengqiao.places.addresses.context import AFTER_A_VERB, LEAD, NOT_A_NAME
from fengqiao.places.addresses.gazetteer import FULL, HOME, SHORT, Codes, Name, Names, gazetteer, towns_of
from fengqiao.places.addresses.standing import past, stands

LABELS = {2: "prov", 4: "city", 6: "district", 9: "town"}


class Span(NamedTuple):
    label: str
    start: int
    end: int


@dataclass(slots=True)
class Found:
    """What was read. `codes` are all readings that the names allow; `against` are what names that did not fit would say."""

    spans: list[Span] = field(default_factory=list)
    codes: Codes = ()
    against: Codes = ()
    begin: int = 0  # where the address begins, after "我家住在"
    weakest: int = FULL  # the strength of the weakest name
    alone: bool = False  # a town without its county


def find(text: str, near: str) -> Found:
    """Every division that the text names. `near` is the county where the words were said, or ""."""
    reader = _Reader(text, near)
    reader.follow(0)
    found = reader.found
    lead = None if found.spans else LEAD.match(text)
    if lead and lead.end():
        found.begin = lead.end()
        reader.follow(found.begin)
    if not found.codes or len(found.codes[0]) < 9:
        reader.search()
    return found


def narrowed(before: Codes, after: Codes) -> Codes:
    """The readings that hold for both; of a county that gave a part away, also those in what it gave."""
    if not before:
        return after
    if len(before) == len(after) == 1:
        if after[0].startswith(before[0]):
            return after
        if before[0].startswith(after[0]):
            return before
    both: dict[str, None] = {}
    for old in before:
        both.update((new, None) for new in after if new.startswith(old))
        both.update((old, None) for new in after if old.startswith(new))
    if not both:
        given = [other for old in before for other in gazetteer().parted.get(old[:6], ())]
        both.update((new, None) for new in after if new.startswith(tuple(given)))
    return tuple(both)


_LOUD = re.compile("[省县镇盟州旗]|(?<![小社])区|街道|市(?!场)|乡(?!村)")
_VERB = re.compile("[在到从去住往于自]")


class _Reader:
    """One reading of one text."""

    __slots__ = ("apart", "found", "near", "text")

    def __init__(self, text: str, near: str) -> None:
        self.text, self.near, self.found = text, near, Found()
        self.apart = False  # what is read now does not follow what was read before

    def follow(self, at: int) -> int:
        """Take names from `at` on, as long as they follow each other; where that ended."""
        while True:
            start = past(self.text, at)
            name = self._next(start)
            if name is None:
                return at
            at = start + len(name.text)

    def search(self) -> None:
        """What the address does not begin with: look further on for a name that says itself what it is."""
        text, found = self.text, self.found
        at = found.spans[-1].end if found.spans else found.begin
        if not _LOUD.search(text, at) and not _VERB.search(text, at):
            return
        self.apart = True
        while at < len(text) - 1:
            end = self.follow(at) if self._may_begin(at) else at
            at = max(end, at + 1)

    def _may_begin(self, at: int) -> bool:
        text, key = self.text, self.text[at : at + 2]
        names = (*gazetteer().wide.get(key, ()), *towns_of(HOME).get(key, ()))
        if not names:
            return False
        loud = any(name.strength > SHORT and text.startswith(name.text, at) for name in names)
        return loud or AFTER_A_VERB.search(text[max(0, at - 2) : at]) is not None

    def _next(self, at: int) -> Name | None:
        """The longest name here that fits what is known, taken into `found`."""
        before = self.found.codes
        for name in self._names_at(at):
            codes = narrowed(before, name.codes)
            if name.strength == SHORT:
                # 灵桥镇灵桥: the second one is the village
                fits = codes and codes != before and stands(self.text, at, name, codes, trusted=bool(before))
            else:
                fits = self._whole(at + len(name.text), name) and (codes or self._contradicts(name))
            if fits:
                self._take(name, at, codes)
                return name
        return None

    def _names_at(self, at: int) -> list[Name]:
        text, key = self.text, self.text[at : at + 2]
        names: list[Name] = []
        for name in gazetteer().wide.get(key, ()):
            if text.startswith(name.text, at):
                names.append(name)
        count = len(names)
        for table in _tables(self.found.codes, self.near):
            if key in table:
                names += [name for name in table[key] if text.startswith(name.text, at)]
        if count and len(names) > count:  # the longer spelling first; of two equal ones the wider place
            names.sort(key=_longer)
        return names

    def _whole(self, end: int, name: Name) -> bool:
        """A full name that is no part of a longer word, as 义乌市 in 义乌市场."""
        return end >= len(self.text) or self.text[end] not in NOT_A_NAME.get(name.text[-1], "")

    def _contradicts(self, name: Name) -> bool:
        """A full name that does not fit. A county outweighs a wrong city; a town never moves a county: one must ask."""
        before = self.found.codes
        if self.apart or not before:
            return False
        if name.level == 6:
            return len(before[0]) == 4 or (len(before[0]) == 2 and any(code.startswith(HOME) for code in name.codes))
        return name.level == 9 and len(before[0]) == 6 and any(a[:4] == b[:4] for a in name.codes for b in before)

    def _take(self, name: Name, at: int, codes: Codes) -> None:
        found, level = self.found, name.level
        if len(codes) == 1 and name.strength == SHORT:
            level = min(level, len(codes[0]))
        label = LABELS[level]
        if level == 2 and name.text.endswith("市") and found.spans:
            label = "city"
        found.spans.append(Span(label, at, at + len(name.text)))
        found.weakest = min(found.weakest, name.strength)
        if level == 9 and (not found.codes or len(found.codes[0]) < 4):
            found.alone = True
        if codes:
            found.codes = codes
        elif level == 9:
            found.against += name.codes
        else:
            found.against += found.codes
            found.codes = name.codes


def _longer(name: Name) -> tuple[int, int]:
    return -len(name.text), -name.strength


@lru_cache(maxsize=4096)
def _tables(codes: Codes, near: str) -> tuple[Names, ...]:
    """Where to look for a town: in the counties and cities named, else by full name in the home province."""
    if not codes:
        return tuple(towns_of(holder) for holder in (near, HOME) if holder)
    parted = gazetteer().parted
    holders: list[str] = []
    for code in codes:
        if len(code) > 3:
            holders += [code[:6], *parted.get(code[:6], ())]
    if not holders:
        return (towns_of(HOME),)
    if all(code.startswith(HOME) for code in codes):
        holders.append(codes[0][:4])
    return tuple(towns_of(holder) for holder in dict.fromkeys(holders))
