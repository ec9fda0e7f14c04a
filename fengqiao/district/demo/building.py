"""Builds the demonstration: the people of the district get a password, and live through their stories up to now."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone, translation

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.district.backdating import clock_from
from fengqiao.district.reading import District
from fengqiao.district.schema import ACCOUNTS
from fengqiao.notices.commands import read_all
from fengqiao.people.models import User

from .addresses import addresses
from .everyday import everyday
from .hall import Door, Hall
from .life import Story, live
from .roster import roster_of
from .stories import SHOWN, STORIES
from .stories.oversight import OVERSIGHT
from .telling import Telling

PASSWORD = "fengqiao-demo"  # noqa: S105 (it is told to everybody, and set nowhere but here)
SPAN = timedelta(days=60)  # the oldest story is younger than this, holidays included
ACTS_A_STORY = 5  # about
ENOUGH_FOR_A_HALL = 12  # whoever wants fewer stories wants them quickly
ACCOUNTS_FILE, PASSES_FILE, DOORS_FILE = "demo_accounts.json", "demo_passes.json", "demo_doors.json"


@dataclass(frozen=True)
class Resident:
    """What the first applicant of a dispute holds: nothing keeps a PIN in clear but this file of the demonstration."""

    number: str
    title: str
    name: str
    code: str
    pin: str


class Worker(Protocol):
    """What works beside the people: delivers what is owed, does what is due by the clock."""

    def deliver(self) -> None: ...

    def by_clock(self) -> None: ...


def build(district: District, *, count: int, worker: Worker, told: Callable[[int, int], object]) -> None:
    """Tell `count` stories: the written ones first, then as many everyday ones as are wanted.

    `worker` does what the worker does in life; `told` hears how much of how much is done.
    """
    if district.stage is None:
        raise LookupError(f"{district.name} has no demo.yaml")
    give_passwords(district)
    now = timezone.now()
    with translation.override("zh-hans"), clock_from(now - SPAN) as hands:
        addresses(district.stage)
        telling = Telling(now=now, stage=district.stage)
        stories: list[Story] = [story(telling) for story in STORIES[:count]]
        stories += [everyday(telling, n) for n in range(count - len(stories))]
        hall = Hall(telling)
        stories += [story(telling) for story in OVERSIGHT if count >= ENOUGH_FOR_A_HALL]
        stories += [roster_of(telling), *([hall.story()] if count >= ENOUGH_FOR_A_HALL else [])]
        acts = count * ACTS_A_STORY
        done = iter(range(1, acts))
        told(0, acts)
        live(
            [*stories, _reading(telling)], hands=hands, until=now, by_clock=worker.by_clock, deliver=worker.deliver,
            told=lambda _moment: told(next(done, acts - 1), acts),
        )  # fmt: skip
        told(acts, acts)
    _write(PASSES_FILE, [asdict(resident) for resident in _residents(telling)])
    _write(DOORS_FILE, [asdict(door) for door in hall.doors])


def accounts() -> list[dict[str, str]]:
    """The accounts as the sign-in page offers them; none where no demonstration was built."""
    return _read(ACCOUNTS_FILE)


def residents() -> list[Resident]:
    return [Resident(**row) for row in _read(PASSES_FILE)]


def doors() -> list[Door]:
    """The hall's big screen and kiosk."""
    return [Door(**row) for row in _read(DOORS_FILE)]


def give_passwords(district: District) -> None:
    """The accounts of the district's file get the demonstration's password, and the sign-in page offers them."""
    names = [row["username"] for row in district[ACCOUNTS]]
    people = User.objects.filter(username__in=names).select_related("home_body", "station_body")
    people.update(password=make_password(PASSWORD))
    by_name = {user.username: user for user in people}
    rows = [_account(by_name[name]) for name in names if name in by_name]
    _write(ACCOUNTS_FILE, rows)


def _account(user: User) -> dict[str, str]:
    where = "" if user.body == Body.objects.root() else str(user.body)
    post = "　".join(word for word in (where, user.title or str(user.get_role_display())) if word)
    return {
        "username": user.username, "password": PASSWORD, "name": user.name, "post": post, "role": user.role,
    }  # fmt: skip


def _reading(telling: Telling) -> Story:
    """Everybody reads their notices now and then, but not yet the latest."""
    for days in (28, 21, 14, 7, 2):
        yield telling.ago(24 * days)
        for user in User.objects.filter(is_active=True):
            read_all(by=user)


def _residents(telling: Telling) -> list[Resident]:
    held = [telling.passes[title] for title in SHOWN if title in telling.passes]
    return [
        Resident(
            number=Dispute.objects.get(pk=dispute.pk).number, title=dispute.title, name=issued.access.party.name,
            code=issued.access.code, pin=issued.pin,
        )
        for dispute, issued in held
    ]  # fmt: skip


def _write(name: str, rows: list) -> None:
    path = Path(settings.FENGQIAO_HOME) / name
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    path.chmod(0o600)


def _read(name: str) -> list:
    path = Path(settings.FENGQIAO_HOME) / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
