"""What routing stores: the versions of its rules and thresholds, what they said, who gave back and why, the duty list, rejections,
hand-overs."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category, Difficulty, Dispute
from fengqiao.disputes.remedies import in_words
from fengqiao.papers.models import Paper
from fengqiao.people.models import User

from .grading.book import Line
from .rules.book import Book, Rule


class RuleBookQuerySet(models.QuerySet["RuleBook"]):
    def published(self) -> "RuleBookQuerySet":
        """The newest first; the first of them is in force."""
        return self.exclude(version=None).order_by("-version")

    def draft(self) -> "RuleBook | None":
        """The one that somebody is writing."""
        return self.filter(version=None, is_dropped=False).first()

    def lock(self, pk: int) -> "RuleBook":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class RuleBook(models.Model):
    """One version of the rules of routing. Written as a draft; once published the database refuses to change it."""

    WITNESSED = True

    version = models.PositiveIntegerField(null=True, blank=True, unique=True)  # none: a draft
    rules = models.JSONField(default=list)  # as rules/book.py writes them
    note = models.CharField(max_length=200, blank=True)  # what changes with it, and why
    edition = models.PositiveIntegerField(default=1)  # of the draft: one more with each change
    writers = models.JSONField(default=list)  # keys of the accounts that wrote in it: none of them publishes it
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    is_dropped = models.BooleanField(default=False)

    objects = RuleBookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_dropped"], condition=Q(version=None, is_dropped=False), name="routing_one_draft"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(_("第 %(n)d 版") % {"n": self.version}) if self.version else str(_("草稿"))

    @property
    def book(self) -> Book:
        """What it says; a draft has version 0."""
        return Book.of(self.version or 0, map(Rule.of_json, self.rules))


class RoutingDecision(models.Model):
    """What the rules said when a dispute was sent on, on which facts, and what the dispatcher did. Replayed: replay_decisions."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="routing_decisions")
    version = models.PositiveIntegerField()  # of the rules; 0: those that are built in
    facts = models.JSONField()  # nothing of the people but how many they are
    proposal = models.JSONField()  # rules/deciding.Decision
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")  # proposed
    reason = models.CharField(max_length=500)  # of the proposal, as it was read
    runner_up = models.CharField(max_length=300, blank=True)
    sent_to = models.ForeignKey(Body, models.PROTECT, related_name="+")
    is_followed = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)  # not, and why
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} → {self.sent_to_id}"


class Refusal(models.Model):
    """That a body gave a dispute back, and which line of the duty list or which rule it says is wrong about it."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="refusals")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    sent_to = models.ForeignKey(Body, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()  # of the rules that were in force
    cites = models.CharField(max_length=70)  # rule:<number> or item:<key>
    cited = models.CharField(max_length=300)  # in words
    reason = models.CharField(max_length=300)
    refused_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.body_id} {self.cites}"


class DutyQuerySet(models.QuerySet["Duty"]):
    def in_force(self) -> "DutyQuerySet":
        """Those that hold today."""
        today = timezone.localdate()
        return self.exclude(Q(effective_from__gt=today) | Q(effective_to__lt=today))


class Duty(models.Model):
    """An item of the county's list of who answers for what (属地管理事项责任清单): lead, cooperating, the town's own part."""

    item = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="duties")
    place_code = models.CharField(max_length=15, blank=True)  # a region and all that lies in it
    lead = models.ForeignKey(Body, models.PROTECT, related_name="duties")
    cooperating = models.ManyToManyField(Body, related_name="helps_with", blank=True)
    town_duty = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["item"]
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return f"{self.item} {self.name}"


class RejectReason(models.TextChoices):
    """Why people's mediation may not take a matter. Source: 人民调解工作若干规定 22, 人民调解法 17."""

    RESERVED = "reserved", _("法律规定由专门机关管辖，或者禁止用调解解决")
    TAKEN = "taken", _("法院、公安机关或者其他部门已经受理或者解决")
    UNWILLING = "unwilling", _("一方当事人明确拒绝调解")
    NOT_CIVIL = "not_civil", _("不属于民间纠纷")


class Rejection(models.Model):
    """That a matter was not accepted, why, and what the applicant was told instead."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="rejections")
    reason = models.CharField(max_length=20, choices=RejectReason)
    words = models.CharField(max_length=300, blank=True)
    remedies = models.JSONField(default=list)  # codes of Remedy, or words
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.reason}"

    @property
    def remedies_told(self) -> list[str]:
        return in_words(self.remedies)


class HandOverKind(models.TextChoices):
    """Handbook 3.5."""

    ARBITRATION = "arbitration", _("仲裁机构")
    COURT = "court", _("人民法院")
    ADMINISTRATIVE = "administrative", _("行政机关")
    POLICE = "police", _("公安机关")
    OTHER = "other", _("其他")


class HandOver(models.Model):
    """That a matter was handed to somebody outside, who goes on with it."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="hand_overs")
    kind = models.CharField(max_length=20, choices=HandOverKind)
    to_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} → {self.to_name}"


class GradeBook(models.Model):
    """One version of the district's thresholds for grading. A change makes the next version; none is ever changed."""

    WITNESSED = True

    version = models.PositiveIntegerField(unique=True)
    lines = models.JSONField(default=list)  # as grading/book.py writes them, in the order of their keys
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return str(_("第 %(n)d 版") % {"n": self.version})

    @property
    def book(self) -> list[Line]:
        return [Line(**line) for line in self.lines]


class Grading(models.Model):
    """How difficult a person said a dispute is, and what the thresholds had proposed. Replayed: replay_gradings."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="gradings")
    version = models.PositiveIntegerField()  # of the thresholds; 0: there were none
    facts = models.JSONField()  # counts and marks
    proposal = models.CharField(max_length=10, blank=True)
    lines = models.JSONField(default=list)  # keys of those that led to it
    reason = models.CharField(max_length=500)  # of the proposal, as it was read
    level = models.CharField(max_length=10, choices=Difficulty)
    is_followed = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.level}"
