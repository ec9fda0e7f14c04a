"""Who takes part in the journey of the wages, and what they know: the calendar, the worker, the number, codes and PINs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import time_machine

from fengqiao.disputes.models import Dispute

from .people import Person


@dataclass
class Cast:
    """Each has a browser of their own; those at the desk sign in anew every day."""

    resident: Person
    respondent: Person
    desk: Callable[..., Person]
    worker: Callable[[], None]
    calendar: time_machine.Traveller
    number: str = ""
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)  # code and PIN of each party

    def it_is(self, when: str) -> None:
        """The calendar goes on, `12-04T18:40`, and the worker has looked."""
        self.calendar.move_to(f"2026-{when}:00+08:00")
        self.worker()

    @property
    def dispute(self) -> Dispute:
        return Dispute.objects.get(number=self.number)

    @property
    def address(self) -> str:
        return f"/desk/disputes/{self.number}/"

    def at_it(self, username: str, who: str) -> Person:
        """At the desk, with the dispute open."""
        person = self.desk(username, who)
        person.goes(self.address)
        return person

    def is_given(self, party: Person, by: Person) -> None:
        """Code and PIN, read off the slip on the other's screen."""
        slip = by.page.locator(".fq-ticket").inner_text()
        found = re.search(r"查询码\s*(\d{8})\s*密码\s*(\d{6})", slip)
        assert found, slip
        self.keys[party.who] = (found[1], found[2])

    def comes_back(self, party: Person) -> None:
        party.comes_with(*self.keys[party.who])

    def she_looks_in(self, what: str, *sentences: str) -> None:
        """Who holds it, until when, by which rule: her own page."""
        self.comes_back(self.resident)
        self.resident.reads(*sentences)
        self.resident.is_filmed(what)
