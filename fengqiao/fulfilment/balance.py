"""How an obligation stands: what is owed, what counts, what is left. Money in 分."""

from dataclasses import dataclass

from django.db.models import QuerySet

from fengqiao.disputes.models import Dispute, Obligation, ObligationState

from .models import Performance, Recognition

OPEN = (ObligationState.DUE, ObligationState.BREACHED)


@dataclass(frozen=True)
class Balance:
    """`owed` is None for a duty that is not one of money; then one performance is enough."""

    owed: int | None
    paid: int
    claimed: int
    is_done: bool
    is_claimed: bool

    @property
    def left(self) -> int:
        """Not paid yet."""
        return max((self.owed or 0) - self.paid, 0)

    @property
    def unclaimed(self) -> int:
        """Neither paid nor said to be."""
        return max(self.left - self.claimed, 0)


def balance_of(obligation: Obligation) -> Balance:
    """From the performances as they are now (or as they were prefetched)."""
    done = list(obligation.performances.all())
    counted = [one for one in done if one.standing == Recognition.COUNTED]
    claimed = [one for one in done if one.standing == Recognition.CLAIMED]
    paid = _sum(counted)
    is_done = bool(counted) if obligation.amount_fen is None else paid >= obligation.amount_fen
    return Balance(obligation.amount_fen, paid, _sum(claimed), is_done, bool(claimed))


def open_obligations(dispute: Dispute) -> QuerySet[Obligation]:
    """What is still owed, the earliest first."""
    return dispute.obligations.filter(state__in=OPEN).order_by("due_on", "n")


def _sum(performances: list[Performance]) -> int:
    return sum(one.amount_fen or 0 for one in performances)
