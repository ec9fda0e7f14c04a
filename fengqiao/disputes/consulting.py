"""Letting people of other bodies see a dispute while their advice is asked (会商研判), and no longer."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User

from .models import Consulted, Dispute
from .policies import is_named


def let_in(dispute: Dispute, people: Iterable[User]) -> list[Consulted]:
    """Rows for those of them who have none yet; the caller holds the dispute and writes the rows into its ledger.

    Refused for a restricted dispute where somebody is not on its list: an invitation would tell that it exists.
    """
    wanted = list(people)
    if dispute.is_restricted and (unnamed := [one for one in wanted if not is_named(one, dispute)]):
        raise Refused(
            _("这件事限知，%(people)s不在知悉名单上。请先请名单上的人把他们列进去，再邀请。")
            % {"people": "、".join(str(one) for one in unnamed)}
        )
    there = set(dispute.consulted.now().values_list("user_id", flat=True))
    return [Consulted.objects.create(dispute=dispute, user=one) for one in wanted if one.pk not in there]


def let_go(dispute: Dispute, people: Iterable[int]) -> list[Consulted]:
    """End the rows of these accounts; the caller writes them down."""
    rows = list(dispute.consulted.now().filter(user__in=list(people)))
    for row in rows:
        row.until = timezone.now()
        row.save(update_fields=["until"])
    return rows
