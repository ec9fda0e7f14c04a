"""One month of what is due: which limits end on which day, as far as this person may see the disputes."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import Words
from fengqiao.disputes.models import Clock, Dispute, Pause
from fengqiao.disputes.models.calendar import known
from fengqiao.disputes.policies import in_hands_of
from fengqiao.disputes.recounting import as_day
from fengqiao.kernel.calendar import CLOCK, Calendar
from fengqiao.people.models import Role, User
from fengqiao.web.moments import WEEKDAYS

DAY = timedelta(days=1)
NAMED = 3  # on a day of the grid; the rest is counted
PER_PAGE = 30
MOST = 5000  # limits of a month that are laid out; beyond, the grid says that there are more
SATURDAY = 5
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)


@dataclass
class Due:
    """One limit that ends."""

    clock: Clock

    @property
    def dispute(self) -> Dispute:
        return self.clock.dispute

    @property
    def url(self) -> str:
        return reverse("dispute", args=[self.dispute.number])

    @property
    def why(self) -> str:
        return "".join(self.clock.why)


@dataclass
class Day:
    """One day of the grid. `works` is None where the holidays of the year are not known."""

    on: date
    works: bool | None
    is_today: bool
    count: int = 0
    named: list[Due] = field(default_factory=list)

    @property
    def weekday(self) -> Words:
        return str(WEEKDAYS[self.on.weekday()])

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= SATURDAY

    @property
    def mark(self) -> Words:
        """What differs from the plain week, and a year that is not known."""
        if self.works is None:
            return _("待定")
        if self.works and self.is_weekend:
            return _("调休上班")
        return _("放假") if not self.works and not self.is_weekend else ""

    @property
    def is_rest(self) -> bool:
        return self.is_weekend if self.works is None else not self.works

    @property
    def more(self) -> int:
        return self.count - len(self.named)


def scopes_of(reader: User) -> dict[str, Words]:
    """Whose limits somebody can look at."""
    found: dict[str, Words] = {}
    if reader.works_cases:
        found = {"mine": _("我调解的"), "body": _("本单位的")}
    if reader.body and reader.body.coordinates and (reader.oversees or reader.role == Role.LEADER):
        found["area"] = _("本辖区的")
    elif reader.role == Role.LEADER:
        found["area"] = _("我看得到的")
    return found


def usual_scope(reader: User) -> str:
    """A mediator begins with their own, a leader with the region, everybody else with the body."""
    if reader.role == Role.MEDIATOR:
        return "mine"
    return "area" if reader.role == Role.LEADER else "body"


class Month:
    """A month for one reader, read once: two questions about the limits, whatever their number."""

    def __init__(self, first: date, reader: User, scope: str) -> None:
        self.first, self.reader, self.scope = first, reader, scope
        self.last = first.replace(day=monthrange(first.year, first.month)[1])

    @property
    def before(self) -> date:
        return (self.first - DAY).replace(day=1)

    @property
    def after(self) -> date:
        return self.last + DAY

    @property
    def blanks(self) -> range:
        """Empty places before the first, for the week begins on Monday."""
        return range(self.first.weekday())

    @cached_property
    def calendar(self) -> Calendar:
        return known()

    @cached_property
    def days(self) -> list[Day]:
        keys: dict[date, list[int]] = {}
        for pk, due in self._pairs:
            keys.setdefault(as_day(due), []).append(pk)
        named = [pk for found in keys.values() for pk in found[:NAMED]]
        rows = {clock.pk: Due(clock) for clock in _whole(Clock.objects.filter(pk__in=named))}
        today = timezone.localdate()
        return [
            Day(on, self._works(on), on == today, len(keys.get(on, ())), [rows[pk] for pk in keys.get(on, ())[:NAMED]])
            for on in (self.first + n * DAY for n in range((self.last - self.first).days + 1))
        ]

    @property
    def is_more(self) -> bool:
        return len(self._pairs) > MOST

    def due_on(self, on: date, page: str | None) -> "Page[Any]":
        """The limits of one day, whole, with why they end then."""
        found = _whole(self._within(on, on)).prefetch_related("pauses", "extensions")
        sheet: Page[Any] = Paginator(found, PER_PAGE).get_page(page)
        sheet.object_list = [Due(clock) for clock in sheet.object_list]
        return sheet

    @cached_property
    def _pairs(self) -> list[tuple[int, datetime]]:
        return list(self._within(self.first, self.last).values_list("pk", "due_at")[: MOST + 1])

    def _within(self, first: date, last: date) -> QuerySet[Clock]:
        """Running limits that end on these days; the midnight after a day is that day's end."""
        begin, end = (datetime.combine(day, time(), CLOCK) for day in (first, last + DAY))
        mine = {"mine": in_hands_of, "body": _of_body, "area": _any}[self.scope](self.reader)
        seen = Dispute.objects.visible_to(self.reader).filter(mine).order_by()
        # One's own are few and found first; of the region's many each clock asks for itself, until enough are found.
        theirs = seen.holding("dispute") if self.scope == "area" else Q(dispute__in=seen.values("pk"))
        standing = Pause.objects.filter(ended_at=None).values("clock_id")
        found = Clock.objects.filter(theirs, stopped_at=None, due_at__gt=begin, due_at__lte=end)
        return found.exclude(pk__in=standing).order_by("due_at", "pk")

    def _works(self, on: date) -> bool | None:
        return self.calendar.is_working(on) if self.calendar.first <= on <= self.calendar.last else None


def _of_body(reader: User) -> Q:
    return Q(body=reader.body_id) if reader.works_cases else Q(pk__in=[])


def _any(reader: User) -> Q:
    return Q()


def _whole(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    shown = ("number", "title", "state")
    return clocks.select_related("dispute").only(
        *(field.name for field in Clock._meta.concrete_fields), *(f"dispute__{name}" for name in shown)
    )
