"""问题日清零: the head of a body signs off its day."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import short
from fengqiao.ledger import book
from fengqiao.people.models import Role, User
from fengqiao.supervision.clearing import cleared, day_of
from fengqiao.supervision.events import DayCleared
from fengqiao.supervision.models import Clearing, ClearingLine


@transaction.atomic
def sign_off(body: Body, *, day: date, by: User, words: str = "") -> Clearing:
    """Freeze the day as it stands. What is not cleared stands on the next day's page, marked with the day it is from."""
    body = Body.objects.lock(body.pk)
    if by.role != Role.MANAGER or by.body_id != body.pk:
        raise Refused(_("日清由%(body)s的负责人签。") % {"body": body})
    if day > timezone.localdate():
        raise Refused(_("还没到这一天。"))
    if Clearing.objects.filter(body=body, day__gte=day).exists():
        raise Refused(_("这一天已经签过，或者后面的日子已经签了，不能再改。"))
    lines = day_of(body, day, by)
    row = Clearing.objects.create(body=body, day=day, signed_by=by, signed_at=timezone.now(), words=short(words))
    kept = [
        ClearingLine(
            clearing=row, dispute=line.dispute, clock=line.clock, why=line.why, since=line.since,
            state=line.dispute.state, is_cleared=line.is_cleared,
        )
        for line in lines
    ]  # fmt: skip
    ClearingLine.objects.bulk_create(kept)
    done = cleared(lines)
    event = DayCleared(clearing_id=row.pk, day=day.isoformat(), lines=len(kept), cleared=done, left=len(kept) - done)
    book.append("body", body.pk, event, by=by, rows=[row, *kept])
    return row
