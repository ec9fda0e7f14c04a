"""Names of roads, compounds and other names that differ in one letter from what was written.

Where one letter is wrong, missing or too much, the first half or the last half of the name is whole: so both are looked
up by their beginning, forwards and backwards, and nothing is read in full.
"""

from fengqiao.places.models import AddressHead

from . import index

SHORTEST = 3  # of two letters, one wrong leaves nothing to go by
LOOKED_AT = 300
MOST = 5


def one_letter_off(name: str) -> list[str]:
    """At most five names, in order."""
    if len(name) < SHORTEST:
        return []
    half = len(name) // 2
    heads = AddressHead.objects
    begin = heads.filter(index.starting("key", name[:half])).order_by(index.by_code_point("key"))
    end = heads.filter(index.starting("backwards", name[half:][::-1])).order_by(index.by_code_point("backwards"))
    found = {*begin.values_list("key", flat=True)[:LOOKED_AT], *end.values_list("key", flat=True)[:LOOKED_AT]}
    return sorted(one for one in found if differ_by_one(one, name))[:MOST]


def differ_by_one(one: str, other: str) -> bool:
    """Whether one letter put in, left out or exchanged makes the one the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    same = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
