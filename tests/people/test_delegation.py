"""代办: a colleague acts for one who is away; it ends by itself, goes no further, and the ledger names both."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import look
from fengqiao.disputes.lifecycle import Act, Hat, step
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.policies import hats
from fengqiao.disputes.standing_in import in_place_of
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import How
from fengqiao.people.delegations import call_off, delegate, may_stand_in
from fengqiao.people.models import Delegation, Role, User
from tests.mediation.case import Case
from tests.world import a_committee, a_user, the_center

pytestmark = pytest.mark.django_db
TODAY, WEEK = timedelta(), timedelta(days=7)


def today():
    return timezone.localdate()


@pytest.fixture
def case(db) -> Case:
    return Case()


@pytest.fixture
def mine(case) -> Dispute:
    """A dispute that the case's mediator mediates."""
    return case.assigned().now


@pytest.fixture
def principal(mine) -> User:
    return mine.mediator


@pytest.fixture
def colleague(principal) -> User:
    return a_user(principal.body, Role.MEDIATOR, name="吴建芳")


def given(principal: User, deputy: User, *, days=WEEK, start=TODAY, with_restricted=False, by=None) -> Delegation:
    first = today() + start
    return delegate(
        principal, deputy=deputy, first_day=first, last_day=first + days, with_restricted=with_restricted,
        by=by or principal,
    )  # fmt: skip


def fresh(user: User) -> User:
    """The same person at the next request."""
    return User.objects.get(pk=user.pk)


def wears(user: User, dispute: Dispute) -> bool:
    """Has the mediator's hat; and the list says the same as the page."""
    user = fresh(user)
    worn = hats(user, dispute)
    assert Dispute.objects.visible_to(user).filter(pk=dispute.pk).exists() is bool(worn)
    return Hat.MEDIATOR in worn


