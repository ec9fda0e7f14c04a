"""重大事项报告: up the line, signed for at every step, followed up until it is over; the plan and its checklist."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.notices.models import Notice
from fengqiao.supervision.commands import incidents
from fengqiao.supervision.models import Incident, IncidentState, PlanStep
from fengqiao.supervision.thresholds import GENERIC_STEPS, plan_now
from tests.delivering import work
from tests.supervision.office import story


def reported(office, **kw) -> Incident:
    facts = {
        "title": "三十多人堵门讨薪", "place": "塔下街制衣厂", "happened_at": timezone.now() - timedelta(hours=1), "people": 38,
        "words": "人在厂门口", "measures": "派出所到场，请代表进来谈",
    }  # fmt: skip
    return incidents.report(**{**facts, "by": office.village, **kw})


def who_knows(incident: Incident, n: int) -> list[str]:
    return [str(one.body or one.to_name) for one in incident.reports.get(n=n).receipts.order_by("pk")]


def test_from_the_village_to_the_branch_the_centre_and_above(office):
    dispute = office.dispute()
    incident, town = reported(office, dispute=dispute), office.town
    assert who_knows(incident, 1) == [town.branch.name]
    assert "incident.of_dispute" in story(dispute)
    incidents.sign_for(incident.reports.get().receipts.get(), by=office.boss)
    incidents.pass_on(incident, by=office.boss)
    incidents.pass_on(incident, to_name="区委办公室", how="电话", by=office.head)
    assert who_knows(incident, 1) == [town.branch.name, town.centre.name, "区委办公室"]
    incidents.follow_up(incident, words="散了一半", people=15, measures="老板到场", by=office.village)
    assert set(who_knows(incident, 2)) == {town.branch.name, town.centre.name}
    incident = incidents.close(incident, words="都回去了", people=0, measures="约定周五发钱", by=office.village)
    assert (incident.state, incident.reports.count()) == (IncidentState.OVER, 3)
    with pytest.raises(Refused, match="平息"):
        incidents.follow_up(incident, words="又来了", people=3, measures="去看", by=office.village)


def test_the_line_is_told_and_nobody_beside_it(office):
    incident = reported(office)
    work()
    assert Notice.objects.of(office.boss).filter(entry__subject="incident").count() == 1
    assert not Notice.objects.of(office.stranger).exists()
    assert not Incident.objects.visible_to(office.stranger).exists()
    for person in (office.boss, office.head, office.leader, office.village):
        assert list(Incident.objects.visible_to(person)) == [incident]


def test_with_a_dispute_it_is_there_only_for_who_sees_the_dispute(office):
    secret = office.dispute(is_restricted=True)
    with pytest.raises(Refused, match="没有人在知悉名单上"):
        reported(office, dispute=secret)
    assert not Incident.objects.exists()


def test_only_who_was_told_signs_and_passes_on_and_once(office):
    incident = reported(office)
    receipt = incident.reports.get().receipts.get()
    with pytest.raises(Refused, match="不是报给您单位"):
        incidents.sign_for(receipt, by=office.head)
    with pytest.raises(Refused, match="只有收到报告"):
        incidents.pass_on(incident, by=office.head)
    incidents.pass_on(incident, by=office.boss)
    with pytest.raises(Refused, match="已经报给"):
        incidents.pass_on(incident, by=office.boss)
    incidents.sign_for(receipt, by=office.boss)
    with pytest.raises(Refused, match="签收过了"):
        incidents.sign_for(receipt, by=office.boss)


class TestThePlan:
    def test_one_button_and_each_step_ticked_by_whom_and_when(self, office):
        incident = reported(office)
        run = incidents.start_plan(incident, by=office.boss)
        assert run.ticks.count() == len(GENERIC_STEPS)
        step = run.ticks.first()
        incidents.tick(step, by=office.village)
        again = incidents.tick(step, by=office.boss)
        assert again.done_by == office.village
        assert Entry.objects.of("incident", incident.pk).filter(kind="incident.plan_ticked").count() == 1
        with pytest.raises(Refused, match="已经启动"):
            incidents.start_plan(incident, by=office.boss)

    def test_the_districts_own_steps_where_it_names_them_and_a_slot_is_only_named(self, office):
        slot = PlanStep.objects.create(key="slot", name="区里的预案", is_slot=True)
        assert (plan_now().slot, len(plan_now().steps)) == (slot.name, len(GENERIC_STEPS))
        PlanStep.objects.create(key="one", name="区里的预案", rank=1, words="叫消防")
        assert [step.words for step in plan_now().steps] == ["叫消防"]
