"""Which of many texts belong together: groups that hold together as a whole, not chains of which each link holds.

Two groups are joined while the likeness of all pairs between them says "the same". Who is like many of a large group may be
less like each of them: of a matter that forty write of, one tells of the dust and one of the noise.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush

SAME = 0.55  # the least likeness of what is joined
CROWD = 0.35  # 1 would ask for the mean of all pairs, 0 for their sum

Links = Mapping[int, Mapping[int, float]]  # the sums over the pairs between two groups
Members = Mapping[int, list[int]]


def grouped(n: int, alike: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Groups of two and more of the numbers 0 to n-1. `alike` has pairs (smaller, larger) and how likely they are the same; what it lacks is 0."""
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), likeness in alike.items():
        links[i][j] = links[j][i] = likeness
    waiting = [offer for i in links for offer in _offers(i, links, members) if offer[1] == i]
    heapify(waiting)
    while waiting:
        worth, one, other, *sizes = heappop(waiting)
        if [len(members.get(group, ())) for group in (one, other)] != sizes:
            continue  # one of them has been joined to something since
        if -worth < SAME:
            break
        members[one] += members.pop(other)
        for third, total in links.pop(other).items():
            del links[third][other]
            if third != one:
                links[one][third] = links[third][one] = links[one].get(third, 0.0) + total
        for offer in _offers(one, links, members):
            heappush(waiting, offer)
    return [sorted(group) for group in members.values() if len(group) > 1]


def _offers(one: int, links: Links, members: Members) -> Iterator[tuple[float, int, int, int, int]]:
    """What it could be joined with: the worth of it, both groups, the smaller number first, and their sizes now."""
    for other, total in links[one].items():
        i, j = sorted((one, other))
        many, more = len(members[i]), len(members[j])
        yield -total / (many * more) ** CROWD, i, j, many, more
