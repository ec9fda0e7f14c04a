"""Those above: a leader takes one on, orders are given and answered, people confer, an incident is reported, days are cleared.

They look at the disputes of the other stories; where one of those is not told, neither is what was done about it.
"""

from datetime import timedelta

from django.utils import timezone

from fengqiao.disputes.models import Dispute
from fengqiao.supervision.commands import clearing, conferences, incidents, leading, orders
from fengqiao.supervision.commands.conferences import Decision
from fengqiao.supervision.models import Answer, OrderKind

from ..life import Story
from ..table import fresh
from ..telling import Telling
from .money import WAGES
from .offices import LAND, LIFT, NOISE, SMOKE


def leaders_dispute(t: Telling) -> Story:
    """包案: what came up from the town is taken on by the leader, who hears how it goes."""
    yield t.on(5, "09:30")
    if (dispute := _told(t, LAND)) is None:
        return
    case = leading.take_on(
        dispute, leader=t.user("leader"), body=t.body("center"), target_on=t.day(20), by=t.user("leader"),
        why="涉及征收政策，同村几户都在看。",
    )  # fmt: skip
    yield t.on(3, "15:10")
    leading.note_progress(
        case, words="和项目部核对了清点表，有两处数目不一样，约下周现场重点。", by=t.user("center_dispatcher")
    )
    yield t.on(1, "16:30")
    leading.note_progress(case, words="已请自然资源部门派人一起去，标准当面说清。", by=t.user("leader"))


def orders_given(t: Telling) -> Story:
    """交办 signed for and answered; 督办 that nobody has answered, and that is late."""
    yield t.on(5, "10:20")
    given = None
    if dispute := _told(t, WAGES):
        given = orders.give(
            dispute, kind=OrderKind.ASSIGN, body=t.body("labour"), due_on=t.day(3), by=t.user("leader"),
            words="年底前工资必须发到手，请把每个人的数核清，三天内报结果。",
        )  # fmt: skip
    yield t.on(5, "11:15")
    if given:
        orders.sign_for(given, by=t.user("labour_manager"))
    yield t.ago(34)
    if late := _told(t, NOISE):
        orders.give(
            late, kind=OrderKind.SUPERVISE, body=t.body("second_village"), due_on=timezone.localdate(),
            by=t.user("center_manager"), words="超过四十八小时没有回音，家长两次来电。今天上门，当天报结果。",
        )  # fmt: skip
    yield t.on(1, "16:05")
    if given:
        orders.answer(given, words="五人的数双方都认了：合计61,500元，约定分两次发。", by=t.user("labour_manager"))


def conferred(t: Telling) -> Story:
    """会商: held, its decisions became tasks, one of them is done; and another one is called for tomorrow."""
    yield t.on(9, "10:00")
    boss, dispute = t.user("dispatcher"), _told(t, LIFT)
    held_at = t.on(7, "14:00")
    if dispute is None:
        return
    conference = conferences.call(
        dispute,
        topic="电梯先修还是先清欠费，维修资金怎么用",
        at=held_at,
        place=f"{t.name('town')}分中心会议室",
        by=boss,
    )
    center = conferences.invite(
        conference, seat="区中心", body=t.body("center"), user=t.user("center_manager"), by=boss
    )
    mediator = conferences.invite(
        conference, seat="人民调解员", body=t.body("town_committee"), user=t.user("mediator"), by=boss
    )
    yield t.on(8, "09:40")
    conferences.answer_invitation(center, answer=Answer.COMING, by=t.user("center_manager"))
    conferences.answer_invitation(mediator, answer=Answer.COMING, by=t.user("mediator"))
    yield held_at + timedelta(minutes=80)
    decisions = [
        Decision("走访八户，把愿意先交的和要先修的分清楚。", t.body("town_committee"), t.day(-2)),
        Decision("请物业报维修资金的余额和用法，书面答复。", t.body("town"), t.day(4)),
    ]
    conferences.hold(
        conference, minutes="各方都同意先停止停门禁卡；电梯先请有资质的单位检测，费用从维修资金列支。", present=[center, mediator],
        decisions=decisions, by=boss,
    )  # fmt: skip
    first = conference.tasks.earliest("pk")
    yield t.on(4, "11:20")
    conferences.answer_task(first, words="八户走完了：五户愿意先交，三户要先修。", by=t.user("mediator"))
    yield t.on(3, "09:10")
    conferences.close_task(first, by=boss)
    yield t.ago(5)
    if smoke := _told(t, SMOKE):
        next_one = conferences.call(
            smoke,
            topic="烟管改道的路线和费用",
            at=t.on(-1, "14:30"),
            place=f"{t.name('fourth_village')}社区会议室",
            by=boss,
        )
        conferences.invite(next_one, seat="区中心", body=t.body("center"), user=t.user("center_manager"), by=boss)


def incident(t: Telling) -> Story:
    """重大事项: reported up, signed for, the plan started, told to those above the centre, followed up; not over yet."""
    yield t.ago(22)
    dispute = _told(t, LIFT)
    if dispute is None:
        return
    reported = incidents.report(
        title="十余户业主围住物业用房", place=f"{t.name('second_village')}花园物业用房", happened_at=t.ago(23), people=14,
        words="电梯昨晚又关人，十余户业主下楼围住物业用房要说法，没有冲突。", measures="分中心两人、社区民警一人到场，请业主推代表说话。",
        by=t.user("dispatcher"), dispute=dispute,
    )  # fmt: skip
    yield t.ago(21.6)
    incidents.sign_for(reported.reports.get().receipts.get(), by=t.user("center_dispatcher"))
    boss = t.user("center_manager")
    yield t.ago(21)
    run = incidents.start_plan(reported, by=boss)
    incidents.pass_on(reported, to_name="区委办公室、区政府办公室（示例）", how="电话，随后书面", by=boss)
    yield t.ago(20)
    for step in run.ticks.order_by("n")[:3]:
        incidents.tick(step, by=boss)
    yield t.ago(4)
    incidents.follow_up(
        reported, words="业主已散去，推了三名代表，今天下午看检测报告。", people=3, measures="电梯停用，安排人员帮老人上下楼。",
        by=t.user("dispatcher"),
    )  # fmt: skip


def days_cleared(t: Telling) -> Story:
    """问题日清零: the heads of the centre and of the town sign off their days."""
    for n in (5, 4, 3, 2, 1):
        yield t.on(n, "17:25")
        for body, head in (("town", "manager"), ("center", "center_manager")):
            clearing.sign_off(t.body(body), day=timezone.localdate(), by=t.user(head))


OVERSIGHT = (leaders_dispute, orders_given, conferred, incident, days_cleared)


def _told(t: Telling, title: str) -> Dispute | None:
    """The dispute of another story, where it has happened."""
    found = t.passes.get(title)
    return fresh(found[0]) if found else None
