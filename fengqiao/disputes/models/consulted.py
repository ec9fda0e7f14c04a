"""会商成员: who, by name, was called to a case conference and may see the dispute until it no longer concerns them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .dispute import Dispute


class ConsultedQuerySet(models.QuerySet["Consulted"]):
    def now(self) -> "ConsultedQuerySet":
        return self.filter(until=None)


class Consulted(models.Model):
    """One of those whose advice is asked. They read; no act of the lifecycle is theirs."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="consulted")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consulted_on")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = ConsultedQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "user"], condition=models.Q(until=None), name="consulted_once_at_a_time"
            )
        ]
        verbose_name_plural = "consulted"

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.user}"
