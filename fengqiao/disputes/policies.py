"""Who is what to a dispute, and who may see it. The only file that answers either question."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from fengqiao.people.models import SYSTEM, Role, User

from .lifecycle import Hat
from .search.engines import code_within, key_among

NOBODY = Q(pk__in=[])


def hats(actor: Any, dispute: Any) -> frozenset[Hat]:
    """Every hat that this actor wears for this dispute; empty for a stranger."""
    if actor is SYSTEM:
        return frozenset({Hat.SYSTEM})
    if (party_of := getattr(actor, "party_of", None)) is not None:
        return frozenset({Hat.PARTY}) if party_of == dispute.pk else frozenset()
    if not isinstance(actor, User) or not actor.is_active:
        return frozenset()
    worn = {Hat.MEDIATOR} if dispute.mediator_id == actor.pk and actor.works_cases else set()
    return frozenset(worn | _of_the_office(actor, dispute))


def _of_the_office(user: User, dispute: Any) -> set[Hat]:
    body = user.body
    if body is None:
        return set()
    if dispute.is_restricted and user.role != Role.MANAGER:
        return set()
    worn = set()
    if user.works_cases:
        if dispute.body_id == body.pk:
            worn.add(Hat.HANDLER)
        elif dispute.first_body_id == body.pk or _assists(body.pk, dispute):
            worn.add(Hat.ASSISTING)
    if dispute.body_id != body.pk and user.oversees and body.oversees(dispute.region_code):
        worn.add(Hat.SUPERIOR)
    if user.role == Role.LEADER and body.oversees(dispute.region_code):
        worn.add(Hat.LEADER)
    return worn


def _assists(body_id: int, dispute: Any) -> bool:
    return any(assist.body_id == body_id for assist in dispute.assists.all())


def visible_to(actor: Any) -> Q:
    """The same rule as a query, so that the list and the page cannot differ: visible means at least one hat."""
    if actor is SYSTEM:
        return Q()
    if (party_of := getattr(actor, "party_of", None)) is not None:
        return Q(pk=party_of)
    if not isinstance(actor, User) or not actor.is_active:
        return NOBODY
    mine = Q(mediator=actor) if actor.works_cases else NOBODY
    body = actor.body
    if body is None:
        return mine
    office = NOBODY
    if actor.works_cases:
        # models.py asks this file about hats, so this file asks the registry for the model
        assisted = apps.get_model("disputes", "Assist").objects.filter(body=body).values("dispute_id")
        office = Q(body=body) | Q(first_body=body) | key_among(assisted)
    if body.coordinates and (actor.oversees or actor.role == Role.LEADER):
        office |= code_within("region_code", body.region.span)
    if actor.role != Role.MANAGER:
        office &= Q(is_restricted=False)
    return mine | office
