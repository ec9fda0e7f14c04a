"""A town, the centre above it, a trade's committee and a court beside it, and the people who supervise and are supervised."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, User
from tests.routing.town import Town
from tests.world import a_committee, a_user


@dataclass
class Office:
    """月河 under its centre."""

    town: Town = field(default_factory=Town)
    court: Body = field(init=False)
    leader: User = field(init=False)
    head: User = field(init=False)  # manager of the centre
    boss: User = field(init=False)  # manager of the town's branch
    village: User = field(init=False)  # manager of the village's committee
    judge: User = field(init=False)
    stranger: User = field(init=False)  # manager of the branch next door

    def __post_init__(self) -> None:
        town = self.town
        self.court = a_committee(town.centre.region, kind=BodyKind.COURT)
        self.leader, self.head = a_user(town.centre, Role.LEADER), a_user(town.centre, Role.MANAGER)
        self.boss, self.village = a_user(town.branch, Role.MANAGER), a_user(town.village, Role.MANAGER)
        self.judge, self.stranger = a_user(self.court, Role.MEDIATOR), a_user(town.other_branch, Role.MANAGER)

    def dispute(self, **kw) -> Dispute:
        """Registered at the village."""
        return self.town.dispute(self.town.village, by=self.village, **kw)


def in_days(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def story(dispute: Dispute) -> list[str]:
    return [entry.kind for entry in Entry.objects.of("dispute", dispute.pk)]


def sees(person: User, dispute: Dispute) -> bool:
    """By the rule and by the query, which must agree."""
    person, dispute = User.objects.get(pk=person.pk), Dispute.objects.get(pk=dispute.pk)
    found = Dispute.objects.visible_to(person).filter(pk=dispute.pk).exists()
    assert found == bool(dispute.hats_of(person))
    return found
