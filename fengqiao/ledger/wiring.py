"""Who hears of what. Filled once at start-up from fengqiao/reactions.py; deliveries ride on the task queue."""

from collections.abc import Callable, Mapping

from .kinds import Event
from .models import Entry
from .tasks import know, owe

_reactions: dict[type[Event], tuple[Callable[[Entry], None], ...]] = {}


def wire(reactions: Mapping[type[Event], tuple[Callable[[Entry], None], ...]]) -> None:
    """Set the table of consequences. Called once, when all modules are loaded."""
    _reactions.clear()
    _reactions.update(reactions)
    for handlers in reactions.values():
        for handler in handlers:
            know(handler)


def announce(kind: type[Event], entry: Entry) -> None:
    """Owe every listener a delivery, in the same transaction as the entry."""
    if handlers := _reactions.get(kind):
        owe(entry, handlers)
