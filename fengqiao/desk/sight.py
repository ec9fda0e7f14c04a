"""The one way in which a page of the desk comes by its dispute: whoever may not see it finds nothing there."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Clock, Dispute
from fengqiao.people.models import User

RELATED = ("body__region", "body__parent", "first_body", "sender", "category", "mediator", "place")


def worked_on_by(reader: User, number: str) -> Dispute:
    """The same, for what only those who work on disputes may do. PermissionDenied for who only reads."""
    found = dispute_for(reader, number)
    if not reader.works_cases:
        raise PermissionDenied(_("您可以看这件事，不能动它。要办的，请承办单位来办。"))
    return found


def dispute_for(reader: User, number: str) -> Dispute:
    """The dispute of this number, with its people and helpers. Http404 where it is not theirs to see."""
    found = Dispute.objects.visible_to(reader).select_related(*RELATED).prefetch_related("parties", "assists")
    return get_object_or_404(found, number=number)


def clock_of(dispute: Dispute) -> Clock | None:
    """The main clock with all that explains its date."""
    running = dispute.clocks.filter(is_main=True, stopped_at=None)
    return running.prefetch_related("pauses", "extensions").first()


def row_of(reader: User, number: str) -> Dispute:
    """The dispute alone, for pages that must stand even where its people cannot be deciphered."""
    return get_object_or_404(Dispute.objects.visible_to(reader), number=number)
