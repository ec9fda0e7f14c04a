"""What people said of it when it was over, what they objected to, and the archived file."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.ratings import Contact, Rating
from fengqiao.papers.models import Paper

from .retention import years_in_words


class Callback(models.Model):
    """One attempt to ask one party how it was; or the party's own rating, given online."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="callbacks")
    party = models.ForeignKey(Party, models.PROTECT, related_name="callbacks")
    how = models.CharField(max_length=10, choices=Contact)
    rating = models.CharField(max_length=15, choices=Rating)
    words = models.TextField(blank=True)
    by_party = models.BooleanField(default=False)  # they rated it themselves
    recorded_by = models.CharField(max_length=80)
    at = models.DateTimeField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="callbacks")

    class Meta:
        ordering = ["dispute_id", "at", "pk"]
        indexes = [models.Index(fields=["at", "rating"], name="callback_by_time")]

    def __str__(self) -> str:
        return f"{self.party} {self.get_rating_display()}"

    @property
    def is_reached(self) -> bool:
        return self.rating != Rating.UNREACHED


class AnswerKind(models.TextChoices):
    REOPENED = "reopened", _("重新办理")
    EXPLAINED = "explained", _("说明了理由")


class Contest(models.Model):
    """A party does not accept how it ended. Answered by doing it again, or by an explanation."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="contests")
    party = models.ForeignKey(Party, models.PROTECT, related_name="contests")
    words = models.TextField()
    at = models.DateTimeField()
    answer_kind = models.CharField(max_length=10, choices=AnswerKind, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["dispute_id", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(answered_at=None), name="contest_one_open_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.at}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Archive(models.Model):
    """The file (卷宗) as it was put away. A dispute that was opened again is archived again; each volume stays."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="archives")
    volume = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=60)  # of the agreement, else of the dispute
    years = models.PositiveSmallIntegerField()  # to be kept; 0: for ever
    path = models.CharField(max_length=200)  # under files/
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()  # bytes
    papers = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    filed_by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute_id", "volume"]
        constraints = [models.UniqueConstraint(fields=["dispute", "volume"], name="archive_volumes_numbered_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def file(self) -> Path:
        return Path(settings.FENGQIAO_HOME) / "files" / self.path

    @property
    def years_in_words(self) -> str:
        return years_in_words(self.years)

    @property
    def keep_until(self) -> date | None:
        """The last day of the retention period, which runs from the first day of the year after; None: for ever."""
        return date(timezone.localdate(self.at).year + self.years, 12, 31) if self.years else None
