"""难题月研判: what is concluded of a difficult matter this month."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import note
from fengqiao.disputes.lifecycle import Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given
from fengqiao.people.models import Role, User
from fengqiao.supervision.difficult import difficult_for, grounds_of, month_of
from fengqiao.supervision.events import Reviewed
from fengqiao.supervision.models import Conclusion, MonthlyReview


@transaction.atomic
def conclude(
    dispute: Dispute, *, conclusion: Conclusion | str, words: str, by: User, seen: int | None = None
) -> MonthlyReview:
    """The conclusion of this month, once for each body that looks at it. It moves nothing by itself."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if not may_conclude(dispute, by) or by.body is None:
        raise Refused(_("研判由承办单位、上级单位的负责人和领导来做。"))
    if conclusion not in Conclusion.values:
        raise Refused(_("请选一个研判结论。"))
    words = given(words, _("请写明研判意见。"))
    month = month_of(timezone.localdate())
    found: Any = difficult_for(by, month).filter(pk=dispute.pk).first()
    if found is None:
        raise Refused(_("这件事不在本月的难题清单上。"))
    if found.concluded is not None:
        raise Refused(_("这个月已经研判过了。"))
    row = MonthlyReview.objects.create(
        dispute=dispute, body=by.body, month=month, grounds="、".join(grounds_of(found)), conclusion=conclusion,
        words=words, by=by, at=timezone.now(),
    )  # fmt: skip
    event = Reviewed(review_id=row.pk, month=f"{month:%Y-%m}", conclusion=str(conclusion), words=words)
    note(dispute, event, by=by, rows=[row])
    return row


def may_conclude(dispute: Dispute, user: User) -> bool:
    """The head of the body that has it, of one above, or a leader."""
    hats = dispute.hats_of(user)
    return user.role in (Role.MANAGER, Role.LEADER) and bool({Hat.HANDLER, Hat.SUPERIOR, Hat.LEADER} & hats)
