"""The residents' pages in a real browser at 360 px: without a mouse, an account or script."""

import pytest
from django.urls import reverse

from fengqiao.disputes.models import Dispute
from tests.portal.people import STORY, a_town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(live_server, new_context):
    """A resident's phone: `phone("dark", "elder")`."""

    def opened(theme="light", mode="normal", width=360, **options):
        context = new_context(base_url=live_server.url, **options)
        cookies = {"theme": theme, "mode": mode}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 780})
        return page

    return opened


def unroll(page):
    """As tall as the page, so that what sticks to the lower edge covers nothing."""
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 780})
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": tall})


def test_a_resident_applies_copies_the_code_and_follows(phone, picture):
    a_town()
    page = phone()
    page.goto("/")
    picture(page, "home")
    page.get_by_role("link", name="我要反映").click()
    page.get_by_label("发生了什么事").fill(STORY)
    photo = {"name": "天花板.png", "mimeType": "image/png", "buffer": b"not a picture"}
    page.locator("input[type=file]").set_input_files(photo)
    page.get_by_role("button", name="先传上去").click()
    page.get_by_text("不是 PDF、JPG 或 PNG").wait_for()
    unroll(page)
    picture(page, "what")
    page.get_by_role("button", name="下一步：谁和哪里").click()
    page.get_by_text("一个人").click()
    page.get_by_label("对方叫什么").fill("姓周，住 301")
    page.get_by_label("对方的电话").fill("1370577")
    page.get_by_role("combobox", name="事情发生在哪个街道").press_sequentially("塔下街")
    page.get_by_role("option", name="塔下街社区").click()
    page.get_by_label("您叫什么").fill("沈玉兰")
    page.get_by_label("您的电话").fill("13905722045")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_text("少了 4 位").wait_for()
    unroll(page)
    picture(page, "who")
    page.get_by_label("对方的电话").fill("")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_label("我看过了").check()
    unroll(page)
    picture(page, "check")
    page.get_by_role("button", name="没错，交上去").click()
    page.get_by_role("heading", name="交上来了").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    unroll(page)
    picture(page, "code")
    page.get_by_role("button", name="抄好了，去看进度").click()
    page.get_by_role("heading", name=Dispute.objects.get().title).wait_for()
    unroll(page)
    picture(page, "my")


def test_back_from_the_second_step_shows_what_was_written_even_after_a_mistake_in_the_first(phone):
    """The answer to a mistake is no page that a browser can go back to unless it may ask for it again."""
    a_town()
    page = phone()
    page.goto(reverse("apply"))
    page.get_by_role("button", name="下一步：谁和哪里").click()
    page.locator("[aria-invalid=true]").wait_for()
    page.get_by_label("发生了什么事").fill(STORY)
    page.get_by_role("button", name="下一步：谁和哪里").click()
    page.get_by_label("您叫什么").wait_for()
    page.go_back()
    assert page.get_by_label("发生了什么事").input_value() == STORY


def test_everything_works_without_script(phone):
    a_town()
    page = phone(java_script_enabled=False)
    page.goto(reverse("apply"))
    page.get_by_label("发生了什么事").fill(STORY)
    page.get_by_role("button", name="下一步：谁和哪里").click()
    page.get_by_label("事情发生在哪个街道").fill("塔下街社区")
    page.get_by_label("您叫什么").fill("沈玉兰")
    page.get_by_label("您的电话").fill("13905722045")
    page.keyboard.press("Enter")
    page.get_by_label("我看过了").check()
    page.get_by_role("button", name="没错，交上去").click()
    page.get_by_role("button", name="抄好了，去看进度").click()
    assert Dispute.objects.get().place.name == "塔下街社区"
