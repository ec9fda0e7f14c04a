"""Pages: the outbox for the administrator, one's own wishes, the party's page, and who was told on the page of a dispute."""

import pytest
from django.test import Client

from fengqiao.disputes.commands import give_pass
from fengqiao.ledger.models import Entry
from fengqiao.notices.models import Attempt, Choice, Message, Preference, State
from fengqiao.people.models import Role
from fengqiao.web.actors import KEY
from tests.notices.test_sending import a_message
from tests.world import a_user, the_center

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin(noon, town) -> Client:
    return signed_in(a_user(the_center(), Role.ADMIN))


@pytest.fixture
def message(noon, town) -> Message:
    return a_message(dispute=town.dispute(), state=State.FAILED, why="refused", said="blacklisted")


class TestOutbox:
    def test_it_says_to_whom_masked_and_why_not_and_nothing_of_the_matter(self, admin, message):
        text = admin.get("/desk/outbox/").content.decode()
        assert message.party.masked_phone in text and "blacklisted" in text and "未接通" in text
        one = admin.get(f"/desk/outbox/{message.pk}/").content.decode()
        for page in (text, one):
            for hidden in (message.party.phone, message.party.name, message.dispute.number, message.words):
                assert hidden not in page
        assert "{office}接了" in one, "the words with their fields, not their facts"

    def test_it_is_the_system_administrators_alone(self, message, town):
        for role in (Role.MANAGER, Role.SECURITY, Role.AUDITOR):
            assert signed_in(a_user(the_center(), role)).get("/desk/outbox/").status_code == 403

    def test_it_is_filtered(self, admin, message):
        assert f"/desk/outbox/{message.pk}/" in admin.get("/desk/outbox/?state=failed&channel=sms").content.decode()
        for nothing in ("state=sent", "channel=mail", "until=2020-01-01", "since=yesterday", "state=nonsense"):
            assert f"/desk/outbox/{message.pk}/" not in admin.get(f"/desk/outbox/?{nothing}").content.decode()

    def test_some_are_sent_again_at_once_and_what_cannot_be_is_told(self, admin, message):
        other, gone = a_message(state=State.UNCONNECTED), a_message(state=State.SENT)
        asked = {"act": "retry", "which": [message.pk, other.pk, gone.pk]}
        answer = admin.post("/desk/outbox/settle/?state=failed", asked)
        assert answer.headers["Location"] == "/desk/outbox/?state=failed"
        assert set(Message.objects.values_list("pk", "state")) == {
            (message.pk, "waiting"), (other.pk, "waiting"), (gone.pk, "sent"),
        }  # fmt: skip
        assert Entry.objects.filter(subject="message").count() == 2
        assert admin.post("/desk/outbox/settle/", {"act": "retry", "which": [gone.pk]}).status_code == 409
        assert admin.post("/desk/outbox/settle/", {"act": "burn", "which": ["x"]}).status_code == 409

    def test_each_attempt_is_shown_with_its_answer(self, admin, message):
        Attempt.objects.create(
            message=message, n=1, begun_at=message.created_at, to="139****0001", outcome="refused", said="full"
        )
        admin.post("/desk/outbox/settle/", {"act": "retry", "which": [message.pk], "one": message.pk})
        page = admin.get(f"/desk/outbox/{message.pk}/").content.decode()
        assert "full" in page and "再发一次" in page

    def test_it_costs_the_same_whatever_its_length(self, admin, message, django_assert_max_num_queries):
        admin.get("/desk/outbox/")
        with django_assert_max_num_queries(14) as few:
            admin.get("/desk/outbox/")
        for n in range(5):
            a_message(dispute=message.dispute, occasion=f"o{n}")
        with django_assert_max_num_queries(len(few)):
            admin.get("/desk/outbox/")


def test_a_colleague_chooses_how_to_be_told(town):
    clerk = a_user(town.village, Role.DISPATCHER, phone="13957220009")
    client = signed_in(clerk)
    assert "139****0009" in client.get("/desk/notices/wishes/").content.decode()
    said = {
        "sms": "all",
        "mail": "urgent",
        "mail_address": "c@example.cn",
        "language": "en",
        "digest": "daily",
        "digest_at": "07:45",
    }
    assert client.post("/desk/notices/wishes/", said).status_code == 302
    wish = Preference.objects.get(user=clerk)
    assert (wish.sms, wish.mail, wish.mail_address, wish.digest, f"{wish.digest_at:%H:%M}") == (
        "all", "urgent", "c@example.cn", "daily", "07:45",
    )  # fmt: skip
    assert client.post("/desk/notices/wishes/", {**said, "mail_address": ""}).status_code == 409


class TestOwnPage:
    @pytest.fixture
    def resident(self, message) -> Client:
        client = Client()
        session = client.session
        session[KEY] = give_pass(message.party, by=a_user(message.dispute.body)).access.pk
        session.save()
        client.cookies["sessionid"] = session.session_key
        return client

    def test_a_party_reads_what_was_sent_and_stops_it(self, resident, message):
        assert message.words in resident.get("/my/messages/").content.decode()
        assert resident.post("/my/messages/", {"language": "zh-hans", "seen": 0}).status_code == 302
        assert not Choice.objects.get(party=message.party).sms
        told = Entry.objects.filter(subject="dispute", kind="message.chosen").get()
        assert "短信不要" in told.sentence

    def test_what_is_no_address_is_said_beside_the_form(self, resident):
        answer = resident.post("/my/messages/", {"language": "zh-hans", "seen": 0, "mail": "nobody"})
        assert answer.status_code == 409 and "邮箱的写法不对" in answer.content.decode()

    def test_the_other_sides_messages_are_not_there(self, resident, message):
        a_message(dispute=message.dispute, party=message.dispute.respondents[0], words="给对方的")
        assert "给对方的" not in resident.get("/my/messages/").content.decode()


def test_the_page_of_a_dispute_says_who_was_told_what(message, town):
    client = signed_in(a_user(message.dispute.body, Role.MANAGER))
    text = client.get(f"/desk/disputes/{message.dispute.number}/").content.decode()
    assert "告诉过谁" in text and message.words in text and message.party.phone not in text
