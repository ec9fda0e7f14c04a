"""Which administrator may do what. Three people, three duties, and none of them sees a dispute (等保 2.0 三员分立).

One account has one role, so nobody holds two. Who keeps an account can neither give it power nor read what it did; who
gives power keeps no accounts; who reads changes nothing.
"""

from enum import Enum, auto

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

from .models import Role, User


class Duty(Enum):
    """Something that only one kind of administrator does."""

    KEEP_BODIES = auto()  # bodies, windows
    KEEP_DISTRICT = auto()  # 维护本区数据: the tables of the district, from limits to the list of who answers for what
    KEEP_ACCOUNTS = auto()  # who is who: names, posts, telephones; opening and closing
    ASK_FOR_ROLE = auto()
    KEEP_MESSAGES = auto()  # what was sent to whom and came to what; never of which matter
    DECIDE_ROLE = auto()
    UNLOCK = auto()
    RESET_PASSWORD = auto()
    RESET_FACTOR = auto()
    END_SESSIONS = auto()
    READ_ACCESS_LOG = auto()
    READ_LEDGER = auto()  # and have it verified


DUTIES: dict[Role, frozenset[Duty]] = {
    Role.ADMIN: frozenset(
        {Duty.KEEP_BODIES, Duty.KEEP_DISTRICT, Duty.KEEP_ACCOUNTS, Duty.ASK_FOR_ROLE, Duty.KEEP_MESSAGES}
    ),
    Role.SECURITY: frozenset(
        {Duty.DECIDE_ROLE, Duty.UNLOCK, Duty.RESET_PASSWORD, Duty.RESET_FACTOR, Duty.END_SESSIONS}
    ),
    Role.AUDITOR: frozenset({Duty.READ_ACCESS_LOG, Duty.READ_LEDGER}),
}


def may(user: User, duty: Duty) -> bool:
    """Whether this is theirs to do."""
    return user.is_active and bool(user.role) and duty in DUTIES.get(Role(user.role), frozenset())


def whose(duty: Duty) -> Role:
    """The one role that does it."""
    return next(role for role, duties in DUTIES.items() if duty in duties)


def require(by: object, duty: Duty) -> None:
    """Refused, naming whose it is. What the machine's operator does by command is not an account's doing."""
    if isinstance(by, User) and not may(by, duty):
        raise Refused(_("这件事只归%(role)s做。") % {"role": whose(duty).label})
