"""What a reading says to the clerk while the facts are being typed: a proposal with its words, or one question. People decide."""

from dataclasses import dataclass

from fengqiao.disputes.models import Category
from fengqiao.kernel.money import FEN
from fengqiao.kernel.text import normalise

from .learning import categories_of, in_force
from .locating import Located, located
from .names import MONEY, ORG, PERSON, PLACE, TIME
from .reading import Reading, read
from .sums import fen_of
from .urgency import DANGER

MOST_AMOUNTS = 3
SHORTEST = 12  # characters; less says nothing yet


@dataclass(frozen=True)
class Proposal:
    """`choices` are the categories to choose from with one press: one where it is sure, two where it asks.

    `places` are those of the district that the text surely names: one, or several that it names.
    """

    reading: Reading
    choices: tuple[Category, ...]
    places: tuple[Located, ...] = ()

    @property
    def asks(self) -> bool:
        return len(self.choices) > 1

    @property
    def sure(self) -> str:
        return f"{self.reading.kind.confidence:.0%}"

    @property
    def is_danger(self) -> bool:
        return self.reading.urgency.grade == DANGER

    @property
    def who(self) -> tuple[str, ...]:
        return self._named(PERSON, ORG)

    @property
    def where(self) -> tuple[str, ...]:
        """Those that are not part of a place that is known."""
        return tuple(one for one in self._named(PLACE) if not any(one in place.words for place in self.places))

    @property
    def sums(self) -> tuple[str, ...]:
        return self._named(MONEY)

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """The sums that are exact, as the text writes them and as the field takes them (8600.00)."""
        exact = [(words, fen) for words in self.sums if (fen := fen_of(words))]
        return tuple((words, f"{fen // FEN}.{fen % FEN:02d}") for words, fen in exact)[:MOST_AMOUNTS]

    @property
    def times(self) -> tuple[str, ...]:
        return self._named(TIME)

    def _named(self, *kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.text for one in self.reading.named if one.kind in kinds))


def proposed(facts: str) -> Proposal | None:
    """None while there is too little to read."""
    if len(facts.strip()) < SHORTEST:
        return None
    reading = read("", facts, in_force())
    choices = choices_of(reading.kind.letter, "" if reading.is_sure else reading.kind.runner_up)
    return Proposal(reading, choices, located(normalise(facts), reading.named))


def choices_of(*letters: str) -> tuple[Category, ...]:
    """The district's first category for each of these letters, each once."""
    return tuple(dict.fromkeys(one for letter in letters if letter for one in categories_of(letter)[:1]))
