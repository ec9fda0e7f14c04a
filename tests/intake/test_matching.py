"""Met before: what the clerk sees of the same person, place and matter, and what nobody beyond their sight learns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengqiao.disputes.commands import correct_party
from fengqiao.disputes.models import Party
from fengqiao.intake.commands import receive
from fengqiao.intake.matching import MOST_SHOWN, Reason, met_before
from fengqiao.people.models import Role
from tests.world import a_committee, a_region, a_town_branch, a_user

from .people import ID, a_clerk, a_draft

pytestmark = pytest.mark.django_db
WUYE = "余家漾花园物业服务中心"


@pytest.fixture
def clerk():
    return a_clerk()


def reasons(hits):
    return [set(hit.reasons) for hit in hits]


def test_the_same_identity_number_is_the_same_person(clerk):
    earlier = receive(draft=a_draft(id_number=ID), by=clerk).dispute
    hits = met_before(actor=clerk, name="吴健芳", id_number=ID)
    assert [hit.dispute for hit in hits] == [earlier]
    assert hits[0].same_person
    assert not hits[0].same_matter


def test_the_same_phone_is_the_same_person(clerk):
    receive(draft=a_draft(), by=clerk)
    assert reasons(met_before(actor=clerk, phone="13857219061")) == [{Reason.SAME_PHONE}]


def test_a_name_alone_is_a_hint_and_with_the_place_a_person(clerk):
    place = a_region("330502001002", "余家漾社区")
    receive(draft=a_draft(place=place), by=clerk)
    assert reasons(met_before(actor=clerk, name="吴建芳")) == [{Reason.SAME_NAME}]
    there = met_before(actor=clerk, name="吴建芳", place=place)
    assert reasons(there) == [{Reason.SAME_NAME_THERE}]
    assert there[0].same_person


def test_who_was_the_other_side_then_is_said_so(clerk):
    receive(draft=a_draft(), by=clerk)
    assert reasons(met_before(actor=clerk, name="周建国")) == [{Reason.SAME_NAME, Reason.OTHER_SIDE}]


def test_the_same_opponent_at_the_same_place_is_probably_the_same_matter(clerk):
    place = a_region("330502001002", "余家漾社区")
    grid = a_region("330502001002004", "第 4 网格", level="grid")
    receive(draft=a_draft(name="王根宝", phone="13905720001", opponent=WUYE, place=place), by=clerk)
    [hit] = met_before(actor=clerk, name="吴建芳", opponent=WUYE, place=grid)
    assert hit.reasons == (Reason.SAME_OPPONENT, Reason.SAME_PLACE)
    assert hit.same_matter


def test_the_same_person_against_the_same_opponent_is_probably_the_same_matter(clerk):
    receive(draft=a_draft(opponent=WUYE), by=clerk)
    [hit] = met_before(actor=clerk, phone="13857219061", opponent=WUYE)
    assert hit.same_matter


def test_the_same_opponent_elsewhere_says_nothing(clerk):
    receive(draft=a_draft(name="王根宝", phone="13905720001", opponent=WUYE), by=clerk)
    assert met_before(actor=clerk, name="吴建芳", opponent=WUYE, place=a_region("330502001003", "红丰社区")) == []


def test_the_likeliest_comes_first(clerk):
    receive(draft=a_draft(phone="13905720002"), by=clerk)
    same = receive(draft=a_draft(opponent=WUYE), by=clerk).dispute
    receive(draft=a_draft(phone="13905720003"), by=clerk)
    hits = met_before(actor=clerk, name="吴建芳", phone="13857219061", opponent=WUYE)
    assert hits[0].dispute == same
    assert hits[0].same_matter


def test_a_peer_department_learns_nothing_not_even_that_there_is_something(clerk):
    receive(draft=a_draft(id_number=ID, opponent=WUYE), by=a_clerk(body=a_committee()))
    assert met_before(actor=clerk, name="吴建芳", phone="13857219061", id_number=ID, opponent=WUYE) == []


def test_the_coordinating_body_sees_what_its_town_has(clerk):
    branch = a_town_branch("330502001000")
    receive(draft=a_draft(), by=clerk)
    dispatcher = a_user(branch, role=Role.DISPATCHER)
    assert len(met_before(actor=dispatcher, phone="13857219061")) == 1


def test_a_restricted_matter_does_not_show_to_the_clerk_who_registered_it(clerk):
    receive(draft=a_draft(is_restricted=True), by=clerk)
    assert met_before(actor=clerk, phone="13857219061", name="吴建芳") == []


def test_nothing_typed_finds_nothing(clerk):
    receive(draft=a_draft(phone="", opponent=""), by=clerk)
    assert met_before(actor=clerk) == []


def test_the_list_is_short_and_takes_a_constant_number_of_queries(clerk):
    for _ in range(MOST_SHOWN + 3):
        receive(draft=a_draft(id_number=ID, opponent=WUYE), by=clerk)
    with CaptureQueriesContext(connection) as queries:
        hits = met_before(actor=clerk, name="吴建芳", phone="13857219061", id_number=ID, opponent=WUYE)
        assert [hit.dispute.who_against_whom for hit in hits]
    assert len(hits) == MOST_SHOWN
    assert len(queries) <= 10  # one of them: for whom the clerk stands in


def test_every_question_goes_through_an_index(clerk):
    """Parties are looked up by identity, phone and name; none of the plans reads the whole table."""
    if connection.vendor == "postgresql":  # a table of no rows is read whole unless that is forbidden
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    for key in ("id_index", "phone_index", "name"):
        plan = Party.objects.filter(**{key: "x"}).order_by("-pk").explain()
        assert "INDEX" in plan.upper(), plan
        assert "SEQ SCAN" not in plan.upper(), plan


def test_a_name_that_sounds_the_same_is_asked_about_at_the_same_place(clerk):
    place = a_region("330502001002", "余家漾社区")
    receive(draft=a_draft(place=place), by=clerk)
    assert reasons(met_before(actor=clerk, name="武健方", place=place)) == [{Reason.NEAR_NAME, Reason.SAME_PLACE}]
    assert met_before(actor=clerk, name="武健方", place=a_region("330502001003", "红丰社区")) == []


def test_how_a_name_sounds_is_kept_as_an_index_that_tells_nothing(clerk):
    receive(draft=a_draft(), by=clerk)
    party = Party.objects.get(name="吴建芳")
    assert len(party.sound_index) == 32
    assert "wu" not in party.sound_index


def test_a_corrected_name_sounds_anew(clerk):
    dispute = receive(draft=a_draft(), by=clerk).dispute
    before = dispute.applicants[0].sound_index
    assert correct_party(dispute.applicants[0], what="name", value="吴建红", by=clerk).sound_index != before


STORY = "凤栖苑12栋的电梯三个月坏了七次，10月31日老伴被关在里面四十分钟。找物业说没钱修。"
AGAIN = "凤栖苑12栋电梯又困人了，我是楼上的邻居，物业还是不修。"
ELSEWHERE = "梧桐苑3栋的电梯三个月坏了七次，孩子被关在里面，物业说没钱修。"


def test_the_same_matter_told_by_a_neighbour_is_found_by_its_words(clerk):
    earlier = receive(draft=a_draft(facts=STORY), by=clerk).dispute
    receive(draft=a_draft(facts=ELSEWHERE, phone="13905720001"), by=clerk)
    [hit] = met_before(actor=clerk, facts=AGAIN)
    assert hit.dispute == earlier
    assert hit.reasons == (Reason.SAME_MATTER,)
    assert hit.same_matter
    assert "凤栖苑" in hit.because


def test_a_peer_department_learns_nothing_by_the_words_either(clerk):
    receive(draft=a_draft(facts=STORY), by=a_clerk(body=a_committee()))
    assert met_before(actor=clerk, facts=AGAIN) == []


def test_the_dispute_at_hand_is_not_met_before(clerk):
    dispute = receive(draft=a_draft(facts=STORY), by=clerk).dispute
    assert met_before(actor=clerk, name="吴建芳", phone="13857219061", facts=STORY, besides=dispute.pk) == []
