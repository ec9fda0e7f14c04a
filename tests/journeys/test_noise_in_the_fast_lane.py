"""A noise complaint in the fast lane (简案快调): registered at the window, sent to the village with one press, settled there the same day."""

import pytest

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute, TierStay
from fengqiao.ledger.verify import verify
from fengqiao.routing.rules import books
from fengqiao.routing.rules.book import Level, Rule
from tests.routing.books import a_book

from .cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
FILM = "journey-noise"

VILLAGE = "墙壕里社区人民调解委员会"
STORY = "楼上每天晚上十一点以后还在唱歌放音响，孩子睡不着，敲过两次门都不听。"


@pytest.fixture
def fast_lane(wuxing) -> None:
    """The district has made it a rule that simple matters between neighbours go straight to the village."""
    fast = Rule(1, to=Level.VILLAGE, category="02", difficulty="general", reason="邻里小事，当天说和", is_fast=True)
    a_book(rules=[fast, *(rule for rule in books.in_force().rules)])


def test_from_the_window_to_the_village_and_settled_the_same_day(fast_lane, cast):
    she_is_registered(cast)
    one_press_sends_it_to_the_village(cast)
    the_village_takes_it(cast)
    they_agree_by_word_of_mouth(cast)
    it_is_closed(cast)
    dispute = cast.dispute
    assert (dispute.state, dispute.closed_at.date() == dispute.registered_at.date()) == (State.FOLLOW_UP, True)
    assert [stay.tier.rank for stay in TierStay.objects.filter(dispute=dispute)] == [1]
    assert list(verify()) == []


def she_is_registered(cast: Cast) -> None:
    clerk = cast.desk("chenxiaoyan", "clerk")
    clerk.goes("/desk/register/")
    clerk.writes("来访人", "沈玉兰")
    clerk.writes("手机", "13905720019")
    clerk.writes("对方（人或单位）", "周建国")
    clerk.writes("用来访人的话说是什么事", STORY)
    clerk.chooses("类型", "02 邻里")
    clerk.page.locator("[name=place_name]").press_sequentially("墙壕")
    clerk.page.locator(".fq-drop [role=option]").first.click()
    clerk.is_filmed("registered")
    clerk.presses("保存并打印")
    clerk.reads("密码只显示这一次")
    cast.number = Dispute.objects.get().number


def one_press_sends_it_to_the_village(cast: Cast) -> None:
    cast.it_is("11-23T09:20")
    dispatcher = cast.desk("luwenbin", "dispatcher")
    dispatcher.goes(f"/desk/?view=new&one={cast.number}")
    dispatcher.reads("规则建议", VILLAGE, "简案快调", "邻里小事，当天说和")
    dispatcher.is_filmed("proposed")
    dispatcher.presses("按建议分派")
    dispatcher.reads("已分派")


def the_village_takes_it(cast: Cast) -> None:
    cast.it_is("11-23T09:40")
    mediator = cast.at_it("wangqiuping", "village")
    mediator.reads("轮到您", VILLAGE, "窗口即接即调")
    mediator.is_filmed("arrived")
    mediator.follows("受理")
    mediator.presses("受理")
    mediator.reads("已受理")
    mediator.follows("指定调解员")
    mediator.ticks("王秋萍")
    mediator.writes("关系的具体情况", "两家都认识，都不是亲戚。")
    mediator.presses("指定调解员")
    mediator.reads("已指定调解员")
    mediator.follows("告知权利义务")
    mediator.presses("告知权利义务")
    mediator.reads("已告知")


def they_agree_by_word_of_mouth(cast: Cast) -> None:
    """In the evening, at the door; it is in force at once."""
    cast.it_is("11-23T19:30")
    mediator = cast.at_it("wangqiuping", "village")
    mediator.follows("登记口头协议")
    mediator.writes("原文", "晚上十点以后不放音响、不唱歌；再有声音，先打电话说。")
    mediator.writes("当场做了什么", "周建国当场道歉，音响从靠墙一面搬开了。")
    mediator.is_filmed("oral")
    mediator.presses("登记，即日生效")
    mediator.reads("号，即日生效")  # the button says the rest of it before it is pressed
    mediator.is_filmed("in-force")


def it_is_closed(cast: Cast) -> None:
    """What was done on the spot leaves nothing to perform."""
    mediator = cast.at_it("wangqiuping", "village")
    mediator.follows("办结")
    mediator.writes("办结说明", "当天说和，两家都满意。")
    mediator.presses("办结")
    mediator.reads("已办结")
    mediator.reads("窗口即接即调")
    mediator.is_filmed("closed")
