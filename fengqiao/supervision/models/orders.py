"""交办、督办: an order on a dispute, signed for, answered in words, accepted or sent back."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.papers.models import Paper
from fengqiao.people.models import User


class OrderKind(models.TextChoices):
    ASSIGN = "assign", _("交办")
    SUPERVISE = "supervise", _("督办")


class OrderState(models.TextChoices):
    GIVEN = "given", _("待签收")
    RECEIVED = "received", _("待答复")
    ANSWERED = "answered", _("待审")
    ACCEPTED = "accepted", _("已办结")
    WITHDRAWN = "withdrawn", _("已撤销")


OPEN = (OrderState.GIVEN, OrderState.RECEIVED, OrderState.ANSWERED)
WITH_THE_BODY = (OrderState.GIVEN, OrderState.RECEIVED)


def is_late(today: date | None = None) -> models.Q:
    """Past its last day and not answered."""
    return models.Q(state__in=WITH_THE_BODY, due_on__lt=today or timezone.localdate())


class OrderQuerySet(models.QuerySet["Order"]):
    def lock(self, pk: int) -> "Order":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, actor: User) -> "OrderQuerySet":
        """Those on disputes that the reader may see: an order tells what its dispute is about."""
        return self.filter(Dispute.objects.visible_to(actor).holding("dispute"))

    def open(self) -> "OrderQuerySet":
        return self.filter(state__in=OPEN)

    def late(self, today: date | None = None) -> "OrderQuerySet":
        """Past their last day and not answered."""
        return self.filter(is_late(today))

    def with_names(self) -> "OrderQuerySet":
        return self.select_related("dispute", "body", "giver", "giver_body", "received_by")


class Order(models.Model):
    """What the giver wants of a body by a day. It is the giver's until it is accepted or withdrawn."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=10, choices=OrderKind)
    words = models.TextField()
    due_on = models.DateField()  # the last day that is in time
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="orders_given")
    giver_body = models.ForeignKey(Body, models.PROTECT, related_name="orders_given", db_index=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="orders", db_index=False)
    given_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="orders_received"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.GIVEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # of a withdrawal
    version = models.PositiveIntegerField(default=1)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["body", "state", "due_on"], name="order_by_body"),
            models.Index(fields=["giver_body", "state", "due_on"], name="order_by_giver"),
            models.Index(fields=["due_on"], condition=Q(state__in=["given", "received"]), name="order_running_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.dispute_id} → {self.body}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        return self.state in WITH_THE_BODY and self.due_on < timezone.localdate()

    @property
    def kind_of_state(self) -> str:
        """The colour: late, done, idle, soon, time."""
        if self.is_late:
            return "late"
        plain = {OrderState.ACCEPTED: "done", OrderState.WITHDRAWN: "idle", OrderState.ANSWERED: "soon"}
        return plain.get(OrderState(self.state), "time")


class Verdict(models.TextChoices):
    NONE = "", _("待审")
    ACCEPTED = "accepted", _("认可")
    SENT_BACK = "sent_back", _("退回重办")


class OrderAnswer(models.Model):
    """What the body says it did, and what the giver says of that."""

    WITNESSED = True

    order = models.ForeignKey(Order, models.PROTECT, related_name="answers")
    words = models.TextField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True, default=Verdict.NONE)
    verdict_words = models.CharField(max_length=300, blank=True)
    verdict_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verdict_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order_id", "pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.at}"
