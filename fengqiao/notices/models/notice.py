"""One notice: one entry of the ledger, told to one person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> "NoticeQuerySet":
        return self.filter(to=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def up_to(self, most: int) -> int:
        """How many there are, counted no further than `most`: what a bell shows must cost the same every day."""
        return self.order_by()[:most].count()


class Notice(models.Model):
    """Somebody should know of this entry. Its words are the entry's own sentence, so nothing is said twice."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="notices")
    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, blank=True, related_name="notices")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "to"], name="notice_told_once")]
        indexes = [
            models.Index(fields=["to"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["to", "-id"], name="notice_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.to_id} ← {self.entry_id}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
