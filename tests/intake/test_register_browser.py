"""The window in a real browser: by keyboard alone, at 360 pixels, readable by all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fengqiao.disputes.models import Category, Dispute
from fengqiao.intake.commands import receive
from fengqiao.intake.models import Visit
from tests.axe import breaches
from tests.world import a_category, a_county, a_region

from .people import ID, STORY, a_clerk, a_draft

WUYE = "余家漾花园物业服务中心"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk():
    a_category("02", "邻里")
    a_category("14", "物业")
    county, town = a_county(), a_region("330502001000", "飞英街道")
    village = a_region("330502001002", "余家漾社区")
    for region, above in ((town, county), (village, town), (a_region("330502001002004", "第4网格", "grid"), village)):
        region.parent = above
        region.save()
    clerk = a_clerk()
    clerk.title = "综合窗口 2"
    clerk.save()
    return clerk


@pytest.fixture
def at_the_window(live_server, clerk, client, new_context) -> Callable[..., Page]:
    """The clerk's browser on the registration page."""

    def opened(theme: str = "light", mode: str = "normal", width: int = 1440, **options: Any) -> Page:
        client.force_login(clerk)
        context = new_context(base_url=live_server.url, **options)
        cookies = {"sessionid": client.cookies["sessionid"].value, "theme": theme, "mode": mode}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/desk/register/")
        return page

    return opened


def type_and_tab(page: Page, *texts: str) -> None:
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def focus_is(page: Page, name: str) -> bool:
    return page.evaluate("document.activeElement.name") == name


def test_a_visitor_is_registered_by_keyboard_alone_and_the_slip_is_printed(at_the_window, picture):
    page = at_the_window()
    page.evaluate("window.print = () => {}")
    type_and_tab(page, "吴建芳", ID, "13857219061", WUYE)
    page.get_by_text("校验位正确 · 女").wait_for()
    page.get_by_text("像是单位").wait_for()
    page.keyboard.press("Alt+2")
    assert focus_is(page, "facts")
    type_and_tab(page, STORY, "14", "修好电梯；恢复门禁")
    page.keyboard.press("Alt+3")
    page.keyboard.type("余家漾")
    page.locator(".fq-drop [role=option]").first.wait_for()
    picture(page, "places")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.input_value("[name=place_name]") == "余家漾社区"
    page.keyboard.press("Tab")
    page.keyboard.type("余家漾花园 12 幢")
    page.focus("[name=consented]")
    page.keyboard.press("Space")
    picture(page, "filled")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="小票").wait_for()
    picture(page, "slip")
    page.emulate_media(media="print")
    assert not page.get_by_text("再打一张").first.is_visible()
    page.get_by_text("人民调解不收费").wait_for()
    picture(page, "slip-on-paper")
    dispute = Dispute.objects.get()
    assert (dispute.place.name, dispute.category.code, dispute.demand) == ("余家漾社区", "14", "修好电梯；恢复门禁")
    assert re.search(r"密码\s*\d{6}", page.inner_text(".fq-ticket"))


def test_a_group_is_counted_with_plus_and_asked_for_its_representatives(at_the_window):
    page = at_the_window()
    assert not page.is_visible("[name=representatives]")
    for _ in range(4):
        page.click("[data-step='1']")
    assert page.is_visible("[name=representatives]")
    assert "记 1 批次、5 人次" in page.inner_text("main")
    page.fill("[name=name]", "吴建芳")
    page.fill("[name=phone]", "1385721906")
    page.fill("[name=facts]", STORY)
    page.fill("[name=place_name]", "余家漾社区")
    page.keyboard.press("Control+Enter")
    page.get_by_text("请先推选代表").wait_for()
    assert focus_is(page, "phone")
    page.fill("[name=phone]", "13857219061")
    assert not page.get_by_text("少了 1 位").is_visible()
    page.fill("[name=representatives]", "吴建芳、王根宝")
    page.click("text=只登记")
    page.get_by_text("已登记").wait_for()
    assert Visit.objects.get().representatives == ["吴建芳", "王根宝"]


def test_who_came_before_shows_while_typing_and_is_asked_about_before_saving(at_the_window, clerk, picture):
    place = a_region("330502001002", "余家漾社区")
    earlier = receive(draft=a_draft(name="王根宝", phone="13905720001", opponent=WUYE, place=place), by=clerk).dispute
    receive(draft=a_draft(opponent="李大妈", facts="楼道堆物影响通行，说了几次不听。"), by=clerk)
    page = at_the_window()
    type_and_tab(page, "吴建芳", "", "13857219061", WUYE)
    page.get_by_text("同一个人").wait_for()
    page.keyboard.press("Alt+2")
    page.keyboard.type(STORY)
    page.keyboard.press("Alt+3")
    page.keyboard.type("余家漾")
    page.locator(".fq-drop [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("可能是同一件事").wait_for()
    picture(page, "met-before")
    page.keyboard.press("Control+Enter")
    page.get_by_text("不是，再按一次保存").wait_for()
    assert page.evaluate("document.activeElement.id") == "asked"
    assert earlier.number in page.inner_text("#asked")
    picture(page, "asked")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="小票").wait_for()
    assert Dispute.objects.count() == 3


