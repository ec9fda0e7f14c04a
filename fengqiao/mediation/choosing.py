"""What parties ask for and who is asked in: the mediators a party picked, what the other side says to it, invited experts."""

from django.db import models
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import Dispute, Party
from fengqiao.people.models import RosterEntry, User

MOST_PICKS = 3


class Wished(models.TextChoices):
    OPEN = "open", gettext_lazy("等安排")
    GRANTED = "granted", gettext_lazy("安排上了")
    UNMET = "unmet", gettext_lazy("没有安排上")
    REPLACED = "replaced", gettext_lazy("改选了")


class WishQuerySet(models.QuerySet["Wish"]):
    def open(self) -> "WishQuerySet":
        """Those that wait, each party's in their order, with what is shown of them."""
        rows = self.filter(status=Wished.OPEN).select_related("entry__body", "entry__user", "party")
        return rows.prefetch_related("answers__party").order_by("party_id", "rank")


class Wish(models.Model):
    """That a party would like this person for their mediator: first, second or third. 人民调解法 23: they choose or accept."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="wishes")
    party = models.ForeignKey(Party, models.PROTECT, related_name="wishes")
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Wished, default=Wished.OPEN)
    reason = models.CharField(max_length=300, blank=True)  # why it was not granted, for the party to read
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["dispute_id", "party_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "party", "rank"], condition=models.Q(status="open"), name="mediation_one_wish_a_rank"
            )
        ]
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.rank}. {self.entry_id}"

    @property
    def is_open(self) -> bool:
        return self.status == Wished.OPEN

    @property
    def refused_by(self) -> list[Party]:
        return [one.party for one in self.answers.all() if not one.accepts]

    @property
    def accepted_by(self) -> list[Party]:
        return [one.party for one in self.answers.all() if one.accepts]


class WishAnswer(models.Model):
    """What another party says to a pick. The last word counts: one row each."""

    WITNESSED = True

    wish = models.ForeignKey(Wish, models.PROTECT, related_name="answers")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    accepts = models.BooleanField()
    remark = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wish", "party"], name="mediation_one_answer_to_a_wish")]

    def __str__(self) -> str:
        return f"{self.wish_id} {self.party_id} {self.accepts}"


class Invited(models.TextChoices):
    ASKED = "asked", gettext_lazy("等答复")
    COMES = "comes", gettext_lazy("答应来")
    DECLINED = "declined", gettext_lazy("来不了")
    CANCELLED = "cancelled", gettext_lazy("不请了")


class Invitation(models.Model):
    """Somebody of the roster asked to advise or help with one dispute, after the check for recusal (人民调解法 20)."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="invitations")
    n = models.PositiveSmallIntegerField()
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=300)
    hints = models.JSONField(default=list)  # codes of Hint
    words = models.CharField(max_length=300, blank=True)  # why the hints are none
    status = models.CharField(max_length=10, choices=Invited, default=Invited.ASKED)
    remark = models.CharField(max_length=300, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()

    class Meta:
        ordering = ["dispute_id", "n"]
        constraints = [models.UniqueConstraint(fields=["dispute", "n"], name="mediation_invitation_numbered_once")]

    def __str__(self) -> str:
        return f"{self.dispute_id}/{self.n} {self.entry_id}"
