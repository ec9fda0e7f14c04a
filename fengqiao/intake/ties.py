"""关联、重复访: that a dispute has to do with an earlier one, written down by who knows both."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.commands import note
from fengqiao.disputes.events import Tied, Untied
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused


class TieKind(models.TextChoices):
    """What the dispute is to the earlier one."""

    RELATED = "related", gettext_lazy("有关联，分开办")
    REPEAT = "repeat", gettext_lazy("重复访，同一件事又来反映")


class TieQuerySet(models.QuerySet["Tie"]):
    def standing(self) -> "TieQuerySet":
        return self.filter(undone_at=None)


class Tie(models.Model):
    """One dispute, an earlier one, and what the two have to do with each other, until somebody takes it back."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="ties")
    earlier = models.ForeignKey(Dispute, models.PROTECT, related_name="tied")
    kind = models.CharField(max_length=10, choices=TieKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ties")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "earlier"], condition=models.Q(undone_at=None), name="tied_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(dispute=models.F("earlier")), name="tied_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} → {self.earlier_id}"


@transaction.atomic
def tie(dispute: Dispute, *, to: Dispute, kind: TieKind | str, by: Any) -> Tie:
    """Write down that it has to do with an earlier dispute. Doing so again changes nothing.

    Refused to those who do not work on it or do not see both, and for itself. The story tells no number: whoever may
    read this one may not know of the other.
    """
    dispute = Dispute.objects.lock(dispute.pk)
    if reason := why_not_tie(dispute, by):
        raise Refused(reason)
    if to.pk == dispute.pk:
        raise Refused(_("不能和它自己关联，请选另一件。"))
    if kind not in TieKind.values:
        raise Refused(_("请选是重复访，还是有关联。"))
    if not Dispute.objects.visible_to(by).filter(pk=to.pk).exists():
        raise Refused(_("没有找到要关联的那一件，或者不归您看。"))
    if known := Tie.objects.standing().filter(dispute=dispute, earlier=to).first():
        return known
    row = Tie.objects.create(dispute=dispute, earlier=to, kind=TieKind(kind), by=by)
    note(dispute, Tied(tie_id=row.pk, what=str(row.get_kind_display())), by=by, rows=[row])
    return row


@transaction.atomic
def untie(dispute: Dispute, *, to: Dispute, by: Any) -> None:
    """Take back what was written down by mistake; the row and both entries stay. Doing so again changes nothing.

    Refused to those who do not work on it or do not see both.
    """
    dispute = Dispute.objects.lock(dispute.pk)
    if reason := why_not_tie(dispute, by):
        raise Refused(reason)
    if not Dispute.objects.visible_to(by).filter(pk=to.pk).exists():
        raise Refused(_("没有找到关联的那一件，或者不归您看。"))
    row = Tie.objects.standing().filter(dispute=dispute, earlier=to).first()
    if row is None:
        return
    row.undone_by, row.undone_at = by, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    note(dispute, Untied(tie_id=row.pk, what=str(row.get_kind_display())), by=by, rows=[row])


def why_not_tie(dispute: Dispute, actor: Any) -> str | None:
    """The reason, in a sentence, why this person may not tie it to another; None if they may."""
    if not (getattr(actor, "works_cases", False) and dispute.hats_of(actor)):
        return _("只有办这件事的单位可以记关联。")
    if dispute.is_closed:
        return _("这件事已经归档或者并案，不能再记关联。")
    return None


def ties_seen(dispute: Dispute, actor: Any) -> list[tuple[Dispute, str]]:
    """The disputes it is tied to, in either direction, as far as the actor may see them, and how."""
    rows = [(row.earlier_id, str(row.get_kind_display())) for row in dispute.ties.all() if row.undone_at is None]
    later = _("后来的一件，记了与这件有关")
    rows += [(row.dispute_id, later) for row in dispute.tied.all() if row.undone_at is None]
    seen = Dispute.objects.visible_to(actor).in_bulk([pk for pk, _how in rows]) if rows else {}
    return [(seen[pk], how) for pk, how in rows if pk in seen]


def ties_to(dispute: Dispute, actor: Any) -> list[Tie]:
    """What this one is tied to and the actor may see: these can be taken back from here, those of later ones from there."""
    rows = dispute.ties.standing().select_related("earlier")
    return list(rows.filter(Dispute.objects.visible_to(actor).holding("earlier")))
