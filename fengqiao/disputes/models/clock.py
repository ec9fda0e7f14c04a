"""The rows of the clocks: what runs, where it stood still, how it was extended."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import State
from fengqiao.kernel.calendar import provisional
from fengqiao.kernel.limits import Limit, Span, Unit, explain, is_late

from .calendar import calendar_until
from .dispute import Dispute

# What a limit counts from, as its explanation says it; every other limit simply begins.
BEGUN_BY = {
    "respond": _("交来"),
    "mediate": _("受理"),
    "mediate.medical": _("受理"),
    "mediate.labour": _("收到申请"),
    "confirmation_window": _("生效"),
    **dict.fromkeys(("tier.spot", "tier.department", "tier.joint", "tier.centre", "tier.leader"), _("进入这一层")),
}


class Clock(models.Model):
    """One limit running for one dispute. A stopped clock stays as the record of how long it took."""

    WITNESSED = True
    UNWITNESSED = frozenset({"warned_at", "missed_at", "told_step"})

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="clocks")
    key = models.CharField(max_length=40)
    is_main = models.BooleanField(default=True)  # the stage's; others run beside it, such as the window for the court
    body = models.ForeignKey(Body, models.PROTECT, related_name="clocks")  # against whom it runs
    state = models.CharField(max_length=20, choices=State)
    n = models.PositiveSmallIntegerField(null=True)  # the limit as it was when the clock started; empty: a fixed date
    unit = models.CharField(max_length=20, default=Unit.CALENDAR_DAY.value)
    exclude_start_day = models.BooleanField(default=True)
    roll = models.BooleanField(default=False)
    basis = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)  # reaches into a year whose holidays are not published yet
    warned_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    told_step = models.IntegerField(null=True)  # the last step of warning_steps that was told, in hours from the end

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "key"], condition=Q(stopped_at=None), name="clock_one_of_a_key_runs"
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(stopped_at=None, is_main=True), name="clock_one_main_runs"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(stopped_at=None), name="clock_running_by_due"),
            models.Index(
                fields=["due_at"], condition=Q(stopped_at=None, is_provisional=True), name="clock_provisional"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.due_at}"

    @property
    def limit(self) -> Limit | None:
        if self.n is None:
            return None
        return Limit(self.n, Unit(self.unit), self.exclude_start_day, self.roll, self.basis)

    @cached_property
    def stood_still(self) -> list["Pause"]:
        """Its pauses as they were when first asked for."""
        return list(self.pauses.all())

    @cached_property
    def extended_by(self) -> list["Extension"]:
        """Its extensions in their order, as they were when first asked for."""
        return sorted(self.extensions.all(), key=lambda extension: extension.pk)

    def tell_afresh(self) -> None:
        """It ends on another day: whoever was told of the old one is told of the new one."""
        self.warned_at = self.missed_at = self.told_step = None

    def is_new(self) -> None:
        """Say that it was started just now, so that nobody asks what has become of it since."""
        self.stood_still, self.extended_by = [], []

    @property
    def spans(self) -> list[Span]:
        return [Span(pause.begun_at, pause.ended_at) for pause in self.stood_still]

    @property
    def paused_since(self) -> datetime | None:
        return next((pause.begun_at for pause in self.stood_still if pause.ended_at is None), None)

    @property
    def is_late(self) -> bool:
        return self.paused_since is None and is_late(self.stopped_at or timezone.now(), self.due_at, Unit(self.unit))

    @property
    def why(self) -> list[str]:
        """Sentences that say why it is due then."""
        if self.limit is None:
            return [self.basis]
        ended = [span for span in self.spans if span.end]
        extended = self.extended_by
        counted = extended[0].old_due_at if extended else self.due_at
        begun = str(BEGUN_BY.get(self.key, ""))
        calendar = provisional() if self.is_provisional else calendar_until(timezone.localdate(self.due_at)).onward()
        lines = explain(self.started_at, self.limit, counted, ended, event=begun, calendar=calendar)
        lines += [extension.sentence for extension in extended]
        if self.is_provisional and self.stopped_at is None:
            lines.append(gettext("下一年的放假调休安排还没有录入，这个日期暂按周末推算，录入后会重算。"))
        if self.paused_since:
            lines.append(
                gettext("现在停走：%(reason)s。")
                % {"reason": next(pause.reason for pause in self.stood_still if pause.ended_at is None)}
            )
        return lines


class Pause(models.Model):
    """The clock stands still, from a moment until a moment."""

    WITNESSED = True

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at=None), name="clock_paused_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.begun_at} {self.reason}"


class Extension(models.Model):
    """A new limit from the old last day, with the parties' consent (人民调解工作若干规定 33)."""

    WITNESSED = True

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    consent = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"+{self.days}"

    @property
    def sentence(self) -> str:
        return gettext("%(consent)s，延长 %(days)d 天，到 %(day)s。") % {
            "consent": self.consent,
            "days": self.days,
            "day": last_day_of(self.new_due_at).strftime("%Y-%m-%d"),
        }


def last_day_of(due: datetime) -> date:
    """The last day that is still in time for a limit in days, whose due moment is the midnight after it."""
    return timezone.localdate(due - timedelta(microseconds=1))
