"""What the API takes and gives. People appear masked; what identifies them never leaves by this door."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from fengqiao.disputes.models import Clock, Dispute, Party
from fengqiao.ledger.models import Entry
from fengqiao.papers.models import Paper

# PostgreSQL keeps no NUL, and nobody writes control characters on purpose.
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def text(longest: int, shortest: int = 0) -> StringConstraints:
    """How many characters a text may have."""
    return StringConstraints(max_length=longest, min_length=shortest, pattern=PLAIN)


class Strict(Schema):
    """An unknown field is a mistake of the sender, and is said to be one."""

    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    role: Literal["applicant", "respondent", "third"]
    name: Annotated[str, text(80, 1)]
    kind: Literal["person", "group", "organisation"] | None = None
    phone: Annotated[str, text(30)] = ""
    id_number: Annotated[str, text(18)] = ""
    home: Annotated[str, text(200)] = ""
    occupation: Annotated[str, text(40)] = ""


class DisputeIn(Strict):
    """What a window would write down. `channel` says where it came from, `external_ref` is its number over there."""

    facts: Annotated[str, text(20000, 1)]
    parties: Annotated[list[PartyIn], Field(min_length=1, max_length=50)]
    title: Annotated[str, text(120)] = ""
    demand: Annotated[str, text(2000)] = ""
    category: Annotated[str, text(10)] | None = None
    difficulty: Literal["general", "complex", "major"] = "general"
    place: Annotated[str, text(15)] | None = None
    address: Annotated[str, text(200)] = ""
    amount_fen: Annotated[int, Field(ge=0, le=10**15)] | None = None
    channel: Literal["api", "12345", "110", "court", "petition", "grid", "village", "phone", "letter"] = "api"
    external_ref: Annotated[str, text(80, 1)] | None = None
    is_restricted: bool = False


class PartyOut(Schema):
    id: int
    role: str
    kind: str
    name: str
    phone: str
    willing: str

    @staticmethod
    def of(party: Party) -> dict[str, Any]:
        return {
            "id": party.pk, "role": party.role, "kind": party.kind, "name": party.masked_name,
            "phone": party.masked_phone, "willing": party.willing,
        }  # fmt: skip


class ClockOut(Schema):
    due_at: datetime
    is_late: bool
    paused_since: datetime | None
    why: list[str]

    @staticmethod
    def of(clock: Clock | None) -> dict[str, Any] | None:
        if clock is None:
            return None
        return {"due_at": clock.due_at, "is_late": clock.is_late, "paused_since": clock.paused_since, "why": clock.why}


class DisputeRow(Schema):
    """A dispute as a list shows it."""

    number: str
    official_number: str
    title: str
    state: str
    state_label: str
    turn: str | None
    category: str | None
    difficulty: str
    body: str
    who: str
    place: str | None
    registered_at: datetime
    due_at: datetime | None

    @staticmethod
    def of(dispute: Dispute) -> dict[str, Any]:
        turn = dispute.stage.turn
        return {
            "number": dispute.number, "official_number": dispute.official_number, "title": dispute.title,
            "state": dispute.state, "state_label": str(dispute.get_state_display()),
            "turn": turn.value if turn else None, "category": dispute.category.code if dispute.category else None,
            "difficulty": dispute.difficulty, "body": dispute.body.key, "who": dispute.who_against_whom,
            "place": dispute.place.code if dispute.place else None,
            "registered_at": dispute.registered_at, "due_at": dispute.due_at,
        }  # fmt: skip


class DisputeOut(DisputeRow):
    """A dispute whole. Send `version` back as `seen` with an act: a newer one in between is told as 409 `stale`."""

    version: int
    facts: str
    demand: str
    amount_fen: int | None
    channel: str
    parties: list[PartyOut]
    clock: ClockOut | None
    hats: list[str]

    @staticmethod
    def whole(dispute: Dispute, actor: Any) -> dict[str, Any]:
        return {
            **DisputeRow.of(dispute), "version": dispute.version, "facts": dispute.facts, "demand": dispute.demand,
            "amount_fen": dispute.amount_fen, "channel": dispute.channel,
            "parties": [PartyOut.of(party) for party in dispute.cast],
            "clock": ClockOut.of(dispute.opening.clock if dispute.opening else dispute.main_clock), "hats": sorted(hat.value for hat in dispute.hats_of(actor)),
        }  # fmt: skip


class Registered(Schema):
    """The dispute that was opened, and the applicant's way to follow it: the PIN is told this once."""

    dispute: DisputeOut
    code: str
    pin: str


class Page(Schema):
    items: list[DisputeRow]
    next: str | None


class EntryOut(Schema):
    seq: int
    kind: str
    at: datetime
    sentence: str
    hash: str
    is_sealed: bool

    @staticmethod
    def of(entry: Entry, sealed: int) -> dict[str, Any]:
        return {
            "seq": entry.seq, "kind": entry.kind, "at": entry.at, "sentence": entry.sentence,
            "hash": entry.hash, "is_sealed": entry.seq <= sealed,
        }  # fmt: skip


class PaperOut(Schema):
    id: int
    kind: str
    title: str
    number: str
    pages: int
    media_type: str
    sha256: str
    added_at: datetime

    @staticmethod
    def of(paper: Paper) -> dict[str, Any]:
        return {name: getattr(paper, name) for name in PaperOut.model_fields if name != "id"} | {"id": paper.pk}


class ActOut(Schema):
    """One act: can it be done now by this account, and if not, why not."""

    act: str
    label: str
    possible: bool
    reason: str | None
    ground: str | None
    body: dict[str, Any] | None  # JSON schema of what to send; empty where only the pages offer it
