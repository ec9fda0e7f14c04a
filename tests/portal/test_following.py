"""查进度: with code and PIN everything, with the scanned code only how far it is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.disputes.commands import give_pass
from fengqiao.people.models import SYSTEM
from tests.fulfilment.scenes import under_mediation
from tests.portal.people import applied, came_in, hidden, words
from tests.world import a_registered_dispute

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pages; their commands are tried on both engines


@pytest.fixture
def scene():
    return under_mediation()


@pytest.fixture
def issued(scene):
    return give_pass(scene.creditor, by=SYSTEM)


def scanned(client, issued):
    return client.get(reverse("follow_token", args=[issued.access.token]))


class TestCodeAndPin:
    def test_they_open_the_own_page(self, client, issued):
        answer = client.post(reverse("follow"), {"code": issued.access.code, "pin": issued.pin})
        assert answer.url == reverse("my")
        assert client.get(reverse("my")).status_code == 200

    def test_blanks_and_full_width_digits_do_not_matter(self, client, issued):
        code = "".join(chr(ord(sign) + 0xFEE0) for sign in issued.access.code)
        answer = client.post(
            reverse("follow"), {"code": f" {code[:4]} {code[4:]}", "pin": f"{issued.pin[:3]} {issued.pin[3:]}"}
        )
        assert answer.url == reverse("my")

    def test_a_wrong_pin_and_an_unknown_code_are_answered_in_the_same_words(self, client, issued):
        wrong = "000000" if issued.pin != "000000" else "111111"
        one = client.post(reverse("follow"), {"code": issued.access.code, "pin": wrong})
        other = client.post(reverse("follow"), {"code": "10000001", "pin": wrong})
        assert one.status_code == other.status_code == 409
        said = [re.search(r"编号或密码不对[^<]*", answer.content.decode())[0] for answer in (one, other)]
        assert said[0] == said[1]

    def test_the_code_stays_and_the_pin_is_never_given_back(self, client, issued):
        page = client.post(reverse("follow"), {"code": issued.access.code, "pin": "12345"}).content.decode()
        assert issued.access.code in page and "12345" not in page
        assert "密码是 6 位数字" in page

    def test_five_wrong_pins_lock_it_even_for_the_right_one(self, client, issued):
        wrong = "000000" if issued.pin != "000000" else "111111"
        for _ in range(5):
            client.post(reverse("follow"), {"code": issued.access.code, "pin": wrong})
        answer = client.post(reverse("follow"), {"code": issued.access.code, "pin": issued.pin})
        assert answer.status_code == 409 and "要等十五分钟" in words(answer)

    def test_one_address_may_not_try_for_ever(self, client, issued):
        for _ in range(30):
            client.post(reverse("follow"), {"code": "10000001", "pin": "000000"})
        answer = client.post(reverse("follow"), {"code": issued.access.code, "pin": issued.pin})
        assert answer.status_code == 429 and "过十分钟再试" in words(answer)

    def test_who_leaves_must_come_in_again(self, client, scene):
        came_in(client, scene.creditor)
        client.post(reverse("my_leave"))
        assert client.get(reverse("my")).url == reverse("follow")

    def test_who_leaves_takes_a_code_not_yet_copied_with_them(self, client, scene):
        came_in(client, scene.creditor)
        client.post(reverse("my_code"), {"form_key": hidden(client.get(reverse("my_code")), "form_key")})
        client.post(reverse("my_leave"))
        assert "码和密码已经给过了" in words(client.get(reverse("code")))

    def test_a_new_session_begins_with_the_pass(self, client, scene):
        client.get(reverse("home"))
        before = client.session.session_key
        came_in(client, scene.creditor)
        assert client.session.session_key != before

    def test_nobody_keeps_a_copy_of_the_page(self, client, scene):
        came_in(client, scene.creditor)
        for address in ("my", "my_looks", "follow", "code", "home"):
            assert "no-store" in client.get(reverse(address))["Cache-Control"], address


class TestTheScannedCode:
    def test_it_shows_how_far_it_is_and_no_name_and_no_fact(self, client, scene, issued):
        page = words(scanned(client, issued))
        assert "一起谈" in page and "调解员会约双方一起谈" in page
        dispute = scene.dispute
        for secret in (
            dispute.title,
            dispute.facts,
            dispute.body.name,
            str(scene.mediator),
            *(p.name for p in dispute.cast),
        ):
            assert secret not in page
        for party in dispute.cast:
            assert party.masked_name not in page and party.phone not in page

    def test_no_search_engine_keeps_it_and_no_other_site_hears_of_it(self, client, issued):
        answer = scanned(client, issued)
        assert "noindex" in answer["X-Robots-Tag"] and 'content="noindex' in answer.content.decode()
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]

    def test_it_does_not_tell_the_code_that_goes_with_the_pin(self, client, issued):
        assert issued.access.code not in scanned(client, issued).content.decode()

    def test_of_a_restricted_matter_it_says_only_that_it_is_being_done(self, client):
        dispute = a_registered_dispute(is_restricted=True)
        page = words(scanned(client, give_pass(dispute.applicants[0], by=SYSTEM)))
        assert "正在办" in page
        for secret in (dispute.number, "收到了", "我们正在看", "一起谈"):
            assert secret not in page

    def test_the_pin_alone_opens_the_rest(self, client, issued):
        address = reverse("follow_token", args=[issued.access.token])
        assert "不对" in words(client.post(address, {"pin": "000000" if issued.pin != "000000" else "111111"}))
        assert client.post(address, {"pin": issued.pin}).url == reverse("my")

    def test_an_invented_token_leads_nowhere(self, client, db):
        assert client.get(reverse("follow_token", args=["invented"])).status_code == 404

    def test_the_printed_address_is_the_one_that_works(self, client, scene):
        came_in(client, scene.creditor)
        page = client.get(reverse("my")).content.decode()
        assert 'class="qr"' in page
        assert Client().get(reverse("follow_token", args=[scene.creditor.access.token])).status_code == 200


class TestANewCode:
    def test_the_old_code_and_its_address_stop_working(self, client, scene):
        old = came_in(client, scene.creditor)
        address = reverse("my_code")
        key = hidden(client.get(address), "form_key")
        assert client.post(address, {"form_key": key}).url == reverse("code")
        page = words(client.get(reverse("code")))
        assert "密码" in page and old.access.code not in page
        assert Client().get(reverse("follow_token", args=[old.access.token])).status_code == 404
        assert Client().post(reverse("follow"), {"code": old.access.code, "pin": old.pin}).status_code == 409
        assert client.get(reverse("my")).status_code == 200  # the same person in the same browser goes on

    def test_asked_for_twice_it_is_one_new_code(self, client, scene):
        came_in(client, scene.creditor)
        key = hidden(client.get(reverse("my_code")), "form_key")
        client.post(reverse("my_code"), {"form_key": key})
        shown = words(client.get(reverse("code")))
        client.post(reverse("my_code"), {"form_key": key})
        assert words(client.get(reverse("code"))) == shown


class TestTheDoor:
    def test_everybody_may_read_the_open_pages(self, client, db):
        applied(client)
        for name in ("home", "windows", "other_ways", "follow", "apply", "privacy"):
            assert Client().get(reverse(name)).status_code == 200, name

    def test_nothing_of_ones_own_opens_without_a_pass(self, client, scene):
        for name in (
            "my",
            "my_looks",
            "my_willing",
            "my_rating",
            "my_objection",
            "my_withdraw",
            "my_material",
            "my_code",
        ):
            assert client.get(reverse(name)).url == reverse("follow"), name

    def test_home_tells_who_came_in_that_it_is_their_turn(self, client, scene):
        came_in(client, scene.debtor)
        page = words(client.get(reverse("home")))
        assert "轮到您了" in page and "您愿意谈吗" in page

    def test_a_stranger_is_told_of_no_matter(self, client, scene):
        assert scene.dispute.title not in words(client.get(reverse("home")))

    def test_the_windows_are_those_of_the_district(self, client, db):
        applied(Client())
        page = words(client.get(reverse("windows")))
        assert "月河街道分中心" in page and "地址、电话还没有登记" in page
