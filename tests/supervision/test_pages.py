"""The pages: from the dispute to the order and back; lists; the board; what is not theirs is not there."""

from datetime import timedelta

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fengqiao.desk.oversight import board
from fengqiao.disputes import clocks
from fengqiao.disputes.models import Dispute, Risk
from fengqiao.people.models import Role, User
from fengqiao.routing import commands as routing
from fengqiao.supervision.commands import conferences, incidents, leading, orders
from fengqiao.supervision.models import Conference, Incident, LeaderCase, Order
from tests.delivering import work
from tests.supervision.office import in_days
from tests.world import a_user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opened(user: User, name: str, *args, query: str = "") -> str:
    answer = browser(user).get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(user: User, name: str, *args, **data) -> None:
    answer = browser(user).post(reverse(name, args=args), data)
    assert answer.status_code == 302, answer.content.decode()


def an_order(office, dispute: Dispute) -> Order:
    return orders.give(
        dispute, kind="supervise", body=office.town.village, words="三天内见面", due_on=in_days(3), by=office.head
    )


def test_an_order_is_given_signed_for_answered_and_accepted_on_its_pages(office):
    dispute = office.dispute()
    assert "督办" in opened(office.head, "dispute", dispute.number)
    sent(
        office.head, "order", dispute.number, kind="supervise", body=office.town.village.pk, words="三天内见面",
        due_on=in_days(3), seen=dispute.version,
    )  # fmt: skip
    order = Order.objects.get()
    assert "三天内见面" in opened(office.village, "orders")
    assert "三天内见面" in opened(office.village, "dispute", dispute.number)
    sent(office.village, "order_deed", order.pk, "receive", seen=order.version)
    assert "答复" in opened(office.village, "order_deed", order.pk, "answer")
    sent(office.village, "order_deed", order.pk, "answer", words="见过了", seen=2)
    assert "见过了" in opened(office.head, "order_page", order.pk)
    sent(office.head, "order_deed", order.pk, "accept", seen=3)
    assert "认可" in opened(office.village, "order_page", order.pk)
    assert browser(office.village).get(reverse("order_deed", args=[order.pk, "answer"])).status_code == 404
    assert browser(office.stranger).get(reverse("order_page", args=[order.pk])).status_code == 404


def test_an_old_form_is_refused_with_what_was_typed(office):
    order = an_order(office, office.dispute())
    orders.sign_for(order, by=office.village)
    answer = browser(office.village).post(
        reverse("order_deed", args=[order.pk, "answer"]), {"words": "见过了，谈好了", "seen": 1}
    )
    assert answer.status_code == 409
    assert "见过了，谈好了" in answer.content.decode()


def test_a_leader_takes_on_notes_and_releases(office):
    dispute = office.dispute()
    sent(
        office.leader, "own", dispute.number, leader=office.leader.pk, body=office.town.village.pk, why="拖了半年",
        target_on=in_days(9), seen=dispute.version,
    )  # fmt: skip
    case = LeaderCase.objects.get()
    sent(office.village, "led_deed", case.pk, "progress", words="看过现场", seen=case.version)
    assert "看过现场" in opened(office.leader, "led_page", case.pk)
    assert dispute.title in opened(office.leader, "led")
    assert browser(office.leader).get(reverse("own", args=[dispute.number])).status_code == 409
    sent(office.leader, "led_deed", case.pk, "release", reason="签了", seen=case.version)


def test_a_conference_is_called_held_and_its_decisions_carried_out(office):
    dispute = office.dispute()
    at = timezone.localtime() + timedelta(days=1)
    sent(
        office.head, "convene", dispute.number, at=f"{at:%Y-%m-%dT%H:%M}", place="会商室", topic="要不要鉴定",
        seen=dispute.version,
    )  # fmt: skip
    meeting = Conference.objects.get()
    invitation = {"seat": "法官", "body": office.court.pk, "person": "没有这个人", "seen": 1}
    there = reverse("conference_deed", args=[meeting.pk, "invite"])
    assert browser(office.head).post(there, invitation).status_code == 422
    sent(office.head, "conference_deed", meeting.pk, "invite", **{**invitation, "person": office.judge.name})
    seat = meeting.seats.get()
    assert "答复邀请" in opened(office.judge, "conference", meeting.pk)
    sent(office.judge, "seat_deed", seat.pk, "answer", answer="coming")
    decision = {"words_1": "写类案判法", "body_1": office.court.pk, "due_1": in_days(3)}
    half = {"present": [seat.pk], "minutes": "都说要鉴定", "words_2": "没有写给谁"}
    assert browser(office.head).post(reverse("conference_deed", args=[meeting.pk, "hold"]), half).status_code == 422
    sent(office.head, "conference_deed", meeting.pk, "hold", present=[seat.pk], minutes="要鉴定", **decision)
    task = meeting.tasks.get()
    sent(office.judge, "task_deed", task.pk, "answer", words="写好了", seen=task.version)
    sent(office.head, "task_deed", task.pk, "close", seen=2)
    assert browser(office.judge).get(reverse("conference", args=[meeting.pk])).status_code == 404
    assert "要鉴定" in opened(office.head, "conference", meeting.pk)


