"""A deadline as people see it: its state, how much is left, until when, and in which colour and icon."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.web.moments import span, until

KIND_ICONS = {"time": "clock", "soon": "hourglass", "late": "alert-triangle", "done": "check", "idle": "minus"}


@dataclass(frozen=True, slots=True)
class Chip:
    """What the clock chip and the turn bar draw. `kind` is time, soon, late, done or idle."""

    kind: str
    icon: str
    left: str
    until: str


def soon_after() -> timedelta:
    """How long before its end a limit turns amber: `settings.SOON_HOURS`, else 24 hours."""
    return timedelta(hours=getattr(settings, "SOON_HOURS", 24))


def chip(clock: Any, now: datetime | None = None, *, soon: timedelta | None = None, with_weekday: bool = False) -> Chip:
    """Read any object with `due_at`; `paused_since`, `stopped_at`, `started_at` and `why_paused` are used if it has them."""
    now = now or timezone.now()
    stopped, paused = getattr(clock, "stopped_at", None), getattr(clock, "paused_since", None)
    if stopped:
        return _stopped(clock, stopped)
    if paused:
        return Chip("idle", "player-pause", _("停表 %(span)s") % {"span": span(now - paused)}, _why_paused(clock))
    left, words = clock.due_at - now, until(clock.due_at, now, with_weekday=with_weekday)
    if left <= timedelta(0):
        return Chip(
            "late",
            KIND_ICONS["late"],
            _("超期 %(span)s") % {"span": span(left)},
            _("%(when)s 应办完") % {"when": words},
        )
    kind = "soon" if left <= (soon or soon_after()) else "time"
    return Chip(kind, KIND_ICONS[kind], _("还剩 %(span)s") % {"span": span(left)}, _("%(when)s 前") % {"when": words})


def _stopped(clock: Any, stopped: datetime) -> Chip:
    in_time = stopped <= clock.due_at
    started = getattr(clock, "started_at", None)
    took = _("用了 %(span)s") % {"span": span(stopped - started)} if started else ""
    if in_time:
        return Chip("done", "check", _("按时办结"), took)
    return Chip("done", "check", _("办结，超期 %(span)s") % {"span": span(stopped - clock.due_at)}, took)


def _why_paused(clock: Any) -> str:
    return str(getattr(clock, "why_paused", "") or _("停表中，不计时限"))
