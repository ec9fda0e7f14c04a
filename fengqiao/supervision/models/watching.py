"""What is looked through day by day and month by month, and the lapses that somebody has to answer for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Clock, Dispute
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, User


class Clearing(models.Model):
    """问题日清零: one body's day, signed off by its head."""

    WITNESSED = True

    body = models.ForeignKey(Body, models.PROTECT, related_name="clearings", db_index=False)
    day = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["body", "day"], name="clearing_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.day}"


class Carried(models.TextChoices):
    """Why a dispute stands on the page of a day."""

    REGISTERED = "registered", _("今天登记")
    DUE = "due", _("今天到期")
    LEFT = "left", _("以前留下")


class ClearingLine(models.Model):
    """A dispute as it stood when the day was signed off."""

    WITNESSED = True

    clearing = models.ForeignKey(Clearing, models.PROTECT, related_name="lines")
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="+")
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, blank=True, related_name="+")  # that was due
    why = models.CharField(max_length=10, choices=Carried)
    since = models.DateField()  # the day it first stood there
    state = models.CharField(max_length=20)
    is_cleared = models.BooleanField()

    class Meta:
        ordering = ["clearing_id", "pk"]

    def __str__(self) -> str:
        return f"{self.clearing_id} {self.dispute_id}"


class Conclusion(models.TextChoices):
    WATCH = "watch", _("继续办，下月再看")
    ORDER = "order", _("督办")
    CONFER = "confer", _("召集会商")
    LEAD = "lead", _("提请领导包案")
    ELSEWHERE = "elsewhere", _("引导走其他途径")


class MonthlyReview(models.Model):
    """难题月研判: what a body concluded of a difficult matter in a month."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="reviews")
    body = models.ForeignKey(Body, models.PROTECT, related_name="reviews")
    month = models.DateField()  # its first day
    grounds = models.CharField(max_length=300)  # why it stood on the list
    conclusion = models.CharField(max_length=10, choices=Conclusion)
    words = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "body", "month"], name="review_once_a_month_and_body")
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.month}"


class LapseKind(models.TextChoices):
    """What the centres are to look out for (handbook 10)."""

    NOT_ACCEPTED = "not_accepted", _("应受理未受理")
    NOT_HANDLED = "not_handled", _("应办理未办理")
    UNLAWFUL = "unlawful", _("不依法办理")


class LapseState(models.TextChoices):
    CANDIDATE = "candidate", _("待核实")
    CONFIRMED = "confirmed", _("属实")
    DISMISSED = "dismissed", _("不属实")


class LapseQuerySet(models.QuerySet["Lapse"]):
    def lock(self, pk: int) -> "Lapse":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, actor: User) -> "LapseQuerySet":
        """Those who answer for the region, but not the body itself; what was found true, its own head too."""
        body = actor.body
        if body is None or not actor.is_active or actor.role not in (Role.LEADER, Role.MANAGER):
            return self.none()
        found = models.Q(body=body, state=LapseState.CONFIRMED)
        if body.coordinates:
            above = models.Q(region_code__range=body.region.span)
            found |= above if actor.role == Role.LEADER else above & ~models.Q(body=body)
        return self.filter(found, Dispute.objects.visible_to(actor).holding("dispute"))


class Lapse(models.Model):
    """Something that a rule noticed, until a person says whether it is one. The machine decides nothing."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="lapses")
    body = models.ForeignKey(Body, models.PROTECT, related_name="lapses")
    region_code = models.CharField(max_length=15)
    kind = models.CharField(max_length=15, choices=LapseKind)
    ground = models.CharField(max_length=300)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="lapse")  # that told of it
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LapseState, default=LapseState.CANDIDATE)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LapseQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["state", "region_code"], name="lapse_by_region")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.dispute_id}"

    @property
    def is_candidate(self) -> bool:
        return self.state == LapseState.CANDIDATE
