"""五级调处: the tiers on which a dispute may stand, and where each stood when, who led there and which clock ran."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body

from .clock import Clock
from .dispute import Difficulty, Dispute


class Leads(models.TextChoices):
    """Who leads on a tier. The first two follow from the dispute itself; the others take the lead over when asked."""

    FIRST = "first", _("首接单位")
    HANDLER = "handler", _("承办单位")
    SUPERIOR = "superior", _("上级统筹单位")
    CENTRE = "centre", _("区（县）中心")
    LEADER = "leader", _("区（县）领导")


class TierQuerySet(models.QuerySet["Tier"]):
    def in_use(self) -> "list[Tier]":
        """From the lowest to the highest: the district's own, or the general ones where it names none."""
        rows: list[Tier] = list(self.order_by("rank", "pk"))
        return [row for row in rows if not row.is_general] or rows


class Tier(models.Model):
    """One tier of the ladder: its name, who leads, how long it has, and which matters begin there."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    lead = models.CharField(max_length=10, choices=Leads)
    limit_key = models.CharField(max_length=40)
    difficulty = models.CharField(max_length=10, choices=Difficulty, blank=True)  # where such a matter belongs at least
    words = models.CharField(max_length=300, blank=True)
    is_general = models.BooleanField(default=False)  # the system's own, for a district that names no ladder

    objects = TierQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return self.name


class Came(models.TextChoices):
    """How it came to stand there."""

    ENTERED = "entered", _("进入")
    RAISED = "raised", _("升层")
    LAPSED = "lapsed", _("到时自动升层")
    LOWERED = "lowered", _("降层")


class StayQuerySet(models.QuerySet["TierStay"]):
    def running(self) -> "StayQuerySet":
        return self.filter(ended_at=None)


class TierStay(models.Model):
    """A dispute on one tier, from a moment until a moment. Only one runs; it ends with the mediation."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="tier_stays")
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="stays")
    clock = models.OneToOneField(Clock, models.PROTECT, related_name="tier_stay")
    came = models.CharField(max_length=10, choices=Came)
    reason = models.CharField(max_length=300, blank=True)
    # none: who leads follows from the dispute (the first receiver until a body accepts, then the one that has it)
    lead = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="tiers_led")
    asked = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="tiers_asked_to_lead")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispute"], condition=models.Q(ended_at=None), name="tier_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.tier}"
