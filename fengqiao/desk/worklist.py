"""The worklist: which disputes are on somebody's desk, in which heaps, and how many lie in each.

Every heap is part of what the person may see (policies.visible_to); what is written here only narrows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Exists, F, Min, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE, CLOSED, STAGES, Hat, State
from fengqiao.disputes.models import Assist, Clock, Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.disputes.policies import in_hands_of
from fengqiao.people.models import Role, User
from fengqiao.supervision.models import Order
from fengqiao.web.actors import staff
from fengqiao.web.moments import span

from .paging import Count, counted
from .turns import WITH_THE_COURT

SOON = timedelta(hours=24)
ORDERS_TO_US = "/desk/orders/?view=to_us"
MOST_READ = 3000  # open disputes of a region that are read for its numbers; beyond, each heap is counted by itself
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
OPEN = sorted(set(State) - CLOSED)
OFFICE_MOVES = sorted(state for state in OPEN if STAGES[state].turn in (Hat.HANDLER, Hat.MEDIATOR))
THE_OFFICE_MOVES = sorted(state for state in OPEN if STAGES[state].turn is Hat.HANDLER)  # no mediator's own
OTHERS_MOVE = sorted(set(OPEN) - set(OFFICE_MOVES))
NEW = sorted(BEFORE_ACCEPTANCE)
OF_CALLS = ("answer", "assist")  # heaps of what other bodies called this one in for


@dataclass(frozen=True, slots=True)
class Counter:
    """One of the five numbers on top, each a link to its heap."""

    view: str
    label: str
    icon: str
    kind: str
    count: Count
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A heap of the list, or what waits on another page."""

    view: str
    label: str
    count: int
    elsewhere: str = ""

    @property
    def url(self) -> str:
        return self.elsewhere or f"?view={self.view}"


