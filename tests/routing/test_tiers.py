"""五级调处: onto the ladder, up by people and by time, down again, and who leads meanwhile."""

from datetime import datetime, timedelta

import pytest
import time_machine

from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes import clocks
from fengqiao.disputes.models import Came, Difficulty, Dispute, Tier, TierStay
from fengqiao.kernel.calendar import TZ
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from fengqiao.routing import commands
from fengqiao.routing.tiers import commands as tiers
from fengqiao.routing.tiers.general import GENERAL_LADDER
from fengqiao.routing.tiers.showing import ladder_of
from fengqiao.routing.tiers.standing import belongs_on, lead_of, stay_of
from tests.world import a_user

NINE = datetime(2026, 10, 12, 9, tzinfo=TZ)  # a Monday


@pytest.fixture
def ladder(db):
    return Tier.objects.bulk_create(Tier(**row, is_general=True) for row in GENERAL_LADDER)


def fresh(dispute) -> Dispute:
    return Dispute.objects.get(pk=dispute.pk)


def told(dispute) -> str:
    return Entry.objects.of("dispute", dispute.pk).last().sentence


def missed(dispute):
    """What the worker does with a tier whose time is over."""
    for entry in Entry.objects.of("dispute", dispute.pk).filter(kind="tier.missed"):
        tiers.rise_with_time(entry)


def test_without_a_ladder_nothing_happens_and_nobody_can_climb(town):
    dispute = town.dispute()
    assert tiers.put_on() == 0
    with pytest.raises(Refused, match="还没有设调处层级"):
        tiers.raise_tier(dispute, reason="难", by=town.clerk())


def test_a_dispute_comes_onto_the_lowest_tier_once_and_its_clock_runs(town, ladder):
    dispute = town.dispute()
    assert (tiers.put_on(), tiers.put_on()) == (1, 0)
    stay = stay_of(dispute)
    assert (stay.tier, stay.came, stay.clock.key) == (ladder[0], Came.ENTERED, "tier.spot")
    assert dispute.main_clock.key == "respond"
    assert "建议值" in stay.clock.basis
    assert told(dispute) == "进入第 1 层“首接单位即办”，由月河街道分中心牵头。"


def test_up_with_a_reason_and_the_one_who_leads_goes_on_until_the_next_takes_it(town, ladder):
    dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    by = town.clerk(town.village)
    with pytest.raises(Refused, match="为什么这一层办不了"):
        tiers.raise_tier(dispute, reason=" ", by=by)
    tiers.raise_tier(dispute, reason="双方不来", by=by)
    assert lead_of(dispute) == town.branch  # the first receiver: nobody has accepted
    tiers.raise_tier(fresh(dispute), reason="要几家一起", by=by)
    tiers.raise_tier(fresh(dispute), reason="涉及两个镇街", by=by)
    stay = stay_of(dispute)
    assert (stay.tier.rank, stay.asked, lead_of(dispute)) == (4, town.centre, town.branch)
    with pytest.raises(Refused, match="由他们来接"):
        tiers.take_lead(fresh(dispute), by=town.clerk())
    tiers.take_lead(fresh(dispute), by=town.clerk(town.centre))
    assert lead_of(fresh(dispute)) == town.centre
    assert "接过牵头" in told(dispute)
    tiers.lower_tier(fresh(dispute), reason="就地能办", by=town.clerk(town.centre))
    assert (stay_of(dispute).tier.rank, lead_of(fresh(dispute))) == (3, town.centre)  # until the branch takes it back


def test_the_highest_and_the_lowest_are_the_ends(town, ladder):
    dispute, by = town.dispute(town.centre), town.clerk(town.centre)
    tiers.put_on()
    with pytest.raises(Refused, match="最低一层"):
        tiers.lower_tier(dispute, reason="太高", by=by)
    for _tier in ladder[1:]:
        tiers.raise_tier(fresh(dispute), reason="办不了", by=by)
    with pytest.raises(Refused, match="最高一层"):
        tiers.raise_tier(fresh(dispute), reason="办不了", by=by)
    assert lead_of(dispute) == town.centre


