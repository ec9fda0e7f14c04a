"""知悉范围: who, by name, may know of a restricted dispute."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .dispute import Dispute


class NamedPersonQuerySet(models.QuerySet["NamedPerson"]):
    def now(self) -> "NamedPersonQuerySet":
        return self.filter(until=None)


class NamedPerson(models.Model):
    """One of those to whom the restricted dispute is there. Who was taken off stays on record with the day."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="named")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="named_for")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = NamedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "user"], condition=models.Q(until=None), name="named_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.user}"
