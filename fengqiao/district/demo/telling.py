"""What a story is told with: its days, the district's people and places by name, and how somebody comes in."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import Category, Channel, Difficulty, Dispute
from fengqiao.disputes.passes import Issued
from fengqiao.intake.commands import Reception, apply_online, receive
from fengqiao.intake.drafts import ConsentDraft, ReceptionDraft
from fengqiao.kernel.calendar import SATURDAY, official
from fengqiao.kernel.errors import CalendarMissing
from fengqiao.people.models import RosterEntry, User
from fengqiao.places.models import Region

from . import drawing


class Given(io.BytesIO):
    """A file that somebody hands in."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name: str | None = name
        self.size: int | None = len(data)


@dataclass
class Telling:
    """One run of the demonstration, told as of `now`. `stage` says who plays whom: the district's demo.yaml."""

    now: datetime
    stage: dict[str, Any]
    passes: dict[str, tuple[Dispute, Issued]] = field(default_factory=dict)  # by title: what its first applicant holds

    def on(self, working_days: int, at: str) -> datetime:
        """So many working days ago (negative: from now), at this time."""
        day, step = timezone.localdate(self.now), timedelta(days=1 if working_days < 0 else -1)
        for _n in range(abs(working_days)):
            day += step
            while not people_work(day):
                day += step
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(at)))

    def ago(self, hours: float) -> datetime:
        return self.now - timedelta(hours=hours)

    def day(self, days: int) -> date:
        """A date so many days from now, for what people promise."""
        return timezone.localdate(self.now) + timedelta(days=days)

    def user(self, part: str) -> User:
        username = self.stage["people"][part]
        return User.objects.select_related("home_body__region", "station_body__region").get(username=username)

    def on_the_roster(self, *parts: str) -> list[RosterEntry]:
        """Their entries, in this order."""
        return [RosterEntry.objects.select_related("body", "user").get(user=self.user(part)) for part in parts]

    def body(self, part: str) -> Body:
        return Body.objects.select_related("region", "parent").get(key=self.stage["bodies"][part])

    def name(self, place: str) -> str:
        """What people call the place."""
        return self.stage["places"][place]["name"]

    def window(self, clerk: str, draft: ReceptionDraft) -> Dispute:
        """Somebody comes to the window, calls, or is reported by a village."""
        return self._received(receive(draft=draft, by=self.user(clerk)))

    def online(self, draft: ReceptionDraft, photos: Sequence[str] = ()) -> Dispute:
        """Somebody writes from their telephone, with photos."""
        return self._received(apply_online(draft=draft, uploads=[a_photo(what) for what in photos]))

    def matter(
        self,
        title: str,
        facts: str,
        *parties: PartyDraft,
        category: str,
        place: str,
        address: str = "",
        demand: str = "",
        yuan: int | None = None,
        difficulty: Difficulty = Difficulty.GENERAL,
        channel: Channel = Channel.WINDOW,
        persons: int = 1,
        representatives: Sequence[str] = (),
    ) -> ReceptionDraft:
        """What somebody brings."""
        return ReceptionDraft(
            title=title, facts=facts, demand=demand, parties=parties, category=Category.objects.get(code=category),
            place=Region.objects.get(code=self.stage["places"][place]["code"]), address=address, amount_fen=yuan * 100 if yuan else None,
            difficulty=difficulty, channel=channel, persons=persons, representatives=representatives,
            consent=ConsentDraft(sensitive=True),
        )  # fmt: skip

    def _received(self, reception: Reception) -> Dispute:
        self.passes[reception.dispute.title] = (reception.dispute, reception.issued)
        return reception.dispute


def a_photo(what: str) -> Given:
    return Given(f"{what}.png", drawing.photo(what))


def people_work(day: date) -> bool:
    """By the calendar as far as it is published, on plain weeks after that."""
    try:
        return official().is_working(day)
    except CalendarMissing:
        return day.weekday() < SATURDAY
