"""How long each stage has: what the catalogue says, unless the district has a row of its own."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.limits import Limit, Unit
from fengqiao.kernel.remembering import asked_once

from .catalogue import CATALOGUE, RUNNING

# Those that an act of the product starts.
DEFAULTS: dict[str, Limit] = {rule.key: rule.limit for rule in RUNNING if rule.limit}

LONGEST_EXTENSION = 30  # calendar days


class LimitRule(models.Model):
    """A district's own limit, for as long as it is in force."""

    key = models.CharField(max_length=40)
    n = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.value) for unit in Unit])
    exclude_start_day = models.BooleanField(default=True)
    roll = models.BooleanField(default=False)
    max_extension_days = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=200)
    effective_from = models.DateField(default=date(2000, 1, 1))
    effective_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="disputes_one_limit_a_date")]

    def __str__(self) -> str:
        return f"{self.key} {self.n} {self.unit}"

    @property
    def limit(self) -> Limit:
        return Limit(
            self.n, Unit(self.unit), exclude_start_day=self.exclude_start_day, roll=self.roll, basis=self.basis
        )


def limit_for(key: str, on: date | None = None) -> Limit:
    """The limit in force on that day (today): the district's own, else the catalogue's.

    Raises KeyError for a key that nobody defined, or that has no number on that day.
    """
    on = on or timezone.localdate()
    rule = _rule(key, on)
    limit = rule.limit if rule else CATALOGUE[key].limit
    if limit is None or not (rule or CATALOGUE[key].in_force(on)):
        raise KeyError(key)
    return limit


def longest_extension(key: str, on: date | None = None) -> int:
    """By how many calendar days in all the parties may agree to extend the limit: the district's rule, else 30.

    No national text gives the number (人民调解工作若干规定 33 only says that it may be longer): it is configuration.
    """
    rule = _rule(key, on or timezone.localdate())
    return rule.max_extension_days if rule and rule.max_extension_days is not None else LONGEST_EXTENSION


@asked_once("disputes_limitrule")
def _rule(key: str, on: date) -> LimitRule | None:
    in_force = Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gte=on))
    return LimitRule.objects.filter(in_force, key=key).order_by("-effective_from").first()


UNIT_NAMES = {
    Unit.HOUR: _("小时"),
    Unit.CALENDAR_DAY: _("日"),
    Unit.WORKING_DAY: _("个工作日"),
    Unit.MONTH: _("个月"),
    Unit.YEAR: _("年"),
}
