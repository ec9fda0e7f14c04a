"""Where somebody is signed in at this moment."""

from django.db import models
from django.utils import timezone

from fengqiao.kernel.secrets import EncryptedTextField

from .access import Way
from .account import User


class SignIn(models.Model):
    """One open session of one account. The row goes when the session ends; the access log remembers it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    key = models.CharField(max_length=40, unique=True)  # of the session
    way = models.CharField(max_length=12, choices=Way)
    device = models.CharField(max_length=60, blank=True)
    address = EncryptedTextField(blank=True, default="")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)  # to the minute

    def __str__(self) -> str:
        return f"{self.user} {self.device}"
