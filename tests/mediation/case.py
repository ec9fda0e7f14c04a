"""A dispute with the town's branch, its mediators, and short ways to where a test begins: every step by a real command."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.disputes.commands import advance
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.mediation import commands
from fengqiao.mediation.models import How, Outcome
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.people.models import Role, User
from tests.world import a_committee, a_party, a_registered_dispute, a_town_branch, a_user

SAID = "调解员：双方对调解员有没有意见？\n沈玉兰：没有意见。水是从楼上漏下来的。\n周建国：是我家的水，\n但是衣柜用了八年了。"


@dataclass
class Case:
    """沈玉兰 against 周建国, at the branch of 月河; its committee has the mediators."""

    branch: Body = field(default_factory=a_town_branch)
    committee: Body = field(init=False)
    clerk: User = field(init=False)
    mediator: User = field(init=False)
    dispute: Dispute = field(init=False)

    def __post_init__(self) -> None:
        self.committee = a_committee(self.branch.region, kind=BodyKind.MDC_TOWN, parent=self.branch)
        self.clerk = a_user(self.branch, Role.DISPATCHER, name="陆文斌")
        self.mediator = self.a_mediator("钱志平")
        parties = [a_party(name="沈玉兰"), a_party("respondent", name="周建国")]
        dispute = a_registered_dispute(self.branch, self.clerk, parties=parties, amount_fen=1500000)
        self.dispute = advance(dispute, Act.ACCEPT, by=self.clerk, accepted_at=timezone.now())

    @property
    def applicant(self) -> Party:
        return self.now.applicants[0]

    @property
    def respondent(self) -> Party:
        return self.now.respondents[0]

    @property
    def both(self) -> list[Party]:
        return [self.applicant, self.respondent]

    @property
    def now(self) -> Dispute:
        """The dispute as it is in the database."""
        return Dispute.objects.get(pk=self.dispute.pk)

    def a_mediator(self, name: str = "", body: Body | None = None, **kw) -> User:
        return a_user(body or self.committee, Role.MEDIATOR, name, **kw)

    def actor(self, party: Party) -> PartyActor:
        return PartyActor(party)

    def assigned(self) -> "Case":
        commands.assign(self.now, mediator=self.mediator, recusal=RecusalCheck(), by=self.clerk)
        return self

    def informed(self) -> "Case":
        commands.inform_rights(self.now, told=self.both, how=How.ORAL, by=self.mediator)
        return self

    def planned(self, hours: int = 24, place: str = "月河街道第一调解室"):
        at = timezone.now() + timedelta(hours=hours)
        return commands.schedule(self.now, at=at, place=place, by=self.mediator)

    def held(self, **facts):
        """A session that took place, with its minutes."""
        facts = {
            "session": facts.pop("session", None) or self.planned(),
            "present": self.both, "minutes": 70, "statements": SAID, "outcome": Outcome.NOT_YET, "by": self.mediator, **facts,
        }  # fmt: skip
        return commands.hold(self.now, **facts)
