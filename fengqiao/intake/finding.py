"""Finding a place of the district by a few typed characters: names and the names above them, no pinyin needed.

Staff are offered the addresses of the library as well; one that is chosen fills in its region.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce, Concat

from fengqiao.kernel.text import normalise
from fengqiao.places.library.suggesting import addresses_like
from fengqiao.places.models import Address, Region

MOST = 8
MOST_ADDRESSES = 5
LOOKED_AT = 200
LONGEST_QUERY = 40


@dataclass(frozen=True)
class Option:
    """One line of the list under the field (web/options.html).

    `text` goes into the field, `value` into the hidden one beside it, `also` into others by their id.
    """

    value: str
    text: str
    note: str
    label: str = ""  # what the line says, where that is not what goes into the field
    also: str = ""


def places_like(query: str) -> Sequence[Region]:
    """At most eight places, the likeliest first: the name itself, names that begin so, names that contain it, and
    places whose whole path contains every typed word (余家漾 3 finds the third grid of 余家漾社区)."""
    query = normalise(query)[:LONGEST_QUERY]
    words = query.split()
    if not words:
        return []
    above = Coalesce(F("parent__name"), Value("")), Coalesce(F("parent__parent__name"), Value(""))
    whole = Concat(above[1], above[0], F("name"), output_field=CharField())
    regions = Region.objects.select_related("level", "parent__parent").filter(level__rank__gt=1)
    contained = Q()
    for word in words:
        contained &= Q(whole__icontains=word)
    found = regions.annotate(whole=whole).filter(contained).order_by("level__rank", "code")[:LOOKED_AT]
    return sorted(found, key=lambda region: (_closeness(region, query), region.level.rank, region.code))[:MOST]


def place_chosen(code: str, typed: str) -> Region | None:
    """The place chosen from the list; where nothing was chosen, the one place of the name that was typed."""
    chosen = Region.objects.filter(code=code).first() if code else None
    return chosen or place_named(typed)


def place_named(text: str) -> Region | None:
    """The one place of this name or path, where somebody typed it out instead of choosing; None if none or several."""
    text = normalise(text).replace(" ", "")
    exact = list(Region.objects.filter(name=text, level__rank__gt=1)[:2]) if text else []
    if len(exact) == 1:
        return exact[0]
    paths = [region for region in places_like(text) if _path(region) == text or _path(region).endswith(text)]
    return paths[0] if len(paths) == 1 else None


def options_for(query: str) -> list[Option]:
    """Regions alone: what everybody may ask for."""
    return [Option(region.code, region.name, note_of(region)) for region in places_like(query)]


def options_with_addresses(query: str) -> list[Option]:
    """For the field of the region: regions, then addresses, each with the region that it is in."""
    regions = options_for(query)
    few = [_of_address(one) for one in addresses_like(normalise(query), limit=MOST_ADDRESSES)]
    return [*regions[: MOST - len(few)], *few]


def address_options(query: str) -> list[Option]:
    """For the field of the address: choosing one fills in the region too."""
    found = addresses_like(normalise(query), limit=MOST)
    return [
        Option("", one.text, _path_of(one), also=urlencode({"id_place": one.region.code, "id_place_name": one.region.name}))
        for one in found
    ]  # fmt: skip


def _of_address(one: Address) -> Option:
    also = urlencode({"id_address": one.text})
    return Option(one.region.code, one.region.name, _path_of(one), label=one.text, also=also)


def _path_of(one: Address) -> str:
    return " · ".join(region.name for region in reversed(one.path))


def note_of(region: Region) -> str:
    """余家漾社区 · 飞英街道: what the place lies in, from near to far."""
    return " · ".join(above.name for above in _above(region))


def _closeness(region: Region, query: str) -> int:
    if region.name == query:
        return 0
    if region.name.startswith(query):
        return 1
    return 2 if query in region.name else 3


def _above(region: Region) -> list[Region]:
    """The levels between the place and the county."""
    found, parent = [], region.parent
    while parent is not None and parent.parent_id is not None:
        found.append(parent)
        parent = parent.parent
    return found


def _path(region: Region) -> str:
    return "".join(part.name for part in reversed([region, *_above(region)]))
