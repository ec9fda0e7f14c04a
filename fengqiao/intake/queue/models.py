"""What the queue stores: lines of a hall, tickets and their times, the kiosks and screens that may show them.

No name, telephone or matter of anybody stands here: a ticket is a number, and a random token on paper or in a phone.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body, Window
from fengqiao.kernel.secrets import EncryptedTextField, blind_indexes

RECENT = 100  # a measured matter counts less the more came after it: the means look back about so many
LONGEST_PAUSE = 3  # minutes
GENERAL = ""  # the subject of who cannot say whose matter it is


class Priority(models.TextChoices):
    """优先: a head start in minutes, so that nobody waits for ever behind others (rules.py)."""

    NONE = "", gettext_lazy("没有")
    ELDER = "elder", gettext_lazy("老人")
    DISABLED = "disabled", gettext_lazy("残疾人")
    PREGNANT = "pregnant", gettext_lazy("孕妇")
    CHILD = "child", gettext_lazy("带小孩")
    APPOINTMENT = "appointment", gettext_lazy("预约")


class TicketState(models.TextChoices):
    BOOKED = "booked", gettext_lazy("已取号，还没到")
    WAITING = "waiting", gettext_lazy("等候")
    TRANSFERRED = "transferred", gettext_lazy("转窗口，等候")
    MISSED = "missed", gettext_lazy("过号，等候")
    CALLED = "called", gettext_lazy("叫到了")
    SERVING = "serving", gettext_lazy("办理中")
    HELD = "held", gettext_lazy("挂起")
    SERVED = "served", gettext_lazy("办完了")
    GONE = "gone", gettext_lazy("走了")
    UNSERVED = "unserved", gettext_lazy("当天没有轮到")


IN_LINE = (TicketState.WAITING, TicketState.TRANSFERRED, TicketState.MISSED)
AT_WINDOW = (TicketState.CALLED, TicketState.SERVING)
OVER = (TicketState.SERVED, TicketState.GONE, TicketState.UNSERVED)


class Hall(models.Model):
    """The queue of a body's hall. Whoever changes anything in it holds this row; `changes` counts for those who look."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="queue")
    changes = models.PositiveBigIntegerField(default=0)
    between = models.FloatField(default=0.5)  # minutes from one matter's end to the next call, of late

    def __str__(self) -> str:
        return f"{self.body_id}"

    def learn_pause(self, minutes: float) -> None:
        """A window stood empty so long between two matters; a long pause is a pause, and no measure of anything."""
        if minutes <= LONGEST_PAUSE:
            self.between += (minutes - self.between) / RECENT


class Line(models.Model):
    """One subject's series in one hall: its letter for good, today's last number, how long its matters take of late."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="lines")
    subject = models.CharField(max_length=60, blank=True)
    letter = models.CharField(max_length=2)
    day = models.DateField(null=True)
    last = models.PositiveSmallIntegerField(default=0)
    measured = models.FloatField(default=0)  # how many matters the two averages rest on, older ones counting less
    minutes = models.FloatField(default=0)
    squares = models.FloatField(default=0)  # of the minutes

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "subject"], name="one_line_a_subject"),
            models.UniqueConstraint(fields=["body", "letter"], name="one_line_a_letter"),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("说不清找谁"))

    def learn(self, minutes: float) -> None:
        """A matter of this line kept its window so long: into the running means; what is older counts less and less."""
        self.measured = self.measured * (1 - 1 / RECENT) + 1
        self.minutes += (minutes - self.minutes) / self.measured
        self.squares += (minutes**2 - self.squares) / self.measured


class TicketQuerySet(models.QuerySet["Ticket"]):
    def today(self, body_id: int) -> "TicketQuerySet":
        return self.filter(body_id=body_id, day=timezone.localdate())

    def in_line(self) -> "TicketQuerySet":
        """Those that can be called, in the order in which it is their turn."""
        return self.filter(state__in=IN_LINE).order_by("turn_at", "pk")

    def at_windows(self) -> "TicketQuerySet":
        return self.filter(state__in=AT_WINDOW)

    def with_token(self, token: str) -> "Ticket | None":
        found = self.filter(token_index__in=blind_indexes(token, "ticket")).select_related("body", "line", "window")
        return found.first() if token else None


class Ticket(models.Model):
    """One number of one day. `arrived_at` never changes; `turn_at` is the place in the order."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="tickets")
    line = models.ForeignKey(Line, models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.CharField(max_length=6)
    token = EncryptedTextField()
    token_index = models.CharField(max_length=64, unique=True)
    from_home = models.BooleanField(default=False)
    priority = models.CharField(max_length=20, choices=Priority, blank=True, default="")
    state = models.CharField(max_length=12, choices=TicketState, default=TicketState.WAITING)
    arrived_at = models.DateTimeField()
    turn_at = models.DateTimeField()
    wanted = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="tickets_sent")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="tickets")
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tickets_called"
    )
    called_at = models.DateTimeField(null=True, blank=True)
    serving_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)
    calls = models.PositiveSmallIntegerField(default=0)  # how often this call was said
    promised_low = models.PositiveSmallIntegerField(null=True, blank=True)  # minutes, as told when it was taken
    promised_high = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    visit = models.OneToOneField("intake.Visit", models.PROTECT, null=True, blank=True, related_name="ticket")

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["window"], condition=models.Q(state__in=AT_WINDOW), name="one_ticket_at_a_window"
            ),
            models.UniqueConstraint(
                fields=["clerk"], condition=models.Q(state__in=AT_WINDOW), name="one_ticket_with_a_clerk"
            ),
        ]
        indexes = [models.Index(fields=["body", "day", "state", "turn_at"], name="tickets_in_order")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_in_line(self) -> bool:
        return self.state in IN_LINE

    @property
    def is_at_window(self) -> bool:
        return self.state in AT_WINDOW

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_todays(self) -> bool:
        return self.day == timezone.localdate()


class TicketStep(models.Model):
    """When a ticket came into a state, by whom and where: written once."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=TicketState)
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(max_length=40)  # user:12, device:3, visitor, system
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.state}"


class DeviceKind(models.TextChoices):
    KIOSK = "kiosk", gettext_lazy("取号机")
    SCREEN = "screen", gettext_lazy("大屏")


class DeviceQuerySet(models.QuerySet["Device"]):
    def with_token(self, token: str, kind: str) -> "Device | None":
        index = blind_indexes(token, "device")
        found = self.filter(token_index__in=index, kind=kind, revoked_at=None, body__is_active=True)
        return found.select_related("body").first() if token else None


class Device(models.Model):
    """A kiosk or a screen that stands in a public hall: its link was made by somebody of that hall, and can be taken back."""

    WITNESSED = True

    body = models.ForeignKey(Body, models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=10, choices=DeviceKind)
    name = models.CharField(max_length=60)
    token_index = models.CharField(max_length=64, unique=True)  # the link itself is shown once and kept nowhere
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["revoked_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_id(self) -> str:
        return f"device:{self.pk}"


class QueueRules(models.Model):
    """What the district's folder says about queues; rules.py reads it."""

    DISTRICT = "district"

    name = models.CharField(max_length=20, unique=True)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "queue rules"

    def __str__(self) -> str:
        return self.name
