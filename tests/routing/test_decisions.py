"""What is kept of every dispatch, and what becomes of a dispute that is given back: it always has an owner."""

import random
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fengqiao.bodies.models import Body, Window, WindowKind
from fengqiao.disputes.lifecycle import BEFORE_ACCEPTANCE, Act, State
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User
from fengqiao.routing import commands, panels
from fengqiao.routing.first_receiver import fallback, final, may_be_cited, refusals_of
from fengqiao.routing.models import Duty, RoutingDecision
from fengqiao.routing.rules.book import Facts
from fengqiao.routing.rules.derived import Line, derived
from fengqiao.routing.tiers.standing import lead_of
from tests.routing.books import a_book, drafted, published
from tests.world import a_category, a_user


def a_window(body: Body) -> Window:
    return Window.objects.create(body=body, key=f"fallback-{body.pk}", name="综合调解窗口", kind=WindowKind.FALLBACK)


def replayed() -> str:
    told = StringIO()
    call_command("replay_decisions", stdout=told)
    return told.getvalue()


class TestRecord:
    def test_a_dispatch_keeps_what_the_rules_said_on_which_facts(self, town):
        a_book([Line("10", "", town.trade.key, "劳动争议有对口的调委会")])
        dispute = town.dispute(category=a_category("10", "劳动争议"), amount_fen=5000)
        commands.dispatch(dispute, to=town.trade, by=town.clerk())
        row = RoutingDecision.objects.get()
        assert (row.version, row.body, row.sent_to, row.is_followed, row.why) == (1, town.trade, town.trade, True, "")
        assert "劳动争议归" in row.reason
        assert town.village.name in row.runner_up
        assert (row.facts["category"], row.facts["amount"], row.facts["people"]) == ("10", 5000, 2)

    def test_nothing_in_it_is_about_a_person(self, town):
        dispute = town.dispute()
        commands.dispatch(dispute, to=town.village, by=town.clerk())
        told = str(RoutingDecision.objects.get().facts)
        for party in dispute.parties.all():
            assert party.name not in told
            assert party.phone not in told
            assert party.home not in told
        assert dispute.facts not in told

    def test_who_sends_it_elsewhere_says_why(self, town):
        dispute, clerk = town.dispute(), town.clerk()
        with pytest.raises(Refused, match=f"按规则建议交给{town.village}.*写明为什么"):
            commands.dispatch(dispute, to=town.trade, by=clerk)
        commands.dispatch(dispute, to=town.trade, why="双方都是同行", by=clerk)
        row = RoutingDecision.objects.get()
        assert (row.body, row.sent_to, row.is_followed, row.why) == (town.village, town.trade, False, "双方都是同行")

    def test_who_may_not_send_it_there_need_not_say_why_not(self, town):
        dispute = town.dispute(town.other_branch)
        commands.dispatch(dispute, to=town.other_village, by=town.clerk(town.other_branch))
        assert not RoutingDecision.objects.get().is_followed

    def test_a_transfer_and_sending_down_are_choices_too(self, town):
        accepted = commands.accept(town.dispute(), by=town.clerk())
        commands.refer_down(accepted, to=town.village, reason="就地化解", by=town.clerk())
        assert RoutingDecision.objects.get().sent_to == town.village


class TestReplay:
    def test_every_decision_comes_out_again_by_its_own_version(self, town):
        commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
        a_book([Line("02", "", town.trade.key, "邻里都归行业")])
        commands.dispatch(town.dispute(), to=town.trade, by=town.clerk())
        published(drafted(derived([], [])))
        commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
        assert [row.version for row in RoutingDecision.objects.all()] == [0, 1, 2]
        assert replayed().startswith("3 条分流记录，重算全都一样。")

    def test_one_that_does_not_is_named(self, town, monkeypatch):
        dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
        whole = Facts.of_json

        def other(told):
            return whole({**told, "difficulty": "major"})

        monkeypatch.setattr(Facts, "of_json", other)
        with pytest.raises(CommandError, match="1 条分流记录里有 1 条"):
            call_command("replay_decisions", stdout=(told := StringIO()))
        assert f"{dispute.number} 第 0 版：存的是 {town.village.key}，重算是 center" in told.getvalue()


