"""A matter that is sent to the wrong body twice: it bounces twice and is caught at the fallback window, where a person decides."""

import pytest

from fengqiao.bodies.models import Body, Window, WindowKind
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Category
from fengqiao.intake.commands import receive
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role, User
from fengqiao.routing.ownership import check
from tests.intake.people import a_draft as a_visit
from tests.world import a_user

from .cast import Cast
from .people import Person

pytestmark = pytest.mark.django_db(transaction=True)
FILM = "journey-bounce"

FIRST, CONSUMER, LABOUR, PROPERTY = "飞英街道分中心", "消费维权纠纷调委会", "劳资纠纷调委会", "物业纠纷调委会"


@pytest.fixture
def matter(wuxing, cast) -> Cast:
    """About a lift, registered at the branch; a fallback window at the county centre, and somebody in the committees."""
    centre = Body.objects.root()
    Window.objects.create(key="fallback", body=centre, name="综合调解窗口", kind=WindowKind.FALLBACK)
    for username, name in (("consumer", CONSUMER), ("property", PROPERTY)):
        a_user(Body.objects.get(name=name), Role.MANAGER, username=username, name=f"{name}主任")
    draft = a_visit(category=Category.objects.get(code="14"))
    cast.number = receive(draft=draft, by=User.objects.get(username="chenxiaoyan")).dispute.number
    return cast


def test_it_bounces_twice_and_is_caught(matter):
    matter.it_is("11-23T09:10")
    sent(matter, CONSUMER, "业主交了钱，像是消费")
    refused(matter, "consumer", "物业费不是买东西。", "第 2 条")
    back = matter.at_it("luwenbin", "dispatcher")
    back.reads("轮到您", "首接负责：有单位受理以前，一直由它牵头。", "退回过", CONSUMER, "物业费不是买东西。")
    leads(back)
    back.is_filmed("came-back")
    sent(matter, LABOUR, "物业的人说工资没发")
    refused(matter, "sunguoliang", "没有劳动关系。", "第 1 条")
    it_is_caught(matter)
    what_was_decided_stands(matter)
    assert matter.dispute.state == State.ACCEPTED
    assert [found.breaches for found in check()] == [[]]
    assert list(verify()) == []


def leads(person: Person) -> None:
    """The page says who answers for it until somebody accepts."""
    person.reads(f"首接：{FIRST}", f"牵头：{FIRST}")


def sent(matter: Cast, name: str, why: str) -> None:
    dispatcher = matter.at_it("luwenbin", "dispatcher")
    leads(dispatcher)
    dispatcher.follows("分派")
    dispatcher.chooses("交给哪个单位", name)
    dispatcher.writes("为什么不按建议", why)
    dispatcher.presses("分派")
    dispatcher.reads("已分派", f"轮到{name}")
    leads(dispatcher)


def refused(matter: Cast, username: str, reason: str, line: str) -> None:
    """A refusal cites a line that is wrong about it."""
    body = matter.at_it(username, username)
    leads(body)
    body.follows("退回")
    option = body.page.get_by_label("哪一项、哪一条").locator("option").filter(has_text=line).inner_text()
    body.chooses("哪一项、哪一条", option)
    body.writes("为什么退回", reason)
    body.is_filmed("refuses")
    body.presses("退回")
    body.reads("已退回")


def it_is_caught(matter: Cast) -> None:
    """At the fallback window it cannot be given back a third time, and the button says why; a person decides."""
    window = matter.at_it("zhuhaibo", "window")
    window.reads("轮到您", CONSUMER, LABOUR)
    leads(window)
    window.page.locator("#acts summary").click()
    button = window.page.locator("#acts").get_by_role("link", name="退回", exact=True)
    assert button.get_attribute("aria-disabled") == "true"
    assert "已经退过两次，到兜底窗口为止，不能再退" in button.locator("xpath=..").inner_text()
    window.is_filmed("caught")
    window.follows("分派")
    window.chooses("交给哪个单位", PROPERTY)
    window.writes("为什么不按建议", "电梯归物业管，由物业纠纷调委会办。")
    window.presses("分派")
    window.reads("已分派", f"轮到{PROPERTY}")


def what_was_decided_stands(matter: Cast) -> None:
    body = matter.at_it("property", "property")
    leads(body)
    body.page.locator("#acts summary").click()
    body.reads("这件事已经退过两次，由兜底窗口定下交来，不能再退。")
    body.is_filmed("cannot-refuse")
    body.follows("受理")
    body.presses("受理")
    body.reads("已受理")
    body.does_not_read("有单位受理以前，一直由它牵头")
    body.is_filmed("accepted")
