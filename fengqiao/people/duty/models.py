"""What is stored of duty: shifts by the week, changes for a day, who sits where, calls for somebody, attendance."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body, Stationing, Window
from fengqiao.kernel.secrets import EncryptedTextField

PERSON = settings.AUTH_USER_MODEL


class ShiftQuerySet(models.QuerySet["Shift"]):
    def of(self, hall_id: int) -> "ShiftQuerySet":
        named = self.filter(hall_id=hall_id).select_related("person", "window", "person__home_body")
        return named.order_by("weekday", "starts", "pk")

    def on(self, day) -> "ShiftQuerySet":
        """Those that fall on this day, before any change of the day itself."""
        running = models.Q(last=None) | models.Q(last__gte=day)
        return self.filter(running, weekday=day.weekday(), first__lte=day)


class Shift(models.Model):
    """One person, one weekday, some hours, at a window of the hall or (随叫随驻) within call."""

    WITNESSED = True

    hall = models.ForeignKey(Body, models.PROTECT, related_name="shifts")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="shifts")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=20, choices=Stationing, default=Stationing.ROTATING)
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    starts = models.TimeField()
    ends = models.TimeField()
    first = models.DateField()
    last = models.DateField(null=True, blank=True)  # empty: until further notice
    phone = EncryptedTextField(blank=True, default="")  # where to call; empty: the person's own

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="shift_ends_after_it_starts"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="shift_on_a_weekday"),
        ]
        indexes = [models.Index(fields=["hall", "weekday"], name="shift_by_hall")]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}-{self.ends:%H:%M}"

    @property
    def is_on_call(self) -> bool:
        return self.kind == Stationing.ON_CALL


class Change(models.Model):
    """One day's exception to a shift: somebody else comes, or nobody."""

    WITNESSED = True

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="changes")
    day = models.DateField()
    instead = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="stand_ins")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shift", "day"], name="one_change_a_shift_and_day")]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.day}"


class SittingQuerySet(models.QuerySet["Sitting"]):
    def now(self) -> "SittingQuerySet":
        return self.filter(until=None)


class Sitting(models.Model):
    """Somebody is at a window, from when to when. At most one at a window, at most one for a person."""

    WITNESSED = True

    window = models.ForeignKey(Window, models.PROTECT, related_name="sittings")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="sittings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window"], condition=models.Q(until=None), name="one_sits_at_a_window"),
            models.UniqueConstraint(fields=["person"], condition=models.Q(until=None), name="one_sits_in_one_place"),
        ]
        indexes = [models.Index(fields=["person", "since"], name="sitting_by_person")]

    def __str__(self) -> str:
        return f"{self.window_id} {self.since}"


class CallOut(models.Model):
    """随叫随驻: somebody was called, and answered after a while."""

    WITNESSED = True

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="calls")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="calls")
    called_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-called_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.called_at}"

    @property
    def took(self):
        """How long it took to answer; nothing while nobody has."""
        return self.answered_at - self.called_at if self.answered_at else None


class Attending(models.TextChoices):
    PRESENT = "present", _("到岗")
    LATE = "late", _("迟到")
    ABSENT = "absent", _("缺岗")


class Attendance(models.Model):
    """双重管理 (handbook 1.2): the centre notes who came; the body that sent them can read it."""

    WITNESSED = True

    hall = models.ForeignKey(Body, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="attendance")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=Attending)
    remark = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="attendance_noted")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "person_id"]
        constraints = [models.UniqueConstraint(fields=["hall", "person", "day"], name="attendance_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.person_id} {self.state}"
