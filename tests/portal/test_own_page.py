"""我的事: whose turn, how far, who, until when by which rule, what next; and nothing that is the other side's."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fengqiao.agreements.commands import circulate
from fengqiao.disputes.commands import look
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.limits import DEFAULTS
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.mediation.commands import fail, schedule
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role
from fengqiao.portal.notes import affair_of
from fengqiao.portal.plain import NEXT, RULES, deadline_of
from fengqiao.portal.turns import turn_of
from fengqiao.portal.way import in_all, steps_of
from tests.agreements.scene import a_draft, at_the_table, out_for_signing, party_of, signed_by, signed_by_all
from tests.callbacks.scenes import archived, closed, failed, ready
from tests.fulfilment.scenes import a_scan, agreed, under_mediation
from tests.mediation.case import Case
from tests.portal.people import came_in, words
from tests.world import a_registered_dispute, a_user

pytestmark = pytest.mark.django_db


def page_of(party) -> str:
    client = Client()
    came_in(client, party)
    answer = client.get(reverse("my"))
    assert answer.status_code == 200
    return words(answer)


def turn(party):
    dispute = Dispute.objects.get(pk=party.dispute_id)
    return turn_of(affair_of(dispute, party))


class TestWhatItSays:
    def test_it_says_who_has_it_until_when_by_which_rule_and_what_next(self):
        scene = under_mediation()
        page = page_of(scene.creditor)
        assert str(scene.mediator) in page
        assert "最晚什么时候有结果" in page and "调解一般一个月内要有结果" in page
        assert "谈成了，写成协议" in page and "到时候没谈成怎么办" in page

    def test_the_way_shows_how_long_each_step_took(self):
        with time_machine.travel("2026-11-02 09:00 +0800", tick=False) as clock:
            dispute = a_registered_dispute()
            clock.shift(timedelta(days=3))
            at = timedelta(days=3)
            steps = steps_of(dispute)
        assert [(step.status, step.took) for step in steps[:2]] == [("here", at), ("todo", None)]

    def test_a_step_that_was_not_gone_through_says_so(self):
        scene = failed()
        steps = steps_of(closed(scene).dispute)
        assert [step.status for step in steps] == ["ok", "ok", "ok", "skip", "skip", "here"]

    def test_when_it_is_archived_the_whole_way_is_behind(self):
        scene, _archive = archived()
        assert [step.status for step in steps_of(scene.fresh())] == ["ok"] * 6

    def test_the_last_step_lasts_until_the_file_is_put_away_and_all_add_up(self):
        with time_machine.travel("2026-11-02 09:00 +0800", tick=False) as clock:
            scene = ready()
            clock.shift(timedelta(days=4))
            scene, _archive = archived(scene)
            clock.shift(timedelta(days=9))
            steps = steps_of(scene.fresh())
            assert steps[-1].took == timedelta(days=4)
            assert sum((step.took for step in steps if step.took), timedelta()) == in_all(scene.fresh())

    def test_the_next_meeting_stands_out(self):
        case = Case().assigned().informed()
        session = case.planned(hours=26)
        page = page_of(case.applicant)
        assert "下一次谈" in page and session.place in page

    def test_every_state_says_what_comes_next_and_every_limit_its_rule(self):
        assert set(NEXT) == set(State)
        not_theirs = {"confirmation_window", "tier"}  # how long a level has is between the offices
        assert {key.split(".")[0] for key in DEFAULTS} - not_theirs | {"perform"} == set(RULES)

    def test_a_limit_of_days_ends_at_midnight_of_the_day_before(self):
        with time_machine.travel("2026-11-20 09:40 +0800", tick=False):
            found = deadline_of(under_mediation().dispute.main_clock)
        assert found.when == "12月21日 周一 24:00"  # 12月20日 is a Sunday

    def test_who_failed_to_agree_is_told_of_the_other_ways(self):
        case = Case().assigned()
        fail(case.now, reason="apart", remedies=["court", "legal_aid"], by=case.mediator)
        page = page_of(case.applicant)
        assert "还可以走的路" in page and "向有管辖权的人民法院起诉" in page


class TestWhoseTurn:
    def test_the_respondent_is_asked_whether_they_are_willing(self):
        scene = under_mediation()
        assert (turn(scene.debtor).badge, turn(scene.debtor).is_mine) == ("轮到您了", True)
        assert turn(scene.creditor).badge == "等调解员"

    def test_an_agreement_waits_for_who_has_not_signed(self):
        agreement = out_for_signing()
        she = party_of(agreement)
        assert turn(she).ways[0].url == reverse("my_agreement")
        signed_by(agreement, she)
        assert (turn(she).badge, turn(she).is_mine) == ("等别人签", False)
        page = page_of(party_of(agreement, "respondent"))
        assert "去看协议" in page and "我不同意，想说说" in page and "有 1 个人签了，等您" in page

    def test_a_draft_that_was_not_sent_out_is_nobodys_to_see(self):
        agreement = a_draft()
        assert not any(way.url.startswith(reverse("my_agreement")) for way in turn(party_of(agreement)).ways)
        circulate(agreement, by=agreement.dispute.mediator)
        assert turn(party_of(agreement)).is_mine

    def test_what_is_owed_waits_for_the_debtor_with_its_date(self):
        scene = agreed(((8600_00, 10), (None, 20)))
        mine = turn(scene.debtor)
        assert mine.is_mine and "赔偿修理费" in mine.lead
        assert mine.clock.left.startswith("还剩 10 天")
        assert [way.label for way in turn(scene.creditor).ways] == ["我收到了"]

    def test_what_is_overdue_is_said_plainly(self):
        scene = agreed(((8600_00, 10),))
        with time_machine.travel(timezone.now() + timedelta(days=12), tick=False):
            assert turn(scene.debtor).kind == "late"

    def test_once_it_is_over_each_is_asked_how_it_was(self):
        scene = closed()
        assert turn(scene.creditor).ways[0].url == turn(scene.debtor).ways[0].url == reverse("my_rating")

    def test_after_the_archive_nobodys_turn_is_left(self):
        scene, _archive = archived()
        assert (turn(scene.creditor).kind, turn(scene.creditor).is_mine) == ("done", False)

    def test_after_all_have_signed_the_debtor_is_next(self):
        agreement = signed_by_all()
        he = party_of(agreement, "respondent")
        assert turn(he).ways[0].label == "做好了，记一笔"
        assert "赔偿款第一期" in page_of(he)


class TestWhatStaysCovered:
    def test_the_other_side_is_never_shown_with_phone_number_or_home(self):
        dispute = at_the_table()
        she, he = dispute.applicants[0], dispute.respondents[0]
        for own, other in ((she, he), (he, she)):
            page = page_of(own)
            assert other.name not in page
            for secret in (other.phone, other.masked_phone, other.home, other.masked_home):
                assert not secret or secret not in page, secret

    def test_the_respondent_does_not_read_the_applicants_own_words(self):
        dispute = at_the_table(title="渗水赔偿", facts="他家的水漏下来，我老伴有高血压。")
        assert "高血压" in page_of(dispute.applicants[0])
        assert "高血压" not in page_of(dispute.respondents[0])

    def test_papers_are_ones_own_and_those_that_both_share(self):
        scene = agreed()
        add = {"dispute": scene.dispute, "by": scene.clerk}
        add_upload(upload=a_scan(), kind=PaperKind.AGREEMENT, title="人民调解协议书", **add)
        add_upload(upload=a_scan(), kind=PaperKind.EVIDENCE, title="修理报价单", party=scene.creditor, **add)
        add_upload(upload=a_scan(), kind=PaperKind.INVESTIGATION, title="调查记录", **add)
        hers, his = page_of(scene.creditor), page_of(scene.debtor)
        assert "人民调解协议书" in hers and "人民调解协议书" in his
        assert "修理报价单" in hers and "修理报价单" not in his
        assert "调查记录" not in hers

    def test_nobody_comes_to_another_matter_with_their_pass(self):
        scene, other = agreed(), agreed()
        client = Client()
        came_in(client, scene.debtor)
        assert client.get(reverse("my_performed", args=[other.obligations[0].pk])).status_code == 404


class TestWhoLooked:
    def test_staff_are_told_by_office_and_post_never_by_name(self):
        dispute = at_the_table()
        clerk = a_user(dispute.body, Role.CLERK, name="陈晓燕")
        look(dispute, what="电话", reason="约时间", by=clerk, party=dispute.applicants[0])
        page = page_of(dispute.applicants[0])
        assert f"{dispute.body} 窗口人员" in page and "看了电话" in page
        assert "陈晓燕" not in page

    def test_a_look_at_the_other_sides_data_is_the_other_sides_to_know(self):
        dispute = at_the_table()
        look(dispute, what="身份证号", reason="核对", by=a_user(dispute.body), party=dispute.respondents[0])
        assert "看了身份证号" not in page_of(dispute.applicants[0])
        assert "看了身份证号" in page_of(dispute.respondents[0])

    def test_who_opens_a_shared_paper_is_seen_by_the_other_side(self):
        scene = agreed()
        paper = add_upload(scene.dispute, a_scan(), kind=PaperKind.MINUTES, title="调解记录", by=scene.clerk)
        client = Client()
        came_in(client, scene.debtor)
        assert b"".join(client.get(reverse("paper", args=[paper.pk])).streaming_content) == paper.read()
        mine = Client()
        came_in(mine, scene.creditor)
        page = words(mine.get(reverse("my_looks")))
        assert "被申请人 看了调解记录" in page
        assert "调解记录" not in words(client.get(reverse("my_looks")))  # one's own look is no news

    def test_reading_ones_own_page_is_no_look(self):
        scene = under_mediation()
        page_of(scene.creditor)
        assert not Entry.objects.of("look", scene.dispute.pk).exists()


class TestItStaysQuick:
    def test_the_page_asks_the_database_a_bounded_number_of_questions(self, client, django_assert_max_num_queries):
        agreement = signed_by_all()
        she = party_of(agreement)
        came_in(client, she)
        with django_assert_max_num_queries(40):
            client.get(reverse("my"))

    def test_more_meetings_and_papers_do_not_ask_more(self, client, django_assert_max_num_queries):
        case = Case().assigned().informed()
        for hours in (24, 48, 72):
            schedule(
                case.now, at=case.planned(hours).scheduled_at + timedelta(hours=2), place="村委会", by=case.mediator
            )
        for n in range(6):
            add_upload(case.now, a_scan(), kind=PaperKind.MINUTES, title=f"记录 {n}", by=case.mediator)
        came_in(client, case.applicant)
        with django_assert_max_num_queries(40):
            client.get(reverse("my"))
