"""The hours in which nobody is disturbed: pure arithmetic over a day (Asia/Shanghai)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from fengqiao.kernel.remembering import asked_once

from .models import MessageRules


@dataclass(frozen=True)
class Quiet:
    """From one time of day until another, over midnight or not; two equal times mean never."""

    begins: time = time(20)
    ends: time = time(8)

    def until(self, now: datetime) -> datetime | None:
        """When it ends, if it is quiet now; None if one may speak."""
        local = timezone.localtime(now, timezone.get_default_timezone())
        at = local.time()
        overnight = self.begins > self.ends
        inside = (at >= self.begins or at < self.ends) if overnight else self.begins <= at < self.ends
        if not inside:
            return None
        day = local.date() + timedelta(days=1 if overnight and at >= self.begins else 0)
        return datetime.combine(day, self.ends, local.tzinfo)


@asked_once("notices_messagerules")
def quiet_hours() -> Quiet:
    """The district's, or 20:00 to 8:00."""
    rules = MessageRules.objects.first()
    return Quiet(rules.quiet_from, rules.quiet_until) if rules else Quiet()
