"""登记来访: the page, its errors, its question about the same matter, and a click that comes twice."""

import re

import pytest
from django.urls import reverse

from fengqiao.disputes.models import Dispute, PartyKind
from fengqiao.intake.commands import receive
from fengqiao.intake.models import Consent, Visit
from fengqiao.people.models import Role
from tests.world import a_region

from .people import ID, a_clerk, a_draft, a_filled_form, assert_whole

pytestmark = pytest.mark.django_db
URL = "/desk/register/"
WUYE = "余家漾花园物业服务中心"


@pytest.fixture
def clerk(client):
    clerk = a_clerk()
    client.force_login(clerk)
    return clerk


def error_of(html, field):
    return re.search(rf'id="id_{field}_error">.*?<span>(.*?)</span>', html, re.DOTALL)


def test_the_page_says_who_will_have_it_until_when_and_why(client, clerk):
    html = client.get(URL).content.decode()
    assert clerk.body.name in html
    assert "前要响应或者分流" in html
    assert "四十八小时" in html
    assert "人民调解不收费" in html


def test_a_filled_form_becomes_a_dispute_and_leads_to_the_slip(client, clerk):
    answer = client.post(URL, a_filled_form())
    dispute = Dispute.objects.get()
    assert answer.headers["Location"] == reverse("slip", args=[dispute.number]) + "?print"
    assert dispute.place.name == "飞英街道"
    assert [party.kind for party in dispute.cast] == [PartyKind.PERSON, PartyKind.ORGANISATION]
    assert Visit.objects.get().clerk == clerk
    assert_whole()


