"""What the record says of the agreement of a dispute: its number, and the day since which it is in force."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fengqiao.ledger.models import Entry

from .events import AgreementConcluded, OralAgreementMade
from .models import Dispute

WINDOW = "confirmation_window"


@dataclass(frozen=True)
class Agreed:
    """The agreement in force. `number` is empty once the entry that named it was shredded."""

    number: str
    since: date


def agreed(dispute: Dispute) -> Agreed | None:
    """The latest agreement of this dispute, or None where there never was one.

    One that was signed on paper may be older than its entry; the window for the court (人民调解法 33) begins with it.
    """
    kinds = [AgreementConcluded.kind, OralAgreementMade.kind]
    entry = Entry.objects.of("dispute", dispute.pk).filter(kind__in=kinds).last()
    if entry is None:
        return None
    days = [timezone.localdate(entry.at)]
    if window := dispute.clocks.filter(key=WINDOW).order_by("pk").last():
        days.append(timezone.localdate(window.started_at))
    return Agreed(number=(entry.payload or {}).get("number", ""), since=min(days))
