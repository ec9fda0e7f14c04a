"""呼: call several bodies at once, each with its own task; one of their people where one was proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.routing.commands import begin, call_in

from .tasks import assigned


@dataclass(frozen=True)
class Called:
    """A body to be called, perhaps one person of it, and why just they."""

    body: Body
    person: User | None = None
    why: str = ""


@transaction.atomic
def call_all(
    dispute: Dispute,
    *,
    called: Sequence[Called],
    reason: str,
    by: User,
    due_on: date | None = None,
    seen: int | None = None,
) -> Dispute:
    """All of them or none. Two people of one body are one call: the first of them does it."""
    dispute = begin(dispute, Act.CALL_IN, by, seen)
    wanted: dict[int, Called] = {}
    for one in called:
        wanted.setdefault(one.body.pk, one)
    if not wanted:
        raise Refused(_("请至少选一个单位。"))
    for one in wanted.values():
        dispute = call_in(dispute, body=one.body, reason=reason, by=by, due_on=due_on, why=one.why)
        if one.person is not None and not dispute.is_restricted:  # else the body's head names somebody on the list
            assigned(dispute, dispute.assists.get(body=one.body), one.person, by=by)
    return dispute
