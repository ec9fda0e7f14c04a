"""What a district's own corrections taught: weights in versions, of which at most one is in force. And what was read in texts on their arrival."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User

SHIPPED = "shipped"  # the version of the weights that come with the product


class LearntQuerySet(models.QuerySet["Learnt"]):
    def in_force(self) -> "Learnt | None":
        return self.filter(is_in_force=True).first()


class Learnt(models.Model):
    """One training. What was in force before it is kept, so that one can go back."""

    WITNESSED = True

    weights = models.JSONField()
    figures = models.JSONField()
    before = models.FloatField()  # macro-F1 of what was in force, on the same texts held back
    after = models.FloatField()
    is_in_force = models.BooleanField(default=False)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # what to go back to
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = LearntQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "learnt"
        constraints = [
            models.UniqueConstraint(fields=["is_in_force"], condition=Q(is_in_force=True), name="learnt_one_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.before:.3f} → {self.after:.3f}"


class TextReading(models.Model):
    """What the reading proposed of one text when it came in, by which weights. It decides nothing and is never changed."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="text_readings")
    version = models.CharField(max_length=40)  # of the weights
    letter = models.CharField(max_length=1)  # of kinds.LETTERS
    runner_up = models.CharField(max_length=1, blank=True)
    confidence = models.FloatField()
    is_sure = models.BooleanField()
    kind_words = models.JSONField(default=list)
    urgency = models.PositiveSmallIntegerField()  # 3 to 1, as urgency.py has it
    is_danger = models.BooleanField()
    urgency_confidence = models.FloatField()
    urgency_words = models.JSONField(default=list)
    is_mass = models.BooleanField()
    mass_words = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute"], name="text_read_once")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.letter} {self.urgency}"

    @property
    def by_which(self) -> str:
        """Of the district's own weights, when they were trained."""
        shipped = _("用随软件带来的参数")
        return shipped if self.version == SHIPPED else _("用第 %(version)s 版参数") % {"version": self.version}

    @property
    def sure(self) -> str:
        return f"{self.confidence:.0%}"


class TextOpinion(models.Model):
    """What the district's own language model said of one text. Shown as its opinion; nothing is set by it."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="text_opinions")
    model = models.CharField(max_length=80)
    letter = models.CharField(max_length=1, blank=True)  # of kinds.LETTERS; empty where it named none
    summary = models.CharField(max_length=120, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute"], name="opinion_given_once")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.model} {self.letter}"

    @property
    def says_something(self) -> bool:
        return bool(self.letter or self.summary)
