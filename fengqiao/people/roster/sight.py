"""Who sees which entries of the roster, and what each may do with them. The only file that answers either question."""

from django.db.models import Q, QuerySet

from fengqiao.bodies.models import Body
from fengqiao.people.models import Role, RosterEntry, RosterRules, Serving, User

REVIEWERS = frozenset({Role.MANAGER, Role.ADMIN})
READERS = frozenset({Role.MANAGER, Role.DISPATCHER, Role.LEADER})
NOBODY = Q(pk__in=[])


def reviews(user: User) -> bool:
    """Decides on applications: a manager or administrator of the reviewing body."""
    return user.is_active and user.role in REVIEWERS and user.body_id == RosterRules.now().reviewing_body_id


def answers_for(user: User, body: Body) -> bool:
    """Files for this body and keeps its people's entries: its manager, that of the body over its place, a reviewer."""
    if user.role == Role.MANAGER and user.body is not None:
        return user.body_id == body.pk or user.body.oversees(body.region.code) or reviews(user)
    return reviews(user)


def may_keep(user: User, entry: RosterEntry) -> bool:
    """Changes the entry: who answers for the body, and the person themselves what is theirs to say."""
    return entry.user_id == user.pk or answers_for(user, entry.body)


def reads_sealed(user: User, entry: RosterEntry) -> bool:
    """Telephone, numbers and declared ties: the person and the reviewing body, nobody else."""
    return entry.user_id == user.pk or reviews(user)


def visible_to(user: User) -> QuerySet[RosterEntry]:
    """The entries that this person may open. A peer body's are not there."""
    entries = RosterEntry.objects.select_related("body__region", "user")
    return entries if reviews(user) else entries.filter(_rule(user))


def has_a_roster(user: User) -> bool:
    """Whether the list of the roster is a page for this person at all."""
    return user.works_cases or reviews(user) or (user.role == Role.LEADER and bool(user.body and user.body.coordinates))


def bodies_answered_for(user: User) -> QuerySet[Body]:
    """For which bodies this person may file somebody."""
    bodies = Body.objects.at_work().filter(is_slot=False).select_related("region")
    if reviews(user):
        return bodies
    if user.role != Role.MANAGER or user.body is None:
        return bodies.filter(pk=user.body_id) if user.works_cases and user.body_id else bodies.none()
    rule = Q(pk=user.body_id)
    if user.body.coordinates:
        rule |= Q(region__code__range=user.body.region.span)
    return bodies.filter(rule)


def _rule(user: User) -> Q:
    if not user.is_active:
        return NOBODY
    mine = Q(user=user)
    if user.role not in READERS or user.body is None:
        return mine
    if user.role == Role.LEADER and not user.body.coordinates:
        return mine
    serving = Serving.objects.filter(body=user.body, ended_on=None)
    rule = Q(body=user.body) | Q(pk__in=serving.values("entry_id"))
    if user.body.coordinates:
        rule |= Q(body__region__code__range=user.body.region.span)
    return mine | rule
