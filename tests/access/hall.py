"""The hall of 月河's committee: a window with somebody at it, numbers, a kiosk, a screen, and a roster."""

from datetime import time

from django.utils import timezone

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import Stationing, WindowKind
from fengqiao.intake.queue.calling import call_next
from fengqiao.intake.queue.closing import open_and_sit
from fengqiao.intake.queue.devices import make_device
from fengqiao.intake.queue.models import DeviceKind
from fengqiao.intake.queue.taking import take
from fengqiao.people.duty import commands as duty
from tests.access.county import County, Town
from tests.world import a_user


class HallScene:
    """The clerk of the committee has one number in hand, another waits, and a third is still at home."""

    def __init__(self, county: County) -> None:
        town: Town = county.here
        self.body, boss = town.committee, town.manager
        make = {"kind": WindowKind.SPECIALIST, "by": boss}
        self.window = set_up_window(self.body, name="调解一号窗口", subjects=["邻里纠纷"], **make)
        open_and_sit(self.window, by=town.clerk)
        self.in_hand, self.waiting = take(self.body, subject="邻里纠纷"), take(self.body, subject="邻里纠纷")
        self.at_home = take(self.body, subject="邻里纠纷", from_home=True)
        call_next(by=town.clerk)
        self.kiosk, self.kiosk_token = make_device(self.body, kind=DeviceKind.KIOSK, name="门口", by=town.clerk)
        self.screen, self.screen_token = make_device(self.body, kind=DeviceKind.SCREEN, name="大厅", by=town.clerk)
        hours = {"starts": time(0), "ends": time(23, 59), "by": boss}
        today = timezone.localdate().weekday()  # who is within call on another day cannot be called now
        self.shift = duty.plan(self.body, person=town.clerk, weekday=today, window=self.window, **hours)
        self.on_call = duty.plan(
            self.body, person=a_user(town.committee, name="随叫"), weekday=today, kind=Stationing.ON_CALL, **hours
        )
        self.call = duty.call_out(self.on_call, person=self.on_call.person, by=town.clerk)
        duty.note_attendance(self.body, person=town.clerk, day=self.in_hand.day, state="late", by=boss)
        self.clerk = town.clerk

    @property
    def tokens(self) -> set[str]:
        """What opens a door, and must not lie about in clear."""
        tickets = (self.in_hand, self.waiting, self.at_home)
        return {self.kiosk_token, self.screen_token, *(one.token for one in tickets)}

    def values(self, route: str) -> dict[str, object]:
        """What an address of the hall is filled in with."""
        rows = {
            "/desk/queue/tickets/": self.in_hand, "/desk/windows/devices/": self.kiosk, "/desk/duty/calls/": self.call,
            "/desk/duty/people/": self.clerk, "/desk/duty/": self.on_call if route.endswith("/call/") else self.shift,
        }  # fmt: skip
        row = next((one for start, one in rows.items() if route.startswith(start)), self.window)
        tokens = {"/hall/kiosk/": self.kiosk_token, "/hall/screen/": self.screen_token}
        token = next((one for start, one in tokens.items() if route.startswith(start)), self.waiting.token)
        act = "away" if "/queue/windows/" in route else "serve"
        return {"pk": row.pk, "act": act, "token": token, "ticket": self.waiting.token, "key": self.body.key}
