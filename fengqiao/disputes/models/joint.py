"""联合办理（1+N）: what each called body is to do for one dispute (its child task), who does it, who came, how it ended."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .dispute import Assist, Dispute


class Outcome(models.TextChoices):
    DONE = "done", _("办好了")
    PARTLY = "partly", _("办了一部分")
    CANNOT = "cannot", _("办不了")
    DROPPED = "dropped", _("不用办了")


class TaskQuerySet(models.QuerySet["JointTask"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(closed_at=None)

    def late(self) -> "TaskQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())


class JointTask(models.Model):
    """One called body's part of a dispute: 2026-3187-2 is the second of 2026-3187. Closed by that body with its result (销号)."""

    WITNESSED = True
    UNWITNESSED = frozenset({"told_late_at"})

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="joint_tasks")
    assist = models.OneToOneField(Assist, models.PROTECT, related_name="task")
    n = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    why = models.CharField(max_length=300, blank=True)  # why this body, as it was proposed
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="joint_tasks"
    )  # who does it (分)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    result = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    told_late_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["dispute_id", "n"]
        constraints = [models.UniqueConstraint(fields=["dispute", "n"], name="joint_task_numbered_once")]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(closed_at=None), name="joint_task_open_by_due")]

    def __str__(self) -> str:
        return f"{self.dispute.number}-{self.n}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class Attendance(models.Model):
    """Whether a called body was there when something was done together."""

    WITNESSED = True

    assist = models.ForeignKey(Assist, models.PROTECT, related_name="attendances")
    what = models.CharField(max_length=120)  # 第一次联席调解
    on = models.DateField()
    came = models.BooleanField()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.assist_id} {self.on} {self.came}"
