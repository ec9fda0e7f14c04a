"""A mass wage complaint is graded major, raised, called to five bodies, conferenced, owned by a leader; the board shows each step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengqiao.bodies.models import BodyKind
from fengqiao.desk.oversight.board import Board
from fengqiao.disputes.models import Attendance, Difficulty, Dispute, JointTask, PartyKind, PartyRole, Tier
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import SYSTEM
from fengqiao.routing import commands
from fengqiao.routing.answering import answer_call
from fengqiao.routing.grading import books
from fengqiao.routing.grading.book import MAJOR, Line
from fengqiao.routing.grading.proposing import proposed
from fengqiao.routing.joint import tasks
from fengqiao.routing.joint.calling import Called, call_all
from fengqiao.routing.tiers import commands as tiers
from fengqiao.routing.tiers.general import GENERAL_LADDER
from fengqiao.routing.tiers.standing import lead_of, stay_of
from fengqiao.supervision.commands import conferences, leading
from tests.supervision.office import Office, work
from tests.world import a_category, a_committee, a_party, a_user

pytestmark = pytest.mark.django_db


def numbers(viewer) -> dict[str, int]:
    return {one.label: int(one.count) for one in Board(viewer).numbers()}


def test_a_mass_wage_complaint_from_the_door_to_the_leader():
    office = Office()
    town, head, leader = office.town, office.head, office.leader
    Tier.objects.bulk_create(Tier(**row) for row in GENERAL_LADDER)
    books.take_in([Line("people", "people", 30, MAJOR, "人多")], by=SYSTEM)
    five = [a_committee(town.centre.region, kind=BodyKind.MDC_INDUSTRY) for _n in range(5)]
    members = [a_user(body) for body in five]

    workers = a_party(name="某厂工人", kind=PartyKind.GROUP, head_count=46)
    firm = a_party(PartyRole.RESPONDENT, name="某服饰公司", kind=PartyKind.ORGANISATION)
    labour = a_category("10", "劳动争议")
    pk = town.dispute(parties=[workers, firm], category=labour, title="拖欠四十六人三个月工资").pk

    def now() -> Dispute:
        return Dispute.objects.get(pk=pk)

    clerk = town.clerk()
    assert proposed(now()).level == MAJOR
    commands.grade(now(), category=labour, difficulty=Difficulty.MAJOR, risk="R3", remark="可能上街", by=clerk)
    assert numbers(leader)["红、橙风险"] == 1
    commands.accept(now(), by=clerk)
    tiers.put_on()
    for _tier in range(3):
        tiers.raise_tier(now(), reason="人多，要区里出面", by=clerk)
    assert lead_of(now()) == town.branch
    tiers.take_lead(now(), by=head)
    assert lead_of(now()) == town.centre
    assert [(row["tier__rank"], row["n"]) for row in Board(leader).tiers()] == [(4, 1)]

    call_all(now(), called=[Called(body) for body in five], reason="核工资、稳人心", by=head)
    assert numbers(leader)["联动没销号"] == 1
    for member in members:
        answer_call(now(), comes=True, person=member, by=member)

    at = timezone.now() + timedelta(hours=2)
    meeting = conferences.call(now(), topic="先垫付多少", at=at, place="三楼会商室", by=head)
    seats = [conferences.invite(meeting, seat="职能部门", body=body, by=head) for body in five]
    assert numbers(leader)["待开的会商"] == 1
    conferences.hold(meeting, minutes="先垫一个月。", present=seats[:4], decisions=[], by=head)
    work()
    assert Attendance.objects.filter(came=True).count() == 4
    assert Attendance.objects.filter(came=False).count() == 1

    tiers.raise_tier(now(), reason="要区领导定垫付", by=head)
    leading.take_on(now(), leader=leader, body=town.branch, target_on=timezone.localdate() + timedelta(days=9),
                    why="四十六人欠薪", by=leader)  # fmt: skip
    work()
    assert numbers(leader)["我包的案"] == 1
    assert (stay_of(now()).tier.rank, lead_of(now())) == (5, town.centre)

    for member in members:
        tasks.close(JointTask.objects.get(person=member), outcome="done", result="垫付到位", by=member)
    assert numbers(leader)["联动没销号"] == 0
    told = {entry.kind for entry in Entry.objects.of("dispute", pk)}
    assert {
        "dispute.graded",
        "tier.raised",
        "tier.led",
        "dispute.called_in",
        "joint.assigned",
        "joint.attended",
        "joint.closed",
    } <= told
    assert list(verify()) == []
