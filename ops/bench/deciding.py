"""How many routing decisions a second, by the rules in force on the facts of the seeded disputes, in one process.

Deciding alone is a function of facts and rules; a proposal, as a dispatcher's page asks for one, gathers the facts first.
"""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import django

django.setup()

from fengqiao.disputes.models import Dispute  # noqa: E402 - Django must be set up first
from fengqiao.routing.rules.books import in_force  # noqa: E402
from fengqiao.routing.rules.deciding import decide  # noqa: E402
from fengqiao.routing.rules.gathering import County, facts_of_all  # noqa: E402
from fengqiao.routing.suggestions import proposed  # noqa: E402


def main(n: int) -> None:
    """Print both rates, and the p95 of a proposal in milliseconds, as KEY VALUE lines."""
    book, county = in_force(), County()
    disputes = list(Dispute.objects.select_related("category", "place").order_by("-pk")[:n])
    facts = [county.facts(known, book) for known in facts_of_all(disputes)]
    decided = _timed(facts, lambda one: decide(one, book))
    wanted = _timed(disputes[: max(n // 10, 1)], proposed)
    print("DECIDED_A_SECOND", f"{len(decided) / sum(decided):.0f}")
    print("DECIDED_P95_MS", f"{_p95(decided):.3f}")
    print("PROPOSED_A_SECOND", f"{len(wanted) / sum(wanted):.0f}")
    print("PROPOSED_P95_MS", f"{_p95(wanted):.2f}")
    print("RULES", len(book.rules))


def _timed(things: Sequence[Any], call: Callable[[Any], object]) -> list[float]:
    call(things[0])
    durations = []
    for one in things:
        begun = time.perf_counter()
        call(one)
        durations.append(time.perf_counter() - begun)
    return durations


def _p95(durations: Sequence[float]) -> float:
    return sorted(durations)[int(len(durations) * 0.95)] * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
