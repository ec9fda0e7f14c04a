"""A new town branch is stood up from the screen alone: the branch, its window, a clerk and a mediator, and the first dispute.

何静 keeps the register and the accounts, 朱海波 approves the branch and the mediator, 陆芸 gives the roles and the first
passwords. Everybody signs in with two factors; whoever is new binds theirs at the first sign-in.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.intake.models import Visit
from fengqiao.ledger.verify import verify
from fengqiao.people import factors
from fengqiao.people.models import User
from tests.people.conftest import shown

from .people import DESK, PASSWORD, Person

pytestmark = pytest.mark.django_db(transaction=True)

BRANCH, WINDOW, OWN_PASSWORD = "凤凰街道分中心", "综合窗口1", "fenghuang-2026-kai"
OFFICE = ("hejing", "zhuhaibo", "luyun")


@pytest.fixture
def comes(wuxing, settings, somebody) -> Iterator[Callable[[str], Person]]:
    """`comes("hejing")`: to their own desk, with name, password and the digits on their phone."""
    settings.SECOND_FACTOR = "required"
    secrets = {name: factors.new_secret() for name in OFFICE}
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        for name, secret in secrets.items():
            factors.bind_app(User.objects.get(username=name), secret=secret, code=shown(secret))
    there: dict[str, Person] = {}

    def arrived(username: str) -> Person:
        if username not in there:
            person = there[username] = somebody(username, DESK)
            knocks(person, username, PASSWORD)
            person.writes("验证码", shown(secrets[username]))
            person.page.keyboard.press("Enter")
            person.page.wait_for_url("**/desk/**")
        return there[username]

    return arrived


def knocks(person: Person, username: str, password: str) -> None:
    person.goes("/login/")
    person.writes("用户名", username)
    person.writes("密码", password)
    person.presses("登录")


def asks_for_an_account(admin: Person, name: str, username: str, title: str, role: str) -> None:
    """From the page of the branch, so that it is chosen already."""
    admin.goes("/desk/bodies/?q=" + BRANCH)
    admin.follows(BRANCH, within="table")
    admin.follows("新建账户")
    admin.writes("姓名", name)
    admin.writes("用户名", username)
    admin.writes("职务", title)
    admin.chooses("担任什么角色", role)
    admin.writes("为什么需要这个角色", "新设分中心，人已到岗")


def is_let_in(security: Person, name: str) -> str:
    """The temporary password, as it is handed over."""
    security.goes("/desk/roles/")
    security.follows(re.compile(f"新账户 {name}"))
    security.reads(BRANCH, "新设分中心，人已到岗")
    security.ticks("同意", exact=True)
    security.presses("就这样决定")
    return security.page.locator(".fq-temporary").inner_text()


def comes_for_the_first_time(person: Person, username: str, temporary: str) -> None:
    """A password of their own, a phone bound, the desk."""
    knocks(person, username, temporary)
    person.writes("现在的密码", temporary)
    person.writes("新密码", OWN_PASSWORD)
    person.writes("再写一遍新密码", OWN_PASSWORD)
    person.presses("换密码")
    person.follows("绑定手机验证器")
    secret = person.page.locator(".fq-secret").inner_text().replace(" ", "")
    person.writes("手机上显示的六位数字", shown(secret))
    person.presses("绑定")
    person.follows("收好了")
    person.goes("/desk/")


def test_a_branch_with_a_window_a_clerk_and_a_mediator_is_stood_up_from_the_screen(comes, somebody, picture):
    admin, manager, security = comes("hejing"), comes("zhuhaibo"), comes("luyun")

    admin.goes("/desk/bodies/")
    admin.follows("新设机构")
    admin.writes("名称", BRANCH)
    admin.writes("简称", "吴凤")
    admin.chooses("类别", "镇街分中心")
    admin.chooses("辖区", "凤凰街道")
    admin.ticks("统筹整个辖区")
    picture(admin.page, "propose-the-branch")
    admin.presses("新设机构")
    admin.reads("等另一位管理员审核")
    manager.goes("/desk/bodies/?standing=proposed")
    manager.follows(BRANCH, within="table")
    manager.follows("审核通过")
    manager.presses("审核通过")
    manager.reads("已经开始运行")
    picture(manager.page, "approved")

    admin.goes("/desk/bodies/?q=" + BRANCH)
    admin.follows(BRANCH, within="table")
    admin.follows("新设窗口")
    admin.writes("窗口名称", WINDOW)
    admin.chooses("类别", "综合窗口")
    admin.writes("开放时间", "周一至周五 8:30-12:00、13:30-17:00")
    picture(admin.page, "a-window")
    admin.presses("保存")
    admin.reads(f"{WINDOW} 设好了")

    asks_for_an_account(admin, "凌晓芳", "lingxiaofang", "窗口专员", "窗口人员")
    picture(admin.page, "an-account")
    admin.presses("建账户，送安全管理员决定")
    admin.reads("等安全管理员同意角色")
    picture(admin.page, "account-waits")
    asks_for_an_account(admin, "卫建民", "weijianmin", "专职调解员", "调解员")
    admin.presses("建账户，送安全管理员决定")
    admin.reads("等安全管理员同意角色")

    security.goes("/desk/roles/")
    picture(security.page, "roles-wait")
    for_the_clerk = is_let_in(security, "凌晓芳")
    picture(security.page, "temporary-password")
    for_the_mediator = is_let_in(security, "卫建民")

    admin.goes("/desk/roster/new/")
    admin.chooses("平台账户", "卫建民")
    admin.page.get_by_role("textbox", name="姓名 必填").fill("卫建民")
    admin.ticks("专职")
    admin.chooses("所属单位", BRANCH)
    admin.writes("出生日期", "1975-04-12")
    admin.presses("申报进名册")
    admin.reads("申报好了")
    manager.goes("/desk/roster/?view=waiting")
    manager.follows("卫建民")
    manager.follows("准许进名册")
    manager.presses("准许进名册")
    expect(manager.page.get_by_role("heading", level=1)).to_contain_text("在册")

    clerk = somebody("lingxiaofang", DESK)
    comes_for_the_first_time(clerk, "lingxiaofang", for_the_clerk)
    clerk.goes("/desk/queue/")
    picture(clerk.page, "the-clerk-s-queue")
    clerk.presses("开窗上岗")
    clerk.reads(WINDOW)
    clerk.goes("/desk/register/")
    clerk.writes("来访人", "王根宝")
    clerk.writes("手机", "13905720001")
    clerk.writes("用来访人的话说是什么事", "隔壁半夜还在装修，吵得睡不着。")
    clerk.writes("门牌、小区", "凤凰街道凤凰路 3 号")
    picture(clerk.page, "a-visitor")
    clerk.presses("保存并打印")
    clerk.reads("密码只显示这一次")
    dispute = Dispute.objects.get()
    clerk.goes(f"/desk/disputes/{dispute.number}/")
    clerk.follows("受理")
    clerk.presses("受理")
    clerk.reads("已受理，请指定调解员")
    clerk.follows("指定调解员")
    clerk.ticks("卫建民")
    picture(clerk.page, "the-mediator-is-assigned")
    clerk.presses("指定调解员")
    clerk.reads("轮到调解员 卫建民")

    mediator = somebody("weijianmin", DESK)
    comes_for_the_first_time(mediator, "weijianmin", for_the_mediator)
    mediator.reads(dispute.number)
    picture(mediator.page, "the-mediator-s-desk")
    dispute.refresh_from_db()
    assert (str(dispute.body), dispute.state, str(dispute.mediator)) == (BRANCH, State.MEDIATING, "卫建民")
    assert str(Visit.objects.get().window) == WINDOW
    assert list(verify()) == []
