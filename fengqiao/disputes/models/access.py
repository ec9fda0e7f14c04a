"""The pass that lets a party without an account come to their own dispute."""

from django.db import models
from django.utils import timezone

from fengqiao.kernel.secrets import EncryptedTextField

from .dispute import Dispute, Party


class Pass(models.Model):
    """One party's way in. Eight digits name it, six more open it; the token in the QR shows progress and nothing else."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="access")
    code = models.CharField(max_length=8, unique=True)
    # Keyed: six digits withstand no guessing, the key outside the database does.
    pin_index = models.CharField(max_length=64)
    token = EncryptedTextField()
    token_index = models.CharField(max_length=64, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "passes"

    def __str__(self) -> str:
        return self.code

    @property
    def dispute(self) -> Dispute:
        return self.party.dispute
