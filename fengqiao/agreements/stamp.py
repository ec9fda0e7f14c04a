"""The committee's round seal on the screen: where each letter of its name stands on the arc."""

from dataclasses import dataclass
from math import cos, radians, sin

CENTRE, RADIUS = 100, 74  # in a box of 200
WIDEST, STEP = 250.0, 22.0  # degrees: of the whole arc, and at most from letter to letter
LARGEST = 24.0


@dataclass(frozen=True)
class Letter:
    """One letter, turned to stand upright on the arc."""

    text: str
    x: str
    y: str
    angle: str


@dataclass(frozen=True)
class Stamp:
    """The name on its arc; `sample` for a demonstration's 样章."""

    name: str
    letters: list[Letter]
    size: str
    sample: bool


def stamp(name: str, *, sample: bool) -> Stamp:
    """The seal of the committee of this name."""
    arc = min(WIDEST, STEP * len(name))
    step = arc / (len(name) - 1) if len(name) > 1 else 0.0
    letters = [_letter(text, -arc / 2 + i * step) for i, text in enumerate(name)]
    size = min(LARGEST, RADIUS * radians(arc) / max(len(name), 2) * 0.92)
    return Stamp(name, letters, f"{size:.1f}", sample)


def _letter(text: str, angle: float) -> Letter:
    x, y = CENTRE + RADIUS * sin(radians(angle)), CENTRE - RADIUS * cos(radians(angle))
    return Letter(text, f"{x:.1f}", f"{y:.1f}", f"{angle:.1f}")
