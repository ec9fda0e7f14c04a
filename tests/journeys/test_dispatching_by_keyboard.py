"""A dispatcher clears the morning's ten disputes without the mouse: looks at each beside the list, sends one, then the rest at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.verify import verify
from fengqiao.routing import commands as routing
from tests.axe import AXE, breaches
from tests.journeys.test_registration_by_keyboard import NO_POINTER, Keyboard
from tests.routing.town import Town

from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)
CHOSEN = ".fq-chosen"


@pytest.fixture
def town(transactional_db) -> Town:
    """Ten at the branch; the rules propose the village for all of them."""
    town = Town()
    for n in range(1, 11):
        town.dispute(title=f"第{n}件")
    return town


@pytest.fixture
def dispatcher(town, live_server, client, new_context) -> Iterator[Keyboard]:
    """At the worklist. No pointer is seen until the test is over."""
    seen: list[str] = []
    client.force_login(town.clerk())
    context = new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.add_init_script(NO_POINTER)
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.set_viewport_size(DESK)
    page.on("console", lambda message: seen.append(message.text))
    page.goto("/desk/?view=new")
    yield Keyboard(page)
    assert "a pointer!" not in seen


def test_ten_disputes_are_dispatched_and_the_one_that_somebody_changed_is_not(town, dispatcher, picture):
    page = dispatcher.page
    expect(page.locator(CHOSEN)).to_have_count(0)
    dispatcher.press("j", "j")
    expect(page.locator(CHOSEN)).to_contain_text("第2件")
    expect(page.locator(CHOSEN)).to_contain_text(f"规则建议：{town.village}")
    assert page.url.endswith(f"/desk/?view=new&one={Dispute.objects.get(title='第2件').number}")
    assert breaches(page) == []
    picture(page, "beside")
    dispatcher.press("d")  # as proposed; then the next one is there
    expect(page.locator(CHOSEN)).to_contain_text("第3件")
    dispatcher.reads("9 件中的 1–9 件")
    dispatcher.press("k", "x")
    dispatcher.reads("已选 1 件")
    dispatcher.press("a")
    dispatcher.reads("已选 9 件")
    dispatcher.press("g")
    expect(page.get_by_role("heading", name="一起分派")).to_be_visible()
    fifth = Dispute.objects.get(title="第5件")
    routing.call_in(fifth, body=town.trade, reason="看合同", by=town.clerk())
    dispatcher.press("Control+Enter")
    dispatcher.reads("9 件里分派了 8 件", "这件事刚刚有人动过")
    assert breaches(page) == []
    picture(page, "told")
    assert list(Dispute.objects.filter(state=State.REGISTERED)) == [fifth]
    dispatcher.tab_to("n")
    dispatcher.press("Space", "Control+Enter")
    dispatcher.reads("1 件里分派了 1 件")
    assert set(Dispute.objects.values_list("body__name", flat=True)) == {town.village.name}
    assert list(verify()) == []
