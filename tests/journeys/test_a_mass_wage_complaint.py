"""A mass wage complaint, in the browser: read on arrival, graded major, raised, called to five bodies, conferenced, owned by a
leader; and the leader's board shows each step.
"""

import pytest

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Attendance, Category, Dispute, JointTask
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role, User
from fengqiao.routing.answering import answer_call
from fengqiao.routing.joint import tasks
from fengqiao.routing.models import Duty
from fengqiao.routing.tiers.standing import lead_of, stay_of
from tests.world import a_user

from .cast import Cast
from .people import Person

pytestmark = pytest.mark.django_db(transaction=True)
FILM = "journey-wages"

STORY = (
    "我们厂46个人在塔下街踩缝纫机，八月做到现在，老板一分钱工钱没发，昨天夜里还把机器往外拉。"
    "大家商量好了，明天一早再没有说法，就一起去县政府门口拉横幅。"
)
FIVE = ("mdc-labour", "center-workers", "center-petition", "center-legal", "room-lawyer")


@pytest.fixture
def five(wuxing) -> list[Body]:
    """Those of the duty list in matters of labour, and somebody in each of them."""
    bodies = [Body.objects.get(key=key) for key in FIVE]
    duty = Duty.objects.create(item="10", name="欠薪", category=Category.objects.get(code="10"), lead=bodies[0])
    duty.cooperating.set(bodies[1:])
    for body in bodies[1:]:
        a_user(body, Role.MANAGER, username=body.key, name=f"{body.short_name}负责人")
    return bodies


def test_from_a_letter_at_nine_to_the_leader(cast, five, at_the_desk):
    he_writes(cast)
    the_dispatcher_reads_what_was_read(cast, at_the_desk("luwenbin", "dispatcher"))
    assert shown(cast)["红、橙风险"] == 0
    the_dispatcher_grades(cast)
    assert shown(cast)["红、橙风险"] == 1
    it_is_raised_to_the_centre(cast)
    five_are_called(cast, five)
    assert shown(cast, "called")["联动没销号"] == 1
    they_answer(cast, five)
    a_conference_is_called(cast)
    assert shown(cast)["待开的会商"] == 1
    it_is_held(cast)
    numbers = shown(cast)
    assert (numbers["待开的会商"], numbers["我包的案"]) == (0, 0)
    the_leader_takes_it_on(cast)
    numbers = shown(cast, "owned")
    assert (numbers["我包的案"], stay_of(cast.dispute).tier.name) == (1, "区领导交办督调")
    they_close_their_parts(cast, five)
    assert shown(cast, "settled")["联动没销号"] == 0
    assert list(verify()) == []


def shown(cast: Cast, filmed: str = "") -> dict[str, int]:
    """The strip of numbers on the leader's board."""
    leader = cast.desk("xulijun", "leader")
    leader.goes("/desk/oversight/")
    if filmed:
        leader.is_filmed(f"board-{filmed}")
    leader.reads("红、橙风险")
    cells = leader.page.locator(".fq-counts a").all()
    return {one.locator(".k").inner_text().strip(): int(one.locator("b").inner_text()) for one in cells}


def he_writes(cast: Cast) -> None:
    """At nine, on his phone, for forty six."""
    cast.calendar.move_to("2026-11-23T09:00:00+08:00")
    him = cast.resident
    him.goes("/")
    him.follows("我要反映")
    him.writes("发生了什么事", STORY)
    him.presses("下一步：谁和哪里")
    him.page.get_by_text("单位、商家", exact=True).click()
    him.writes("对方叫什么", "某某服饰有限公司")
    him.page.get_by_role("combobox", name="事情发生在哪个街道").press_sequentially("塔下街")
    him.page.get_by_role("option", name="塔下街社区").click()
    him.writes("您叫什么", "王大力")
    him.writes("您的电话", "13905722046")
    him.presses("下一步：核对")
    him.ticks("我看过了")
    him.is_filmed("check")
    him.presses("没错，交上去")
    him.reads("密码以后不再显示")
    cast.number = Dispute.objects.get().number


def the_dispatcher_reads_what_was_read(cast: Cast, dispatcher: Person) -> None:
    """A minute later: the danger, the crowd and the kind, each with its words; one press takes the kind."""
    cast.it_is("11-23T09:02")
    dispatcher.goes(cast.address)
    dispatcher.reads("来文读到的", "话里有危险", "拉横幅", "像是替五人以上说话", "46个人")
    dispatcher.is_filmed("read-on-arrival")
    dispatcher.presses("定为劳动争议")
    dispatcher.reads("已分级分类")
    assert cast.dispute.category == Category.objects.get(code="10")


def the_dispatcher_grades(cast: Cast) -> None:
    """The letter came from one; forty six are entered, and the thresholds propose major. A person confirms, and accepts."""
    dispatcher = cast.at_it("luwenbin", "dispatcher")
    dispatcher.follows("分级分类")
    dispatcher.writes("申请人一共多少人", "46")
    dispatcher.ticks("红色")
    dispatcher.presses("分级分类")
    dispatcher.reads("标准建议：重大疑难", "涉及人数 47，达到 30")
    dispatcher.is_filmed("major-proposed")
    dispatcher.ticks("重大疑难")
    dispatcher.writes("理由", "说好明天去县政府门口，已告诉派出所。")
    dispatcher.presses("分级分类")
    dispatcher.reads("已分级分类", "代表 46 人")
    dispatcher.follows("受理")
    dispatcher.presses("受理")
    dispatcher.reads("已受理")
    dispatcher.is_filmed("accepted")


