"""Between whom a matter is: of all who are mentioned, those who are its sides, and not who helps, saw it or is only asked to act.

What the grammar around each says (与…发生纠纷, …要求, 向…反映) and what each is called are weighed together, as a training found it
(tools/train_parties.py); of those that overlap the likeliest is taken.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import exp, fsum
from pathlib import Path

from .mentioned import DEAD, KIN, PEOPLE, ROLE, Mention, is_outside, mentions_in
from .names import Named
from .party_signs import ONLY_HELPS, is_told_of_others, signs_of

LIKELY = 0.36  # what is likelier is a side: best over texts that were held back
SECOND = 0.15  # who is told of others has another side: for it less is enough
SHIPPED = Path(__file__).with_name("parties.json")


def parties_of(text: str, named: Iterable[Named]) -> tuple[str, ...]:
    """Its sides as the text writes them, each once, in their order. For a text in one form (kernel.text.normalise)."""
    mentions = mentions_in(text, named)
    weights = _weights()
    chances = [chance_of(signs, weights) for signs in signs_of(text, mentions)]
    return chosen(mentions, chances, second=SECOND if is_told_of_others(text) else LIKELY)


def chance_of(signs: Collection[str], weights: Mapping[str, float]) -> float:
    """How likely somebody is a side, of whom these signs hold (0 to 1); who only helps is none."""
    if ONLY_HELPS in signs:
        return 0.0
    return 1 / (1 + exp(-fsum(weights.get(sign, 0.0) for sign in ("", *signs))))  # the order makes no difference


def chosen(mentions: Sequence[Mention], chances: Sequence[float], second: float = LIKELY) -> tuple[str, ...]:
    """The likely ones, none that is another one in other words; `second` is enough for the second."""
    kept: list[Mention] = []
    for chance, one in sorted(zip(chances, mentions, strict=True), key=lambda pair: -pair[0]):
        if chance >= (second if len(kept) == 1 else LIKELY) and not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return tuple(one.words for one in sorted(kept, key=lambda one: one.starts[0]))


def _is_same(one: Mention, other: Mention) -> bool:
    """One in the words of the other: 电业公司 in 西平县电业公司; but 邵某 beside 邵某家属 is somebody else if 邵某 stands alone as well."""
    short, long = sorted((one, other), key=lambda each: len(each.words))
    if short.words not in long.words:
        return False
    if short.sort in PEOPLE and long.sort in (*PEOPLE, KIN, ROLE, DEAD):
        return long.sort != DEAD and not is_outside(short, long)
    return True


@cache
def _weights() -> Mapping[str, float]:
    """In hundredths as they are kept."""
    return {sign: weight / 100 for sign, weight in json.loads(SHIPPED.read_text(encoding="utf-8")).items()}
