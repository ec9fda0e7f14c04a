"""Which body fits, and the reason that is shown with it."""

from datetime import date

import pytest

from fengqiao.bodies.models import BodyKind
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Role
from fengqiao.routing import commands, panels
from fengqiao.routing.models import Duty, Rule
from fengqiao.routing.suggestions import suggest
from tests.routing.town import VILLAGE
from tests.world import a_category, a_committee, a_region, a_user


def test_a_simple_matter_starts_in_the_village_where_it_happened(town):
    found = suggest(town.dispute(town.centre))
    assert found.body == town.village
    assert found.reason == f"事情发生在墙壕里社区，就地化解：由{town.village}先办。"


def test_a_matter_in_a_grid_belongs_to_the_village_around_it(town):
    dispute = town.dispute(town.centre)
    dispute.place = a_region(VILLAGE + "003", "第三网格", "grid")
    assert suggest(dispute).body == town.village


def test_where_the_village_has_no_committee_the_town_takes_it_and_then_the_centre(town):
    town.village.is_active = False
    town.village.save()
    dispute = town.dispute(town.centre)
    assert suggest(dispute).body == town.branch
    town.branch.handles = False
    town.branch.save()
    assert suggest(dispute).body == town.centre
    town.centre.handles = False
    town.centre.save()
    assert suggest(dispute) is None


def test_a_towns_committee_stands_in_for_its_branch(town):
    committee = a_committee(town.branch.region, kind=BodyKind.MDC_TOWN)
    dispute = town.dispute(difficulty="complex")
    assert suggest(dispute).body == town.branch
    town.branch.handles = False
    town.branch.save()
    assert suggest(dispute).body == committee


@pytest.mark.parametrize(("difficulty", "where"), [("complex", "branch"), ("major", "centre")])
def test_a_harder_matter_starts_higher_up(town, difficulty, where):
    found = suggest(town.dispute(difficulty=difficulty))
    assert found.body == getattr(town, where)
    assert "墙壕里社区" not in found.reason


def test_without_a_place_the_body_that_has_it_tells_where(town):
    assert suggest(town.dispute(town.village)).body == town.village
    dispute = town.dispute()
    dispute.place = None
    assert suggest(dispute).body == town.branch


def test_the_districts_rules_come_first_the_closest_one_wins(town):
    labour, dispute = a_category("10", "劳动争议"), town.dispute(category=a_category("10", "劳动争议"))
    Rule.objects.create(body=town.branch, place_code="330502001000", reason="都归街道")
    assert suggest(dispute).body == town.branch
    Rule.objects.create(category=labour, body=town.trade, reason="责任清单第 41 项")
    found = suggest(dispute)
    assert found.body == town.trade
    assert found.reason == f"按分流规则，劳动争议归{town.trade}：责任清单第 41 项。"
    Rule.objects.create(category=labour, body=town.studio, place_code=VILLAGE, reason="社区有工作室")
    assert suggest(dispute).body == town.studio
    assert suggest(town.dispute()).body == town.branch


def test_a_rule_for_another_place_or_a_body_at_rest_is_passed_over(town):
    labour, dispute = a_category("10", "劳动争议"), town.dispute(category=a_category("10", "劳动争议"))
    Rule.objects.create(category=labour, body=town.other_branch, place_code="330502002000", reason="别处")
    assert suggest(dispute).body == town.village
    Rule.objects.create(category=labour, body=town.trade, reason="劳资纠纷")
    town.trade.is_active = False
    town.trade.save()
    assert suggest(dispute).body == town.village


# ── what the page of a dispute shows ──────────────────────────────────────────────────────────────────────────────────


def primary(dispute, actor) -> list[Act]:
    return [offer.act for offer in panels.offers(dispute, actor) if offer.primary]


def test_the_primary_act_is_to_dispatch_where_another_body_fits_and_to_accept_otherwise(town):
    clerk, dispute = town.clerk(), town.dispute()
    assert primary(dispute, clerk) == [Act.DISPATCH]
    assert primary(town.dispute(town.village), a_user(town.village)) == [Act.ACCEPT]
    sent = commands.dispatch(dispute, to=town.village, by=clerk)
    assert primary(sent, a_user(town.village)) == [Act.ACCEPT]
    assert primary(sent, town.clerk(town.centre)) == []


def test_every_act_is_offered_with_the_reason_why_not(town):
    offers = {offer.act: offer for offer in panels.offers(town.dispute(town.centre), town.clerk(town.centre))}
    assert offers[Act.ACCEPT].is_possible
    assert offers[Act.RETURN].reason == "“待分流”时不能退回。"
    assert "最高一级" in offers[Act.ESCALATE].reason
    assert offers[Act.CALL_IN].url.endswith("/call-in/")


def test_a_reminder_is_not_offered_again_within_the_hour(town):
    leader, dispute = a_user(town.centre, Role.LEADER), town.dispute()
    commands.remind(dispute, words="快", by=leader)
    offers = {offer.act: offer for offer in panels.offers(dispute, leader)}
    assert "已经催过一次" in offers[Act.REMIND].reason


def test_the_card_shows_the_suggestion_to_those_who_decide(town):
    dispute = town.dispute()
    assert panels.panel(dispute, town.clerk())["suggestion"].body == town.village
    assert panels.panel(dispute, a_user(town.centre, Role.LEADER)) is None
    accepted = commands.accept(dispute, by=town.clerk())
    assert panels.panel(accepted, town.clerk()) is None


def test_the_card_names_helpers_and_what_was_joined_as_far_as_one_may_see(town):
    clerk, first = town.clerk(), town.dispute()
    second = commands.merge(town.dispute(), into=first, reason="同一件", by=clerk)
    first = commands.call_in(first, body=town.trade, reason="看合同", by=clerk)
    card = panels.panel(Dispute.objects.get(pk=first.pk), clerk)
    assert [assist.body for assist in card["assists"]] == [town.trade]
    assert card["joined"] == [second]
    assert panels.panel(first, a_user(town.trade))["joined"] == []
    assert panels.panel(second, clerk)["sees_into"]


class TestListOfDuties:
    """属地管理事项责任清单"""

    def item(self, town, **kw) -> Duty:
        kw = {
            "item": "41",
            "name": "楼上楼下漏水",
            "category": a_category(),
            "lead": a_committee(town.centre.region),
            **kw,
        }
        return Duty.objects.create(**kw)

    def test_its_lead_body_is_suggested_and_the_item_named(self, town):
        duty = self.item(town)
        found = suggest(town.dispute(town.centre))
        assert found.body == duty.lead
        assert found.reason == f"按责任清单第 41 项“楼上楼下漏水”，由{duty.lead}牵头。"

    def test_an_item_that_is_not_in_force_says_nothing(self, town):
        self.item(town, effective_to=date(2020, 1, 1))
        self.item(town, item="42", effective_from=date(2999, 1, 1))
        assert suggest(town.dispute(town.centre)).body == town.village

    def test_an_item_of_another_place_or_matter_says_nothing(self, town):
        self.item(town, place_code="330502012000")
        self.item(town, item="42", category=a_category("10", "劳动争议"))
        assert suggest(town.dispute(town.centre)).body == town.village

    def test_the_narrower_item_goes_before_the_wider(self, town):
        self.item(town, category=None)
        near = self.item(town, item="42", place_code=VILLAGE)
        assert suggest(town.dispute(town.centre)).body == near.lead
