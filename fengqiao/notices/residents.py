"""The reaction by which parties hear of their own matter. It may be told of the same entry twice without harm."""

from django.db.models import Prefetch

from fengqiao.disputes.models import Dispute, Party
from fengqiao.ledger.models import Entry

from .occasions import tellings_of
from .outgoing import to_parties


def tell_parties(entry: Entry) -> None:
    """Those whom occasions.py names for this kind of entry, by the channels that each of them wants."""
    parties = Prefetch("parties", Party.objects.select_related("message_choice", "access").prefetch_related("consents"))
    rows = Dispute.objects.select_related("body", "category").prefetch_related(parties)
    dispute = rows.get(pk=entry.subject_id)
    to_parties(entry, dispute, tellings_of(entry, dispute))