def test_the_deputy_wears_the_hat_from_the_first_day_to_the_last(mine, principal, colleague):
    assert not wears(colleague, mine)
    given(principal, colleague, start=timedelta(days=1))
    for days, is_on in ((0, False), (1, True), (8, True), (9, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert wears(colleague, mine) is is_on


def test_a_step_of_the_lifecycle_is_told_as_done_for_the_other(case, mine, principal, colleague):
    with pytest.raises(Refused):
        mediation.inform_rights(mine, told=case.both, how=How.ORAL, by=colleague)
    given(principal, colleague)
    mediation.inform_rights(mine, told=case.both, how=How.ORAL, by=fresh(colleague))
    entry = Entry.objects.of("dispute", mine.pk).last()
    assert (entry.actor, entry.payload["by"]) == (colleague.ledger_id, f"{colleague}（代{principal}）")
    assert f"{colleague}（代{principal}）" in entry.sentence


def test_what_ones_own_hat_allows_is_ones_own(mine, principal):
    deputy = a_user(principal.body, Role.MANAGER)
    Dispute.objects.filter(pk=mine.pk).update(body=principal.body)
    mine.refresh_from_db()
    given(principal, deputy)
    assert {Hat.MEDIATOR, Hat.HANDLER} <= hats(fresh(deputy), mine)
    own = [act for act in Act if (found := step(act, mine.state)) and Hat.HANDLER in found.who]
    others = [act for act in Act if (found := step(act, mine.state)) and found.who == {Hat.MEDIATOR}]
    assert own
    assert others
    assert all(in_place_of(fresh(deputy), mine, act) == deputy for act in own)
    assert {str(in_place_of(fresh(deputy), mine, act)) for act in others} == {f"{deputy}（代{principal}）"}


def test_a_look_at_what_is_masked_names_both(mine, principal, colleague):
    given(principal, colleague)
    look(mine, what="phone", reason="联系当事人", by=fresh(colleague))
    entry = Entry.objects.of("look", mine.pk).last()
    assert entry.actor == colleague.ledger_id
    assert entry.payload["by"] == f"{colleague}（代{principal}）"
    assert entry.payload["in_place_of"] == principal.ledger_id
    assert list(verify()) == []


def test_the_principal_still_acts_in_their_own_name(mine, principal, colleague):
    given(principal, colleague)
    look(mine, what="phone", reason="联系当事人", by=fresh(principal))
    entry = Entry.objects.of("look", mine.pk).last()
    assert entry.payload["by"] == str(principal)
    assert "in_place_of" not in entry.payload


def test_what_was_given_goes_no_further(mine, principal, colleague):
    third = a_user(principal.body, Role.MEDIATOR)
    given(principal, colleague)
    given(colleague, third)
    assert wears(colleague, mine)
    assert not wears(third, mine)
    with pytest.raises(Refused, match="不能再转"):
        given(principal, third, by=colleague)


@pytest.mark.parametrize("said", [True, False])
def test_restricted_disputes_only_where_it_was_said(mine, principal, colleague, said):
    Dispute.objects.filter(pk=mine.pk).update(is_restricted=True)
    mine.refresh_from_db()
    given(principal, colleague, with_restricted=said)
    assert wears(colleague, mine) is said


@pytest.mark.parametrize(
    ("role", "stands_in"),
    [(Role.CLERK, True), (Role.MEDIATOR, True), (Role.DISPATCHER, True), (Role.MANAGER, True), (Role.LEADER, False),
     (Role.ADMIN, False), (Role.SECURITY, False), (Role.AUDITOR, False)],
)  # fmt: skip
def test_the_same_or_a_wider_role(principal, role, stands_in):
    colleague = a_user(principal.body, role)
    if stands_in:
        assert given(principal, colleague)
    else:
        with pytest.raises(Refused, match="角色相同或者更宽"):
            given(principal, colleague)


def test_no_narrower_role(principal):
    manager, mediator = a_user(principal.body, Role.MANAGER), a_user(principal.body, Role.MEDIATOR)
    with pytest.raises(Refused, match="角色相同或者更宽"):
        given(manager, mediator)


def test_nobody_of_another_body(principal):
    stranger = a_user(a_committee(), Role.MANAGER)
    with pytest.raises(Refused, match="本单位"):
        given(principal, stranger)


@pytest.mark.parametrize("harm", ["closed", "moved", "demoted", "principal closed"])
def test_it_falls_away_with_what_it_stood_on(mine, principal, colleague, harm):
    given(principal, colleague)
    elsewhere: Body = the_center()
    {
        "closed": lambda: User.objects.filter(pk=colleague.pk).update(is_active=False),
        "moved": lambda: User.objects.filter(pk=colleague.pk).update(station_body=elsewhere),
        "demoted": lambda: User.objects.filter(pk=colleague.pk).update(role=Role.LEADER),
        "principal closed": lambda: User.objects.filter(pk=principal.pk).update(is_active=False),
    }[harm]()
    assert not wears(colleague, mine)


def test_it_is_called_off_by_either_of_the_two(mine, principal, colleague):
    for by in (principal, colleague):
        made = given(principal, colleague)
        with pytest.raises(Refused, match="只有本人和代办人"):
            call_off(made, by=a_user(principal.body, Role.MANAGER))
        call_off(made, by=by)
        assert not wears(colleague, mine)
        with pytest.raises(Refused, match="已经结束"):
            call_off(made, by=by)


@pytest.mark.parametrize(("start", "days"), [(-1, 3), (0, -1), (0, 90)])
def test_days_that_make_no_sense_are_refused(principal, colleague, start, days):
    with pytest.raises(Refused):
        given(principal, colleague, start=timedelta(days=start), days=timedelta(days=days))


def test_not_two_at_a_time(principal, colleague):
    given(principal, colleague)
    with pytest.raises(Refused, match="已经请了别人"):
        given(principal, a_user(principal.body, Role.MANAGER), start=timedelta(days=3))


def test_a_row_slipped_in_by_sql_is_found(principal, colleague):
    made = given(principal, colleague)
    Delegation.objects.update(with_restricted=True)
    assert [finding.row for finding in verify()] == [f"people.delegation:{made.pk}"]


class TestPages:
    def test_one_asks_a_colleague_and_both_see_it(self, principal, colleague, at_desk):
        here = at_desk(principal)
        sent = {"deputy": colleague.pk, "first_day": f"{today()}", "last_day": f"{today() + WEEK}"}
        assert here.post("/account/leave/", sent).status_code == 302
        assert str(colleague) in here.get("/account/leave/").content.decode()
        there = at_desk(colleague)
        assert "不再代办" in there.get("/account/leave/").content.decode()
        made = Delegation.objects.get()
        assert at_desk(a_user(principal.body)).post(f"/account/leave/{made.pk}/end/").status_code == 404
        assert there.post(f"/account/leave/{made.pk}/end/").status_code == 302

    def test_the_deputys_desk_has_the_disputes_and_says_whose_they_are(self, mine, principal, colleague, at_desk):
        given(principal, colleague)
        text = at_desk(colleague).get("/desk/").content.decode()
        assert mine.number in text
        assert f"我（代{principal}）" in text

    def test_who_has_no_colleague_is_told_what_to_do(self, at_desk):
        text = at_desk(a_user(the_center(), Role.LEADER)).get("/account/leave/").content.decode()
        assert "没有可以代办的同事" in text
        assert not may_stand_in(a_user(None)).exists()
