"""Which earlier disputes tell of the same matter as a text: found by the index, then compared word for word.

The index is asked for disputes that hold one of the text's names together with a word of its grievances. What the asker
may not see is left out before anything is compared.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from fengqiao.disputes import search
from fengqiao.disputes.models import Dispute

from .sameness.alike import Around, Likeness, Text, likeness
from .sameness.among import acquaint
from .sameness.clues import Clues, clues_of
from .sameness.wording import words_of

SHORTEST = 12  # characters; less tells of no matter
LOOKED_AT = 120  # newest disputes asked from the index for one name
COMPARED = 12
MOST_NAMES = 4
SHARE = 0.015  # of those found by name and grievance, how many are of the same matter before they are compared
LIKELY = 0.3  # the least chance that is shown
SPEAKING = {
    "person": 0,
    "estate": 1,
    "village": 1,
    "school": 2,
    "hospital": 2,
    "line": 2,
    "company": 3,
    "shop": 3,
    "road": 4,
}


def same_matter(
    facts: str, *, actor: Any, address: str = "", besides: int | None = None, day: date | None = None
) -> dict[int, Likeness]:
    """Disputes that the actor may see and that are probably about this, by their key. `besides` is left out.

    `day` is when it was told, today unless it is given.
    """
    if len(facts.strip()) < SHORTEST:
        return {}
    asked = _clues("", f"{facts}。{address}" if address else facts)
    found = list(dict.fromkeys(pk for name in _telling(asked) for pk in _holding(name, asked)))
    if not found:
        return {}
    seen = Dispute.objects.visible_to(actor).filter(pk__in=[pk for pk in found if pk != besides]).order_by("-pk")
    rows = list(seen.values_list("pk", "registered_at", "title", "facts", "address")[:COMPARED])
    clues = [
        _clues("" if facts.startswith(title[:8]) else title, f"{facts}。{at}" if at else facts)
        for _pk, _when, title, facts, at in rows
    ]
    around = Around([asked, *clues], of=max(found))
    one = Text(asked, around, day=day or timezone.localdate())
    others = [
        Text(theirs, around, day=timezone.localdate(when))
        for theirs, (_pk, when, *_rest) in zip(clues, rows, strict=True)
    ]
    acquaint([one, *others])
    alike = {row[0]: likeness(one, other, SHARE) for row, other in zip(rows, others, strict=True)}
    return {pk: found for pk, found in alike.items() if found.chance >= LIKELY}


def _telling(asked: Clues) -> list[str]:
    """The names by which to look, those that say most first."""
    own = [name for name in asked.names if asked.names[name] in SPEAKING]
    return sorted(own, key=lambda name: (SPEAKING[asked.names[name]], -len(name), name))[:MOST_NAMES]


def _holding(name: str, asked: Clues) -> list[int]:
    return search.naming(name, words_of(asked.grievances), LOOKED_AT)


@lru_cache(maxsize=2000)
def _clues(title: str, text: str) -> Clues:
    return clues_of(title, text)
