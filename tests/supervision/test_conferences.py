"""会商研判: who is called sees the dispute while it concerns them and not after; decisions are carried out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from fengqiao.routing.restriction import restrict
from fengqiao.supervision.commands import conferences
from fengqiao.supervision.commands.conferences import Decision
from fengqiao.supervision.models import Conference, ConferenceState, Seat
from tests.delivering import work
from tests.supervision.office import in_days, sees
from tests.world import a_user


def called(office, dispute=None, **kw) -> Conference:
    facts = {"topic": "房子要不要鉴定", "at": timezone.now() + timedelta(days=1), "place": "会商室"}
    return conferences.call(dispute or office.dispute(), **{**facts, "by": office.head, **kw})


def with_the_judge(office) -> tuple[Conference, Seat]:
    conference = called(office)
    return conference, conferences.invite(conference, seat="法官", body=office.court, user=office.judge, by=office.head)


class TestWhoIsCalled:
    def test_sees_it_from_the_invitation_to_the_end_of_what_concerns_them(self, office):
        conference, seat = with_the_judge(office)
        dispute = conference.dispute
        assert sees(office.judge, dispute)
        assert not sees(a_user(office.court, Role.MEDIATOR), dispute)
        conferences.answer_invitation(seat, answer="coming", by=office.judge)
        task = Decision("写一份类案的判法", office.court, in_days(3))
        conferences.hold(conference, minutes="都说要鉴定", present=[seat], decisions=[task], by=office.head)
        assert sees(office.judge, dispute), "there is something to do"
        task = conference.tasks.get()
        conferences.answer_task(task, words="写好了", by=office.judge)
        conferences.return_task(task, words="少了一页", by=office.head)
        conferences.answer_task(task, words="补上了", by=office.judge)
        conferences.close_task(task, by=office.head)
        assert not sees(office.judge, dispute)
        assert dispute.consulted.get().until is not None

    def test_reads_and_no_act_of_the_lifecycle_is_theirs(self, office):
        conference, _ = with_the_judge(office)
        dispute = Dispute.objects.get(pk=conference.dispute_id)
        assert dispute.hats_of(office.judge) == {Hat.CONSULTED}
        assert dispute.acts_for(office.judge) == []
        assert dispute.why_not(Act.CONVENE, office.judge)

    def test_who_has_nothing_to_do_after_it_sees_it_no_more(self, office):
        conference, seat = with_the_judge(office)
        conferences.hold(conference, minutes="谈了", present=[seat], decisions=[], by=office.head)
        assert not sees(office.judge, conference.dispute)

    def test_neither_after_it_was_cancelled_nor_who_cannot_come(self, office):
        conference, seat = with_the_judge(office)
        other = conferences.invite(conference, seat="专家", body=office.town.trade,
                                   user=a_user(office.town.trade), by=office.head)  # fmt: skip
        conferences.answer_invitation(seat, answer="cannot", words="开庭", by=office.judge)
        assert not sees(office.judge, conference.dispute)
        assert sees(other.user, conference.dispute)
        conferences.cancel(conference, reason="当事人住院", by=office.head)
        assert not sees(other.user, conference.dispute)

    def test_somebody_else_comes_and_sees_it_in_their_place(self, office):
        conference, seat = with_the_judge(office)
        colleague = a_user(office.court, Role.MEDIATOR)
        with pytest.raises(Refused, match="本单位的一位同事"):
            conferences.answer_invitation(seat, answer="other", instead=office.stranger, by=office.judge)
        conferences.answer_invitation(seat, answer="other", instead=colleague, by=office.judge)
        assert sees(colleague, conference.dispute)
        assert not sees(office.judge, conference.dispute)

    def test_a_body_is_called_through_those_who_answer_for_it(self, office):
        manager, clerk = a_user(office.town.trade, Role.MANAGER), a_user(office.town.trade)
        seat = conferences.invite(called(office), seat="职能部门", body=office.town.trade, by=office.head)
        assert sees(manager, seat.conference.dispute)
        assert not sees(clerk, seat.conference.dispute)

    def test_is_told_and_so_is_who_called(self, office):
        _, seat = with_the_judge(office)
        conferences.answer_invitation(seat, answer="coming", by=office.judge)
        work()
        assert Notice.objects.of(office.judge).filter(entry__kind="conference.invited").exists()
        assert Notice.objects.of(office.head).filter(entry__kind="conference.answered").exists()

    def test_where_it_is_restricted_only_who_is_named(self, office):
        secret = office.dispute(is_restricted=True)
        routing.call_in(secret, body=office.court, reason="听听意见", by=office.village)
        conference = called(office, secret, by=office.village)
        clerk = a_user(office.court, Role.CLERK)
        with pytest.raises(Refused, match="不在知悉名单上"):
            conferences.invite(conference, seat="法官", body=office.court, user=clerk, by=office.village)
        restrict(secret, people=[office.village, clerk], reason="请他来", by=office.village)
        conferences.invite(conference, seat="法官", body=office.court, user=clerk, by=office.village)
        assert sees(clerk, secret)


class TestTheMeeting:
    def test_attendance_and_minutes_are_kept_and_it_is_over(self, office):
        conference, seat = with_the_judge(office)
        absent = conferences.invite(conference, seat="职能部门", body=office.town.branch, by=office.head)
        held = conferences.hold(conference, minutes="谈了", present=[seat], decisions=[], by=office.head)
        assert held.state == ConferenceState.HELD
        assert [row.attended for row in held.seats.all()] == [True, False]
        with pytest.raises(Refused, match="不能再改"):
            conferences.invite(conference, seat="律师", body=office.town.trade, by=office.head)
        assert absent.conference == held

    def test_what_nobody_present_can_do_is_not_decided(self, office):
        conference, seat = with_the_judge(office)
        wrong = Decision("去看看", office.town.other_branch, in_days(3))
        with pytest.raises(Refused, match="没有受邀"):
            conferences.hold(conference, minutes="谈了", present=[seat], decisions=[wrong], by=office.head)
        with pytest.raises(Refused, match="一个也没到"):
            conferences.hold(conference, minutes="谈了", present=[], decisions=[], by=office.head)

    def test_only_the_callers_side_runs_it(self, office):
        conference, seat = with_the_judge(office)
        for person in (office.boss, office.judge, office.village):
            with pytest.raises(Refused, match="只有召集人"):
                conferences.hold(conference, minutes="谈了", present=[seat], decisions=[], by=person)
        with pytest.raises(Refused, match="不归您看"):
            conferences.cancel(conference, reason="不开了", by=office.stranger)

    def test_it_is_called_by_who_may_and_for_a_time_to_come(self, office):
        with pytest.raises(Refused, match="只有"):
            called(office, by=office.judge)
        with pytest.raises(Refused, match="已经过了"):
            called(office, at=timezone.now() - timedelta(hours=1))
        assert called(office, by=office.village).body == office.town.village
