"""All disputes, and search: the same sight everywhere."""

import pytest

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.world import a_party, a_user

pytestmark = pytest.mark.django_db


def titles(answer) -> list[str]:
    return [row.dispute.title for row in answer.context["rows"]]


def test_the_newest_comes_first_and_the_pages_join(town, at_desk):
    for n in range(45):
        town.dispute(title=f"第{n}件")
    client = at_desk(town.clerk())
    first = client.get("/desk/disputes/")
    assert titles(first)[0] == "第44件"
    second = client.get(f"/desk/disputes/?cursor={first.context['sheet'].next_cursor}")
    third = client.get(f"/desk/disputes/?cursor={second.context['sheet'].next_cursor}")
    assert titles(first) + titles(second) + titles(third) == [f"第{n}件" for n in range(44, -1, -1)]
    assert third.context["sheet"].next_cursor == ""
    back = client.get(f"/desk/disputes/?cursor={third.context['sheet'].previous_cursor}")
    assert titles(back) == titles(second)
    assert titles(client.get(f"/desk/disputes/?cursor={back.context['sheet'].previous_cursor}")) == titles(first)


@pytest.mark.parametrize("cursor", ["x", "b", "bx", "a²", "b999999999999", "a0"])
def test_a_cursor_that_means_nothing_does_no_harm(town, at_desk, cursor):
    town.dispute()
    assert at_desk(town.clerk()).get(f"/desk/disputes/?cursor={cursor}").status_code == 200


def sight(town):
    """Who sees a dispute that the branch received and sent to the village."""
    return {
        town.clerk(town.village): True, town.clerk(town.branch): True, town.clerk(town.centre): True,
        a_user(town.centre, Role.LEADER): True, town.clerk(town.other_branch): False,
        town.clerk(town.other_village): False, town.clerk(town.trade): False, a_user(None, Role.CLERK): False,
    }  # fmt: skip


def test_every_list_every_search_and_every_page_shows_the_same(town, at_desk):
    dispute = routing.dispatch(town.dispute(title="渗水"), to=town.village, by=town.clerk())
    for reader, sees in sight(town).items():
        client = at_desk(reader)
        assert titles(client.get("/desk/disputes/")) == (["渗水"] if sees else []), reader.body
        assert titles(client.get("/desk/search/?q=渗水")) == (["渗水"] if sees else []), reader.body
        assert client.get(f"/desk/search/?q={dispute.number}").status_code == (302 if sees else 200)
        for page in ("", "print/", "verify/", "looks/"):
            wanted = 200 if sees else 404
            assert client.get(f"/desk/disputes/{dispute.number}/{page}").status_code == wanted, (reader.body, page)


def test_administration_sees_no_dispute(town, at_desk):
    dispute = town.dispute(title="渗水")
    for role in (Role.ADMIN, Role.AUDITOR):
        client = at_desk(a_user(town.centre, role))
        assert titles(client.get("/desk/disputes/")) == []
        assert titles(client.get("/desk/search/?q=渗水")) == []
        assert client.get(f"/desk/disputes/{dispute.number}/").status_code == 404


def test_a_restricted_matter_is_seen_by_those_on_its_list_alone(town, at_desk):
    named, later = a_user(town.branch, Role.MANAGER), town.clerk()
    town.dispute(title="家暴", is_restricted=True)
    assert titles(at_desk(named).get("/desk/disputes/")) == ["家暴"]
    for other in (later, a_user(town.branch, Role.MANAGER), a_user(town.centre, Role.MANAGER)):
        assert titles(at_desk(other).get("/desk/disputes/")) == []


def test_a_number_opens_its_dispute_however_it_is_written(town, at_desk):
    dispute = town.dispute()
    client = at_desk(town.clerk())
    for typed in (dispute.number, f" {dispute.number} ", dispute.official_number):
        assert client.get("/desk/search/", {"q": typed}).headers["Location"] == f"/desk/disputes/{dispute.number}/"


@pytest.mark.parametrize(
    "typed", ["沈玉兰", "玉兰", "2045", "13905722045", "330502195902030028", "墙壕里", "渗水 衣柜"]
)
def test_it_is_found_by_what_people_remember(town, at_desk, typed):
    who = [a_party(name="沈玉兰", phone="13905722045", id_number="330502195902030028"), a_party("respondent")]
    town.dispute(parties=who, address="墙壕里小区4幢", title="渗水")
    assert titles(at_desk(town.clerk()).get("/desk/search/", {"q": typed})) == ["渗水"]
    assert titles(at_desk(town.clerk(town.other_branch)).get("/desk/search/", {"q": typed})) == []


def test_two_parties_of_one_number_are_one_dispute(town, at_desk):
    town.dispute(parties=[a_party(phone="13905722045"), a_party("respondent", phone="13805722045")])
    assert len(titles(at_desk(town.clerk()).get("/desk/search/?q=2045"))) == 1


@pytest.mark.parametrize("typed", ["", "   ", "没有这个词", "'\"*()", "％", "a" * 500, "一 二 三 四 五 六 七 八 九 十"])
def test_nothing_found_says_what_to_try(town, at_desk, typed):
    town.dispute()
    answer = at_desk(town.clerk()).get("/desk/search/", {"q": typed})
    assert answer.status_code == 200
    assert titles(answer) == []


def test_filters_hold_on_the_list_of_all(town, at_desk):
    clerk = town.clerk()
    routing.dispatch(town.dispute(title="分出去的"), to=town.village, by=clerk)
    town.dispute(title="还在的")
    client = at_desk(clerk)
    assert titles(client.get("/desk/disputes/?state=routed")) == ["分出去的"]
    assert titles(client.get("/desk/disputes/?state=open")) == ["还在的", "分出去的"]
    assert titles(client.get("/desk/disputes/?state=closed")) == []
    assert titles(client.get(f"/desk/disputes/?handler=b{town.branch.pk}")) == ["还在的"]


@pytest.mark.parametrize("address", ["/desk/disputes/", "/desk/search/?q=渗水"])
def test_a_list_costs_the_same_whatever_its_length(town, at_desk, django_assert_max_num_queries, address):
    client = at_desk(town.clerk())
    town.dispute(title="渗水")
    client.get(address)
    with django_assert_max_num_queries(18) as few:
        client.get(address)
    for _ in range(15):
        town.dispute(title="渗水")
    with django_assert_max_num_queries(len(few)):
        client.get(address)
    assert Dispute.objects.count() == 16


@pytest.mark.once  # which ways there are does not depend on the engine, and where they lead is asked by others
@pytest.mark.parametrize("role", [role for role in Role if role != Role.MEDIATOR])
def test_every_way_in_the_navigation_leads_somewhere(town, at_desk, role):
    client = at_desk(a_user(town.branch, role))
    home = client.get("/desk/notices/").context["nav_groups"]
    ways = [item.url for group in home for item in group.items]
    assert len(ways) >= 2
    assert [(url, client.get(url, follow=True).status_code) for url in ways] == [(url, 200) for url in ways]
