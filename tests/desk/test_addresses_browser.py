"""The address library in a real browser: three keystrokes at the window, a merge by the list, nothing too wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Role, User
from fengqiao.places.library import commands
from fengqiao.places.models import Address, AliasKind
from tests.places.town import WHY, an_address, an_admin, assert_whole, the_tree
from tests.world import a_category, a_committee, a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tree():
    return the_tree()


@pytest.fixture
def admin():
    return an_admin()


@pytest.fixture
def house(tree, admin) -> Address:
    house = an_address(tree["余家漾社区"], admin, road="朝阳路", number="88", poi="余家漾花园")
    commands.add_alias(house, name="老地委宿舍", kind=AliasKind.FORMER, why=WHY, by=admin)
    return house


@pytest.fixture
def at(live_server, client, new_context) -> Callable[..., Page]:
    """`at(user, "/desk/…/")`: this person's browser on that page."""

    def opened(user: User, address: str, *, width: int = 1440, theme: str = "light", **options) -> Page:
        client.force_login(user)
        context = new_context(base_url=live_server.url, **options)
        cookies = {"sessionid": client.cookies["sessionid"].value, "theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        return page

    return opened


def first_option(page: Page) -> str:
    page.locator(".fq-drop [role=option]").first.wait_for()
    return page.locator(".fq-drop [role=option]").first.inner_text()


@pytest.mark.parametrize("typed", ["老地委", "阳路8", "余家漾花"])
def test_three_keystrokes_in_the_address_fill_in_address_and_place(at, tree, house, typed, picture):
    a_category("14", "物业")
    page = at(a_user(a_committee(tree["飞英街道"]), Role.CLERK), "/desk/register/")
    page.focus("[name=address]")
    page.keyboard.type(typed)
    assert "朝阳路88号余家漾花园" in first_option(page)
    picture(page, "typed")
    page.keyboard.press("Enter")
    assert page.input_value("[name=address]") == "朝阳路88号余家漾花园"
    assert page.input_value("[name=place_name]") == "余家漾社区"
    page.fill("[name=name]", "吴建芳")
    page.fill("[name=phone]", "13857219061")
    page.fill("[name=facts]", "小区电梯三个月坏了七次，说了没有用。")
    page.click("text=只登记")
    page.get_by_text("已登记").wait_for()
    dispute = Dispute.objects.get()
    assert (dispute.place, dispute.address) == (tree["余家漾社区"], "朝阳路88号余家漾花园")


def test_in_the_field_of_the_place_an_address_can_be_chosen_too(at, tree, house):
    page = at(a_user(a_committee(tree["飞英街道"]), Role.CLERK), "/desk/register/")
    page.focus("[name=place_name]")
    page.keyboard.type("余家漾")
    assert "余家漾社区" in first_option(page)
    page.locator(".fq-drop [role=option]", has_text="朝阳路88号").click()
    assert page.input_value("[name=place_name]") == "余家漾社区"
    assert page.input_value("[name=address]") == "朝阳路88号余家漾花园"
    assert page.input_value("[name=place]") == "330502001002"


def test_two_addresses_are_merged_by_choosing_from_the_list(at, tree, house, admin, picture):
    other = an_address(tree["余家漾社区"], admin, poi="余家漾花苑")
    page = at(admin, "/desk/addresses/?q=花苑")
    picture(page, "list")
    page.click("text=余家漾花苑")
    picture(page, "address")
    page.click("main >> text=并入另一个地址")
    page.focus("[name=into_name]")
    page.keyboard.type("老地委")
    assert house.code in first_option(page)
    page.keyboard.press("Enter")
    page.fill("[name=why]", "同一个小区两种写法")
    picture(page, "merge")
    page.keyboard.press("Control+Enter")
    page.get_by_text("并好了").wait_for()
    assert "并入 飞英街道余家漾社区朝阳路88号余家漾花园" in page.inner_text("main")
    other.refresh_from_db()
    assert not other.is_in_force
    assert set(house.aliases.values_list("name", flat=True)) == {"老地委宿舍", "余家漾花苑"}
    page.click("main >> text=恢复使用")
    page.fill("[name=why]", "不是同一个")
    page.keyboard.press("Control+Enter")
    page.get_by_text("恢复了。").wait_for()
    picture(page, "undone")
    assert_whole()