def test_the_page_of_the_dispute_tells_of_visits_and_takes_another(at_the_window, clerk, picture):
    dispute = receive(draft=a_draft(persons=6, representatives=["吴建芳", "王根宝"]), by=clerk).dispute
    page = at_the_window()
    page.goto(f"/desk/disputes/{dispute.number}/")
    page.click("text=又来了")
    page.fill("#visit-persons", "2")
    page.click("text=记下")
    page.get_by_text("2 批次、8 人次").wait_for()
    assert "重复访" in page.inner_text("main")
    picture(page, "visits")


def test_what_the_facts_say_is_read_aloud_and_one_press_takes_it(at_the_window, picture):
    """Danger is said first, with its words; the proposal is pressed or passed over; nothing of it is kept."""
    Category.objects.filter(code="14").update(crosswalk={"dispute16": ["P"]})
    page = at_the_window(bypass_csp=True)
    facts = "飞英街道余家漾社区的物业三个月不修电梯，我们全体业主商量好了，明天去政府门口拉横幅。请督促他们马上修好，把预收的叁万伍仟元整退给我们"
    page.get_by_label("用来访人的话说是什么事").fill(facts)
    page.keyboard.press("Tab")
    read = page.locator("#reading")
    read.get_by_text("话里有危险").wait_for()
    expect(read).to_contain_text("像是替五人以上说话")
    assert not breaches(page)
    picture(page, "read")
    read.get_by_role("button", name="物业").click()
    assert page.get_by_label("类型").input_value() == str(Category.objects.get(code="14").pk)
    assert focus_is(page, "category")
    read.get_by_role("button", name="写进“想要什么”").click()
    assert page.get_by_label("想要什么").input_value() == "请督促他们马上修好，把预收的叁万伍仟元整退给我们"
    read.get_by_role("button", name="涉及 35000.00 元").click()
    assert page.get_by_label("涉及金额（元）").input_value() == "35000.00"
    read.get_by_role("button", name="余家漾社区").click()
    assert page.input_value("[name=place_name]") == "余家漾社区"
    assert page.input_value("[name=place]") == "330502001002"
    page.get_by_label("用来访人的话说是什么事").fill("不好说")
    expect(read.get_by_text("话里有危险")).to_have_count(0)


def test_a_draft_survives_and_goes_when_the_form_has_gone_through(at_the_window):
    page = at_the_window()
    page.fill("[name=name]", "吴建芳")
    page.fill("[name=id_number]", ID)
    page.fill("[name=phone]", "13857219061")
    page.fill("[name=facts]", STORY)
    page.get_by_text("已存在这台电脑上").wait_for()
    page.reload()
    assert page.input_value("[name=facts]") == STORY
    assert page.input_value("[name=id_number]") == ""  # never kept in the browser
    page.fill("[name=place_name]", "余家漾社区")
    page.click("text=只登记")
    page.get_by_text("已登记").wait_for()
    page.reload()
    assert page.input_value("[name=facts]") == ""


def test_the_page_shuts_nobody_out(at_the_window, clerk, picture):
    receive(draft=a_draft(opponent=WUYE), by=clerk)
    page = at_the_window("dark", "elder", bypass_csp=True)
    assert breaches(page) == []
    page.fill("[name=phone]", "1385721906")
    page.fill("[name=name]", "吴建芳")
    page.fill("[name=opponent]", WUYE)
    page.click("text=保存并打印")
    page.get_by_text("少了 1 位").first.wait_for()
    assert breaches(page) == []
    page.fill("[name=phone]", "13857219061")
    page.fill("[name=facts]", STORY)
    page.fill("[name=place_name]", "余家漾社区")
    page.keyboard.press("Control+Enter")
    page.get_by_text("不是，再按一次保存").wait_for()
    assert breaches(page) == []
    picture(page, "asked-dark-elder")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="小票").wait_for()
    assert breaches(page) == []


def test_nothing_scrolls_sideways_at_360_pixels_even_in_large_type(at_the_window, clerk, picture):
    receive(draft=a_draft(), by=clerk)
    page = at_the_window(mode="elder", width=360)
    page.fill("[name=phone]", "13857219061")
    page.fill("[name=id_number]", ID)
    page.keyboard.press("Tab")
    page.get_by_text("电话一致").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    picture(page, "narrow-elder")
    page.fill("[name=name]", "吴建芳")
    page.check("[name=consented]")
    page.fill("[name=facts]", STORY)
    page.fill("[name=place_name]", "余家漾社区")
    page.click("text=保存并打印")
    page.get_by_role("heading", name="小票").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    picture(page, "slip-elder")
