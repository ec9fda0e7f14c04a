"""Takes the names of province, city, county, town and village off the front of a written address."""

import re
from dataclasses import dataclass

from fengqiao.places.models import Region, span_of

from .keys import key_of

ABOVE = re.compile(r"^(?:[^0-9]{2,7}?(?:省|自治区))?(?P<city>[^0-9路街巷弄]{2,6}?市(?![场民区]))?")
LONGEST_NAME = 20
DEEPEST = 5
COUNTY_RANK = 1


@dataclass(frozen=True)
class Peeled:
    """What is left to be found, and the codes within which."""

    whole: str
    rest: str
    span: tuple[str, str]
    by_city_alone: bool = False  # a city was written, and not which of its counties


def peel(said: str, within: str = "") -> Peeled:
    """`said` is in the form that is compared. Names that several places have are taken off only where one fits."""
    rest, region = said, within
    county = Region.objects.filter(level__rank=COUNTY_RANK).first()
    above = ABOVE.match(said)
    after = said[above.end() :] if above else said
    if county and after.startswith(key_of(county.name)):
        rest = after[len(key_of(county.name)) :]
        region = region or county.code
        after = rest
    for _step in range(DEEPEST):
        found = _named_at_the_front(after, region)
        if found is None:
            break
        after, region = after[len(key_of(found.name)) :], found.code
        rest = after
    city_alone = rest == said and after != said
    return Peeled(said, after, span_of(region) if region else ("", "9" * 15), city_alone)


def _named_at_the_front(text: str, within: str) -> Region | None:
    """The one place whose name the text begins with, the longest name first."""
    starts = [text[:n] for n in range(2, min(len(text), LONGEST_NAME) + 1)]
    regions = Region.objects.filter(name__in=starts, level__rank__gt=COUNTY_RANK)
    if within:
        regions = regions.within(within).exclude(code=within)
    named = sorted(regions.only("code", "name"), key=lambda region: -len(region.name))
    longest = [region for region in named if len(region.name) == len(named[0].name)]
    return longest[0] if len(longest) == 1 else None
