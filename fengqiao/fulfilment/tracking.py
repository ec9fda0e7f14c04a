"""What is owed at the moment in everything that a person may see, and how well agreements are kept."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from fengqiao.disputes.models import Dispute, Obligation, ObligationState
from fengqiao.kernel.rates import Rate

from .balance import OPEN
from .models import Recognition

KEPT = Q(state=ObligationState.WAIVED) | Q(state=ObligationState.MET, met_on__lte=F("due_on"))


def owed_to_all(actor: Any) -> QuerySet[Obligation]:
    """Every open duty of the disputes that the actor may see, the earliest first."""
    return _of(actor).filter(state__in=OPEN).order_by("due_on", "pk")


def overdue(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return obligations.filter(due_on__lt=timezone.localdate())


def waiting(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Those with a performance that somebody has to confirm."""
    return obligations.filter(performances__standing=Recognition.CLAIMED).distinct()


def agreements_kept(actor: Any, since: date, until: date) -> Rate:
    """协议履行率 (handbook 4): agreements of which every duty was met in time, of those whose last date fell into the period
    and has passed. A duty that the creditor waived counts as met. Source: obligations.
    """
    due = agreements_due(_of(actor), since, until)
    return Rate(due.filter(broken=0).count(), due.count())


def agreements_due(obligations: QuerySet[Obligation], since: date, until: date, *by: str) -> QuerySet[Any]:
    """A row for each agreement whose last day fell into the period and has passed: `by`, and how many duties are `broken`."""
    each = obligations.order_by().values(*by, "dispute_id", "source").annotate(last=Max("due_on"))
    due = each.filter(last__gte=since, last__lte=_last_day(until))
    return due.annotate(broken=Count("pk", filter=~KEPT))


def duties_kept(actor: Any, since: date, until: date) -> Rate:
    """The second measure of 协议履行率: single duties (instalments) met in time, of those due in the period."""
    due = _of(actor).filter(due_on__gte=since, due_on__lte=_last_day(until))
    return Rate(due.filter(KEPT).count(), due.count())


def _of(actor: Any) -> QuerySet[Obligation]:
    return Obligation.objects.filter(Dispute.objects.visible_to(actor).holding("dispute"))


def _last_day(until: date) -> date:
    """What is due today can still be done."""
    return min(until, date.fromordinal(timezone.localdate().toordinal() - 1))
