"""代办: somebody on leave names who acts for them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .account import User


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def on(self, day: date | None = None) -> "DelegationQuerySet":
        """In force on this day (default: today). It begins and ends by itself; nothing has to run for that."""
        day = day or timezone.localdate()
        return self.filter(ended_at=None, first_day__lte=day, last_day__gte=day, principal__is_active=True)

    def to_come_or_on(self) -> "DelegationQuerySet":
        return self.filter(Q(ended_at=None), last_day__gte=timezone.localdate())


class Delegation(models.Model):
    """Who acts for whom, from the first to the last day, both included."""

    WITNESSED = True

    principal = models.ForeignKey(User, models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="stands_in")
    first_day = models.DateField()
    last_day = models.DateField()
    with_restricted = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # called off before its time

    objects = DelegationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deputy", "last_day"])]

    def __str__(self) -> str:
        return f"{self.deputy} ← {self.principal}"
