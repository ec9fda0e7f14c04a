"""When somebody is told of a limit, and who: before it ends, when it has ended, and again every so often."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.remembering import asked_once

ALL = "*"  # every limit that has no steps of its own
LONGEST_AHEAD = 90 * 24  # hours
MOST_TIMES = 30


class When(models.TextChoices):
    BEFORE = "before", _("到期前")
    AT = "at", _("到期时")
    AFTER = "after", _("到期后每隔")


class Told(models.TextChoices):
    HANDLER = "handler", _("承办单位")
    MEDIATOR = "mediator", _("调解员")
    SUPERIOR = "superior", _("上级单位")


class WarningStep(models.Model):
    """One row of the district's own steps. They replace the built-in ones of that limit, all of them."""

    limit = models.CharField(max_length=40)  # a limit's key, or ALL
    when = models.CharField(max_length=10, choices=When)
    hours = models.PositiveSmallIntegerField(default=0)  # before: how long ahead; after: how often; at: 0
    times = models.PositiveSmallIntegerField(default=1)  # after: how often at most
    to = models.JSONField(default=list)  # of Told

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "when", "hours"], name="disputes_one_warning_a_step")]

    def __str__(self) -> str:
        return f"{self.limit} {self.when} {self.hours}"

    @property
    def steps(self) -> Iterator["Step"]:
        if self.when == When.BEFORE:
            yield Step(-self.hours, tuple(self.to))
        elif self.when == When.AT:
            yield Step(0, tuple(self.to))
        else:
            yield from (Step(self.hours * n, tuple(self.to)) for n in range(1, self.times + 1))


@dataclass(frozen=True, order=True)
class Step:
    """So many hours before (negative) or after the end, these are told."""

    hours: int
    to: tuple[str, ...]


Plan = tuple[Step, ...]

# 平台规则: a day ahead to those who have to move; once it is late, to their superior too.
BUILT_IN: Plan = (
    Step(-24, (Told.HANDLER, Told.MEDIATOR)),
    Step(0, (Told.HANDLER, Told.MEDIATOR, Told.SUPERIOR)),
)


@asked_once("disputes_warningstep")
def plans() -> Callable[[str], Plan]:
    """The steps of each limit as they are now: its own, those of its kind (`mediate` for `mediate.labour`), of all, built in."""
    own: dict[str, list[Step]] = {}
    for row in WarningStep.objects.all():
        own.setdefault(row.limit, []).extend(row.steps)
    found = {limit: in_order(steps) for limit, steps in own.items()}

    def plan(key: str) -> Plan:
        return next((found[name] for name in (key, key.split(".", maxsplit=1)[0], ALL) if name in found), BUILT_IN)

    return plan


def in_order(steps: Iterable[Step]) -> Plan:
    """The first first, two of one hour as one. That a limit is over is put on record even where nobody is to be told."""
    to: dict[int, list[str]] = {0: []}
    for step in steps:
        to.setdefault(step.hours, []).extend(step.to)
    return tuple(Step(hours, tuple(dict.fromkeys(names))) for hours, names in sorted(to.items()))
