"""Bearer tokens: kept as a keyed digest, shown once, bound to one account and no more powerful than it."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from fengqiao.kernel.secrets import blind_index, blind_indexes
from fengqiao.people.models import User
from fengqiao.people.sign_in import WITH_BODY

PREFIX = "fq1_"
NOTED_EVERY = timedelta(minutes=5)


class Token(models.Model):
    """One key of one account. It can be revoked, it expires, and it does nothing that its owner could not do."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    index = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # to within five minutes
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.name}"


def issue(user: User, *, name: str, days: int | None = 365) -> str:
    """A new token for the account, in clear: whoever asked sees it once, and nobody sees it again."""
    clear = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=days) if days else None
    Token.objects.create(user=user, name=name, index=blind_index(clear, "token"), expires_at=expires)
    return clear


def owner_of(clear: str, now: datetime | None = None) -> User | None:
    """Whose token this is; None if it is unknown, expired or revoked, or its account is closed."""
    now = now or timezone.now()
    if not clear.startswith(PREFIX):
        return None
    live = models.Q(expires_at=None) | models.Q(expires_at__gt=now)
    found = Token.objects.filter(live, index__in=blind_indexes(clear, "token"), revoked_at=None, user__is_active=True)
    token = next(iter(found.select_related(*(f"user__{name}" for name in WITH_BODY))[:1]), None)
    if token is None:
        return None
    if token.used_at is None or token.used_at < now - NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token.user
