"""About money: wages, deposits, a renovation, a loan, a club that closed."""

from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Difficulty, Dispute, Risk
from fengqiao.disputes.ratings import Rating
from fengqiao.disputes.remedies import Remedy
from fengqiao.fulfilment import commands as fulfilment
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import FailReason, Outcome
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.routing import commands as routing

from ..life import Story
from ..people import applicant, company, respondent
from ..table import acting, circulated, drafted, fresh, held, named, planned, receipt, sides, signed_by_all, taken_on
from ..telling import Telling, a_photo

WAGES = "拖欠两个月工资"
SETTLED = ("本协议履行后，双方就此事再无其他争议。", "都做到了，就不再为这事争。")


def wages(t: Telling) -> Story:
    """Five workers of one shop: the centre sends it to the committee for labour, which has fifteen days."""
    yield t.on(8, "09:20")
    draft = t.matter(
        WAGES,
        "我们五个人在店里做缝纫，九月和十月的工资一直没发，老板说货款没收回来，叫我们再等等。有考勤本和微信记录。",
        applicant("李红梅", "1976-02-14 女", home=f"{t.name('third_village')}新村8幢", tail="1210", occupation="缝纫工"),
        company("某服饰店", tail="1211", represented_by="吴某", home=f"{t.name('town')}{t.name('third_village')}街88号"),
        category="10", place="town", demand="付清五个人两个月工资共61,500元。", yuan=61500, difficulty=Difficulty.COMPLEX,
        persons=5, representatives=["李红梅", "赵春花"],
    )  # fmt: skip
    dispute = t.window("center_clerk", draft)
    yield t.on(8, "10:05")
    dispute = routing.dispatch(
        dispute, to=t.body("labour"), remark="欠薪，请尽快约双方。", by=t.user("center_dispatcher")
    )
    yield t.on(8, "15:30")
    dispute = taken_on(dispute, by=t.user("labour_mediator"), mediator=t.user("labour_mediator"))
    routing.call_in(
        dispute, body=t.body("workers"), reason="请一起核对考勤，算清每个人的数。", by=t.user("labour_mediator")
    )
    session = planned(dispute, t.on(4, "09:30"), "劳资纠纷调委会")
    yield t.on(4, "11:00")
    held(
        session, 85, Outcome.PARTLY, "李红梅等5人：先发一个月也行，剩下的要写清楚哪天。", "某服饰店：数目认，月底能付一半。",
        facts=["九月、十月工资合计61,500元，双方核对无误。"], others="职工维权帮扶中心工作人员", words="数额没有争议，谈付款日期",
    )  # fmt: skip


def deposit(t: Telling) -> Story:
    """From the door to the archive: agreed, paid, called back, put away."""
    yield t.on(24, "10:30")
    draft = t.matter(
        "退租押金不退",
        "租期到了搬走，房东说墙上有钉子眼、灶台有划痕，两千八的押金一分不退。",
        applicant("何佳", "1997-03-08 女", home=f"{t.name('third_village')}新村15幢", tail="2310"),
        respondent("徐美芳", "1969-12-12 女", home=f"{t.name('second_village')}花园10幢", tail="2311"),
        category="04", place="third_village", address=f"{t.name('third_village')}新村15幢404室", demand="退还押金2,800元。", yuan=2800,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(24, "11:10")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("colleague"))
    _identity_papers(t, dispute)
    session = planned(dispute, t.on(21, "14:00"), f"{t.name('town')}分中心1号调解室")
    yield t.on(21, "15:00")
    held(
        session, 50, Outcome.AGREED, "徐美芳：灶台划痕扣三百，其余可以退。", "何佳：同意扣三百。",
        facts=["灶台划痕一处，墙面已补好。"], words="退2,500元",
    )  # fmt: skip
    yield t.on(20, "09:30")
    clauses = [
        ("双方确认租赁合同已终止，房屋和钥匙已交还。", "房子已经还了。"),
        ("乙方扣除灶台修理费300元后，退还甲方押金人民币贰仟伍佰元整（¥2,500.00）。", "房东退您2,500元。"),
        SETTLED,
    ]
    facts = "甲方租住乙方房屋，押金2,800元。租期届满后双方对押金退还有争议。"
    agreement = circulated(
        drafted(dispute, facts=facts, clauses=clauses, promises=[("退还押金", ">", 2500, t.day(-20))])
    )
    yield t.on(19, "17:45")
    signed_by_all(agreement)
    yield from _deposit_put_away(t, dispute)


