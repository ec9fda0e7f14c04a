"""Coming in, in a real browser: a phone with digits, a key that signs, the county's own sign-in, and a desk left open."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from fengqiao.people.models import Passkey, SignIn
from fengqiao.web.entering import SEEN
from tests.axe import breaches
from tests.people.conftest import PASSWORD, shown
from tests.people.county import County

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 360


@pytest.fixture
def context_of(live_server, new_context):
    def opened(**options) -> BrowserContext:
        return new_context(base_url=live_server.url, **options)

    return opened


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/login/")
    page.fill("#id_username", "chen")
    page.fill("#id_password", password)
    page.get_by_role("button", name="登录", exact=True).click()


def with_key(page: Page, *, verifies: bool = True) -> None:
    """The device has a key: with a finger on it, or a mere button."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal" if verifies else "usb", "hasResidentKey": verifies,
        "hasUserVerification": verifies, "isUserVerified": verifies, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def bind_key(page: Page, name: str) -> None:
    page.goto("/account/")
    page.fill("#id_name", name)
    page.get_by_role("button", name="绑定通行密钥").click()
    expect(page.get_by_text("通行密钥绑好了")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator(".fq-who details.fq-pop").last.locator("summary").click()
    page.get_by_role("button", name="退出登录").click()


def test_a_phone_is_bound_its_codes_are_shown_once_and_then_it_is_asked_for(context_of, clerk):
    page = context_of().new_page()
    page.set_viewport_size({"width": PHONE, "height": 800})
    sign_in(page)
    page.goto("/account/")
    page.get_by_role("link", name="绑定手机验证器").click()
    expect(page.get_by_role("img", name="绑定用的二维码")).to_be_visible()
    secret = page.locator(".fq-secret").inner_text().replace(" ", "")
    page.fill("#id_code", shown(secret))
    page.get_by_role("button", name="绑定", exact=True).click()
    codes = page.locator(".fq-codes li").all_inner_texts()
    assert len(codes) == 10
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE
    page.context.clear_cookies()
    sign_in(page)
    expect(page.get_by_role("heading", name="再验证一次")).to_be_visible()
    expect(page.locator("#id_code")).to_be_focused()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE
    page.fill("#id_code", "000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("验证码不对")).to_be_visible()
    page.fill("#id_code", codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_shut_out_at_the_second_step(context_of, live_server, phone, theme):
    context = context_of(bypass_csp=True)
    context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page = context.new_page()
    sign_in(page)
    expect(page.get_by_role("heading", name="再验证一次")).to_be_visible()
    assert breaches(page) == []


def test_a_key_that_knows_its_owner_is_enough_alone(context_of, clerk):
    page = context_of().new_page()
    with_key(page)
    sign_in(page)
    bind_key(page, "办公电脑")
    expect(page.get_by_text("可以单独用来登录")).to_be_visible()
    sign_out(page)
    page.goto("/login/?next=/account/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/account/")
    expect(page.get_by_role("button", name="解除通行密钥：办公电脑")).to_be_visible()
    assert Passkey.objects.get().used_at is not None


def test_a_mere_key_is_the_second_factor_and_never_the_only_one(context_of, clerk):
    page = context_of().new_page()
    with_key(page, verifies=False)
    sign_in(page)
    bind_key(page, "蓝色 U 盾")
    expect(page.get_by_text("和密码一起用")).to_be_visible()
    sign_out(page)
    sign_in(page)
    page.get_by_role("button", name="用通行密钥验证").click()
    page.wait_for_url("**/desk/")
    assert Passkey.objects.get().sign_count >= 1


def test_a_key_that_was_taken_away_opens_nothing(context_of, clerk):
    page = context_of().new_page()
    with_key(page)
    sign_in(page)
    bind_key(page, "办公电脑")
    page.get_by_role("button", name="解除通行密钥：办公电脑").click()
    expect(page.get_by_text("这把通行密钥已经解除")).to_be_visible()
    sign_out(page)
    page.goto("/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("这把通行密钥没有通过")).to_be_visible()


def test_a_copied_key_is_found_by_its_count(context_of, clerk):
    page = context_of().new_page()
    with_key(page)
    sign_in(page)
    bind_key(page, "办公电脑")
    Passkey.objects.update(sign_count=10_000)
    sign_out(page)
    page.goto("/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("这把通行密钥没有通过")).to_be_visible()


def test_required_it_is_bound_at_the_first_sign_in(context_of, clerk, settings):
    settings.SECOND_FACTOR = "required"
    page = context_of().new_page()
    with_key(page)
    sign_in(page)
    expect(page.get_by_text("这里规定登录要有二次验证")).to_be_visible()
    page.goto("/desk/disputes/")
    expect(page.get_by_role("heading", name="登录与安全")).to_be_visible()
    bind_key(page, "办公电脑")
    page.goto("/desk/disputes/")
    expect(page.get_by_role("heading", name="全部纠纷")).to_be_visible()


def test_the_county_s_own_sign_in_there_and_back(context_of, clerk, settings):
    with County() as county:
        settings.COUNTY_SIGN_IN = county.settings
        page = context_of().new_page()
        page.goto("/desk/disputes/")
        page.get_by_role("link", name="用县统一登录登录").click()
        expect(page.get_by_role("heading", name="县里的统一登录")).to_be_visible()
        page.fill("[name=who]", "1001")
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/desk/disputes/")
        assert SignIn.objects.get().way == "county"


def test_a_desk_left_open_asks_again_and_what_was_typed_is_there(context_of, clerk):
    page = context_of().new_page()
    sign_in(page)
    page.goto("/account/password/")
    page.goto("/account/leave/")
    page.goto("/desk/register/")
    typed = "楼上卫生间漏水，天花板和衣柜都泡坏了，两家说了三回没有说拢。"
    facts = page.locator("textarea[name=facts]")
    facts.fill(typed)
    session = Session.objects.get()
    told = session.get_decoded()
    told[SEEN] = int((timezone.now() - timedelta(hours=1)).timestamp())
    session.session_data = Session.get_session_store_class()().encode(told)
    session.save()
    page.evaluate("document.querySelector('#register').submit()")
    expect(page.get_by_text("登录已经过期。您写的都还在")).to_be_visible()
    page.fill("#id_username", "chen")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="接着提交")).to_be_visible()
    expect(page.get_by_text(typed)).to_be_visible()
    page.get_by_role("button", name="再次提交").click()
    expect(page.locator("textarea[name=facts]")).to_have_value(re.compile("楼上卫生间漏水"))


def test_a_session_ended_elsewhere_is_over_at_the_next_click(context_of, clerk):
    one, other = context_of().new_page(), context_of().new_page()
    for page in (one, other):
        sign_in(page)
        page.wait_for_url("**/desk/")
    one.goto("/account/")
    one.get_by_role("button", name="结束其他所有登录").click()
    expect(one.get_by_text("已经结束 1 处登录")).to_be_visible()
    other.get_by_role("link", name="全部纠纷").first.click()
    expect(other.get_by_role("heading", name="工作人员登录")).to_be_visible()
