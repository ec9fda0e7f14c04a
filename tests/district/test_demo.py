"""The demonstration: stories told through the commands that people use, on the days they tell of."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from fengqiao.bodies.models import Body
from fengqiao.desk.oversight.board import Board
from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Clock, Dispute
from fengqiao.disputes.passes import open_with
from fengqiao.district.backdating import clock_from
from fengqiao.district.demo import building
from fengqiao.district.demo.stories import STORIES
from fengqiao.intake.queue.board import board_of
from fengqiao.ledger.models import Entry, Seal
from fengqiao.ledger.verify import verify
from fengqiao.mediation.choosing import Wished
from fengqiao.people.models import SYSTEM, RosterEntry, User
from fengqiao.supervision.models import Clearing, Conference
from tests.world import a_registered_dispute

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # it is built of commands, each of them tried on both engines


@pytest.fixture
def home(tmp_path):
    with override_settings(FENGQIAO_HOME=tmp_path):
        yield tmp_path


@pytest.fixture(autouse=True)
def the_worker_stays_in_the_tests_transaction(monkeypatch):
    """It would give back its connection after every round, and with it what the test did."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


def demo(**options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("demo", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def states() -> set[str]:
    return set(Dispute.objects.values_list("state", flat=True))


@pytest.mark.usefixtures("wuxing", "home")
def test_the_whole_demonstration_lives_and_its_record_is_whole(client):
    demo()
    assert Dispute.objects.count() == len(STORIES) + 1  # one of them is joined by its twin
    wanted = {
        State.REGISTERED, State.ROUTED, State.ACCEPTED, State.MEDIATING, State.SUSPENDED, State.SIGNING, State.AGREED_ORAL,
        State.PERFORMING, State.BREACHED, State.CONFIRMING, State.FAILED, State.WITHDRAWN, State.MERGED,
        State.FOLLOW_UP, State.ARCHIVED,
    }  # fmt: skip
    assert wanted <= states()
    assert list(verify()) == []
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()

    now = timezone.now()
    assert Dispute.objects.filter(due_at__lt=now).count() >= 3  # some are late
    assert Clock.objects.exclude(missed_at=None).exists()
    assert Dispute.objects.filter(registered_at__lt=now - timedelta(days=30)).exists()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert Seal.objects.latest("day").day == timezone.localdate() - timedelta(days=1)

    at_the_last_signature = Dispute.objects.get(state=State.SIGNING).agreements.latest("draft")
    assert (at_the_last_signature.signed, at_the_last_signature.needed) == (2, 3)
    assert Dispute.objects.get(state=State.PERFORMING).obligations.filter(state="met").count() == 2
    assert Dispute.objects.get(state=State.ARCHIVED).archives.count() == 1
    wish = Dispute.objects.get(title="邻居在楼道装摄像头正对我家门").wishes.get(status=Wished.GRANTED)
    assert wish.entry.user_id == wish.dispute.mediator_id
    assert RosterEntry.objects.shown().count() == 7
    leader = Board(User.objects.get(username="xulijun"))
    assert all(number.count > 0 for number in leader.numbers())
    assert {order.state for order in leader.orders()} == {"answered", "given"}
    assert Conference.objects.get(state="held").tasks.filter(closed_at=None).count() == 1
    assert Clearing.objects.count() == 10
    hall = board_of(Body.objects.root())
    assert [window.is_open for window in hall.windows] == [True] * 5 + [False]
    assert len(hall.sitting) == len(hall.at_window) == 5
    assert len(hall.waiting) >= 6
    assert len(hall.held) == 1
    assert all("示例" in window.name for window in hall.windows)
    for door in building.doors():
        assert client.get(door.path).status_code == 200
    assert {1, 5, 8, 12, 18} <= set(Dispute.objects.values_list("visits__persons", flat=True))


@pytest.mark.usefixtures("wuxing", "home")
def test_it_tells_who_can_sign_in_and_what_the_residents_hold_and_tells_it_again_where_it_is_built(home):
    told, progress = demo(count=2)
    assert User.objects.get(username="chenxiaoyan").check_password("fengqiao-demo")
    for user in User.objects.all():
        assert user.username in told
        assert user.name in told
    for resident in building.residents():
        assert resident.code in told
        assert open_with(resident.code, resident.pin).party.name == resident.name
    assert progress.startswith("0/10")
    assert progress.endswith("10/10\n")

    kept = home / "demo_accounts.json"  # where the sign-in page looks
    accounts = json.loads(kept.read_text(encoding="utf-8"))
    assert {"username", "password", "name", "post"} <= set(accounts[0])
    assert kept.stat().st_mode & 0o077 == 0

    again, _progress = demo(if_empty=True)
    assert again == told
    assert Dispute.objects.count() == 2
    with pytest.raises(CommandError, match="空的系统"):
        demo()


@pytest.mark.usefixtures("wuxing", "home")
def test_where_people_work_already_no_account_gets_the_demos_password():
    a_registered_dispute()
    told, _progress = demo(if_empty=True)
    assert told == ""
    assert not User.objects.get(username="hejing").has_usable_password()
    with pytest.raises(CommandError, match="没有建过演示"):
        demo(accounts=True)


@pytest.mark.usefixtures("wuxing", "home")
def test_everyday_disputes_fill_up_to_the_number_that_is_wanted(monkeypatch):
    monkeypatch.setattr(building, "STORIES", STORIES[:1])
    demo(count=5)
    assert Dispute.objects.count() == 5
    assert list(verify()) == []


@pytest.mark.usefixtures("wuxing", "home")
def test_it_refuses_in_production():
    with override_settings(ENVIRONMENT="production"), pytest.raises(CommandError, match="No demonstration"):
        demo()
    assert not Dispute.objects.exists()


def test_the_clock_shows_the_day_a_story_tells_of_and_goes_on():
    then = timezone.now() - timedelta(days=20)
    with clock_from(then) as hands:
        assert then <= timezone.now() < then + timedelta(seconds=5)
        later = then + timedelta(days=3)
        hands.forward(later)
        assert timezone.now() >= later
        hands.forward(then)
        assert timezone.now() >= later
        assert timezone.is_aware(timezone.localtime(timezone.now()))
    assert timezone.now() - then > timedelta(days=19)


def test_a_field_whose_default_is_now_is_backdated_as_well():
    then = timezone.now() - timedelta(days=20)
    with clock_from(then):
        issued = give_pass(a_registered_dispute().applicants[0], by=SYSTEM)
    assert issued.access.created_at - then < timedelta(minutes=1)


def test_the_clock_of_a_production_system_is_not_set_back():
    with override_settings(ENVIRONMENT="production"), pytest.raises(ImproperlyConfigured), clock_from(timezone.now()):
        pass
    assert settings.ENVIRONMENT == "test"
