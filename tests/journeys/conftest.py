"""The stage of the journeys: Wuxing as it is loaded for real, its people signed in by hand, a camera, and a calendar to turn."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import ViewportSize

from fengqiao.people.models import User
from tests.conftest import PICTURES

from .cast import Cast
from .people import DESK, PASSWORD, PATIENCE, PHONE, Film, Person

STOPS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture
def wuxing(transactional_db: None) -> None:
    """The district from its folder; everybody on its list can sign in."""
    call_command("load_district", "wuxing", verbosity=0)
    User.objects.update(password=make_password(PASSWORD))


@pytest.fixture
def worker() -> Callable[[], None]:
    """What the worker does when it looks once."""

    def look() -> None:
        before = [signal.getsignal(one) for one in STOPS]
        call_command("worker", once=True)
        for one, handler in zip(STOPS, before, strict=True):
            signal.signal(one, handler)

    return look


@pytest.fixture
def calendar() -> Iterator[time_machine.Traveller]:
    """The clock of the house, going on from a Monday morning; `calendar.move_to(...)` turns it."""
    with time_machine.travel("2026-11-23T09:05:00+08:00", tick=True) as moving:
        yield moving


@pytest.fixture
def film(request) -> Film:
    """Pictures of a whole journey, numbered through all who take part: test-output/journey/NN-who-what.jpg, or in the folder
    that the test's module calls FILM.
    """
    return Film(Path(PICTURES) / getattr(request.module, "FILM", "journey"))


@pytest.fixture
def somebody(live_server, new_context, film) -> Callable[..., Person]:
    """A browser of their own."""

    def opened(who: str, size: ViewportSize, **options: Any) -> Person:
        page = new_context(base_url=live_server.url, **options).new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size(size)
        return Person(page, film, who)

    return opened


@pytest.fixture
def at_the_desk(somebody) -> Callable[..., Person]:
    """`at_the_desk("fangyun", "clerk")`: they come to their own machine and sign in with name and password."""
    there: dict[str, Person] = {}

    def opened(username: str, who: str = "") -> Person:
        person = there.setdefault(username, there.get(username) or somebody(who or username, DESK))
        person.sign_in(username)
        return person

    return opened


@pytest.fixture
def in_the_chair(somebody, live_server) -> Callable[..., Person]:
    """`in_the_chair("fangyun", "clerk")`: they have signed in already; a cookie says so."""
    there: dict[str, Person] = {}

    def opened(username: str, who: str = "") -> Person:
        person = there.setdefault(username, there.get(username) or somebody(who or username, DESK))
        client = Client()  # each of their own: who signs in where another was ends that one's session
        client.force_login(User.objects.get(username=username))
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        person.page.context.add_cookies([cookie])
        return person

    return opened


@pytest.fixture
def cast(wuxing, calendar, worker, in_the_chair, on_a_phone) -> Cast:
    """Everybody of Wuxing, signed in by cookie."""
    return Cast(on_a_phone("resident"), on_a_phone("respondent"), in_the_chair, worker, calendar)


@pytest.fixture
def on_a_phone(somebody) -> Callable[[str], Person]:
    """`on_a_phone("resident")`: somebody's own phone."""
    return lambda who: somebody(who, PHONE, has_touch=True)
