"""The pages of the queue: kiosk, screen, phone, the clerk's page, the windows of the hall, and the number at registration."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fengqiao.bodies.models import Window
from fengqiao.intake.models import Visit
from fengqiao.intake.queue import calling, closing
from fengqiao.intake.queue.devices import make_device, revoke_device
from fengqiao.intake.queue.models import DeviceKind, Hall, Ticket, TicketState
from fengqiao.intake.queue.taking import take
from fengqiao.ledger.models import Entry
from tests.intake.people import a_filled_form, assert_whole
from tests.intake.queue.hall import AHall, now
from tests.world import a_committee, a_region, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T09:00:00+08:00", tick=False) as moving:
        yield moving


@pytest.fixture
def hall() -> AHall:
    return AHall()


@pytest.fixture
def labour(hall) -> Window:
    return hall.window("劳动")


def at_desk(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def device(hall: AHall, kind: str) -> str:
    _device, token = make_device(hall.body, kind=kind, name="", by=hall.boss)
    return reverse(kind, args=[token])


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestKiosk:
    def test_one_press_gives_a_number_without_asking_anything(self, hall, labour):
        address, anybody = device(hall, DeviceKind.KIOSK), Client()
        assert "劳动" in text(anybody.get(address))
        answer = anybody.post(address, {"subject": "劳动", "form_key": "k1"}, follow=True)
        assert "A001" in text(answer)
        assert "前面 0 人" in text(answer)
        again = anybody.post(address, {"subject": "劳动", "form_key": "k1"})
        assert again.headers["Location"] == answer.redirect_chain[0][0]
        assert Ticket.objects.count() == 1
        assert now(Ticket.objects.get()).steps.get().by.startswith("device:")

    def test_a_link_that_was_taken_back_opens_nothing(self, hall, labour):
        made, token = make_device(hall.body, kind=DeviceKind.KIOSK, name="门口", by=hall.boss)
        address = reverse("kiosk", args=[token])
        assert Client().get(address).status_code == 200
        assert Client().get(reverse("screen", args=[token])).status_code == 404
        revoke_device(made, by=hall.boss)
        assert Client().get(address).status_code == 404
        assert Client().post(address, {"subject": "劳动"}).status_code == 404
        assert_whole()

    def test_a_matter_without_an_open_window_says_so(self, hall, labour):
        closing.close_window(labour, by=hall.clerk(labour))
        assert "窗口现在都关着" in text(Client().get(device(hall, DeviceKind.KIOSK)))

    def test_a_matter_that_nobody_has_come_for_yet_is_estimated_too(self, hall, labour):
        hall.window("工伤")
        assert "马上就到" in text(Client().get(device(hall, DeviceKind.KIOSK)))
        assert "暂时离开" not in text(Client().get(device(hall, DeviceKind.KIOSK)))


class TestScreen:
    def test_it_shows_who_goes_where_and_asks_again_only_for_what_is_new(self, hall, labour):
        address, hx = device(hall, DeviceKind.SCREEN), {"HX-Request": "true"}
        hall.tickets(2)
        calling.call_next(by=hall.clerk(labour))
        page = text(Client().get(address))
        assert "请 A001 到 1 号窗口" in page
        assert "A002" in page
        changes = Hall.objects.get().changes
        assert Client().get(address, {"seen": changes}, headers=hx).status_code == 204
        hall.take()
        answer = Client().get(address, {"seen": changes}, headers=hx)
        assert "A003" in text(answer)
        assert "<html" not in answer.content.decode()

    def test_who_is_called_again_stands_on_top(self, hall, labour, clock):
        other = hall.window("劳动")
        first, _second = hall.tickets(2)
        for window in (labour, other):
            clock.shift(timedelta(seconds=5))
            calling.call_next(by=hall.clerk(window))
        address = device(hall, DeviceKind.SCREEN)
        assert "请 A002 到" in text(Client().get(address))
        clock.shift(timedelta(seconds=5))
        calling.call_again(first, by=hall.clerk(labour))
        assert "请 A001 到 1 号窗口" in text(Client().get(address))


class TestPhone:
    def test_from_home_to_the_window(self, hall, labour):
        phone, key = Client(), hall.body.key
        assert str(hall.body) in text(phone.get(reverse("queue_halls")))
        answer = phone.post(reverse("queue_take", args=[key]), {"subject": "劳动", "form_key": "k"}, follow=True)
        address = answer.redirect_chain[-1][0]
        assert "我到了" in text(answer)
        assert "今天已经取了 A001" in text(phone.post(reverse("queue_take", args=[key]), {"subject": "劳动"}))
        assert "下一个就是您" in text(phone.post(address, {"here": "1"}, follow=True))
        calling.call_next(by=hall.clerk(labour))
        assert "轮到您了，请到 1 号窗口" in text(phone.get(address))
        assert "退掉了" in text(phone.post(address, {"leave": "1"}, follow=True))
        assert Ticket.objects.get().state == TicketState.GONE

    def test_people_ahead_and_an_honest_range(self, hall, labour):
        hall.tickets(3)
        mine = hall.take()
        page = text(Client().get(reverse("queue_follow", args=[mine.token])))
        assert "前面还有 3 人" in page
        assert re.search(r"约 \d+–\d+ 分钟", page)

    def test_when_nobody_can_tell_it_says_so(self, hall, labour):
        mine = hall.take()
        address = reverse("queue_follow", args=[mine.token])
        closing.step_away(labour, by=hall.clerk(labour))
        assert "窗口的人暂时离开了" in text(Client().get(address))
        closing.close_window(labour, by=hall.boss)
        assert "窗口现在都关着" in text(Client().get(address))

    def test_a_number_of_yesterday_says_so_kindly(self, hall, labour, clock):
        mine = hall.take()
        clock.shift(timedelta(days=1))
        closing.end_days()
        page = text(Client().get(reverse("queue_follow", args=[mine.token])))
        assert "这是11月23日的号" in page
        assert "那天没有轮到您，对不住" in page

    def test_a_guessed_number_is_not_there(self, hall, labour):
        assert Client().get(reverse("queue_follow", args=["x"])).status_code == 404


class TestClerk:
    def test_the_desk_follows_the_number_in_hand(self, hall, labour):
        hall.tickets(2)
        clerk = at_desk(hall.clerk(labour))
        assert "叫下一位" in text(clerk.get(reverse("queue")))
        assert "叫了 A001" in text(clerk.post(reverse("queue_next"), {"form_key": "1"}, follow=True))
        answer = clerk.post(reverse("queue_ticket", args=[Ticket.objects.get(number="A001").pk, "miss"]), follow=True)
        assert "过号" in text(answer)
        assert clerk.post(reverse("queue_next"), follow=True).status_code == 200
        assert Ticket.objects.at_windows().get().number == "A002"

    def test_the_list_beside_it_comes_only_when_something_moved(self, hall, labour):
        clerk, hx = at_desk(hall.clerk(labour)), {"HX-Request": "true"}
        hall.take()
        seen = Hall.objects.get().changes
        assert clerk.get(reverse("queue"), {"seen": seen}, headers=hx).status_code == 204
        hall.take()
        assert "A002" in text(clerk.get(reverse("queue"), {"seen": seen}, headers=hx))

    def test_another_bodys_numbers_are_not_there(self, hall, labour):
        ticket, stranger = hall.take(), at_desk(a_user(a_committee()))
        for act in ("serve", "gone", "transfer", "nonsense"):
            assert stranger.post(reverse("queue_ticket", args=[ticket.pk, act])).status_code == 404
        assert stranger.post(reverse("queue_window", args=[labour.pk, "close"])).status_code == 404

    def test_sent_on_by_the_page(self, hall, labour):
        other, ticket = hall.window("消费"), hall.take()
        clerk = at_desk(hall.clerk(labour))
        clerk.post(reverse("queue_next"))
        clerk.post(reverse("queue_ticket", args=[ticket.pk, "transfer"]), {"where": f"window:{other.pk}"})
        assert now(ticket).wanted == other
        assert clerk.post(reverse("queue_ticket", args=[ticket.pk, "transfer"]), {"where": "x"}).status_code == 409


class TestRegistration:
    def test_the_visit_belongs_to_the_number_and_began_when_it_was_taken(self, hall, labour, clock):
        a_region("330502001000", "飞英街道")
        ticket, clerk = hall.take(), at_desk(hall.clerk(labour))
        arrived = ticket.arrived_at
        clock.shift(timedelta(minutes=12))
        clerk.post(reverse("queue_next"))
        onward = clerk.post(reverse("queue_ticket", args=[ticket.pk, "serve"]))
        page = clerk.get(onward.headers["Location"])
        assert "正在办 A001" in text(page)
        assert clerk.post(reverse("register"), a_filled_form(ticket=ticket.pk)).status_code == 302
        visit = Visit.objects.get()
        assert (visit.ticket, visit.arrived_at, visit.window) == (ticket, arrived, labour)
        assert now(ticket).state == TicketState.SERVING
        assert_whole()

    def test_a_page_left_open_links_no_other_number(self, hall, labour):
        a_region("330502001000", "飞英街道")
        old, new = hall.tickets(2)
        clerk, user = at_desk(hall.clerk(labour)), hall.clerk(labour)
        calling.finish(calling.call_next(by=user), by=user)
        calling.call_next(by=user)
        clerk.post(reverse("register"), a_filled_form(ticket=old.pk))
        assert Visit.objects.count() == 1
        assert not Ticket.objects.exclude(visit=None).exists()
        assert now(new).state == TicketState.CALLED


class TestHallWindows:
    def test_who_runs_the_hall_sets_up_re_assigns_retires_and_brings_back(self, hall, labour):
        boss = at_desk(hall.boss)
        boss.post(reverse("window_add"), {"name": "8 号", "kind": "general_window", "subjects": ""})
        made = Window.objects.get(name="8 号")
        address = reverse("window_assign", args=[made.pk])
        other = {
            "name": "工资窗口", "kind": "specialist_window", "subjects": "工伤、工资", "serves": "", "reason": "忙",
            "hours": "周一至周五 8:30-12:00、13:30-17:00", "seen": 0,
        }  # fmt: skip
        assert boss.post(address, other).status_code == 302
        stale = boss.post(address, other | {"subjects": "消费"})
        assert stale.status_code == 409
        assert "消费" in stale.content.decode()
        assert boss.post(address, other | {"hours": "上午"}).status_code == 422
        shown = text(boss.get(reverse("hall_windows")))
        assert "工伤、工资" in shown
        assert "周一至周五 08:30-12:00、13:30-17:00" in shown
        retire, restore = (reverse(name, args=[made.pk]) for name in ("window_retire", "window_restore"))
        assert boss.post(retire, {"reason": "", "seen": 2}).status_code == 409
        assert boss.post(retire, {"reason": "并到综合窗口", "seen": 2}).status_code == 302
        assert "停用的窗口：" in text(boss.get(reverse("hall_windows")))
        assert "恢复窗口" in text(boss.get(address))
        assert boss.post(restore).status_code == 302
        assert hall.again(made).takes == ["工伤", "工资"]

    def test_the_link_of_a_device_is_shown_once(self, hall, labour):
        boss = at_desk(hall.boss)
        answer = boss.post(reverse("device_add"), {"kind": "screen", "name": "正厅"})
        link = re.search(r'href="http://testserver(/hall/screen/[^"]+)"', answer.content.decode())[1]
        assert Client().get(link).status_code == 200
        assert link not in boss.get(reverse("hall_windows")).content.decode()
        assert "开通了大屏 正厅" in Entry.objects.of("body", hall.body.pk).last().sentence

    def test_a_number_from_home_does_not_promise_to_strangers_what_it_cannot_keep(self, hall, labour):
        ticket = take(hall.body, subject="劳动", from_home=True)
        assert ticket.promised_high is not None
