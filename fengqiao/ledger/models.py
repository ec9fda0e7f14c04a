"""Entries, one chain a subject, and the daily seal over the heads of all chains."""

from django.db import models
from django.utils.translation import gettext as _

from .kinds import KINDS


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, subject: str, pk: int) -> "EntryQuerySet":
        return self.filter(subject=subject, subject_id=pk).order_by("seq")


class Entry(models.Model):
    """One thing that happened. Written once, never changed: the database refuses."""

    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)  # user:12, party:34, system
    rows = models.JSONField()  # row -> keyed fingerprint as it stood after the change
    payload = models.JSONField(null=True)  # null once shredded
    salt = models.CharField(max_length=32)  # goes with the payload
    digest = models.CharField(max_length=80)  # of salt + payload; survives shredding
    prev = models.CharField(max_length=80)
    hash = models.CharField(max_length=80)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "seq"], name="ledger_one_entry_per_seq")
        ]
        indexes = [models.Index(fields=["kind", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id}#{self.seq}"

    @property
    def is_shredded(self) -> bool:
        return self.payload is None

    @property
    def sentence(self) -> str:
        """The entry as one sentence in the reader's language."""
        if self.payload is None:
            return _("（这一条的内容已按规定删除，链条仍然完整）")
        return KINDS[self.kind].sentence(self.payload)

    @property
    def icon(self) -> str:
        return KINDS[self.kind].icon if self.kind in KINDS else "point"


class Seal(models.Model):
    """One signed row a day over every chain's head. It makes a later rewriting of the whole chain visible."""

    day = models.DateField(unique=True)
    sealed_at = models.DateTimeField()
    heads = models.PositiveIntegerField()  # how many chains grew since the last seal
    root = models.CharField(max_length=80)
    prev = models.CharField(max_length=80)  # root of the seal before
    key = models.CharField(max_length=64)  # public key, hex
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.root}"


class SealedHead(models.Model):
    """Where one chain stood when a day was sealed."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="sealed_heads")
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "subject", "subject_id"], name="ledger_one_head_per_seal")
        ]
        indexes = [models.Index(fields=["subject", "subject_id", "seq"])]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id}#{self.seq}"


class Job(models.Model):
    """When a periodic job runs next."""

    name = models.CharField(max_length=40, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.next_at}"
