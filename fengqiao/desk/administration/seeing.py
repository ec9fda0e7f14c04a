"""What a decision about an account means for what its owner sees of disputes: how many, never which.

Nothing is decided here: both questions are put to disputes/policies.py, as the account is and as it would be.
"""

from copy import copy

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User


def seen_as(user: User, role: str) -> int:
    """How many disputes this person would see now in that role."""
    would_be = copy(user)
    would_be.role = role
    return Dispute.objects.visible_to(would_be).count()


def change_of_sight(before: User, after: User) -> str:
    """What the person sees that they did not see, and no longer sees, in a sentence; empty where they work where they did."""
    if before.body_id == after.body_id:
        return ""
    then, now = Dispute.objects.visible_to(before), Dispute.objects.visible_to(after)
    gained = now.exclude(pk__in=then.values("pk")).count()
    lost = then.exclude(pk__in=now.values("pk")).count()
    if not gained and not lost:
        return _("看得到的纠纷没有变。")
    told = _("%(name)s现在多看得到 %(gained)d 件纠纷，另有 %(lost)d 件看不到了。")
    return told % {"name": after, "gained": gained, "lost": lost}