class Worklist:
    """One person's desk at one moment. Its numbers are read once."""

    def __init__(self, reader: User, *, area: bool = False, now: datetime | None = None) -> None:
        self.reader, self.now = reader, now or timezone.now()
        self.is_area = area or reader.role == Role.LEADER  # everybody's in the reader's region, not one desk's
        self._open: dict[str, Any] = {}
        self._counts: dict[str, Count] = {}

    @property
    def heaps(self) -> dict[str, Callable[[], DisputeQuerySet]]:
        """Heap → how its disputes are found."""
        return {
            "ours": lambda: self._here().filter(state__in=OFFICE_MOVES),
            "inbox": lambda: self._of_the_office().filter(state__in=THE_OFFICE_MOVES),
            "new": lambda: self._of_the_office().filter(state__in=NEW),
            "answer": lambda: self._seen.filter(pk__in=self._assisted().filter(reply=None), state__in=OPEN),
            "mine": lambda: self._seen.filter(in_hands_of(self.reader), state__in=OPEN),
            "assist": lambda: self._seen.filter(pk__in=self._assisted(), state__in=OPEN),
            "late": lambda: self._here().filter(due_at__range=(EPOCH, self.now)),
            "soon": lambda: self._here().filter(due_at__range=(self.now, self.now + SOON)),
            "others": lambda: self._here().filter(state__in=OTHERS_MOVE),
            "passed": self._passed_on,
            "done": lambda: self._here().filter(closed_at__gte=self.monday),
        }

    def heap(self, view: str) -> DisputeQuerySet:
        return self.heaps[view]()

    def name_of(self, view: str) -> str:
        """What the heap is called, for the record."""
        ours, others = self._labels()
        numbers = {"late": _("已超期"), "soon": _("24 小时内到期"), "others": others, "done": _("本周办结")}
        return {**numbers, **dict(self._tabs()), "ours": ours}.get(view, view)

    @property
    def first_view(self) -> str:
        return "late" if self.reader.role == Role.LEADER else "ours"

    @property
    def monday(self) -> datetime:
        """The beginning of this week."""
        return self._midnight - timedelta(days=timezone.localtime(self.now).weekday())

    def counters(self) -> list[Counter]:
        """The numbers on top. What is late or due soon is so whoever has to move."""
        ours, others = self._labels()
        self._open = self._open or self._read()
        return [
            Counter("late", _("已超期"), "alert-triangle", "late", self.count("late"), self._oldest()),
            Counter("soon", _("24 小时内到期"), "hourglass", "soon", self.count("soon"), self._today()),
            Counter("ours", ours, "inbox", "time", self.count("ours"), self._new()),
            Counter("others", others, "clock-pause", "idle", self.count("others"), self._in_court()),
            Counter("done", _("本周办结"), "check", "done", self.count("done"), self._in_time()),
        ]

    def tabs(self) -> list[Tab]:
        """The views: by due time for everybody, those of a kind of work only where there is any.

        What waits for the office itself (to be sent on or accepted, a mediator to be named, to be closed, a call to be
        answered, an order) stands apart from what its mediators have in hand.
        """
        tabs = [(view, label) for view, label in self._tabs() if view != "mine" or self._mediates_too]
        found = [Tab(view, label, self.count(view)) for view, label in tabs]
        found = [tab for tab in found if tab.count or tab.view in ("ours", "new")]
        orders = self._orders()
        return [*found, Tab("", _("交给我们的督办"), orders, ORDERS_TO_US)] if orders else found

    def count(self, view: str) -> Count:
        """How many lie in this heap, up to a thousand. Read alone, unless the page has read them all."""
        if view not in self._counts:
            read = 0 if view in OF_CALLS and not self._is_called else self._open.get(view)
            self._counts[view] = counted(self.heap(view)) if read is None else Count(read)
        return self._counts[view]

    def _read(self) -> dict[str, Any]:
        """All numbers over what is open on this desk, by state, in one reading. Empty where a region has too much of it."""
        found, midnight = self._here().filter(state__in=OPEN).order_by(), self._midnight + timedelta(days=1)
        if self.is_area and found[: MOST_READ + 1].count() > MOST_READ:
            return {}
        rows = found.values("state").annotate(
            n=Counted("pk"), oldest=Min("due_at"), late=Counted("pk", filter=Q(due_at__lt=self.now)),
            soon=Counted("pk", filter=Q(due_at__range=(self.now, self.now + SOON))),
            today=Counted("pk", filter=Q(due_at__range=(self.now, midnight))),
        )  # fmt: skip
        by_state = {row["state"]: row for row in rows}
        numbers: dict[str, Any] = {
            name: sum(row[name] for row in by_state.values()) for name in ("late", "soon", "today")
        }
        heaps = {"ours": OFFICE_MOVES, "others": OTHERS_MOVE, "received": NEW, "court": WITH_THE_COURT}
        if self.reader.role != Role.MEDIATOR:  # who has some of their own; the office's are counted by themselves
            heaps |= {"new": NEW, "inbox": THE_OFFICE_MOVES}
        numbers |= {name: sum(by_state[one]["n"] for one in heap if one in by_state) for name, heap in heaps.items()}
        oldest = [row["oldest"] for row in by_state.values() if row["oldest"]]
        return numbers | {"oldest": min(oldest, default=None)}

    @cached_property
    def _midnight(self) -> datetime:
        return timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)

    def _labels(self) -> tuple[str, str]:
        if self.is_area:
            return _("轮到各单位"), _("等当事人、法院")
        if self.reader.role == Role.MEDIATOR:
            return _("轮到我"), _("等别人")
        return _("轮到我们"), _("等别人")

    @cached_property
    def _seen(self) -> DisputeQuerySet:
        """The rule of sight, put into the terms of the database once for all heaps."""
        return Dispute.objects.visible_to(self.reader)

    def _here(self) -> DisputeQuerySet:
        """What lies on this desk: a mediator's own cases, what the body handles, or all of the region."""
        if self.is_area:
            return self._seen
        return self._seen.filter(in_hands_of(self.reader)) if self.reader.role == Role.MEDIATOR else self._office()

    def _office(self) -> DisputeQuerySet:
        return self._seen.filter(body=self.reader.body_id) if self.reader.works_cases else self._seen.none()

    def _of_the_office(self) -> DisputeQuerySet:
        return self._here() if self.is_area else self._office()

    def _assisted(self) -> Any:
        """What others asked this body for, until it has closed its task."""
        return Assist.objects.filter(body=self.reader.body_id, task__closed_at=None).values("dispute_id")

    @cached_property
    def _is_called(self) -> bool:
        """Whether anybody asks this body for anything: a small question that mostly spares two larger ones."""
        return self._assisted().exists()

    def _orders(self) -> int:
        """Orders to this body that are not settled, as their own page lists them."""
        if self.is_area or not self.reader.works_cases:
            return 0
        return Order.objects.visible_to(self.reader).open().filter(body=self.reader.body_id).count()

    @property
    def _mediates_too(self) -> bool:
        return self.reader.mediates and self.reader.role != Role.MEDIATOR

    def _tabs(self) -> list[tuple[str, str]]:
        office = _("等各单位办") if self.is_area else _("等本单位办")
        return [
            ("ours", _("按到期")), ("inbox", office), ("new", _("新到待受理")), ("answer", _("等我们回应的呼叫")),
            ("mine", _("我的调解")), ("assist", _("请我们协办的")), ("passed", _("我们首接、别处在办")),
        ]  # fmt: skip

    def _passed_on(self) -> DisputeQuerySet:
        """First received here and handled elsewhere: 首接负责制 keeps it in sight."""
        return self._seen.filter(first_body=self.reader.body_id, state__in=OPEN).exclude(body=self.reader.body_id)

    def _oldest(self) -> str:
        oldest = self._open.get("oldest") if self.count("late") else None
        return _("最久 %(span)s") % {"span": span(self.now - oldest)} if oldest else ""

    def _today(self) -> str:
        today = self._open.get("today")
        return _("今天 %(n)s 件") % {"n": today} if today else ""

    def _new(self) -> str:
        received = self._open.get("received")
        return _("含待受理 %(n)s") % {"n": received} if received else ""

    def _in_court(self) -> str:
        court = self._open.get("court")
        return _("含法院 %(n)s") % {"n": court} if court else ""

    def _in_time(self) -> str:
        done = self.count("done")
        if not done:
            return ""
        late = counted(
            self.heap("done").filter(
                Exists(Clock.objects.filter(dispute=OuterRef("pk"), is_main=True, missed_at__gt=EPOCH))
            )
        )
        return _("按时 %(in_time)s／%(all)s") % {"in_time": Count(done - late), "all": done}


def desk_of(request: HttpRequest) -> Worklist:
    """The desk of whoever asks, the same one for the page and for what stands around it."""
    if not hasattr(request, "desk"):
        request.desk = Worklist(staff(request))  # type: ignore[attr-defined]
    return request.desk  # type: ignore[attr-defined]


def by_due(disputes: DisputeQuerySet) -> DisputeQuerySet:
    """The first due first; those whose clock stands still or has not begun, last."""
    return disputes.order_by(F("due_at").asc(nulls_last=True), "pk")
