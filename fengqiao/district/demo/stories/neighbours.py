"""Between neighbours: water that leaks, old parents, things that fall from balconies."""

from fengqiao.agreements import commands as agreements
from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.models import Channel, Difficulty, Dispute
from fengqiao.disputes.ratings import Rating
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import Outcome
from fengqiao.routing import commands as routing

from ..life import Story
from ..people import applicant, respondent
from ..table import acting, circulated, content, drafted, fresh, held, named, planned, sides, signed, taken_on
from ..telling import Telling

LEAK = "楼上卫生间渗水，楼下天花和衣柜受损赔偿"


def water_leak(t: Telling) -> Story:
    """The village tries, the town goes on, the paper waits for one last signature."""
    yield t.on(22, "15:20")
    draft = t.matter(
        LEAK,
        "楼上301室卫生间漏水，我家次卧天花板、墙面泡起皮了，衣柜也发霉。找他说过三次，他说是老房子管道的事，不归他管。",
        applicant("沈玉兰", "1959-02-03 女", home=f"{t.name('village')}弄4幢201室", tail="2045", occupation="退休", needs=["elder"]),
        respondent("周建国", "1985-06-18 男", home=f"{t.name('village')}弄4幢301室", tail="8816", occupation="职工"),
        category="02", place="village", address=f"{t.name('village')}弄4幢", demand="把漏水修好，赔偿天花板、墙面和衣柜的损失。", yuan=15000,
        channel=Channel.VILLAGE,
    )  # fmt: skip
    village = t.user("village_mediator")
    dispute = taken_on(t.window("village_mediator", draft), by=village, mediator=village)
    session = planned(dispute, t.on(21, "09:30"), f"{t.name('village')}社区调解室")
    yield t.on(21, "10:40")
    held(session, 60, Outcome.NOT_YET, "沈玉兰：要求先修再赔。", "周建国：不承认是自己家漏的，要求先查清楚。")
    routing.escalate(dispute, reason="双方对渗水来源争执大，社区没有查验渗漏的条件，请街道组织查看。", by=village)
    yield t.on(20, "09:12")
    dispute = routing.accept(fresh(dispute), by=t.user("dispatcher"))
    yield t.on(20, "10:00")
    dispute = named(dispute, by=t.user("dispatcher"), mediator=t.user("mediator"))
    yield from _leak_meetings(t, dispute)
    yield from _leak_paper(t, dispute)


def _leak_meetings(t: Telling, dispute: Dispute) -> Story:
    """Three of them in the town: no, a look at the place, yes."""
    session = planned(dispute, t.on(16, "15:00"), f"{t.name('town')}分中心2号调解室")
    yield t.on(16, "16:05")
    held(
        session, 55, Outcome.NOT_YET, "沈玉兰：修复和衣柜一共要15,000元。", "周建国：愿意修，但只认4,000元。",
        words="对赔偿数额没有谈拢",
    )  # fmt: skip
    session = planned(dispute, t.on(12, "09:40"), f"{t.name('village')}弄4幢201、301室")
    yield t.on(12, "10:50")
    held(
        session, 60, Outcome.FACTS, "双方一起查看了201室次卧天花和301室卫生间。",
        facts=["渗水来自301室卫生间地漏。"], others=f"{t.name('village')}社区工作人员",
    )  # fmt: skip
    session = planned(dispute, t.on(7, "14:30"), f"{t.name('town')}分中心2号调解室")
    yield t.on(7, "15:45")
    held(
        session,
        70,
        Outcome.AGREED,
        "周建国：同意赔8,600元，分两期，自己出钱重做防水。",
        "沈玉兰：同意。",
        words="谈成意向",
    )


