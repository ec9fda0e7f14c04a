"""The administrator's limits and warnings: what a changed limit would move, and who is told when."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from fengqiao.bodies.models import Body
from fengqiao.disputes import recounting
from fengqiao.disputes.models import Dispute, Recount, WarningStep
from fengqiao.disputes.warning_steps import plans
from fengqiao.district import reading
from fengqiao.district.loading import load
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import User
from tests.district.folders import a_small_folder
from tests.district.test_screens import HOME, WHY, carried, signed_in, table, text
from tests.world import a_registered_dispute

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def wuxing(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[User]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(reading.read(str(a_small_folder(tmp_path_factory.mktemp("district")))))
        yield User.objects.get(username="hejing")
        transaction.set_rollback(True)


@pytest.fixture
def desk(wuxing, db) -> Client:
    return signed_in(wuxing)


def confirmed(client: Client, name: str, shown, **more):
    return client.post(f"{HOME}{name}/confirm/", {**carried(shown), "reason": WHY, **more})


def test_a_shorter_limit_shows_which_running_ones_it_would_move_and_moves_them_only_if_asked(desk):
    dispute = a_registered_dispute(Body.objects.get(key="mdc-labour"), User.objects.get(username="gumin"))
    rows = "key,n,unit,exclude_start_day,basis,effective_from\nrespond,24,hour,,区里的规定,2020-01-01\n"
    shown = table(desk, "limits", rows)
    assert "有 1 件会换日子" in text(shown) and dispute.number in text(shown)
    assert confirmed(desk, "limits", shown).status_code == 302
    assert not Recount.objects.exists()
    shown = table(desk, "limits", rows.replace("24", "12"))
    assert confirmed(desk, "limits", shown, move="on").status_code == 302
    assert Dispute.objects.get(pk=dispute.pk).main_clock.n == 48
    assert recounting.work_off() == 1
    assert Dispute.objects.get(pk=dispute.pk).main_clock.n == 12
    assert WHY in Entry.objects.of("dispute", dispute.pk).last().sentence
    assert list(verify()) == []


def test_the_limits_that_nobody_has_replaced_are_listed_with_what_is_in_doubt(desk):
    said = text(desk.get(f"{HOME}limits/"))
    assert "办结信访事项" in said and "信访工作条例 34：六十日内" in said
    assert "待核：" in said and "由区县填" in said
    assert desk.get(f"{HOME}limits/add/?as=window.feedback").status_code == 200


def test_warnings_are_rows_that_can_be_added_and_taken_back(desk):
    row = {"limit": "respond", "when": "before", "hours": "12", "times": "", "to": ["handler", "superior"]}
    shown = desk.post(f"{HOME}warnings/add/", row)
    assert "承办单位、上级单位" in text(shown)
    assert confirmed(desk, "warnings", shown).status_code == 302
    assert [step.hours for step in plans()("respond")] == [-12, 0]
    assert "到期前" in text(desk.get(f"{HOME}warnings/"))
    seq = Entry.objects.filter(subject="district").latest("seq").seq
    undone = desk.post(f"{HOME}history/{seq}/undo/")
    assert desk.post(f"{HOME}history/{seq}/undo/", {**carried(undone), "reason": WHY}).status_code == 302
    assert not WarningStep.objects.exists()


def test_steps_that_make_no_sense_are_refused_each_with_its_reason(desk):
    row = {"limit": "respond", "when": "before", "hours": "3", "times": "", "to": ["handler"]}
    for wrong, told in (
        ({"when": "at"}, "到期时（at）不写 hours"),
        ({"times": "5"}, "只有到期后"),
        ({"to": []}, "要写提醒谁"),
    ):
        assert told in text(desk.post(f"{HOME}warnings/add/", row | wrong)), wrong
    broken = table(desk, "warnings", "limit,when,hours,to\nmediate.none,after,9999,boss\n")
    for told in ("没有期限“mediate.none”", "hours 最多 2160", "“boss”不在可选值里"):
        assert told in text(broken)
