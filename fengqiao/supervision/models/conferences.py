"""会商研判 (3+X): a conference on one dispute, who was called and came, what was said, and what somebody is to do."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User


class ConferenceState(models.TextChoices):
    CALLED = "called", _("待召开")
    HELD = "held", _("已召开")
    CANCELLED = "cancelled", _("已取消")


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def lock(self, pk: int) -> "Conference":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, actor: User) -> "ConferenceQuerySet":
        return self.filter(Dispute.objects.visible_to(actor).holding("dispute"))

    def coming(self) -> "ConferenceQuerySet":
        return self.filter(state=ConferenceState.CALLED)


class Conference(models.Model):
    """One meeting of those whose advice a dispute needs."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="conferences")
    topic = models.CharField(max_length=300)
    at = models.DateTimeField()
    place = models.CharField(max_length=120)
    materials = models.JSONField(default=list, blank=True)  # keys of papers of the dispute
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conferences_called")
    body = models.ForeignKey(Body, models.PROTECT, related_name="conferences_called")  # that calls it
    called_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ConferenceState, default=ConferenceState.CALLED)
    minutes = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # of a cancellation
    version = models.PositiveIntegerField(default=1)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"], name="conference_by_time")]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.at}"

    @property
    def is_coming(self) -> bool:
        return self.state == ConferenceState.CALLED


class Answer(models.TextChoices):
    PENDING = "pending", _("还没有答复")
    COMING = "coming", _("来")
    OTHER = "other", _("换人来")
    CANNOT = "cannot", _("来不了")


class Seat(models.Model):
    """One invitation: a body, or one person of it, as what, and what became of it."""

    WITNESSED = True

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=60)  # 法官、首席调解员、援助律师、职能部门
    body = models.ForeignKey(Body, models.PROTECT, related_name="conference_seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="conference_seats"
    )  # none: whoever answers for the body
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.PENDING)
    words = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True)  # known once it was held

    class Meta:
        ordering = ["conference_id", "pk"]

    def __str__(self) -> str:
        return f"{self.seat} {self.user or self.body}"


class ConferenceTask(models.Model):
    """A decision that somebody is to carry out by a day."""

    WITNESSED = True

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="tasks")
    words = models.CharField(max_length=300)
    body = models.ForeignKey(Body, models.PROTECT, related_name="conference_tasks")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["conference_id", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.answered_at is None and self.due_on < timezone.localdate()
