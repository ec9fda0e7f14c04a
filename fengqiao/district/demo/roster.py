"""The roster of the demonstration: its mediators say what they are good at and agree to be shown; three come from outside.

Whoever is only there for show bears 示例 in the name or in what they say of themselves.
"""

from datetime import date, time
from typing import Any

from fengqiao.bodies.models import Body
from fengqiao.people.models import RosterEntry
from fengqiao.people.roster import commands as roster
from fengqiao.people.roster.drafts import EntryDraft
from fengqiao.people.roster.models import Kind

from .life import Story
from .people import telephone
from .telling import Telling

EVERY_DAY, SPOKEN = (1, 2, 3, 4, 5), ["putonghua", "local"]
# part: kinds, title, specialities, languages, days, what they say
MEDIATORS: dict[str, tuple[list[str], str, list[str], list[str], tuple[int, ...], str]] = {
    "mediator": (
        [Kind.FULL_TIME, Kind.CHIEF], "专职调解员", ["02", "14", "06"], SPOKEN, EVERY_DAY,
        "邻里、漏水、物业的事办得多，先到现场看了再说。",
    ),
    "colleague": (
        [Kind.FULL_TIME], "专职调解员", ["01", "04", "09"], [*SPOKEN, "sign"], EVERY_DAY,
        "婚姻家事、合同的事，可以打手语，话可以慢慢说。",
    ),
    "village_mediator": (
        [Kind.PART_TIME], "社区调解员", ["02", "01"], SPOKEN, (2, 4, 6), "住在本社区二十年，晚上也可以约。",
    ),
    "labour_mediator": (
        [Kind.FULL_TIME], "专职调解员", ["10"], ["putonghua"], EVERY_DAY, "只办工资、工伤、解除合同。",
    ),
    "neighbour_mediator": (
        [Kind.FULL_TIME], "专职调解员", ["02", "11"], SPOKEN, EVERY_DAY, "消费、邻里的事，能当场说好的当场说好。",
    ),
}  # fmt: skip
OUTSIDE = (
    (
        "潘文静（示例）", [Kind.LAWYER], "律师", ["04", "10", "11"], date(1986, 4, 12), "8101",
        "周三、周五在中心坐班，先把账和证据理清楚。",
    ),
    (
        "凌德明（示例）", [Kind.COURT_INVITED], "退休法官", ["03", "07", "08"], date(1959, 9, 2), "8102",
        "办了三十年民事案，房屋、土地的事可以找我。",
    ),
)  # fmt: skip
WAITING = (
    "俞晓峰（示例）", [Kind.PART_TIME], "社区志愿者", ["02"], date(1990, 1, 20), "8103", "想做兼职调解员，周末有空。",
)  # fmt: skip


def roster_of(t: Telling) -> Story:
    """Filled in and certified a month ago; one application came in this week."""
    yield t.on(26, "09:00")
    boss = t.user("center_manager")
    center = t.body("center")
    for part, (kinds, title, specialities, languages, days, words) in MEDIATORS.items():
        entry = RosterEntry.objects.get(user=t.user(part))
        said: dict[str, Any] = {
            "kinds": kinds, "title": title, "specialities": specialities, "languages": languages, "days": days,
            "hours_from": time(9), "hours_to": time(17), "introduction": f"（示例）{words}", "is_shown": True,
        }  # fmt: skip
        roster.change(entry, facts=said, by=boss)
        roster.certify(entry, valid_from=t.on(26, "09:00").date(), by=boss)
    for one in OUTSIDE:
        roster.admit(roster.apply(_draft(one, center), by=boss), valid_from=t.on(26, "09:00").date(), by=boss)
    yield t.on(3, "10:20")
    roster.apply(_draft(WAITING, center), by=boss)


def _draft(one: tuple, center: Body) -> EntryDraft:
    name, kinds, title, specialities, born, tail, words = one
    return EntryDraft(
        name=name, kinds=kinds, title=title, body=center, specialities=specialities, languages=["putonghua"], days=EVERY_DAY,
        hours_from=time(9), hours_to=time(17), born_on=born, phone=telephone(tail), introduction=words, is_shown=True,
    )  # fmt: skip
