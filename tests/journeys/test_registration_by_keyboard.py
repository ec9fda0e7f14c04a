"""The window clerk registers a visitor without touching the mouse, from signing in to the printed slip."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fengqiao.disputes.models import Dispute
from fengqiao.intake.models import Visit

from .people import DESK, PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

STORY = "楼下小店的排烟管正对我家厨房，油烟天天往家里灌，说了三次都不理。"
ID, PHONE = "330502196806151822", "13857219061"
NO_POINTER = (
    "for (const kind of ['pointerdown', 'mousedown']) addEventListener(kind, () => console.log('a pointer!'), true);"
)
NO_PRINTER = "window.print = () => { document.documentElement.dataset.printed = 'yes'; };"
ORDER = [
    "name", "id_number", "phone", "opponent", "opponent_kind", "persons", "needs", "consented", "看告知的内容",
    "facts", "category", "demand", "difficulty", "amount", "is_restricted", "place_name", "address", "channel",
]  # fmt: skip


class Keyboard:
    """A clerk's hands on the keys, eyes on the page."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)

    def write(self, *texts: str) -> None:
        """Each into the field where the focus is, and on with Tab."""
        for text in texts:
            self.keys.type(text)
            self.press("Tab")

    def tab_to(self, name: str) -> None:
        for _step in range(40):
            if self.focus == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not come to {name}")

    @property
    def focus(self) -> str:
        """The name of the field that has the focus, or what the link or button says."""
        return self.page.evaluate("document.activeElement.name || document.activeElement.innerText.trim().slice(0, 6)")

    def reads(self, *sentences: str) -> None:
        for words in sentences:
            expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture
def clerk(wuxing, live_server, new_context) -> Iterator[Keyboard]:
    """Signed in, and on the registration page by its key. No pointer is seen until the test is over."""
    seen: list[str] = []
    context = new_context(base_url=live_server.url)
    context.add_init_script(NO_POINTER + NO_PRINTER)
    page = context.new_page()
    page.set_viewport_size(DESK)
    page.on("console", lambda message: seen.append(message.text))
    hands = Keyboard(page)
    page.goto("/login/")
    hands.write("chenxiaoyan")
    hands.keys.type(PASSWORD)
    hands.press("Enter")
    page.wait_for_url("**/desk/")
    hands.press("n")
    page.wait_for_url("**/desk/register/")
    yield hands
    assert "a pointer!" not in seen


def fill_in(clerk: Keyboard) -> None:
    """Everything that must be there: a person, a matter, a place."""
    assert clerk.focus == "name"
    clerk.write("吴建芳", "", PHONE)
    clerk.press("Alt+2")
    clerk.write(STORY)
    clerk.press("Alt+3")
    choose_the_place(clerk)


def choose_the_place(clerk: Keyboard) -> None:
    clerk.keys.type("墙壕")
    expect(clerk.page.locator(".fq-drop [role=option]").first).to_be_visible()
    clerk.press("ArrowDown", "ArrowUp", "Enter")
    expect(clerk.page.locator("[name=place_name]")).to_have_value("墙壕里社区居委会")


def expect_the_slip(clerk: Keyboard) -> None:
    expect(clerk.page.get_by_role("heading", name="小票")).to_be_visible()
    assert re.search(r"查询码\s*\d{8}\s*密码\s*\d{6}", clerk.page.locator(".fq-ticket").inner_text())
    expect(clerk.page.locator(".fq-ticket svg").first).to_be_visible()


def test_a_visitor_is_registered_from_signing_in_to_the_slip(clerk, picture):
    clerk.write("吴建芳", ID, PHONE, "余家漾早餐店")
    clerk.tab_to("consented")
    clerk.press("Space", "Alt+2")
    assert clerk.focus == "facts"
    clerk.write(STORY)
    clerk.keys.type("09")
    clerk.press("Tab")
    clerk.write("把排烟管改到楼顶")
    clerk.press("Alt+1")
    assert clerk.focus == "name"
    clerk.press("Alt+3")
    assert clerk.focus == "place_name"
    choose_the_place(clerk)
    picture(clerk.page, "filled")
    clerk.press("Control+Enter")
    expect_the_slip(clerk)
    picture(clerk.page, "slip")
    expect(clerk.page.locator("html[data-printed]")).to_be_attached()
    dispute = Dispute.objects.get()
    told = (dispute.first_body.name, dispute.place.name, dispute.category.name, dispute.demand)
    assert told == ("飞英街道分中心", "墙壕里社区居委会", "环境污染", "把排烟管改到楼顶")
    assert dispute.applicants[0].id_number == ID


def test_tab_goes_through_the_form_in_the_order_of_the_eye(clerk):
    seen = [clerk.focus]
    while len(seen) < 60 and "只登记" not in seen:
        clerk.press("Tab")
        seen.append(clerk.focus)
    fields = [name for n, name in enumerate(seen) if name and name not in seen[:n]]
    assert fields[: len(ORDER)] == ORDER


def test_pressed_twice_it_is_still_one_dispute(clerk):
    fill_in(clerk)
    clerk.press("Control+Enter", "Control+Enter")
    expect_the_slip(clerk)
    assert Dispute.objects.count() == Visit.objects.count() == 1


def test_a_wrong_number_is_said_beside_it_and_nothing_typed_is_lost(clerk, picture):
    clerk.write("吴建芳", "", "1385721906")
    clerk.press("Alt+2")
    clerk.write(STORY)
    clerk.press("Alt+3")
    choose_the_place(clerk)
    clerk.press("Control+Enter")
    clerk.reads("少了 1 位")
    assert clerk.focus == "phone"
    assert clerk.page.locator("[name=facts]").input_value() == STORY
    assert clerk.page.locator("[name=place_name]").input_value() == "墙壕里社区居委会"
    assert not Dispute.objects.exists()
    picture(clerk.page, "wrong-number")
    clerk.press("End")
    clerk.keys.type("1")
    clerk.press("Control+Enter")
    expect_the_slip(clerk)
    assert Dispute.objects.get().applicants[0].phone == PHONE


def test_five_people_are_asked_for_their_representatives(clerk, picture):
    fill_in(clerk)
    clerk.press("Alt+1")
    clerk.tab_to("persons")
    clerk.press(*["ArrowUp"] * 4)
    clerk.reads("记 1 批次、5 人次")
    clerk.press("Control+Enter")
    clerk.reads("请先推选代表")
    assert clerk.focus == "representatives"
    picture(clerk.page, "representatives")
    clerk.write("吴建芳、王根宝")
    clerk.press("Control+Enter")
    expect_the_slip(clerk)
    visit = Visit.objects.get()
    assert (visit.persons, visit.representatives) == (5, ["吴建芳", "王根宝"])
