"""From waiting to sent: once each, later where it must be, never where it may not; what is not known is left to a person."""

import json
import time
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.notices import commands, sending
from fengqiao.notices.models import Choice, Message, Outcome, State, Why
from fengqiao.notices.ports.answers import Answer
from fengqiao.notices.ports.sms import SIGNATURE, STAMP, signature
from fengqiao.people.models import Role
from tests.notices.conftest import NIGHT, NOON
from tests.notices.gateway import SECRET, MailServer, serving
from tests.world import a_registered_dispute, a_user, the_center

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(noon) -> Message:
    return a_message()


def a_message(**facts) -> Message:
    dispute = facts.pop("dispute", None) or a_registered_dispute()
    entry = Entry.objects.filter(subject="dispute", subject_id=dispute.pk).first()
    usual = {
        "entry": entry, "dispute": dispute, "channel": "sms", "occasion": "accepted", "role": "party",
        "version": "12345678", "subject": "有单位接了", "words": "您的事有单位接了。", "next_at": timezone.now(),
    }  # fmt: skip
    return Message.objects.create(**{"party": dispute.applicants[0], **usual, **facts})


def now(message: Message) -> Message:
    message.refresh_from_db()
    return message


def attempts(message: Message) -> list[str]:
    return [one.outcome for one in message.attempts.all()]


def test_what_is_due_is_sent_once(gateway, message):
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    assert now(message).state == State.SENT
    assert gateway.effects == gateway.posts == {message.key: 1}
    assert gateway.words[message.key]["to"] == message.party.phone
    only = message.attempts.get()
    assert (only.outcome, only.to) == (Outcome.ACCEPTED, message.party.masked_phone)


def test_without_a_port_it_stands_in_the_outbox_and_says_so(message):
    assert sending.send_due() == 0
    assert (now(message).state, message.why, attempts(message)) == (State.UNCONNECTED, Why.NO_PORT, [])


def test_a_busy_gateway_is_asked_again_later_each_time_after_longer_and_not_for_ever(gateway, message, noon, settings):
    settings.MESSAGE_TRIES = 3
    gateway.answers = [(503, {"reason": "busy 13957220001"})] * 3
    waits = []
    for _n in range(3):
        sending.send_due()
        waits.append((now(message).next_at - timezone.now()).total_seconds())
        noon.shift(timedelta(seconds=3600))
    assert waits[:2] == [60, 120]
    assert (message.state, message.why, message.said) == (State.GIVEN_UP, Why.LATER, "busy …")
    assert attempts(message) == ["not_taken"] * 3
    sending.send_due()
    assert gateway.posts[message.key] == 3


def test_a_port_that_does_not_open_is_knocked_at_once_a_run(gateway, message, noon):
    others = [a_message() for _n in range(3)]
    gateway.answers = [(503, {})]
    assert sending.send_due() == 0
    assert sum(gateway.posts.values()) == 1
    assert sending.send_due() == 3
    assert {now(one).state for one in others} == {State.SENT}


def test_one_that_cannot_be_read_does_not_stop_the_others(gateway, message):
    other = a_message()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_message SET words = 'f1.x' WHERE id = %s", [message.pk])
    assert sending.send_due() == 1
    assert Message.objects.filter(pk=message.pk).values_list("state", "why").get() == (State.FAILED, Why.UNREADABLE)
    assert now(other).state == State.SENT


def test_what_is_refused_is_not_tried_again(gateway, message):
    gateway.answers = [(200, {"result": "refused", "reason": "blacklisted"})]
    sending.send_due()
    sending.send_due()
    assert (now(message).state, message.said, gateway.posts[message.key]) == (State.FAILED, "blacklisted", 1)


class TestInTheMiddle:
    def test_what_broke_off_after_it_arrived_is_found_by_its_key_and_not_sent_again(self, gateway, message):
        gateway.hang_up = 1
        sending.send_due()
        assert now(message).state == State.SENDING
        sending.send_due()
        assert now(message).state == State.SENT
        assert (gateway.posts[message.key], gateway.asked[message.key]) == (1, 1)
        assert attempts(message) == [Outcome.FOUND]

    def test_what_never_arrived_is_sent(self, gateway, message, noon):
        assert sending._taken(message, "worker that dies")
        assert sending.send_due() == 0, "its lease still holds"
        noon.shift(timedelta(seconds=121))
        assert sending.send_due() == 1
        assert attempts(message) == [Outcome.NEVER_CAME, Outcome.ACCEPTED]
        assert gateway.effects[message.key] == 1

    def test_of_two_workers_one_takes_it(self, gateway, message):
        assert sending._taken(message, "one")
        assert not sending._taken(message, "other")

    def test_whom_the_lease_has_left_writes_nothing_down(self, gateway, message, noon):
        sending._taken(message, "slow")
        noon.shift(timedelta(seconds=121))
        sending.send_due()
        assert not sending.settle(message, Answer(Outcome.REFUSED), "slow")
        assert now(message).state == State.SENT

    def test_a_gateway_that_is_silent_is_asked_again_and_then_left_to_a_person(self, gateway, message, noon, settings):
        settings.MESSAGE_TRIES = 2
        sending._taken(message, "worker that dies")
        settings.SMS_PORT = {**gateway.port, "status_url": f"{gateway.url}/nowhere"}
        gateway.answers = [(503, {}), (503, {})]
        for _n in range(2):
            noon.shift(timedelta(seconds=200))
            sending.send_due()
        assert now(message).state == State.UNCERTAIN
        assert gateway.effects[message.key] == 0

    def test_a_gateway_that_cannot_be_asked_leaves_it_to_a_person(self, gateway, message, settings):
        settings.SMS_PORT = {**gateway.port, "status_url": ""}
        gateway.hang_up = 1
        sending.send_due()
        sending.send_due()
        assert (now(message).state, message.why) == (State.UNCERTAIN, Why.SILENT)
        assert gateway.posts[message.key] == 1

    def test_a_letter_that_broke_off_is_left_to_a_person_who_finds_out(self, noon, settings):
        letter = a_message(channel="mail")
        Choice.objects.create(party=letter.party, mail="shen@example.cn")
        with serving(MailServer()) as server:
            settings.MAIL_PORT, server.after_data = server.port, None
            sending.send_due()
            sending.send_due()
            assert now(letter).state == State.UNCERTAIN
            assert len(server.letters) == 1
            admin = a_user(the_center(), Role.ADMIN)
            commands.confirm_sent(letter, by=admin)
            assert now(letter).state == State.SENT
            assert Entry.objects.of("message", letter.pk).get().kind == "message.confirmed"
            letter = commands.cancel(a_message(channel="mail", state=State.UNCERTAIN), by=admin)
            server.after_data = "250 ok"
            commands.retry(letter, by=admin)
            Choice.objects.create(party=letter.party, mail="zhou@example.cn")
            assert sending.send_due() == 1


