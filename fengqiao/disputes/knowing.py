"""知悉范围: a restricted dispute (minors, domestic violence, informers) is there for people who are named, and for nobody else.

The list only takes away: whoever stands on it must also be of a body that has to do with the dispute. Whenever a body comes
to have to do with it, those who answer for that body are put on the list, so that it is never nobody's; who else need not
know of it, those on the list decide.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.people.models import CASE_WORKERS, SYSTEM, Role, User

from .events import NamesChanged
from .lifecycle import Hat, State
from .models import Dispute, NamedPerson
from .policies import office_hats


def may_be_named(dispute: Dispute) -> list[User]:
    """Those to whom this dispute would be there, were it not restricted: of the bodies that have to do with it, and above."""
    bodies = {dispute.body_id, dispute.first_body_id, *dispute.assists.values_list("body_id", flat=True)}
    above: Body | None = dispute.body.superior
    while above is not None:
        bodies.add(above.pk)
        above = above.superior
    found = _at(bodies).filter(role__in=[*CASE_WORKERS, Role.LEADER])
    people = found.select_related("station_body__region", "home_body__region").order_by(
        "station_body", "home_body", "pk"
    )
    return [one for one in people if office_hats(one, dispute)]


def named(dispute: Dispute) -> list[NamedPerson]:
    """The list as it is now."""
    return list(dispute.named.now().select_related("user__station_body", "user__home_body"))


def put_on_list(dispute: Dispute, people: Iterable[User]) -> list[NamedPerson]:
    """Add these people; the caller holds the dispute and writes the rows into its ledger."""
    return [NamedPerson.objects.create(dispute=dispute, user=one) for one in people]


def ending(rows: Iterable[NamedPerson]) -> list[NamedPerson]:
    """The opposite, not yet saved: who takes themself off is let in until it is written down."""
    ended = list(rows)
    for row in ended:
        row.until = timezone.now()
    return ended


def take_off_list(rows: Iterable[NamedPerson]) -> None:
    """Save what `ending` gave."""
    NamedPerson.objects.bulk_update(rows, ["until"])


def name_office(dispute: Dispute, body: Body, *, by: Any, after: Entry | None = None) -> Entry | None:
    """Put those who answer for the body on the list, if nobody of it stands there; write it down.

    They are its managers; where it has none, as in a village, those of the next coordinating body above.
    """
    known = {row.user_id for row in named(dispute)}
    if _at([body.pk]).filter(pk__in=known).exists():
        return None
    people = [one for one in _answering_for(body) if one.pk not in known]
    if not people:
        return None
    rows = put_on_list(dispute, people)
    event = NamesChanged(added=in_a_row(people), removed=in_a_row(()))
    return book.append("dispute", dispute.pk, event, by=by, rows=rows, after=after)


def name_the_missing() -> None:
    """Where nobody on the list answers for it any more, name who does now. Runs every hour.

    Where those above keep it from the body that has it, on purpose, it stays so.
    """
    there = Q(user__station_body=OuterRef("body")) | Q(user__station_body=None, user__home_body=OuterRef("body"))
    somebody = NamedPerson.objects.now().filter(there, dispute=OuterRef("pk"), user__is_active=True)
    lonely = Dispute.objects.filter(~Exists(somebody), is_restricted=True).exclude(state=State.MERGED)
    for pk in list(lonely.values_list("pk", flat=True)):
        with transaction.atomic():
            dispute = Dispute.objects.lock(pk)
            if not is_answered_for(dispute, [row.user for row in named(dispute) if row.user.is_active]):
                name_office(dispute, dispute.body, by=SYSTEM)


def is_answered_for(dispute: Dispute, people: Iterable[User]) -> bool:
    """Whether one of these works at the body that has it, or oversees it."""
    return any({Hat.HANDLER, Hat.SUPERIOR} & office_hats(one, dispute) for one in people)


def in_a_row(people: Sequence[User]) -> str:
    """张三、李四; a word where there is nobody."""
    return "、".join(str(one) for one in people) or _("无")


def _answering_for(body: Body | None) -> list[User]:
    while body is not None:
        if managers := list(_at([body.pk]).filter(role=Role.MANAGER).order_by("pk")):
            return managers
        body = body.superior
    return []


def _at(bodies: Iterable[int]) -> Any:
    here = Q(station_body__in=bodies) | Q(station_body=None, home_body__in=bodies)
    return User.objects.filter(here, is_active=True)
