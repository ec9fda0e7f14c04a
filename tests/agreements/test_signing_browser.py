"""The way of a signature in a real browser: the mediator's desk, the party's own phone of 360 pixels."""

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.agreements import commands
from fengqiao.agreements.library import load_templates
from fengqiao.agreements.models import Agreement, Signature, Status
from tests.agreements.scene import at_the_table, out_for_signing, party_of, signed_by
from tests.axe import breaches

pytestmark = pytest.mark.django_db(transaction=True)


def is_narrow(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def desk_of(live_server, new_context):
    """`desk_of(user)`: a browser in which they are signed in."""

    def opened(user, width=1440, theme="light", **options):
        client = Client()
        client.force_login(user)
        context = new_context(base_url=live_server.url, **options)
        cookies = {"sessionid": client.cookies["sessionid"].value, "theme": theme}
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    return opened


@pytest.fixture
def phone(live_server, new_context):
    """`phone()`: somebody's own phone, nobody signed in."""

    def opened(mode="normal", theme="light", **options):
        context = new_context(base_url=live_server.url, has_touch=True, **options)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}
                             for name, value in {"mode": mode, "theme": theme}.items()])  # fmt: skip
        page = context.new_page()
        page.set_viewport_size({"width": 360, "height": 760})
        return page

    return opened


def write_a_name(page):
    """A hand on the pad."""
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    for n in range(3):
        x, y = box["x"] + 30 + n * box["width"] / 4, box["y"] + 25
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 13):
            page.mouse.move(x + 4 * step, y + (step * 37) % 80)
        page.mouse.up()


def the_link(agreement, role="applicant"):
    address = commands.make_link(agreement, party_of(agreement, role), by=agreement.dispute.mediator)
    return "/s/" + address.split("/s/")[1]


def test_a_party_signs_on_a_narrow_phone_and_the_last_one_concludes(phone, picture):
    agreement = out_for_signing()
    signed_by(agreement, agreement.dispute.mediator)
    signed_by(agreement, party_of(agreement, "respondent"))
    page = phone()
    page.goto(the_link(agreement))
    picture(page, "who")
    page.get_by_label("手机号的后四位").fill("2045")
    page.get_by_role("button", name="打开协议").click()
    assert is_narrow(page)
    page.get_by_role("button", name="看懂了，下一条").click()
    page.get_by_role("button", name="看懂了，下一条").click()
    picture(page, "clause")
    page.get_by_role("button", name="看懂了").click()
    assert is_narrow(page)
    page.get_by_label("没有人逼我，是我自己愿意签的").check()
    page.get_by_label("我知道签了就要照做").check()
    page.get_by_role("button", name="提交签名").click()
    assert not Signature.objects.filter(party=party_of(agreement)).exists()  # the pad is empty
    write_a_name(page)
    picture(page, "pad")
    page.get_by_role("button", name="提交签名").click()
    page.get_by_text("协议生效了，请照协议做。").wait_for()
    picture(page, "done")
    assert is_narrow(page)
    assert Agreement.objects.get(pk=agreement.pk).status == Status.IN_FORCE


def test_the_mediator_writes_a_draft_from_a_template_in_the_browser(desk_of, picture):
    load_templates()
    dispute = at_the_table()
    page = desk_of(dispute.mediator)
    page.goto(reverse("draft_agreement", args=[dispute.number]))
    page.get_by_role("listitem").filter(has_text="渗漏水赔偿").get_by_role("link").click()
    picture(page, "template")
    page.reload()  # a picture leaves empty style attributes behind
    page.get_by_label("渗漏部位").fill("卫生间地漏")
    page.get_by_label("赔偿金额").fill("8600")
    page.get_by_label("付款日期").fill("2027-01-20")
    page.get_by_label("修复日期").fill("2027-01-10")
    page.get_by_role("button", name="填进去").click()
    page.get_by_text("填空").wait_for(state="detached")
    page.get_by_role("button", name="加一条").click()
    page.get_by_text("第 6 条", exact=True).wait_for()
    page.get_by_label("原文").nth(5).fill("双方互相道歉。")
    picture(page, "filled")
    page.get_by_role("button", name="存草稿，看成稿").click()
    page.get_by_text("六、双方互相道歉。").wait_for()
    picture(page, "paper")


def test_the_pad_shuts_nobody_out(phone, picture):
    agreement = out_for_signing()
    own = phone(bypass_csp=True, theme="dark", mode="elder")
    own.goto(the_link(agreement))
    own.get_by_label("手机号的后四位").fill("2045")
    own.get_by_role("button", name="打开协议").click()
    assert breaches(own) == []
    for _n in agreement.clauses:
        own.get_by_role("button", name="看懂了").click()
    assert breaches(own) == []
    assert is_narrow(own)
    picture(own, "pad-elder-dark")
