"""How many apply. One may write in for many whom nobody has registered; whoever grades it counts them."""

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute, Party, PartyRole
from fengqiao.kernel.errors import Refused

MOST = 10_000


def applying(dispute: Dispute) -> int:
    """All for whom the registered applicants stand."""
    return sum(party.head_count for party in _applicants(dispute))


def counted_anew(dispute: Dispute, applicants: int | None) -> list[Party]:
    """The first applicant stands for as many as make it so many who apply. Returns the party that changed, for the
    event of the act to witness; none where it is so already. Refused for fewer than are registered by name.
    """
    first, *others = _applicants(dispute)
    named = sum(party.head_count for party in others)
    if applicants is None or applicants == first.head_count + named:
        return []
    if not named < applicants <= MOST:
        told = _("申请人一共应有 %(least)d 到 %(most)d 人，登记的各位都算在内。")
        raise Refused(told % {"least": named + 1, "most": MOST})
    first.head_count = applicants - named
    first.save(update_fields=["head_count"])
    return [first]


def _applicants(dispute: Dispute) -> list[Party]:
    """From the database, where they may have changed a moment ago."""
    return list(dispute.parties.filter(role=PartyRole.APPLICANT).order_by("pk"))
