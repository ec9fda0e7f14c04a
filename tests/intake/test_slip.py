"""The slip: a PIN shown once, a new one for a second print, the same as PDF, and nothing unmasked."""

import re

import pytest

from fengqiao.disputes.models import Pass
from fengqiao.disputes.passes import open_with
from fengqiao.intake.commands import receive
from fengqiao.kernel.errors import Refused
from tests.papers.reading import pages_of, width_of
from tests.world import a_committee, a_user

from .people import ID, a_clerk, a_draft, a_filled_form, assert_whole

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # what is printed


@pytest.fixture
def clerk(client):
    clerk = a_clerk()
    client.force_login(clerk)
    return clerk


def registered(client, **kw):
    return client.post("/desk/register/", a_filled_form(**kw)).headers["Location"]


def pin_on(html):
    found = re.search(r'密码<div class="big num">(\d{6})<', html)
    return found and found[1]


def sealed_in(html):
    return re.search(r'name="sealed" value="([^"]*)"', html)[1]


def test_the_slip_shows_code_and_pin_that_open_the_dispute_and_a_qr(client, clerk):
    html = client.get(registered(client)).content.decode()
    access = Pass.objects.get()
    assert access.code in html
    assert open_with(access.code, pin_on(html)) == access
    assert 'class="qr"' in html
    assert "人民调解不收费" in html


def test_the_pin_is_shown_once(client, clerk):
    url = registered(client)
    assert pin_on(client.get(url).content.decode())
    again = client.get(url).content.decode()
    assert pin_on(again) is None
    assert "不再显示" in again


def test_the_pin_is_stored_nowhere_in_clear(client, clerk):
    url = registered(client)
    stored = str(dict(client.session))
    pin = pin_on(client.get(url).content.decode())
    assert pin not in stored
    assert "slip" not in client.session


def test_names_and_numbers_are_masked_after_saving(client, clerk):
    html = client.get(registered(client, id_number=ID, consented="on")).content.decode()
    assert "吴*芳 · 138****9061" in html
    assert ID not in html
    assert "13857219061" not in html


def test_printing_again_gives_a_new_pin_and_the_old_one_stops(client, clerk):
    reception = receive(draft=a_draft(), by=clerk)
    url = f"/desk/disputes/{reception.dispute.number}/slip/"
    assert "原来那张就作废" in client.get(url).content.decode()
    html = client.post(url, {"party": reception.dispute.applicants[0].pk}, follow=True).content.decode()
    access = Pass.objects.get()
    assert open_with(access.code, pin_on(html)) == access
    with pytest.raises(Refused):
        open_with(reception.issued.access.code, reception.issued.pin)
    assert_whole()


def test_the_other_side_gets_a_slip_of_its_own(client, clerk):
    dispute = receive(draft=a_draft(), by=clerk).dispute
    html = client.post(
        f"/desk/disputes/{dispute.number}/slip/", {"party": dispute.respondents[0].pk}, follow=True
    ).content.decode()
    assert "周*国" in html
    assert Pass.objects.count() == 2


def test_the_same_slip_as_pdf_of_58_millimetres(client, clerk):
    url = registered(client)
    html = client.get(url).content.decode()
    answer = client.post(url.replace("?print", "") + "pdf/", {"sealed": sealed_in(html)})
    assert round(width_of(answer.content)) == 58
    text = pages_of(answer.content)[0]
    assert pin_on(html) in text
    assert "人民调解不收费" in text


@pytest.mark.parametrize("sealed", ["", "nonsense", "f1.aes-gcm.x.AAAA"])
def test_a_pdf_asked_for_later_comes_without_the_pin(client, clerk, sealed):
    url = registered(client)
    pin = pin_on(client.get(url).content.decode())
    answer = client.post(url.replace("?print", "") + "pdf/", {"sealed": sealed})
    assert pin not in pages_of(answer.content)[0]


def test_the_seal_of_one_slip_does_not_open_another(client, clerk):
    html = client.get(registered(client)).content.decode()
    other = receive(draft=a_draft(), by=a_clerk(body=a_committee())).dispute
    assert client.post(f"/desk/disputes/{other.number}/slip/pdf/", {"sealed": sealed_in(html)}).status_code == 404


def test_a_stranger_finds_no_slip(client):
    dispute = receive(draft=a_draft(), by=a_clerk()).dispute
    client.force_login(a_user(a_committee()))
    url = f"/desk/disputes/{dispute.number}/slip/"
    assert client.get(url).status_code == 404
    assert client.post(url, {"party": dispute.applicants[0].pk}).status_code == 404
    assert client.post(f"{url}pdf/").status_code == 404
    assert client.post(url.replace("slip", "visit"), {"persons": 1}).status_code == 404


def test_a_second_visit_is_recorded_from_the_page_of_the_dispute(client, clerk):
    dispute = receive(draft=a_draft(), by=clerk).dispute
    url = f"/desk/disputes/{dispute.number}/visit/"
    assert client.post(url, {"persons": "2"}).status_code == 302
    assert client.post(url, {"persons": "0"}).status_code == 409
    assert [visit.persons for visit in dispute.visits.all()] == [1, 2]
