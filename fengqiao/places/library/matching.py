"""Which place a written address means: ranked candidates with their confidence, one question, or nothing.

It knows only what is in the library and in the tree of regions. What is not there stays unknown; what may be in one village
or in another comes back as one question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fengqiao.places.models import Address, AddressKey, Region

from . import heads
from .keys import key_of
from .peeling import Peeled, peel
from .reading import Reading, beside, read

LONGEST = 120
MOST = 5
MOST_CHOICES = 8
SURE = 0.8  # below it, people are asked
EXACT, BY_ALIAS, PARTLY, BY_ROAD = 1.0, 0.95, 0.85, 0.6
ONE_LETTER_WRONG, BESIDE_IT, CITY_ALONE = 0.7, 0.6, 0.7  # by what the confidence is multiplied


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant; the address itself where the library has it, else the region alone.

    `confidence` is an order between 0 and 1, not a probability.
    """

    region: Region
    confidence: float
    why: str
    address: Address | None = None

    @property
    def text(self) -> str:
        return self.address.written if self.address else _written(self.region)

    @property
    def code(self) -> str:
        """The standard address code, or that of the region."""
        return self.address.code if self.address else self.region.code


@dataclass(frozen=True)
class Question:
    """The one thing that must be asked, and what may be answered."""

    text: str
    choices: Sequence[Candidate]


@dataclass(frozen=True)
class Answer:
    """What is known of a written address. No candidates: unknown."""

    candidates: Sequence[Candidate] = ()
    question: Question | None = None

    @property
    def known(self) -> Candidate | None:
        """The one that is meant, or None where it would be a guess."""
        if self.question or not self.candidates:
            return None
        first, *others = self.candidates
        rivals = [one for one in others if one.confidence == first.confidence]
        return first if first.confidence >= SURE and not rivals else None


def find(text: str, within: str = "", limit: int = MOST) -> Answer:
    """What the library knows of this address. `within` is the code of the region in which to look."""
    text = text[:LONGEST]
    if of := beside(text):
        why = _("写的是“%(name)s”旁边") % {"name": key_of(of)}
        return _less(_answer(peel(of, within), limit), BESIDE_IT, why)
    return _answer(peel(text, within), limit)


def _answer(said: Peeled, limit: int) -> Answer:
    if not said.rest:
        return Answer()
    looks = (_by_whole_name, _by_parts, _by_alias_and_parts, _by_near_name)
    for look in looks[:1] if said.is_elsewhere else looks:
        if found := look(said):
            answer = _weighed(said, found, limit)
            return _less(answer, CITY_ALONE, _("写了市名，没有写区名")) if said.by_city_alone else answer
    if len(said.several) > 1:
        return _weighed(said, [Candidate(region, BY_ROAD, _("有几个地方叫这个名字")) for region in said.several], limit)
    return Answer()


# ── four ways of looking, the surest first ────────────────────────────────────────────────────────────────────────


def _by_whole_name(said: Peeled) -> list[Candidate]:
    """The name itself, or one that people use; first as it is written, then without the regions before it."""
    for key in dict.fromkeys((said.whole, said.rest)):
        keys = AddressKey.objects.filter(key=key, address__region__code__range=said.span).select_related("alias")
        rows = list(keys.select_related("address__region__parent__parent__parent")[:50])
        if rows:
            return [_named(row, key) for row in rows]
    return []


def _named(row: AddressKey, key: str) -> Candidate:
    if row.alias is not None:
        why = _("“%(name)s”是它的%(kind)s") % {"name": row.alias.name, "kind": row.alias.get_kind_display()}
        return Candidate(row.address.region, BY_ALIAS, why, row.address)
    sure = EXACT if key_of(row.address.text) == key else BY_ALIAS
    return Candidate(row.address.region, sure, _("与标准地址一致"), row.address)


def _by_parts(said: Peeled) -> list[Candidate]:
    """By road and number, or by the compound; what stands below them as far as the library knows it."""
    reading = read(said.rest)
    if reading.road and reading.number and (rows := _rows(said, road=reading.road, number=reading.number)):
        return _below(rows, reading)
    if reading.poi and (rows := _rows(said, poi=reading.poi)):
        return _below(rows, reading)
    return _by_road(said, reading) if reading.road else []


