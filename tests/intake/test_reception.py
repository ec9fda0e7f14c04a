"""Receiving somebody at the window: dispute, visit, pass, in one go."""

from datetime import date

import pytest

from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Channel, Dispute, PartyKind, PartyRole
from fengqiao.disputes.passes import open_with
from fengqiao.intake.commands import receive, record_visit
from fengqiao.intake.drafts import ConsentDraft, kind_of, title_of
from fengqiao.intake.models import Consent, Visit
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from tests.world import a_committee, a_user, the_center

from .people import ID, STORY, a_clerk, a_draft, assert_whole

pytestmark = pytest.mark.django_db


def test_a_visitor_leaves_with_a_dispute_a_visit_and_a_code_that_opens_it():
    clerk = a_clerk()
    reception = receive(draft=a_draft(), by=clerk)
    dispute = reception.dispute
    assert (dispute.state, dispute.body, dispute.first_body) == (State.REGISTERED, clerk.body, clerk.body)
    assert (reception.visit.persons, reception.visit.clerk, reception.visit.is_repeat) == (1, clerk, False)
    assert open_with(reception.issued.access.code, reception.issued.pin).dispute == dispute
    kinds = [entry.kind for entry in Entry.objects.of("dispute", dispute.pk)]
    assert kinds == ["dispute.registered", "dispute.visited", "pass.issued"]
    assert_whole()


def test_an_identity_number_tells_sex_and_birth_and_is_kept_in_one_form():
    party = receive(draft=a_draft(id_number=" 330502 19680615 1822 "), by=a_clerk()).dispute.applicants[0]
    assert (party.id_number, party.sex, party.born_on) == (ID, "女", date(1968, 6, 15))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"phone": "1385721906"}, "少了 1 位"),
        ({"id_number": "330502196806151823"}, "校验位"),
        ({"facts": "  \n "}, "是什么事"),
        ({"name": "　"}, "姓名"),
        ({"address": "长" * 201}, "地址太长"),
    ],
)
def test_what_does_not_check_is_refused_with_a_sentence_and_nothing_is_saved(wrong, why):
    with pytest.raises(Refused, match=why):
        receive(draft=a_draft(**wrong), by=a_clerk())
    assert not Dispute.objects.exists()


def test_five_people_must_name_those_who_speak_for_them():
    with pytest.raises(Refused, match="推选代表"):
        receive(draft=a_draft(persons=5), by=a_clerk())


def test_four_people_need_no_representatives_and_stay_one_applicant():
    reception = receive(draft=a_draft(persons=4), by=a_clerk())
    assert reception.visit.persons == 4
    assert reception.dispute.applicants[0].kind == PartyKind.PERSON


def test_a_group_has_at_most_five_representatives():
    with pytest.raises(Refused, match="最多 5 名"):
        receive(draft=a_draft(persons=9, representatives=list("甲乙丙丁戊己")), by=a_clerk())


def test_a_group_is_one_visit_of_many_people_and_one_party_that_stands_for_all():
    reception = receive(draft=a_draft(persons=12, representatives=["吴建芳", "王 根"]), by=a_clerk())
    party = reception.dispute.applicants[0]
    assert (party.kind, party.head_count, party.representative) == (PartyKind.GROUP, 12, "吴建芳、王 根")
    assert Visit.objects.totals() == {"batches": 1, "persons": 12}
    assert "等 12 人" in reception.dispute.who_against_whom
    assert_whole()


@pytest.mark.parametrize("names", [["吴建芳", "吴建芳"], ["吴建芳", " 吴建芳"]])
def test_representatives_must_be_told_apart(names):
    with pytest.raises(Refused, match="重名"):
        receive(draft=a_draft(persons=6, representatives=names), by=a_clerk())


def test_a_call_is_registered_without_a_visit():
    reception = receive(draft=a_draft(channel=Channel.PHONE), by=a_clerk())
    assert reception.visit is None
    assert not Visit.objects.exists()


def test_nobody_registers_in_the_name_of_another_body():
    with pytest.raises(Refused, match="自己所在的单位"):
        receive(draft=a_draft(body=the_center()), by=a_clerk())


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.LEADER])
def test_registering_is_for_those_who_work_on_cases(role):
    with pytest.raises(Refused, match="窗口"):
        receive(draft=a_draft(), by=a_clerk(role=role))


def test_consent_at_the_window_is_kept_with_the_notice_that_was_told():
    receive(draft=a_draft(id_number=ID, consent=ConsentDraft(sensitive=True)), by=a_clerk())
    consent = Consent.objects.get()
    assert consent.sensitive
    assert "单独同意" in consent.notice.text
    assert consent.digest == consent.notice.digest
    assert_whole()


def test_who_comes_again_about_the_same_matter_makes_a_visit_and_no_dispute():
    clerk = a_clerk()
    dispute = receive(draft=a_draft(), by=clerk).dispute
    again = record_visit(dispute, persons=3, by=clerk)
    assert again.is_repeat
    assert Dispute.objects.count() == 1
    assert Visit.objects.totals() == {"batches": 2, "persons": 4}
    assert_whole()


def test_a_stranger_to_the_dispute_cannot_record_a_visit():
    dispute = receive(draft=a_draft(), by=a_clerk()).dispute
    with pytest.raises(Refused, match="办这件事的单位"):
        record_visit(dispute, persons=1, by=a_user(a_committee()))


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        (STORY, "小区电梯三个月坏了七次，10月31日老伴被关在里面四十分钟"),
        ("尊敬的市长您好，楼上漏水把天花板泡坏了。", "楼上漏水把天花板泡坏了"),
        ("你好！请问：工资三个月没发怎么办？", "请问：工资三个月没发怎么办"),
        ("漏水", "漏水"),
        (
            "我家住在丹凤县县城的龙驹寨街道旁边的老小区里面已经二十多年，一直没有通上天然气",
            "我家住在丹凤县县城的龙驹寨街道旁边的老小区里面已经二十多年",
        ),
        ("没有标点的一段话" * 9, "没有标点的一段话没有标点的一段话没有标点的一段话没有标点的…"),
    ],
)
def test_a_title_is_the_first_sentence_that_says_something(facts, title):
    assert title_of(facts) == title


@pytest.mark.parametrize("name", ["余家漾花园物业服务中心", "红旗机械厂", "第一人民医院", "某某物业", "老王饭馆"])
def test_an_organisation_is_known_by_the_end_of_its_name(name):
    assert kind_of(name) == PartyKind.ORGANISATION


@pytest.mark.parametrize("name", ["周建国", "欧阳娜娜", "买买提·吐尔逊", "李店"])
def test_a_person_stays_a_person(name):
    assert kind_of(name) == PartyKind.PERSON


def test_what_the_clerk_says_it_is_has_the_last_word():
    assert kind_of("余家漾花园物业服务中心", "person") == PartyKind.PERSON


def test_several_applicants_are_all_kept_and_the_first_gets_the_slip():
    parties = [PartyDraft(role=PartyRole.APPLICANT, name=name) for name in ("吴建芳", "王根宝")]
    reception = receive(draft=a_draft(parties=parties), by=a_clerk())
    assert [party.name for party in reception.dispute.applicants] == ["吴建芳", "王根宝"]
    assert reception.issued.access.party.name == "吴建芳"
