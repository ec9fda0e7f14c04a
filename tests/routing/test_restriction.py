"""知悉范围: a restricted dispute is there for named people only, and never for nobody."""

import pytest
from django.utils import timezone

from fengqiao.disputes import knowing
from fengqiao.disputes.lifecycle import Hat
from fengqiao.disputes.models import Dispute, NamedPerson
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.mediation.commands import assign
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.people.delegations import call_off, delegate
from fengqiao.people.models import Role, User
from fengqiao.routing import commands
from fengqiao.routing.restriction import restrict, unrestrict
from tests.world import a_user


def sees(person: User, dispute: Dispute) -> bool:
    """By the rule and by the query, which must agree."""
    person, dispute = User.objects.get(pk=person.pk), Dispute.objects.get(pk=dispute.pk)
    found = Dispute.objects.visible_to(person).filter(pk=dispute.pk).exists()
    assert found == bool(dispute.hats_of(person))
    return found


def on_list(dispute: Dispute) -> set[User]:
    return {row.user for row in knowing.named(dispute)}


@pytest.fixture
def manager(town):
    return a_user(town.branch, Role.MANAGER)


@pytest.fixture
def clerk(town):
    return town.clerk()


@pytest.fixture
def secret(town, manager, clerk):
    """Registered as restricted, when its body had this manager and this clerk."""
    return town.dispute(is_restricted=True)


class TestWhoIsNamed:
    def test_at_first_those_who_answer_for_the_body_and_nobody_who_comes_after_them(self, town, secret, manager, clerk):
        assert on_list(secret) == {manager}
        assert sees(manager, secret)
        assert not sees(clerk, secret)
        assert not sees(a_user(town.branch, Role.MANAGER), secret)
        assert not sees(a_user(town.centre, Role.MANAGER), secret)

    def test_where_a_village_has_no_manager_the_town_answers(self, town, manager):
        secret = town.dispute(town.village, is_restricted=True)
        assert on_list(secret) == {manager}
        assert Hat.SUPERIOR in secret.hats_of(manager)

    def test_whom_it_is_sent_to_is_named_on_arrival_and_who_had_it_by_mistake_loses_sight(self, town, secret, manager):
        there, back = a_user(town.trade, Role.MANAGER), a_user(town.village, Role.MANAGER)
        commands.dispatch(secret, to=town.trade, why="他们熟悉", by=manager)
        assert sees(there, secret)
        commands.return_back(secret, reason="不归我们", cites="rule:1", by=there)
        assert not sees(there, secret)
        commands.dispatch(secret, to=town.village, by=manager)
        assert sees(back, secret)
        assert sees(manager, secret), "first to receive it, and named"

    def test_who_is_called_to_help_is_named(self, town, secret, manager):
        helper = a_user(town.trade, Role.MANAGER)
        commands.call_in(secret, body=town.trade, reason="请一起谈", by=manager)
        assert sees(helper, secret)

    def test_who_moved_to_another_body_sees_it_no_more_and_the_next_is_named_within_the_hour(
        self, town, secret, manager
    ):
        User.objects.filter(pk=manager.pk).update(home_body=town.other_branch)
        follower = a_user(town.branch, Role.MANAGER)
        assert not sees(manager, secret)
        assert not sees(follower, secret)
        knowing.name_the_missing()
        assert sees(follower, secret)
        before = Entry.objects.count()
        knowing.name_the_missing()
        assert Entry.objects.count() == before

    def test_those_above_may_keep_it_from_the_body_that_has_it_and_nobody_is_named_behind_them(self, town):
        above, here = a_user(town.branch, Role.MANAGER), a_user(town.village, Role.MANAGER)
        secret = town.dispute(town.village, is_restricted=True)
        restrict(secret, people=[here, above], reason="镇里一起看", by=here)
        restrict(secret, people=[above], reason="村里有亲戚", by=here)
        knowing.name_the_missing()
        assert on_list(secret) == {above}
        assert not sees(here, secret)

    def test_a_deputy_stands_there_for_who_said_so(self, town, secret, manager):
        deputy, today = a_user(town.branch, Role.MANAGER), timezone.localdate()
        for said in (False, True):
            given = delegate(
                manager, deputy=deputy, first_day=today, last_day=today, with_restricted=said, by=manager
            )  # fmt: skip
            assert sees(deputy, secret) is said
            call_off(given, by=manager)
            assert not sees(deputy, secret)


