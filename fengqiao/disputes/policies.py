"""Who is what to a dispute, and who may see it. The only file that answers either question."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from fengqiao.kernel.remembering import asked_once
from fengqiao.people.delegations import stood_in_for
from fengqiao.people.models import SYSTEM, Role, User

from .lifecycle import Hat
from .search.engines import code_within, key_among

NOBODY = Q(pk__in=[])
# What visible_to asks of a dispute beside its body. An index that ends on these is counted over without opening a row.
SIGHT = ("mediator", "first_body", "region_code", "is_restricted", "id")


def hats(actor: Any, dispute: Any) -> frozenset[Hat]:
    """Every hat that this actor wears for this dispute; empty for a stranger."""
    if actor is SYSTEM:
        return frozenset({Hat.SYSTEM})
    if (party_of := getattr(actor, "party_of", None)) is not None:
        return frozenset({Hat.PARTY}) if party_of == dispute.pk else frozenset()
    if not isinstance(actor, User) or not actor.is_active:
        return frozenset()
    worn = {Hat.MEDIATOR} if principal_of(actor, dispute) else set()
    return frozenset(worn | own_hats(actor, dispute))


def own_hats(user: User, dispute: Any) -> frozenset[Hat]:
    """The hats of this member of staff themselves, without those of anybody they stand in for."""
    worn = {Hat.MEDIATOR} if dispute.mediator_id == user.pk and user.works_cases else set()
    return frozenset(worn | _of_the_office(user, dispute))


def principal_of(actor: Any, dispute: Any) -> User | None:
    """The mediator of this dispute, where this actor stands in for them today (代办).

    Of the principal's hats only this one can be missing to a deputy: the office's hats are those of the same body and of a
    role that covers the other's, and so the deputy's own. Restricted disputes only where the principal said so, in which
    case the deputy stands on its list in the principal's place.
    """
    if not isinstance(actor, User) or not actor.works_cases or dispute.mediator_id is None:
        return None
    for row in stood_in_for(actor):
        if row.principal_id == dispute.mediator_id and (row.with_restricted or not dispute.is_restricted):
            return row.principal
    return None


def in_hands_of(user: User) -> Q:
    """The disputes whose mediator this is, or stands in for: the hat MEDIATOR as a query."""
    if not user.works_cases:
        return NOBODY
    found = Q(mediator=user)
    for row in stood_in_for(user):
        theirs = Q(mediator=row.principal_id)
        found |= theirs if row.with_restricted else theirs & Q(is_restricted=False)
    return found


def _of_the_office(user: User, dispute: Any) -> set[Hat]:
    if dispute.is_restricted and not is_named(user, dispute):
        return set()
    return office_hats(user, dispute)


def is_named(user: User, dispute: Any) -> bool:
    """Whether this person stands on the list of a restricted dispute (知悉范围), or for somebody who does."""
    names = set(_named().filter(dispute=dispute).values_list("user_id", flat=True))
    return bool(names & {user.pk, *_trusted_by(user)})


def _named() -> Any:
    return apps.get_model("disputes", "NamedPerson").objects.now()


def _trusted_by(user: User) -> list[int]:
    """Those on leave who gave this person their restricted disputes too."""
    return [row.principal_id for row in stood_in_for(user) if row.with_restricted]


def office_hats(user: User, dispute: Any) -> set[Hat]:
    """What somebody is to a dispute by where they work and as what. In a restricted one that is not yet enough."""
    body = user.body
    if body is None:
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
    if not worn and _is_consulted(user, dispute):  # whoever is more than that to it needs no invitation to see it
        worn.add(Hat.CONSULTED)
    return worn


def _assists(body_id: int, dispute: Any) -> bool:
    return any(assist.body_id == body_id for assist in dispute.assists.all())


def _is_consulted(user: User, dispute: Any) -> bool:
    return not user.administers and dispute.pk in _consulted_on(user.pk)


@asked_once("disputes_consulted")
def _consulted_on(user: int) -> frozenset[int]:
    return frozenset(_consulted().filter(user=user).values_list("dispute_id", flat=True))


def _consulted() -> Any:
    """Those called to a case conference, from the invitation until it no longer concerns them."""
    return apps.get_model("disputes", "Consulted").objects.now()


def visible_to(actor: Any) -> Q:
    """The same rule as a query, so that the list and the page cannot differ: visible means at least one hat."""
    if actor is SYSTEM:
        return Q()
    if (party_of := getattr(actor, "party_of", None)) is not None:
        return Q(pk=party_of)
    if not isinstance(actor, User) or not actor.is_active:
        return NOBODY
    mine = in_hands_of(actor)
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
    if not actor.administers:
        office |= key_among(_consulted().filter(user=actor).values("dispute_id"))
    names = _named().filter(user__in=[actor.pk, *_trusted_by(actor)]).values("dispute_id")
    return mine | office & (Q(is_restricted=False) | key_among(names))
