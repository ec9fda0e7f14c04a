"""Seeing what is masked: with a reason, on record, once."""

import pytest

from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from tests.world import a_party, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pages; what is masked is tried on both engines


@pytest.fixture
def dispute(town):
    who = [a_party(name="沈玉兰", phone="13905722045", id_number="330502195902030028"), a_party("respondent")]
    return town.dispute(parties=who)


def address(dispute, what="phone"):
    return f"/desk/disputes/{dispute.number}/looks/{dispute.applicants[0].pk}/{what}/"


@pytest.mark.parametrize(
    ("what", "value"), [("phone", "13905722045"), ("name", "沈玉兰"), ("id_number", "330502195902030028")]
)
def test_a_reason_shows_the_value_and_is_on_record(town, at_desk, dispute, what, value):
    clerk = town.clerk()
    answer = at_desk(clerk).post(address(dispute, what), {"reason": "约时间"})
    assert value in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    entry = Entry.objects.of("look", dispute.pk).get()
    assert entry.actor == clerk.ledger_id
    assert "理由：约时间" in entry.sentence
    assert value not in str(entry.payload)


def test_without_a_reason_it_asks_and_shows_nothing(town, at_desk, dispute):
    client = at_desk(town.clerk())
    for data, status in (({}, 200), ({"reason": "  "}, 422)):
        answer = client.post(address(dispute), data)
        assert answer.status_code == status
        assert "为什么要看电话" in answer.content.decode()
        assert "13905722045" not in answer.content.decode()
    assert not Entry.objects.filter(subject="look").exists()


def test_beside_the_masked_value_only_the_piece_is_exchanged(town, at_desk, dispute):
    client = at_desk(town.clerk())
    ask = client.post(address(dispute), headers={"HX-Request": "true"}).content.decode()
    assert ask.startswith('<span class="fq-mask">')
    told = client.post(address(dispute), {"reason": "约时间"}, headers={"HX-Request": "true"}).content.decode()
    assert told.startswith('<span class="fq-mask"')
    assert "13905722045" in told


def test_a_stranger_finds_nothing_to_look_at(town, at_desk, dispute):
    for reader in (town.clerk(town.other_branch), a_user(town.centre, Role.ADMIN)):
        assert at_desk(reader).post(address(dispute), {"reason": "看看"}).status_code == 404
    assert not Entry.objects.filter(subject="look").exists()


def test_who_only_reads_may_not_unmask(town, at_desk, dispute):
    assert at_desk(a_user(town.centre, Role.LEADER)).post(address(dispute), {"reason": "看看"}).status_code == 403


def test_only_what_is_masked_can_be_asked_for_and_only_of_this_dispute(town, at_desk, dispute):
    client = at_desk(town.clerk())
    assert client.post(address(dispute, "needs"), {"reason": "看看"}).status_code == 404
    other = town.dispute(town.village).applicants[0].pk
    assert client.post(f"/desk/disputes/{dispute.number}/looks/{other}/phone/", {"reason": "看"}).status_code == 404
    assert client.get(address(dispute)).status_code == 405


def test_everybody_who_sees_the_dispute_sees_who_looked(town, at_desk, dispute):
    clerk = town.clerk()
    at_desk(clerk).post(address(dispute), {"reason": "送达文书"})
    client = at_desk(town.clerk(town.centre))
    assert "谁看过这件事（1）" in client.get(f"/desk/disputes/{dispute.number}/").content.decode()
    text = client.get(f"/desk/disputes/{dispute.number}/looks/").content.decode()
    assert f"{clerk} 查看了申请人 沈*兰的电话，理由：送达文书" in text