def _leak_paper(t: Telling, dispute: Dispute) -> Story:
    """A first draft, a second one with a clause more, two of three signatures."""
    promises = [
        ("支付赔偿款第一期", ">", 4600, t.day(10)),
        ("重做301室卫生间防水层", ">", None, t.day(19)),
        ("支付赔偿款第二期", ">", 4000, t.day(40)),
    ]
    mediator = t.user("mediator")
    yield t.on(5, "10:05")
    first = [clause for clause in LEAK_CLAUSES if clause != LEAK_AGAIN]
    agreement = circulated(drafted(dispute, facts=LEAK_FACTS, clauses=first, promises=promises))
    yield t.on(4, "09:20")
    agreements.revise(agreement, reason="双方要求写上以后再漏怎么办。", by=mediator)
    agreement = circulated(drafted(dispute, facts=LEAK_FACTS, clauses=LEAK_CLAUSES, promises=promises))
    yield t.on(2, "16:20")
    signed(agreement, fresh(dispute).respondents[0])
    yield t.on(2, "16:40")
    signed(agreement, mediator)
    yield t.on(1, "08:30")
    agreements.send_reminder(agreement, fresh(dispute).applicants[0], by=mediator)


LEAK_FACTS = "乙方301室卫生间地漏处渗水，致甲方201室次卧天花、墙面及衣柜受损，双方于查看现场时共同确认。"
LEAK_AGAIN = (
    "自查验合格之日起二年内同一部位再次渗漏的，由乙方在七日内修复，并承担甲方因此受到的损失。",
    "两年内同一个地方再漏，七天内修好。",
)
LEAK_CLAUSES = (
    ("双方确认：甲方所受损失由乙方301室卫生间地漏渗水造成，由乙方承担。", "渗水是301室地漏引起的。"),
    ("乙方赔偿甲方修复费用及物品损失共计人民币捌仟陆佰元整（¥8,600.00），分两期付清。", "周先生赔您8,600元，分两次。"),
    (
        "乙方于约定日期前完成301室卫生间防水层重做，费用由乙方承担；完工后做48小时闭水试验，由甲方到场查验，无渗漏为合格。",
        "周先生按时把卫生间防水重新做好。做好后泡48小时水，您来看，不漏才算好。",
    ),
    LEAK_AGAIN,
    ("本协议履行后，双方就本次渗漏再无其他争议。", "说好了，不再为这事争。"),
)


def parents_care(t: Telling) -> Story:
    """Three children and a mother; the third meeting is still to come."""
    yield t.on(16, "09:05")
    draft = t.matter(
        "养老费用三兄妹分担",
        "母亲今年八十二，去年摔了以后要人照料，请护工一个月四千八。大哥说早年分过家，小妹说她出力不出钱，一直谈不到一起。",
        applicant("潘秀英", "1968-11-09 女", home=f"{t.name('third_village')}新村12幢", tail="3107"),
        respondent("潘建民", "1963-04-21 男", home=f"{t.name('third_village')}新村3幢", tail="3108"),
        respondent("潘秀珍", "1972-08-30 女", home=f"{t.name('second_village')}花园7幢", tail="3109"),
        category="01", place="third_village", demand="护工费三家平摊，轮流照看。", difficulty=Difficulty.COMPLEX,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(16, "14:10")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("colleague"))
    session = planned(dispute, t.on(11, "14:30"), f"{t.name('town')}分中心1号调解室")
    yield t.on(11, "15:55")
    held(
        session,
        80,
        Outcome.NOT_YET,
        "潘秀英：护工费三家平摊。",
        "潘建民：分家时说好归两个妹妹管。",
        "潘秀珍：可以多照看，钱出不起。",
    )
    session = planned(dispute, t.on(6, "14:30"), "潘秀英家中")
    yield t.on(6, "16:00")
    held(
        session, 85, Outcome.PARTLY, "潘建民：愿意出一部分，数额要再算。", "潘秀珍：每周去照看两天。",
        facts=["母亲的退休金每月2,310元，由潘秀英代管。"], words="照看的日子谈好了，钱还差一点",
    )  # fmt: skip
    yield t.on(1, "09:40")
    planned(dispute, t.on(-1, "14:30"), f"{t.name('town')}分中心1号调解室")


