"""Finding the province, city, county and town in a text.

Names are taken one after another from where the address begins; each must lie in, or hold, what was understood so far.
A name with several meanings keeps them all until another name decides. What no name decides stays open.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from fengqiao.places.addresses.context import AFRESH, AFTER_A_VERB, BETWEEN_BEGINS, FILLERS, LEAD, ONCE
from fengqiao.places.addresses.elements import Span, is_gap
from fengqiao.places.addresses.gazetteer import (
    ALIAS,
    CITY,
    COUNTY,
    FULL,
    HOME,
    LABELS,
    PROVINCE,
    SHORT,
    TOWN,
    Codes,
    Name,
    Names,
    beginning,
    gazetteer,
    in_full,
    joined,
    lone_towns,
    towns_of,
)
from fengqiao.places.addresses.standing import followed, nested, past, set_off, stands


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


# Not what may be the beginning of a longer word, as 义乌市场, 湖州市区, 月河街道办.
_FULL = re.compile("[ ,，]*([\u4e00-\u9fff]{2,8}?(?:[省市区县镇乡]|街道))(?![场域间村亲区办])")
_LOUD = re.compile("[省县镇盟州旗]|(?<![小社])区|街道|市(?!场)|乡(?!村)")
_VERB = re.compile("[在到从去住往于自写填]|[国省县]道|高速")
_FILLERS = re.compile(rf"(?:[\s,，。、]|{FILLERS})+")
_AFRESH = re.compile(f"[{''.join(sorted(AFRESH - {' '}))}]")


class Found:
    """One reading of one text. `codes` are all that the names allow; `against` is what names that did not fit would say."""

    __slots__ = (
        "against",
        "alone",
        "apart",
        "begin",
        "codes",
        "formerly",
        "is_scattered",
        "near",
        "spans",
        "text",
        "torn",
        "weakest",
        "words",
    )

    def __init__(self, text: str, near: str, words: str = "") -> None:
        self.text, self.near = text, near
        self.words = words or text  # all that was said, of which `text` may be a part
        self.spans: list[Span] = []
        self.codes: Codes = ()
        self.against: Codes = ()
        self.formerly: Codes = ()  # where else the towns of a former county may lie now
        self.begin = 0  # where the address begins, after "我家住在"
        self.weakest = FULL  # the strength of the weakest name
        self.alone = False  # a town without its county
        self.torn = False  # nothing says which of `codes` is meant
        self.is_scattered = False  # other words may stand between the names
        self.apart = False  # what is read now does not follow what was read before

    def read(self) -> "Found":
        """Take every division that the text names, from where the address begins."""
        self.follow(0)
        lead = None if self.spans else LEAD.match(self.text)
        if lead and lead.end():
            self.begin = lead.end()
            self.follow(self.begin)
        if not self.codes or len(self.codes[0]) < TOWN:
            self.search()
        if not self.codes:
            self.follow_alone()
        if self.spans and self.spans[0][1] > 2 and len(self.codes) == 1 and PROVINCE < len(self.codes[0]) < TOWN:
            self.look_back()
        return self

    def follow(self, at: int) -> int:
        """Take names from `at` on, as long as they follow each other; where that ended."""
        text = self.text
        while True:
            at = self._in_full(at)
            start = past(text, at) if text[at : at + 1] in BETWEEN_BEGINS else at
            end = self._next(start)
            if not end:
                return at
            if start > at and not is_gap(text, at, start):
                self.is_scattered = True
            at = end

    def search(self) -> None:
        """What the address does not begin with: look further on for a name that says itself what it is."""
        text = self.text
        at = self.spans[-1][2] if self.spans else self.begin
        if not (_LOUD.search(text, at) or _VERB.search(text, at) or _AFRESH.search(text, at)):
            return
        self.apart = True
        while at < len(text) - 1:
            end = self.follow(at) if self._may_begin(at) else at
            self.is_scattered = self.is_scattered or end > at
            at = max(end, at + 1)

    def _may_begin(self, at: int) -> bool:
        text, head = self.text, self.text[at : at + 3]
        names = (*beginning(gazetteer().wide, head), *beginning(towns_of(HOME), head))
        if not names:
            return False
        loud = any(name.strength > SHORT and text.startswith(name.text, at) for name in names)
        if loud or AFTER_A_VERB.search(text[max(0, at - 4) : at]):
            return True
        return text[max(0, at - 1) : at] in AFRESH and nested(text, at, names)

    def follow_alone(self) -> None:
        """The short name of a town with nothing beside it, where it can be nothing else: 就柳市嘛, 我乌镇的."""
        filler = _FILLERS.match(self.text)
        if filler and self.begins_at(filler.end()):
            self.begin = filler.end()
            self.follow(self.begin)
            return
        self.take_alone(0, self.begin, filler.end() if filler else 0)

    def take_alone(self, *openings: int) -> None:
        text = self.text
        for at in dict.fromkeys(openings):
            for name in beginning(lone_towns(), text[at : at + 3]):
                end = at + len(name.text)
                if text.startswith(name.text, at) and set_off(text, end, name.codes):
                    self.begin = at
                    self._take(name, at, name.codes)
                    self.follow(end)
                    return

    def look_back(self) -> None:
        """A town said before the place it lies in: 南白象，瓯海，温州."""
        text, first = self.text, self.spans[0][1]
        for mark in _AFRESH.finditer("，" + text, 0, first):
            at = mark.start()
            for name in beginning(_towns(self.codes, ""), text[at : at + 3]):
                end, codes = at + len(name.text), narrowed(self.codes, name.codes)
                if end < first and text.startswith(name.text, at) and len(codes) == 1 and past(text, end) > end:
                    self.spans.insert(0, ("town", at, end))
                    self.codes, self.begin, self.is_scattered = codes, 0, True
                    self.weakest = min(self.weakest, name.strength)
                    return

    def begins_at(self, at: int) -> bool:
        """Whether a place begins here, with another that lies in it or holds it right beside it."""
        at = past(self.text, at)
        return nested(self.text, at, beginning(gazetteer().wide, self.text[at : at + 3]))

    def _in_full(self, at: int) -> int:
        """Take the full names that leave no doubt, as most do that are written; where they end."""
        text, codes = self.text, self.codes
        if len(codes) > 1:
            return at
        within = codes[0] if codes else ""
        while len(within) < TOWN and (written := _FULL.match(text, at)):
            meant = in_full(within).get(written[1])
            if meant is None:
                break
            label, within = meant
            start, at = written.span(1)
            self.spans.append((label, start, at))
            self.codes = (within,)
        return at

    def _next(self, at: int) -> int:
        """Take the longest name here that fits what is known; where it ends, 0 if there is none."""
        text, before = self.text, self.codes
        for name in self._names_at(at):
            called, strength, meant, _level, never_before = name
            if not text.startswith(called, at):
                continue
            end = at + len(called)
            codes = (narrowed(before, meant) or self._once(name)) if before else meant
            if strength == SHORT:
                # 灵桥镇灵桥: the second one is the village. 柯桥，柯桥钱清 and 练市，南浔的: the county is said once more
                again = codes == before and not (
                    name.level < TOWN and (self.alone or followed(text, past(text, end), codes))
                )
                fits = codes and not again and stands(text, at, name, codes, trusted=bool(before))
            else:
                # 义乌市场: a full name that is part of a longer word is none
                fits = text[end : end + 1] not in never_before and (codes or self._contradicts(name))
            if fits:
                self._take(name, at, codes)
                return end
        return 0

    def _names_at(self, at: int) -> Sequence[Name]:
        """The names that may stand here: the longer first, of two equal ones the wider place."""
        text, head = self.text, self.text[at : at + 3]
        wide, towns = beginning(gazetteer().wide, head), beginning(_towns(self.codes, self.near), head)
        if not (wide and towns):
            return wide or towns
        standing = [name for name in wide if text.startswith(name.text, at)]
        if not standing:
            return towns
        return sorted([*standing, *(name for name in towns if text.startswith(name.text, at))], key=_longer)

    def _once(self, name: Name) -> Codes:
        """The one town of this name in the city, if the county is named as it was formerly: its towns may have gone elsewhere."""
        before = self.codes
        if name.level != TOWN or len(before[0]) != COUNTY or not before[0].startswith(HOME):
            return ()
        city = self.formerly or ((before[0][:CITY],) if ONCE.search(self.words) else ())
        inside = narrowed(city, name.codes) if city else ()
        return inside if len(inside) == 1 else ()

    def _contradicts(self, name: Name) -> bool:
        """A full name that does not fit. A county outweighs a wrong city; a town never moves a county: one must ask."""
        before = self.codes
        if self.apart or not before:
            return False
        if name.level == 6:
            return len(before[0]) == 4 or (len(before[0]) == 2 and any(code.startswith(HOME) for code in name.codes))
        return name.level == 9 and len(before[0]) == 6 and any(a[:4] == b[:4] for a in name.codes for b in before)

    def _take(self, name: Name, at: int, codes: Codes) -> None:
        text, strength, own, level, _never_before = name
        before = self.codes
        self.weakest = min(self.weakest, strength)
        if strength == SHORT and len(codes) == 1:
            level = min(level, len(codes[0]))
        label = "city" if level == 2 and text.endswith("市") and self.spans else LABELS[level]
        self.spans.append((label, at, at + len(text)))
        if level == TOWN and not before:
            self.alone = True
        elif level < TOWN:
            self.alone = False  # 江南街道，金华的
        if level == COUNTY and strength == ALIAS and text[-1] in "县市":
            self.formerly = (own[0][:CITY],)
        if codes:
            self.codes = codes
        elif level == 9:
            self.against += own
        else:
            self.against += before
            self.codes = own


def _longer(name: Name) -> tuple[int, int]:
    return -len(name.text), -name.strength


@lru_cache(maxsize=4096)
def _towns(codes: Codes, near: str) -> Names:
    """The towns to look for: those of the counties and cities named, else by full name those of the home province."""
    if not codes:
        return _towns_of_all((near, HOME) if near else (HOME,))
    parted = gazetteer().parted
    holders: list[str] = []
    for code in codes:
        if len(code) > 3:
            holders += [code[:6], *parted.get(code[:6], ())]
    if not holders:
        return towns_of(HOME)
    if all(code.startswith(HOME) for code in codes):
        holders.append(codes[0][:4])
    return _towns_of_all(tuple(dict.fromkeys(holders)))


@lru_cache(maxsize=256)
def _towns_of_all(holders: tuple[str, ...]) -> Names:
    return joined([towns_of(holder) for holder in holders]) if len(holders) > 1 else towns_of(holders[0])
