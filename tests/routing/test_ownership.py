"""首接负责制 read back from the ledger: who had a dispute at every second, and what does not hold."""

import os
import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User
from fengqiao.routing import commands
from fengqiao.routing.ownership import County, owned, seconds
from tests.routing.test_decisions import a_window
from tests.world import a_user

pytestmark = pytest.mark.django_db
WALKS = int(os.environ.get("FENGQIAO_WALKS", "4"))


def story(dispute: Dispute) -> list[Entry]:
    return list(Entry.objects.of("dispute", dispute.pk))


def returned(dispute: Dispute, body) -> Dispute:
    return commands.return_back(dispute, reason="不归我们", cites="rule:1", by=a_user(body))


def test_the_first_receiver_leads_until_somebody_accepts(town):
    dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    dispute = commands.accept(dispute, by=a_user(town.village))
    found = owned(story(dispute), County.now())
    branch, village = town.branch.pk, town.village.pk
    assert [(one.has, one.leads) for one in found.stretches] == [
        (branch, branch),
        (village, branch),
        (village, village),
    ]
    assert found.breaches == []
    now = timezone.now() + timedelta(hours=1)
    assert seconds(found.stretches, now) == (now - story(dispute)[0].at).total_seconds(), "not a second is nobody's"


def test_what_is_over_is_nobodys_and_what_is_turned_away_is_whoevers_decided(town):
    dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    other = town.dispute()
    commands.reject(other, reason="taken", remedies=["court"], by=town.clerk())
    commands.merge(dispute, into=town.dispute(), reason="一件事", by=town.clerk())
    assert owned(story(dispute), County.now()).is_over
    assert not owned(story(other), County.now()).is_over


def test_given_back_twice_it_goes_to_the_fallback_window(town):
    a_window(town.studio)
    dispute, clerk = town.dispute(), town.clerk()
    for body in (town.village, town.trade):
        dispute = returned(commands.dispatch(dispute, to=body, why="他们管", by=clerk), body)
    found = owned(story(dispute), County.now())
    assert (found.refusals, found.twice, found.has, found.breaches) == (2, 1, town.studio.pk, [])
    elsewhere = replace(County.now(), fallbacks={town.other_branch.pk})
    assert [one.why for one in owned(story(dispute), elsewhere).breaches] == ["第二次退回没有到兜底窗口"]


def test_what_the_commands_never_let_happen_is_named(town):
    """The ledger is told what no command would write."""
    dispute, clerk = town.dispute(), town.clerk()
    for body in (town.village, town.trade):
        dispute = returned(commands.dispatch(dispute, to=body, why="他们管", by=clerk), body)
    sent = commands.dispatch(dispute, to=town.village, by=town.clerk(town.centre))
    told, county = story(sent), County.now()
    third = Entry(**{**vars_of(told[2]), "seq": 6, "at": told[-1].at + timedelta(minutes=1)})
    taken = Entry(**{**vars_of(told[1]), "seq": 7, "kind": "dispute.accepted", "payload": {"body_id": town.trade.pk}})
    found = owned([*told, third, taken], county)
    assert {one.why for one in found.breaches} >= {
        "退过两次以后由兜底窗口定的，又不接了", "不是手上有这件事的单位受理的", "时间倒着走，中间说不清是谁的",
    }  # fmt: skip
    gone = replace(county, ended={town.village.pk: told[0].at})
    assert "单位已经撤销，还挂着这件事" in {one.why for one in owned(told, gone).breaches}


def test_the_command_counts_and_names_what_does_not_hold(town):
    dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
    call_command("check_ownership", stdout=(told := StringIO()))
    assert told.getvalue().startswith("1 件纠纷，2 段")
    Dispute.objects.filter(pk=dispute.pk).update(body=town.trade)
    with pytest.raises(CommandError, match="1 件纠纷里有 1 处"):
        call_command("check_ownership", stdout=(told := StringIO()))
    Dispute.objects.filter(pk=dispute.pk).update(body=town.village)
    assert f"{dispute.number} 第 2 条：账本说的单位和现在的不一样。" in told.getvalue()


def test_whatever_is_done_the_ledger_tells_of_an_owner(town):
    dice, people = random.Random(8), dict[int, User]()
    targets = [town.village, town.trade, town.studio, town.other_village, town.branch, town.other_branch]
    for _walk in range(WALKS):
        dispute = town.dispute(dice.choice([town.centre, town.branch]))
        for _step in range(9):
            body = dice.choice([dispute.body, town.centre])
            by = people[body.pk] = people.get(body.pk) or town.clerk(body)
            act, facts = dice.choice([
                (commands.dispatch, {"to": dice.choice(targets), "why": "试试"}), (commands.accept, {}),
                (commands.return_back, {"reason": "不归我们", "cites": "rule:1"}), (commands.escalate, {"reason": "难"}),
                (commands.refer_down, {"to": dice.choice(targets), "reason": "就地"}),
                (commands.transfer, {"to": dice.choice(targets), "reason": "转"}),
            ])  # fmt: skip
            with suppress(Refused):
                act(dispute, by=by, **facts)
            dispute = Dispute.objects.get(pk=dispute.pk)
    call_command("check_ownership", stdout=(told := StringIO()))
    assert told.getvalue().startswith(f"{WALKS} 件纠纷")


def vars_of(entry: Entry) -> dict:
    return {name: value for name, value in vars(entry).items() if name not in ("_state", "id")}
