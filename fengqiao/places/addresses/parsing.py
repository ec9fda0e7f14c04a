"""`parse`: from the words of an address to its division, its parts, and how sure that is."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from fengqiao.places.addresses import elements as parts
from fengqiao.places.addresses.divisions import Found
from fengqiao.places.addresses.elements import Element
from fengqiao.places.addresses.gazetteer import ALIAS, FULL, HOME, Codes, Gazetteer, gazetteer, path_of, villages_of
from fengqiao.places.addresses.speech import heard, is_spoken

SURE_BY_STRENGTH = {FULL: 0.97, ALIAS: 0.93}
SURE_OF_SHORT = 0.88
CODE_LENGTH = 12
LONGEST = 400  # an address is not a letter: what comes after so many characters is not read


class Candidate(NamedTuple):
    """A division that the words may mean, and how likely it is beside the others."""

    code: str
    prov: str
    city: str
    district: str
    town: str
    confidence: float


class Parsed(NamedTuple):
    """An address understood. Names are the full standard ones, "" where the text does not say.

    `code` is the statutory code of the narrowest division, filled to twelve digits, "" for none. `confidence`: how likely
    the division is right, 0 where there is none. `candidates`: what it may be instead, or what it may be where the text
    leaves it open; the likeliest first.
    """

    prov: str
    city: str
    district: str
    town: str
    code: str
    elements: tuple[Element, ...]
    confidence: float
    candidates: tuple[Candidate, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the whole path, the widest first."""
        wide = 4 if self.city != self.prov else 2
        reach = 9 if self.town else 6 if self.district else wide if self.prov else 0
        return tuple(self.code[:n].ljust(CODE_LENGTH, "0") for n in (2, 4, 6, 9) if n <= reach)

    @property
    def community(self) -> str:
        """The village or community as it was written, "" for none."""
        return next((element.text for element in self.elements if element.label == "community"), "")


