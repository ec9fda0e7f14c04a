"""领导包案: one leader at a time, with a body and a day; progress by those concerned; released with a reason."""

import pytest

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role
from fengqiao.supervision.commands import leading
from fengqiao.supervision.models import LeaderCase
from tests.delivering import work
from tests.supervision.office import in_days, story
from tests.world import a_user


def taken(office, dispute=None, **kw) -> LeaderCase:
    facts = {"leader": office.leader, "body": office.town.village, "target_on": in_days(20), "why": "拖了半年"}
    return leading.take_on(dispute or office.dispute(), **{**facts, "by": office.leader, **kw})


def test_a_leader_takes_it_on_progress_is_noted_and_it_is_released(office):
    case = taken(office)
    leading.note_progress(case, words="到现场看过", by=office.village)
    leading.note_progress(case, words="约谈了开发商", by=office.leader)
    case = leading.release(case, reason="签了协议", by=office.leader)
    assert not case.is_running
    assert [kind for kind in story(case.dispute) if kind.startswith("leader.")] == [
        "leader.taken", "leader.progress", "leader.progress", "leader.released",
    ]  # fmt: skip
    with pytest.raises(Refused, match="已经不再包案"):
        leading.note_progress(case, words="晚了", by=office.village)


def test_those_above_write_it_down_for_a_leader_who_is_told(office):
    taken(office, by=office.head)
    work()
    assert Notice.objects.of(office.leader).filter(entry__kind="leader.taken").exists()


def test_one_leader_at_a_time_and_only_in_ones_own_name(office):
    dispute, other = office.dispute(), a_user(office.town.centre, Role.LEADER)
    with pytest.raises(Refused, match="只能由自己包案"):
        taken(office, dispute, by=other)
    taken(office, dispute)
    with pytest.raises(Refused, match="已经有领导包案"):
        taken(office, dispute, leader=other, by=other)


def test_a_leader_of_another_town_is_no_choice_and_a_strange_body_not_responsible(office):
    elsewhere = a_user(office.town.other_branch, Role.LEADER)
    with pytest.raises(Refused, match="请选一位看得到"):
        taken(office, leader=elsewhere, by=office.head)
    with pytest.raises(Refused, match="不能当责任单位"):
        taken(office, body=office.town.trade)


def test_others_neither_note_nor_release(office):
    case = taken(office)
    for person in (office.stranger, office.judge):
        with pytest.raises(Refused, match="不归您看"):
            leading.note_progress(case, words="路过", by=person)
    with pytest.raises(Refused, match="只有包案领导和上级单位"):
        leading.release(case, reason="不办了", by=office.village)


def test_a_restricted_matter_is_led_by_a_leader_who_is_named(office):
    secret = office.dispute(is_restricted=True)
    assert leading.leaders_for(Dispute.objects.get(pk=secret.pk)) == []
    with pytest.raises(Refused, match="只有"):
        taken(office, secret)
