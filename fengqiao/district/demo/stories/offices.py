"""Between the offices: up to the centre, back to where it came from, out of the house, and what the other town sees."""

from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.models import Channel, Difficulty, Risk
from fengqiao.disputes.remedies import Remedy
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import Outcome
from fengqiao.routing import commands as routing
from fengqiao.routing.first_receiver import may_be_cited
from fengqiao.routing.models import HandOverKind, RejectReason

from ..life import Story
from ..people import applicant, company, respondent
from ..table import acting, fresh, held, named, planned, sides, taken_on
from ..telling import Telling

LIFT, SMOKE = "小区电梯反复故障，业主拒交物业费", "早餐店油烟直排"
LAND, NOISE = "苗木补偿数额有争议", "装修噪声扰民，要求晚间停工"


def lift(t: Telling) -> Story:
    """Eight households against the managers of their estate; another one joins."""
    yield t.on(18, "09:00")
    draft = t.matter(
        LIFT,
        "小区电梯三个月坏了七次，上个月还关过人。找物业说没钱修，又来催物业费，不交就停门禁卡。我们八户商量好了一起来说。",
        applicant("王土根", "1957-12-25 男", home=f"{t.name('second_village')}花园10幢", tail="1120", needs=["elder"]),
        company(f"{t.name('second_village')}花园物业服务中心", tail="1121", represented_by="经理 丁某", home=f"{t.name('second_village')}花园物业用房"),
        category="14", place="second_village", address=f"{t.name('second_village')}花园10幢", demand="修好电梯，不许停门禁。", difficulty=Difficulty.COMPLEX,
        persons=8, representatives=["王土根", "蒋惠珍", "陆小平"],
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(18, "10:20")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("colleague"))
    routing.call_in(dispute, body=t.body("property"), reason="请派人一起看维修资金够不够用。", by=t.user("colleague"))
    session = planned(dispute, t.on(13, "14:30"), f"{t.name('second_village')}社区会议室")
    yield t.on(13, "16:20")
    held(
        session, 105, Outcome.PARTLY, "王土根等8户：先修电梯再交费。", "物业：先停止停门禁卡，电梯请厂家报价。",
        facts=["近三个月电梯停用七次。"], words="门禁不停了，修电梯等报价",
    )  # fmt: skip
    yield t.on(6, "09:30")
    twin = t.matter(
        "电梯关人，物业不理",
        "十月底老伴被关在电梯里四十分钟，到现在没有说法，还催我们交物业费。",
        applicant("方桂英", "1961-08-16 女", home=f"{t.name('second_village')}花园12幢", tail="1122"),
        company(f"{t.name('second_village')}花园物业服务中心", tail="1121", represented_by="经理 丁某"),
        category="14", place="second_village", address=f"{t.name('second_village')}花园12幢",
    )  # fmt: skip
    second = t.window("clerk", twin)
    yield t.on(6, "09:50")
    routing.merge(second, into=fresh(dispute), reason="同一小区、同一家物业、同一部电梯的事。", by=t.user("dispatcher"))


def smoke(t: Telling) -> Story:
    """Twelve neighbours and a breakfast shop; another body helps."""
    yield t.on(10, "08:50")
    draft = t.matter(
        SMOKE,
        "楼下早餐店的油烟管直接对着我们楼排，早上四点就开始，窗户不敢开。十二户都签了名。",
        applicant("蔡秋菊", "1970-09-23 女", home=f"{t.name('fourth_village')}3幢", tail="2220"),
        company("毛师傅早餐店", tail="2221", represented_by="毛某"),
        category="09", place="fourth_village", address=f"{t.name('fourth_village')}3幢1楼", demand="装净化器，管子改道。", difficulty=Difficulty.COMPLEX,
        persons=12, representatives=["蔡秋菊", "谈建中"], channel=Channel.WINDOW,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(10, "09:40")
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=t.user("colleague"))
    routing.call_in(
        dispute, body=t.body("environment"), reason="请到现场看排烟口，出个改造意见。", by=t.user("dispatcher")
    )
    session = planned(dispute, t.on(6, "15:00"), f"{t.name('fourth_village')}社区调解室")
    yield t.on(6, "16:10")
    held(
        session,
        60,
        Outcome.PARTLY,
        "蔡秋菊等12户：管子先改道。",
        "早餐店：愿意装净化器，改管子要房东同意。",
        words="净化器说好了，管子等房东",
    )


