"""What somebody says of a person for the roster, and the checks it must pass before it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.kernel.codes import check_id_number, check_phone
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index
from fengqiao.kernel.text import normalise
from fengqiao.people.models import RosterEntry, RosterRules, User
from fengqiao.places.models import Region

from .models import Kind, Source, Ties

ADULT = 18  # years; 人民调解法 14, 民法典 17
MOST_TIES = 50
LONGEST = {"name": 40, "title": 80, "introduction": 500}  # characters, as the columns hold

# What each field is called in the history, in the order of the form. The sealed ones are named, never quoted.
WORDS: dict[str, Any] = {
    "name": gettext_lazy("姓名"), "kinds": gettext_lazy("类别"), "body": gettext_lazy("所属单位"),
    "title": gettext_lazy("身份、职务"), "grade": gettext_lazy("等级"), "specialities": gettext_lazy("擅长"),
    "languages": gettext_lazy("语言"), "areas": gettext_lazy("服务区域"), "days": gettext_lazy("可约的日子"),
    "hours_from": gettext_lazy("几点起"), "hours_to": gettext_lazy("到几点"), "on_call": gettext_lazy("随叫随到"),
    "introduction": gettext_lazy("简介"), "photo": gettext_lazy("照片"), "is_shown": gettext_lazy("对群众公开"),
    "born_on": gettext_lazy("出生日期"), "phone": gettext_lazy("电话"), "id_number": gettext_lazy("证件号码"),
    "ties": gettext_lazy("回避信息"), "serves": gettext_lazy("还服务的单位"),
}  # fmt: skip
SEALED = frozenset({"born_on", "phone", "id_number", "ties", "photo"})
# What the person may say without asking: the rest is for the body that answers for them.
OWN = frozenset(
    {"languages", "days", "hours_from", "hours_to", "on_call", "introduction", "photo", "is_shown", "phone", "ties"}
)


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """All that an application says."""

    name: str
    kinds: Sequence[str]
    body: Body
    title: str = ""
    grade: str = ""
    specialities: Sequence[str] = ()
    languages: Sequence[str] = ()
    areas: Sequence[str] = ()
    days: Sequence[int] = ()
    hours_from: time | None = None
    hours_to: time | None = None
    on_call: bool = False
    introduction: str = ""
    photo: str = ""
    is_shown: bool = False
    born_on: date | None = None
    phone: str = ""
    id_number: str = ""
    ties: Ties = field(default_factory=Ties)
    serves: Sequence[Body] = ()
    user: User | None = None


FIELDS = tuple(one.name for one in fields(EntryDraft) if one.name not in ("user", "serves"))


def put(entry: RosterEntry, facts: Mapping[str, Any]) -> RosterEntry:
    """Write these facts into the row, checked and in one form. Refused with what is wrong."""
    for name, value in facts.items():
        setattr(entry, name, _plain(name, value))
    if "phone" in facts:
        entry.phone_index = blind_index(entry.phone, "phone") if entry.phone else ""
    if "id_number" in facts:
        entry.id_index = blind_index(entry.id_number, "id") if entry.id_number else ""
    _check(entry)
    return entry


def age_on(born_on: str, day: date) -> int | None:
    """In whole years; None while the day of birth is not known."""
    born = parse_date(born_on) if born_on else None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else None


def _plain(name: str, value: Any) -> Any:
    if name in READ:
        return READ[name](value)
    return normalise(value) if isinstance(value, str) else value


def _codes(value: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(str(one) for one in value))


def _ties(ties: Ties) -> Ties:
    cleaned = {name: list(dict.fromkeys(filter(None, map(normalise, lines)))) for name, lines in vars(ties).items()}
    if any(len(lines) > MOST_TIES for lines in cleaned.values()):
        raise Refused(_("回避信息每一项最多写 %(n)d 行。") % {"n": MOST_TIES})
    return Ties(**cleaned)


# How what was given is kept, where it is not kept as it comes.
READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("kinds", "specialities", "languages", "areas"), _codes),
    "days": lambda days: sorted({int(day) for day in days}),
    "born_on": lambda day: day.isoformat() if day else "",
    "ties": lambda ties: _ties(ties).written(),
    "phone": lambda text: check_phone(text) if text else "",
    "id_number": lambda text: check_id_number(text).normalized if text else "",
}


def _check(entry: RosterEntry) -> None:
    if not entry.name:
        raise Refused(_("请写姓名。"))
    unsaid = not entry.kinds and entry.source != Source.DISTRICT  # the district's file says only who mediates
    if unsaid or set(entry.kinds) - set(Kind.values):
        raise Refused(_("请至少选一种调解员类别。"))
    rules = RosterRules.now()
    if entry.grade and entry.grade not in dict(rules.grade_choices):
        raise Refused(_("没有“%(grade)s”这个等级，请重新选。") % {"grade": entry.grade})
    if strange := set(entry.languages) - set(dict(rules.language_choices)):
        raise Refused(_("没有“%(one)s”这种语言，请重新选。") % {"one": min(strange)})
    if entry.areas and Region.objects.filter(code__in=entry.areas).count() != len(entry.areas):
        raise Refused(_("服务区域里有找不到的地方，请重新选。"))
    if set(entry.days) - set(range(1, 8)):
        raise Refused(_("可约的日子请从周一到周日里选。"))
    if (entry.hours_from is None) != (entry.hours_to is None) or (
        entry.hours_from and entry.hours_to and entry.hours_to <= entry.hours_from
    ):
        raise Refused(_("时间请写全，从几点到几点，后面的要晚于前面的。"))
    for name, longest in LONGEST.items():
        if len(getattr(entry, name)) > longest:
            words = {"what": WORDS[name], "n": longest}
            raise Refused(_("%(what)s写得太长了，请在 %(n)d 个字以内。") % words)