def test_a_hard_matter_is_raised_in_one_go_to_where_it_belongs_and_nowhere_else(town, ladder, client):
    dispute, by = town.dispute(difficulty=Difficulty.MAJOR), town.clerk()
    with pytest.raises(Refused, match="按难易程度应到的那一层"):
        tiers.raise_tier(dispute, to=ladder[2], reason="群体性", by=by)
    client.force_login(by)
    address = f"/desk/disputes/{dispute.number}/raise-tier/"
    assert "请吴兴区社会矛盾纠纷调处化解中心牵头" in client.get(address).content.decode()
    client.post(address, {"seen": fresh(dispute).version, "to": ladder[4].pk, "reason": "群体性"})
    stay = stay_of(dispute)
    assert (stay.tier, stay.asked, lead_of(fresh(dispute))) == (ladder[4], town.centre, town.branch)
    assert [step.status for step in ladder_of(fresh(dispute)).steps] == ["was", "skip", "skip", "skip", "here"]


def test_when_its_time_is_over_it_rises_by_itself_once(town, ladder):
    with time_machine.travel(NINE, tick=False) as clock:
        dispute = town.dispute()
        tiers.put_on()
        clock.shift(timedelta(days=3))
        clocks.tick()
        clocks.tick()
        missed(dispute)
        missed(dispute)
        stay = stay_of(dispute)
        assert (stay.tier.rank, stay.came, stay.entered_at) == (2, Came.LAPSED, datetime.now(TZ))
        assert Entry.objects.of("dispute", dispute.pk).filter(kind="tier.lapsed").count() == 1
        assert lead_of(dispute) == town.branch


def test_what_ends_leaves_the_ladder_and_what_is_opened_again_goes_on_where_it_was(town, ladder):
    dispute, by = commands.accept(town.dispute(), by=town.clerk()), town.clerk()
    tiers.raise_tier(dispute, reason="难", by=by)
    commands.hand_over(fresh(dispute), to_name="某法院", kind="court", reason="要判", by=by)
    assert stay_of(dispute) is None
    assert TierStay.objects.get(dispute=dispute, tier=ladder[1]).clock.stopped_at is not None
    steps = ladder_of(fresh(dispute))
    assert (steps.clock, [step.status for step in steps.steps]) == (None, ["was", "was", "not", "not", "not"])
    callbacks.close(fresh(dispute), outcome="", remark="材料送到了", by=by)
    callbacks.reopen(fresh(dispute), reason="法院退回来了", by=by)
    assert (tiers.put_on(), stay_of(dispute).tier) == (1, ladder[1])


def test_the_page_says_where_it_should_be_and_that_the_ladder_is_the_general_one(town, ladder):
    dispute = town.dispute(difficulty=Difficulty.MAJOR)
    tiers.put_on()
    drawn = ladder_of(dispute)
    assert (drawn.is_general, drawn.should_be) == (True, ladder[4])
    assert [step.status for step in drawn.steps] == ["here", "not", "not", "not", "not"]
    assert belongs_on(town.dispute(), ladder) is None
    Tier.objects.create(key="own", name="窗口办", rank=1, lead="first", limit_key="tier.spot")
    assert [tier.name for tier in Tier.objects.in_use()] == ["窗口办"]


def test_the_pages_of_the_ladder(town, ladder, client):
    dispute = commands.accept(town.dispute(), by=town.clerk())
    client.force_login(town.clerk())
    page = client.get(f"/desk/disputes/{dispute.number}/raise-tier/").content.decode()
    assert "升到“承办单位内调”" in page
    assert (
        client.post(
            f"/desk/disputes/{dispute.number}/raise-tier/", {"seen": dispute.version, "reason": "难"}
        ).status_code
        == 302
    )
    page = client.get(f"/desk/disputes/{dispute.number}/").content.decode()
    assert "这一层的时限" in page
    assert "通用层级" in page
    stranger = a_user(town.other_branch, Role.DISPATCHER)
    client.force_login(stranger)
    assert client.get(f"/desk/disputes/{dispute.number}/raise-tier/").status_code == 404
