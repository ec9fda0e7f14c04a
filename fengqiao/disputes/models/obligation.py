"""What somebody owes under an agreement, by when. Agreements create it, fulfilment records it, the court reads it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .dispute import Dispute, Party


class ObligationState(models.TextChoices):
    DUE = "due", _("待履行")
    MET = "met", _("已履行")
    BREACHED = "breached", _("未履行")
    WAIVED = "waived", _("已免除")


class Obligation(models.Model):
    """One dated duty of one party."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="obligations")
    source = models.CharField(max_length=40)  # agreement:12
    n = models.PositiveSmallIntegerField()
    debtor = models.ForeignKey(Party, models.PROTECT, related_name="owes")
    creditor = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="is_owed")
    what = models.CharField(max_length=300)
    amount_fen = models.BigIntegerField(null=True, blank=True)
    method = models.CharField(max_length=100, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ObligationState, default=ObligationState.DUE)
    met_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["dispute_id", "source", "n"]
        constraints = [models.UniqueConstraint(fields=["dispute", "source", "n"], name="obligation_numbered_once")]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(state="due"), name="obligation_due")]

    def __str__(self) -> str:
        return f"{self.n}. {self.what}"

    @property
    def is_open(self) -> bool:
        return self.state in (ObligationState.DUE, ObligationState.BREACHED)

    @property
    def is_overdue(self) -> bool:
        return self.state == ObligationState.DUE and self.due_on < timezone.localdate()
