"""The log of who came in, tried to, or was shown out: kept apart from the ledger, for it has an end."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import Access, Result, User, Way


@dataclass(frozen=True, slots=True)
class Visit:
    """From where somebody asks to come in."""

    address: str = ""
    device: str = ""


def log(way: Way, result: Result, *, visit: Visit, user: User | None = None) -> Access:
    """Write one line. Never what was typed: people type passwords where names belong."""
    return Access.objects.create(
        user=user, way=way, result=result, address=visit.address, address_index=Access.index_of(visit.address),
        device=visit.device,
    )  # fmt: skip


def forget_expired() -> int:
    """Drop lines older than ACCESS_LOG_DAYS. Returns how many went."""
    before = timezone.now() - timedelta(days=settings.ACCESS_LOG_DAYS)
    return Access.objects.filter(at__lt=before).delete()[0]