def test_only_registering_comes_back_for_the_next_visitor(client, clerk):
    answer = client.post(URL, a_filled_form(only="1"), follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    assert f"已登记 {Dispute.objects.get().number}" in answer.content.decode()
    assert "slip" not in client.session


def test_a_double_click_registers_once_and_shows_the_same_slip(client, clerk):
    form = a_filled_form(form_key="k" * 32)
    first, second = client.post(URL, form), client.post(URL, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Dispute.objects.count() == 1
    assert re.search(r'big num">\d{6}<', client.get(first.headers["Location"]).content.decode())


def test_errors_stand_beside_their_fields_and_the_text_is_kept(client, clerk):
    answer = client.post(URL, a_filled_form(phone="1385721906", id_number="330502196806151823", amount="很多"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "少了 1 位" in error_of(html, "phone")[1]
    assert "校验位" in error_of(html, "id_number")[1]
    assert "不像金额" in error_of(html, "amount")[1]
    assert "10月31日老伴被关在里面" in html
    assert 'aria-invalid="true"' in html
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("field", ["name", "phone", "facts"])
def test_without_person_phone_or_matter_there_is_nothing_to_register(client, clerk, field):
    html = client.post(URL, a_filled_form(**{field: " "})).content.decode()
    assert error_of(html, field)


def test_a_group_without_representatives_is_told_beside_the_field(client, clerk):
    html = client.post(URL, a_filled_form(persons="6")).content.decode()
    assert "推选代表" in error_of(html, "representatives")[1]
    client.post(URL, a_filled_form(persons="6", representatives="吴建芳、王根宝 李四"))
    assert Visit.objects.get().representatives == ["吴建芳", "王根宝", "李四"]


def test_without_script_a_place_that_is_written_out_is_found(client, clerk):
    client.post(URL, a_filled_form(place=""))
    assert Dispute.objects.get().place.code == "330502001000"


def test_without_script_several_places_are_offered_to_choose_from(client, clerk):
    a_region("330502001002", "飞英社区")
    html = client.post(URL, a_filled_form(place="", place_name="飞英")).content.decode()
    assert "选一个" in error_of(html, "place_name")[1]
    assert 'type="radio" name="place" value="330502001002"' in html
    client.post(URL, a_filled_form(place="330502001002", place_name="飞英"))
    assert Dispute.objects.get().place.name == "飞英社区"


def test_a_place_outside_the_district_can_be_written_as_an_address(client, clerk):
    html = client.post(URL, a_filled_form(place="", place_name="西湖区")).content.decode()
    assert "本区没有这个地方" in error_of(html, "place_name")[1]
    client.post(URL, a_filled_form(place="", place_name="", address="杭州市西湖区文三路 1 号"))
    assert Dispute.objects.get().place is None


def test_who_files_for_another_is_named(client, clerk):
    html = client.post(URL, a_filled_form(needs=["elder", "filed_by_other"])).content.decode()
    assert error_of(html, "agent")
    client.post(URL, a_filled_form(needs=["elder", "filed_by_other"], agent="女儿 王小梅"))
    party = Dispute.objects.get().applicants[0]
    assert (party.agent, party.needs) == ("女儿 王小梅", ["elder", "filed_by_other"])


def test_an_identity_number_needs_the_consent_that_is_then_kept(client, clerk):
    html = client.post(URL, a_filled_form(id_number=ID)).content.decode()
    assert "征得同意" in error_of(html, "consented")[1]
    client.post(URL, a_filled_form(id_number=ID, consented="on"))
    assert Consent.objects.get().sensitive


def test_the_guess_about_the_other_side_can_be_overruled(client, clerk):
    client.post(URL, a_filled_form(opponent="王大店", opponent_kind="organisation"))
    assert Dispute.objects.get().respondents[0].kind == PartyKind.ORGANISATION


def test_a_probable_same_matter_is_asked_about_once_before_saving(client, clerk):
    earlier = receive(draft=a_draft(opponent=WUYE), by=clerk).dispute
    asked = client.post(URL, a_filled_form())
    html = asked.content.decode()
    assert asked.status_code == 409
    assert "可能是同一件事" in html
    assert reverse("dispute", args=[earlier.number]) in html
    assert f'name="not_same" value="{earlier.pk}"' in html
    assert Dispute.objects.count() == 1
    assert client.post(URL, a_filled_form(not_same=[str(earlier.pk)])).status_code == 302
    assert Dispute.objects.count() == 2


def test_the_question_comes_back_for_a_match_that_was_not_shown_yet(client, clerk):
    shown = receive(draft=a_draft(opponent=WUYE), by=clerk).dispute
    receive(draft=a_draft(opponent=WUYE), by=clerk)
    assert client.post(URL, a_filled_form(not_same=[str(shown.pk)])).status_code == 409


def test_while_typing_the_clerk_sees_who_came_before_and_whether_the_numbers_are_right(client, clerk):
    earlier = receive(draft=a_draft(id_number=ID), by=clerk).dispute
    html = client.post(f"{URL}met/", {"id_number": ID, "phone": "138", "opponent": WUYE}).content.decode()
    assert earlier.number in html
    assert "校验位正确 · 女 ·" in html
    assert "少了 8 位" in html
    assert "像是单位" in html
    assert "吴建芳" not in html  # names of others are masked


def test_no_identity_number_ever_stands_in_an_address(client, clerk):
    assert client.get(f"{URL}met/", {"id_number": ID}).status_code == 405


def test_a_peer_registers_the_same_person_and_sees_nothing_of_it(client, clerk):
    receive(draft=a_draft(id_number=ID, opponent=WUYE), by=a_clerk())
    assert "没有找到" in client.post(f"{URL}met/", {"id_number": ID, "phone": "13857219061"}).content.decode()
    assert client.post(URL, a_filled_form()).status_code == 302


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.LEADER])
def test_the_page_is_for_those_who_work_on_cases(client, role):
    client.force_login(a_clerk(role=role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, a_filled_form()).status_code == 403


def test_anybody_may_read_what_is_done_with_their_data(client):
    html = client.get("/privacy/").content.decode()
    for heading in ("谁在用", "用来做什么", "用哪些", "保管多久", "您的权利"):
        assert heading in html


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(URL).status_code == 302
    assert not Dispute.objects.exists()


def test_a_restricted_matter_leaves_the_clerks_sight_but_not_without_its_slip(client, clerk):
    answer = client.post(URL, a_filled_form(is_restricted="on"))
    dispute = Dispute.objects.get()
    assert dispute.is_restricted
    html = client.get(answer.headers["Location"]).content.decode()
    assert dispute.title not in html
    assert re.search(r'big num">\d{6}<', html)
    assert client.get(answer.headers["Location"]).status_code == 404


def test_the_days_visits_are_counted_on_the_page(client, clerk):
    receive(draft=a_draft(persons=3), by=clerk)
    assert "今天接待 1 批次、3 人次" in client.get(URL).content.decode()
