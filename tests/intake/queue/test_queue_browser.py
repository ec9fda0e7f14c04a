"""A visitor and a clerk in real browsers: kiosk, phone, calling by keyboard, sent on, registered with the number."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from fengqiao.bodies.models import WindowKind
from fengqiao.intake.models import Visit
from fengqiao.intake.queue import calling
from fengqiao.intake.queue.devices import make_device
from fengqiao.intake.queue.models import DeviceKind, Ticket, TicketState
from tests.intake.people import STORY
from tests.intake.queue.hall import AHall
from tests.world import a_category, a_region

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall() -> AHall:
    a_region("330502001000", "飞英街道")
    a_category("14", "物业")
    return AHall()


@pytest.fixture
def opened(live_server, new_context):
    """`opened(user, width=…, theme=…)`: a browser, signed in where a user is given."""

    def a_browser(user=None, *, width=1440, height=900, theme="light", **options):
        context = new_context(base_url=live_server.url, **options)
        cookies = {"theme": theme}
        if user:
            client = Client()  # each of their own: who signs in where another was ends that one's session
            client.force_login(user)
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        return page

    return a_browser


def link(hall: AHall, kind: str) -> str:
    _device, token = make_device(hall.body, kind=kind, name="", by=hall.boss)
    return f"/hall/{kind}/{token}/"


def test_from_the_door_to_the_registration(hall, opened, picture):
    labour, consumer = hall.window("劳动纠纷"), hall.window("消费纠纷")
    hall.window(kind=WindowKind.FALLBACK)
    kiosk = opened(width=1080, height=1700)
    kiosk.goto(link(hall, DeviceKind.KIOSK))
    picture(kiosk, "kiosk")
    kiosk.get_by_text("老人", exact=True).click()
    kiosk.get_by_role("button", name="消费纠纷").click()
    expect(kiosk.get_by_role("heading", name="A001")).to_be_visible()
    picture(kiosk, "number")
    ticket = Ticket.objects.get()
    phone = opened(width=360, height=780)
    phone.goto(f"/q/{ticket.token}/")
    expect(phone.get_by_text("下一个就是您")).to_be_visible()
    picture(phone, "phone-waiting")

    screen = opened(width=1920, height=1080, theme="dark")
    screen.goto(link(hall, DeviceKind.SCREEN))
    wrong = opened(hall.clerk(consumer))
    wrong.goto("/desk/queue/")
    wrong.keyboard.press("n")
    expect(wrong.get_by_text("A001", exact=True)).to_be_visible()
    expect(screen.locator(".new")).to_contain_text("A001", timeout=4000)
    picture(screen, "screen")
    picture(wrong, "called")
    wrong.get_by_label("转到").select_option(label=labour.name)
    wrong.get_by_role("button", name="转过去").click()
    expect(wrong.get_by_text("按原来的时间排").first).to_be_visible()

    right = opened(hall.clerk(labour))
    right.goto("/desk/queue/")
    expect(right.get_by_text("转来")).to_be_visible()
    right.keyboard.press("n")
    expect(phone.get_by_text("轮到您了")).to_be_visible(timeout=15000)
    picture(phone, "phone-turn")
    right.get_by_role("button", name="再叫一次").wait_for()
    right.keyboard.press("r")
    expect(right.get_by_text("叫了 2 次")).to_be_visible()
    right.keyboard.press("s")
    expect(right.get_by_role("region", name="叫号")).to_contain_text("A001")
    picture(right, "registration")
    right.get_by_role("textbox", name="来访人 必填").fill("吴建芳")
    right.get_by_label("手机").fill("13857219061")
    right.get_by_label("用来访人的话说是什么事").fill(STORY)
    right.get_by_role("combobox", name="门牌、小区").fill("余家漾花园12幢")
    right.get_by_role("button", name="只登记").click()
    expect(right.get_by_text("已登记").first).to_be_visible()
    right.wait_for_url("**/desk/queue/")
    visit = Visit.objects.get()
    assert (visit.ticket.number, visit.window, visit.arrived_at) == ("A001", labour, ticket.arrived_at)
    right.keyboard.press("f")
    expect(right.get_by_text("办完了").first).to_be_visible()
    assert Ticket.objects.get().state == TicketState.SERVED


def test_every_screen_at_each_width(hall, opened, picture):
    window = hall.window("劳动纠纷", "工伤")
    for subject in ("消费纠纷", "婚姻家事", "物业纠纷"):
        hall.window(subject)
    tickets = hall.tickets(7, "劳动纠纷")
    for subject in ("消费纠纷", "婚姻家事", "物业纠纷"):
        hall.tickets(3, subject)
    for clerk in hall.clerks.values():
        calling.call_next(by=clerk)
    clerk = hall.clerk(window)
    calling.hold(tickets[0], by=clerk)
    calling.call_next(by=clerk)
    board, kiosk = link(hall, DeviceKind.SCREEN), link(hall, DeviceKind.KIOSK)
    desk, office, passage = opened(clerk), opened(hall.boss), opened()
    for page, address in (
        (office, "/desk/queue/"), (office, "/desk/windows/"), (office, "/desk/duty/"), (office, "/desk/duty/add/"),
        (office, "/desk/duty/import/"), (office, f"/desk/windows/{window.pk}/"), (desk, "/desk/queue/"),
        (passage, kiosk), (passage, board), (passage, "/queue/"), (passage, f"/queue/{hall.body.key}/"),
        (passage, f"/q/{tickets[4].token}/"),
    ):  # fmt: skip
        page.goto(address)
        for width in (360, 1440, 1920):
            page.set_viewport_size({"width": width, "height": 1080 if width == 1920 else 800})
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, (address, width)
            picture(page, f"{'-'.join(address.strip('/').split('/')[:2])[:22]}-{width}")
