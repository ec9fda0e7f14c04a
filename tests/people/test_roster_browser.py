"""The roster in real browsers: applied for, reviewed, the card printed; a resident picks by matter, the dispatcher grants it."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.verify import verify
from fengqiao.mediation.choosing import Wished
from fengqiao.people.models import Role, RosterEntry
from tests.people.register import Register, a_photo
from tests.portal.people import came_in
from tests.portal.test_choosing import accepted
from tests.world import a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at(live_server, new_context):
    """`at(user, 1440)`: a browser in which this member of staff is signed in, or a resident's where there is none."""

    def opened(user=None, width=1440, *, session=None, **options):
        context = new_context(base_url=live_server.url, **options)
        if user is not None:
            client = Client()  # one's own: signing in ends whatever session there was
            client.force_login(user)
            session = client.cookies["sessionid"].value
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    return opened


def test_somebody_applies_is_reviewed_and_the_card_is_printed(at, picture):
    register = Register()
    page = at(register.manager)
    page.goto("/desk/roster/")
    picture(page, "roster-empty")
    page.get_by_role("link", name="申报").click()
    page.get_by_role("textbox", name="姓名 必填").fill("老方")
    page.get_by_text("专家", exact=True).click()
    page.get_by_label("身份、职务").fill("注册造价师")
    page.get_by_text("邻里", exact=True).click()
    page.get_by_label("简介").fill("做了三十年房屋修缮，会看漏水的原因。")
    page.get_by_label("出生日期").fill("1966-05-01")
    page.get_by_label("近亲属的姓名").fill("方小明")
    page.get_by_label("本人同意向群众公开").check()
    page.locator("input[type=file]").set_input_files({"name": "me.png", "mimeType": "image/png", "buffer": a_photo()})
    picture(page, "application")
    page.get_by_role("button", name="申报进名册").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")
    entry = RosterEntry.objects.get()

    page = at(register.reviewer)
    page.goto(f"/desk/roster/{entry.pk}/")
    picture(page, "to-review")
    assert "方小明" not in page.content()
    page.get_by_role("link", name="准许进名册").click()
    page.get_by_label("审核意见").fill("材料齐全")
    page.get_by_role("button", name="准许进名册").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("在册")
    page.set_viewport_size({"width": 360, "height": 800})
    picture(page, "entry-phone")
    answer = page.request.post(
        f"/desk/roster/{entry.pk}/card/",
        form={"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()},
        headers={"Referer": page.url},
    )
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")

    page = at(width=360, java_script_enabled=False)
    entry.refresh_from_db()
    page.goto(f"/card/{entry.card_token}/")
    expect(page.get_by_text("有效", exact=True)).to_be_visible()
    picture(page, "card-checked")
    assert list(verify()) == []


def test_a_resident_picks_by_matter_without_script_and_the_dispatcher_grants_it(at, picture, client):
    register = Register()
    register.admitted(register.a_mediator("钱志平"), specialities=[])
    entry = register.admitted(
        register.a_mediator("吴晓"),
        introduction="专门调邻里漏水，说本地话。",
        on_call=True,
        languages=["local", "putonghua"],
    )
    clerk = a_user(register.committee, Role.DISPATCHER, name="陆文斌")
    dispute = accepted(register, clerk)
    came_in(client, dispute.applicants[0])
    phone = at(width=360, session=client.cookies["sessionid"].value, java_script_enabled=False)
    phone.goto("/my/")
    phone.get_by_role("link", name="自己挑调解员").click()
    phone.get_by_role("link", name="去挑一位").click()
    phone.get_by_label("什么事").select_option("02")
    phone.get_by_role("button", name="找一找").click()
    expect(phone.get_by_role("heading", name="钱志平")).to_have_count(0)
    picture(phone, "found")
    phone.get_by_role("link", name="吴晓").click()
    picture(phone, "person")
    phone.get_by_role("button", name="选吴晓").click()
    picture(phone, "picked")
    phone.get_by_role("link", name=re.compile("就这样")).click()
    phone.get_by_role("button", name="就请这几位").click()
    expect(phone.get_by_text("等安排")).to_be_visible()
    picture(phone, "said")

    desk = at(clerk)
    desk.goto(f"/desk/disputes/{dispute.number}/assign/")
    expect(desk.get_by_text("当事人点选的，请先看")).to_be_visible()
    expect(desk.get_by_role("radio", name=re.compile("吴晓"))).to_be_checked()
    picture(desk, "assign")
    desk.get_by_role("button", name="指定调解员").click()
    expect(desk.get_by_text("已指定调解员")).to_be_visible()
    now = Dispute.objects.get()
    assert (now.state, now.mediator, now.wishes.get().status) == (State.MEDIATING, entry.user, Wished.GRANTED)
    phone.goto("/my/")
    expect(phone.get_by_text("您点选的吴晓：安排上了")).to_be_visible()
    picture(phone, "granted")
    assert list(verify()) == []
