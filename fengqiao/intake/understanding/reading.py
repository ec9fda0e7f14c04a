"""Everything read out of one text, each with how sure it is and the words that decided; and the one question left open."""

from dataclasses import dataclass

from fengqiao.kernel.text import normalise

from .embedding import meaning
from .kinds import Kind, kind_of
from .mass import Mass, mass_of
from .names import Named, named_in
from .own_words import Said, harm_in, wish_in
from .parties import parties_of
from .urgency import DANGER, Urgency, urgency_of
from .weights import Weights, shipped

LONGEST = 4000  # characters read; what is behind them repeats
SURE = 0.6  # below, the clerk is asked which of two it is


@dataclass(frozen=True)
class Reading:
    """What a text says of itself. `named` has places, people, bodies, sums and times in the order of the text."""

    kind: Kind
    urgency: Urgency
    mass: Mass
    parties: tuple[str, ...]
    named: tuple[Named, ...]
    wish: Said | None  # what the person wants, in their own words
    harm: Said | None  # and what they suffered

    @property
    def is_sure(self) -> bool:
        return self.kind.confidence >= SURE

    @property
    def because(self) -> tuple[str, ...]:
        """The words that decided of what kind it is, and those that make it urgent or everybody's."""
        grave = self.urgency.because if self.urgency.grade == DANGER else ()
        return tuple(dict.fromkeys([*self.kind.because, *grave, *self.mass.because]))


def read(title: str, text: str, weights: Weights | None = None) -> Reading:
    """Read a text with its title, as typed. Weights of the district's own, else the shipped ones."""
    title, text = normalise(title), normalise(text)[:LONGEST]
    whole = f"{title}。{text}" if title else text
    lies_at, weights, named, wish = meaning(whole), weights or shipped(), tuple(named_in(whole)), wish_in(text)
    return Reading(
        kind_of(whole, lies_at, weights),
        urgency_of(whole, weights),
        mass_of(whole, weights),
        parties_of(whole, named),
        named,
        wish,
        harm_in(text, wish),
    )
