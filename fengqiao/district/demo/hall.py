"""The centre's hall on the day of the demonstration: windows open, somebody at each, numbers called and waiting right now.

The windows bear 示例 in their names; there is nothing in them that a district's folder says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import Stationing, Window, WindowKind
from fengqiao.intake.queue import calling
from fengqiao.intake.queue.closing import open_and_sit
from fengqiao.intake.queue.devices import make_device
from fengqiao.intake.queue.models import DeviceKind, Priority, Ticket, TicketState
from fengqiao.intake.queue.taking import take
from fengqiao.people.duty import commands as duty
from fengqiao.people.models import User

from .life import Story
from .telling import Telling

BEGAN = 95  # minutes ago
DAYS_PLANNED = 3
MORNING, EVENING = time(8, 30), time(17, 30)
# part → window, kind, what it takes. The last one is shut: its part is nobody's.
WINDOWS = {
    "center_clerk": ("1号窗口（示例）", WindowKind.GENERAL, ()),
    "window_labour": ("2号窗口（示例）", WindowKind.SPECIALIST, ("劳动纠纷", "工伤")),
    "window_family": ("3号窗口（示例）", WindowKind.SPECIALIST, ("婚姻家事",)),
    "window_property": ("4号窗口（示例）", WindowKind.SPECIALIST, ("物业邻里", "消费纠纷")),
    "center_dispatcher": ("5号窗口（示例）", WindowKind.FALLBACK, ()),
    "": ("6号窗口（示例）", WindowKind.SPECIALIST, ("法律咨询",)),
}
LABOUR, FAMILY, HOME, SHOP, ADVICE, ANY = "劳动纠纷", "婚姻家事", "物业邻里", "消费纠纷", "法律咨询", ""
# (minutes ago, what): somebody comes, or a window does something with its number.
COMES = (
    (90, LABOUR), (89, FAMILY), (86, HOME), (84, ANY), (80, LABOUR), (76, SHOP), (70, FAMILY), (66, ADVICE), (61, LABOUR),
    (55, HOME), (48, ANY), (44, LABOUR), (39, FAMILY), (33, HOME), (28, LABOUR), (23, ADVICE), (19, FAMILY), (17, LABOUR),
    (15, SHOP), (13, ANY), (11, SHOP), (8, HOME), (7, FAMILY), (6, ADVICE), (5, ANY), (4, LABOUR), (3, ANY), (2, HOME), (2, ANY),
)  # fmt: skip
ACTS = (
    (88, "next", "window_labour"), (87, "next", "window_family"), (85, "next", "window_property"), (83, "next", "center_clerk"),
    (74, "next", "window_property"), (69, "next", "window_labour"), (67, "next", "window_family"),
    (65, "next", "center_dispatcher"), (59, "next", "window_property"), (57, "next", "window_labour"),
    (47, "next", "center_clerk"), (40, "next", "window_labour"), (38, "next", "window_family"),
    (32, "next", "window_property"), (26, "next", "window_labour"), (24, "hold", "window_property"),
    (23, "next", "window_property"),
    (22, "next", "center_dispatcher"), (18, "next", "window_family"), (14, "miss", "window_property"),
    (12, "next", "center_clerk"), (10, "next", "window_property"), (9, "send", "center_clerk"), (5, "call", "center_clerk"),
    (1, "call", "window_labour"),
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A page of the hall that needs no account; its link is told to whoever starts the demonstration."""

    what: str
    path: str


@dataclass
class Hall:
    telling: Telling
    windows: dict[str, Window] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    doors: list[Door] = field(default_factory=list)

    def story(self) -> Story:
        """Open since an hour and a half, or since midnight where the day is younger; it stays within the day."""
        yield self.ago(BEGAN)
        self._opens()
        for minutes, act, about in sorted(
            [*((at, "come", what) for at, what in COMES), *ACTS], key=lambda one: -one[0]
        ):
            yield self.ago(minutes)
            getattr(self, f"_{act}")(about)

    def ago(self, minutes: float) -> datetime:
        now = self.telling.now
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        began = max(now - timedelta(minutes=BEGAN), min(midnight + timedelta(minutes=3), now))
        return now - (now - began) * (minutes / BEGAN)

    def _opens(self) -> None:
        boss = self.telling.user("center_manager")
        self.center = self.telling.body("center")
        for part, (name, kind, subjects) in WINDOWS.items():
            window = set_up_window(self.center, name=name, kind=kind, subjects=subjects, by=boss)
            if not part:
                continue
            self.windows[part], self.people[part] = window, self.telling.user(part)
            open_and_sit(window, by=self.people[part])
            for weekday in self._weekdays():
                duty.plan(
                    self.center, person=self.people[part], weekday=weekday, starts=MORNING, ends=EVENING, window=window,
                    kind=Stationing.ROTATING, by=boss,
                )  # fmt: skip
        for device, what, page in ((DeviceKind.SCREEN, "大屏", "screen"), (DeviceKind.KIOSK, "取号机", "kiosk")):
            _device, token = make_device(self.center, kind=device, name=f"{what}（示例）", by=boss)
            self.doors.append(Door(f"{what} {device}", reverse(page, args=[token])))

    def _weekdays(self) -> Iterator[int]:
        today = timezone.localdate(self.telling.now)
        return ((today + timedelta(days=n)).weekday() for n in range(DAYS_PLANNED))

    def _come(self, subject: str) -> None:
        number = Ticket.objects.filter(body=self.center).count()
        take(self.center, subject=subject, priority=Priority.ELDER if number % 7 == 3 else "")

    def _in_hand(self, part: str) -> Ticket | None:
        return Ticket.objects.at_windows().filter(window=self.windows[part]).select_related("clerk").first()

    def _call(self, part: str) -> Ticket | None:
        """Done with whoever is there, and the next is called: they are still on their way."""
        ticket, clerk = self._in_hand(part), self.people[part]
        return calling.finish_and_call_next(ticket, by=clerk) if ticket else calling.call_next(by=clerk)

    def _next(self, part: str) -> None:
        if ticket := self._call(part):
            calling.serve(ticket, by=self.people[part])

    def _hold(self, part: str) -> None:
        if ticket := self._in_hand(part):
            calling.hold(ticket, by=self.people[part])

    def _miss(self, part: str) -> None:
        if (ticket := self._call(part)) and ticket.state == TicketState.CALLED:
            calling.miss(ticket, by=self.people[part])

    def _send(self, part: str) -> None:
        """Whoever could not say whose matter it is turns out to be one for the window next door."""
        if ticket := self._in_hand(part):
            calling.transfer(ticket, subject=FAMILY, by=self.people[part])
