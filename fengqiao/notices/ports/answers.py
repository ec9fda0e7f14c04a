"""What a port is given, and what it answers. Nothing in this folder knows the database."""

from dataclasses import dataclass
from typing import Protocol

from fengqiao.notices.models import Outcome

LONGEST_ANSWER = 200


@dataclass(frozen=True)
class Parcel:
    """What a port is given. The same key is the same message, however often it is handed over."""

    key: str
    to: str
    subject: str
    words: str
    template: str  # occasion.role.version, as a gateway may have to approve it


@dataclass(frozen=True)
class Answer:
    """What came of it.

    ACCEPTED, DUPLICATE, FOUND: it is on its way. REFUSED: never. NOT_TAKEN: surely not this time; try again. UNKNOWN: it
    broke off where nobody can tell. NEVER_CAME: asked, and they have not got it.
    """

    outcome: Outcome
    said: str = ""
    delivered: bool | None = None  # where they know


class Port(Protocol):
    @property
    def can_tell(self) -> bool:
        """Whether it answers by a key what became of a message."""
        ...

    def send(self, parcel: Parcel) -> Answer:
        """Hand it over. Raises nothing: whatever goes wrong is an answer."""
        ...

    def ask(self, key: str) -> Answer:
        """What became of it: FOUND, REFUSED, NEVER_CAME, or NOT_TAKEN where nobody answers now."""
        ...