class LocalNames:
    """Names of communities that an installation knows of itself: (name, code) pairs. Made once, used for many addresses."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        begin: dict[str, list[tuple[str, str]]] = {}
        for name, code in pairs:
            if name:
                begin.setdefault(name[:2], []).append((name, code))
        self._begin: Mapping[str, list[tuple[str, str]]] = {
            key: sorted(found, key=lambda pair: -len(pair[0])) for key, found in begin.items()
        }

    def end_of(self, text: str, at: int) -> int:
        """Where the longest of the names that stands at `at` ends; 0 if none does."""
        for name, _code in self._begin.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                return at + len(name)
        return 0


def parse(text: str, *, near: str = "", local: LocalNames | None = None) -> Parsed:
    """Understand an address. Never raises and never guesses: what the text leaves open is "" and in `candidates`.

    `near` is the code of the county where the words were said: it decides between places of one name, and lets a town be
    named without its county, with less confidence; it never puts an address into a county by itself. `local` are
    communities that the table does not know. Standard: GB/T 2260, GB/T 10114 for codes.
    """
    text = text[:LONGEST]
    plain = text.translate(_NARROW) if _WIDE.search(text) else text
    if " " in plain and _SPREAD.search(plain):
        return _closed_up(text, plain, near, local)
    known = gazetteer()
    near = near[:6] if near and near[:6] in known.names else ""
    found = heard(plain, near) if is_spoken(plain) else Found(plain, near).read()
    code, confidence, candidates = _decide(found, near, known)
    elements = _elements(text, found.text, found, code[:6] if len(code) > 5 else "", local)
    prov, city, district, town = path_of(code)
    whole = code and code.ljust(CODE_LENGTH, "0")
    return Parsed(prov, city, district, town, whole, elements, confidence, candidates)


_SPREAD = re.compile(r"(?:[\u4e00-\u9fff] +){3}[\u4e00-\u9fff](?: |$)")  # 杭 州 市


def _closed_up(text: str, plain: str, near: str, local: LocalNames | None) -> Parsed:
    """Read without the blanks between the characters, and find every part where it stands."""
    places = [at for at, character in enumerate(plain) if not character.isspace()]
    parsed = parse("".join(plain[at] for at in places), near=near, local=local)
    spread = []
    for name, words, start in parsed.elements:
        begin, end = places[start], places[start + len(words) - 1] + 1
        spread.append(Element(name, text[begin:end], begin))
    return parsed._replace(elements=tuple(spread))


# Full-width letters, digits and marks, one for one, so that places in the text stay what they are.
_WIDE = re.compile("[\uff01-\uff5e\u3000\xa0]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


Decision = tuple[str, float, tuple[Candidate, ...]]


def _decide(found: Found, near: str, known: Gazetteer) -> Decision:
    """The division, how sure, and what else it may be."""
    codes = found.codes
    if not codes:
        return "", 0.0, _candidates({near: 0.4} if near else {})
    if found.torn:
        common = _common(codes)
        return common, 0.9 if common else 0.0, _candidates(dict.fromkeys(codes, 0.9 / len(codes)))
    sure = SURE_BY_STRENGTH.get(found.weakest, SURE_OF_SHORT)
    if len(codes) == 1 and not found.against and not found.alone:
        return codes[0], sure, ()
    if found.against:
        return codes[0], 0.5, _candidates({codes[0]: 0.5} | dict.fromkeys(found.against, 0.4))
    if len(codes) > 1:
        return _choose(codes, sure, near, alone=found.alone)
    return _decide_town(codes[0], sure, near, known)


def _choose(codes: Codes, sure: float, near: str, *, alone: bool) -> Decision:
    """Of several meanings the one nearby; without its county a town is taken only in the county or city itself."""
    priors = (
        [(near, 0.85), (near[:4], 0.75)] if alone else [(near, 0.85), (near[:4], 0.75), (near[:2], 0.7), (HOME, 0.7)]
    )
    for prior, factor in priors if near else priors[2:]:
        within = [code for code in codes if code.startswith(prior)]
        if len(within) == 1:
            share = sure * factor
            others = dict.fromkeys(codes, (1 - share) / (len(codes) - 1))
            return within[0], share, _candidates(others | {within[0]: share})
        codes = tuple(within) or codes
    common = "" if alone else _common(codes)
    return common, 0.9 if common else 0.0, _candidates(dict.fromkeys(codes, 0.9 / len(codes)))


def _decide_town(code: str, sure: float, near: str, known: Gazetteer) -> Decision:
    """A town without its county: taken if nearby, or if the whole country has no other of that name."""
    if near and code.startswith(near):
        return code, sure * 0.8, _candidates({code: sure * 0.8})
    others = known.elsewhere.get(known.names[code], 0)
    if not others:
        return code, sure * 0.8, _candidates({code: sure * 0.8})
    return "", 0.0, _candidates({code: 0.9 / (1 + others / 3)})


def _common(codes: Codes) -> str:
    for size in (6, 4, 2):
        stems = {code[:size] for code in codes}
        if len(stems) == 1 and len(codes[0]) > size and all(len(code) >= size for code in codes):
            return stems.pop()
    return ""


def _candidates(shares: Mapping[str, float]) -> tuple[Candidate, ...]:
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Candidate(code.ljust(CODE_LENGTH, "0"), *path_of(code), round(share, 3)) for code, share in ranked[:8])


def _elements(text: str, plain: str, found: Found, county: str, local: LocalNames | None) -> tuple[Element, ...]:
    villages = villages_of(county) if county else {}

    def village_at(words: str, at: int) -> int:
        own = local.end_of(words, at) if local else 0
        for key in (words[at : at + 2], words[at : at + 1]):
            for name, _towns in villages.get(key, ()):
                if words.startswith(name, at):
                    return max(own, at + len(name))
        return own

    spans: list[parts.Span] = []
    at, before = found.begin, ""
    for span in found.spans if found.is_scattered else ():
        label, start, end = span
        if start > at and not parts.is_gap(plain, at, start):
            spans += parts.label(plain, at, start, village_at, after=before)
        spans.append(span)
        at, before = end, label
    if found.spans and not found.is_scattered:
        spans = found.spans
        before, _start, at = spans[-1]
    if at < len(plain):
        spans += parts.label(plain, at, len(plain), village_at, after=before)
    return tuple([_element((label, text[start:end], start)) for label, start, end in spans])


_element = partial(tuple.__new__, Element)  # six of them an address: Element(…) takes twice the time
