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
    return sum(_claimed_and_run(job, now) for job in jobs)


def _claimed_and_run(job: Every, now: datetime) -> bool:
    row, _made = Job.objects.get_or_create(name=job.name, defaults={"next_at": now})
    if row.next_at > now:
        return False
    # The claim: whoever moves next_at forward owns this run; nobody else's UPDATE finds the old value.
    if not Job.objects.filter(name=job.name, next_at=row.next_at).update(next_at=job.after(now)):
        return False
    try:
        job.run()
    except Exception:  # one broken job must not stop the others; it is told and tried again at its next time
        log.exception("job %s failed", job.name)
    return True
