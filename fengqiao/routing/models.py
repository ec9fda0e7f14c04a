"""What routing stores: the district's rules of who gets what, why a matter was not accepted, and to whom one was handed over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category, Dispute
from fengqiao.disputes.remedies import in_words
from fengqiao.papers.models import Paper
from fengqiao.people.models import User


class Rule(models.Model):
    """A line of the district's rules: matters of this category in this place go to this body. Empty means any."""

    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="rules")
    place_code = models.CharField(max_length=15, blank=True)  # a region and all that lies in it
    body = models.ForeignKey(Body, models.PROTECT, related_name="rules")
    reason = models.CharField(max_length=200)  # the words a dispatcher reads: 属地管理事项责任清单第 41 项

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "place_code"], name="routing_one_rule_for_category_and_place"),
            models.UniqueConstraint(
                fields=["place_code"], condition=Q(category=None), name="routing_one_rule_for_any_category_in_place"
            ),
        ]
        ordering = ["category__code", "place_code"]

    def __str__(self) -> str:
        return f"{self.category or '*'} {self.place_code or '*'} → {self.body.key}"


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
