"""The worklist: whose disputes lie on whose desk, in which heap, in which order."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.desk.paging import Count
from fengqiao.desk.worklist import Worklist
from fengqiao.disputes.models import Dispute
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from fengqiao.routing.answering import answer_call
from fengqiao.supervision.commands import orders
from tests.agreements.scene import out_for_signing, signed_by, signed_by_all
from tests.world import a_category, a_party, a_user

pytestmark = pytest.mark.django_db


def titles(answer) -> list[str]:
    return [row.dispute.title for row in answer.context["rows"]]


def numbers(reader) -> dict[str, int]:
    return {counter.view: int(counter.count) for counter in Worklist(reader).counters()}


def test_the_first_due_comes_first(town, at_desk):
    with time_machine.travel(timezone.now() - timedelta(hours=30)):
        town.dispute(title="早来的")
    town.dispute(title="晚来的")
    assert titles(at_desk(town.clerk()).get("/desk/")) == ["早来的", "晚来的"]


def test_what_stands_still_comes_last(town, at_desk):
    dispute = town.dispute(title="等鉴定的")
    manager, mediator = a_user(town.branch, Role.MANAGER), a_user(town.branch, Role.MEDIATOR)
    routing.accept(dispute, by=manager)
    mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(), by=manager)
    mediation.suspend(dispute, reason="房屋质量鉴定", by=mediator)
    town.dispute(title="在走的")
    answer = at_desk(manager).get("/desk/")
    assert titles(answer) == ["在走的", "等鉴定的"]
    assert "停表" in answer.content.decode()
    assert "房屋质量鉴定" in answer.content.decode()


def test_every_counter_leads_to_as_many_rows_as_it_says(town, at_desk):
    clerk = town.clerk()
    with time_machine.travel(timezone.now() - timedelta(hours=60)):
        town.dispute()
    with time_machine.travel(timezone.now() - timedelta(hours=40)):
        town.dispute()
        town.dispute()
    routing.dispatch(town.dispute(), to=town.village, by=clerk)
    answer = at_desk(clerk).get("/desk/")
    assert {c.view: int(c.count) for c in answer.context["counters"]} == {
        "late": 1, "soon": 2, "ours": 3, "others": 0, "done": 0,
    }  # fmt: skip
    for thing in [*answer.context["counters"], *answer.context["tabs"]]:
        assert len(titles(at_desk(clerk).get(f"/desk/?view={thing.view}"))) == thing.count


def test_a_region_with_more_than_can_be_read_at_once_is_counted_heap_by_heap(town, monkeypatch):
    for _ in range(3):
        town.dispute()
    leader = a_user(town.branch, Role.LEADER)
    few = numbers(leader)
    assert few["ours"] == 3
    monkeypatch.setattr("fengqiao.desk.worklist.MOST_READ", 2)
    assert numbers(leader) == few


def test_a_number_says_where_it_stopped_counting():
    assert [str(Count(n)) for n in (0, 1000, 1001)] == ["0", "1000", "1000+"]


def test_a_dispute_dispatched_leaves_the_desk_but_stays_in_sight(town):
    clerk = town.clerk()
    routing.dispatch(town.dispute(), to=town.village, by=clerk)
    assert numbers(clerk)["ours"] == 0
    assert Worklist(clerk).count("passed") == 1
    assert numbers(a_user(town.village, Role.MEDIATOR))["ours"] == 0
    assert Worklist(a_user(town.village)).count("new") == 1


def test_a_body_called_in_sees_a_heap_of_its_own(town, at_desk):
    dispute = town.dispute()
    routing.call_in(dispute, body=town.trade, reason="看看水管", by=town.clerk())
    called = a_user(town.trade)
    answer = at_desk(called).get("/desk/")
    assert [tab.view for tab in answer.context["tabs"]] == ["ours", "new", "answer", "assist"]
    answer_call(dispute, comes=True, by=called)
    assert [tab.view for tab in Worklist(called).tabs()] == ["ours", "new", "assist"]


def test_what_waits_for_the_office_stands_apart_from_what_its_mediators_have(town, at_desk):
    manager, mediator = a_user(town.branch, Role.MANAGER), a_user(town.branch, Role.MEDIATOR)
    dispute = town.dispute(title="调解员的")
    routing.accept(dispute, by=manager)
    mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(), by=manager)
    routing.accept(town.dispute(title="等指定的"), by=manager)
    town.dispute(title="等分流的")
    client, due_on = at_desk(manager), timezone.localdate() + timedelta(days=5)
    orders.give(
        dispute, kind="supervise", body=town.branch, words="请抓紧。", due_on=due_on, by=town.clerk(town.centre)
    )
    assert set(titles(client.get("/desk/?view=inbox"))) == {"等指定的", "等分流的"}
    assert [(tab.url, int(tab.count)) for tab in Worklist(manager).tabs()] == [
        ("?view=ours", 3), ("?view=inbox", 2), ("?view=new", 1), ("/desk/orders/?view=to_us", 1),
    ]  # fmt: skip
    assert {tab.view: int(tab.count) for tab in Worklist(mediator).tabs()}["inbox"] == 2
    assert titles(at_desk(mediator).get("/desk/")) == ["调解员的"]


def test_a_mediators_desk_is_their_own_cases(town, at_desk):
    manager, mediator = a_user(town.branch, Role.MANAGER), a_user(town.branch, Role.MEDIATOR)
    dispute = town.dispute(title="我的")
    town.dispute(title="单位的")
    routing.accept(dispute, by=manager)
    mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(), by=manager)
    answer = at_desk(mediator).get("/desk/")
    assert titles(answer) == ["我的"]
    assert answer.context["rows"][0].turn.who == "我"


def test_a_leader_sees_what_is_late_in_the_region(town, at_desk):
    with time_machine.travel(timezone.now() - timedelta(hours=60)):
        town.dispute(town.village, title="村里超期的")
    town.dispute(title="没超期的")
    answer = at_desk(a_user(town.branch, Role.LEADER)).get("/desk/")
    assert titles(answer) == ["村里超期的"]
    assert "登记来访" not in answer.content.decode()


def test_an_overseer_may_look_below(town, at_desk):
    town.dispute(town.village, title="村里的")
    client = at_desk(town.clerk())
    assert titles(client.get("/desk/")) == []
    assert titles(client.get("/desk/?handler=area")) == ["村里的"]
    assert titles(client.get(f"/desk/?handler=b{town.village.pk}")) == ["村里的"]


def test_a_peer_cannot_look_beside_by_typing_an_address(town, at_desk):
    town.dispute(town.village, title="村里的")
    client = at_desk(town.clerk(town.other_branch))
    for handler in ("area", f"b{town.village.pk}", f"b{town.branch.pk}"):
        assert titles(client.get(f"/desk/?handler={handler}")) == []


def test_filters_narrow_and_each_can_be_taken_away(town, at_desk):
    town.dispute(title="邻里的")
    town.dispute(title="劳动的", category=a_category("10", "劳动争议"))
    client = at_desk(town.clerk())
    category = a_category("10").pk
    answer = client.get(f"/desk/?view=ours&category={category}&difficulty=general")
    assert titles(answer) == ["劳动的"]
    chips = answer.context["filters"].applied
    assert [chip.words for chip in chips] == ["类型：10 劳动争议", "等级：一般"]
    assert len(titles(client.get(f"/desk/{chips[0].without}"))) == 2


def test_a_place_holds_the_places_in_it(town, at_desk):
    town.dispute(town.centre, title="月河的")
    client = at_desk(a_user(town.centre, Role.DISPATCHER))
    place = town.branch.region
    place.parent = town.centre.region
    place.save()
    assert titles(client.get(f"/desk/?place={place.code}")) == ["月河的"]


def test_values_that_mean_nothing_are_passed_over(town, at_desk):
    town.dispute()
    for query in ("state=x", "category=0", "place=99", "handler=b0", "handler=zz", "view=zz", "page=99", "page=x"):
        assert len(titles(at_desk(town.clerk()).get(f"/desk/?{query}"))) == 1


def test_an_empty_desk_says_what_to_do(town, at_desk):
    text = at_desk(town.clerk()).get("/desk/").content.decode()
    assert "现在没有轮到您的事" in text
    assert "看等别人的" in text


def test_people_stand_masked_on_the_list(town, at_desk):
    town.dispute(parties=[a_party(name="沈玉兰"), a_party("respondent", name="周建国")])
    text = at_desk(town.clerk()).get("/desk/").content.decode()
    assert "沈*兰 对 周*国" in text
    assert "沈玉兰" not in text


def test_while_an_agreement_is_kept_others_have_to_move(town):
    agreement = signed_by_all()
    manager = a_user(agreement.dispute.body, Role.MANAGER)
    assert numbers(manager) == {"late": 0, "soon": 0, "ours": 0, "others": 1, "done": 0}


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.MEDIATOR, Role.LEADER])
def test_the_list_costs_the_same_whatever_its_length(town, at_desk, django_assert_max_num_queries, role):
    reader = a_user(town.branch, role)
    client = at_desk(reader)
    town.dispute()
    client.get("/desk/")
    with django_assert_max_num_queries(19) as few:
        client.get("/desk/?handler=area")
    for _ in range(12):
        dispute = town.dispute()
        routing.grade(dispute, category=a_category("03"), difficulty="complex", risk="R0", remark="难", by=town.clerk())
    with django_assert_max_num_queries(len(few)):
        assert client.get("/desk/?handler=area").status_code == 200


def test_pages_go_on_where_the_last_one_ended(town, at_desk):
    for n in range(25):
        town.dispute(title=f"第{n}件")
    client = at_desk(town.clerk())
    first, second = titles(client.get("/desk/")), titles(client.get("/desk/?page=2"))
    assert len(first) == 20
    assert len(second) == 5
    assert not set(first) & set(second)


def test_this_weeks_closings_are_counted_once_closed(town):
    dispute = town.dispute()
    Dispute.objects.filter(pk=dispute.pk).update(closed_at=timezone.now())
    assert numbers(town.clerk())["done"] == 1


def test_a_list_says_how_many_have_signed_and_the_bar_says_who_has_not(at_desk):
    agreement = out_for_signing()
    agreement = signed_by(agreement, agreement.slots[0].signer)
    client = at_desk(a_user(agreement.dispute.body, Role.MANAGER))
    assert "等签名 1／3" in client.get("/desk/?view=others").content.decode()
    text = client.get(f"/desk/disputes/{agreement.dispute.number}/").content.decode()
    assert f"还差周*国、{agreement.dispute.mediator}签名（1／3 已签）" in text
