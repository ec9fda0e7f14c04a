"""What was done towards a duty, which duties were missed, and the steps that a court took on the agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Obligation
from fengqiao.kernel.money import yuan
from fengqiao.papers.models import Paper


class How(models.TextChoices):
    CASH = "cash", _("现金")
    TRANSFER = "transfer", _("转账")
    DONE = "done", _("做完了（不是钱的事）")
    OTHER = "other", _("其他方式")


class Recognition(models.TextChoices):
    """Whether a performance counts. What a debtor says counts once somebody else has confirmed it."""

    CLAIMED = "claimed", _("等核对")
    COUNTED = "counted", _("已核对")
    DENIED = "denied", _("没有认可")


class Performance(models.Model):
    """One payment or deed towards one obligation; several may be needed to meet it."""

    WITNESSED = True

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="performances")
    on = models.DateField()
    amount_fen = models.BigIntegerField(null=True, blank=True)  # empty: the duty is not one of money
    how = models.CharField(max_length=10, choices=How)
    remark = models.CharField(max_length=300, blank=True)
    proof = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="proves")
    standing = models.CharField(max_length=10, choices=Recognition)
    recorder = models.CharField(max_length=40)  # user:12, party:34
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    confirmed_by_creditor = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["obligation_id", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.on} {self.get_how_display()}"

    @property
    def is_on_time(self) -> bool:
        return self.on <= self.obligation.due_on

    @property
    def money(self) -> str:
        """3,600.00, in yuan; nothing for what is not money."""
        return yuan(self.amount_fen) if self.amount_fen else ""

    @property
    def is_claim(self) -> bool:
        return self.standing == Recognition.CLAIMED


class Miss(models.Model):
    """An obligation whose last day went by without being met. Noted once, whatever happens afterwards."""

    WITNESSED = True

    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="miss")
    due_on = models.DateField()
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "misses"

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.due_on}"


COURT_ACTS = (Act.APPLY_CONFIRMATION, Act.CONFIRM, Act.DISMISS, Act.APPLY_ENFORCEMENT)


class CourtStep(models.Model):
    """An application to a court, or what the court decided on it. Handbook 3.3."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="court_steps")
    act = models.CharField(max_length=20, choices=[(act.value, act.label) for act in COURT_ACTS])
    court = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)  # the court's: （2026）浙0502诉前调确12号
    on = models.DateField()
    remark = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="court_steps")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["dispute_id", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.court} {self.number}".strip()
