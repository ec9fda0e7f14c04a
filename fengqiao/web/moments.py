"""Time in words a person uses: 11月23日 周一 17:00, 还剩 3 天 7 小时, 昨天 08:30."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
WEEKDAYS = [
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
]


def day(on: date | datetime, now: datetime | None = None) -> str:
    """11月23日; with the year when it is not this year's."""
    on = _local_date(on)
    this_year = _local_date(now or timezone.now()).year == on.year
    parts = {"year": on.year, "month": on.month, "day": on.day}
    return _("%(month)s月%(day)s日") % parts if this_year else _("%(year)s年%(month)s月%(day)s日") % parts


def weekday(on: date | datetime) -> str:
    """周一 to 周日."""
    return str(WEEKDAYS[_local_date(on).weekday()])


def moment(at: datetime | date, now: datetime | None = None) -> str:
    """11月23日 周一 17:00; a plain date has no time."""
    words = f"{day(at, now)} {weekday(at)}"
    return f"{words} {_clock_time(at)}" if isinstance(at, datetime) else words


def lately(at: datetime, now: datetime | None = None) -> str:
    """今天 08:30, 昨天 16:20, 11月05日 09:40: for lists of what happened."""
    return f"{_near_day(_local_date(at), now or timezone.now())} {_clock_time(at)}"


def until(due: datetime, now: datetime | None = None, *, with_weekday: bool = False) -> str:
    """The end of a limit. Midnight belongs to the day that ends: 11月29日 24:00, not 11月30日 00:00."""
    due = timezone.localtime(due)
    at, hour = (due.date(), f"{due:%H:%M}") if due.time() != time(0) else (due.date() - DAY, "24:00")
    words = _near_day(at, now or timezone.now())
    return f"{words} {weekday(at)} {hour}" if with_weekday else f"{words} {hour}"


def span(length: timedelta) -> str:
    """How long, in its two largest units: 3 天 7 小时, 7 小时 20 分, 12 分钟."""
    length = abs(length)
    days, rest = divmod(length, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // MINUTE
    if days:
        return (
            _("%(days)s 天 %(hours)s 小时") % {"days": days, "hours": hours}
            if hours
            else _("%(days)s 天") % {"days": days}
        )
    if hours and minutes:
        return _("%(hours)s 小时 %(minutes)s 分") % {"hours": hours, "minutes": minutes}
    return _("%(hours)s 小时") % {"hours": hours} if hours else _("%(minutes)s 分钟") % {"minutes": max(minutes, 1)}


def ago(at: datetime, now: datetime | None = None) -> str:
    """刚刚, 3 小时前, 2 天前; the date once it is more than ten days back."""
    gone = (now or timezone.now()) - at
    if gone > 10 * DAY:
        return day(at, now)
    if gone < MINUTE:
        return _("刚刚")
    units = [(DAY, _("%(n)s 天前")), (HOUR, _("%(n)s 小时前")), (MINUTE, _("%(n)s 分钟前"))]
    return next(words % {"n": gone // unit} for unit, words in units if gone >= unit)


def _near_day(on: date, now: datetime) -> str:
    away = (on - _local_date(now)).days
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}
    return near.get(away) or day(on, now)


def _local_date(on: date | datetime) -> date:
    return timezone.localtime(on).date() if isinstance(on, datetime) else on


def _clock_time(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
