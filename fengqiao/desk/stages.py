"""What the stages of the work bring to the page of a dispute: the acts they offer and the cards they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fengqiao.agreements import panels as agreements
from fengqiao.callbacks import panels as callbacks
from fengqiao.disputes.lifecycle import STEPS, Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.fulfilment import panels as fulfilment
from fengqiao.intake import panels as intake
from fengqiao.mediation import panels as mediation
from fengqiao.notices import panels as notices
from fengqiao.routing import panels as routing
from fengqiao.supervision import panels as supervision
from fengqiao.web.acts import Offer

# In the order of the work; the cards stand the other way round, the latest on top.
STAGES = (
    ("intake", intake), ("routing", routing), ("mediation", mediation), ("agreements", agreements),
    ("fulfilment", fulfilment), ("callbacks", callbacks), ("supervision", supervision),
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A stage's part of the page: a template and what it is drawn from."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Offers:
    """Everything one can do, what one could at another time, and the one act of the turn bar."""

    possible: Sequence[Offer]
    not_now: Sequence[Offer]
    main: Offer | None


def offers_for(dispute: Dispute, actor: Any) -> Offers:
    """All offers of all stages. What cannot be done and is for none of this person's hats in any state is left out."""
    hats = dispute.hats_of(actor)
    ever = {step.act for step in STEPS if step.who & hats}
    every = [offer for _name, stage in STAGES for offer in stage.offers(dispute, actor)]
    offers = [offer for offer in every if offer.is_possible or offer.act in ever]
    main = next((offer for offer in offers if offer.is_possible and offer.primary), None)
    possible = [offer for offer in offers if offer.is_possible and offer is not main]
    return Offers(
        possible, [offer for offer in offers if not offer.is_possible], main or _reminder(possible, dispute, hats)
    )


def cards_for(dispute: Dispute, actor: Any) -> list[Card]:
    """The cards of the stages that have something to say, and at the end who was told of it outside the house."""
    found = [(name, stage.panel(dispute, actor)) for name, stage in reversed(STAGES)]
    found.append(("notices", notices.panel(dispute, actor)))
    return [Card(f"{name}/panel.html", context) for name, context in found if context]


def read_on_arrival(dispute: Dispute, actor: Any) -> Card | None:
    """What the program read in the text, before somebody decides where it goes."""
    context = intake.reading_panel(dispute, actor)
    return Card("intake/arrived.html", context) if context else None


def _reminder(possible: Sequence[Offer], dispute: Dispute, hats: frozenset[Hat]) -> Offer | None:
    """Whoever waits for somebody else may at least ask."""
    if dispute.stage.turn is None or dispute.stage.turn in hats:
        return None
    return next((offer for offer in possible if offer.act == Act.REMIND), None)
