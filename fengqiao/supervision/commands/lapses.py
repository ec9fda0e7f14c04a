"""督查登记: a person confirms or dismisses what a rule found. The machine decides nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.written import given
from fengqiao.ledger import book
from fengqiao.people.models import User
from fengqiao.supervision.events import LapseConfirmed, LapseDismissed
from fengqiao.supervision.models import Lapse, LapseState

from .holding import fresh, keep

SUBJECT = "lapse"


@transaction.atomic
def confirm(lapse: Lapse, *, reason: str, by: User, seen: int | None = None) -> Lapse:
    """It is so; the head of the body sees it from now on."""
    lapse = _decided(lapse, LapseState.CONFIRMED, reason, by, seen)
    book.append(SUBJECT, lapse.pk, LapseConfirmed(words=lapse.reason), by=by, rows=[lapse])
    return lapse


@transaction.atomic
def dismiss(lapse: Lapse, *, reason: str, by: User, seen: int | None = None) -> Lapse:
    """It is not so, and why."""
    lapse = _decided(lapse, LapseState.DISMISSED, reason, by, seen)
    book.append(SUBJECT, lapse.pk, LapseDismissed(words=lapse.reason), by=by, rows=[lapse])
    return lapse


def _decided(lapse: Lapse, state: LapseState, reason: str, by: User, seen: int | None) -> Lapse:
    lapse = fresh(Lapse.objects.lock(lapse.pk), seen)
    if not Lapse.objects.visible_to(by).filter(pk=lapse.pk).exists():
        raise Refused(_("没有找到这条登记，或者不归您看。"))
    if not lapse.is_candidate:
        raise Refused(_("已经核实过了，不能再改。"))
    lapse.reason = given(reason, _("请写明核实的情况和理由。"))
    lapse.state, lapse.decided_by, lapse.decided_at = state, by, timezone.now()
    keep(lapse, "state", "reason", "decided_by", "decided_at")
    return lapse
