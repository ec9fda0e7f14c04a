"""应受理未受理、应办理未办理、不依法办理: what the rules notice in the ledger. Reactions; each may be told twice without harm."""

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Clock, Dispute
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.people.models import SYSTEM

from .commands.lapses import SUBJECT
from .events import LapseFound
from .models import Lapse, LapseKind

OF_THE_OFFICE = (Hat.HANDLER.value, Hat.MEDIATOR.value)  # a party's or a court's delay is nobody's lapse here
ACCEPTING = "respond"  # the limit to accept, send on or refuse


def in_a_missed_limit(entry: Entry) -> None:
    """A limit ran out while it was the office's turn."""
    told = entry.payload or {}
    if told.get("turn") not in OF_THE_OFFICE:
        return
    clock = Clock.objects.select_related("body__region", "dispute").get(pk=told["clock_id"])
    kind = LapseKind.NOT_ACCEPTED if clock.key == ACCEPTING else LapseKind.NOT_HANDLED
    ground = _("期限 %(due)s 到了没有办（%(basis)s）") % {"due": told.get("due", ""), "basis": clock.basis}
    _candidate(entry, clock.dispute, clock.body, kind, ground)


def in_a_reopening(entry: Entry) -> None:
    """What was turned away is done after all: the refusal may have been wrong."""
    dispute = Dispute.objects.get(pk=entry.subject_id)
    rejection = dispute.rejections.select_related("decided_by").last()
    if rejection is None or rejection.decided_by.body is None:
        return
    ground = _("不予受理以后重新办理：%(why)s") % {"why": (entry.payload or {}).get("remark", "")}
    _candidate(entry, dispute, rejection.decided_by.body, LapseKind.NOT_ACCEPTED, ground)


def in_a_ruling(entry: Entry) -> None:
    """The court did not confirm an agreement (民事诉讼法 206): what was wrong with it is to be looked at."""
    told = entry.payload or {}
    if told.get("act") != Act.DISMISS.value:
        return
    dispute = Dispute.objects.select_related("body__region").get(pk=entry.subject_id)
    ground = _("法院驳回司法确认申请：%(number)s") % {"number": told.get("number", "")}
    _candidate(entry, dispute, dispute.body, LapseKind.UNLAWFUL, ground)


@transaction.atomic
def _candidate(entry: Entry, dispute: Dispute, body: Body, kind: LapseKind, ground: str) -> None:
    made, is_new = Lapse.objects.get_or_create(
        entry=entry,
        defaults={
            "dispute": dispute, "body": body, "region_code": body.region.code, "kind": kind, "ground": ground[:300],
            "found_at": entry.at,
        },
    )  # fmt: skip
    if is_new:
        event = LapseFound(dispute_id=dispute.pk, body=body.name, lapse_kind=kind.value, ground=made.ground)
        book.begin(SUBJECT, made.pk, event, by=SYSTEM, rows=[made])
