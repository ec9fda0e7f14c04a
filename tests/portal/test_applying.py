"""我要反映: three steps, kept at each of them, done once."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fengqiao.disputes.models import Channel, Dispute, PartyKind
from fengqiao.intake.models import Application
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import PaperKind
from fengqiao.web.models import Once
from tests.portal.people import ID, STORY, a_photo, a_town, applied, hidden, step_one, step_three, step_two, words
from tests.world import a_region

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pages; their commands are tried on both engines


@pytest.fixture
def town():
    a_town()


class TestTheThreeSteps:
    def test_three_steps_make_one_dispute_at_the_branch_of_the_place(self, client):
        dispute = applied(client)
        assert (dispute.facts, dispute.demand, dispute.channel) == (STORY, "赔钱，修好", Channel.ONLINE)
        assert dispute.body.name == "月河街道分中心"
        assert dispute.place.name == "塔下街社区"
        [she], [he] = dispute.applicants, dispute.respondents
        assert (she.name, she.phone, she.needs) == ("沈玉兰", "13905722045", ["talk_by_phone"])
        assert (he.name, he.kind) == ("姓周，住 301", PartyKind.PERSON)
        assert dispute.consents.get().party == she
        assert [str(finding) for finding in verify()] == []

    def test_the_last_step_shows_all_of_it_before_it_goes(self, client, town):
        step_one(client, photos=[a_photo()])
        step_two(client, opponent_phone="13757200316")
        page = words(client.get(reverse("apply_check")))
        for told in (
            STORY,
            "赔钱，修好",
            "天花板.png",
            "姓周，住 301",
            "13757200316",
            "塔下街社区",
            "墙壕里小区4幢",
            "沈玉兰",
            "13905722045",
            "电话里谈",
        ):
            assert told in page, told
        assert "谁在用" in page and "2026-2" in page  # the privacy notice, whole

    def test_no_account_is_asked_for_and_the_code_is_shown_once_it_is_in(self, client):
        dispute = applied(client)
        page = words(client.get(reverse("code")))
        assert dispute.applicants[0].access.code in page
        assert "交上来了" in page and "拍照或者截图" in page

    def test_after_copying_it_the_pin_is_gone_and_the_own_page_is_open(self, client):
        applied(client)
        assert client.post(reverse("code")).url == reverse("my")
        assert client.get(reverse("my")).status_code == 200
        assert "码和密码已经给过了" in words(client.get(reverse("code")))

    def test_the_pin_survives_a_reload_and_a_change_to_elder_mode(self, client):
        applied(client)
        first, again = client.get(reverse("code")), client.get(reverse("code"))
        assert hidden(first, "csrfmiddlewaretoken") and words(first) == words(again)
        client.post(reverse("web:display"), {"mode": "elder", "next": reverse("code")})
        assert "密码" in words(client.get(reverse("code")))

    def test_the_pin_is_not_shown_any_more_after_a_quarter_of_an_hour(self, client):
        with time_machine.travel("2026-11-20 09:00 +0800", tick=False) as clock:
            applied(client)
            clock.shift(16 * 60)
            assert "码和密码已经给过了" in words(client.get(reverse("code")))

    def test_photos_become_evidence_that_only_their_sender_sees(self, client, town):
        step_one(client, photos=[a_photo(), a_photo("衣柜.png")])
        step_two(client)
        step_three(client)
        [paper] = Dispute.objects.get().papers.filter(kind=PaperKind.EVIDENCE)  # the same picture counts once
        assert paper.party == Dispute.objects.get().applicants[0]

    def test_a_matter_of_the_family_is_for_named_people_only(self, client, town):
        step_one(client, is_restricted="on")
        step_two(client)
        step_three(client)
        assert Dispute.objects.get().is_restricted

    def test_who_knows_nothing_of_the_other_side_may_leave_it_open(self, client, town):
        step_one(client)
        step_two(client, opponent="", opponent_kind="")
        step_three(client)
        assert Dispute.objects.get().respondents == []

    def test_somebody_may_fill_it_in_for_another(self, client, town):
        step_one(client)
        step_two(client, agent="女儿 王小梅")
        step_three(client)
        assert Dispute.objects.get().applicants[0].agent == "女儿 王小梅"


class TestNothingIsLost:
    def test_a_closed_phone_loses_nothing(self, client, town):
        step_one(client)
        step_two(client, opponent_phone="13757200316")
        later = Client()
        later.cookies["application"] = client.cookies["application"].value  # the session has ended meanwhile
        assert "接着写" in words(later.get(reverse("home")))
        assert STORY in later.get(reverse("apply")).content.decode()
        assert "13757200316" in later.get(reverse("apply_who")).content.decode()
        step_three(later)
        assert Dispute.objects.count() == 1

    def test_going_back_keeps_what_is_written(self, client, town):
        step_one(client)
        assert step_two(client, back="1", phone="").url == reverse("apply")
        assert "姓周，住 301" in client.get(reverse("apply_who")).content.decode()

    def test_a_photo_alone_is_kept_without_reproach(self, client, town):
        assert step_one(client, facts="", photos=[a_photo()], upload="1").url == reverse("apply")
        page = words(client.get(reverse("apply")))
        assert "天花板.png" in page and "请写一两句" not in page

    def test_a_photo_can_be_taken_back(self, client, town):
        step_one(client, photos=[a_photo()], upload="1")
        held = Application.objects.get().files.get()
        step_one(client, drop=held.pk)
        assert not Application.objects.get().files.exists()

    def test_somebody_elses_photo_cannot_be_taken_away(self, client, town):
        step_one(client, photos=[a_photo()], upload="1")
        held = Application.objects.get().files.get()
        step_one(Client(), drop=held.pk)
        assert Application.objects.filter(files=held).exists()

    def test_what_was_given_up_is_not_offered_again(self, client, town):
        step_one(client, photos=[a_photo()])
        client.post(reverse("apply_forget"))
        assert STORY not in client.get(reverse("apply")).content.decode()
        assert not Application.objects.get().files.exists()

    def test_after_seven_days_what_is_typed_is_given_back_to_copy(self, client, town):
        with time_machine.travel("2026-11-01 09:00 +0800", tick=False) as clock:
            step_one(client)
            clock.shift(8 * 24 * 60 * 60)
            answer = step_two(client, address="墙壕里小区靠河的那一幢，门口有两棵香樟树，四楼")
        assert answer.status_code == 409
        assert "墙壕里小区靠河的那一幢" in words(answer)


class TestWhatIsWrong:
    def test_an_empty_story_is_asked_for_beside_its_field(self, client, town):
        answer = step_one(client, facts="  ")
        assert answer.status_code == 422
        assert "请写一两句" in words(answer)
        assert Application.objects.count() == 0

    def test_a_file_of_another_kind_is_refused_by_what_is_in_it(self, client, town):
        false = a_photo("合同.png")
        false.file.write(b"MZ not a picture at all")
        false.seek(0)
        answer = step_one(client, photos=[a_photo(), false])
        assert answer.status_code == 422
        page = words(answer)
        assert "不是 PDF、JPG 或 PNG" in page
        assert STORY in answer.content.decode() and "天花板.png" in page  # the good one is kept, so are the words

    def test_a_short_phone_number_is_explained_and_the_rest_is_kept(self, client, town):
        step_one(client)
        answer = step_two(client, opponent_phone="1370577")
        assert answer.status_code == 422
        assert "少了 4 位" in words(answer)
        assert "姓周，住 301" in answer.content.decode() and "1370577" in answer.content.decode()

    def test_without_phone_and_number_nobody_could_be_found(self, client, town):
        step_one(client)
        assert "请留一个电话" in words(step_two(client, phone=""))
        assert step_two(client, phone="", id_number=ID).status_code == 302

    def test_a_place_that_fits_several_is_chosen_from_them(self, client, town):
        step_one(client)
        answer = step_two(client, place_name="街")
        assert answer.status_code == 422 and 'value="330502001001"' in answer.content.decode()
        step_two(client, place_name="街", place="330502001001")
        step_three(client)
        assert Dispute.objects.get().place.name == "塔下街社区"

    def test_a_village_of_two_towns_is_asked_once_and_who_does_not_know_goes_on(self, client, town):
        for code in ("330502001008", "330502002008"):
            a_region(code, "朝阳社区")
        step_one(client)
        answer = step_two(client, place_name="", address="朝阳社区3组")
        assert answer.status_code == 422 and "在 2 个地方，是哪一个？" in words(answer)
        assert answer.content.decode().count('type="radio" name="place"') == 3
        assert step_two(client, place_name="", address="朝阳社区3组", place="unknown").status_code == 302
        assert 'name="place" value="unknown"' in client.get(reverse("apply_who")).content.decode()
        step_two(client, place_name="", address="朝阳社区3组", place="330502002008")
        step_three(client)
        assert Dispute.objects.get().place.code == "330502002008"

    def test_without_script_a_place_typed_anew_beats_the_one_chosen_before(self, client, town):
        step_one(client)
        step_two(client, place_name="月河街道", place="330502001001")
        step_three(client)
        assert Dispute.objects.get().place.name == "月河街道"

    def test_a_place_or_an_address_is_needed(self, client, town):
        step_one(client)
        assert "请写事情发生在哪里" in words(step_two(client, place_name="", address=""))

    def test_no_step_can_be_jumped_over(self, client, town):
        assert client.get(reverse("apply_who")).url == reverse("apply")
        assert client.get(reverse("apply_check")).url == reverse("apply")
        step_one(client)
        assert client.get(reverse("apply_check")).url == reverse("apply_who")
        step_two(client, place_name="", address="")
        assert client.get(reverse("apply_check")).url == reverse("apply_who")

    def test_without_consent_nothing_is_sent(self, client, town):
        step_one(client)
        step_two(client)
        answer = step_three(client, consent="")
        assert answer.status_code == 422
        assert not Dispute.objects.exists()

    def test_an_identity_number_needs_a_consent_of_its_own(self, client, town):
        step_one(client)
        step_two(client, id_number=ID)
        page = client.get(reverse("apply_check")).content.decode()
        assert "330***********1822" in page and ID not in page
        assert "单独打勾" in words(step_three(client))
        step_three(client, sensitive="on")
        assert Dispute.objects.get().applicants[0].id_number == ID

    def test_nobody_begins_without_end(self, client, town, monkeypatch):
        monkeypatch.setattr("fengqiao.agreements.throttle.MOST", 0)
        assert step_one(client).status_code == 302
        answer = step_one(Client())
        assert answer.status_code == 409 and "填得太多了" in words(answer)


class TestOnce:
    def test_sent_twice_it_is_one_dispute_with_one_pin(self, client, town):
        step_one(client)
        step_two(client)
        key = hidden(client.get(reverse("apply_check")), "form_key")
        sent = {"form_key": key, "consent": "on"}
        first = client.post(reverse("apply_check"), sent)
        shown = words(client.get(reverse("code")))
        second = client.post(reverse("apply_check"), sent)
        assert (first["Location"], second["Location"]) == (reverse("code"), reverse("code"))
        assert words(client.get(reverse("code"))) == shown
        assert Dispute.objects.count() == 1

    def test_sent_again_after_going_back_it_is_still_one(self, client, town):
        step_one(client)
        step_two(client)
        key = hidden(client.get(reverse("apply_check")), "form_key")
        client.post(reverse("apply_check"), {"form_key": key, "consent": "on"})
        shown = words(client.get(reverse("code")))
        answer = client.post(reverse("apply_check"), {"form_key": f"{key}x", "consent": "on"})
        assert answer.url == reverse("code")
        assert words(client.get(reverse("code"))) == shown
        assert Dispute.objects.count() == 1

    def test_no_pin_is_stored_in_clear(self, client, town):
        dispute = applied(client)
        pin = words(client.get(reverse("code"))).split("密码 ")[1].split()[0]
        assert pin.isdecimal() and len(pin) == 6
        stored = [*client.session.values(), *Once.objects.values_list("body", "location")]
        assert not any(pin in str(value) for value in stored)
        assert dispute.applicants[0].access.pin_index != pin

    def test_a_new_matter_can_be_begun_afterwards(self, client):
        applied(client)
        assert STORY not in client.get(reverse("apply")).content.decode()
