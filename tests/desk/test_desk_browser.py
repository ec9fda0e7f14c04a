"""The desk in a real browser: a look happens in its place, and everything works without script."""

import pytest
from playwright.sync_api import expect

from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.agreements.scene import out_for_signing, signed_by
from tests.routing.town import Town
from tests.world import a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene():
    """A manager's desk with one dispute out for signing, one to grade and one that came from elsewhere."""
    town = Town()
    agreement = out_for_signing()
    signed_by(agreement, agreement.slots[0].signer)
    dispute, manager = agreement.dispute, a_user(agreement.dispute.body, Role.MANAGER, name="叶秀英")
    town.dispute(dispute.body, title="装修噪声扰民，要求晚间停工")
    routing.call_in(town.dispute(title="电动车停放挡门"), body=dispute.body, reason="来帮忙看看", by=town.clerk())
    return manager, dispute


@pytest.fixture
def sign_in(live_server, client, new_context):
    """`sign_in(user, theme="dark", width=360)`: a browser in which this person is signed in."""

    def opened(user, theme="light", mode="normal", width=1440, **options):
        client.force_login(user)
        context = new_context(base_url=live_server.url, **options)
        cookies = {"sessionid": client.cookies["sessionid"].value, "theme": theme, "mode": mode}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    return opened


def test_a_masked_value_is_asked_for_and_shown_in_its_place(scene, sign_in):
    manager, dispute = scene
    page = sign_in(manager)
    page.goto(f"/desk/disputes/{dispute.number}/")
    cell = page.locator("#parties tbody tr").first.locator("td").nth(2)
    cell.get_by_role("button", name="查看电话").click()
    cell.get_by_label("为什么要看电话").fill("约时间签名")
    expect(page.locator(".htmx-added")).to_have_count(0)  # the form that came has its script now
    page.keyboard.press("Enter")
    cell.get_by_text("13905722045").wait_for()
    assert Entry.objects.of("look", dispute.pk).get().payload["reason"] == "约时间签名"
    page.reload()
    page.get_by_role("button", name="查看电话").first.wait_for()
    assert "13905722045" not in page.content()


def test_without_script_the_same_is_two_pages(scene, sign_in):
    manager, dispute = scene
    page = sign_in(manager, java_script_enabled=False)
    page.goto(f"/desk/disputes/{dispute.number}/")
    page.locator("#parties").get_by_role("button", name="查看电话").first.click()
    page.get_by_label("为什么要看电话").fill("约时间签名")
    page.get_by_role("button", name="记下理由并查看").click()
    page.get_by_text("13905722045").wait_for()
    page.get_by_role("link", name="回到这件事").click()
    page.get_by_text("谁看过这件事（1）").wait_for()


def test_filters_and_tabs_are_links_that_work_without_script(scene, sign_in):
    manager, dispute = scene
    page = sign_in(manager, java_script_enabled=False)
    page.goto("/desk/")
    page.get_by_label("计数").get_by_text("等别人").click()
    page.get_by_role("link", name=dispute.title).wait_for()
    page.get_by_role("combobox", name="等级").select_option("major")
    page.get_by_role("button", name="筛选").click()
    page.get_by_text("这些条件下没有").wait_for()
    page.get_by_role("link", name="去掉这个条件").click()
    page.get_by_role("link", name=dispute.title).wait_for()