def _deposit_put_away(t: Telling, dispute: Dispute) -> Story:
    """Paid, closed, called back, archived."""
    yield t.on(17, "10:20")
    (ours, theirs), duty, paid = sides(dispute), fresh(dispute).obligations.get(), t.on(17, "10:00").date()
    slip = receipt(theirs.name, ours.name, 2500, paid)
    fulfilment.record_performance(
        duty, on=paid, amount_fen=250000, how="transfer", proof=slip, by=t.user("colleague")
    )  # fmt: skip
    manager = t.user("manager")
    yield t.on(16, "09:15")
    callbacks.close(fresh(dispute), outcome="", remark="押金已经到账。", by=manager)
    yield t.on(11, "15:20")
    words = "一趟就办好了，比自己去吵强。"
    callbacks.call_back(fresh(dispute), party=ours, how="phone", rating=Rating.SATISFIED, words=words, by=manager)
    yield t.on(10, "10:00")
    callbacks.archive(fresh(dispute), years=None, by=manager)


def _identity_papers(t: Telling, dispute: Dispute) -> None:
    """The copies of the cards, which the file needs."""
    for party in sides(dispute):
        add_upload(
            dispute, a_photo(f"身份证 {party.name}"), kind=PaperKind.IDENTITY, title="身份证复印件", party=party, by=t.user("clerk")
        )  # fmt: skip


