"""Where something lies, from what somebody wrote: a place of the district, one question with its answers, or nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengqiao.places.addresses import Candidate, parse
from fengqiao.places.models import Region

from .matching import LONGEST, find
from .peeling import COUNTY_RANK, peel

COUNTY = 6  # digits


@dataclass(frozen=True)
class Choice:
    """One answer: a place of the district, or another county, which has no `region` here."""

    code: str
    name: str
    above: str = ""
    region: Region | None = None


@dataclass(frozen=True)
class Whereabouts:
    """`region` where it is known; `question` with its choices where it may be one of several; else nothing is known.

    `named`: no more than the name of this region stands in the words.
    """

    region: Region | None = None
    named: Region | None = None
    question: str = ""
    choices: Sequence[Choice] = ()


def whereabouts(text: str) -> Whereabouts:
    """What the words say: a road that runs through two villages and a county that became two are one question."""
    text = text[:LONGEST]
    answer = find(text)
    if answer.known:
        return Whereabouts(answer.known.region)
    if answer.question:
        regions = dict.fromkeys(one.region for one in answer.question.choices)
        return _asked(text, [Choice(one.code, one.name, _above(one), one) for one in regions])
    counties = _counties(text)
    return _asked(text, counties) if counties else Whereabouts(named=peel(text).region)


def _asked(text: str, choices: Sequence[Choice]) -> Whereabouts:
    told = _("“%(text)s”可能在 %(n)d 个地方，是哪一个？") % {"text": text, "n": len(choices)}
    return Whereabouts(question=told, choices=choices)


def _above(region: Region) -> str:
    return region.parent.name if region.parent and region.parent.parent_id else ""


def _counties(text: str) -> list[Choice]:
    """The counties that a former county became, if the one here is among them and nothing else in the words decides."""
    county = Region.objects.filter(level__rank=COUNTY_RANK).first()
    parsed = parse(text)
    open_ones = [one for one in parsed.candidates if one.district and not one.town]
    if county is None or parsed.district or county.code[:COUNTY] not in {one.code[:COUNTY] for one in open_ones}:
        return []
    return [_county(one, county) for one in sorted(open_ones)]


def _county(one: Candidate, here: Region) -> Choice:
    return Choice(one.code, one.district, one.city, here if here.code[:COUNTY] == one.code[:COUNTY] else None)
