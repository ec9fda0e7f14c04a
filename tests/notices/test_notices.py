"""Notices: the right people, once each, nothing they may not see."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from fengqiao.disputes import clocks
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.notices import commands, reactions
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.delivering import work
from tests.routing.town import Town
from tests.world import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def told(user) -> list[str]:
    return [notice.entry.kind for notice in Notice.objects.of(user).order_by("pk")]


def test_the_body_it_is_sent_to_is_told_and_nobody_else(town):
    sender, receiver, manager = town.clerk(), town.clerk(town.village), a_user(town.village, Role.MANAGER)
    window, peer = a_user(town.village, Role.CLERK), town.clerk(town.other_village)
    routing.dispatch(town.dispute(), to=town.village, by=sender)
    work()
    assert told(receiver) == told(manager) == ["dispute.dispatched"]
    assert told(sender) == told(window) == told(peer) == []


def test_where_nobody_dispatches_everybody_who_works_there_is_told(town):
    mediator = a_user(town.village, Role.MEDIATOR)
    routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
    work()
    assert told(mediator) == ["dispute.dispatched"]


def test_the_sender_hears_that_it_was_accepted_or_returned(town):
    sender, receiver = town.clerk(), town.clerk(town.village)
    routing.accept(routing.dispatch(town.dispute(), to=town.village, by=sender), by=receiver)
    routing.return_back(
        routing.dispatch(town.dispute(), to=town.village, by=sender), reason="不是本村", cites="rule:1", by=receiver
    )
    work()
    assert told(sender) == ["dispute.accepted", "dispute.returned"]


def test_the_mediator_hears_of_the_case(town):
    manager, mediator = a_user(town.branch, Role.MANAGER), a_user(town.branch, Role.MEDIATOR)
    dispute = routing.accept(town.dispute(), by=manager)
    mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(), by=manager)
    work()
    assert told(mediator) == ["mediation.assigned"]


def test_what_is_late_reaches_the_office_and_the_one_above(town):
    clerk, above = town.clerk(town.village), town.clerk()
    with time_machine.travel(timezone.now() - timedelta(hours=60)):
        town.dispute(town.village)
    clocks.tick()
    work()
    assert told(clerk) == told(above) == ["clock.missed"]


def test_being_told_twice_adds_nothing(town):
    receiver = town.clerk(town.village)
    routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
    entry = Entry.objects.get(kind="dispute.dispatched")
    reactions.tell_named_body(entry)
    reactions.tell_named_body(entry)
    assert told(receiver) == ["dispute.dispatched"]


def test_a_restricted_matter_is_told_to_those_on_its_list_alone(town):
    clerk, manager = town.clerk(town.village), a_user(town.village, Role.MANAGER)
    by = a_user(town.branch, Role.MANAGER)
    routing.dispatch(town.dispute(is_restricted=True), to=town.village, by=by)
    work()
    assert told(clerk) == []
    assert told(manager) == ["dispute.dispatched"]


def test_a_shredded_entry_names_no_body_and_tells_nobody(town):
    receiver = town.clerk(town.village)
    routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
    entry = Entry.objects.get(kind="dispute.dispatched")
    entry.payload = None
    reactions.tell_named_body(entry)
    assert told(receiver) == []


class TestInbox:
    @pytest.fixture
    def receiver(self, town):
        return town.clerk(town.village)

    @pytest.fixture
    def dispute(self, town, receiver):
        dispute = routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
        work()
        return dispute

    @pytest.fixture
    def client(self, receiver):
        client = Client()
        client.force_login(receiver)
        return client

    def test_the_bell_counts_what_is_unread(self, client, dispute):
        assert "1 条未读通知" in client.get("/desk/notices/").content.decode()

    def test_opening_reads_it_and_leads_to_the_entry(self, client, dispute, receiver):
        notice = Notice.objects.get()
        answer = client.post(f"/desk/notices/{notice.pk}/open/")
        assert answer.headers["Location"] == f"/desk/disputes/{dispute.number}/#e2"
        assert Notice.objects.of(receiver).unread().count() == 0

    def test_all_can_be_read_at_once(self, client, dispute, receiver):
        client.post("/desk/notices/read/")
        assert Notice.objects.of(receiver).unread().count() == 0
        assert "0 条未读通知" in client.get("/desk/notices/").content.decode()

    def test_a_get_reads_nothing(self, client, dispute):
        assert client.get(f"/desk/notices/{Notice.objects.get().pk}/open/").status_code == 405

    def test_another_persons_notice_is_not_there(self, town, dispute):
        notice, stranger = Notice.objects.get(), town.clerk(town.other_village)
        client = Client()
        client.force_login(stranger)
        assert client.post(f"/desk/notices/{notice.pk}/open/").status_code == 404
        assert not commands.read(notice, by=stranger).is_read

    def test_what_has_left_ones_sight_says_no_more(self, town, client, dispute, receiver):
        routing.return_back(dispute, reason="不是本村的事", cites="rule:1", by=receiver)
        text = client.get("/desk/notices/").content.decode()
        assert "这件事已经不归您看了" in text
        assert dispute.number not in text

    def test_an_empty_inbox_says_what_will_come(self, town):
        client = Client()
        client.force_login(town.clerk(town.other_village))
        assert "还没有通知" in client.get("/desk/notices/").content.decode()

    def test_older_ones_are_a_page_away(self, town, client, dispute, receiver, monkeypatch):
        monkeypatch.setattr("fengqiao.notices.inbox.PAGE", 1)
        routing.remind(dispute, words="快", by=town.clerk(town.centre))
        work()
        first = client.get("/desk/notices/").context["sheet"]
        second = client.get(f"/desk/notices/?cursor={first.next_cursor}").context["sheet"]
        assert [n.entry.kind for n in [*first.notices, *second.notices]] == ["dispute.reminded", "dispute.dispatched"]
        assert second.next_cursor == ""

    def test_the_inbox_costs_the_same_whatever_its_length(self, town, client, dispute, django_assert_max_num_queries):
        client.get("/desk/notices/")
        with django_assert_max_num_queries(14) as few:
            client.get("/desk/notices/")
        for _ in range(5):
            routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
        work()
        with django_assert_max_num_queries(len(few)):
            client.get("/desk/notices/")
