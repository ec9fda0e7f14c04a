"""Who is on: by plan for any moment and window, and where the plan has holes or has somebody twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.hours import Hours
from fengqiao.bodies.models import Body, Window

from .models import Change, Shift, Sitting

if TYPE_CHECKING:
    from fengqiao.people.models import User


@dataclass(frozen=True)
class Duty:
    """One shift as it really is on a day. `person` is whoever stands in; nobody where the shift falls out."""

    shift: Shift
    person: "User | None"
    reason: str = ""

    @property
    def window(self) -> Window | None:
        return self.shift.window

    @property
    def is_changed(self) -> bool:
        return self.person is None or self.person.pk != self.shift.person_id

    @property
    def phone(self) -> str:
        """Where to call whoever is on; a stand-in is called at their own number."""
        if self.person is None:
            return ""
        return (not self.is_changed and self.shift.phone) or self.person.phone


@dataclass(frozen=True)
class Gap:
    """A window that should be open, with nobody planned."""

    window: Window
    starts: time
    ends: time


@dataclass(frozen=True)
class Overlap:
    """One person in two places at once, or two people at one window."""

    one: Duty
    other: Duty

    @property
    def is_one_person(self) -> bool:
        return bool(self.one.person and self.other.person and self.one.person.pk == self.other.person.pk)


def duties(hall: Body, day: date) -> list[Duty]:
    """The plan of a day with its changes, by time."""
    shifts = list(Shift.objects.of(hall.pk).on(day))
    changes = {one.shift_id: one for one in Change.objects.filter(shift__in=shifts, day=day).select_related("instead")}
    return [_duty(shift, changes.get(shift.pk)) for shift in shifts]


def on_now(hall: Body, at: datetime | None = None, *, window: Window | None = None) -> list[Duty]:
    """Who is on by plan at this moment (now), in the hall or at one window."""
    local = timezone.localtime(at or timezone.now())
    found = [duty for duty in duties(hall, local.date()) if duty.person and _covers(duty.shift, local.time())]
    return [duty for duty in found if window is None or duty.shift.window_id == window.pk]


def planned_at(window: Window) -> str | None:
    """Who is on the rota of this window from today on: it cannot be retired under them. A sentence, or None."""
    running = Shift.objects.filter(Q(last=None) | Q(last__gte=timezone.localdate()), window=window)
    names = sorted({str(shift.person) for shift in running.select_related("person")})
    if not names:
        return None
    return _("值班表里%(names)s还排在这个窗口，先在“值班”里改好。") % {"names": "、".join(names)}


def sitting_at(windows: Iterable[Window]) -> dict[int, Sitting]:
    """Who is really there now, by window."""
    found = Sitting.objects.now().filter(window__in=list(windows)).select_related("person")
    return {one.window_id: one for one in found}


def gaps(hall: Body, day: date) -> list[Gap]:
    """Hours of a named window for which nobody is planned. A window whose hours are not told has none."""
    on = duties(hall, day)
    found = []
    for window in hall.windows.named():
        spans = [(one.shift.starts, one.shift.ends) for one in on if one.person and one.shift.window_id == window.pk]
        for starts, ends in Hours.read(window.hours).on(day):
            found += [Gap(window, *hole) for hole in _holes(starts, ends, sorted(spans))]
    return found


def overlaps(hall: Body, day: date) -> list[Overlap]:
    """Pairs that cannot both be. Two within call at once may, and so may two people who share no window."""
    on = [duty for duty in duties(hall, day) if duty.person]
    return [Overlap(one, other) for one, other in combinations(on, 2) if _clash(one, other)]


def _duty(shift: Shift, change: Change | None) -> Duty:
    return Duty(shift, change.instead, change.reason) if change else Duty(shift, shift.person)


def _covers(shift: Shift, at: time) -> bool:
    return shift.starts <= at < shift.ends


def _clash(one: Duty, other: Duty) -> bool:
    if one.shift.ends <= other.shift.starts or other.shift.ends <= one.shift.starts:
        return False
    if Overlap(one, other).is_one_person:
        return one.shift.window_id != other.shift.window_id or one.shift.window_id is None
    return one.shift.window_id is not None and one.shift.window_id == other.shift.window_id


def _holes(starts: time, ends: time, spans: list[tuple[time, time]]) -> Iterator[tuple[time, time]]:
    at = starts
    for first, last in spans:
        if first > at and first < ends:
            yield at, first
        at = max(at, last)
        if at >= ends:
            return
    if at < ends:
        yield at, ends
