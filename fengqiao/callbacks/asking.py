"""Whom to call, what waits for an answer, and how satisfied people are, in everything that a person may see."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.disputes.ratings import Rating
from fengqiao.kernel.rates import Rate

from .models import Callback, Contest

CONTENT = (Rating.SATISFIED, Rating.FAIRLY)


def ended(actor: Any) -> DisputeQuerySet:
    """What the actor may see that has ended and is not archived, the most urgent first."""
    return Dispute.objects.visible_to(actor).filter(state=State.FOLLOW_UP).order_by("due_at", "pk")


def to_call(actor: Any) -> DisputeQuerySet:
    """Nobody has been called, or tried, since it was closed."""
    return ended(actor).filter(~Exists(_since_closing()))


def to_archive(actor: Any) -> DisputeQuerySet:
    """Called, without an open objection."""
    return ended(actor).filter(Exists(_since_closing())).filter(~Exists(_open_contests()))


def contested(actor: Any) -> DisputeQuerySet:
    """An objection waits for its answer, whether archived or not."""
    return Dispute.objects.visible_to(actor).filter(Exists(_open_contests())).order_by("due_at", "pk")


def satisfaction(actor: Any, since: date, until: date) -> Rate:
    """群众满意率 (handbook 4): people who were satisfied or fairly so, of those who gave a rating in the period.

    Each person counts once, with their latest word. Source: call-backs and the parties' own ratings.
    """
    last = latest_words(_asked(actor, since, until))
    return Rate(last.filter(rating__in=CONTENT).count(), last.count())


def latest_words(asked: QuerySet[Callback]) -> QuerySet[Callback]:
    """Of those who answered, the latest that each said."""
    later = Callback.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk")).exclude(rating=Rating.UNREACHED)
    return asked.exclude(rating=Rating.UNREACHED).filter(~Exists(later))


def responses(actor: Any, since: date, until: date) -> Rate:
    """How many of the people whom one tried to reach in the period gave a rating."""
    tried = _asked(actor, since, until)
    people = tried.values("party_id").distinct()
    return Rate(tried.exclude(rating=Rating.UNREACHED).values("party_id").distinct().count(), people.count())


def _asked(actor: Any, since: date, until: date) -> QuerySet[Callback]:
    asked = Callback.objects.filter(Dispute.objects.visible_to(actor).holding("dispute"))
    return asked.filter(at__date__gte=since, at__date__lte=until).order_by()


def _since_closing() -> QuerySet[Callback]:
    return Callback.objects.filter(dispute=OuterRef("pk"), at__gte=OuterRef("closed_at"))


def _open_contests() -> QuerySet[Contest]:
    return Contest.objects.filter(dispute=OuterRef("pk"), answered_at=None)
