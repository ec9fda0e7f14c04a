"""难题月研判: which open matters are difficult, by rule: age, refusals, extensions, repeated visits."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.events import SigningRefused
from fengqiao.disputes.models import Dispute, Extension, Party, Willing
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.intake.models import Visit
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, User

from .models import MonthlyReview
from .thresholds import numbers


def difficult_for(reader: User, month: date) -> DisputeQuerySet:
    """The open disputes of the reader's body, or of its region where it looks after one, that the rule finds; oldest first."""
    found = Dispute.objects.visible_to(reader).open()
    body = reader.body
    if body is None:
        return found.none()
    if not (body.coordinates and (reader.oversees or reader.role == Role.LEADER)):
        found = found.filter(body=body)
    limits = numbers()
    old = timezone.now() - timedelta(days=limits["review-age"])
    refused = Entry.objects.filter(subject="dispute", subject_id=OuterRef("pk"), kind=SigningRefused.kind)
    unwilling = Party.objects.filter(dispute=OuterRef("pk"), willing=Willing.NO)
    found = found.annotate(
        declined=_count(refused, "subject_id") + _count(unwilling, "dispute"),
        extended=_count(Extension.objects.filter(clock__dispute=OuterRef("pk")), "clock__dispute"),
        repeats=_count(Visit.objects.filter(dispute=OuterRef("pk"), is_repeat=True), "dispute"),
        concluded=Subquery(
            MonthlyReview.objects.filter(dispute=OuterRef("pk"), body=body, month=month).values("conclusion")[:1]
        ),
    )
    rule = (
        Q(registered_at__lte=old) | Q(declined__gte=limits["review-refusals"])
        | Q(extended__gte=limits["review-extensions"]) | Q(repeats__gte=limits["review-visits"])
    )  # fmt: skip
    return found.filter(rule).order_by("registered_at", "pk")


def grounds_of(dispute: Any, limits: Mapping[str, int] | None = None) -> list[str]:
    """Why it stands on the list, for a dispute that `difficult_for` found."""
    limits = limits or numbers()
    age = (timezone.now() - dispute.registered_at).days
    told = [_("办了 %(n)d 天") % {"n": age}] if age >= limits["review-age"] else []
    counts = (
        (dispute.declined, "review-refusals", _("拒绝 %(n)d 次")),
        (dispute.extended, "review-extensions", _("延期 %(n)d 次")),
        (dispute.repeats, "review-visits", _("重复来访 %(n)d 次")),
    )
    return told + [words % {"n": n} for n, key, words in counts if n >= limits[key]]


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_back(today: date, n: int) -> Sequence[date]:
    """This month and those before it, the newest first."""
    found = [month_of(today)]
    while len(found) < n:
        found.append(month_of(found[-1] - timedelta(days=1)))
    return found


def _count(rows: Any, key: str) -> Any:
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
