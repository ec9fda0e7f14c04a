"""The reaction by which parties hear of their own matter. It may be told of the same entry twice without harm."""

from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry

from .occasions import tellings_of
from .outgoing import to_parties


def tell_parties(entry: Entry) -> None:
    """Those whom occasions.py names for this kind of entry, by the channels that each of them wants."""
    rows = Dispute.objects.select_related("body", "category").prefetch_related(
        "parties__consents", "parties__message_choice", "parties__access"
    )
    dispute = rows.get(pk=entry.subject_id)
    to_parties(entry, dispute, tellings_of(entry, dispute))
