"""点单: residents look through who agreed to be shown, pick up to three, and the other side accepts or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fengqiao.disputes.commands import advance
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.verify import verify
from fengqiao.mediation.choosing import Wished
from fengqiao.mediation.commands import assign
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.people.models import Role
from fengqiao.people.roster import commands as roster
from fengqiao.people.roster.models import Kind
from fengqiao.places.models import Region
from tests.people.register import Register
from tests.portal.people import a_town, applied, came_in, hidden
from tests.world import a_category, a_party, a_registered_dispute, a_user


@pytest.fixture
def register(db):
    yield Register()
    assert [str(finding) for finding in verify()] == []


def names(answer) -> list[str]:
    return [one.entry.name for one in answer.context["sheet"]]


def pick(client, entry):
    return client.post(reverse("mediator_pick", args=[entry.pk]))


def accepted(register: Register, clerk=None) -> Dispute:
    clerk = clerk or a_user(register.committee, Role.DISPATCHER)
    parties = [a_party(name="沈玉兰"), a_party("respondent", name="周建国")]
    dispute = a_registered_dispute(register.committee, clerk, parties=parties)
    return advance(dispute, Act.ACCEPT, by=clerk, accepted_at=timezone.now())


def test_only_who_is_in_force_and_agreed_is_shown_and_never_a_telephone(register, client):
    shown = register.admitted(register.a_mediator(), phone="13957200000", introduction="调了二十年邻里纠纷")
    register.admitted(register.a_mediator("不公开"), is_shown=False)
    gone = register.admitted(register.a_mediator("到期的"), until=timezone.localdate() - timedelta(days=1))
    waiting = register.applied(register.a_mediator("待审核"))
    page = client.get(reverse("mediators"))
    assert names(page) == ["钱志平"]
    for entry in (gone, waiting):
        assert client.get(reverse("mediator", args=[entry.pk])).status_code == 404
        assert pick(client, entry).status_code == 404
    text = client.get(reverse("mediator", args=[shown.pk])).content.decode()
    assert "调了二十年邻里纠纷" in text
    assert "13957200000" not in text
    assert str(shown.certificate) not in text


def test_they_are_found_by_matter_place_language_and_by_who_is_free(register, client):
    a_category("10", "劳动争议")
    town, other = (Region.objects.get(code="330502001000"), "330502002000")
    register.admitted(register.a_mediator("甲"), specialities=["10"], languages=["sign"], areas=[town.code])
    register.admitted(register.a_mediator("乙"), specialities=["02"], days=[])
    asked = {"category": "10", "language": "sign", "area": town.code, "free": "1"}
    for name, value in asked.items():
        wanted = ["甲"] if name != "area" else ["甲", "乙"]  # who names no place serves every place
        assert names(client.get(reverse("mediators"), {name: value})) == wanted, name
    assert names(client.get(reverse("mediators"), asked)) == ["甲"]
    assert names(client.get(reverse("mediators"), {"area": other, "category": "没有"})) == ["甲", "乙"]


def test_three_are_picked_in_order_a_fourth_is_refused_and_one_may_go(register, client):
    entries = [register.admitted(register.a_mediator(name)) for name in ("甲一", "乙二", "丙三", "丁四")]
    for entry in entries[:3]:
        assert pick(client, entry).status_code == 302
    assert pick(client, entries[3]).status_code == 409
    client.post(reverse("mediator_drop", args=[entries[0].pk]))
    pick(client, entries[3])
    assert [one.name for one in client.get(reverse("mediators")).context["picked"]] == ["乙二", "丙三", "丁四"]


def test_what_was_picked_before_applying_goes_with_the_application(register, client):
    entry = register.admitted(register.a_mediator())
    pick(client, entry)
    a_town()
    dispute = applied(client)
    assert [(wish.entry, wish.rank, wish.status) for wish in dispute.wishes.all()] == [(entry, 1, Wished.OPEN)]
    assert "picks" not in client.session


def test_who_can_no_longer_be_picked_does_not_stop_the_application(register, client):
    entry = register.admitted(register.a_mediator())
    pick(client, entry)
    roster.suspend(entry, reason="核实", by=register.reviewer)
    assert applied(client).wishes.count() == 0


def test_on_ones_own_page_one_picks_reads_what_became_of_it_and_why(register, client):
    first, second = register.admitted(register.a_mediator()), register.admitted(register.a_mediator("吴晓"))
    clerk = a_user(register.committee, Role.DISPATCHER)
    dispute = accepted(register, clerk)
    came_in(client, dispute.applicants[0])
    assert "自己挑调解员" in client.get(reverse("my")).content.decode()
    assert client.post(reverse("my_mediator")).status_code == 409  # nobody chosen yet: nothing is taken back
    pick(client, first)
    page = client.get(reverse("my_mediator"))
    sent = {"form_key": hidden(page, "form_key"), "seen": hidden(page, "seen")}
    assert client.post(reverse("my_mediator"), sent).status_code == 302
    assert client.post(reverse("my_mediator"), sent).status_code == 302  # sent twice, it stays one
    dispute = Dispute.objects.get()
    assert dispute.wishes.get().entry == first
    assign(dispute, mediator=second.user, recusal=RecusalCheck(), unmet="钱志平这个月出差", by=clerk)
    page = client.get(reverse("my")).content.decode()
    assert "您点选的钱志平：没有安排上" in page
    assert "理由：钱志平这个月出差" in page
    assert client.post(reverse("my_mediator"), {"none": "1"}).status_code == 409


def test_a_pick_is_taken_back_by_a_word_not_by_a_lost_session(register, client):
    entry = register.admitted(register.a_mediator())
    dispute = accepted(register)
    came_in(client, dispute.applicants[0])
    pick(client, entry)
    client.post(reverse("my_mediator"), {})
    client.post(reverse("my_mediator"), {})
    assert Dispute.objects.get().wishes.open().count() == 1
    client.post(reverse("my_mediator"), {"none": "1"})
    assert Dispute.objects.get().wishes.open().count() == 0


def test_the_other_side_is_asked_once_it_is_taken_and_their_word_reaches_the_desk(register, client):
    entry = register.admitted(register.a_mediator())
    dispute = accepted(register)
    came_in(client, dispute.applicants[0])
    pick(client, entry)
    client.post(reverse("my_mediator"), {})
    wish = Dispute.objects.get().wishes.get()
    assert client.post(reverse("my_mediator_answer", args=[wish.pk]), {"accepts": "yes"}).status_code == 404
    came_in(client, dispute.respondents[0])
    assert "对方点选了调解员，您看可以吗" in client.get(reverse("my")).content.decode()
    address = reverse("my_mediator_answer", args=[wish.pk])
    assert client.post(address, {}).status_code == 409
    assert client.post(address, {"accepts": "no", "remark": "他们认识"}).status_code == 302
    wish.refresh_from_db()
    assert [str(party) for party in wish.refused_by] == ["被申请人 周*国"]
    assert "对方点选了调解员" not in client.get(reverse("my")).content.decode()


def test_an_expert_is_shown_as_one_who_advises(register, client):
    entry = register.admitted(None, name="老方", kinds=[Kind.EXPERT])
    assert "这位来出主意、帮着谈" in client.get(reverse("mediator", args=[entry.pk])).content.decode()
