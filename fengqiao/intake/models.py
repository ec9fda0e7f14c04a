"""What intake stores: visits, consents with the notice they answer, applications under way, rows of files, corrections."""

from datetime import timedelta
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body, Window
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.secrets import EncryptedTextField, blind_indexes

from .own_data.models import Correction
from .queue.models import Device, Hall, Line, QueueRules, Ticket, TicketStep
from .ties import Tie, TieKind
from .understanding.models import Learnt, TextOpinion, TextReading

__all__ = [
    "Application",
    "Consent",
    "ConsentHow",
    "ConsentNotice",
    "Correction",
    "Device",
    "Hall",
    "HeldFile",
    "Imported",
    "Learnt",
    "Line",
    "QueueRules",
    "TextOpinion",
    "TextReading",
    "Ticket",
    "TicketStep",
    "Tie",
    "TieKind",
    "Visit",
]

KEPT_FOR = timedelta(days=7)  # an application that nobody confirms


class Totals(TypedDict):
    batches: int
    persons: int


class VisitQuerySet(models.QuerySet["Visit"]):
    def on(self, day) -> "VisitQuerySet":
        """The visits of one local calendar day."""
        return self.filter(arrived_at__date=day)

    def totals(self) -> Totals:
        """批次 counts arrivals, 人次 the people who came; a visit counts whatever becomes of its matter (handbook 4)."""
        found = self.aggregate(batches=models.Count("pk"), persons=models.Sum("persons"))
        return {"batches": found["batches"], "persons": found["persons"] or 0}


class Visit(models.Model):
    """One arrival: one person or group, one matter, one 批次."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="visits")
    body = models.ForeignKey(Body, models.PROTECT, related_name="visits")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="visits")
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="visits_received"
    )
    arrived_at = models.DateTimeField()
    persons = models.PositiveSmallIntegerField(default=1)  # 人次
    representatives = models.JSONField(default=list, blank=True)  # names; a group speaks through at most five
    is_repeat = models.BooleanField(default=False)  # 重复访: the matter was already registered when they came

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(persons__gte=1), name="visit_by_somebody")]
        indexes = [models.Index(fields=["body", "arrived_at"], name="visit_by_body")]

    def __str__(self) -> str:
        return f"{self.arrived_at} {self.persons}"


class ConsentNotice(models.Model):
    """The privacy notice as it read when somebody first accepted it. A changed text is another row."""

    version = models.CharField(max_length=20)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    first_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "digest"], name="notice_text_kept_once")]

    def __str__(self) -> str:
        return self.version


class ConsentHow(models.TextChoices):
    ONLINE = "online", _("网上勾选")
    WINDOW = "window", _("窗口当面告知")


class Consent(models.Model):
    """A party knows what their data is used for and agrees; sensitive kinds separately (个人信息保护法 13, 17, 29)."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="consents")
    party = models.ForeignKey(Party, models.PROTECT, related_name="consents")
    notice = models.ForeignKey(ConsentNotice, models.PROTECT, related_name="consents")
    digest = models.CharField(max_length=64)  # of the notice's text: the witness covers what was read
    sensitive = models.BooleanField(default=False)  # the separate consent to identity numbers and the like
    how = models.CharField(max_length=10, choices=ConsentHow)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.notice} {self.at}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def with_token(self, token: str) -> "Application | None":
        """The application that this browser began, as long as it is kept; also after it was submitted."""
        live = self.filter(token_index__in=blind_indexes(token, "application"), expires_at__gt=timezone.now())
        return live.select_related("notice", "dispute").first() if token else None

    def gone(self) -> "ApplicationQuerySet":
        """Nobody can come back to these."""
        return self.filter(expires_at__lte=timezone.now())


class Application(models.Model):
    """What a resident has filled in so far, to be resumed in the same browser for seven days."""

    token_index = models.CharField(max_length=64, unique=True)
    session_index = models.CharField(max_length=64, db_index=True)
    answers_json = EncryptedTextField(blank=True, default="")
    step = models.PositiveSmallIntegerField(default=1)
    saves = models.PositiveSmallIntegerField(default=0)
    notice = models.ForeignKey(ConsentNotice, models.PROTECT, null=True, blank=True, related_name="applications")
    sensitive = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    dispute = models.OneToOneField(Dispute, models.PROTECT, null=True, blank=True, related_name="application")

    objects = ApplicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_submitted(self) -> bool:
        return self.dispute_id is not None


class HeldFile(models.Model):
    """A photo or PDF of an application that is not confirmed yet."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    key = models.CharField(max_length=40, unique=True)  # its name on disk
    name = models.CharField(max_length=120)  # as the person called it
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    held_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "sha256"], name="held_once_an_application")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.FENGQIAO_HOME) / "held" / self.key

    def read(self) -> bytes:
        return self.path.read_bytes()


class Imported(models.Model):
    """A row of a file that became a dispute: by this a second reading knows it."""

    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="imported")
    fingerprint = models.CharField(max_length=64, db_index=True)  # keyed, of who said what
    file_digest = models.CharField(max_length=64)
    row = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.row} → {self.dispute_id}"
