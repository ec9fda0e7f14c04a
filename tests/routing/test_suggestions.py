"""Which body fits, and the reason that is shown with it."""

import pytest
from django.utils import timezone

from fengqiao.bodies.models import BodyKind
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Delegation, Role
from fengqiao.routing import commands, panels
from fengqiao.routing.rules.book import Rule
from fengqiao.routing.rules.derived import Line, ladder
from fengqiao.routing.suggestions import proposed, suggest
from tests.routing.books import a_book
from tests.routing.town import VILLAGE
from tests.world import a_category, a_committee, a_region, a_user


def test_a_simple_matter_starts_in_the_village_where_it_happened(town):
    found = suggest(town.dispute(town.centre))
    assert found.body == town.village
    assert found.reason == f"事情发生在墙壕里社区，由{town.village}办：一般的事就地化解（分流规则第 1 条）。"
    assert found.runner_up == f"其次是{town.branch}：管的地方更大，就近的先办。"


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
    assert proposed(dispute).reason == "没有规则管得到，也没有能接的单位。"


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
    assert {"complex": "复杂的事", "major": "重大疑难的事"}[difficulty] in found.reason


def test_without_a_place_the_body_that_has_it_tells_where(town):
    assert suggest(town.dispute(town.village)).body == town.village
    dispute = town.dispute()
    dispute.place = None
    assert suggest(dispute).body == town.branch


def test_the_districts_rules_come_first_the_closest_one_wins(town):
    dispute = town.dispute(category=a_category("10", "劳动争议"))
    lines = [Line("", "330502001000", town.branch.key, "都归街道")]
    a_book(lines)
    assert suggest(dispute).body == town.branch
    lines.append(Line("10", "", town.trade.key, "责任清单第 41 项"))
    a_book(lines)
    found = suggest(dispute)
    assert found.body == town.trade
    assert found.reason == f"按分流规则第 1 条，劳动争议归{town.trade}：责任清单第 41 项。"
    assert found.runner_up == f"其次是{town.branch}：第 2 条，次序在后。"
    a_book([*lines, Line("10", VILLAGE, town.studio.key, "社区有工作室")])
    assert suggest(dispute).body == town.studio
    assert suggest(town.dispute()).body == town.branch


def test_a_rule_for_another_place_or_a_body_at_rest_is_passed_over(town):
    dispute = town.dispute(category=a_category("10", "劳动争议"))
    a_book([Line("10", "330502002000", town.other_branch.key, "别处")])
    assert suggest(dispute).body == town.village
    a_book([Line("10", "", town.trade.key, "劳资纠纷")])
    town.trade.is_active = False
    town.trade.save()
    found = suggest(dispute)
    assert found.body == town.village
    assert found.runner_up == f"其次是{town.trade}：已经停用或者不接分派。"


def test_a_body_whose_people_are_all_away_is_passed_over(town):
    worker = a_user(town.village, Role.MEDIATOR)
    colleague = a_user(town.village, Role.MEDIATOR, is_active=False)
    today = timezone.localdate()
    assert suggest(town.dispute()).body == town.village
    Delegation.objects.bulk_create([Delegation(principal=worker, deputy=colleague, first_day=today, last_day=today)])
    found = suggest(town.dispute())
    assert found.body == town.branch
    assert "没有人在岗" in found.runner_up
    Delegation.objects.all().delete()


def test_equals_share_the_work(town):
    other = a_committee(town.centre.region, kind=BodyKind.MDC_INDUSTRY)
    a_book(rules=[Rule(1, (town.trade.key, other.key), reason="两家轮着办")])
    assert suggest(town.dispute(town.trade)).body == other
    town.dispute(other)
    town.dispute(other)
    found = suggest(town.dispute())
    assert found.body == town.trade
    assert "手上的事更多（2 件对 1 件" in found.runner_up


def test_where_it_is_not_known_which_one_question_is_asked(town):
    a_book(rules=[Rule(1, (town.trade.key,), category="10", reason="劳资"), *ladder()])
    a_category("10", "劳动争议")
    dispute = town.dispute()
    Dispute.objects.filter(pk=dispute.pk).update(category=None)
    found = suggest(Dispute.objects.get(pk=dispute.pk))
    assert found.body == town.village
    assert found.question == f"先问清纠纷类型：要是“劳动争议”，按第 1 条归{town.trade}。"
    Dispute.objects.filter(pk=dispute.pk).update(category=dispute.category)


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
    assert [part.assist.body for part in card["parts"]] == [town.trade]
    assert card["joined"] == [second]
    assert panels.panel(first, a_user(town.trade))["joined"] == []
    assert panels.panel(second, clerk)["sees_into"]


class TestListOfDuties:
    """属地管理事项责任清单"""

    def item(self, town, **kw) -> Line:
        return Line(
            **{"category": "02", "place": "", "body": town.studio.key, "reason": "楼上楼下漏水", "item": "41", **kw}
        )

    def test_its_lead_body_is_suggested_and_the_item_named(self, town):
        a_book(duties=[self.item(town)])
        found = suggest(town.dispute(town.centre))
        assert found.body == town.studio
        assert found.reason == f"按责任清单第 41 项“楼上楼下漏水”，由{town.studio}牵头（分流规则第 1 条）。"

    def test_an_item_of_another_place_or_matter_says_nothing(self, town):
        a_book(duties=[self.item(town, place="330502012000"), self.item(town, item="42", category="10")])
        assert suggest(town.dispute(town.centre)).body == town.village

    def test_the_narrower_item_goes_before_the_wider(self, town):
        a_book(
            duties=[
                self.item(town, category="", body=town.trade.key),
                self.item(town, item="42", category="", place=VILLAGE),
            ]
        )
        assert suggest(town.dispute(town.centre)).body == town.studio
