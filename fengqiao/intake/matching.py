"""Met before: earlier disputes of the same person, the same place, the same opponent, as far as the asker may see them.

Every question goes through an index (identity, phone, name, how it sounds, words), so that it can be asked at every field without waiting.
What the asker may not see is not counted and not hinted at.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute, Party, PartyRole
from fengqiao.kernel.secrets import blind_indexes
from fengqiao.kernel.sounds import sound_of
from fengqiao.kernel.text import normalise
from fengqiao.places.models import Region

from .recalling import same_matter

MOST_OF_A_KEY = 300  # newest parties looked at for one key; a name that more people carry says little
MOST_SHOWN = 6
ARCHIVED_COUNTS_FOR = timedelta(days=365)
VILLAGE = 12  # digits of a region's code that name its village


class Reason(TextChoices):
    """Why an earlier dispute is shown."""

    SAME_ID = "same_id", _("身份证号一致")
    SAME_PHONE = "same_phone", _("电话一致")
    SAME_NAME_THERE = "same_name_there", _("同名，也在同一个地方")
    SAME_OPPONENT = "same_opponent", _("对方相同")
    SAME_PLACE = "same_place", _("同一个地方")
    SAME_MATTER = "same_matter", _("说的像同一件事")
    NEAR_OPPONENT = "near_opponent", _("对方的名字听起来一样")
    NEAR_NAME = "near_name", _("名字听起来一样，请核对是哪几个字")
    SAME_NAME = "same_name", _("同名，请核对是不是同一个人")
    OTHER_SIDE = "other_side", _("那一件里是被申请人")

    @property
    def icon(self) -> str:
        return ICONS[self]


ICONS = {
    Reason.SAME_ID: "id", Reason.SAME_PHONE: "phone", Reason.SAME_NAME_THERE: "user",
    Reason.SAME_OPPONENT: "building", Reason.SAME_PLACE: "map-pin", Reason.SAME_NAME: "user-question",
    Reason.OTHER_SIDE: "arrows-exchange", Reason.SAME_MATTER: "message-2", Reason.NEAR_OPPONENT: "ear", Reason.NEAR_NAME: "ear",
}  # fmt: skip
WEIGHTS = {
    Reason.SAME_ID: 8, Reason.SAME_PHONE: 6, Reason.SAME_NAME_THERE: 4, Reason.SAME_OPPONENT: 3,
    Reason.SAME_PLACE: 2, Reason.SAME_NAME: 1, Reason.OTHER_SIDE: 0, Reason.SAME_MATTER: 7, Reason.NEAR_OPPONENT: 2,
    Reason.NEAR_NAME: 1,
}  # fmt: skip
PERSON = frozenset({Reason.SAME_ID, Reason.SAME_PHONE, Reason.SAME_NAME_THERE})


@dataclass(frozen=True)
class Hit:
    """One earlier dispute with the reasons for showing it, the strongest first."""

    dispute: Dispute
    reasons: tuple[Reason, ...]
    because: tuple[str, ...] = ()  # the words that the two texts share, where it is the same matter

    @property
    def same_person(self) -> bool:
        return not PERSON.isdisjoint(self.reasons)

    @property
    def same_matter(self) -> bool:
        """Probably the same matter: by its text, or against the same opponent, by the same person or at the same place, not long over."""
        if not self._still_counts:
            return False
        if Reason.SAME_MATTER in self.reasons:
            return True
        if Reason.SAME_OPPONENT not in self.reasons:
            return False
        return self.same_person or Reason.SAME_PLACE in self.reasons

    @property
    def _still_counts(self) -> bool:
        if self.dispute.state == State.ARCHIVED:
            return self.dispute.registered_at > timezone.now() - ARCHIVED_COUNTS_FOR
        return self.dispute.state != State.MERGED


def met_before(
    *,
    actor: Any,
    name: str = "",
    phone: str = "",
    id_number: str = "",
    opponent: str = "",
    place: Region | None = None,
    facts: str = "",
    address: str = "",
    besides: int | None = None,
) -> list[Hit]:
    """Earlier disputes that the actor may see, the likeliest first, at most six.

    Phone and identity number in checked form (kernel.codes). `besides` is a dispute that is left out: the one at hand.
    """
    found: dict[int, set[Reason]] = defaultdict(set)
    if id_number:
        _note(found, _parties(id_index__in=blind_indexes(id_number, "id")), Reason.SAME_ID)
    if phone:
        _note(found, _parties(phone_index__in=blind_indexes(phone, "phone")), Reason.SAME_PHONE)
    if name := normalise(name):
        _note_names(found, _parties(name=name), place)
        _note_sounds(found, _sounding_like(name), place)
    if opponent := normalise(opponent):
        _note_opponents(found, _parties(name=opponent), place, Reason.SAME_OPPONENT)
        _note_opponents(found, _sounding_like(opponent), place, Reason.NEAR_OPPONENT)
    alike = same_matter(facts, actor=actor, address=address, besides=besides)
    for pk in alike:
        found[pk].add(Reason.SAME_MATTER)
    found.pop(besides or 0, None)
    return _seen_by(actor, found, {pk: one.because for pk, one in alike.items()})


class _Met(NamedTuple):
    """A party of an earlier dispute, as far as it matters here."""

    dispute_id: int
    role: str
    place_code: str | None


def _parties(**same: Any) -> list[_Met]:
    parties = Party.objects.filter(**same).order_by("-pk")
    return [_Met(*row) for row in parties.values_list("dispute_id", "role", "dispute__place__code")[:MOST_OF_A_KEY]]


def _sounding_like(name: str) -> list[_Met]:
    """Parties whose name is written otherwise and sounds the same."""
    sound = sound_of(name)
    if not sound:
        return []
    parties = Party.objects.filter(sound_index__in=blind_indexes(sound, "sound")).order_by("-pk")
    rows = parties.values_list("name", "dispute_id", "role", "dispute__place__code")[:MOST_OF_A_KEY]
    return [_Met(dispute, role, place) for other, dispute, role, place in rows if other != name]


def _note(found: dict[int, set[Reason]], parties: Iterable[_Met], reason: Reason) -> None:
    for party in parties:
        found[party.dispute_id].add(reason)
        if party.role == PartyRole.RESPONDENT:
            found[party.dispute_id].add(Reason.OTHER_SIDE)


def _note_names(found: dict[int, set[Reason]], parties: Iterable[_Met], place: Region | None) -> None:
    """A name says something only where identity and phone have not said it already."""
    for party in parties:
        if PERSON.isdisjoint(found[party.dispute_id]):
            _note(found, [party], Reason.SAME_NAME_THERE if _there(party, place) else Reason.SAME_NAME)


def _note_sounds(found: dict[int, set[Reason]], parties: Iterable[_Met], place: Region | None) -> None:
    """A name that only sounds alike says something at the same place."""
    for party in parties:
        if PERSON.isdisjoint(found[party.dispute_id]) and _there(party, place):
            _note(found, [party], Reason.NEAR_NAME)
            found[party.dispute_id].add(Reason.SAME_PLACE)


def _note_opponents(
    found: dict[int, set[Reason]], parties: Iterable[_Met], place: Region | None, reason: Reason
) -> None:
    """The same opponent alone says little (one 物业 has many): it counts with the same person or the same place."""
    for party in parties:
        reasons = found[party.dispute_id]
        if _there(party, place):
            reasons |= {reason, Reason.SAME_PLACE}
        elif not PERSON.isdisjoint(reasons):
            reasons.add(reason)


def _there(party: _Met, place: Region | None) -> bool:
    """The same village, or the same town where no more is known."""
    return place is not None and (party.place_code or "")[:VILLAGE] == place.code[:VILLAGE]


def _seen_by(actor: Any, found: dict[int, set[Reason]], because: Mapping[int, tuple[str, ...]]) -> list[Hit]:
    likeliest = sorted((pk for pk, reasons in found.items() if reasons), key=lambda pk: (-_weight(found[pk]), -pk))
    visible = set(Dispute.objects.visible_to(actor).filter(pk__in=likeliest).values_list("pk", flat=True))
    shortlist = [pk for pk in likeliest if pk in visible][: 2 * MOST_SHOWN]
    hits = [
        Hit(dispute, _in_order(found[dispute.pk]), because.get(dispute.pk, ()))
        for dispute in Dispute.objects.filter(pk__in=shortlist).with_names()
    ]
    newest_first = sorted(hits, key=lambda hit: hit.dispute.registered_at, reverse=True)
    return sorted(newest_first, key=lambda hit: (hit.same_matter, _weight(hit.reasons)), reverse=True)[:MOST_SHOWN]


def _weight(reasons: Iterable[Reason]) -> int:
    return sum(WEIGHTS[reason] for reason in reasons)


def _in_order(reasons: set[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: -WEIGHTS[reason]))
