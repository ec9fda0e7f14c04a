"""Many texts at once: which of them are of one matter."""

from collections.abc import Sequence

from .alike import Around, Text, likeness, near_pairs
from .clues import Clues
from .grouping import grouped


def same_matters(texts: Sequence[tuple[Clues, str]]) -> list[list[int]]:
    """Groups of two and more positions. Each text comes with its writer, "" where that is unknown."""
    around = Around([clues for clues, _writer in texts])
    seen = [Text(clues, around, writer) for clues, writer in texts]
    return grouped(len(seen), {(i, j): likeness(seen[i], seen[j]).chance for i, j in near_pairs(seen)})
