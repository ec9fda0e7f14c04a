"""What the ledger holds about the working calendar, a chain for each year."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

SUBJECT = "calendar"  # its number is the year


@entry(
    "calendar.entered",
    _("{by} 录入{year}年放假安排：放假 {off} 天，上班的周末 {work} 天。依据：{source}。"),
    icon="calendar-plus",
)
class CalendarEntered(Event):
    year: int
    source: str
    off: int
    work: int


@entry(
    "calendar.corrected",
    _("{by} 更正{year}年放假安排：放假 {off} 天，上班的周末 {work} 天。依据：{source}。"),
    icon="calendar-cog",
)
class CalendarCorrected(CalendarEntered):
    days: list[str]  # those that mean something else now
