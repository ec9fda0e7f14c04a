"""What happens by the clock: jobs that any number of workers may offer to run, and exactly one does."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from .models import Job

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Every:
    """A job, and how often: each `minutes`, or once a day `at` this time (Asia/Shanghai)."""

    name: str
    run: Callable[[], object]
    minutes: int = 0
    at: time | None = None

    def after(self, now: datetime) -> datetime:
        if self.at is None:
            return now + timedelta(minutes=self.minutes)
        today = timezone.localtime(now).replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return today if today > now else today + timedelta(days=1)


def run_due(jobs: Sequence[Every], now: datetime | None = None) -> int:
    """Run what is due; a job that was never run is due at once. Returns how many this worker ran."""
    now = now or timezone.now()
    known = dict(Job.objects.values_list("name", "next_at"))
    return sum(_claimed_and_run(job, known.get(job.name), now) for job in jobs)


def _claimed_and_run(job: Every, known: datetime | None, now: datetime) -> bool:
    """`known` is when it was to run next, as it stood when this worker looked."""
    if known is None:
        known = Job.objects.get_or_create(name=job.name, defaults={"next_at": now})[0].next_at
    if known > now:
        return False
    # The claim: whoever moves next_at forward owns this run; nobody else's UPDATE finds the old value.
    if not Job.objects.filter(name=job.name, next_at=known).update(next_at=job.after(now)):
        return False
    try:
        job.run()
    except Exception:  # one broken job must not stop the others; it is told and tried again at its next time
        log.exception("job %s failed", job.name)
    return True
