"""How long each stage has: the defaults with their legal ground; a district overrides them by rows."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.limits import Limit, Unit

# Handbook 3.3, 3.6. Where no source gives a number the ground says so: it is configuration.
DEFAULTS: dict[str, Limit] = {
    "respond": Limit(48, Unit.HOUR, exclude_start_day=False, basis=_("平台规则：承办单位四十八小时内响应或者分流")),
    "assign": Limit(3, Unit.WORKING_DAY, basis=_("本地规则：受理后三个工作日内指定调解员（可调整）")),
    "mediate": Limit(1, Unit.MONTH, roll=True, basis=_("人民调解工作若干规定 33：一般在一个月内调解结束")),
    "mediate.labour": Limit(15, Unit.CALENDAR_DAY, roll=True, basis=_("劳动争议调解仲裁法 14：十五日内")),
    "mediate.medical": Limit(30, Unit.WORKING_DAY, basis=_("医疗纠纷预防和处理条例 38：三十个工作日内")),
    "breach": Limit(5, Unit.WORKING_DAY, basis=_("本地规则：五个工作日内查明原因并督促（可调整）")),
    "confirm": Limit(30, Unit.CALENDAR_DAY, roll=True, basis=_("民事诉讼法 187：三十日内审结")),
    "confirmation_window": Limit(30, Unit.CALENDAR_DAY, roll=True, basis=_("人民调解法 33、民事诉讼法 205：协议生效之日起三十日内")),
    "close": Limit(5, Unit.WORKING_DAY, basis=_("本地规则：五个工作日内办结（可调整）")),
    "follow_up": Limit(30, Unit.CALENDAR_DAY, roll=True, basis=_("本地规则：办结后三十日内回访归档（可调整）")),
}  # fmt: skip

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
    """The limit in force on that day (today). Raises KeyError for a key that nobody defined."""
    rule = _rule(key, on)
    return rule.limit if rule else DEFAULTS[key]


def longest_extension(key: str, on: date | None = None) -> int:
    """By how many calendar days in all the parties may agree to extend the limit: the district's rule, else 30.

    No national text gives the number (人民调解工作若干规定 33 only says that it may be longer): it is configuration.
    """
    rule = _rule(key, on)
    return rule.max_extension_days if rule and rule.max_extension_days is not None else LONGEST_EXTENSION


def _rule(key: str, on: date | None) -> LimitRule | None:
    on = on or timezone.localdate()
    in_force = Q(effective_from__lte=on) & (Q(effective_to=None) | Q(effective_to__gte=on))
    return LimitRule.objects.filter(in_force, key=key).order_by("-effective_from").first()


UNIT_NAMES = {
    Unit.HOUR: _("小时"),
    Unit.CALENDAR_DAY: _("日"),
    Unit.WORKING_DAY: _("个工作日"),
    Unit.MONTH: _("个月"),
    Unit.YEAR: _("年"),
}
