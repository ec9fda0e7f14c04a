"""A county with two towns, a village, a trade's committee, a studio and a department, and people in each."""

from dataclasses import dataclass, field

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Role, User
from tests.world import a_committee, a_region, a_registered_dispute, a_town_branch, a_user, the_center

VILLAGE = "330502001001"


@dataclass
class Town:
    """月河 and its neighbours."""

    centre: Body = field(default_factory=the_center)
    branch: Body = field(default_factory=a_town_branch)
    other_branch: Body = field(default_factory=lambda: a_town_branch("330502002000", "爱山街道"))
    village: Body = field(init=False)
    other_village: Body = field(init=False)
    trade: Body = field(init=False)
    studio: Body = field(init=False)
    abroad: Body = field(init=False)

    def __post_init__(self) -> None:
        self.village = _village(self.branch, VILLAGE, "墙壕里社区")
        self.other_village = _village(self.other_branch, "330502002001", "斜桥社区")
        self.trade = a_committee(self.centre.region, kind=BodyKind.MDC_INDUSTRY)
        self.studio = a_committee(self.branch.region, kind=BodyKind.BRAND_STUDIO, parent=self.branch)
        self.abroad = a_committee(a_region("330503001000", "外区某镇"), kind=BodyKind.MDC_TOWN)

    def clerk(self, body: Body | None = None) -> User:
        return a_user(body or self.branch, Role.DISPATCHER)

    def dispute(self, body: Body | None = None, **kw) -> Dispute:
        """Registered at the body, about something in the village."""
        return a_registered_dispute(body or self.branch, place=self.village.region, **kw)


def _village(branch: Body, code: str, name: str) -> Body:
    return a_committee(a_region(code, name), kind=BodyKind.MDC_VILLAGE, parent=branch)
