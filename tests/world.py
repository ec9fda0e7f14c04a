"""Builds worlds by living them: a dispute "at" a state got there by the commands that people use."""

from itertools import count

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.disputes import commands
from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import Category, Channel, Dispute, PartyRole
from fengqiao.people.models import Role, User
from fengqiao.places.models import Level, Region

_n = count(1)

LEVELS = (
    ("county", "区中心", 1, 6),
    ("town", "镇街", 2, 9),
    ("area", "片区", 3, 12),
    ("village", "村社", 4, 12),
    ("grid", "网格", 5, 15),
)
PEOPLE = ("沈玉兰", "周建国", "吴建芳", "潘秀英", "钱志明", "郑小燕")


def a_region(code="330502001000", name="月河街道", level=None) -> Region:
    if region := Region.objects.filter(code=code).first():
        return region
    level = level or ("county" if code.endswith("0" * 6) else "town" if code.endswith("000") else "village")
    levels = [Level(key=key, name=title, rank=rank, width=width) for key, title, rank, width in LEVELS]
    Level.objects.bulk_create(levels, ignore_conflicts=True)
    return Region.objects.create(code=code, name=name, level=Level.objects.get(key=level))


def a_county() -> Region:
    return a_region("330502000000", "吴兴区", "county")


def the_center() -> Body:
    """The county centre: coordinates the whole district."""
    return Body.objects.root() or Body.objects.create(
        key="center", name="吴兴区社会矛盾纠纷调处化解中心", short_name="吴", kind=BodyKind.COUNTY_CENTER,
        region=a_county(), coordinates=True,
    )  # fmt: skip


def a_town_branch(code="330502001000", name="月河街道") -> Body:
    body, _ = Body.objects.get_or_create(
        key=f"branch-{code}",
        defaults={"name": f"{name}分中心", "short_name": f"吴{name[0]}", "kind": BodyKind.TOWN_BRANCH,
                  "region": a_region(code, name), "parent": the_center(), "coordinates": True},
    )  # fmt: skip
    return body


def a_committee(region=None, **kw) -> Body:
    n = next(_n)
    region = region or a_region()
    return Body.objects.create(
        key=f"mdc-{n}", name=f"第{n}人民调解委员会", short_name=f"吴月{n}", kind=kw.pop("kind", BodyKind.MDC_TOWN),
        region=region, parent=kw.pop("parent", None) or the_center(), **kw,
    )  # fmt: skip


def a_user(body=None, role=Role.CLERK, name="", **kw) -> User:
    n = next(_n)
    return User.objects.create(
        username=kw.pop("username", f"user{n}"), name=name or f"工作人员{n}", role=role, home_body=body,
        mediates=role == Role.MEDIATOR, **kw,
    )  # fmt: skip


def a_category(code="02", name="邻里", **kw) -> Category:
    return Category.objects.get_or_create(code=code, defaults={"name": name, **kw})[0]


def a_party(role=PartyRole.APPLICANT, **kw) -> PartyDraft:
    n = next(_n)
    return PartyDraft(
        role=role, name=kw.pop("name", PEOPLE[n % len(PEOPLE)]), phone=kw.pop("phone", f"139{n:08}"),
        home=kw.pop("home", "塔下街墙壕里小区4幢201室"), **kw,
    )  # fmt: skip


def a_registered_dispute(body=None, by=None, **kw) -> Dispute:
    body = body or a_committee()
    parties = kw.pop("parties", None) or [a_party(), a_party(PartyRole.RESPONDENT)]
    return commands.register(
        title=kw.pop("title", "楼上卫生间渗水，楼下受损赔偿"), facts=kw.pop("facts", "楼上卫生间漏水，天花板和衣柜都泡坏了。"),
        parties=parties, body=body, channel=kw.pop("channel", Channel.WINDOW), by=by or a_user(body),
        category=kw.pop("category", None) or a_category(), place=kw.pop("place", body.region), **kw,
    )  # fmt: skip
