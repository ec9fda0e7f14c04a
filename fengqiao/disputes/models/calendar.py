"""The holidays of a year as an administrator entered them, and the orders to count running clocks anew."""

from datetime import date

from django.db import models
from django.db.models import Q

from fengqiao.kernel.calendar import Calendar, Year, official
from fengqiao.kernel.limits import Limit, Unit


class CalendarYear(models.Model):
    """One year's notice. What comes with the package stands; only years after it are entered here."""

    WITNESSED = True

    year = models.PositiveSmallIntegerField(unique=True)
    off = models.JSONField()  # day -> what it is called
    work = models.JSONField()
    source = models.CharField(max_length=200)  # which notice says so
    entered_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def said(self) -> Year:
        return Year(
            self.year,
            *({date.fromisoformat(day): name for day, name in days.items()} for days in (self.off, self.work)),
        )


class Recount(models.Model):
    """An order to count running clocks anew, worked off in the background: for a year, or for a limit that was changed."""

    year = models.PositiveSmallIntegerField(null=True)
    key = models.CharField(max_length=40, blank=True)  # of the limit; then the five below are what it is now
    n = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    exclude_start_day = models.BooleanField(default=True)
    roll = models.BooleanField(default=False)
    basis = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200)
    ordered_by = models.CharField(max_length=40)  # as the story names them
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year__isnull=False, key="", n=None) | (Q(year=None, n__isnull=False) & ~Q(key="")),
                name="recount_of_a_year_or_a_limit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year or self.key} {self.ordered_at}"

    @property
    def limit(self) -> Limit | None:
        if self.n is None:
            return None
        return Limit(self.n, Unit(self.unit), self.exclude_start_day, self.roll, self.basis)


def known() -> Calendar:
    """The calendar that comes with the package, and the years after it that were entered here, without a gap."""
    calendar = official()
    for row in CalendarYear.objects.filter(year__gt=calendar.last.year):
        if row.year == calendar.last.year + 1:
            calendar = calendar.with_year(row.said)
    return calendar


def calendar_until(day: date) -> Calendar:
    """What is needed to know this day: the database is asked only about the end of the packaged calendar and after it."""
    return official() if day <= SETTLED else known()


# Days that no later notice speaks of: those of a year may still change the last ones of the year before (kernel/holidays.py).
SETTLED = date(official().last.year, 12, 17)
