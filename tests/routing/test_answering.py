"""回应: the body that was called says whether it comes; once, and only that body."""

import pytest

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from fengqiao.routing import commands
from fengqiao.routing.answering import answer_call, answer_offer, why_not_answer
from tests.world import a_user


@pytest.fixture
def called(town):
    dispute = commands.accept(town.dispute(), by=town.clerk())
    return commands.call_in(dispute, body=town.trade, reason="请派人看", by=town.clerk())


def test_the_called_body_answers_and_the_story_says_so(town, called):
    member = a_user(town.trade, Role.MANAGER, name="何明")
    assert [offer.is_possible for offer in answer_offer(called, member)] == [True]
    answer_call(called, comes=True, words="小李下午来", by=member)
    assert called.assists.get().reply.comes
    assert Entry.objects.of("dispute", called.pk).last().sentence == f"{town.trade}回应呼叫：派人来（何明）。小李下午来"
    with pytest.raises(Refused, match="已经回应过了"):
        answer_call(called, comes=False, words="来不了", by=member)
    assert [offer.is_possible for offer in answer_offer(called, member)] == [False]


def test_a_no_needs_its_reason_and_strangers_have_nothing_to_answer(town, called):
    with pytest.raises(Refused, match="为什么"):
        answer_call(called, comes=False, by=a_user(town.trade))
    for stranger in (town.clerk(), a_user(town.studio), a_user(town.trade, Role.ADMIN)):
        assert "只有被呼叫的单位" in why_not_answer(called, stranger)
        assert answer_offer(called, stranger) == []
