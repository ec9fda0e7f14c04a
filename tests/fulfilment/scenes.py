"""Disputes with an agreement in force, as agreements leave them."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from pypdfium2 import PdfDocument

from fengqiao.disputes import clocks
from fengqiao.disputes.agreed import WINDOW
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import AgreementConcluded, OralAgreementMade, SessionHeld
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Dispute, Obligation, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.fulfilment.due import end_of
from fengqiao.people.models import SYSTEM, Role, User
from tests.world import a_committee, a_registered_dispute, a_user

NUMBER = "（2026）吴月人调字第1号"


def _blank_page() -> bytes:
    written = io.BytesIO()
    with PdfDocument.new() as made:
        made.new_page(595, 842)
        made.save(written)
    return written.getvalue()


PDF = _blank_page()


@dataclass
class Scene:
    """A dispute and everybody in it. The respondent owes the applicant."""

    dispute: Dispute
    clerk: User
    manager: User
    mediator: User
    creditor: Party
    debtor: Party

    @property
    def obligations(self) -> list[Obligation]:
        return list(self.dispute.obligations.order_by("n"))

    @property
    def payer(self) -> PartyActor:
        return PartyActor(self.debtor)

    @property
    def receiver(self) -> PartyActor:
        return PartyActor(self.creditor)

    def fresh(self) -> Dispute:
        self.dispute = Dispute.objects.get(pk=self.dispute.pk)
        return self.dispute

    @property
    def state(self) -> str:
        return self.fresh().state


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def a_scan(name="凭证.pdf", data=PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def step(dispute: Dispute, act: Act, *, by, event=None, rows=(), **changes) -> Dispute:
    with transaction.atomic():
        return advance(Dispute.objects.lock(dispute.pk), act, by=by, event=event, rows=rows, **changes)


def under_mediation(**kw) -> Scene:
    body = kw.pop("body", None) or a_committee()
    clerk, manager = a_user(body), a_user(body, Role.MANAGER)
    mediator = a_user(body, Role.MEDIATOR)
    dispute = a_registered_dispute(body, clerk, **kw)
    step(dispute, Act.ACCEPT, by=clerk)
    dispute = step(dispute, Act.ASSIGN, by=clerk, mediator=mediator)
    return Scene(dispute, clerk, manager, mediator, dispute.applicants[0], dispute.respondents[0])


def agreed(duties=((8600_00, 10),), *, oral=False, **kw) -> Scene:
    """`duties`: (分 or None, days from today) each."""
    scene = under_mediation(**kw)
    held = SessionHeld(session_id=1, n=1, present=3, minutes=60, outcome="谈成")
    step(scene.dispute, Act.RECORD, by=scene.mediator, event=held)
    if not oral:
        step(scene.dispute, Act.CIRCULATE, by=scene.mediator)
    return in_force(scene, duties, oral=oral)


@transaction.atomic
def in_force(scene: Scene, duties, *, oral=False) -> Scene:
    dispute, now = Dispute.objects.lock(scene.dispute.pk), timezone.now()
    rows = [
        Obligation.objects.create(
            dispute=dispute, source="agreement:1", n=n, debtor=scene.debtor, creditor=scene.creditor,
            what="赔偿修理费" if fen else "修好卫生间防水层", amount_fen=fen, due_on=today(days),
        )
        for n, (fen, days) in enumerate(duties, 1)
    ]  # fmt: skip
    target = State.AGREED_ORAL if oral else State.AGREED_WRITTEN
    touched = []
    if rows:
        first = min(rows, key=lambda one: one.due_on)
        touched += clocks.run_until(dispute, "perform", end_of(first.due_on), "协议约定", now)
    touched.append(clocks.start(dispute, WINDOW, now, is_main=False))
    told = {"agreement_id": 1, "number": NUMBER, "obligations": len(rows)}
    event = OralAgreementMade(**told) if oral else AgreementConcluded(body=dispute.body.name, **told)
    by, act = (scene.mediator, Act.AGREE_ORALLY) if oral else (SYSTEM, Act.CONCLUDE)
    scene.dispute = advance(dispute, act, by=by, event=event, rows=[*rows, *touched])
    assert scene.dispute.state == target
    return scene