def it_is_raised_to_the_centre(cast: Cast) -> None:
    """The branch raises it to where the centre is asked to lead; the centre takes the lead."""
    cast.it_is("11-23T09:20")
    for tier in ("事权部门内调", "系统交接联调"):
        dispatcher = cast.at_it("luwenbin", "dispatcher")
        dispatcher.reads("按本区的层级应到“区领导交办督调”")
        dispatcher.follows("升层调处")
        dispatcher.ticks(f"“{tier}”")
        dispatcher.writes("为什么这一层办不了", "人多，厂子资产在转移，要区里几家一起。")
        dispatcher.presses("升层调处")
        dispatcher.reads("已升层")
    dispatcher.is_filmed("raised")
    head = cast.at_it("zhuhaibo", "head")
    head.follows("接过牵头")
    head.reads("现在牵头的是飞英街道分中心")
    head.presses("接过牵头")
    head.reads("已接过牵头")
    assert (stay_of(cast.dispute).tier.rank, lead_of(cast.dispute)) == (3, Body.objects.root())


def five_are_called(cast: Cast, five: list[Body]) -> None:
    """All five of the duty list, with one press."""
    head = cast.at_it("zhuhaibo", "head")
    head.follows("呼叫协办")
    for body in five:
        head.ticks(f"{body}：")
    head.writes("请对方做什么", "今天核清工资、稳住人，资产先看住。")
    head.is_filmed("call-five")
    head.presses("呼叫协办")
    head.reads("已呼叫", *(f"{cast.number}-{n}" for n in range(1, 6)))
    head.is_filmed("called")


def they_answer(cast: Cast, five: list[Body]) -> None:
    """Two at their desks, before everybody's eyes; the others the same way."""
    cast.it_is("11-23T09:45")
    for username, who in (("sunguoliang", "labour"), (five[1].key, "union")):
        member = cast.at_it(username, who)
        member.follows("回应呼叫")
        member.ticks("派人来")
        member.writes("什么时候来", "马上到")
        member.presses("回应呼叫")
        member.reads("已回应")
    member.is_filmed("answered")
    for body in five[2:]:
        answer_call(cast.dispute, comes=True, by=User.objects.get(username=body.key))


def a_conference_is_called(cast: Cast) -> None:
    """The five are invited with the same press."""
    head = cast.at_it("zhuhaibo", "head")
    head.reads("马上到")
    head.follows("召集会商")
    head.writes("什么时候", "2026-11-23T14:00")
    head.writes("在哪里", "三楼会商室")
    head.writes("要商量什么", "先垫付多少，谁来垫")
    head.is_filmed("convene")
    head.presses("召集会商")
    head.reads("会商定好了")


def it_is_held(cast: Cast) -> None:
    """Four came; what was decided is a task with a day, which the labour committee finds and answers."""
    cast.it_is("11-23T15:00")
    head = cast.at_it("zhuhaibo", "head")
    head.follows("会商：先垫付多少")
    head.follows("记会商结果")
    for box in head.page.get_by_label("协办单位").all()[:4]:
        box.check()
    head.writes("会商记录", "厂方账户已看住，先垫一个月工资，其余十日内付。")
    head.writes("定下的第 1 件事", "垫付一个月工资，发到本人卡上")
    head.chooses("交给谁", "劳资纠纷调委会")
    head.writes("哪天前", "2026-11-24")
    head.is_filmed("minutes")
    head.presses("记会商结果")
    head.reads("定下的事", "垫付一个月工资", "没有到会")
    cast.it_is("11-23T15:10")
    assert sorted(Attendance.objects.values_list("came", flat=True)) == [False, True, True, True, True]
    labour = cast.at_it("sunguoliang", "labour")
    labour.follows("会商：先垫付多少")
    labour.follows("答复")
    labour.writes("内容", "46人的一个月工资今天下午发到卡上。")
    labour.presses("答复")
    labour.reads("待认可")
    labour.is_filmed("task-answered")


def the_leader_takes_it_on(cast: Cast) -> None:
    """Raised to the top by the centre, taken on by the leader with a day."""
    head = cast.at_it("zhuhaibo", "head")
    head.follows("升层调处")
    head.reads("一次升到按难易程度应到的那一层")
    head.is_filmed("raised-to-the-top")
    head.writes("为什么这一层办不了", "余款要区领导定。")
    head.presses("升层调处")
    head.reads("已升层")
    leader = cast.at_it("xulijun", "leader")
    leader.follows("领导包案")
    leader.writes("哪天前办结", "2026-12-03")
    leader.writes("为什么要领导包案", "46人没拿到工钱，说好要上街。")
    leader.is_filmed("take-on")
    leader.presses("领导包案")
    leader.reads("已登记包案", "许立军包案")
    leader.is_filmed("taken-on")


def they_close_their_parts(cast: Cast, five: list[Body]) -> None:
    """销号: the committee at its desk, the others the same way; the page of the matter tells it all."""
    labour = cast.at_it("sunguoliang", "labour")
    labour.follows("销号")
    labour.ticks("办好了")
    labour.writes("办了什么、结果怎样", "工资核清，一个月的已垫付到卡。")
    labour.presses("销号")
    labour.reads("已销号")
    for body in five[1:]:
        task = JointTask.objects.get(assist__body=body)
        tasks.close(task, outcome="done", result="办好了", by=User.objects.get(username=body.key))
    told = {entry.kind for entry in Entry.objects.of("dispute", cast.dispute.pk)}
    assert {"dispute.graded", "tier.raised", "tier.led", "dispute.called_in", "joint.attended", "joint.closed"} <= told
    head = cast.at_it("zhuhaibo", "head")
    head.is_filmed("all-told")
