"""From the door to the table: she applies, the town sends it on, the committee takes it, both sides are ready to talk."""

from fengqiao.disputes.models import Dispute
from fengqiao.district.demo.drawing import photo

from .cast import Cast

STORY = (
    "我在塔下街一家服装加工作坊踩缝纫机，今年8月到10月三个月的工资一分没给。"
    "老板周国良每次都说等货款回来就发，上个星期开始电话也不接了。工价和件数我都记在本子上，照片传上来了。"
)


def she_applies(cast: Cast) -> None:
    """Three steps on her phone, with a photo; code and PIN to come back with."""
    her = cast.resident
    her.goes("/")
    her.reads("人民调解不收费")
    her.is_filmed("home")
    her.follows("我要反映")
    her.writes("发生了什么事", STORY)
    her.writes("您想要什么结果", "把三个月工资12,600元付给我")
    her.hands_in(photo("记件数的本子"), "记件数的本子.png")
    her.is_filmed("what-happened")
    her.presses("下一步：谁和哪里")
    her.page.get_by_text("一个人", exact=True).click()
    her.writes("对方叫什么", "周国良")
    her.writes("对方的电话", "13757200316")
    her.page.get_by_role("combobox", name="事情发生在哪个街道").press_sequentially("塔下街")
    her.page.get_by_role("option", name="塔下街社区").click()
    her.writes("小区、门牌", "塔下街18号服装加工作坊")
    her.writes("您叫什么", "王小梅")
    her.writes("您的电话", "13905722045")
    her.is_filmed("who-and-where")
    her.presses("下一步：核对")
    her.reads(STORY[:20], "记件数的本子.png", "周国良")
    her.ticks("我看过了")
    her.is_filmed("check")
    her.presses("没错，交上去")
    her.reads("交上来了", "密码以后不再显示")
    her.is_filmed("code-and-pin")
    cast.is_given(her, by=her)
    cast.number = Dispute.objects.get().number
    her.presses("抄好了，去看进度")
    her.reads("飞英街道分中心", "48小时内，要定下来由谁办", "收到了")
    her.is_filmed("my-page-received")


def the_window_reads_it(cast: Cast) -> None:
    """The clerk finds it on the worklist, looks at the telephone with a reason, and rings her."""
    clerk = cast.desk("chenxiaoyan", "clerk")
    clerk.is_filmed("worklist")
    clerk.follows("打开")
    clerk.reads("轮到您", "王*梅", STORY[:20])
    clerk.is_filmed("dispute")
    clerk.does_not_read("13905722045")
    clerk.presses("查看电话")
    clerk.writes("为什么要看电话", "联系当事人")
    clerk.presses("记下理由并查看")
    clerk.reads("13905722045", "已记入查看日志")
    clerk.is_filmed("telephone-looked-at")
    clerk.follows("登记调解意愿")
    clerk.ticks("申请人 王*梅")
    clerk.ticks("愿意调解")
    clerk.writes("原话或者说明", "电话里说愿意谈，越快越好。")
    clerk.is_filmed("willing")
    clerk.presses("登记调解意愿")
    clerk.reads("已记下")


def the_dispatcher_sends_it_on(cast: Cast) -> None:
    """Wages belong to the labour committee, as the district's rule says; the dispatcher decides."""
    cast.it_is("11-23T09:40")
    dispatcher = cast.at_it("luwenbin", "dispatcher")
    dispatcher.follows("分级分类")
    dispatcher.writes("事由", "拖欠三个月工资")
    dispatcher.chooses("纠纷类型", "10 劳动争议")
    dispatcher.is_filmed("grade")
    dispatcher.presses("分级分类")
    dispatcher.reads("已分级分类")
    dispatcher.follows("分派")
    dispatcher.reads("劳资纠纷调委会")
    dispatcher.writes("嘱咐一句", "本人近两个月没有收入，请尽快联系。")
    dispatcher.is_filmed("dispatch")
    dispatcher.presses("分派")
    dispatcher.reads("已分派", "轮到劳资纠纷调委会")
    dispatcher.is_filmed("dispatched")


def the_committee_accepts(cast: Cast) -> None:
    """Its head has it on the worklist and in the notices, and takes it on."""
    cast.it_is("11-23T10:30")
    head = cast.desk("sunguoliang", "committee")
    head.is_filmed("worklist")
    head.goes("/desk/notices/")
    head.is_filmed("notices")
    head.goes(cast.address)
    head.follows("受理")
    head.is_filmed("accept")
    head.presses("受理")
    head.reads("已受理，请指定调解员")


def a_mediator_is_named(cast: Cast) -> None:
    """After the check for recusal."""
    cast.it_is("11-23T11:10")
    head = cast.at_it("sunguoliang", "committee")
    head.follows("指定调解员")
    head.ticks("顾敏")
    head.writes("关系的具体情况", "本人说明和双方都不认识。")
    head.is_filmed("assign-and-recusal")
    head.presses("指定调解员")
    head.reads("已指定调解员", "轮到调解员 顾敏")
    head.is_filmed("assigned")


def the_other_side_is_willing(cast: Cast) -> None:
    """The boss comes by the window for a slip of his own, and says on his phone that he will talk."""
    cast.it_is("11-23T14:20")
    clerk = cast.desk("chenxiaoyan", "clerk")
    clerk.goes(f"{cast.address}slip/")
    clerk.page.get_by_label("被申请人 周*良").check()
    clerk.presses("换新密码，打印")
    clerk.reads("密码只显示这一次")
    clerk.is_filmed("slip-for-the-respondent")
    him = cast.respondent
    cast.is_given(him, by=clerk)
    cast.comes_back(him)
    him.reads("轮到您了", "您愿意谈吗")
    him.does_not_read(STORY[:20], "13905722045")
    him.is_filmed("my-page-asked")
    him.follows("说说愿不愿意")
    him.ticks("愿意，请约时间")
    him.writes("想说的话", "下午四点以后有空")
    him.is_filmed("willing")
    him.presses("告诉调解员")
    him.page.wait_for_url("**/my/")


def the_mediator_prepares(cast: Cast) -> None:
    """Rights are told, a time and a room agreed on."""
    cast.it_is("11-23T15:30")
    mediator = cast.desk("gumin", "mediator")
    mediator.is_filmed("worklist")
    mediator.goes("/desk/notices/")
    mediator.is_filmed("notices")
    mediator.goes(cast.address)
    mediator.follows("告知权利义务")
    mediator.is_filmed("rights")
    mediator.presses("告知权利义务")
    mediator.reads("已告知，告知书在文书里")
    mediator.follows("约时间")
    mediator.writes("什么时候", "2026-11-25T15:00")
    mediator.writes("在哪里", "区中心2号调解室")
    mediator.is_filmed("schedule")
    mediator.presses("约时间")
    mediator.reads("已约好")
    mediator.is_filmed("prepared")
