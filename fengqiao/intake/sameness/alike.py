"""How far two texts speak of one matter: the same place, the same grievance, the same words; and what says so.

What is rare in the surroundings (`Around`) tells more: a city that everybody names counts nothing. The weights were
found by a logistic regression over pairs of real letters and of our own texts; docs/understanding.md has the figures.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from pathlib import Path

from .clues import Clues
from .wording import common

BACKGROUND = 60  # texts: what the general table of common words weighs against the surroundings
TELLING = 0.55  # how rare a name must be to say where something is
LEAD = 70  # characters: where a matter is stands at its beginning
COPIED = 0.6  # the share of a text's shingles that makes it a copy
OWN = ("estate", "village", "road", "school", "hospital", "shop", "line", "company")
CARRIED_ON = ("road", "company", "shop")  # a road is long and a company has many sites: half a contradiction

_WRITTEN = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))
BIAS = float(_WRITTEN.pop("bias"))
WEIGHTS: Mapping[str, float] = _WRITTEN


class Around:
    """The texts among which two are compared. `of` is how many there are in all, where these are only some of them."""

    def __init__(self, texts: Sequence[Clues], of: int = 0) -> None:
        self.whole = max(len(texts), of) + BACKGROUND
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for name in {name for one in texts for name in one.names}:
            self._by_start[name[:2]].append(name)
        self._words = Counter(word for one in texts for word in one.words)
        self._letters = Counter(letter for one in texts for letter in one.letters)
        self._grievances = Counter(name for one in texts for name in one.grievances)
        self._unusual = Counter(pair for one in texts for pair in one.unusual)
        self._names = Counter(name for one in texts for name in self.names_in(one.text))

    def names_in(self, text: str) -> set[str]:
        """Every name that any of the texts has, where its letters stand in this one."""
        found = set()
        for i in range(len(text) - 1):
            for name in self._by_start.get(text[i : i + 2], ()):
                if text.startswith(name, i):
                    found.add(name)
        return found

    def word(self, word: str) -> float:
        return self._rarity(self._words[word], common().get(word, 1.0))

    def letter(self, letter: str) -> float:
        return self._rarity(self._letters[letter], common().get(letter, 1.0)) ** 2

    def name(self, name: str) -> float:
        return self._rarity(self._names[name], common().get(name, 0.5))

    def grievance(self, name: str) -> float:
        return self._rarity(self._grievances[name], 40)

    def unusual(self, pair: str) -> float:
        return self._rarity(self._unusual[pair], 0.5)

    def _rarity(self, here: int, generally: float) -> float:
        """0 for what everybody says, near 1 for what one says and nobody else."""
        share = (here + BACKGROUND * generally / common().of) / self.whole
        return max(-log(share) / log(self.whole), 0.0)


@dataclass
class Text:
    """A text in its surroundings, and who wrote it, if that is known."""

    clues: Clues
    around: Around
    writer: str = ""

    @cached_property
    def names(self) -> dict[str, float]:
        return {name: self.around.name(name) for name in sorted(self.around.names_in(self.clues.text))}

    @cached_property
    def lead(self) -> str:
        return self.clues.text[:LEAD]

    @cached_property
    def words(self) -> dict[str, float]:
        return {word: (1 + log(n)) * self.around.word(word) for word, n in self.clues.words.items()}

    @cached_property
    def letters(self) -> dict[str, float]:
        """The single characters that are in no name: 渠 is in 水渠 and in 塌渠."""
        names = "".join(self.names)
        return {one: self.around.letter(one) for one in self.clues.letters if one not in names}

    @cached_property
    def plain_words(self) -> dict[str, float]:
        """The words that are in no name."""
        names = "|".join(self.names)
        return {word: weight for word, weight in self.words.items() if word not in names}

    @cached_property
    def grievances(self) -> dict[str, float]:
        return {
            name: (1 + log(n) + (name in self.clues.head)) * self.around.grievance(name)
            for name, n in self.clues.grievances.items()
        }

    def own(self, sort: str) -> dict[str, float]:
        return {name: self.around.name(name) for name, found in self.clues.names.items() if found == sort}


@dataclass(frozen=True)
class Likeness:
    """`chance` that two texts are of one matter, and the words that say so: where, and of what."""

    chance: float
    places: tuple[str, ...]
    grievances: tuple[str, ...]

    @property
    def because(self) -> tuple[str, ...]:
        return (*self.places, *self.grievances)


def likeness(one: Text, other: Text) -> Likeness:
    weighed = BIAS + sum(WEIGHTS[name] * value for name, value in evidence(one, other).items())
    chance = 1 / (1 + exp(-weighed))
    if _copied(one.clues, other.clues) >= COPIED and not _another_place(one, other):
        chance = max(chance, 0.9)
    places = tuple(name for weight, name in _shared(one, other)[:2] if weight >= TELLING)
    heard = sorted(
        (name for name in one.grievances if name in other.grievances), key=lambda name: -one.grievances[name]
    )
    return Likeness(chance, places, tuple(dict.fromkeys(other.clues.heard[name] for name in heard[:2])))


def evidence(one: Text, other: Text) -> dict[str, float]:
    """What speaks for and against it, each between 0 and about 1."""
    a, b = one.clues, other.clues
    shared = _shared(one, other)
    first = max((weight for weight, name in shared if name in one.lead and name in other.lead), default=0.0)
    grievance = cosine(one.grievances, other.grievances)
    same_writer = bool(one.writer) and one.writer == other.writer
    rare = {pair: one.around.unusual(pair) for pair in a.unusual & b.unusual}
    blocks = [{number for number in each.numbers if number.endswith("栋")} for each in (a, b)]
    return {
        "unusual": max(rare.values(), default=0.0),
        "unusual_in_lead": max(
            (weight for pair, weight in rare.items() if pair in one.lead and pair in other.lead), default=0.0
        ),
        "another_number": float(bool(all(blocks)) and not blocks[0] & blocks[1]),
        "same_called": float(bool(a.called & b.called)),
        "one_asks": float(a.asks != b.asks),
        "place_is_telling": float(bool(shared) and shared[0][0] >= TELLING),
        "place_in_lead": first,
        "place_and_grievance": first * grievance,
        "further_places": sum(weight for weight, _name in shared[1:3]) / 2,
        "another_place": _another_place(one, other),
        "same_number": min(len(a.numbers & b.numbers), 2) / 2,
        "grievance": grievance,
        "grievance_in_title": float(bool(a.head & b.grievances.keys() or b.head & a.grievances.keys())),
        "plain_words": cosine(one.plain_words, other.plain_words),
        "words": cosine(one.words, other.words),
        "letters": cosine(one.letters, other.letters),
        "same_person": max(_persons(one, other), default=0.0),
        "person_at_place": float(bool(_persons(one, other)) and first > 0),
        "both_people": float(len(_persons(one, other)) > 1),
        "same_writer": float(same_writer),
        "follows_up": float(same_writer and (a.follows_up or b.follows_up)),
    }


def _persons(one: Text, other: Text) -> list[float]:
    mine, theirs = one.own("person"), other.own("person")
    return [weight for name, weight in {**mine, **theirs}.items() if name in one.names and name in other.names]


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = sorted((one, other), key=len)
    both = sum(weight * large[key] for key, weight in small.items() if key in large)
    if not both:
        return 0.0
    return both / (sum(x * x for x in one.values()) * sum(x * x for x in other.values())) ** 0.5


def _shared(one: Text, other: Text) -> list[tuple[float, str]]:
    """The names that both have, none that is part of another, the most telling first."""
    both = [name for name in one.names if name in other.names]
    whole = [name for name in both if not any(name != longer and name in longer for longer in both)]
    return sorted(((one.names[name], name) for name in whole), reverse=True)


def _another_place(one: Text, other: Text) -> float:
    """Each names something of one sort that the other does not: how telling the less telling of the two is."""
    return max((_contradiction(one, other, sort) for sort in OWN), default=0.0)


def _contradiction(one: Text, other: Text, sort: str) -> float:
    mine, theirs = one.own(sort), other.own(sort)
    if not mine or not theirs or any(a in b or b in a for a in mine for b in theirs):
        return 0.0
    if any(name in other.names for name in mine) or any(name in one.names for name in theirs):
        return 0.0
    weight = 0.5 if sort in CARRIED_ON else 1.0
    return weight * min(max(mine.values()), max(theirs.values()))


def _copied(one: Clues, other: Clues) -> float:
    return len(one.shingles & other.shingles) / max(min(len(one.shingles), len(other.shingles)), 1)


def near_pairs(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing: the same writer, a telling name in both, or rare letters in both."""
    pairs: Counter[tuple[int, int]] = Counter()
    for key, weight in ((_keys, 3), (_unusual, 3), (_grievances, 2), (_rare_letters, 1)):
        held: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(texts):
            for one in key(text):
                held[one].append(i)
        most = {3: 40, 2: 15, 1: 6}[weight]
        for those in held.values():
            if 1 < len(those) <= most:
                pairs.update({(i, j): weight for n, i in enumerate(those) for j in those[n + 1 :]})
    yield from sorted(pair for pair, n in pairs.items() if n >= 3)


def _keys(text: Text) -> Iterable[str]:
    yield from (f"name {name}" for name, weight in text.names.items() if weight >= TELLING / 2)
    if text.writer:
        yield f"writer {text.writer}"


def _unusual(text: Text) -> Iterable[str]:
    return (pair for pair in text.clues.unusual if text.around.unusual(pair) >= TELLING)


def _grievances(text: Text) -> Iterable[str]:
    return text.clues.grievances


def _rare_letters(text: Text) -> Iterable[str]:
    return text.clues.pairs
