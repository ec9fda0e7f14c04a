"""Invented matters and names for measuring with: enough variety that search has something to distinguish."""

import random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英玉兰建国志红梅文斌海燕"
WHO = ("楼上邻居", "物业公司", "装修公司", "房东", "用人单位", "网店", "隔壁饭店", "施工队", "停车场", "培训机构")
WHAT = (
    ("卫生间渗水", "天花板和衣柜被水泡坏，多次上门协商没有结果", "赔偿损失并修好防水"),
    ("拖欠工资", "干了三个月活只发过一次生活费，老板电话不接", "结清全部工资"),
    ("噪声扰民", "夜里十一点以后还在施工，老人孩子无法休息", "晚间停工"),
    ("押金不退", "合同到期搬走，对方以墙面划痕为由扣下全部押金", "退还押金"),
    ("停车纠纷", "固定车位被长期占用，为此发生过两次争吵", "把车位腾出来"),
    ("退款不成", "付款后一直不发货，客服答应退款又反悔", "全额退款"),
    ("油烟直排", "厨房排烟管对着居民窗户，开窗就是油烟味", "加装净化设备"),
    ("围墙地界", "翻建围墙时往外挪了半米，影响通行", "恢复原状"),
    ("电梯故障", "电梯三个月坏了七次，维修基金迟迟用不下来", "尽快修好电梯"),
    ("宠物伤人", "遛狗没有牵绳，孩子被咬伤，打了五针疫苗", "承担医药费"),
    ("赡养老人", "兄妹三人对每月赡养费怎么分摊谈不拢", "把分摊写清楚"),
    ("交通事故", "电动车相撞骨折住院，误工费营养费没有谈妥", "赔偿误工费"),
)
# Invented; as many matters in one estate as a town's large ones have.
ESTATES = tuple(
    f"{first}{second}{kind}"
    for first, second in zip("春明金东碧锦翠华", "江珠桂湖波绣竹景", strict=True)
    for kind in ("花园", "小区", "公寓", "嘉苑")
)


def a_name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def a_matter(chance: random.Random) -> tuple[str, str, str]:
    """Title, facts, demand."""
    who, (what, how, wish) = chance.choice(WHO), chance.choice(WHAT)
    amount, month = chance.randrange(5, 500) * 100, chance.randrange(1, 13)
    home = f"{chance.choice(ESTATES)}{chance.randrange(1, 60)}幢"
    when = f"社区来看过一次，对方说要等{chance.randrange(2, 60)}天再答复"
    facts = f"家住{home}，今年{month}月以来，{who}{what}：{how}。涉及金额约{amount}元。{when}。要求{wish}。"
    return f"{who}{what}，要求{wish}", facts, wish
