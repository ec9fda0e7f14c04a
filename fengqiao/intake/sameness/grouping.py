"""Which of many texts belong together: groups that hold together as a whole, not chains of which each link holds.

Two groups are joined while the mean of all pairs between them still says "the same": one text that is like two
different matters cannot make one of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log

# The least mean likeness of a group among n texts. Of many texts more are alike by chance, while each has no more that are
# of its matter. Two points: .40 was best for the 80 texts of our own universes, .75 for the 1,150 letters of one city.
FEWEST = 50  # a handful is asked for as much as these
FEW, OF_FEW = 80, 0.40
MANY, OF_MANY = 1150, 0.75


def least_likeness(n: int) -> float:
    """How alike (0 to 1) those of one matter have to be on the whole, among n texts."""
    slope = (_logit(OF_MANY) - _logit(OF_FEW)) / log(MANY / FEW)
    return 1 / (1 + exp(-_logit(OF_FEW) - slope * log(max(n, FEWEST) / FEW)))


def grouped(n: int, alike: Mapping[tuple[int, int], float], same: float | None = None) -> list[list[int]]:
    """Groups of two and more of the numbers 0 to n-1. `alike` has pairs (smaller, larger); what it lacks is 0."""
    same = least_likeness(n) if same is None else same
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    links: dict[int, dict[int, float]] = defaultdict(dict)  # the sums over the pairs between two groups
    for (i, j), likeness in alike.items():
        links[i][j] = links[j][i] = likeness
    while best := _closest(members, links, same):
        one, other = best
        members[one] += members.pop(other)
        for third, total in links.pop(other).items():
            if third != one:
                links[one][third] = links[third][one] = links[one].get(third, 0.0) + total
                del links[third][other]
        links[one].pop(other, None)
    return [sorted(group) for group in members.values() if len(group) > 1]


def _logit(chance: float) -> float:
    return log(chance / (1 - chance))


def _closest(
    members: Mapping[int, Sequence[int]], links: Mapping[int, Mapping[int, float]], same: float
) -> tuple[int, int] | None:
    found = [
        (-total / (len(members[i]) * len(members[j])), i, j)
        for i, row in links.items()
        for j, total in row.items()
        if i < j
    ]
    first = min(found, default=None)
    return (first[1], first[2]) if first and -first[0] >= same else None
