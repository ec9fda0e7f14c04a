"""Who wants to be told how, in which words the district speaks, and when it lets people sleep."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Party
from fengqiao.kernel.secrets import EncryptedTextField


class Choice(models.Model):
    """What a party said on their own page; without it the rule of outgoing.wants_sms holds."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="message_choice")
    sms = models.BooleanField(default=True)
    mail = EncryptedTextField(blank=True, default="")  # an address, where they gave one
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.party_id} {self.sms}"


class Reach(models.TextChoices):
    """How much of it somebody wants outside the inbox."""

    NONE = "none", _("都不要")
    URGENT = "urgent", _("只要紧急的")
    ALL = "all", _("每一条都要")


class Digest(models.TextChoices):
    OFF = "off", _("不要")
    DAILY = "daily", _("每天一次")


class Preference(models.Model):
    """What a member of staff chose. Who chose nothing is told of what is urgent by SMS, and of everything in the inbox."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_preference")
    sms = models.CharField(max_length=10, choices=Reach, default=Reach.URGENT)
    mail = models.CharField(max_length=10, choices=Reach, default=Reach.NONE)
    mail_address = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.OFF)
    digest_at = models.TimeField(default=time(8, 30))
    digest_on = models.DateField(null=True, blank=True)  # the day of the last one

    def __str__(self) -> str:
        return f"{self.user_id} {self.sms} {self.mail} {self.digest}"


class MessageText(models.Model):
    """The district's own words in place of the built-in ones (districts/<name>/notices.csv); none at all: it is not sent."""

    occasion = models.CharField(max_length=30)
    role = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    urgent = models.BooleanField(default=False)
    subject = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["occasion", "role", "language"]
        constraints = [models.UniqueConstraint(fields=["occasion", "role", "language"], name="message_text_once")]

    def __str__(self) -> str:
        return f"{self.occasion} {self.role} {self.language}"


class MessageRules(models.Model):
    """What district.yaml says about sending: between which hours nobody is disturbed. One row; none: the built-in hours."""

    name = models.CharField(max_length=20, unique=True, default="district")
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(8))

    class Meta:
        verbose_name_plural = "message rules"

    def __str__(self) -> str:
        return f"{self.quiet_from}–{self.quiet_until}"
