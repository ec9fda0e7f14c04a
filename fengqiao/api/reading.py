"""Lists for machines: filters, and a cursor that stays true while rows come and go."""

import re
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AwareDatetime, BeforeValidator

from fengqiao.disputes import search
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.places.models import span_of

from .schemas import PLAIN


def _written_out(value: object) -> object:
    """Only a date and time as RFC 3339 writes it; a bare number is no moment."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", value):
        raise ValueError("write it as 2026-11-21T09:00:00+08:00")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]


class Filters(Schema):
    """Newest registration first. `cursor` is the `next` of the page before."""

    state: State | None = None
    category: str | None = Field(None, max_length=10, pattern=PLAIN)
    body: str | None = Field(None, max_length=60, pattern=PLAIN)
    place: str | None = Field(None, pattern=r"^[0-9]{6,15}$")
    q: str | None = Field(None, max_length=100, pattern=PLAIN)
    due_before: Moment | None = None
    registered_from: Moment | None = None
    registered_to: Moment | None = None
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=20, pattern=PLAIN)


def page_of(actor: User, wanted: Filters) -> tuple[list[Dispute], str | None]:
    """One page of what the actor may see, and the cursor of the next page. Refused for a cursor we did not give."""
    rows = _narrowed(Dispute.objects.visible_to(actor), wanted)
    if wanted.cursor is not None:
        if not (wanted.cursor.isascii() and wanted.cursor.isdigit() and int(wanted.cursor) < 2**63):
            raise Refused(_("翻页记号不对，请从第一页重新取。"))
        rows = rows.filter(pk__lt=int(wanted.cursor))
    found = list(rows.with_names().order_by("-pk")[: wanted.limit + 1])
    more = len(found) > wanted.limit
    return found[: wanted.limit], str(found[wanted.limit - 1].pk) if more else None


def _narrowed(rows: DisputeQuerySet, wanted: Filters) -> DisputeQuerySet:
    exact = {"state": wanted.state, "category__code": wanted.category, "body__key": wanted.body}
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.place:
        rows = rows.filter(place__code__range=span_of(wanted.place))
    for name, value in (
        ("due_at__lt", wanted.due_before),
        ("registered_at__gte", wanted.registered_from),
        ("registered_at__lt", wanted.registered_to),
    ):
        if value is not None:
            rows = rows.filter(**{name: value})
    return rows.filter(search.matching(wanted.q)).distinct() if wanted.q else rows