class TestGivingBack:
    def test_a_refusal_cites_the_line_that_is_wrong(self, town):
        Duty.objects.create(item="41", name="楼上楼下漏水", lead=town.village)
        sent, by = commands.dispatch(town.dispute(), to=town.village, by=town.clerk()), a_user(town.village)
        for cites in ("", "item:99", "rule:77", "不归我们"):
            with pytest.raises(Refused, match="退回要指明"):
                commands.return_back(sent, reason="不归我们", cites=cites, by=by)
        commands.return_back(sent, reason="房子在隔壁村", cites="item:41", by=by)
        row = sent.refusals.get()
        assert (row.body, row.sent_to, row.cites) == (town.village, town.branch, "item:41")
        assert "责任清单第 41 项“楼上楼下漏水”" in Entry.objects.of("dispute", sent.pk).last().sentence
        Duty.objects.all().delete()

    def test_until_somebody_accepts_the_first_receiver_leads(self, town):
        dispute = commands.dispatch(town.dispute(), to=town.village, by=town.clerk())
        assert (dispute.body, lead_of(dispute)) == (town.village, town.branch)
        dispute = commands.accept(dispute, by=a_user(town.village))
        assert lead_of(dispute) == town.village

    def test_given_back_twice_it_goes_to_the_fallback_window_and_stays_where_that_sends_it(self, town):
        a_window(town.studio)
        dispute, clerk = town.dispute(), town.clerk()
        for body in (town.village, town.trade):
            dispute = commands.dispatch(dispute, to=body, why="他们管", by=clerk)
            dispute = commands.return_back(dispute, reason="不归我们", cites="rule:1", by=a_user(body))
        assert (dispute.body, dispute.state, lead_of(dispute)) == (town.studio, State.REGISTERED, town.branch)
        dispute = commands.dispatch(dispute, to=town.village, by=town.clerk(town.branch))
        there = a_user(town.village)
        offers = {offer.act: offer for offer in panels.offers(dispute, there)}
        for act in (Act.RETURN, Act.ESCALATE):
            assert "已经退过两次" in offers[act].reason
        for act, facts in ((commands.return_back, {"cites": "rule:1"}), (commands.escalate, {})):
            with pytest.raises(Refused, match="已经退过两次.*不能再退"):
                act(dispute, reason="还是不归我们", by=there, **facts)
        dispute = commands.accept(dispute, by=there)
        assert refusals_of(dispute) == 0, "whoever accepts begins afresh"

    def test_without_such_a_window_the_centre_takes_it_and_cannot_give_it_back(self, town):
        assert fallback() == town.centre
        dispute = commands.escalate(town.dispute(), reason="难", by=town.clerk())
        dispute = commands.return_back(dispute, reason="先办", cites="rule:1", by=town.clerk(town.centre))
        dispute = commands.escalate(dispute, reason="真难", by=town.clerk())
        assert "本单位就是兜底的" in final(dispute)

    def test_whatever_happens_a_dispute_has_an_owner(self, town):
        """Random walks: whoever it is with or above does anything that is possible."""
        dice, people = random.Random(4), {}

        def somebody(body: Body) -> User:
            if body.pk not in people:
                people[body.pk] = town.clerk(body)
            return people[body.pk]

        targets = [town.village, town.trade, town.studio, town.other_village, town.branch, town.other_branch]
        cites = [key for key, _words in may_be_cited()]
        for _walk in range(6):
            dispute = town.dispute(dice.choice([town.centre, town.branch]))
            first = dispute.body
            for _step in range(10):
                by = somebody(dice.choice([dispute.body, town.centre]))
                act, facts = dice.choice([
                    (commands.dispatch, {"to": dice.choice(targets), "why": "试试"}), (commands.accept, {}),
                    (commands.return_back, {"reason": "不归我们", "cites": dice.choice(cites)}),
                    (commands.return_back, {"reason": "不归我们", "cites": dice.choice(cites)}),
                    (commands.escalate, {"reason": "难"}), (commands.refer_down, {"to": dice.choice(targets), "reason": "就地"}),
                    (commands.transfer, {"to": dice.choice(targets), "reason": "转"}),
                ])  # fmt: skip
                with suppress(Refused):
                    act(dispute, by=by, **facts)
                dispute = Dispute.objects.get(pk=dispute.pk)
                assert dispute.body.is_active
                assert dispute.main_clock is not None, "somebody's time runs"
                assert lead_of(dispute) == (first if dispute.state in BEFORE_ACCEPTANCE else dispute.body)
                assert refusals_of(dispute) <= 2
        assert replayed().endswith("重算全都一样。\n")
