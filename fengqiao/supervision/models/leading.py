"""领导包案: a dispute that a leader has taken on, with the body that does the work and the day it is to be settled by."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User


class LeaderCaseQuerySet(models.QuerySet["LeaderCase"]):
    def lock(self, pk: int) -> "LeaderCase":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def now(self) -> "LeaderCaseQuerySet":
        return self.filter(released_at=None)

    def visible_to(self, actor: User) -> "LeaderCaseQuerySet":
        return self.filter(Dispute.objects.visible_to(actor).holding("dispute"))


class LeaderCase(models.Model):
    """One leader and one dispute, until released."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="leader_cases")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leader_cases")
    body = models.ForeignKey(Body, models.PROTECT, related_name="leader_cases")  # that does the work
    target_on = models.DateField()
    why = models.CharField(max_length=300)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # of the release
    version = models.PositiveIntegerField(default=1)

    objects = LeaderCaseQuerySet.as_manager()

    class Meta:
        ordering = ["target_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(released_at=None), name="leader_case_one_leader_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.leader} {self.dispute_id}"

    @property
    def is_running(self) -> bool:
        return self.released_at is None

    @property
    def is_late(self) -> bool:
        return self.is_running and self.target_on < timezone.localdate()


class Progress(models.Model):
    """What has been done since, in words."""

    WITNESSED = True

    case = models.ForeignKey(LeaderCase, models.PROTECT, related_name="entries")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["case_id", "pk"]
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"
