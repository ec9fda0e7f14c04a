"""What somebody has besides a password."""

from django.db import models
from django.utils import timezone

from fengqiao.kernel.secrets import EncryptedTextField

from .account import User


class AuthenticatorApp(models.Model):
    """An app that shows six digits every thirty seconds (RFC 6238)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="app")
    secret = EncryptedTextField()  # base32
    last_step = models.BigIntegerField(default=0)  # a code of this step or an earlier one was used: never again
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} TOTP"


class RecoveryCode(models.Model):
    """One of the codes for the day the phone is gone. Each works once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    index = models.CharField(max_length=32, unique=True)  # keyed digest; the code itself is kept nowhere

    def __str__(self) -> str:
        return f"{self.user} #{self.pk}"


class Passkey(models.Model):
    """A WebAuthn credential: a key, a phone or a computer that signs for its owner."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=40)
    credential = models.CharField(max_length=1400, unique=True)  # base64url; at most 1023 bytes (WebAuthn 4)
    public_key = models.TextField()  # the attested credential data, base64url
    sign_count = models.BigIntegerField(default=0)
    verifies_person = models.BooleanField(default=False)  # by PIN or finger: then it is enough by itself
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
