"""代办 in the ledger: what a deputy could not have done in their own name is written as done for somebody else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.people.models import User

from .lifecycle import Act, State, step
from .models import Dispute
from .policies import own_hats, principal_of


@dataclass(frozen=True)
class Deputy:
    """Somebody acting for a colleague: the entry is theirs, and names both."""

    actor: User
    in_place_of: User

    @property
    def ledger_id(self) -> str:
        return self.actor.ledger_id

    def __str__(self) -> str:
        return _("%(deputy)s（代%(principal)s）") % {"deputy": self.actor, "principal": self.in_place_of}


def in_place_of(by: Any, dispute: Dispute, act: Act | None = None) -> Any:
    """The actor, or the actor as a deputy. An act that their own hats allow is their own."""
    principal = principal_of(by, dispute)
    if principal is None:
        return by
    found = step(act, State(dispute.state)) if act else None
    if found is not None and found.who & own_hats(by, dispute):
        return by
    return Deputy(by, principal)
