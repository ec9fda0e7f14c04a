"""What the year's disputes are about: invented matters for each kind of the sixteen, told at any length."""

import random
from dataclasses import dataclass

from ..everyday import GIVEN, MATTERS, SURNAMES
from ..people import AREA, telephone

# kind, title, what people say, what they want
MORE = (
    ("L", "拖欠工资", "做了三个月只发过一次生活费，老板一直说货款没回来。", "结清工资。"),
    ("L", "工伤赔偿", "上班时手指压伤，医药费垫了，误工费没有说法。", "按规定赔偿。"),
    ("L", "辞退补偿", "干了四年，一个电话就说不用来了，没有补偿。", "支付经济补偿。"),
    ("T", "电动车相撞", "路口相撞，对方说自己没责任，修车钱一分不出。", "赔修车钱和误工费。"),
    ("T", "客车晚点退票", "班车取消没有通知，票款拖着不退。", "退票款。"),
    ("M", "治疗效果有争议", "拔牙以后一直麻木，医院说是正常反应。", "说明情况，承担后续治疗费。"),
    ("S", "培训退费", "培训班停课两个月，剩下的课时不肯退钱。", "按课时退费。"),
    ("S", "学生课间受伤", "课间被同学推倒磕掉门牙，两家和学校说不拢。", "承担医药费。"),
    ("B", "借款逾期不还", "写了借条，到期还了一部分，后来电话也不接。", "还清借款。"),
    ("B", "工程款拖欠", "水电活做完验收了，尾款拖了大半年。", "付清尾款。"),
    ("R", "管道施工影响出行", "门口挖沟埋管，挖了两个月没有填，出门要绕一大圈。", "尽快填好，修好门口的路。"),
    ("R", "停水没有通知", "连着停水两天，事先没有通知，店里的货坏了。", "赔偿损失。"),
    ("W", "廉租房分配有异议", "排了两年没有轮到，后来的人先分到了。", "说明顺序。"),
    ("O", "办事窗口推诿", "跑了三趟，每次说的材料都不一样。", "一次说清楚。"),
    ("G", "村里账目不清", "集体的出租款几年没有公布，问了也没有答复。", "公布账目。"),
    ("D", "土地流转款拖欠", "地流转出去三年，最后一年的钱没有付。", "付清流转款。"),
    ("D", "宅基地界址", "邻居翻建往外多砌了半米，车进不来。", "恢复原来的界址。"),
    ("H", "新房漏水", "交房半年，卫生间渗水两次，修了又漏。", "修好，赔偿损失。"),
)
OF_THE_DEMO = ("P", "P", "P", "P", "C", "B", "I", "E", "F", "H")  # the kinds of everyday.MATTERS, in their order
ON_AND_ON = (
    "为这事已经找过三次，每次都说过几天答复。", "上个月社区来看过一次，拍了照片，后来没有下文。", "双方在电话里吵过，现在见面也不说话。",
    "相关的单据和聊天记录都保存着，可以提供。", "家里有老人和孩子，实在影响生活。", "我们也愿意让一步，只要对方有个态度。",
    "希望能约个时间当面谈，把事情说清楚。", "如果需要到现场看，我们随时可以配合。", "对方一开始答应得好好的，后来又变了说法。",
    "邻居和同事都可以证明当时的情况。",
)  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """One kind of matter in invented words."""

    kind: str
    title: str
    facts: str
    demand: str


BY_KIND: dict[str, list[Matter]] = {}
for _kind, (_code, *_words) in [
    *zip(OF_THE_DEMO, MATTERS, strict=True), *((row[0], row) for row in MORE),
]:  # fmt: skip
    BY_KIND.setdefault(_kind, []).append(Matter(_kind, *_words))


def about(kind: str, chance: random.Random) -> Matter:
    return chance.choice(BY_KIND[kind])


def told_at_length(matter: Matter, letters: int, chance: random.Random) -> str:
    """What they say, with more sentences until it is about as long as wanted."""
    told, length = [matter.facts], len(matter.facts)
    while length < letters:
        more = chance.choice(ON_AND_ON)
        told.append(more)
        length += len(more)
    return "".join(told)


def a_name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def a_telephone(n: int, side: int) -> str:
    return telephone(f"{(2 * n + side) % 10_000:04}")


__all__ = ["AREA", "Matter", "a_name", "a_telephone", "about", "told_at_length"]