def _by_alias_and_parts(said: Peeled) -> list[Candidate]:
    """老地委宿舍3幢: a name that people use, with parts after it."""
    starts = [said.rest[:n] for n in range(2, len(said.rest))]
    keys = AddressKey.objects.filter(key__in=starts, alias__isnull=False, address__region__code__range=said.span)
    rows = sorted(keys.select_related("address"), key=lambda row: -len(row.key))
    for row in rows[:3]:
        reading = replace(read("甲" + said.rest[len(row.key) :]), road="", number="", poi="")
        base = row.address
        if found := _below(_rows(said, road=base.road, number=base.number, poi=base.poi), reading):
            return [replace(one, confidence=min(one.confidence, BY_ALIAS)) for one in found]
    return []


def _by_near_name(said: Peeled) -> list[Candidate]:
    """One letter wrong in the name of a road or a compound: a homophone, a slip. Numbers are never mended."""
    reading = read(said.rest)
    for head in filter(None, (reading.road, reading.poi)):
        found = []
        for near in heads.one_letter_off(head):
            other = replace(said, rest=said.rest.replace(head, near, 1), whole=said.rest.replace(head, near, 1))
            answers = _by_whole_name(other) or _by_parts(other) or _by_alias_and_parts(other)
            why = _("库里没有“%(said)s”，只有“%(near)s”") % {"said": head, "near": near}
            found += [replace(one, confidence=one.confidence * ONE_LETTER_WRONG, why=why) for one in answers]
        if found:
            return found
    return []


# ── what they share ───────────────────────────────────────────────────────────────────────────────────────────────


def _rows(said: Peeled, **parts: str) -> list[Address]:
    found = Address.objects.in_force().filter(region__code__range=said.span, **parts)
    return list(found.with_places().order_by("code")[:500])


def _below(rows: list[Address], reading: Reading) -> list[Candidate]:
    """The address with the parts asked for; else, in each region, the nearest above it."""
    wanted = {name: part for name, part in reading.deeper.items() if part}
    whole = [row for row in rows if _parts(row) == wanted]
    if whole:
        return [Candidate(row.region, BY_ALIAS, _("与标准地址一致"), row) for row in whole]
    nearest: dict[int, Candidate] = {}
    for row in sorted(rows, key=lambda row: -len(_parts(row))):
        if _parts(row).items() <= wanted.items():
            told = _("幢、单元、室没有登记到这么细")
            nearest.setdefault(row.region_id, Candidate(row.region, PARTLY, told, row))
    for row in rows:
        told = _("这里有这个名称，这一幢、这一室没有登记")
        nearest.setdefault(row.region_id, Candidate(row.region, BY_ROAD, told))
    return list(nearest.values())


def _parts(row: Address) -> dict[str, str]:
    return {name: key_of(part) for name in ("building", "unit", "room") if (part := getattr(row, name))}


def _by_road(said: Peeled, reading: Reading) -> list[Candidate]:
    """The road is known, the number is not: the villages through which it runs."""
    regions = Region.objects.filter(
        code__range=said.span, pk__in=Address.objects.in_force().filter(road=reading.road).values("region")
    )
    told = _("路在这里，这个门牌没有登记") if reading.number else _("路在这里，没有写门牌")
    return [Candidate(region, BY_ROAD, told) for region in regions.select_related("parent__parent__parent")[:50]]


def _weighed(said: Peeled, found: Iterable[Candidate], limit: int) -> Answer:
    """In order; where the likeliest lie in several places, with the question."""
    ranked = sorted(found, key=lambda one: (-one.confidence, one.code))
    top = [one for one in ranked if one.confidence == ranked[0].confidence]
    places = {one.region: one for one in reversed(top)}
    if len(places) == 1:
        return Answer(ranked[:limit])
    return Answer(ranked[:limit], _question(said, list(reversed(places.values()))))


def _question(said: Peeled, choices: list[Candidate]) -> Question:
    asked = _("“%(text)s”在 %(n)d 个地方都有，是哪一个？")
    if all(one.address is None for one in choices):
        asked = _("“%(text)s”经过或者分在 %(n)d 个地方，库里定不了是哪一个，请问清楚。")
    text = asked % {"text": said.rest, "n": len(choices)}
    return Question(text, sorted(choices, key=lambda one: one.code)[:MOST_CHOICES])


def _less(answer: Answer, factor: float, why: str) -> Answer:
    """The same, less sure, and the reason for it."""
    lower = [replace(one, confidence=one.confidence * factor, why=why) for one in answer.candidates]
    asked = answer.question
    if asked:
        asked = replace(asked, choices=[replace(one, confidence=one.confidence * factor) for one in asked.choices])
    return Answer(lower, asked)


def _written(region: Region) -> str:
    names, one = [region.name], region.parent
    while one is not None and one.parent_id is not None:
        names.insert(0, one.name)
        one = one.parent
    return "".join(names)
