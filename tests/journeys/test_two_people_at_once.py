"""Two at the same dispute, or one who presses twice or goes back: whoever comes second is told, loses no word, and does no harm."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from fengqiao.agreements.commands import make_link
from fengqiao.agreements.models import Signature
from fengqiao.bodies.models import Body
from fengqiao.disputes.events import Dispatched, Escalated, Graded
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.intake.commands import receive
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import User
from tests.agreements.scene import out_for_signing, party_of
from tests.intake.people import a_draft as a_visit
from tests.world import a_category

from .people import PASSWORD, Person

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "三户一起来的，社区请过物业两次都没到场，本级协调不动，请上级出面。"


@pytest.fixture
def dispute(wuxing) -> Dispute:
    """Registered at the window of 飞英街道, where a clerk and a dispatcher both may send it on."""
    a_category("14", "物业")
    return receive(draft=a_visit(), by=User.objects.get(username="chenxiaoyan")).dispute


@pytest.fixture
def clerk(dispute, at_the_desk) -> Person:
    return at_the_desk("chenxiaoyan", "clerk")


@pytest.fixture
def dispatcher(dispute, at_the_desk) -> Person:
    return at_the_desk("luwenbin", "dispatcher")


def address(dispute: Dispute, act: str = "") -> str:
    return f"/desk/disputes/{dispute.number}/{act}"


def told(dispute: Dispute, event) -> int:
    """How often the story tells of it."""
    return Entry.objects.of("dispute", dispute.pk).filter(kind=event.kind).count()


def answer_to(page: Page, press) -> int:
    """The status with which the form is answered."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as waiting:
        press()
    return waiting.value.status


def another_tab(person: Person) -> Person:
    return Person(person.page.context.new_page(), person.film, person.who)


def test_who_comes_second_is_told_keeps_every_word_and_may_send_it_again(dispute, clerk, dispatcher, picture):
    clerk.goes(address(dispute, "escalate/"))
    clerk.writes("为什么本级办不了", REASON)
    dispatcher.goes(address(dispute, "grade/"))
    dispatcher.writes("事由", "小区电梯多次困人")
    dispatcher.presses("分级分类")
    dispatcher.reads("已分级分类")
    assert answer_to(clerk.page, lambda: clerk.presses("上报")) == 409
    clerk.reads("小区电梯多次困人")
    expect(clerk.page.get_by_label("为什么本级办不了")).to_have_value(REASON)
    picture(clerk.page, "told")
    assert told(dispute, Escalated) == 0
    clerk.presses("上报")
    clerk.reads("已上报")
    assert told(dispute, Escalated) == 1
    assert list(verify()) == []


def test_two_tabs_of_one_person_cannot_act_past_each_other(dispute, clerk, picture):
    other = another_tab(clerk)
    for tab in (clerk, other):
        tab.goes(address(dispute, "dispatch/"))
    clerk.chooses("交给哪个单位", "墙壕里社区人民调解委员会")
    clerk.writes("为什么不按建议", "双方都住这个社区")
    clerk.presses("分派")
    clerk.reads("已分派")
    other.chooses("交给哪个单位", "余家漾社区人民调解委员会")
    other.writes("嘱咐一句", REASON)
    assert answer_to(other.page, lambda: other.presses("分派")) == 409
    expect(other.page.locator("main")).to_contain_text(REASON)
    picture(other.page, "told")
    assert Dispute.objects.get().body == Body.objects.get(name="墙壕里社区人民调解委员会")
    assert told(dispute, Dispatched) == 1


def test_a_double_click_is_one_act(dispute, clerk):
    clerk.goes(address(dispute, "grade/"))
    clerk.chooses("纠纷类型", "14 物业")
    clerk.page.get_by_role("button", name="分级分类").dblclick()
    clerk.page.wait_for_url(f"**{address(dispute)}")
    clerk.reads("14 物业")
    clerk.does_not_read("没有办成")
    assert told(dispute, Graded) == 1


def test_going_back_and_pressing_again_does_no_harm(dispute, clerk):
    clerk.goes(address(dispute, "dispatch/"))
    clerk.chooses("交给哪个单位", "墙壕里社区人民调解委员会")
    clerk.writes("为什么不按建议", "双方都住这个社区")
    clerk.presses("分派")
    clerk.reads("已分派")
    clerk.page.go_back()
    again = clerk.page.get_by_role("button", name="分派")
    if again.count():  # the page as it was; a fresh one already says why not
        answer_to(clerk.page, again.click)
    assert told(dispute, Dispatched) == 1
    assert Dispute.objects.get().state == State.ROUTED
    clerk.goes(address(dispute))
    clerk.reads("轮到墙壕里社区人民调解委员会")


def test_a_visitor_is_not_registered_twice_by_going_back(dispute, clerk):
    clerk.goes("/desk/register/")
    clerk.writes("来访人", "王根宝")
    clerk.writes("手机", "13905720001")
    clerk.writes("用来访人的话说是什么事", "隔壁半夜还在装修，吵得睡不着。")
    clerk.writes("门牌、小区", "余家漾花园 3 幢")
    clerk.presses("保存并打印")
    clerk.reads("密码只显示这一次")
    clerk.page.go_back()
    clerk.presses("保存并打印")
    clerk.page.wait_for_load_state()
    assert Dispute.objects.count() == 2


def test_a_signature_under_words_that_were_taken_back_is_none(transactional_db, at_the_desk, on_a_phone, picture):
    agreement = out_for_signing()
    User.objects.update(password=make_password(PASSWORD))
    mediator = at_the_desk(agreement.dispute.mediator.username, "mediator")
    her = on_a_phone("resident")
    her.goes(urlsplit(make_link(agreement, party_of(agreement), by=agreement.dispute.mediator)).path)
    her.writes("手机号的后四位", "2045")
    her.presses("打开协议")
    for _clause in agreement.clauses:
        her.presses("看懂了")
    her.ticks("没有人逼我，是我自己愿意签的")
    her.ticks("我知道签了就要照做")
    her.signs("沈玉兰")
    mediator.goes(address(agreement.dispute, "revise/"))
    mediator.writes("为什么收回", "金额写错了一位。")
    mediator.presses("收回再改")
    mediator.reads("已收回，可以改了")
    her.presses("提交签名")
    her.reads("这一稿收回了", "金额写错了一位。")
    picture(her.page, "told")
    assert not Signature.objects.exists()
