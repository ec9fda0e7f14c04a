"""重大事项报告: what may become dangerous, told up the line at once and again until it is over; and the emergency plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Role, User


class IncidentState(models.TextChoices):
    OPEN = "open", _("处置中")
    OVER = "over", _("已平息")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def lock(self, pk: int) -> "Incident":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, actor: User) -> "IncidentQuerySet":
        """Those who work where it was reported, and those who look after the region; a dispute's only with the dispute."""
        body = actor.body
        if body is None or not actor.is_active:
            return self.none()
        found = Q(body=body) if actor.works_cases else Q(pk__in=[])
        if body.coordinates and (actor.oversees or actor.role == Role.LEADER):
            found |= Q(region_code__range=body.region.span)
        return self.filter(found).filter(Q(dispute=None) | Dispute.objects.visible_to(actor).holding("dispute"))


class Incident(models.Model):
    """Something that may hurt people or public order (人民调解法 25)."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, blank=True, related_name="incidents")
    body = models.ForeignKey(Body, models.PROTECT, related_name="incidents")  # that reports
    region_code = models.CharField(max_length=15)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=IncidentState, default=IncidentState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["state", "region_code"], name="incident_by_region")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == IncidentState.OPEN


class IncidentReport(models.Model):
    """One report: the first, a follow-up (续报), or the last."""

    WITNESSED = True

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="reports")
    n = models.PositiveSmallIntegerField()
    words = models.TextField()
    people = models.PositiveIntegerField()
    measures = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["incident_id", "n"]
        constraints = [models.UniqueConstraint(fields=["incident", "n"], name="incident_report_once_a_number")]

    def __str__(self) -> str:
        return f"{self.incident_id}#{self.n}"


class Receipt(models.Model):
    """Who has been told of a report, and has signed for it. Above the county it is written down who was told, and how."""

    WITNESSED = True

    report = models.ForeignKey(IncidentReport, models.PROTECT, related_name="receipts")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="incident_receipts")
    to_name = models.CharField(max_length=120, blank=True)  # who is outside: 区委区政府
    how = models.CharField(max_length=120, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "body"], name="incident_told_once_a_body")]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.body or self.to_name}"


class PlanRun(models.Model):
    """The emergency plan was started for an incident, once."""

    WITNESSED = True

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="plan")
    name = models.CharField(max_length=60)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PlanTick(models.Model):
    """One step of the plan as it read when the plan was started, and who did it when."""

    WITNESSED = True

    run = models.ForeignKey(PlanRun, models.PROTECT, related_name="ticks")
    n = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    basis = models.CharField(max_length=200, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run_id", "n"]

    def __str__(self) -> str:
        return self.words
