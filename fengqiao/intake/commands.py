"""The changes that intake makes: a dispute received at the window or sent in online, a further visit, consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, centre
from fengqiao.disputes.commands import give_first_pass, note, register
from fengqiao.disputes.events import ConsentGiven, Visited
from fengqiao.disputes.models import Channel, Dispute, Party
from fengqiao.disputes.passes import Issued, PartyActor, free_code
from fengqiao.kernel import masking
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.papers.commands import Upload, add_upload, named_after
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import SYSTEM, User
from fengqiao.places.models import Region

from .drafts import ReceptionDraft, check_group, checked
from .models import Consent, ConsentHow, ConsentNotice, Visit
from .notice import notice_in_force

MOST_FILES = 6


@dataclass(frozen=True)
class Reception:
    """What came of receiving somebody: the dispute, the visit if there was one, and the applicant's fresh pass."""

    dispute: Dispute
    visit: Visit | None
    issued: Issued


@dataclass(frozen=True)
class Applicant:
    """Somebody who sends a dispute in before they are a party to it; afterwards they act with their pass."""

    name: str
    pk = None
    is_authenticated = False
    ledger_id = "applicant"

    def __str__(self) -> str:
        return masking.name(normalise(self.name)) or str(_("网上申请人"))


@transaction.atomic
def receive(*, draft: ReceptionDraft, by: Any) -> Reception:
    """Register whoever stands at the window, calls or writes: dispute, visit if they came, and a pass for their slip.

    Refused without a name or facts, for a number that fails its check, and for a group of five and more without
    representatives (信访工作条例 20).
    """
    code = free_code()  # asked before the dispute takes its number, for which others wait
    dispute = open_dispute(draft, by=by)
    visit = _visit(dispute, draft, by) if draft.channel == Channel.WINDOW else None
    applicant = dispute.applicants[0]
    if draft.consent:
        consent(applicant, notice=notice_in_force(), sensitive=draft.consent.sensitive, how=ConsentHow.WINDOW, by=by)
    last = dispute.opening.entry if dispute.opening and not visit and not draft.consent else None
    return Reception(dispute, visit, give_first_pass(applicant, code=code, by=by, after=last))


@transaction.atomic
def apply_online(
    *, draft: ReceptionDraft, uploads: Sequence[Upload], by: Any = None, notice: ConsentNotice | None = None
) -> Reception:
    """Register what a resident sends in, with at most six files. Without `by` the applicant acts.

    `notice` is the text that they accepted (the one in force). Refused without the consent (个人信息保护法 13).
    """
    if draft.consent is None:
        raise Refused(_("请先看完个人信息怎么用，同意了再提交。"))
    if len(uploads) > MOST_FILES:
        raise Refused(_("最多传 %(n)d 个文件。") % {"n": MOST_FILES})
    code = free_code()  # as in `receive`
    dispute = open_dispute(draft, by=by or Applicant(draft.parties[0].name))
    applicant = dispute.applicants[0]
    actor = by or PartyActor(applicant)
    sensitive = draft.consent.sensitive
    consent(applicant, notice=notice or notice_in_force(), sensitive=sensitive, how=ConsentHow.ONLINE, by=actor)
    for n, upload in enumerate(uploads, 1):
        title = named_after(upload) or _("材料 %(n)d") % {"n": n}
        add_upload(dispute, upload, kind=PaperKind.EVIDENCE, title=title, by=actor, party=applicant)
    issued = give_first_pass(applicant, code=code, by=by or SYSTEM)  # nobody hands it over but the system
    return Reception(dispute, None, issued)


@transaction.atomic(savepoint=False)
def open_dispute(draft: ReceptionDraft, *, by: Any) -> Dispute:
    """The one way from a draft to a dispute: window, web and files all come through here."""
    draft = checked(draft)
    return register(
        title=draft.title, facts=draft.facts, parties=draft.parties, body=_body(draft, by), channel=draft.channel,
        by=by, demand=draft.demand, category=draft.category, difficulty=draft.difficulty, place=draft.place,
        address=draft.address, amount_fen=draft.amount_fen, is_restricted=draft.is_restricted,
        external_ref=draft.external_ref, claimed_at=draft.claimed_at,
    )  # fmt: skip


@transaction.atomic
def record_visit(dispute: Dispute, *, persons: int, representatives: Sequence[str] = (), by: Any) -> Visit:
    """They came again about the same matter: another 批次, no new dispute (一事一编码).

    Refused to those who do not work on it, for an archived or merged one, and as `receive` for groups.
    """
    dispute = Dispute.objects.lock(dispute.pk)
    if not (getattr(by, "works_cases", False) and dispute.hats_of(by)):
        raise Refused(_("只有办这件事的单位可以记来访。"))
    if dispute.is_closed:
        raise Refused(_("这件事已经归档或者并案。又来反映的，请重新办理，或者登记成新的。"))
    names = [name for name in (normalise(raw) for raw in representatives) if name]
    check_group(persons, names)
    again = ReceptionDraft(parties=(), facts="", persons=persons, representatives=names, body=by.body)
    return _visit(dispute, again, by)


@transaction.atomic
def consent(party: Party, *, notice: ConsentNotice, sensitive: bool, how: ConsentHow, by: Any) -> Consent:
    """The party accepted this privacy notice; `sensitive` is the separate consent (个人信息保护法 13, 17, 29)."""
    row = Consent.objects.create(
        dispute=party.dispute, party=party, notice=notice, digest=notice.digest, sensitive=sensitive,
        how=how, at=timezone.now(),
    )  # fmt: skip
    event = ConsentGiven(consent_id=row.pk, party=str(party), version=notice.version)
    note(party.dispute, event, by=by, rows=[row])
    return row


def body_for(place: Region | None) -> Body:
    """Who first receives what comes in online: the nearest coordinating body above the place, else the county centre.

    Refused while no body is set up.
    """
    root = centre()
    if place is not None:
        above = Body.objects.that_handle().filter(coordinates=True, region__in=Region.objects.holding(place.code))
        if nearest := above.order_by("-region__level__rank", "pk").first():
            return nearest
    if root is None:
        raise Refused(_("还没有装入区划和机构，不能登记。请管理员先装入。"))
    return root


def _body(draft: ReceptionDraft, by: Any) -> Body:
    """Staff register for the body where they work; nobody registers in another's name."""
    if not isinstance(by, User):
        return draft.body or body_for(draft.place)
    if not by.works_cases or by.body is None:
        raise Refused(_("只有窗口、分流、调解人员和负责人可以登记。"))
    if draft.body is not None and draft.body.pk != by.body.pk:
        raise Refused(_("只能登记到自己所在的单位；要交给别的单位，登记后分派。"))
    return by.body


def _visit(dispute: Dispute, draft: ReceptionDraft, by: Any) -> Visit:
    visit = Visit.objects.create(
        dispute=dispute, body=draft.body or dispute.body, window=draft.window,
        clerk=by if isinstance(by, User) else None, arrived_at=draft.arrived_at or timezone.now(),
        persons=draft.persons, representatives=[normalise(name) for name in draft.representatives],
        is_repeat=draft.is_repeat or dispute.visits.exists(),
    )  # fmt: skip
    note(dispute, Visited(visit_id=visit.pk, persons=visit.persons), by=by, rows=[visit])
    return visit
