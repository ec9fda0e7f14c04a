"""How many people it is about. One may write in for many whom nobody has registered; whoever grades it counts them."""

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute, Party, PartyRole
from fengqiao.kernel.errors import Refused

MOST = 10_000


def people_in(dispute: Dispute) -> int:
    """All for whom the registered parties stand."""
    return sum(party.head_count for party in dispute.parties.all())


def counted_anew(dispute: Dispute, people: int | None) -> list[Party]:
    """The first applicant stands for as many as make it so many people in all. Returns the party that changed, for the
    event of the act to witness; none where it is so already. Refused for fewer than are registered by name.
    """
    cast = list(dispute.parties.all())
    before = sum(party.head_count for party in cast)
    if people is None or people == before:
        return []
    first = next(party for party in cast if party.role == PartyRole.APPLICANT)
    others = before - first.head_count
    if not others < people <= MOST:
        raise Refused(
            _("涉及人数应在 %(least)d 到 %(most)d 之间，登记的各方都算在内。") % {"least": others + 1, "most": MOST}
        )
    first.head_count = people - others
    first.save(update_fields=["head_count"])
    return [first]
