"""Addresses for what somebody is typing: those that begin so, then those that hold every typed word."""

from collections.abc import Iterable, Sequence

from fengqiao.places.models import Address, AddressKey, span_of

from . import index
from .keys import key_of

MOST = 6
FIRST_LOOKED_AT, LOOKED_AT, LOOKED_AT_WITHIN = 60, 300, 3000
LONGEST = 60
PLACES = ("address__region__name", "address__region__parent__name", "address__region__parent__parent__name")


def addresses_like(query: str, *, within: str = "", limit: int = MOST) -> Sequence[Address]:
    """At most `limit` addresses in force, the likeliest first. `within` is the code of a region."""
    words = [key for word in query[:LONGEST].split() if (key := key_of(word))]
    if not words:
        return []
    keys = AddressKey.objects.filter(address__region__code__range=span_of(within)) if within else AddressKey.objects
    whole = "".join(words)
    begin = keys.filter(index.starting("key", whole)).order_by(index.by_code_point("key"))
    found = _ranked(begin.values_list("address", "key")[:FIRST_LOOKED_AT], whole)
    if len(found) < limit:
        some = index.holding(words, LOOKED_AT_WITHIN if within else LOOKED_AT)
        rows = keys.filter(pk__in=some).values_list("address", "key", *PLACES)
        fitting = ((row[0], row[1]) for row in rows if _holds(row, words))
        found += [pk for pk in _ranked(fitting, whole) if pk not in found]
    rows_of = Address.objects.with_places().in_bulk(found[:limit])
    return [rows_of[pk] for pk in found[:limit]]


def _ranked(rows: Iterable[tuple[int, str]], whole: str) -> list[int]:
    """Each address once: the name itself, then the shorter names, then those with the words further to the front."""
    ordered = sorted(rows, key=lambda row: (row[1] != whole, len(row[1]), row[1].find(whole), row[1]))
    return list(dict.fromkeys(pk for pk, _key in ordered))


def _holds(row: Sequence, words: list[str]) -> bool:
    """Whether each word stands in the name, or in the names of the regions with it."""
    if all(word in row[1] for word in words):
        return True
    text = key_of("".join(name or "" for name in reversed(row[2:]))) + row[1]
    return all(word in text for word in words)
