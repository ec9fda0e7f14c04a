"""The changes that the core itself makes: opening a dispute, and `advance`, the only writer of its state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body, BodyKind, centre, next_number
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index
from fengqiao.kernel.sounds import sound_of
from fengqiao.ledger import book
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry
from fengqiao.places.models import Region

from . import clocks, knowing, search
from .events import Looked, Moved, PartyAdded, PartyCorrected, PassIssued, Registered
from .lifecycle import Act, State, step
from .models import Category, Channel, Difficulty, Dispute, Opening, Party, PartyKind, PartyRole, Risk, in_order
from .passes import Issued, issue, renew
from .standing_in import in_place_of

CORRECTABLE = {
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("电话"),
    "home": gettext_lazy("住址"),
    "id_number": gettext_lazy("身份证号"),
}


@dataclass(frozen=True, kw_only=True)
class PartyDraft:
    """What is known of a party when a dispute is opened. Numbers come checked and normalised (kernel.codes)."""

    role: PartyRole
    name: str
    kind: PartyKind = PartyKind.PERSON
    phone: str = ""
    id_number: str = ""
    home: str = ""
    sex: str = ""
    born_on: date | None = None
    ethnicity: str = ""
    occupation: str = ""
    head_count: int = 1
    representative: str = ""
    agent: str = ""
    needs: Sequence[str] = field(default_factory=tuple)


@transaction.atomic(savepoint=False)  # it is always part of somebody's larger change, and undone with it
def register(
    *,
    title: str,
    facts: str,
    parties: Sequence[PartyDraft],
    body: Body,
    channel: Channel,
    by: Any,
    demand: str = "",
    category: Category | None = None,
    difficulty: Difficulty = Difficulty.GENERAL,
    risk: Risk = Risk.R0,
    place: Region | None = None,
    address: str = "",
    amount_fen: int | None = None,
    is_restricted: bool = False,
    external_ref: str | None = None,
    claimed_at: datetime | None = None,
) -> Dispute:
    """Open a dispute at the body that first received it.

    Refused without an applicant. `claimed_at` is when the person asked (it interrupts limitation: 诉讼时效规定 12).
    """
    if not any(party.role == PartyRole.APPLICANT for party in parties):
        raise Refused(_("至少要写一位申请人。"))
    now = timezone.now()
    dispute = Dispute(
        title=title, facts=facts, demand=demand, category=category,
        difficulty=difficulty, risk=risk, channel=channel, amount_fen=amount_fen, is_restricted=is_restricted,
        body=body, region_code=body.region.code, first_body=body, place=place, address=address,
        external_ref=external_ref, claimed_at=claimed_at or now, registered_at=now,
    )  # fmt: skip
    clock = clocks.planned(dispute, dispute.stage.limit or "", now)
    rows = [_party(draft) for draft in parties]
    dispute.number, dispute.official_number = _numbers(body, now)  # as late as can be: the next one waits for us
    dispute.save(force_insert=True)
    clock.dispute = dispute
    clock.save(force_insert=True)
    for party in rows:
        party.dispute = dispute
    Party.objects.bulk_create(rows)
    dispute.cast = in_order(rows)
    search.add(dispute, rows)
    event = Registered(channel=channel.value, body=body.name, body_id=body.pk, parties=len(rows), level=str(difficulty))
    entry = book.begin("dispute", dispute.pk, event, by=by, rows=[dispute, clock, *rows])
    clock.is_new()
    if is_restricted:
        entry = knowing.name_office(dispute, body, by=by, after=entry) or entry
    dispute.opening = Opening(clock, entry)
    return dispute


def advance(
    dispute: Dispute,
    act: Act,
    *,
    by: Any,
    event: Event | None = None,
    remark: str = "",
    rows: Iterable[models.Model] = (),
    **changes: Any,
) -> Dispute:
    """One step of the lifecycle: may they? change, move, turn the clocks, leave a trace.

    The caller holds the row (Dispute.objects.lock) and the transaction. `rows` are other witnessed rows that the
    caller wrote with this step. Refused with the reason of `why_not`.
    """
    if reason := dispute.why_not(act, by):
        raise Refused(reason)
    by = in_place_of(by, dispute, act)
    source = State(dispute.state)
    found = step(act, source)
    target = found.target if found and found.target else source
    now = timezone.now()
    for name, value in changes.items():
        setattr(dispute, name, value)
    dispute.state = target
    dispute.version += 1
    touched = clocks.turn_over(dispute, now) if target != source or "body" in changes else []
    dispute.save()
    told = event or Moved(act=act.value, source=source.value, target=target.value, remark=remark)
    book.append("dispute", dispute.pk, told, by=by, rows=[dispute, *touched, *rows])
    if dispute.is_restricted and "body" in changes:
        knowing.name_office(dispute, dispute.body, by=by)
    return dispute


@transaction.atomic(savepoint=False)
def note(dispute: Dispute, event: Event, *, by: Any, rows: Iterable[models.Model] = ()) -> Dispute:
    """Tell the story something that is no step of the lifecycle, such as a paper that was added."""
    book.append("dispute", dispute.pk, event, by=in_place_of(by, dispute), rows=rows)
    return dispute


@transaction.atomic
def add_party(dispute: Dispute, draft: PartyDraft, *, by: Any) -> Party:
    """Add somebody to a side of an open dispute."""
    dispute = Dispute.objects.lock(dispute.pk)
    if dispute.is_closed:
        raise Refused(_("已经归档或者并案，不能再加当事人。"))
    party = _party(draft)
    party.dispute = dispute
    party.save(force_insert=True)
    search.index(dispute, list(dispute.parties.all()))
    event = PartyAdded(party_id=party.pk, role=str(party.get_role_display()))
    book.append("dispute", dispute.pk, event, by=in_place_of(by, dispute), rows=[party])
    return party


@transaction.atomic(savepoint=False)
def correct_party(party: Party, *, what: str, value: str, by: Any) -> Party:
    """Put right the name, phone, home or id_number of a party (个人信息保护法 46). Numbers come checked (kernel.codes).

    Refused once the dispute is archived or merged: what is put away is not rewritten.
    """
    dispute = Dispute.objects.lock(party.dispute_id)
    if dispute.is_closed:
        raise Refused(_("已经归档或者并案，当事人信息不能再改。请在答复里说明，另附材料。"))
    party = Party.objects.get(pk=party.pk)
    indexes = {"name": {"sound_index": _index(sound_of(value), "sound")},
               "phone": {"phone_index": _index(value, "phone"), "tail_index": _index(value[-4:], "tail")},
               "id_number": {"id_index": _index(value, "id")}}.get(what, {})  # fmt: skip
    for name, content in {what: value, **indexes}.items():
        setattr(party, name, content)
    party.save(update_fields=[what, *indexes])
    search.index(dispute, list(dispute.parties.all()))
    event = PartyCorrected(party_id=party.pk, fields=str(CORRECTABLE[what]))
    book.append("dispute", dispute.pk, event, by=in_place_of(by, dispute), rows=[party])
    return party


@transaction.atomic(savepoint=False)
def give_pass(party: Party, *, by: Any) -> Issued:
    """A code, a PIN and a QR with which the party follows their dispute. An earlier pass stops working."""
    dispute = Dispute.objects.lock(party.dispute_id)
    return _given(renew(party), in_place_of(by, dispute))


def give_first_pass(party: Party, *, code: str, by: Any, after: Entry | None = None) -> Issued:
    """The same for a party who was registered in this very transaction: nobody else knows of them yet.

    `code` is a free one (passes.free_code), `after` the last entry of the dispute's story, where it is known.
    """
    return _given(issue(party, code), by, after)


def _given(issued: Issued, by: Any, after: Entry | None = None) -> Issued:
    party = issued.access.party
    event = PassIssued(party_id=party.pk, party=str(party))
    book.append("dispute", party.dispute_id, event, by=by, after=after)
    return issued


@transaction.atomic
def look(dispute: Dispute, *, what: str, reason: str, by: Any, party: Party | None = None) -> None:
    """Write down that somebody looked at what is masked, before they see it. Source: 个人信息保护法 51, 等保."""
    if not reason.strip():
        raise Refused(_("请写明查看的理由。"))
    Dispute.objects.lock(dispute.pk)
    event = Looked(party_id=party.pk if party else None, what=what, reason=reason.strip())
    book.append("look", dispute.pk, event, by=in_place_of(by, dispute))


def _numbers(body: Body, now: datetime) -> tuple[str, str]:
    root = body if body.kind == BodyKind.COUNTY_CENTER else centre() or body
    year = timezone.localdate(now).year
    serial = next_number(root, "dispute", year)
    official = f"{root.short_name}矛〔{year}〕{serial}号"
    return f"{year}-{serial:04}", official


def _party(draft: PartyDraft) -> Party:
    return Party(
        role=draft.role, kind=draft.kind, name=draft.name, sound_index=_index(sound_of(draft.name), "sound"), sex=draft.sex, born_on=draft.born_on,
        ethnicity=draft.ethnicity, occupation=draft.occupation, home=draft.home, head_count=draft.head_count,
        representative=draft.representative, agent=draft.agent, needs=list(draft.needs),
        id_number=draft.id_number, id_index=_index(draft.id_number, "id"),
        phone=draft.phone, phone_index=_index(draft.phone, "phone"), tail_index=_index(draft.phone[-4:], "tail"),
    )  # fmt: skip


def _index(text: str, purpose: str) -> str:
    return blind_index(text, purpose) if text else ""