class TestTheList:
    def test_a_colleague_is_named_and_taken_off_again(self, town, secret, manager, clerk):
        restrict(secret, people=[manager, clerk], reason="请她来谈", by=manager)
        assert sees(clerk, secret)
        restrict(secret, people=[manager], reason="谈完了", by=manager)
        assert not sees(clerk, secret)
        assert NamedPerson.objects.filter(dispute=secret, user=clerk).exclude(until=None).count() == 1
        told = [entry.sentence for entry in Entry.objects.of("dispute", secret.pk).filter(kind="dispute.named")]
        assert "请她来谈" in told[-2]
        assert f"去掉：{clerk}" in told[-1]

    def test_an_open_one_becomes_restricted_and_open_again(self, town, manager, clerk):
        dispute = town.dispute()
        restrict(dispute, people=[manager], reason="牵涉孩子", by=clerk)
        assert not sees(clerk, dispute)
        assert sees(manager, dispute)
        unrestrict(dispute, reason="孩子已经成年", by=manager)
        assert sees(clerk, dispute)
        assert on_list(dispute) == set()

    def test_the_mediator_needs_no_place_on_it_and_does_not_keep_it(self, town, secret, manager):
        mediator = a_user(town.branch, Role.MEDIATOR)
        assign(commands.accept(secret, by=manager), mediator=mediator, recusal=RecusalCheck(), by=manager)
        assert sees(mediator, secret)
        with pytest.raises(Refused, match="名单上的人来改"):
            restrict(secret, people=[manager], reason="不要别人知道", by=mediator)

    def test_strangers_are_not_named(self, town, secret, manager):
        stranger = town.clerk(town.other_branch)
        with pytest.raises(Refused, match="跟这件事没有关系"):
            restrict(secret, people=[manager, stranger], reason="帮忙", by=manager)

    def test_it_is_not_emptied(self, town, secret, manager):
        leader = a_user(town.centre, Role.LEADER)
        for people in ([], [leader]):
            with pytest.raises(Refused, match="没有人能办"):
                restrict(secret, people=people, reason="谁都不要看", by=manager)
        assert sees(manager, secret)

    def test_the_same_list_again_is_no_change_and_an_old_form_is_stale(self, secret, manager, clerk):
        with pytest.raises(Refused, match="没有改动"):
            restrict(secret, people=[manager], reason="再说一遍", by=manager)
        seen = secret.version
        restrict(secret, people=[manager, clerk], reason="请她来谈", by=manager, seen=seen)
        with pytest.raises(Stale):
            restrict(secret, people=[manager], reason="谈完了", by=manager, seen=seen)

    def test_who_may_be_named_are_those_to_whom_it_would_be_there_were_it_open(self, town, secret, manager, clerk):
        above, leader = a_user(town.centre, Role.DISPATCHER), a_user(town.centre, Role.LEADER)
        window = a_user(town.centre, Role.CLERK)
        fit = set(knowing.may_be_named(secret))
        assert {manager, clerk, above, leader} <= fit
        assert not {window, town.clerk(town.other_branch), a_user(town.branch, Role.ADMIN)} & fit


def test_a_name_put_there_behind_the_ledgers_back_is_found(secret, manager, clerk):
    place = NamedPerson.objects.filter(user=manager)
    place.update(user=clerk)
    assert [finding.row.partition(":")[0] for finding in verify()] == ["disputes.namedperson"]
    place.model.objects.filter(user=clerk).update(user=manager)
