"""What may become of a dispute in the year: for each phase the ways on, how likely each is, and when it happens.

A new way, such as a move between tiers or calling other bodies, is a function in deeds.py and one line here, and nothing else.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from fengqiao.disputes.lifecycle import CLOSED, ENDED, State
from fengqiao.disputes.models import Dispute, ObligationState
from fengqiao.mediation.models import Outcome, SessionStatus
from fengqiao.mediation.readiness import told_of_rights

from ..telling import people_work
from . import deeds
from .deeds import Deed

When = Callable[[Dispute, datetime, random.Random], datetime]
MORNING, EVENING = time(8, 30), time(17, 30)


class Phase(StrEnum):
    """Where a dispute stands, as far as it decides what comes next. Read from what is stored, so that it can go on at any time."""

    NEW = "new"
    GIVEN_BACK = "given back"
    SENT = "sent"
    TAKEN = "taken"
    UNTOLD = "untold"  # a mediator is named, the parties do not know their rights yet
    TALKING = "talking"
    ARRANGED = "arranged"
    OF_ONE_MIND = "of one mind"
    APART = "apart"
    STANDING = "standing"
    OUT_TO_SIGN = "out to sign"
    OWING = "owing"
    BREACHED = "breached"
    AT_COURT = "at court"
    ENDED = "ended"
    UNASKED = "unasked"
    ASKED = "asked"
    OVER = "over"


@dataclass(frozen=True)
class Way:
    """One way on."""

    weight: float
    when: When
    deed: Deed


def hours(low: float, high: float) -> When:
    """So many hours later, and then when somebody works."""
    return lambda _dispute, now, chance: at_work(now + timedelta(hours=chance.uniform(low, high)), chance)


def days(low: float, high: float) -> When:
    return hours(24 * low, 24 * high)


def at_any_hour(low: float, high: float) -> When:
    """So many hours later, but not at night: people act from their telephones."""

    def when(_dispute: Dispute, now: datetime, chance: random.Random) -> datetime:
        moment = timezone.localtime(now + timedelta(hours=chance.uniform(low, high)))
        return moment if 7 <= moment.hour < 22 else moment.replace(hour=12, minute=chance.randrange(60))

    return when


def after_the_session(dispute: Dispute, now: datetime, chance: random.Random) -> datetime:
    session = dispute.sessions.filter(status=SessionStatus.PLANNED).earliest("scheduled_at")
    return max(now, session.scheduled_at + timedelta(minutes=chance.randint(*deeds.SESSION_MINUTES) + 5))


def before_the_day(dispute: Dispute, now: datetime, chance: random.Random) -> datetime:
    return at_work(_due(dispute, now) - timedelta(days=chance.uniform(1, 6)), chance)


def after_the_day(dispute: Dispute, now: datetime, chance: random.Random) -> datetime:
    return at_work(_due(dispute, now) + timedelta(days=chance.uniform(0.5, 8)), chance)


WAYS: dict[Phase, tuple[Way, ...]] = {
    Phase.NEW: (
        Way(24, hours(0.5, 20), deeds.accept), Way(62, hours(0.2, 16), deeds.dispatch), Way(3, hours(49, 70), deeds.dispatch),
        Way(3, hours(2, 30), deeds.reject), Way(3, hours(2, 30), deeds.escalate), Way(6, hours(1, 10), deeds.grade),
        Way(1, hours(1, 20), deeds.merge), Way(2, at_any_hour(3, 30), deeds.withdraw),
    ),
    Phase.GIVEN_BACK: (Way(20, hours(1, 20), deeds.accept), Way(80, hours(0.5, 24), deeds.dispatch)),
    Phase.SENT: (
        Way(76, hours(0.5, 40), deeds.accept), Way(16, hours(1, 30), deeds.give_back), Way(3, hours(49, 80), deeds.accept),
        Way(3, hours(2, 30), deeds.escalate), Way(2, hours(2, 30), deeds.remind),
    ),
    Phase.TAKEN: (
        Way(88, hours(1, 40), deeds.name_mediator), Way(5, hours(4, 40), deeds.transfer), Way(2, hours(4, 30), deeds.refer_down),
        Way(2, hours(4, 60), deeds.hand_over), Way(3, at_any_hour(6, 60), deeds.withdraw),
    ),
    Phase.UNTOLD: (Way(1, hours(0.2, 6), deeds.ask_and_tell),),
    Phase.TALKING: (
        Way(80, hours(1, 60), deeds.arrange), Way(4, hours(2, 60), deeds.call_in), Way(4, days(2, 8), deeds.suspend),
        Way(5, days(2, 12), deeds.extend), Way(2, days(1, 9), deeds.transfer), Way(2, days(1, 9), deeds.escalate),
        Way(3, days(4, 15), deeds.fail),
    ),
    Phase.ARRANGED: (Way(1, after_the_session, deeds.hold),),
    Phase.OF_ONE_MIND: (Way(45, hours(0.2, 8), deeds.agree_orally), Way(55, hours(0.5, 40), deeds.write_down)),
    Phase.APART: (Way(1, hours(1, 40), deeds.fail),),
    Phase.STANDING: (Way(1, days(6, 35), deeds.resume),),
    Phase.OUT_TO_SIGN: (
        Way(90, at_any_hour(2, 60), deeds.sign), Way(6, at_any_hour(4, 60), deeds.refuse_to_sign), Way(4, hours(4, 60), deeds.revise),
    ),
    Phase.OWING: (
        Way(82, before_the_day, deeds.perform), Way(7, after_the_day, deeds.perform), Way(8, after_the_day, deeds.breach),
        Way(3, days(2, 15), deeds.ask_the_court),
    ),
    Phase.BREACHED: (Way(70, days(1, 6), deeds.make_good), Way(30, days(1, 12), deeds.perform)),
    Phase.AT_COURT: (Way(1, days(6, 28), deeds.rule),),
    Phase.ENDED: (Way(1, hours(4, 110), deeds.close),),
    Phase.UNASKED: (Way(1, days(2, 24), deeds.call_back),),
    Phase.ASKED: (Way(92, days(0.2, 10), deeds.archive), Way(4, at_any_hour(10, 90), deeds.contest_and_reopen)),
    Phase.OVER: (),
}  # fmt: skip

BY_STATE = {
    State.ROUTED: Phase.SENT, State.ACCEPTED: Phase.TAKEN, State.SUSPENDED: Phase.STANDING, State.SIGNING: Phase.OUT_TO_SIGN,
    State.BREACHED: Phase.BREACHED, State.ENFORCING: Phase.OWING, State.CONFIRMING: Phase.AT_COURT,
    **dict.fromkeys((State.AGREED_ORAL, State.AGREED_WRITTEN, State.PERFORMING, State.CONFIRMED), Phase.OWING),
    **dict.fromkeys(ENDED, Phase.ENDED), **dict.fromkeys(CLOSED, Phase.OVER),
}  # fmt: skip
AFTER_TALKS = {Outcome.AGREED: Phase.OF_ONE_MIND, Outcome.FAILED: Phase.APART}


def phase_of(dispute: Dispute) -> Phase:
    """From what is stored alone."""
    state = State(dispute.state)
    if state in BY_STATE:
        return BY_STATE[state]
    if state == State.REGISTERED:
        return Phase.GIVEN_BACK if dispute.refusals.exists() else Phase.NEW
    if state == State.FOLLOW_UP:
        asked = dispute.callbacks.filter(at__gte=dispute.closed_at).exists()
        return Phase.ASKED if asked else Phase.UNASKED
    return _of_the_talks(dispute)


def way_on(dispute: Dispute, now: datetime, chance: random.Random) -> tuple[datetime, Deed] | None:
    """What happens next and when, on a whole minute; None where nothing does."""
    ways = WAYS[phase_of(dispute)]
    if not ways:
        return None
    way = chance.choices(ways, [one.weight for one in ways])[0]
    moment = max(way.when(dispute, now, chance), now + timedelta(minutes=1))
    return moment.replace(second=0, microsecond=0), way.deed


def at_work(moment: datetime, chance: random.Random) -> datetime:
    """This moment where somebody works then, else some time in the next morning that is worked."""
    here = timezone.localtime(moment)
    if people_work(here.date()) and MORNING <= here.time() <= EVENING:
        return moment
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    while not people_work(day):
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, MORNING)) + timedelta(minutes=chance.randrange(150))


def _of_the_talks(dispute: Dispute) -> Phase:
    if not told_of_rights(dispute):
        return Phase.UNTOLD
    sessions = list(dispute.sessions.order_by("n"))
    if any(one.status == SessionStatus.PLANNED for one in sessions):
        return Phase.ARRANGED
    held = [one for one in sessions if one.status == SessionStatus.HELD]
    last = held[-1].minutes.latest("version") if held else None
    since = dispute.agreements.order_by("draft").last()
    if last is None or (since and since.ended_at and since.ended_at > last.written_at):
        return Phase.TALKING
    if dispute.accepted_at and last.written_at < dispute.accepted_at:
        return Phase.TALKING  # it was done again from the beginning
    return AFTER_TALKS.get(Outcome(last.outcome), Phase.TALKING)


def _due(dispute: Dispute, now: datetime) -> datetime:
    """The end of the first day on which something is still owed."""
    first = dispute.obligations.filter(state=ObligationState.DUE).order_by("due_on", "n").first()
    return timezone.make_aware(datetime.combine(first.due_on, time(23))) if first else now
