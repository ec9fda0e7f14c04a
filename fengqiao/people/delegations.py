"""代办: giving one's work to a colleague for a stretch of days, and calling it off."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.remembering import asked_once

from . import records
from .events import Delegated, DelegationEnded
from .models import CASE_WORKERS, Delegation, Role, User

LONGEST = timedelta(days=90)
IS_DEPUTY, KNOWN = "is_deputy", "stood_in_for"  # what an account remembers of the query that read it
# A role may stand in for itself and for those named: it can do all that they can.
COVERS: dict[str, frozenset[str]] = {
    Role.CLERK: frozenset({Role.CLERK, Role.MEDIATOR}),
    Role.MEDIATOR: frozenset({Role.CLERK, Role.MEDIATOR}),
    Role.DISPATCHER: frozenset({Role.CLERK, Role.MEDIATOR, Role.DISPATCHER}),
    Role.MANAGER: CASE_WORKERS,
}


def may_stand_in(principal: User) -> QuerySet[User]:
    """Colleagues of the same body whose role is the same or wider."""
    roles = [role for role, covered in COVERS.items() if principal.role in covered]
    body = principal.body_id
    same = Q(station_body=body) | Q(station_body=None, home_body=body)
    found = User.objects.filter(same, role__in=roles, is_active=True).exclude(pk=principal.pk)
    return found.order_by("pk") if body else found.none()


def stood_in_for(user: User) -> list[Delegation]:
    """For whom somebody acts today: directly, for what was given to them is not theirs to give on.

    What held on the day it was made must hold now: the same body, a role that covers the other's, both accounts open.
    Asked once for each account that is read from the database, and not at all where its reading said there is none.
    """
    # Not __dict__: of a request's user that is the wrapper's.
    known: list[Delegation] | None = getattr(user, KNOWN, None)
    if known is None:
        known = list(_in_force(user)) if user.is_active and getattr(user, IS_DEPUTY, True) else []
        setattr(user, KNOWN, known)
    return known


def is_deputy() -> Exists:
    """For the query that reads an account: whether there is anybody they act for."""
    return Exists(Delegation.objects.on().filter(deputy=OuterRef("pk")))


def _in_force(user: User) -> Iterator[Delegation]:
    for row in _given_to(user.pk, timezone.localdate()):
        same_body = user.body_id is not None and row.principal.body_id == user.body_id
        if same_body and row.principal.role in COVERS.get(user.role, ()):
            yield row


@asked_once("people_delegation", "people_user")
def _given_to(deputy: int, day: date) -> tuple[Delegation, ...]:
    return tuple(Delegation.objects.on(day).filter(deputy=deputy).select_related("principal"))


@transaction.atomic
def delegate(
    principal: User, *, deputy: User, first_day: date, last_day: date, with_restricted: bool, by: User
) -> Delegation:
    """Name who acts for oneself from the first to the last day. Only one's own work: what was given cannot be passed on.

    Refused for somebody else's work, a stranger or a narrower role, days gone by, more than ninety days, and two
    delegations over the same days.
    """
    if by.pk != principal.pk:
        raise Refused(_("只能把自己的工作交给别人代办，代办来的不能再转给别人。"))
    principal = records.hold(principal)
    if not may_stand_in(principal).filter(pk=deputy.pk).exists():
        raise Refused(_("只能请本单位、角色相同或者更宽的同事代办。"))
    if not timezone.localdate() <= first_day <= last_day:
        raise Refused(_("开始日期不能早于今天，结束日期不能早于开始日期。"))
    if last_day - first_day >= LONGEST:
        raise Refused(_("一次代办最多 %(days)d 天，还要更久请到时再办一次。") % {"days": LONGEST.days})
    others = principal.delegations.filter(ended_at=None, first_day__lte=last_day, last_day__gte=first_day)
    if others.exists():
        raise Refused(_("这些日子里已经请了别人代办，请先结束那一份。"))
    made = Delegation.objects.create(
        principal=principal, deputy=deputy, first_day=first_day, last_day=last_day, with_restricted=with_restricted
    )
    event = Delegated(
        deputy=str(deputy), deputy_id=deputy.pk, first=first_day.isoformat(), last=last_day.isoformat(),
        with_restricted=with_restricted,
    )  # fmt: skip
    records.tell(event, about=principal, by=by, rows=[made])
    return made


@transaction.atomic
def call_off(delegation: Delegation, *, by: User) -> None:
    """The principal is back early, or the deputy cannot. Refused for anybody else, and when it is over already."""
    principal = records.hold(delegation.principal)
    row = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if by.pk not in (row.principal_id, row.deputy_id):
        raise Refused(_("只有本人和代办人能结束。"))
    if row.ended_at is not None or row.last_day < timezone.localdate():
        raise Refused(_("这份代办已经结束了。"))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    records.tell(
        DelegationEnded(deputy=str(row.deputy), deputy_id=row.deputy_id), about=principal, by=by, rows=[row]
    )  # fmt: skip