def renovation(t: Telling) -> Story:
    """In force and being performed: three instalments, the first is paid."""
    yield t.on(20, "14:50")
    draft = t.matter(
        "装修尾款分期结清",
        "给他家装修早做完了，尾款一万八拖了半年。他说柜门有两扇关不严，要扣钱。",
        applicant("钱水根", "1974-08-08 男", home=f"{t.name('fourth_village')}21幢", tail="3410", occupation="装修工"),
        respondent("顾晓东", "1983-01-23 男", home=f"{t.name('fourth_village')}6幢", tail="3411"),
        category="04", place="fourth_village", address=f"{t.name('fourth_village')}6幢1单元", demand="付清尾款18,000元。", yuan=18000,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(20, "15:40")
    dispute = routing.dispatch(dispute, to=t.body("town_committee"), remark="双方都愿意谈。", by=t.user("dispatcher"))
    yield t.on(20, "16:40")
    dispute = taken_on(dispute, by=t.user("colleague"), mediator=t.user("colleague"))
    session = planned(dispute, t.on(14, "10:00"), f"{t.name('fourth_village')}社区调解室")
    yield t.on(14, "11:10")
    held(
        session,
        65,
        Outcome.AGREED,
        "钱水根：柜门这周就修，尾款可以分三次。",
        "顾晓东：修好就付，分三个月。",
        words="谈成",
    )
    yield t.on(12, "09:00")
    clauses = [
        ("乙方分三期付给甲方装修尾款共计人民币壹万柒仟元整（¥17,000.00）。", "顾先生分三次付17,000元。"),
        ("甲方于约定日期前修好两扇柜门。", "钱师傅按时把柜门修好。"),
        SETTLED,
    ]
    promises = [
        ("修好两扇柜门", "<", None, t.day(-8)), ("支付第一期尾款", ">", 6000, t.day(-6)),
        ("支付第二期尾款", ">", 6000, t.day(24)), ("支付第三期尾款", ">", 5000, t.day(54)),
    ]  # fmt: skip
    agreement = circulated(
        drafted(dispute, facts="甲方为乙方装修房屋已完工，乙方欠尾款未付。", clauses=clauses, promises=promises)
    )
    yield t.on(11, "19:10")
    signed_by_all(agreement)
    yield from _first_instalment(t, dispute)


def _first_instalment(t: Telling, dispute: Dispute) -> Story:
    """What one side says the other confirms: the doors, the first sum."""
    yield t.on(7, "16:00")
    door, first, *_later = fresh(dispute).obligations.order_by("n")
    ours, theirs = map(acting, sides(dispute))
    fulfilment.record_performance(
        door, on=t.on(7, "15:00").date(), amount_fen=None, how="done", proof=None, by=theirs
    )  # fmt: skip
    yield t.on(5, "12:30")
    claim = fulfilment.record_performance(
        first, on=t.on(5, "12:00").date(), amount_fen=600000, how="transfer", proof=None, by=theirs
    )  # fmt: skip
    yield t.on(5, "18:20")
    fulfilment.confirm_performance(claim, by=ours)


def borrowed(t: Telling) -> Story:
    """Not performed: the second instalment did not come."""
    yield t.on(23, "09:00")
    draft = t.matter(
        "朋友借款逾期不还",
        "前年借给他两万周转，写了借条，说好一年还。到期以后先还了两千，后来电话也不接了。",
        applicant("俞建国", "1966-10-01 男", home=f"{t.name('second_village')}花园9幢", tail="4510"),
        respondent("沈明", "1971-05-19 男", home=f"{t.name('second_village')}花园14幢", tail="4511"),
        category="04", place="second_village", demand="还清借款18,000元。", yuan=18000,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(23, "10:00")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("mediator"))
    session = planned(dispute, t.on(20, "09:00"), f"{t.name('town')}分中心2号调解室")
    yield t.on(20, "09:50")
    held(session, 45, Outcome.AGREED, "沈明：钱认，一下子拿不出，分三次还。", "俞建国：分三次可以，写清楚日期。")
    clauses = [("乙方分三期归还甲方借款共计人民币壹万捌仟元整（¥18,000.00）。", "沈先生分三次还18,000元。"), SETTLED]
    promises = [
        ("归还第一期", ">", 6000, t.day(-18)), ("归还第二期", ">", 6000, t.day(-5)), ("归还第三期", ">", 6000, t.day(20)),
    ]  # fmt: skip
    agreement = circulated(
        drafted(dispute, facts="乙方向甲方借款20,000元，尚欠18,000元。", clauses=clauses, promises=promises)
    )
    yield t.on(19, "10:30")
    signed_by_all(agreement)
    yield t.on(14, "14:00")
    first, second, _third = fresh(dispute).obligations.order_by("n")
    ours, theirs = sides(dispute)
    paid = t.on(14, "11:00").date()
    fulfilment.record_performance(
        first,
        on=paid,
        amount_fen=600000,
        how="transfer",
        proof=receipt(theirs.name, ours.name, 6000, paid),
        by=t.user("mediator"),
    )
    yield t.on(1, "10:10")
    fulfilment.breach(second, remark="电话打通了，说店里生意不好，这个月付不出。", by=t.user("mediator"))


def loan_failed(t: Telling) -> Story:
    """No agreement: the notice is written, the other ways are told, the office has to close it."""
    yield t.on(17, "11:20")
    draft = t.matter(
        "合伙开店散伙，投入的钱怎么分",
        "两个人合伙开面馆，开了一年不开了。账目对不上，他说亏光了，我投的十五万一分也拿不回来。",
        applicant("郭海", "1985-07-17 男", home=f"{t.name('fourth_village')}11幢", tail="5610"),
        respondent("姚立新", "1984-11-11 男", home=f"{t.name('fourth_village')}17幢", tail="5611"),
        category="05", place="fourth_village", demand="对账，退还应得的部分。", yuan=150000, difficulty=Difficulty.COMPLEX,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(17, "13:45")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("colleague"))
    session = planned(dispute, t.on(13, "09:30"), f"{t.name('town')}分中心1号调解室")
    yield t.on(13, "11:00")
    held(session, 85, Outcome.NOT_YET, "郭海：账本里少了三个月。", "姚立新：账本就这些，要查去法院查。")
    session = planned(dispute, t.on(6, "14:00"), f"{t.name('town')}分中心1号调解室")
    yield t.on(6, "14:45")
    held(session, 40, Outcome.FAILED, "姚立新：不谈了。", "郭海：那就起诉。")
    yield t.on(2, "09:30")
    mediation.fail(
        fresh(dispute), reason=FailReason.APART, words="账目要审计才说得清", by=t.user("colleague"),
        remedies=[Remedy.COURT, Remedy.LEGAL_AID],
    )  # fmt: skip


def gym_closed(t: Telling) -> Story:
    """A group of eighteen with their five speakers; orange, because they mean to come back with more."""
    yield t.ago(30)
    draft = t.matter(
        "健身房关门，年卡退费",
        "健身房上周突然贴条停业，我们办的年卡都还有大半年，打电话没人接。群里有一百多人，今天先来了十八个。",
        applicant("戴敏", "1993-09-09 女", home=f"{t.name('third_village')}新村20幢", tail="6710"),
        company("某健身有限公司", tail="6711", represented_by="经理 王某", home=f"{t.name('town')}"),
        category="11", place="town", demand="按剩下的月数退钱。", yuan=43200, difficulty=Difficulty.COMPLEX,
        persons=18, representatives=["戴敏", "陆一鸣", "方芳", "丁伟", "蒋莉"],
    )  # fmt: skip
    dispute = t.window("center_clerk", draft)
    yield t.ago(29)
    routing.grade(
        dispute, category=dispute.category, difficulty=Difficulty.COMPLEX, risk=Risk.R2, by=t.user("center_dispatcher"),
        remark="人数可能增加到一百多，准备再来。",
    )  # fmt: skip
    routing.dispatch(
        fresh(dispute), to=t.body("consumer"), remark="群体性，请今天就联系经营者。", by=t.user("center_dispatcher")
    )


def confirmed(t: Telling) -> Story:
    """In force, and both have asked the court to confirm it."""
    yield t.on(22, "08:40")
    draft = t.matter(
        "房屋买卖中介费和违约金",
        "定金付了，卖家反悔不卖，愿意退定金，中介费和违约金谁出说不拢。",
        applicant("汪洁", "1989-04-04 女", home=f"{t.name('third_village')}新村5幢", tail="7810"),
        respondent("史国强", "1962-02-22 男", home=f"{t.name('fourth_village')}2幢", tail="7811"),
        category="03", place="fourth_village", demand="退定金，付违约金。", yuan=60000, difficulty=Difficulty.COMPLEX,
    )  # fmt: skip
    dispute = t.window("center_clerk", draft)
    yield t.on(22, "09:30")
    dispute = routing.dispatch(
        dispute,
        to=t.body("town"),
        remark=f"房屋在{t.name('fourth_village')}，请属地先办。",
        by=t.user("center_dispatcher"),
    )
    yield t.on(22, "16:20")
    dispute = routing.accept(dispute, by=t.user("dispatcher"))
    yield t.on(21, "09:00")
    dispute = named(dispute, by=t.user("dispatcher"), mediator=t.user("colleague"))
    session = planned(dispute, t.on(17, "09:30"), f"{t.name('town')}分中心1号调解室")
    yield t.on(17, "11:15")
    held(
        session,
        100,
        Outcome.AGREED,
        "史国强：定金退，违约金出两万，中介费各半。",
        "汪洁：同意。",
        facts=["定金30,000元已付。"],
    )
    clauses = [
        ("双方解除房屋买卖合同。", "房子不买卖了。"),
        ("乙方退还定金30,000元，另付违约金20,000元，共计人民币伍万元整（¥50,000.00）。", "史先生退和赔一共50,000元。"),
        ("中介费由双方各承担一半，已各自付清。", "中介费一人一半，已经付了。"),
        SETTLED,
    ]
    promises = [("退还定金并支付违约金", ">", 50000, t.day(35))]
    facts = "双方签订房屋买卖合同后，乙方不再出售。"
    agreement = circulated(drafted(dispute, facts=facts, clauses=clauses, promises=promises))
    yield t.on(16, "10:10")
    signed_by_all(agreement)
    yield t.on(9, "14:30")
    fulfilment.record_court_step(
        fresh(dispute), act=Act.APPLY_CONFIRMATION, court=t.stage["names"]["court"], number="", on=t.on(9, "14:00").date(),
        remark="双方一起去的，材料已收。", scan=None, by=t.user("colleague"),
    )  # fmt: skip
