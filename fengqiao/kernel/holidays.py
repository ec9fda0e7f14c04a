"""Read the holidays of one year as somebody pastes them: the State Council's own sentences, or a table of days.

国务院办公厅's notices all say 春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
Whatever can be checked against itself is checked: weekdays, how many days there are, that no day is both.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .calendar import SATURDAY, Year
from .errors import Refused

DAY = timedelta(days=1)
LONGEST = 20_000  # characters
EARLIEST_BEFORE = 14  # a notice may speak of the last days of the year before: 2018-12-29 stood in that of 2019
# 全国年节及纪念日放假办法 2: the days of the solar calendar; the others move with the moon.
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# 同上: where the days are named at all, none of the seven may be missing.
FEASTS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
KINDS = {"off": "off", "work": "work", "休": "off", "放假": "off", "班": "work", "上班": "work"}
WEEKDAYS = "一二三四五六日"
NAMES = [
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
]

DATE = r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\((?P<note>[^)]*)\))?"
ITEM = re.compile(rf"{DATE}(?:至(?P<to>{DATE.replace('?P<', '?P<to_')}))?")
CLAUSE = re.compile(r"[^。;]*?(?:放假|休息|上班)[^。;]*")
HEAD = re.compile(r"^\s*[一二三四五六七八九十]*[、.]?\s*([^:]{1,20}):")
ROW = re.compile(
    r"^(?P<first>\d{4}-\d{2}-\d{2})(?:\s*(?:~|至|\.\.)\s*(?P<last>\d{4}-\d{2}-\d{2}))?[,\t ]+(?P<kind>\w+)(?:[,\t ]+(?P<name>.+))?$"
)


@dataclass(frozen=True)
class Wrong:
    """One line that cannot be taken."""

    line: int
    why: str


class YearRefused(Refused):
    """Nothing was taken. Carries every wrong line with its reason; line 0: the whole."""

    def __init__(self, lines: list[Wrong]) -> None:
        self.lines = lines
        super().__init__(_("有 %(n)d 处不对，没有收。") % {"n": len(lines)})


def read_year(text: str, year: int) -> Year:
    """The year that the text speaks of. Raises YearRefused with each wrong line."""
    if len(text) > LONGEST:
        raise YearRefused([Wrong(0, _("太长了：最多 %(n)d 个字。") % {"n": LONGEST})])
    found = _Reading(year)
    for number, line in enumerate(text.splitlines(), 1):
        plain = unicodedata.normalize("NFKC", line).strip()
        if plain and not plain.startswith("#") and not plain.lower().startswith(("date,", "日期")):
            found.take(number, plain)
    found.judge()
    if found.wrong:
        raise YearRefused(sorted(found.wrong, key=lambda one: one.line))
    return Year(year, dict(sorted(found.off.items())), dict(sorted(found.work.items())))


@dataclass
class _Reading:
    year: int
    off: dict[date, str] = field(default_factory=dict)
    work: dict[date, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        try:
            if row := ROW.match(line):
                self._row(row)
            elif "日" in line and any(word in line for word in ("放假", "休息", "上班")):
                self._sentence(line)
            else:
                raise Refused(_("读不懂。写成 2027-01-01,放假,元旦 这样，或者粘贴通知里的原句。"))
        except Refused as no:
            self.wrong.append(Wrong(number, str(no)))

    def judge(self) -> None:
        """What must hold of the whole."""
        if not self.wrong and (missing := [day for day in self._fixed() if day not in self.off]):
            days = "、".join(_day(day) for day in missing)
            told = _("%(days)s是法定节假日（全国年节及纪念日放假办法 2），这里没有写放假。") % {"days": days}
            self.wrong.append(Wrong(0, told))
        named = "".join(self.off.values())
        if named and not self.wrong and (missing_names := [name for name in FEASTS if name not in named]):
            told = _("没有写%(names)s。请把通知里的七条都粘贴进来。") % {"names": "、".join(missing_names)}
            self.wrong.append(Wrong(0, told))

    def _fixed(self) -> Iterator[date]:
        return (date(self.year, month, day) for month, day in FIXED)

    # ── a table of days ───────────────────────────────────────────────────────────────────────────────────────────

    def _row(self, row: re.Match[str]) -> None:
        kind = KINDS.get(row["kind"])
        if kind is None:
            raise Refused(_("“%(kind)s”应是 放假 或 上班。") % {"kind": row["kind"]})
        first = _iso(row["first"])
        last = _iso(row["last"]) if row["last"] else first
        for day in _stretch(first, last):
            self._mark(day, kind, (row["name"] or "").strip())

    # ── a sentence of the notice ──────────────────────────────────────────────────────────────────────────────────

    def _sentence(self, line: str) -> None:
        head = HEAD.match(line)
        name, rest = (head[1], line[head.end() :]) if head else ("", line)
        for clause in CLAUSE.findall(rest.replace("，", ",")):
            self._clause(clause, name)

    def _clause(self, clause: str, name: str) -> None:
        kind = "work" if "上班" in clause else "off"
        days: list[date] = []
        month: int | None = None
        for item in ITEM.finditer(clause):
            first = self._date(item, "", month)
            last = self._date(item, "to_", first.month) if item["to"] else first
            month = last.month
            days += _stretch(first, last)
        if not days:
            raise Refused(_("“%(words)s”里没有日子。") % {"words": clause.strip(" ,")[:30]})
        if kind == "off" and (count := re.search(r"共(\d{1,2})天", clause)) and int(count[1]) != len(days):
            told = _("写着共 %(said)s 天，数下来是 %(n)d 天。")
            raise Refused(told % {"said": count[1], "n": len(days)})
        for day in days:
            self._mark(day, kind, name)

    def _date(self, item: re.Match[str], end: str, month: int | None) -> date:
        given = int(item[f"{end}month"]) if item[f"{end}month"] else month
        if given is None:
            raise Refused(_("“%(words)s”没有写几月。") % {"words": item[0][:30]})
        try:
            day = date(int(item[f"{end}year"] or self.year), given, int(item[f"{end}day"]))
        except ValueError:
            raise Refused(_("“%(words)s”不是日历上的日子。") % {"words": item[0][:30]}) from None
        said = re.search(r"(?:周|星期)([一二三四五六日天])", item[f"{end}note"] or "")
        if said and (n := WEEKDAYS.index(said[1].replace("天", "日"))) != day.weekday():
            told = _("%(day)s不是%(said)s，是%(is)s。")
            raise Refused(told % {"day": _day(day), "said": NAMES[n], "is": NAMES[day.weekday()]})
        return day

    # ── one day ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _mark(self, day: date, kind: str, name: str) -> None:
        earliest = date(self.year, 1, 1) - EARLIEST_BEFORE * DAY
        if not earliest <= day <= date(self.year, 12, 31):
            raise Refused(_("%(day)s不在%(year)d年。") % {"day": _day(day), "year": self.year})
        if day in self.off or day in self.work:
            raise Refused(_("%(day)s写了两次。") % {"day": _day(day)})
        if kind == "work" and day.weekday() < SATURDAY:
            raise Refused(_("%(day)s是%(is)s，本来就上班。") % {"day": _day(day), "is": NAMES[day.weekday()]})
        if kind == "work" and day in self._fixed():
            raise Refused(_("%(day)s是法定节假日，不能上班。") % {"day": _day(day)})
        (self.off if kind == "off" else self.work)[day] = name


def _stretch(first: date, last: date) -> list[date]:
    if last < first:
        raise Refused(_("%(last)s在%(first)s以前。") % {"first": _day(first), "last": _day(last)})
    if (last - first).days >= 31:
        raise Refused(_("一段最多一个月，请看看是不是写错了。"))
    return [first + n * DAY for n in range((last - first).days + 1)]


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("“%(day)s”不是日历上的日子。") % {"day": text}) from None


def _day(day: date) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}
