"""Reading one's notices."""

from django.db import transaction
from django.utils import timezone

from fengqiao.people.models import User

from .models import Notice


@transaction.atomic
def read(notice: Notice, *, by: User) -> Notice:
    """The one it is for has seen it. Somebody else's notice stays unread."""
    if notice.to_id == by.pk and not notice.is_read:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_all(*, by: User) -> int:
    """All of one's own notices are seen. Returns how many were not before."""
    return Notice.objects.of(by).unread().update(read_at=timezone.now())
