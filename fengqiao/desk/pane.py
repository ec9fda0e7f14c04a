"""The chosen dispute beside the list: what it is, what the rules propose, what one can do. Masked as everywhere."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import resolve_url

from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE, OFFICE
from fengqiao.disputes.models import Dispute
from fengqiao.kernel import masking
from fengqiao.kernel.secrets import Unreadable
from fengqiao.routing.reach import reachable_from
from fengqiao.routing.suggestions import Suggestion, proposed
from fengqiao.web.actors import staff

from .dispatching.proposing import why_not_from_here
from .emptiness import knowing_what_is_empty
from .sight import clock_of, dispute_for
from .stages import offers_for
from .turn_bar import turn_bar_of

CHOSEN = "one"  # its name in the address


def pane_of(request: HttpRequest) -> dict[str, Any] | None:
    """What the pane is drawn from, or None where nothing is chosen that is there for this reader."""
    number = request.GET.get(CHOSEN, "")
    if not number:
        return None
    reader = staff(request)
    try:
        found = knowing_what_is_empty(dispute_for(reader, number))
    except (Http404, Unreadable):
        return None
    said = proposed(found) if found.state in BEFORE_ACCEPTANCE and OFFICE & found.hats_of(reader) else None
    return {
        "dispute": found,
        "turn": turn_bar_of(found, reader, clock_of(found)),
        "offers": offers_for(found, reader),
        "suggestion": said,
        "may_follow": said is not None and _may_follow(found, said, request),
        "amount": None if found.amount_fen is None else Decimal(found.amount_fen) / 100,
        "address": masking.address(found.address) if found.address else "",
        "back": around(request),
    }


def around(request: HttpRequest) -> str:
    """The query of the list without what is chosen in it."""
    query = request.GET.copy()
    query.pop(CHOSEN, None)
    return query.urlencode()


def look_at(request: HttpRequest) -> str:
    """The address of the list up to the number that is to be chosen."""
    kept = around(request)
    return f"{resolve_url('worklist')}?{kept}{'&' if kept else ''}{CHOSEN}="


def _may_follow(dispute: Dispute, said: Suggestion, request: HttpRequest) -> bool:
    """Whether one press may send it where the rules propose."""
    reader, body = staff(request), said.body
    if body is None or body.pk == dispute.body_id or reader.body is None or why_not_from_here(dispute, reader):
        return False
    return reachable_from(reader.body).filter(pk=body.pk).exists()