def test_an_incident_goes_up_the_line_and_its_plan_is_ticked(office):
    facts = {
        "title": "堵门讨薪", "place": "制衣厂", "happened_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "people": 38,
        "words": "在厂门口", "measures": "请代表谈",
    }  # fmt: skip
    assert "堵门" not in opened(office.village, "incident_new")
    sent(office.village, "incident_new", **facts)
    incident = Incident.objects.get()
    receipt = incident.reports.get().receipts.get()
    sent(office.boss, "receipt_deed", receipt.pk, "sign")
    sent(office.boss, "incident_deed", incident.pk, "pass-on", seen=incident.version)
    sent(office.boss, "incident_deed", incident.pk, "start-plan", seen=incident.version)
    step = incident.plan.ticks.first()
    sent(office.village, "tick_deed", step.pk, "done")
    assert "人民调解法 25" in opened(office.head, "incident", incident.pk)
    assert "堵门讨薪" in opened(office.leader, "incidents")
    assert browser(office.leader).get(reverse("incident_new")).status_code == 403


def test_the_day_and_the_month_and_the_lapses_have_their_pages(office):
    dispute = office.dispute()
    assert dispute.title in opened(office.village, "clearing")
    sent(office.village, "clearing", words="明天办")
    assert "已签" in opened(office.village, "clearing")
    assert browser(office.judge).get(reverse("clearing")).status_code == 403
    for person, name in ((office.leader, "reviews"), (office.boss, "reviews"), (office.leader, "lapses")):
        opened(person, name)
    assert "难题" in opened(office.boss, "reviews", query="?month=2026-10")
    assert browser(office.judge).get(reverse("lapses")).status_code == 403
    assert browser(office.village).get(reverse("review", args=[dispute.number])).status_code == 200
    assert browser(a_user(office.town.village)).get(reverse("review", args=[dispute.number])).status_code == 409


class TestTheBoard:
    def test_counts_what_the_viewer_may_see_and_each_number_opens_its_list(self, office, django_assert_max_num_queries):
        with time_machine.travel(timezone.now() - timedelta(days=4)):
            dispute = office.dispute(title="高压线下的房子", risk=Risk.R3)
            office.dispute(is_restricted=True, title="不能说", risk=Risk.R3)
        an_order(office, Dispute.objects.get(pk=dispute.pk))
        with django_assert_max_num_queries(37):
            shown = opened(office.leader, "oversight")
        assert "红 1 · 橙 0" in shown
        assert "不能说" not in shown
        assert opened(office.head, "oversight_heap", "late", query=f"?body={office.town.village.pk}").count(
            "高压线下的房子"
        )
        assert "高压线下的房子" in opened(office.leader, "oversight_heap", "risk")

    def test_counts_on_where_it_shows_the_first_only(self, office, monkeypatch):
        monkeypatch.setattr(board, "SHOWN", 1)
        for title in ("第一件", "第二件"):
            an_order(office, office.dispute(title=title))
        some = board.Some.of(Order.objects.visible_to(office.leader))
        assert (len(some.first), some.count) == (1, 2)
        assert board.Some.of(Order.objects.visible_to(office.stranger)) == board.Some([], 0)

    def test_is_bound_to_the_region_and_for_who_looks_after_one(self, office):
        dispute = office.dispute(title="高压线下的房子")
        an_order(office, dispute)
        assert "三天内见面" in opened(office.boss, "oversight")
        assert "三天内见面" not in opened(office.stranger, "oversight")
        for person in (office.village, a_user(office.town.branch, Role.CLERK), a_user(office.town.centre, Role.ADMIN)):
            assert browser(person).get(reverse("oversight")).status_code == 403
        assert browser(office.head).get(reverse("oversight_heap", args=["nothing"])).status_code == 404


LISTS = {
    "orders": "?view=open", "led": "?view=now", "conferences": "?view=coming", "incidents": "?view=open", "reviews": "", "lapses": "",
}  # fmt: skip


def test_every_list_costs_the_same_with_many_rows(office):
    def asked() -> dict[str, int]:
        found, client = {}, browser(office.head)
        for name, query in LISTS.items():
            client.get(reverse(name) + query)
            with CaptureQueriesContext(connection) as questions:
                client.get(reverse(name) + query)
            found[name] = len(questions)
        return found

    _one_of_each(office)
    before = asked()
    _one_of_each(office)
    assert asked() == before


def _one_of_each(office) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=70)):
        dispute = office.dispute()
    an_order(office, dispute)
    leading.take_on(
        dispute, leader=office.leader, body=office.town.village, target_on=in_days(9), why="久", by=office.leader
    )
    at = timezone.now() + timedelta(days=1)
    conferences.call(dispute, topic="商量", at=at, place="会商室", by=office.head)
    incidents.report(
        title="堵门", place="厂", happened_at=timezone.now(), people=1, words="在", measures="谈", by=office.village,
        dispute=dispute,
    )  # fmt: skip
    clocks.tick()
    work()


def test_who_was_called_in_is_invited_with_the_same_press(office):
    dispute = office.dispute()
    routing.call_in(dispute, body=office.court, reason="看看判例", by=office.village)
    dispute.refresh_from_db()
    assert "请被呼叫的单位来" in opened(office.head, "convene", dispute.number)
    at = timezone.localtime() + timedelta(days=1)
    sent(
        office.head, "convene", dispute.number, at=f"{at:%Y-%m-%dT%H:%M}", place="会商室", topic="要不要鉴定",
        called=[office.court.pk], seen=dispute.version,
    )  # fmt: skip
    assert [(seat.seat, seat.body) for seat in Conference.objects.get().seats.all()] == [("协办单位", office.court)]
    assert "答复邀请" in opened(office.judge, "conference", Conference.objects.get().pk)
