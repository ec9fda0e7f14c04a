"""Who reads, writes and publishes the rules of routing: as few as will do, and never one person alone.

Reading: whoever dispatches or answers for a body, and the system administrator. Writing a draft: the managers of the county
centre, whose rules they are, and the system administrator, who keeps the district's data. Publishing: a manager of the county
centre who did not write in the draft; an administrator never does, for what the rules say is no matter of the system.
"""

from fengqiao.bodies.models import BodyKind
from fengqiao.people.duties import Duty, may
from fengqiao.people.models import Role, User


def reads_rules(user: User) -> bool:
    return user.is_active and (user.oversees or may(user, Duty.KEEP_DISTRICT))


def writes_rules(user: User) -> bool:
    return publishes_rules(user) or may(user, Duty.KEEP_DISTRICT)


def publishes_rules(user: User) -> bool:
    """By post; whether this draft is theirs to publish, `books.publish` says."""
    at_the_centre = user.body is not None and user.body.kind == BodyKind.COUNTY_CENTER
    return user.is_active and user.role == Role.MANAGER and at_the_centre
