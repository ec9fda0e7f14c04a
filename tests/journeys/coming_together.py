"""At the table: an hour of talk, a paper in two parts, three names under it."""

import re

from fengqiao.agreements.models import Agreement
from fengqiao.district.demo.drawing import photo

from .cast import Cast
from .people import Person

FACTS = "甲方2026年8月至10月在乙方塔下街18号服装加工作坊做缝纫工，计件共4,200件，工资12,600元，乙方未付。"
ACCOUNT = "王小梅 工商银行湖州分行 6222021205001234567"
IN_TWO_PARTS = (
    "乙方分两期付清：2026年12月8日前付人民币陆仟元整（¥6,000.00），"
    "2026年12月25日前付人民币陆仟陆佰元整（¥6,600.00），均汇入甲方本人银行账户。"
)
EARLY, LATE = "2026-12-08", "2026-12-25"


def they_sit_down(cast: Cast) -> None:
    """An hour at the table, and the minutes of it."""
    cast.it_is("11-25T16:10")
    mediator = cast.at_it("gumin", "mediator")
    mediator.follows("记调解记录")
    mediator.writes("谈了多少分钟", "60")
    mediator.writes(
        "各方说了什么", "王小梅：八月到十月一共做了4,200件，工资12,600元。\n周国良：件数认，货款没回来，分两次给。"
    )
    mediator.writes("双方都没有争议的事实", "2026年8月至10月的工资共12,600元，一分未付。")
    mediator.ticks("谈成了，准备写协议")
    mediator.is_filmed("minutes")
    mediator.presses("记调解记录")
    mediator.reads("已记下，调解记录在文书里")
    mediator.follows("加材料")
    mediator.hands_in(photo("两人的身份证"), "身份证.png")
    mediator.chooses("是什么材料", "身份证明")
    mediator.writes("名称", "双方身份证复印件")
    mediator.is_filmed("identity-papers")
    mediator.presses("加进卷宗")
    mediator.reads("双方身份证复印件")
    mediator.is_filmed("agreed-in-principle")


def the_paper_is_drawn_up(cast: Cast) -> None:
    """From the model agreement on wages, in two parts with their days; then out to both sides."""
    cast.it_is("11-25T16:25")
    mediator = cast.at_it("gumin", "mediator")
    mediator.follows("拟协议")
    mediator.page.get_by_role("listitem").filter(has_text="拖欠工资").get_by_role("link").click()
    mediator.reads("填一次，协议里处处都填上")
    mediator.is_filmed("model-agreement")
    mediator.writes("纠纷主要事实", FACTS)
    mediator.writes("欠薪期间", "2026年8月至10月")
    mediator.writes("工资金额", "12600")
    mediator.writes("付款日期", LATE)
    mediator.presses("填进去")
    mediator.page.get_by_text("填空", exact=True).wait_for(state="detached")
    mediator.writes("原文", IN_TWO_PARTS, nth=1)
    mediator.writes("大白话", "乙方分两次付：12月8日前6,000元，12月25日前6,600元，都打到甲方自己的卡上。", nth=1)
    mediator.writes("做什么", "支付工资第一期")
    mediator.writes("金额（元）", "6000")
    mediator.writes("最晚哪一天", EARLY)
    mediator.writes("收款账号", ACCOUNT)
    mediator.presses("加一项")
    mediator.page.get_by_text("第 2 项", exact=True).wait_for()
    mediator.writes("做什么", "支付工资第二期", nth=1)
    mediator.chooses("谁来做", "乙方 周国良", nth=1)
    mediator.chooses("给谁", "甲方 王小梅", nth=1)
    mediator.writes("金额（元）", "6600", nth=1)
    mediator.writes("最晚哪一天", LATE, nth=1)
    mediator.writes("方式", "银行转账", nth=1)
    mediator.writes("收款账号", ACCOUNT, nth=1)
    mediator.is_filmed("draft")
    mediator.presses("存草稿，看成稿")
    mediator.reads("第 1 稿存好了")
    mediator.is_filmed("paper")
    mediator.follows("发给双方看")
    mediator.is_filmed("circulate")
    mediator.presses("发给双方看")
    mediator.reads("已发出，等各方签名")
    mediator.is_filmed("circulated")


def she_signs_on_her_phone(cast: Cast) -> None:
    """By the link that the mediator gives her: who she is, every clause, her name on the glass."""
    cast.it_is("11-25T16:40")
    mediator, her = cast.at_it("gumin", "mediator"), cast.resident
    mediator.follows("看协议")
    mediator.presses(re.compile("手机签.*王"))
    mediator.reads("给王*梅的签名链接")
    mediator.is_filmed("link-to-sign")
    her.goes("/s/" + mediator.page.locator(".fq-kept-text").inner_text().split("/s/")[1])
    her.writes("手机号的后四位", "2045")
    her.is_filmed("link-opened")
    her.presses("打开协议")
    her.reads("一条一条看", "第 1 条")
    her.is_filmed("clause")
    reads_every_clause(her)
    her.ticks("没有人逼我，是我自己愿意签的")
    her.ticks("我知道签了就要照做")
    her.signs("王小梅")
    her.reads("已签，可以重写")
    her.is_filmed("signature")
    her.presses("提交签名")
    her.reads("您签好了", "等其他人签完，协议就生效")
    her.is_filmed("signed")


def he_signs_at_the_desk(cast: Cast) -> None:
    """On the desk's screen, once the mediator has seen his identity card."""
    cast.it_is("11-25T16:50")
    screen = cast.at_it("gumin", "mediator")
    screen.follows("看协议")
    screen.follows(re.compile("这台屏幕.*周"))
    screen.is_filmed("screen-handed-over")
    screen.presses("证件核对过了，递给本人")
    reads_every_clause(screen)
    screen.ticks("没有人逼我，是我自己愿意签的")
    screen.ticks("我知道签了就要照做")
    screen.signs("周国良")
    screen.is_filmed("screen-respondent-signs")
    screen.presses("提交签名")
    screen.reads("请把机器还给调解员")
    screen.follows("回到协议（调解员）")


def reads_every_clause(reader: Person) -> None:
    """One after the other, up to the last."""
    for n in range(1, 4):
        reader.reads(f"第 {n} 条")
        reader.presses("看懂了，下一条")
    reader.page.get_by_role("button", name="看懂了", exact=True).click()
    reader.reads("4 条都看懂了")


def the_mediator_signs_and_it_is_in_force(cast: Cast) -> None:
    """The last name gives the number, the seal and the PDF; anybody can check the paper by its code."""
    cast.it_is("11-25T16:55")
    mediator = cast.at_it("gumin", "mediator")
    mediator.follows("签名")
    mediator.ticks("我主持了调解")
    mediator.signs("顾敏")
    mediator.is_filmed("mediator-signs")
    mediator.presses("提交签名")
    mediator.reads("（2026）吴劳人调字第1号", "3／3")
    mediator.is_filmed("agreement-in-force")
    found = Agreement.objects.get()
    assert found.paper.read().startswith(b"%PDF-1.7")
    mediator.goes(cast.address)
    mediator.is_filmed("dispute-agreed")
    his = cast.respondent
    his.goes(f"/verify/{found.check_code}/")
    his.reads("有效", found.number, "王*梅")
    his.is_filmed("paper-checked")