def rack_fell(t: Telling) -> Story:
    """Standing still: both wait for what the damage is found to be."""
    yield t.on(12, "10:15")
    draft = t.matter(
        "晾衣架坠落砸坏车顶",
        "楼上的晾衣架被风刮下来，砸在我停在楼下的车上，车顶凹了一块，天窗也裂了。修车报价一万一，他说报得太高。",
        applicant("王志强", "1979-03-12 男", home=f"{t.name('village')}弄9幢", tail="4410"),
        respondent("陈勇", "1982-12-01 男", home=f"{t.name('village')}弄9幢602室", tail="4411"),
        category="06", place="village", address=f"{t.name('village')}弄9幢楼下", demand="赔偿修车费11,000元。", yuan=11000,
    )  # fmt: skip
    dispute = t.online(draft, photos=["车顶", "晾衣架"])
    yield t.on(12, "14:00")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("mediator"))
    session = planned(dispute, t.on(6, "10:00"), f"{t.name('village')}社区调解室")
    yield t.on(6, "10:50")
    held(
        session,
        45,
        Outcome.NOT_YET,
        "王志强：按报价赔。",
        "陈勇：愿意赔，但要有人鉴定修多少钱。",
        facts=["晾衣架是陈勇家的。"],
    )
    yield t.on(4, "11:00")
    mediation.suspend(fresh(dispute), reason="车辆损失鉴定，双方同意", by=t.user("mediator"))


def dog_bite(t: Telling) -> Story:
    """Just taken on; the first meeting is tomorrow or so."""
    yield t.on(3, "14:35")
    draft = t.matter(
        "宠物咬伤赔偿",
        "晚上散步，他家的狗没牵绳，把我小腿咬了两个口子，打了五针疫苗。他付了第一针的钱就不肯再付了。",
        applicant("林慧娟", "1990-05-26 女", home=f"{t.name('village')}弄2幢", tail="5520"),
        respondent("罗军", "1987-09-14 男", home=f"{t.name('village')}弄5幢", tail="5521"),
        category="06", place="village", address=f"{t.name('village')}弄小公园", demand="付清医药费和误工费。", yuan=3200,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(3, "16:50")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("mediator"))
    planned(dispute, t.on(-1, "10:30"), f"{t.name('village')}社区调解室")


def no_light(t: Telling) -> Story:
    """The month is over and nothing was agreed: late, and it is the mediator's turn."""
    yield t.on(26, "09:50")
    draft = t.matter(
        "晾衣影响采光",
        "三楼在外墙搭了两层晾衣架，被子一晒就是一天，我家客厅白天都要开灯。说了几回，越说架子越长。",
        applicant("费阿大", "1951-07-07 男", home=f"{t.name('second_village')}花园3幢202室", tail="6630", needs=["elder"]),
        respondent("郑小燕", "1988-10-10 女", home=f"{t.name('second_village')}花园3幢302室", tail="6631"),
        category="02", place="second_village", address=f"{t.name('second_village')}花园3幢", demand="把外面一层晾衣架拆掉。",
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(25, "10:20")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("mediator"))
    for days, line in ((20, "郑小燕：阳台朝北，不搭出去衣服晒不干。"), (13, "郑小燕：可以收短一尺，再短不行。")):
        session = planned(dispute, t.on(days, "15:30"), f"{t.name('second_village')}社区调解室")
        yield t.on(days, "16:30")
        held(session, 50, Outcome.NOT_YET, "费阿大：外面一层要拆掉。", line)


