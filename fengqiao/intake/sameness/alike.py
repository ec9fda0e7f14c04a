"""How far two texts speak of one matter: the same place, the same grievance, the same words; and what says so.

What is rare in the surroundings (`Around`) tells more: a city that everybody names counts nothing. How alike two texts are is
seen against how alike each is to any other (`Usual`). The weights were found by a logistic regression over pairs of
real letters and of our own texts; docs/understanding.md has the figures.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from .clues import Clues
from .wording import common, common_turns

BACKGROUND = 60  # texts: what the general tables weigh against the surroundings
ALL, SOME = 5, 300  # so many texts stand for those not here where it is asked what is usual: all are here, or only some
TELLING = 0.55  # how rare a name must be to say where something is
HERE = 0.3  # how rare it must be to say that both might be there
LEAD = 70  # characters: where a matter is stands at its beginning
COPIED = 0.6  # the share of a text's shingles that makes it a copy
A_COPY = 0.9  # the least chance of a copy
OWN = ("estate", "village", "road", "school", "hospital", "shop", "line", "company")
CARRIED_ON = ("road", "company", "shop")  # a road is long and a company has many sites: half a contradiction
SOON, YEAR, YEARS = 120, 365, 1000  # days

_WRITTEN = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))
BIAS = float(_WRITTEN.pop("bias"))
WEIGHTS: Mapping[str, float] = _WRITTEN


class Usual(NamedTuple):
    """How alike a text is to any other, by the cosine of their turns; of two letters to a city it is this."""

    mean: float = 0.023
    spread: float = 0.017
    most: float = 0.0  # to the one that is nearest to it


ANY = Usual()


class Around:
    """The texts among which two are compared. `of` is how many there are in all, where these are only some of them."""

    def __init__(self, texts: Sequence[Clues], of: int = 0) -> None:
        self.whole = max(len(texts), of) + BACKGROUND
        self.unseen = SOME if of else ALL
        self._behind = max(BACKGROUND, self.unseen)
        self._many = len(texts) + self._behind
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for name in {name for one in texts for name in one.names}:
            self._by_start[name[:2]].append(name)
        self._words = Counter(word for one in texts for word in one.words)
        self._letters = Counter(letter for one in texts for letter in one.letters)
        self._turns = Counter(turn for one in texts for turn in one.turns)
        self._weight_of_turn: dict[str, float] = {}
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

    def turn(self, turn: str) -> float:
        """The logarithm of how many texts there are to one that has it."""
        return self._weight_of_turn.get(turn) or self._weight_of_turn.setdefault(turn, self._weigh(turn))

    def _weigh(self, turn: str) -> float:
        general = common_turns()
        return log((self._many + 1) / (self._turns[turn] + self._behind * general.get(turn, 0.3) / general.of + 0.5))

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
    """A text in its surroundings, and who wrote it and when, if that is known."""

    clues: Clues
    around: Around
    writer: str = ""
    day: date | None = None
    usual: Usual = field(default=ANY)

    @cached_property
    def names(self) -> dict[str, float]:
        return {name: self.around.name(name) for name in sorted(self.around.names_in(self.clues.text))}

    @cached_property
    def lead(self) -> str:
        return self.clues.text[:LEAD]

    @cached_property
    def turns(self) -> dict[str, float]:
        return _unit({turn: (1 + log(n)) * self.around.turn(turn) for turn, n in self.clues.turns.items()})

    @cached_property
    def opening(self) -> dict[str, float]:
        return _unit({turn: (1 + log(n)) * self.around.turn(turn) for turn, n in self.clues.opening.items()})

    @cached_property
    def words(self) -> dict[str, float]:
        return _unit({word: (1 + log(n)) * self.around.word(word) for word, n in self.clues.words.items()})

    @cached_property
    def letters(self) -> dict[str, float]:
        """The single characters that are in no name: 渠 is in 水渠 and in 塌渠."""
        names = "".join(self.names)
        return _unit({one: self.around.letter(one) for one in self.clues.letters if one not in names})

    @cached_property
    def plain_words(self) -> dict[str, float]:
        """The words that are in no name."""
        names = "|".join(self.names)
        return _unit({word: weight for word, weight in self.words.items() if word not in names})

    @cached_property
    def told(self) -> dict[str, float]:
        """How much it tells of each grievance."""
        return {
            name: (1 + log(n) + (name in self.clues.head)) * self.around.grievance(name)
            for name, n in self.clues.grievances.items()
        }

    @cached_property
    def grievances(self) -> dict[str, float]:
        return _unit(self.told)

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


def likeness(one: Text, other: Text, share: float) -> Likeness:
    """`share` is how many of such pairs are of one matter, 0 to 1, before anything is read."""
    places = tuple(name for weight, name in _shared(one, other)[:2] if weight >= TELLING)
    heard = sorted((name for name in one.told if name in other.told), key=lambda name: -one.told[name])
    chance = max(chance_of(weighed(one, other), share), A_COPY if is_copy(one, other) else 0.0)
    return Likeness(chance, places, tuple(dict.fromkeys(other.clues.heard[name] for name in heard[:2])))


def weighed(one: Text, other: Text) -> float:
    """All evidence together: the logarithm of how much likelier it is where two texts are of one matter."""
    return BIAS + sum(WEIGHTS[name] * value for name, value in evidence(one, other).items())


def chance_of(weight: float, share: float) -> float:
    return 1 / (1 + exp(-weight) * (1 - share) / share)


def is_copy(one: Text, other: Text) -> bool:
    return _copied(one.clues, other.clues) >= COPIED and not _another_place(one, other)


def evidence(one: Text, other: Text) -> dict[str, float]:
    """What speaks for and against it, each between 0 and about 1."""
    a, b = one.clues, other.clues
    shared = _shared(one, other)
    first = max((weight for weight, name in shared if name in one.lead and name in other.lead), default=0.0)
    elsewhere = _another_place(one, other)
    own_place = float(any(name in one.lead and name in other.lead and _is_own(name, a, b) for _weight, name in shared))
    grievance = cosine(one.grievances, other.grievances)
    same_writer = bool(one.writer) and one.writer == other.writer
    rare = {pair: one.around.unusual(pair) for pair in a.unusual & b.unusual}
    blocks = [{number for number in each.numbers if number.endswith("栋")} for each in (a, b)]
    return {
        **_turns(one, other),
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
        "own_place": own_place,
        "own_place_and_grievance": own_place * grievance,
        "further_places": sum(weight for weight, _name in shared[1:3]) / 2,
        "another_place": elsewhere,
        "and_none_shared": elsewhere * (first < HERE),
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
        **_days(one, other),
    }


def _turns(one: Text, other: Text) -> dict[str, float]:
    """How much the same they sound, and whether that is more than each sounds like any text."""
    alike = cosine(one.turns, other.turns)
    over = sorted((alike - usual.mean) / usual.spread / 10 for usual in (one.usual, other.usual))
    most = sorted(max(usual.most, alike) for usual in (one.usual, other.usual))
    titles = sorted((cosine(one.opening, other.turns), cosine(other.opening, one.turns)))
    return {
        "turns": alike,
        "one_title": titles[1],
        "both_titles": titles[0],
        "over_usual": over[0],
        "far_over_usual": max(over[0] - 0.8, 0.0),
        "very_far_over_usual": max(over[0] - 1.5, 0.0),
        "over_usual_of_one": over[1],
        "near_the_nearest": alike / most[1] if alike else 0.0,
        "near_the_nearest_of_one": alike / most[0] if alike else 0.0,
    }


def _days(one: Text, other: Text) -> dict[str, float]:
    """Where one of the two days is unknown, neither speaks."""
    days = abs((one.day - other.day).days) if one.day and other.day else None
    return {
        "soon": 0.0 if days is None else max(1 - days / SOON, 0.0),
        "years": 0.0 if days is None else min(max(days - YEAR, 0) / YEARS, 1.0),
    }


def _persons(one: Text, other: Text) -> list[float]:
    mine, theirs = one.own("person"), other.own("person")
    return [weight for name, weight in {**mine, **theirs}.items() if name in one.names and name in other.names]


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Of two whose squares sum up to 1."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large[key] for key, weight in small.items() if key in large)


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    return {key: weight / length for key, weight in weights.items()} if length else {}


def _shared(one: Text, other: Text) -> list[tuple[float, str]]:
    """The names that both have, none that is part of another, the most telling first."""
    both = [name for name in one.names if name in other.names]
    whole = [name for name in both if not any(name != longer and name in longer for longer in both)]
    return sorted(((one.names[name], name) for name in whole), reverse=True)


def _is_own(name: str, *texts: Clues) -> bool:
    """A place of its own, however many tell of it: an estate, no county."""
    return any(text.names.get(name) in OWN for text in texts)


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


def keys_of(text: Text) -> Iterable[str]:
    """What alone makes two texts worth comparing: a telling name, or the writer."""
    yield from (f"name {name}" for name, weight in text.names.items() if weight >= TELLING / 2)
    if text.writer:
        yield f"writer {text.writer}"
