"""The shell in a real browser: readable by all, no sideways scrolling, and everything by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.axe import breaches
from tests.web import urls

PAGES = ["/denied/", "/hidden/", "/return/"]  # refusals; every other page is seen in tests/browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(live_server, clerk, client, new_context):
    """A browser in which the clerk is signed in: `sign_in(theme="dark")`."""

    def opened(theme="light", mode="normal", width=1440, **options):
        client.force_login(clerk)
        context = new_context(base_url=live_server.url, **options)
        cookies = {"sessionid": client.cookies["sessionid"].value, "theme": theme, "mode": mode}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        browser_page = context.new_page()
        browser_page.set_viewport_size({"width": width, "height": 800})
        return browser_page

    return opened


@pytest.mark.parametrize(("theme", "mode"), [("light", "normal"), ("dark", "normal"), ("light", "elder")])
def test_no_page_of_the_shell_shuts_anybody_out(sign_in, theme, mode):
    browser_page = sign_in(theme, mode, bypass_csp=True)
    for address in PAGES:
        browser_page.goto(address)
        assert breaches(browser_page) == [], address


@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_nothing_scrolls_sideways_on_a_narrow_phone(sign_in, mode):
    browser_page = sign_in(mode=mode, width=360)
    for address in PAGES:
        browser_page.goto(address)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_a_cold_page_is_light(sign_in):
    browser_page, sizes = sign_in(), []
    browser_page.on("response", lambda answer: sizes.append(len(answer.body())))
    browser_page.goto("/return/")
    browser_page.wait_for_load_state("networkidle")
    assert sum(sizes) < 850_000  # as files; compressed it is a sixth


class TestKeys:
    def test_slash_goes_to_the_search(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/return/")
        browser_page.keyboard.press("/")
        assert browser_page.evaluate("document.activeElement.name") == "q"

    def test_the_first_tab_skips_to_the_text(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/return/")
        browser_page.keyboard.press("Tab")
        browser_page.keyboard.press("Enter")
        assert browser_page.evaluate("document.activeElement.id") == "main"

    def test_ctrl_enter_sends_the_form(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/return/")
        browser_page.fill("#id_reason", "不在我街道")
        browser_page.keyboard.press("Control+Enter")
        browser_page.get_by_text("已退回").wait_for()
        assert urls.DONE == ["不在我街道"]

    def test_a_dialog_opens_takes_the_focus_and_gives_it_back(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/ui-kit/")
        browser_page.get_by_text("退回", exact=True).first.press("Enter")
        expect(browser_page.locator("#kit-reason")).to_be_focused()
        browser_page.keyboard.press("Escape")
        browser_page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")


class TestAnswers:
    def test_a_wrong_form_and_a_refusal_are_shown_where_the_person_is_looking(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/return/")
        browser_page.fill("#id_reason", "短一")
        browser_page.keyboard.press("Enter")
        browser_page.locator("#id_reason_error").wait_for()
        browser_page.fill("#id_reason", "严不同意")
        browser_page.keyboard.press("Enter")
        browser_page.get_by_role("alert").wait_for()
        assert browser_page.input_value("#id_reason") == "严不同意"
        assert "刚刚退回了这件" in browser_page.get_by_role("alert").inner_text()

    def test_a_lost_session_keeps_the_text_on_the_page(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/return/")
        browser_page.fill("#id_reason", "不在我街道")
        browser_page.context.clear_cookies(name="sessionid")
        browser_page.keyboard.press("Enter")
        browser_page.get_by_text("登录已经过期").wait_for()
        assert browser_page.input_value("#id_reason") == "不在我街道"


class TestDrafts:
    def test_what_was_typed_is_there_again_after_leaving(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/return/")
        browser_page.fill("#id_reason", "不在我街道，在南园社区")
        browser_page.get_by_text("已存").wait_for()
        browser_page.goto("/after/")
        browser_page.goto("/return/")
        assert browser_page.input_value("#id_reason") == "不在我街道，在南园社区"

    @pytest.mark.parametrize("by_htmx", [True, False])
    def test_what_has_gone_through_is_forgotten(self, sign_in, by_htmx):
        browser_page = sign_in()
        if not by_htmx:
            browser_page.route("**/htmx*.js", lambda route: route.abort())
        browser_page.goto("/return/")
        browser_page.fill("#id_reason", "不在我街道")
        browser_page.get_by_text("已存").wait_for()
        browser_page.keyboard.press("Enter")
        browser_page.get_by_text("已退回").wait_for()
        browser_page.goto("/return/")
        assert browser_page.input_value("#id_reason") == ""


class TestAddressList:
    def test_arrows_and_enter_choose_an_address(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/place/")
        field = browser_page.get_by_role("combobox", name="地址")
        field.press_sequentially("余家漾")
        browser_page.get_by_role("option").first.wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        field.press("ArrowDown")
        assert browser_page.locator("[aria-selected=true]").inner_text().startswith("余家漾花园 13 幢")
        assert field.get_attribute("aria-activedescendant") == "fq-list-1-1"
        field.press("Enter")
        assert field.input_value() == "余家漾花园 13 幢"
        assert browser_page.input_value("#id_place_id") == "13"
        assert field.get_attribute("aria-expanded") == "false"

    def test_what_was_typed_before_the_script_came_is_looked_up_too(self, sign_in):
        browser_page, held = sign_in(), {}
        browser_page.route("**/combobox*.js", lambda route: held.update(script=route))
        browser_page.goto("/place/", wait_until="commit")
        browser_page.locator("[data-combobox]").press_sequentially("余家漾")
        held["script"].continue_()
        browser_page.get_by_role("option").first.wait_for()

    def test_writing_on_forgets_the_choice(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/place/")
        field = browser_page.get_by_role("combobox", name="地址")
        field.press_sequentially("余家漾")
        browser_page.get_by_role("option").first.click()
        field.press_sequentially("2 单元")
        assert browser_page.input_value("#id_place_id") == ""

    def test_an_unknown_address_may_be_written_as_it_is(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/place/")
        browser_page.get_by_role("combobox", name="地址").press_sequentially("无名弄")
        browser_page.get_by_text("没有找到，可以照原样写").wait_for()

    @pytest.mark.parametrize("leave", [lambda at: at.press("Tab"), lambda at: at.page.get_by_text("没有找到").click()])
    def test_the_list_does_not_stand_in_the_way_of_what_follows(self, sign_in, leave):
        browser_page = sign_in()
        browser_page.goto("/place/")
        field = browser_page.get_by_role("combobox", name="地址")
        field.press_sequentially("无名弄")
        browser_page.get_by_text("没有找到，可以照原样写").wait_for()
        leave(field)
        assert not browser_page.get_by_text("没有找到").is_visible()


class TestSignaturePad:
    def write(self, browser_page, strokes):
        box = browser_page.locator("[data-pad] canvas").bounding_box()
        for n in range(strokes):
            browser_page.mouse.move(box["x"] + 20 + 30 * n, box["y"] + 30)
            browser_page.mouse.down()
            browser_page.mouse.move(box["x"] + 60 + 30 * n, box["y"] + 90, steps=12)
            browser_page.mouse.up()

    def test_a_name_is_taken(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/place/")
        browser_page.fill("#id_place", "塔下街")
        browser_page.locator("#id_place").blur()  # its list, when it comes, would lie over the pad
        self.write(browser_page, 5)
        browser_page.get_by_text("已签，可以重写").wait_for()
        browser_page.get_by_role("button", name="提交签名").click()
        browser_page.wait_for_url("**/after/")
        assert urls.DONE[-1] == "data:image/png;base64,"

    def test_a_slip_of_the_finger_is_not(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/place/")
        self.write(browser_page, 1)
        browser_page.get_by_text("太短了，请写全名").wait_for()
        browser_page.get_by_role("button", name="提交签名").click()
        assert browser_page.url.endswith("/place/")

    def test_it_can_be_written_again(self, sign_in):
        browser_page = sign_in()
        browser_page.goto("/place/")
        self.write(browser_page, 5)
        browser_page.get_by_role("button", name="重写").click()
        assert browser_page.locator("[name=signature]").input_value() == ""


class TestWithoutScript:
    def test_a_form_goes_through(self, sign_in):
        browser_page = sign_in(java_script_enabled=False)
        browser_page.goto("/return/")
        browser_page.fill("#id_reason", "不在我街道")
        browser_page.get_by_role("button", name="退回").click()
        browser_page.wait_for_url("**/after/")
        browser_page.get_by_text("已退回").wait_for()

    def test_a_dialog_opens_in_place(self, sign_in):
        browser_page = sign_in(java_script_enabled=False)
        browser_page.goto("/ui-kit/")
        browser_page.locator("details.fq-act > summary").click()
        browser_page.locator("#kit-reason").wait_for()

    def test_the_menu_of_a_phone_opens(self, sign_in):
        browser_page = sign_in(java_script_enabled=False, width=360)
        browser_page.goto("/return/")
        browser_page.locator(".fq-menu > summary").click()
        browser_page.locator(".fq-menu-box").wait_for()

    def test_the_elder_mode_is_one_button(self, sign_in):
        browser_page = sign_in(java_script_enabled=False)
        browser_page.goto("/")
        browser_page.get_by_role("button", name="长辈模式").click()
        browser_page.get_by_role("button", name="标准字号").wait_for()
        assert browser_page.evaluate("document.documentElement.dataset.mode") == "elder"
