"""What somebody asks to have put right in what is kept of them, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.secrets import EncryptedTextField


class Asked(models.TextChoices):
    """What is wrong. The first four are fields of the person and can be changed here."""

    NAME = "name", _("姓名")
    PHONE = "phone", _("电话")
    HOME = "home", _("住址")
    ID_NUMBER = "id_number", _("身份证号")
    FACTS = "facts", _("事情经过")
    OTHER = "other", _("别的：删除、收回同意等")


CHANGEABLE = frozenset({Asked.NAME, Asked.PHONE, Asked.HOME, Asked.ID_NUMBER})


class Outcome(models.TextChoices):
    DONE = "done", _("照办了")
    EXPLAINED = "explained", _("说明了为什么不改")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self) -> "CorrectionQuerySet":
        return self.filter(answered_at=None)


class Correction(models.Model):
    """A party asks for a correction; the body that has the dispute answers it (个人信息保护法 46, 50). Words may hold numbers."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="corrections")
    party = models.ForeignKey(Party, models.PROTECT, related_name="corrections")
    what = models.CharField(max_length=12, choices=Asked)
    words = EncryptedTextField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = EncryptedTextField(blank=True, default="")
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["dispute_id", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(answered_at=None), name="correction_one_open_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_what_display()}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_changeable(self) -> bool:
        """Whether it is about a field that can be changed here; anything else is answered in words."""
        return self.what in CHANGEABLE
