"""A share of a whole, as figures are published: both counts are kept, and nothing out of nothing is no figure at all."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Rate:
    """`part` of `whole`. Handbook 4: a zero denominator gives no figure, rounding is half-up and for display only."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """96.55%, or nothing where there is nothing to count."""
        if not self.whole:
            return ""
        share = Decimal(self.part * 100) / Decimal(self.whole)
        return f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"

    def __str__(self) -> str:
        return f"{self.percent} {self.part}/{self.whole}".strip()
