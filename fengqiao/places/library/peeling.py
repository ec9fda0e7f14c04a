"""Which region of the tree a written address names, and what is left of it to be found there."""

from collections.abc import Sequence
from dataclasses import dataclass

from fengqiao.places.addresses import Parsed, parse
from fengqiao.places.models import Region, span_of

from .keys import key_of

LONGEST_NAME = 20
DEEPEST = 5
COUNTY_RANK = 1
COUNTY = 6  # digits
EVERYWHERE = ("", "9" * 15)


@dataclass(frozen=True)
class Peeled:
    """What is left to be found, and the codes within which."""

    whole: str
    rest: str
    span: tuple[str, str]
    region: Region | None = None  # the narrowest that is named
    several: Sequence[Region] = ()  # those that have the name which comes next
    is_elsewhere: bool = False  # it names another county than that of the tree
    by_city_alone: bool = False  # a city was written, and not which of its counties


def peel(text: str, within: str = "") -> Peeled:
    """Names that several places have are taken off only where one fits."""
    county = Region.objects.filter(level__rank=COUNTY_RANK).first()
    parsed = parse(text, near=county.code if county else "")
    whole = key_of(text)
    if county and _is_elsewhere(parsed, county):
        return Peeled(whole, whole, span_of(within) if within else EVERYWHERE, is_elsewhere=True)
    region = _town(parsed, county) or (county if parsed.district and county else None)
    rest = key_of(_without(parsed, text, town=region is not None and region != county))
    code = within if within and (region is None or region.holds(within)) else region.code if region else ""
    several: list[Region] = []
    for _step in range(DEEPEST):
        several = _named_at_the_front(rest, code)
        if len(several) != 1:
            break
        region, rest = several[0], rest[len(key_of(several[0].name)) :]
        code = region.code
    city_alone = bool(parsed.city) and region is None
    return Peeled(whole, rest, span_of(code) if code else EVERYWHERE, region, several, by_city_alone=city_alone)


def _is_elsewhere(parsed: Parsed, county: Region) -> bool:
    named = parsed.codes[-1] if parsed.codes else ""
    return bool(named) and not county.code.startswith(_stem(named)) and not county.holds(named)


def _stem(code: str) -> str:
    """The digits that say something of the code of a province, a city or a county."""
    return code[:2] if code[2:COUNTY] == "0000" else code[:4] if code[4:COUNTY] == "00" else code[:COUNTY]


def _town(parsed: Parsed, county: Region | None) -> Region | None:
    """By its name: a district may keep its own codes for what is younger than the table."""
    if not parsed.town or county is None:
        return None
    return Region.objects.within(county.code).filter(name=parsed.town).first()


def _without(parsed: Parsed, text: str, *, town: bool) -> str:
    """The words but for the divisions, and for what was said before the address began."""
    gone = {"prov", "city", "district"} | ({"town"} if town else set())
    at = parsed.elements[0].start if parsed.elements else 0
    left = ""
    for element in parsed.elements:
        if element.label in gone:
            left, at = left + text[at : element.start], element.start + len(element.text)
    return left + text[at:]


def _named_at_the_front(text: str, within: str) -> list[Region]:
    """The places with the longest name that the text begins with."""
    starts = [text[:n] for n in range(2, min(len(text), LONGEST_NAME) + 1)]
    regions = Region.objects.filter(name__in=starts, level__rank__gt=COUNTY_RANK)
    if within:
        regions = regions.within(within).exclude(code=within)
    named = sorted(regions.only("code", "name"), key=lambda region: -len(region.name))
    return [region for region in named if len(region.name) == len(named[0].name)]
