"""What the rules propose for many disputes at once: the same answer as for one, in a constant number of questions."""

from collections.abc import Iterable

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute

from .rules.books import in_force
from .rules.deciding import decide
from .rules.gathering import county_around, facts_of_all
from .suggestions import Suggestion


def proposals(disputes: Iterable[Dispute]) -> dict[int, Suggestion]:
    """Key of the dispute → what the rules in force say. The disputes come with their category and place."""
    disputes = list(disputes)
    if not disputes:
        return {}
    book, known = in_force(), facts_of_all(disputes)
    county = county_around(known, book)
    facts = [county.facts(one, book) for one in known]
    decisions = [decide(one, book) for one in facts]
    named = Body.objects.select_related("region").filter(key__in={one.body for one in decisions if one.body})
    bodies = {body.key: body for body in named}
    return {
        dispute.pk: Suggestion(bodies.get(decision.body), book, one, decision)
        for dispute, one, decision in zip(disputes, facts, decisions, strict=True)
    }
