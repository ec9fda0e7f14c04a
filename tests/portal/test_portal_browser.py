"""The residents' pages in a real browser at 360 px: readable by all, no sideways scrolling, and without a mouse or an account."""

import json

import pytest
from django.conf import settings
from django.urls import reverse

from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import SYSTEM
from tests.agreements.scene import out_for_signing, party_of, signed_by
from tests.callbacks.scenes import closed
from tests.fulfilment.scenes import agreed
from tests.mediation.case import Case
from tests.portal.people import STORY, a_town

AXE = settings.NODE_MODULES / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = [("light", "normal"), ("dark", "normal"), ("light", "elder"), ("dark", "elder")]
OPEN = ("home", "windows", "other_ways", "apply", "follow", "code")
OWN = ("home", "my", "my_looks", "my_willing", "my_material", "my_code")

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


def come_in(page, party):
    issued = give_pass(party, by=SYSTEM)
    page.goto(reverse("follow"))
    page.get_by_label("查询码").fill(issued.access.code)
    page.get_by_label("密码").fill(issued.pin)
    page.get_by_role("button", name="看进度").click()
    page.wait_for_url(f"**{reverse('my')}")
    return issued


def breaches(page) -> list[str]:
    """What axe finds that is serious or critical."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(f"axe.run({json.dumps({'runOnly': RULES})})")["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def look_at(page, address):
    page.goto(address)
    unroll(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], address
    assert breaches(page) == [], address


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
    assert page.get_by_text("不是 PDF、JPG 或 PNG").is_visible()
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
    assert page.get_by_text("少了 4 位").is_visible()
    unroll(page)
    picture(page, "who")
    page.get_by_label("对方的电话").fill("")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_label("我看过了").check()
    unroll(page)
    picture(page, "check")
    page.get_by_role("button", name="没错，交上去").click()
    assert page.get_by_role("heading", name="交上来了").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    unroll(page)
    picture(page, "code")
    page.get_by_role("button", name="抄好了，去看进度").click()
    assert page.get_by_role("heading", name=Dispute.objects.get().title).is_visible()
    unroll(page)
    picture(page, "my")


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


@pytest.mark.parametrize(("theme", "mode"), LOOKS)
def test_no_page_shuts_anybody_out_or_scrolls_sideways(phone, picture, theme, mode):
    case = Case().assigned().informed()
    case.planned(hours=30)
    page = phone(theme, mode, bypass_csp=True)
    for name in OPEN:
        look_at(page, reverse(name))
        picture(page, name)
    issued = come_in(page, case.respondent)
    for name in OWN:
        look_at(page, reverse(name))
        picture(page, f"own-{name}")
    look_at(page, reverse("follow_token", args=[issued.access.token]))
    picture(page, "token")


@pytest.mark.parametrize(("theme", "mode"), [("light", "normal"), ("dark", "elder")])
def test_the_own_page_at_every_turn(phone, picture, theme, mode):
    agreement = out_for_signing()
    signed_by(agreement, party_of(agreement, "respondent"))
    doing, over = agreed(((8600_00, 10), (None, 19))), closed()
    page = phone(theme, mode, width=390, bypass_csp=True)
    for name, party in (
        ("sign", party_of(agreement)),
        ("do", doing.debtor),
        ("wait", doing.creditor),
        ("rate", over.creditor),
    ):
        come_in(page, party)
        look_at(page, reverse("my"))
        picture(page, name)
    look_at(page, reverse("my_rating"))
    picture(page, "rating")
    come_in(page, doing.debtor)
    look_at(page, reverse("my_performed", args=[doing.obligations[0].pk]))
    picture(page, "performed")
    come_in(page, doing.creditor)
    look_at(page, reverse("home"))
    picture(page, "home-with-a-pass")
