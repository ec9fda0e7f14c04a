"""As many everyday disputes as are wanted, to fill lists with: the same ones every time."""

import random
from datetime import timedelta

from fengqiao.mediation.models import Outcome
from fengqiao.routing import commands as routing

from .life import Story
from .people import applicant, respondent
from .table import held, planned, taken_on
from .telling import Telling

# category, what it is called, what people say, what they want
MATTERS = (
    ("02", "空调外机滴水", "楼上的空调外机一开就往我家雨棚上滴水，整夜响。", "接好排水管。"),
    ("02", "狗叫扰民", "隔壁的狗早晚都叫，说了几次，主人说狗叫他也没办法。", "晚上把狗关进屋。"),
    ("14", "车位被占", "租的车位天天被人占，找物业，物业让我自己找车主。", "把车位管起来。"),
    ("14", "物业费涨价", "物业费一年涨了两次，没有开过业主大会。", "退回多收的物业费。"),
    ("11", "理发卡余额不退", "理发店换了老板，说以前办的卡不认了。", "退还卡里的余额。"),
    ("04", "搬家损坏家具", "搬家公司把衣柜门撞坏了，只肯赔一百块。", "按修理价赔。"),
    ("06", "高空抛物", "楼上扔下来一个花盆，砸坏了我的电动车。", "赔修车钱。"),
    ("09", "烧烤摊油烟", "楼下烧烤摊每天摆到半夜，油烟全进我家。", "换个地方摆。"),
    ("01", "兄弟分摊医药费", "父亲住院花了三万多，弟弟一分不出。", "医药费平摊。"),
    ("03", "共用墙体开裂", "隔壁翻建以后，我家的墙裂了一道缝。", "修好墙。"),
)
SURNAMES, GIVEN = (
    "王李张沈周吴陈徐朱陆潘费俞褚凌闵施温",
    ("建明", "秀兰", "志强", "小红", "文华", "丽萍", "永根", "晓燕", "国良", "美珍"),
)
PLACES = ("village", "second_village", "third_village", "fourth_village", "fifth_village")


def everyday(t: Telling, n: int) -> Story:
    """One of them: received, mostly taken on, often talked about; cut off wherever now happens to be."""
    chance = random.Random(f"everyday {n}")  # noqa: S311 (variety, not a secret)
    category, title, facts, demand = MATTERS[n % len(MATTERS)]
    place, day = chance.choice(PLACES), chance.randint(1, 24)
    names = [chance.choice(SURNAMES) + chance.choice(GIVEN) for _side in range(2)]
    homes = [
        f"{t.name(place)}{chance.randint(1, 30)}幢{chance.randint(1, 6)}0{chance.randint(1, 4)}室" for _side in range(2)
    ]
    yield t.on(day, f"{chance.randint(8, 11):02}:{chance.randint(0, 59):02}")
    draft = t.matter(
        title, facts, applicant(names[0], home=homes[0], tail=f"{n % 5000:04}"), respondent(names[1], home=homes[1]),
        category=category, place=place, address=homes[0], demand=demand,
    )  # fmt: skip
    dispute = t.window("clerk", draft)
    yield t.on(day, f"{chance.randint(13, 16):02}:{chance.randint(0, 59):02}")
    if chance.random() < 0.3:
        routing.dispatch(
            dispute, to=t.body("town_committee"), why="街道调委会有人手，马上能谈。", by=t.user("dispatcher")
        )
        return
    mediator = t.user(chance.choice(("mediator", "colleague")))
    dispute = taken_on(dispute, by=t.user("dispatcher"), mediator=mediator)
    if day > 4:
        evening = t.on(day - 4, f"{chance.randint(19, 20)}:{chance.randint(0, 59):02}")
        yield evening
        session = planned(dispute, evening - timedelta(minutes=25), f"{t.name(place)}调解室")
        held(session, 20, Outcome.NOT_YET, f"{names[0]}：{demand}", f"{names[1]}：回去商量一下。")