def stairwell(t: Telling) -> Story:
    """Agreed by word of mouth: on the register, and one thing left to do."""
    yield t.on(9, "13:40")
    draft = t.matter(
        "楼道堆物影响通行",
        "对门把鞋柜、纸箱和一辆旧自行车都放在楼道里，只剩半条路，老人上下楼要侧着身子。",
        applicant("朱金妹", "1949-01-15 女", home=f"{t.name('village')}弄6幢501室", tail="7740", needs=["elder"]),
        respondent("徐伟", "1991-02-20 男", home=f"{t.name('village')}弄6幢502室", tail="7741"),
        category="02", place="village", address=f"{t.name('village')}弄6幢5楼", channel=Channel.GRID, demand="把楼道让出来。",
    )  # fmt: skip
    dispute = taken_on(
        t.window("village_mediator", draft), by=t.user("village_mediator"), mediator=t.user("village_mediator")
    )
    session = planned(dispute, t.on(6, "18:30"), f"{t.name('village')}弄6幢5楼")
    yield t.on(6, "19:05")
    held(
        session,
        30,
        Outcome.AGREED,
        "徐伟：自行车马上搬，鞋柜等周末儿子来一起搬。",
        "朱金妹：可以。",
        words="当场说好了",
    )
    clauses = [("徐伟于约定日期前把鞋柜和纸箱搬进屋内，楼道不再放东西。", "鞋柜和纸箱按时搬走，以后不放。")]
    facts = "徐伟在楼道放置鞋柜、纸箱和自行车，影响邻居通行。自行车当场搬走。"
    oral = content(dispute, facts, clauses, [("把鞋柜和纸箱搬进屋内", ">", None, t.day(3))])
    agreements.agree_orally(fresh(dispute), content=oral, by=t.user("village_mediator"))


def water_meter(t: Telling) -> Story:
    """Settled on the spot long ago, performed the same day, called back: both satisfied, waiting for the archive."""
    yield t.on(15, "10:10")
    draft = t.matter(
        "共用水表水费分摊",
        "两家共用一只水表，他家开了小吃摊，水费一下子翻倍，还要我家平摊。",
        applicant("吴建芳", "1965-05-05 女", home=f"{t.name('village')}弄1幢", tail="8850"),
        respondent("鲍国平", "1970-06-06 男", home=f"{t.name('village')}弄1幢", tail="8851"),
        category="02", place="village", demand="水费按用量分，退还多交的360元。", yuan=360,
    )  # fmt: skip
    dispute = taken_on(
        t.window("village_mediator", draft), by=t.user("village_mediator"), mediator=t.user("village_mediator")
    )
    session = planned(dispute, t.on(14, "19:00"), f"{t.name('village')}社区调解室")
    yield t.on(14, "19:40")
    held(session, 35, Outcome.AGREED, "鲍国平：这个月起装分表，多收的360元现在就退。", "吴建芳：收到了，没有意见。")
    facts = "双方共用一只水表，鲍国平经营小吃摊用水较多。多交的360元当场退还，双方当场点清。"
    clauses = [("自本月起按分表读数各付各的水费。", "各看各的表，各付各的钱。")]
    agreements.agree_orally(
        fresh(dispute),
        content=content(dispute, facts, clauses, [], performed="当场退还360元"),
        by=t.user("village_mediator"),
    )
    yield t.on(13, "09:30")
    callbacks.close(fresh(dispute), outcome="", remark="当场履行，分表已经装好。", by=t.user("village_mediator"))
    yield t.on(9, "10:00")
    for party, words in zip(sides(dispute), ("表装好了，账清楚了。", "挺好，省得吵。"), strict=True):
        callbacks.call_back(
            fresh(dispute),
            party=party,
            how="phone",
            rating=Rating.SATISFIED,
            words=words,
            by=t.user("village_mediator"),
        )
    yield t.on(8, "20:15")
    ours = sides(dispute)[0]
    callbacks.call_back(
        fresh(dispute), party=ours, how="", rating=Rating.SATISFIED, words="谢谢调解员。", by=acting(ours)
    )
