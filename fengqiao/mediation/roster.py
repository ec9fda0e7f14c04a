"""Who could mediate a dispute, how much each already has in hand, and what speaks against them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import COMMITTEES, Body, BodyKind
from fengqiao.disputes.lifecycle import UNDER_MEDIATION
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.secrets import blind_index
from fengqiao.people.models import CASE_WORKERS, User
from fengqiao.places.models import Region

# Bodies whose mediators a coordinating body may draw on.
POOLS = COMMITTEES | {BodyKind.MDC_OUTPOST, BodyKind.BRAND_STUDIO, BodyKind.LAWYER_STUDIO}


class Hint(TextChoices):
    """What the records show by themselves."""

    SAME_NAME = "same_name", _("和一方当事人或者代理人同名")
    SAME_PHONE = "same_phone", _("电话和一方当事人相同")
    SAME_BODY = "same_body", _("所在单位就是一方当事人")


@dataclass(frozen=True, kw_only=True)
class RecusalCheck:
    """What the mediator declared, and who agreed to go on with them all the same. The empty one declares: nothing."""

    grounds: Sequence[str] = ()  # codes of Ground
    words: str = ""
    consents: Sequence[Party] = ()
    chosen_by: Party | None = None  # the party that picked this mediator (人民调解法 19)


def candidates(dispute: Dispute) -> QuerySet[User]:
    """The mediators of the handling body, its own committees, and those of the body above that serve the same place.

    `load` is how many open cases each has; the least burdened come first.
    """
    pool = Body.objects.at_work().filter(_drawn_on(dispute))
    theirs = Q(station_body__in=pool) | Q(station_body=None, home_body__in=pool)
    mediators = User.objects.filter(theirs, is_active=True, mediates=True, role__in=CASE_WORKERS)
    open_cases = Count("mediations", filter=Q(mediations__state__in=UNDER_MEDIATION))
    return mediators.annotate(load=open_cases).select_related("station_body", "home_body").order_by("load", "pk")


def hints(dispute: Dispute, mediator: User) -> list[Hint]:
    """Reasons to ask the mediator twice, from names, telephones and bodies on record."""
    parties = dispute.cast
    names = {name for party in parties for name in (party.name, party.representative, party.agent) if name}
    found = {
        Hint.SAME_NAME: mediator.name in names,
        Hint.SAME_PHONE: bool(mediator.phone) and _index_of(mediator) in {party.phone_index for party in parties},
        Hint.SAME_BODY: bool({str(body) for body in (mediator.home_body, mediator.station_body) if body} & names),
    }
    return [hint for hint, is_so in found.items() if is_so]


def sides(dispute: Dispute) -> list[Party]:
    """Both sides: applicants and respondents, whose word counts; not those who merely have an interest."""
    return [*dispute.applicants, *dispute.respondents]


def _drawn_on(dispute: Dispute) -> Q:
    own = Q(pk=dispute.body_id) | Q(parent=dispute.body_id, kind__in=POOLS)
    if dispute.body.parent_id is None:
        return own
    around = Region.objects.holding(dispute.region_code)
    return own | Q(parent=dispute.body.parent_id, kind__in=POOLS, region__in=around)


def _index_of(mediator: User) -> str:
    return blind_index(mediator.phone, "phone")
