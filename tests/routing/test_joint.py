"""呼、分、联、销: bodies are called, name who does it, come, and close their part; whoever leads cannot simply go on without them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.joining import loads_of_bodies, loads_of_people, unclosed
from fengqiao.disputes.models import Attendance, Dispute, JointTask, Outcome
from fengqiao.kernel.calendar import TZ
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, RosterEntry
from fengqiao.people.roster.models import Enrolment, Kind
from fengqiao.routing import commands
from fengqiao.routing.answering import answer_call
from fengqiao.routing.joint import tasks
from fengqiao.routing.joint.calling import Called, call_all
from fengqiao.routing.joint.candidates import candidates
from fengqiao.routing.joint.offering import own_task, parts_of, task_offers
from fengqiao.routing.models import Duty
from tests.world import a_category, a_user


@pytest.fixture
def dispute(town):
    return commands.accept(town.dispute(), by=town.clerk())


@pytest.fixture
def called(town, dispute):
    both = [Called(town.trade), Called(town.studio), Called(town.trade)]
    return call_all(dispute, called=both, reason="请派人看", by=town.clerk())


def task_of(dispute, body) -> JointTask:
    return JointTask.objects.get(dispute=dispute, assist__body=body)


def last(dispute) -> Entry:
    return Entry.objects.of("dispute", dispute.pk).last()


def test_each_called_body_has_one_task_of_its_own_numbered_within_the_dispute(town, called):
    found = JointTask.objects.filter(dispute=called)
    assert [str(task) for task in found] == [f"{called.number}-1", f"{called.number}-2"]
    assert {task.due_on for task in found} == {tasks.usual_due()}
    with pytest.raises(Refused, match="已经呼叫过"):
        call_all(called, called=[Called(town.trade)], reason="再来", by=town.clerk())
    with pytest.raises(Refused, match="至少选一个"):
        call_all(called, called=[], reason="再来", by=town.clerk())
    with pytest.raises(Refused, match="早于今天"):
        yesterday = timezone.localdate() - timedelta(days=1)
        call_all(called, called=[Called(town.village)], reason="来", due_on=yesterday, by=town.clerk())


def test_the_answer_names_who_comes_or_ends_the_task(town, called):
    head, worker = a_user(town.trade, Role.MANAGER, name="何明"), a_user(town.trade, Role.MEDIATOR, name="孙立")
    answer_call(called, comes=True, person=worker, by=head)
    assert task_of(called, town.trade).person == worker
    assert last(called).payload["user_ids"] == [worker.pk]
    answer_call(called, comes=False, words="人手不够", by=a_user(town.studio))
    done = task_of(called, town.studio)
    assert (done.outcome, done.result) == (Outcome.CANNOT, "人手不够")


def test_only_the_body_and_who_called_name_somebody_and_only_of_that_body(town, called):
    task, worker = task_of(called, town.trade), a_user(town.trade, Role.MEDIATOR)
    with pytest.raises(Refused, match="来定人"):
        tasks.assign(task, person=worker, by=a_user(town.studio))
    with pytest.raises(Refused, match="请重新选"):
        tasks.assign(task, person=a_user(town.studio), by=town.clerk())
    assert tasks.assign(task, person=worker, by=town.clerk()).person == worker


def test_the_body_closes_its_own_task_and_may_be_asked_again(town, called):
    task, member = task_of(called, town.trade), a_user(town.trade, Role.MANAGER)
    with pytest.raises(Refused, match=f"只有{town.trade}"):
        tasks.close(task, outcome="done", result="办了", by=town.clerk())
    with pytest.raises(Refused, match="结果怎样"):
        tasks.close(task, outcome="done", result="", by=member)
    tasks.close(task, outcome="done", result="发了工资条", by=member)
    assert own_task(called, member).is_open is False
    with pytest.raises(Refused, match="已经销号"):
        tasks.close(task, outcome="done", result="又办了", by=member)
    tasks.send_back(task, reason="还差两个人", by=town.clerk())
    assert task_of(called, town.trade).is_open
    tasks.drop(task_of(called, town.studio), reason="不用来了", by=town.clerk())
    assert unclosed(called) == f"还有 1 个单位的联动任务没有销号：{town.trade}。"


def test_who_came_is_on_record_for_each_called_body(town, called):
    trade, studio = called.assists.get(body=town.trade), called.assists.get(body=town.studio)
    with pytest.raises(Refused, match="到了再记"):
        tasks.record_attendance(
            called, what="联席调解", on=timezone.localdate() + timedelta(days=1), came=[], by=town.clerk()
        )
    tasks.record_attendance(called, what="联席调解", on=timezone.localdate(), came=[trade], by=town.clerk())
    assert set(Attendance.objects.values_list("assist", "came")) == {(trade.pk, True), (studio.pk, False)}
    assert f"到场{town.trade}；没到{town.studio}" in last(called).sentence
    assert [(part.came, part.missed) for part in parts_of(called, town.clerk())] == [(1, 0), (0, 1)]


def test_nobody_closes_over_open_tasks_without_a_word_and_what_is_left_is_dropped(town, called):
    by = town.clerk()
    commands.hand_over(Dispute.objects.get(pk=called.pk), to_name="某仲裁院", kind="arbitration", reason="要裁", by=by)
    with pytest.raises(Refused, match="还有 2 个单位的联动任务没有销号"):
        callbacks.close(called, outcome="", remark="", by=by)
    callbacks.close(called, outcome="", remark="仲裁院接着办，不等了", by=by)
    entry = last(called)
    tasks.drop_what_is_left(entry)
    tasks.drop_what_is_left(entry)
    assert set(JointTask.objects.values_list("outcome", flat=True)) == {Outcome.DROPPED}


def test_what_is_late_is_told_once(town):
    with time_machine.travel(datetime(2026, 10, 12, 9, tzinfo=TZ), tick=False) as clock:
        dispute = commands.accept(town.dispute(), by=town.clerk())
        commands.call_in(dispute, body=town.trade, reason="看看", by=town.clerk())
        assert tasks.tell_late() == 0
        clock.shift(timedelta(days=10))
        assert (tasks.tell_late(), tasks.tell_late()) == (1, 0)
        assert last(dispute).kind == "joint.late"
        assert task_of(dispute, town.trade).is_late


def on_the_roster(user, **kw) -> RosterEntry:
    body = kw.pop("body", None) or user.home_body
    return RosterEntry.objects.create(user=user, name=user.name, body=body, standing=Enrolment.ON, **kw)


@pytest.fixture
def bank(town):
    """Two experts of labour matters, the first of them busy; a duty list with two that cooperate."""
    labour = a_category("10", "劳动争议")
    busy, free = (a_user(town.trade, Role.MEDIATOR, name=name) for name in ("忙的", "闲的"))
    free.station_body, free.home_body = town.centre, town.trade
    free.save()
    rows = [on_the_roster(one, kinds=[Kind.EXPERT], specialities=["10"]) for one in (busy, free)]
    Dispute.objects.filter(pk=town.dispute().pk).update(mediator=busy)
    duty = Duty.objects.create(item="10", name="欠薪", category=labour, lead=town.branch)
    duty.cooperating.set([town.village, town.studio])
    town.dispute(town.village)
    yield labour, busy, free
    for row in rows:
        row.delete()
    Dispute.objects.update(mediator=None)


def test_two_bodies_that_nobody_proposed_are_called_with_one_press(client, town):
    dispute = town.dispute()
    client.force_login(town.clerk())
    two = {"body": town.trade.pk, "third": town.other_village.pk, "second": town.trade.pk, "reason": "请一起去现场"}
    at = f"/desk/disputes/{dispute.number}/call-in/"
    assert client.post(at, {**two, "seen": dispute.version}).status_code == 302
    assert {one.assist.body for one in dispute.joint_tasks.all()} == {town.trade, town.other_village}


def test_the_least_laden_of_the_matter_are_proposed_first_each_with_its_reason(town, bank):
    labour, busy, free = bank
    dispute = commands.accept(town.dispute(category=labour), by=town.clerk())
    found = candidates(dispute)
    assert [one.body for one in found if one.person is None] == [town.studio, town.village]
    people = [one for one in found if one.person]
    assert [(one.person, one.load) for one in people] == [(free, 0), (busy, 1)]
    assert people[0].words == f"闲的（{town.centre}）：专家，擅长这类事，驻{town.centre}，手上 0 件"
    assert (loads_of_people([busy.pk])[busy.pk], loads_of_bodies([town.village.pk])[town.village.pk]) == (1, 1)
    call_all(
        dispute, called=[Called(one.body, one.person, one.reason) for one in people], reason="来看", by=town.clerk()
    )
    assert task_of(dispute, town.centre).person == free
    assert {one.person for one in candidates(dispute)} == {None}


def test_the_pages_of_joint_handling(town, called, client):
    member = a_user(town.trade, Role.MANAGER)
    at = f"/desk/disputes/{called.number}/tasks/1/"
    client.force_login(member)
    assert [offer.label for offer in task_offers(called, member)] == ["销号"]
    assert "呼叫（吹哨）单" in client.get(f"{at}slip/").content.decode()
    version = Dispute.objects.get(pk=called.pk).version
    assert client.post(f"{at}close/", {"seen": version, "outcome": "done", "result": "办了"}).status_code == 302
    assert client.get(f"/desk/disputes/{called.number}/attendance/").status_code == 409
    client.force_login(a_user(town.other_branch))
    assert client.get(f"{at}slip/").status_code == 404
    client.force_login(town.clerk())
    page = client.get(f"/desk/disputes/{called.number}/").content.decode()
    assert "办好了" in page
    assert "退回再办" in page
