"""What a draft would do: decided again for the newest thousand disputes, by the rules in force and by the draft."""

from collections import Counter
from dataclasses import dataclass

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User

from .book import Book
from .deciding import decide
from .gathering import County, facts_of_all

MOST = 1000


@dataclass(frozen=True)
class Move:
    """A dispute that would go to another body: names of both, and the rules (0: none)."""

    dispute: Dispute
    before: str
    after: str
    rule: int


@dataclass(frozen=True)
class Trial:
    """Of so many disputes these would go elsewhere. Only such as the person may see are tried, counted and listed."""

    tried: int
    moved: list[Move]

    @property
    def flows(self) -> list[tuple[str, str, int]]:
        """From where to where, and how many; the most first."""
        counted = Counter((move.before, move.after) for move in self.moved)
        return [(before, after, n) for (before, after), n in counted.most_common()]


def try_out(draft: Book, now: Book, *, by: User) -> Trial:
    """Both decided as the county stands at this moment. A few questions to the database, whatever the number."""
    found = Dispute.objects.visible_to(by).select_related("category", "place").order_by("-registered_at")
    disputes = list(found[:MOST])
    county, moved = County(), []
    for dispute, known in zip(disputes, facts_of_all(disputes), strict=True):
        before = decide(county.facts(known, now), now)
        after = decide(county.facts(known, draft), draft)
        if before.body != after.body:
            moved.append(Move(dispute, _name(county, before.body), _name(county, after.body), after.rule))
    return Trial(len(disputes), moved)


def _name(county: County, key: str) -> str:
    return county.bodies[key].name if key else "—"
