"""Every file of a dispute: what it is, who added it, and the digest that proves it is still the same."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor


class PaperKind(models.TextChoices):
    """What a paper is, in the order of the file (handbook 5.1)."""

    APPLICATION = "01-application", _("申请书")
    INTAKE_REGISTER = "02-intake", _("受理登记表")
    DISPATCH = "03-dispatch", _("分流单")
    RIGHTS_NOTICE = "04-rights", _("权利义务告知书")
    IDENTITY = "05-identity", _("身份证明")
    AUTHORISATION = "06-authorisation", _("授权委托书")
    INVESTIGATION = "07-investigation", _("调查记录")
    EVIDENCE = "08-evidence", _("证据材料")
    MINUTES = "09-minutes", _("调解记录")
    AGREEMENT = "10-agreement", _("调解协议书")
    ORAL_AGREEMENT = "11-oral", _("口头协议登记表")
    TERMINATION = "12-termination", _("终止调解、不予受理文书")
    EXTENSION = "13-extension", _("延期同意书")
    PERFORMANCE = "14-performance", _("履行凭证")
    CALLBACK = "15-callback", _("回访记录")
    CONFIRMATION = "16-confirmation", _("司法确认材料")
    NOTE = "17-note", _("卷宗情况说明")
    OTHER = "18-other", _("其他材料")


class Origin(models.TextChoices):
    TYPESET = "typeset", _("系统制作")
    UPLOAD = "upload", _("上传")


# What both sides of a dispute may read; everything else is for those who work on it, and for whom it belongs to.
SHARED = (
    PaperKind.RIGHTS_NOTICE,
    PaperKind.MINUTES,
    PaperKind.AGREEMENT,
    PaperKind.ORAL_AGREEMENT,
    PaperKind.TERMINATION,
    PaperKind.EXTENSION,
    PaperKind.PERFORMANCE,
)


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: Any) -> "PaperQuerySet":
        """The papers of the disputes that the actor may see; a party sees its own and what both sides share."""
        papers = self.filter(Dispute.objects.visible_to(actor).holding("dispute"))
        if isinstance(actor, PartyActor):
            papers = papers.filter(models.Q(party=actor.party) | models.Q(kind__in=SHARED))
        return papers


class Paper(models.Model):
    """One file. Its bytes lie under their own SHA-256, so nothing is stored twice and nothing is overwritten."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind)
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)  # the document's own, such as（2026）吴飞人调字第214号
    origin = models.CharField(max_length=10, choices=Origin)
    form = models.CharField(max_length=40, blank=True)  # which form typeset it
    media_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()  # bytes
    pages = models.PositiveSmallIntegerField(default=1)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="papers")  # whose it is
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "added_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> Path:
        return path_of(self.sha256)

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.media_type]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Django's own would translate all eighteen labels to find this one, on every line of every list."""
        return str(PaperKind(self.kind).label)

    def read(self) -> bytes:
        return self.path.read_bytes()

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.pk])


EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def path_of(sha256: str) -> Path:
    return Path(settings.FENGQIAO_HOME) / "files" / sha256[:2] / sha256[2:4] / sha256
