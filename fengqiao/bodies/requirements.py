"""What a body of each type must have before it goes to work, and while it works."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .models import Body, BodyKind, Member, Post

TERM_YEARS = 3  # 人民调解法 9
FEWEST, MOST = 3, 9  # 人民调解法 8


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked of a body: in words, on what ground, and whether it is so."""

    words: str
    ground: str
    is_met: bool


Ask = Callable[[Body, list[Member], date], Iterator[Requirement]]


def requirements(body: Body, on: date) -> list[Requirement]:
    """Everything asked of a body of this type; empty where nothing is."""
    seats = [seat for seat in body.seats.all() if seat.until is None or seat.until >= on]
    return [one for ask in ASKED.get(BodyKind(body.kind), ()) for one in ask(body, seats, on)]


def term_ends(body: Body) -> date | None:
    """The last day of the members' term (人民调解法 9); None while no election is recorded."""
    if body.elected_on is None:
        return None
    year, month, day = body.elected_on.year + TERM_YEARS, body.elected_on.month, body.elected_on.day
    return date(year, 2, 28) if (month, day) == (2, 29) else date(year, month, day)


def _seats(body: Body, seats: list[Member], on: date) -> Iterator[Requirement]:
    words = _("委员 %(fewest)d 至 %(most)d 人，现在 %(n)d 人") % {"fewest": FEWEST, "most": MOST, "n": len(seats)}
    yield Requirement(words, "人民调解法 8", FEWEST <= len(seats) <= MOST)
    chairs = sum(seat.post == Post.CHAIR for seat in seats)
    yield Requirement(_("主任一人，现在 %(n)d 人") % {"n": chairs}, "人民调解法 8", chairs == 1)


def _women(body: Body, seats: list[Member], on: date) -> Iterator[Requirement]:
    yield Requirement(_("有妇女委员"), "人民调解法 8", any(seat.is_woman for seat in seats))


def _term(body: Body, seats: list[Member], on: date) -> Iterator[Requirement]:
    ends = term_ends(body)
    words = _("任期三年，到 %(day)s") % {"day": ends} if ends else _("登记了推选的日子（任期三年）")
    yield Requirement(words, "人民调解法 9", ends is not None and on <= ends)


def _founder(body: Body, seats: list[Member], on: date) -> Iterator[Requirement]:
    yield Requirement(_("写明由谁设立"), "人民调解法 34", bool(body.founder))


def _apart(body: Body, seats: list[Member], on: date) -> Iterator[Requirement]:
    yield Requirement(_("不接人民调解的分派：商事调解可以收费，人民调解不收费"), "人民调解法 4", not body.handles)


ASKED: dict[BodyKind, tuple[Ask, ...]] = {
    BodyKind.MDC_VILLAGE: (_seats, _women, _term),
    BodyKind.MDC_ENTERPRISE: (_seats, _term),
    BodyKind.MDC_TOWN: (_seats, _term),
    BodyKind.MDC_INDUSTRY: (_founder, _seats, _term),
    BodyKind.MDC_PARK: (_founder, _seats, _term),
    BodyKind.BRAND_STUDIO: (_founder,),
    BodyKind.LAWYER_STUDIO: (_founder,),
    BodyKind.SOCIAL_ORG: (_founder,),
    BodyKind.COMMERCIAL: (_founder, _apart),
}
