"""The numbers of the board, each over what the viewer may see and nothing else, each with the list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.desk.paging import Count, counted
from fengqiao.desk.worklist import EPOCH, OPEN, by_due
from fengqiao.disputes.models import Dispute, JointTask, Risk, TierStay
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.people.models import Role, User
from fengqiao.supervision.models import Conference, Incident, IncidentState, LeaderCase, Order, OrderState
from fengqiao.supervision.models.orders import is_late

HIGH = (Risk.R3, Risk.R2)
SHOWN = 5
MOST_BODIES = 12


@dataclass(frozen=True, slots=True)
class Number:
    """One number, and the address of the list behind it."""

    label: str
    icon: str
    kind: str
    count: int
    url: str
    detail: str = ""


def watches(user: User) -> bool:
    """Who has a board: leaders, and those who run a body that looks after a region."""
    if not user.is_active or user.body is None:
        return False
    return user.role == Role.LEADER or (user.oversees and user.body.coordinates)


class Board:
    """The board of one viewer at one moment."""

    def __init__(self, viewer: User, now: datetime | None = None) -> None:
        self.viewer, self.now = viewer, now or timezone.now()

    @cached_property
    def seen(self) -> DisputeQuerySet:
        """All that is theirs to look after, once for all numbers."""
        return Dispute.objects.visible_to(self.viewer).filter(state__in=OPEN)

    def numbers(self) -> list[Number]:
        """The strip on top."""
        own = (_("我包的案"), "mine") if self.viewer.role == Role.LEADER else (_("领导包案"), "now")
        red = _("红 %(red)d · 橙 %(orange)d") % {
            "red": self._risks.get(Risk.R3, 0),
            "orange": self._risks.get(Risk.R2, 0),
        }
        orders, tasks = self._orders, self._tasks
        waiting = _("待审 %(n)d") % {"n": orders["answered"]} if orders["answered"] else ""
        overdue = _("超期 %(n)d") % {"n": tasks["late"]} if tasks["late"] else ""
        return [
            Number(own[0], "user-star", "time", self.led.count, f"{reverse('led')}?view={own[1]}"),
            Number(_("交办督办"), "gavel", "time", orders["open"], f"{reverse('orders')}?view=open", waiting),
            Number(_("超期没答复"), "alert-triangle", "late", orders["late"], f"{reverse('orders')}?view=late"),
            Number(_("待开的会商"), "users-group", "soon", self.conferences.count, f"{reverse('conferences')}?view=coming"),
            Number(_("联动没销号"), "speakerphone", "soon", tasks["disputes"], reverse("oversight_heap", args=["joint"]), overdue),
            Number(_("重大事项"), "urgent", "late", self.incidents.count, f"{reverse('incidents')}?view=open"),
            Number(_("红、橙风险"), "flame", "late", sum(self._risks.values()), reverse("oversight_heap", args=["risk"]), red),
            Number(_("超期的纠纷"), "hourglass", "late", self.late, reverse("oversight_heap", args=["late"])),
        ]  # fmt: skip

    def heap(self, name: str, body: str = "") -> DisputeQuerySet:
        """The disputes behind a number: `risk`, `late`, `joint` or `tier-<key>`, of one body where it is named."""
        found = self._named(name)
        found = found.filter(body=int(body)) if body.isascii() and body.isdigit() and len(body) < 10 else found
        return found.order_by("-risk", "pk") if name == "risk" else by_due(found)

    def _named(self, name: str) -> DisputeQuerySet:
        if name == "risk":
            return self.seen.filter(risk__in=HIGH)
        if name == "joint":
            return self.seen.filter(pk__in=JointTask.objects.open().values("dispute"))
        if name.startswith("tier-"):
            stays = TierStay.objects.running().filter(tier__key=name.removeprefix("tier-"))
            return self.seen.filter(pk__in=stays.values("dispute"))
        return self.seen.filter(due_at__range=(EPOCH, self.now))

    @cached_property
    def _orders(self) -> dict[str, int]:
        """How many orders are open; of these, how many are late, and how many answers the viewer's body has to judge."""
        answered = Q(state=OrderState.ANSWERED, giver_body=self.viewer.body_id)
        found = Order.objects.visible_to(self.viewer).open().order_by()
        return found.aggregate(
            open=Counted("pk"), late=Counted("pk", filter=is_late()), answered=Counted("pk", filter=answered)
        )

    @cached_property
    def _risks(self) -> dict[str, int]:
        """How many of the open ones are red, how many orange."""
        return dict(self.heap("risk").order_by().values_list("risk").annotate(Counted("pk")))

    @cached_property
    def _tasks(self) -> dict[str, int]:
        """In how many disputes called bodies have something to close, and how many of those tasks are late."""
        late = Counted("pk", filter=Q(due_on__lt=timezone.localdate(self.now)))
        found = JointTask.objects.open().filter(self.seen.holding("dispute"))
        return found.aggregate(disputes=Counted("dispute", distinct=True), late=late)

    def tiers(self) -> Any:
        """How many stand on each tier, from the lowest; and on how many of those the tier's time is over."""
        found = TierStay.objects.running().filter(self.seen.holding("dispute")).order_by()
        late = Counted("pk", filter=Q(clock__due_at__lte=self.now))
        rows = found.values("tier__key", "tier__name", "tier__rank").annotate(n=Counted("pk"), late=late)
        return list(rows.order_by("tier__rank"))

    @cached_property
    def late(self) -> Count:
        return counted(self.heap("late"))

    def late_by_body(self) -> Any:
        """Which bodies have the most that is late."""
        if not self.late:
            return []
        found = self.heap("late").order_by().values_list("body").annotate(n=Counted("pk"))
        most = list(found.order_by("-n", "body")[:MOST_BODIES])
        names = dict(Body.objects.filter(pk__in=[body for body, _n in most]).values_list("pk", "name"))
        return [{"body": body, "body__name": names[body], "n": n} for body, n in most]

    @cached_property
    def led(self) -> "Some":
        """The viewer's own where they are a leader, else all that run: the first due first."""
        found = LeaderCase.objects.visible_to(self.viewer).now()
        found = found.filter(leader=self.viewer) if self.viewer.role == Role.LEADER else found
        return Some.of(found.select_related("dispute", "leader", "body"))

    def orders(self) -> Sequence[Order]:
        """What is open, the first due first."""
        if not self._orders["open"]:
            return []
        return list(Order.objects.visible_to(self.viewer).open().with_names()[:SHOWN])

    @cached_property
    def conferences(self) -> "Some":
        return Some.of(Conference.objects.visible_to(self.viewer).coming().select_related("dispute"))

    @cached_property
    def incidents(self) -> "Some":
        return Some.of(Incident.objects.visible_to(self.viewer).filter(state=IncidentState.OPEN).select_related("body"))

    def risky(self) -> Sequence[Dispute]:
        return list(self.heap("risk").select_related("body")[:SHOWN]) if self._risks else []


@dataclass(frozen=True, slots=True)
class Some:
    """The first of a heap, and how many there are: where these are all, nobody counts."""

    first: Sequence[Any]
    count: int

    @classmethod
    def of(cls, found: QuerySet[Any]) -> "Some":
        some = list(found[: SHOWN + 1])
        return cls(some[:SHOWN], len(some) if len(some) <= SHOWN else found.count())
