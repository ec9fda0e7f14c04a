"""The one way in which a page of the desk comes by its dispute: whoever may not see it finds nothing there."""

from django.http import Http404

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User

RELATED = (
    *("body__region", "body__parent__region", "first_body", "sender__region", "category", "mediator"),
    *("place__parent", "merged_into"),
)


def dispute_for(reader: User, number: str) -> Dispute:
    """The dispute of this number, with its people and helpers. Http404 where it is not theirs to see."""
    found = Dispute.objects.visible_to(reader).select_related(*RELATED).prefetch_related("parties", "assists")
    dispute = found.filter(number=number).first()
    if dispute is None:
        raise Http404
    return dispute