class TestWhatIsNotSent:
    def test_the_night_is_kept_and_alarms_are_not_held(self, gateway, noon):
        noon.move_to(NIGHT)
        waiting, alarm = a_message(), a_message(is_urgent=True)
        assert sending.send_due() == 1
        assert (now(waiting).state, waiting.why) == (State.WAITING, Why.QUIET)
        assert now(alarm).state == State.SENT
        noon.move_to(waiting.next_at)
        assert sending.send_due() == 1

    def test_who_said_stop_meanwhile_is_left_alone(self, gateway, message):
        commands.choose(message.party, sms=False, mail="", language="zh-hans", by=PartyActor(message.party))
        sending.send_due()
        assert (now(message).state, message.why, gateway.posts) == (State.CANCELLED, Why.STOPPED, {})

    def test_what_has_become_restricted_is_not_spoken_of(self, gateway, message):
        type(message.dispute).objects.filter(pk=message.dispute_id).update(is_restricted=True)
        sending.send_due()
        assert (now(message).state, message.why) == (State.CANCELLED, Why.RESTRICTED)

    def test_what_is_past_is_no_news(self, gateway, noon):
        message = a_message(good_until=NOON)
        sending.send_due()
        assert (now(message).state, message.why) == (State.CANCELLED, Why.PAST)

    def test_without_a_number_it_has_nowhere_to_go(self, gateway, message):
        type(message.party).objects.filter(pk=message.party_id).update(phone="")
        sending.send_due()
        assert (now(message).state, message.why) == (State.FAILED, Why.NO_ADDRESS)


class TestByHand:
    def test_an_administrator_sends_again_what_failed_and_nobody_else(self, gateway, message):
        admin = a_user(the_center(), Role.ADMIN)
        sending.send_due()
        with pytest.raises(Refused):
            commands.retry(message, by=admin)
        Message.objects.filter(pk=message.pk).update(state=State.FAILED)
        with pytest.raises(Refused):
            commands.retry(message, by=a_user(the_center(), Role.MANAGER))
        commands.retry(message, by=admin)
        sending.send_due()
        assert now(message).state == State.SENT
        assert gateway.effects[message.key] == 1, "the gateway knows the key"

    def test_what_has_gone_cannot_be_called_back(self, gateway, message):
        sending.send_due()
        with pytest.raises(Refused):
            commands.cancel(message, by=a_user(the_center(), Role.ADMIN))


class TestReports:
    def report(self, told, *, secret=SECRET, stamp="") -> int:
        body, stamp = json.dumps(told).encode(), stamp or str(int(time.time()))
        signed = {STAMP: stamp, SIGNATURE: signature(secret, stamp, body)}
        return Client().post("/messages/report/", body, content_type="application/json", headers=signed).status_code

    def test_the_gateway_says_that_it_was_delivered_or_not(self, gateway, message):
        sending.send_due()
        other = a_message()
        sending.send_due()
        assert self.report({"id": message.key, "state": "delivered"}) == 200
        assert self.report({"id": other.key, "state": "failed", "reason": "absent 13957220001"}) == 200
        assert (now(message).state, now(other).state, other.said) == (State.DELIVERED, State.FAILED, "absent …")
        assert self.report({"id": message.key, "state": "failed"}) == 200
        assert now(message).state == State.DELIVERED, "what was delivered stays so"

    def test_nobody_else_says_so(self, gateway, message, settings):
        sending.send_due()
        told = {"id": message.key, "state": "delivered"}
        assert self.report(told, secret="guessed") == 401
        assert self.report(told, stamp=str(int(time.time()) - 600)) == 401
        assert self.report(told, stamp="soon") == 401
        assert self.report({"id": "nobody", "state": "delivered"}) == 404
        assert self.report({"id": message.key, "state": "opened"}) == 422
        assert self.report([]) == 422
        settings.SMS_PORT = {}
        assert self.report(told) == 404
        assert now(message).state == State.SENT


def test_the_gateway_of_the_tests_refuses_who_does_not_sign(gateway):
    with pytest.raises(HTTPError):
        urlopen(Request(gateway.port["url"], b"{}", {STAMP: "1", SIGNATURE: "x"}))
