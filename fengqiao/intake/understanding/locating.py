"""Which places of the district a text surely names: an address of the library, or a region of the tree. Never a guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, Value
from django.utils.translation import gettext as _

from fengqiao.places.library.matching import find
from fengqiao.places.library.peeling import peel
from fengqiao.places.models import Address, Region

from .names import PLACE, Named

MOST_ASKED = 4  # places of one text that are looked up: each asks the database
MOST = 3  # that are offered
COUNTY_RANK = 1  # the county itself says nothing
MOST_NAMES = 20  # names of regions in one text
BY_NAME = 0.9  # a region that is written out, and nothing else fits its name

# After the name of a region, what makes it a body that sits there and may be anywhere else concerned.
_OF_A_BODY = (
    "(?:人民)?(?:政府|办事处|派出所|司法所|法庭|卫生院|卫生室|医院|中学|小学|幼儿园|居委会|村委会|村民委员会|调委会|综治|便民"
    "|信用社|干部|书记|主任|领导|工作人员)"
)
_ADDRESS = r"(?:[一-鿿]{1,10}?(?:路|街|巷|弄|大道|花园|小区|家园|苑|新村|公寓|广场)){0,2}(?:[0-9一二三四五六七八九十百]{1,5}(?:号楼|号|幢|栋|单元|室|组|弄))*"


@dataclass(frozen=True)
class Located:
    """Words of the text, the one place that they mean, how sure that is and why."""

    words: str
    region: Region
    address: Address | None
    confidence: float
    why: str

    @property
    def name(self) -> str:
        return self.address.written if self.address else self.region.name

    @property
    def sure(self) -> str:
        return f"{self.confidence:.0%}"

    @property
    def fills(self) -> str:
        """What one press puts into the fields of the form, by their ids (as web/options.html has it)."""
        told = {"id_place": self.region.code}
        return urlencode(told | {"id_address": self.address.text} if self.address else told)


def located(text: str, named: Iterable[Named]) -> tuple[Located, ...]:
    """The places that are meant, the most exact first; those that lie around a more exact one are left out.

    `text` is in one form (kernel.text.normalise), `named` what was found in it.
    """
    said = sorted({*_written(named), *_beginning_with_ours(text)}, key=lambda one: (-len(one), one))
    found = [one for words in said[:MOST_ASKED] if (one := _place_of(words))]
    exact = sorted(found, key=lambda one: (one.address is None, -one.region.level.rank, -one.confidence))
    kept: list[Located] = []
    for one in exact:
        if not any(_lies_around(one, other) for other in kept):
            kept.append(one)
    return tuple(kept[:MOST])


def _lies_around(one: Located, other: Located) -> bool:
    return one.region.holds(other.region.code) and (one.address is None or one.address == other.address)


def _written(named: Iterable[Named]) -> list[str]:
    """Places as the text writes them: parts that follow each other without anything between are one."""
    runs: list[tuple[str, int]] = []
    for one in named:
        if one.kind != PLACE:
            continue
        if runs and runs[-1][1] == one.start:
            runs[-1] = (runs[-1][0] + one.text, one.start + len(one.text))
        else:
            runs.append((one.text, one.start + len(one.text)))
    return [words for words, _end in runs]


def _beginning_with_ours(text: str) -> list[str]:
    """What begins with the name of a region of ours, or with those above it, up to where the place can no longer go on."""
    names = Region.objects.annotate(said=Value(text)).filter(said__contains=F("name"), level__rank__gt=COUNTY_RANK)
    ours = sorted(set(names.values_list("name", flat=True)), key=len, reverse=True)[:MOST_NAMES]
    if not ours:
        return []
    one = "|".join(map(re.escape, ours))
    place = re.compile(rf"(?:[一-鿿]{{2,3}}[省市])?(?:[一-鿿]{{2,3}}[市县区])?(?:{one})+(?!{_OF_A_BODY}){_ADDRESS}")
    return [found.group() for found in place.finditer(text)]


def _place_of(words: str) -> Located | None:
    """None where several places may be meant, where it lies elsewhere, or where only the county is named."""
    answer = find(words)
    if known := answer.known:
        return Located(words, known.region, known.address, known.confidence, known.why)
    if answer.question:
        return None
    said = peel(words)
    if said.region is None or said.is_elsewhere or said.several or said.region.level.rank <= COUNTY_RANK:
        return None
    return Located(words, said.region, None, BY_NAME, _("写了地名"))