def land(t: Telling) -> Story:
    """Too much for a town: it goes up, and the centre takes it on."""
    yield t.on(6, "13:50")
    draft = t.matter(
        LAND,
        "修路征用了我家苗圃三亩多，补偿按小苗算，我那些都是十年以上的大树。村里说标准是上面定的。",
        applicant("凌水法", "1960-06-30 男", home=f"{t.name('third_village')}新村2幢", tail="3330"),
        company("某道路工程项目部", tail="3331", represented_by="李某"),
        category="08", place="town", demand="重新清点，按实际树龄补偿。", yuan=280000,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(6, "14:40")
    routing.grade(
        dispute, category=dispute.category, difficulty=Difficulty.MAJOR, risk=Risk.R1, by=t.user("dispatcher"),
        remark="涉及征收政策，数额大，同村还有几户。",
    )  # fmt: skip
    routing.escalate(fresh(dispute), reason="补偿标准由区里定，街道没有权限复核。", by=t.user("dispatcher"))
    yield t.on(6, "17:00")
    routing.accept(fresh(dispute), by=t.user("center_dispatcher"))


def returned(t: Telling) -> Story:
    """A village gives it back: not its people; the town has to decide again."""
    yield t.ago(60)
    draft = t.matter(
        "屋后围墙地界不清",
        "邻居砌围墙往我家这边多占了一尺，老地基的石头都挖掉了。",
        applicant("闵阿三", "1955-03-03 男", home=f"{t.name('third_village')}新村1幢", tail="4440", needs=["elder"]),
        respondent("闵根荣", "1958-04-04 男", home=f"{t.name('third_village')}新村1幢", tail="4441"),
        category="03", place="third_village", demand="围墙退回原来的位置。",
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.ago(59)
    dispute = routing.dispatch(
        dispute, to=t.body("village"), why="来访人说围墙在那边，请先去看。", by=t.user("dispatcher")
    )
    yield t.ago(21)
    routing.return_back(
        fresh(dispute),
        cites=next(cites for cites, _words in may_be_cited() if cites.startswith("rule:")),
        reason=f"事情在{t.name('third_village')}街社区，不在{t.name('village')}，双方也都不住这里。",
        by=t.user("village_mediator"),
    )


def rejected(t: Telling) -> Story:
    """Not for people's mediation: a court has it already."""
    yield t.on(5, "15:10")
    draft = t.matter(
        "离婚后房产分割",
        "离婚案子法院已经开过庭了，房子怎么分还没判，想请你们先调一调。",
        applicant("褚敏", "1986-01-30 女", home=f"{t.name('fourth_village')}8幢", tail="5550"),
        respondent("严斌", "1984-02-28 男", home=f"{t.name('fourth_village')}8幢", tail="5551"),
        category="01", place="fourth_village",
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(5, "17:10")
    routing.reject(
        dispute, reason=RejectReason.TAKEN, words="法院正在审理，可以向承办法官申请调解", by=t.user("dispatcher"),
        remedies=[Remedy.COURT, Remedy.LEGAL_AID],
    )  # fmt: skip
    yield t.on(2, "10:30")
    callbacks.close(fresh(dispute), outcome="", remark="告知书当面交给了申请人。", by=t.user("dispatcher"))


def handed_over(t: Telling) -> Story:
    """Handed to the arbitration commission."""
    yield t.on(7, "10:00")
    draft = t.matter(
        "解除劳动合同赔偿金",
        "公司说我违反制度把我开除了，我认为是违法解除，要求赔偿金。公司不同意调解。",
        applicant("盛晓光", "1992-12-20 男", home=f"{t.name('third_village')}新村9幢", tail="6660"),
        company("某科技有限公司", tail="6661", represented_by="人事经理 俞某"),
        category="10", place="town", yuan=56000,
    )  # fmt: skip
    dispute = t.window("center_clerk", draft)
    yield t.on(7, "10:30")
    dispute = routing.dispatch(dispute, to=t.body("labour"), by=t.user("center_dispatcher"))
    yield t.on(7, "16:00")
    dispute = routing.accept(dispute, by=t.user("labour_manager"))
    yield t.on(5, "16:00")
    routing.hand_over(
        fresh(dispute), to_name=t.stage["names"]["arbitration"], kind=HandOverKind.ARBITRATION, by=t.user("labour_manager"),
        reason="用人单位明确不同意调解，申请人要求仲裁。",
    )  # fmt: skip
    yield t.on(2, "15:00")
    callbacks.close(fresh(dispute), outcome="", remark="仲裁委已经收到材料。", by=t.user("labour_manager"))


def withdrawn(t: Telling) -> Story:
    """Taken back by the person who asked, from their own telephone."""
    yield t.on(5, "10:40")
    draft = t.matter(
        "快递丢件只赔运费",
        "寄的两箱枇杷膏丢了一箱，快递点说只能赔运费的三倍。",
        applicant("倪小芸", "1995-11-02 女", home=f"{t.name('second_village')}花园1幢", tail="7770"),
        company(f"某快递{t.name('second_village')}服务点", tail="7771", represented_by="站长"),
        category="11", place="second_village", demand="按实价赔420元。", yuan=420,
    )  # fmt: skip
    dispute = t.online(draft, photos=["快递单"])
    yield t.on(5, "15:40")
    routing.accept(dispute, by=t.user("dispatcher"))
    yield t.on(3, "12:15")
    mediation.withdraw(fresh(dispute), reason="快递点已经照价赔了，不用调了。", by=acting(sides(dispute)[0]))


def other_town(t: Telling) -> Story:
    """In the next town: nobody in Feiying sees it."""
    yield t.on(9, "09:30")
    draft = t.matter(
        "店招遮挡二楼窗户",
        "楼下新开的奶茶店把招牌做到了二楼窗台上面，我家窗户开不了一半。",
        applicant("施丽华", "1967-07-27 女", home=f"{t.name('neighbour_town')}", tail="8880"),
        company("某奶茶店", tail="8881", represented_by="店主 于某"),
        category="02", place="neighbour_town", address=f"{t.name('neighbour_town')}", demand="把招牌降下来。",
    )  # fmt: skip
    dispute = t.window("neighbour_dispatcher", draft)
    yield t.on(9, "10:10")
    dispute = taken_on(dispute, by=t.user("neighbour_dispatcher"), mediator=t.user("neighbour_mediator"))
    session = planned(dispute, t.on(5, "09:00"), f"{t.name('neighbour_town')}调解室")
    yield t.on(5, "09:55")
    held(session, 50, Outcome.NOT_YET, "施丽华：降到窗台以下。", "某奶茶店：降一半，广告公司这周来量。")


def other_town_waiting(t: Telling) -> Story:
    yield t.ago(20)
    draft = t.matter(
        "广场舞音量扰民",
        "每天晚上七点到九点半，音箱对着我们楼放，孩子没法写作业。",
        applicant("温静", "1988-08-18 女", home=f"{t.name('neighbour_town')}", tail="9990"),
        company("某广场舞队", tail="9991", represented_by="领队 孔某"),
        category="09", place="neighbour_town", demand="音量调小，九点结束。",
    )  # fmt: skip
    t.window("neighbour_dispatcher", draft)


def noise_of_works(t: Telling) -> Story:
    """Sent to a village that does not answer: late, and reminded."""
    yield t.ago(80)
    draft = t.matter(
        NOISE,
        "楼上装修，中午和晚上九点以后还在打钻，家里有高三的孩子。物业贴了告示也没用。",
        applicant("吴亚芳", "1978-02-18 女", home=f"{t.name('second_village')}花园6幢", tail="1230"),
        respondent("卓文", "1981-05-11 男", home=f"{t.name('second_village')}花园6幢501室", tail="1231"),
        category="09", place="second_village", address=f"{t.name('second_village')}花园6幢501室", demand="中午和晚上七点以后停工。",
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.ago(75)
    routing.dispatch(dispute, to=t.body("second_village"), remark="请今天上门看一下。", by=t.user("dispatcher"))
    yield t.ago(26)
    routing.remind(
        fresh(dispute), words="已经超过四十八小时，家长又打来两次电话，请马上联系。", by=t.user("dispatcher")
    )


def furniture(t: Telling) -> Story:
    """Nobody has decided yet who does it: late at the very first step."""
    yield t.ago(50)
    draft = t.matter(
        "网购家具退换不成",
        "网上买的床头板颜色不对，店家说是定制的不退，可是页面上没写定制。",
        applicant("郑磊", "1994-04-14 男", home=f"{t.name('third_village')}新村11幢", tail="2340"),
        company("某家居店", tail="2341"),
        category="11", place="third_village", demand="退货退款1,260元。", yuan=1260,
    )  # fmt: skip
    t.online(draft, photos=["床头板", "页面截图"])


def scooter(t: Telling) -> Story:
    """Two hours left."""
    yield t.ago(46)
    draft = t.matter(
        "电动车停放挡门，两次争吵",
        "电动车天天停在单元门口，推婴儿车进不去。和车主吵了两次，差点动手。",
        applicant("钱晓明", "1992-06-06 男", home=f"{t.name('fifth_village')}4幢", tail="3450"),
        company(f"{t.name('fifth_village')}物业服务中心", tail="3451"),
        category="14", place="fifth_village", address=f"{t.name('fifth_village')}4幢", demand="划出停车的地方，单元门口不许停。",
    )  # fmt: skip
    t.window("clerk", draft)


def flat_share(t: Telling) -> Story:
    """Still some hours left."""
    yield t.ago(41)
    draft = t.matter(
        "合租押金不退",
        "合租的室友是二房东，我搬走两周了，押金说下个月再说，微信把我删了。",
        applicant("何志远", "1999-09-19 男", home=f"{t.name('second_village')}花园16幢", tail="4560"),
        respondent("徐凯", "1996-10-24 男", home=f"{t.name('second_village')}花园16幢", tail="4561"),
        category="04", place="second_village", demand="退还押金1,500元。", yuan=1500,
    )  # fmt: skip
    t.window("clerk", draft)


def street_lamp(t: Telling) -> Story:
    """Came in this very day, from a telephone, with photos."""
    yield t.ago(3)
    draft = t.matter(
        "楼道灯坏了没人修，老人摔伤谁来赔",
        "三单元楼道灯坏了一个多月，报了三次没人修。昨天晚上我母亲下楼踩空，手腕骨裂，医药费两千多。",
        applicant("宋雅琴", "1980-01-09 女", home=f"{t.name('village')}弄7幢", tail="5670"),
        company(f"{t.name('village')}弄物业管理处", tail="5671"),
        category="06", place="village", address=f"{t.name('village')}弄7幢3单元", demand="修好灯，赔偿医药费。", yuan=2400,
    )  # fmt: skip
    dispute = t.online(draft, photos=["楼道", "病历"])
    mediation.pick(dispute, entries=t.on_the_roster("mediator", "village_mediator"), by=acting(sides(dispute)[0]))


def camera(t: Telling) -> Story:
    """Came in by pick (点单): the mediator whom one side chose is accepted by the other, and is named."""
    yield t.on(4, "09:15")
    draft = t.matter(
        "邻居在楼道装摄像头正对我家门",
        "对门装了可视门铃和摄像头，我家几点出门、谁来过都拍得到，说过两次，他说是为了防贼。",
        applicant("邵文娟", "1983-07-08 女", home=f"{t.name('third_village')}新村6幢", tail="6780"),
        respondent("陆志明", "1975-03-21 男", home=f"{t.name('third_village')}新村6幢", tail="6781"),
        category="02", place="third_village", address=f"{t.name('third_village')}新村6幢2单元", demand="换个角度，不拍我家门口。",
    )  # fmt: skip
    dispute = t.online(draft, photos=["摄像头"])
    picked = mediation.pick(dispute, entries=t.on_the_roster("colleague", "mediator"), by=acting(sides(dispute)[0]))
    yield t.on(4, "10:05")
    dispute = routing.accept(fresh(dispute), by=t.user("dispatcher"))
    yield t.on(4, "12:40")
    mediation.answer_pick(picked[0], accepts=True, remark="听人说过她，可以。", by=acting(sides(dispute)[1]))
    yield t.on(4, "14:00")
    named(fresh(dispute), by=t.user("dispatcher"), mediator=t.user("colleague"))
