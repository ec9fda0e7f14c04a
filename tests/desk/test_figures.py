"""统计: what is counted for whom, in which stretch of days, and under which name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from fengqiao.bodies.models import Body
from fengqiao.desk.figures.counting import COHORT, COLUMNS, THROUGHPUT, Share, lines, together
from fengqiao.desk.figures.period import Period, asked_for, usual
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.access.county import County
from tests.access.course import Course
from tests.access.stage import one_print_of_each_form
from tests.world import a_user

URL = "/desk/figures/"
TODAY = date(2026, 11, 20)
LAST_YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


class TestPeriods:
    def test_this_year_so_far_unless_something_else_is_asked_for(self):
        assert asked_for({}, TODAY) == Period(date(2026, 1, 1), TODAY)
        assert asked_for({"from": "2026-02-01", "to": "2026-02-28"}, TODAY).first == date(2026, 2, 1)

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [("31.1.2026", "", "2026-01-31"), ("2026-02-02", "2026-02-01", "换过来"), ("1900-01-01", "", "2000 年以后")],
    )
    def test_days_that_are_none_are_refused(self, first, last, said):
        with pytest.raises(Refused, match=said):
            asked_for({"from": first, "to": last}, TODAY)

    def test_the_usual_ones_end_where_they_should(self):
        found = {str(label): (period.first, period.last) for label, period in usual(TODAY)}
        assert found["上月"] == (date(2026, 10, 1), date(2026, 10, 31))
        assert found["本季度"] == (date(2026, 10, 1), TODAY)
        assert found["去年"] == (date(2025, 1, 1), date(2025, 12, 31))

    def test_a_day_ends_at_midnight_in_the_district(self):
        begins, over = Period(TODAY, TODAY).moments
        assert (over - begins, timezone.localtime(begins).hour) == (timedelta(days=1), 0)

    def test_it_is_cut_where_a_name_changed(self):
        body = Body(former=[{"until": "2026-06-30", "name": "旧"}, {"until": "2030-01-01", "name": "新"}])
        assert [(one.first, one.last) for one in asked_for({}, TODAY).parts([body])] == [
            (date(2026, 1, 1), date(2026, 6, 30)),
            (date(2026, 7, 1), TODAY),
        ]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(2295, 2377, "96.55 %"), (1, 3, "33.33 %"), (187, 207, "90.34 %"), (0, 0, "无"), (1, 800, "0.13 %")],
)
def test_a_rate_is_rounded_half_up_and_over_nothing_it_is_none(part, whole, said):
    assert str(Share(part, whole)) == said


@dataclass
class World:
    """One dispute over and done with, one under mediation, one that was merged into one next door."""

    county: County
    done: Course
    bodies: list[Body]


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Every test of the file sees it and undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        county = County()
        with one_print_of_each_form():
            done, _going = (
                Course(county, county.here, "电视").archived(),
                Course(county, county.here, "沙发").mediating(),
            )
        twin, other = Course(county, county.here, "地毯"), Course(county, county.there, "鱼缸")
        routing.merge(twin.dispute, into=other.dispute, reason="同一件事", by=a_user(county.centre, Role.DISPATCHER))
        yield World(county, done, list(Body.objects.select_related("region")))
        transaction.set_rollback(True)


@pytest.fixture
def county(lived: World, db) -> County:
    return lived.county


def figures_of(bodies: list[Body], view: str, period: Period | None = None) -> dict[str, dict[str, str]]:
    """By body and title, as they are shown."""
    found = lines(bodies, period or asked_for({}, timezone.localdate()))
    return {
        row.name: {str(column.title): str(cell) for column, cell in row.cells(view)}
        for row in [*found, together(found)]
    }


class TestCounting:
    def test_what_was_closed_and_how_it_ended(self, county, lived):
        mine = figures_of(lived.bodies, THROUGHPUT)[county.here.committee.name]
        assert (mine["办结"], mine["化解"], mine["调解不成"], mine["调解成功率"]) == ("1", "1", "0", "100.00 %")
        assert mine["满意率"] == "100.00 %"

    def test_what_became_of_those_that_were_accepted(self, county, lived):
        mine = figures_of(lived.bodies, COHORT)[county.here.committee.name]
        assert (mine["受理"], mine["达成协议"], mine["期限内还在办"], mine["调处化解率"]) == ("2", "1", "1", "100.00 %")

    def test_who_registered_it_and_who_came_count_where_they_came(self, county, lived):
        found = figures_of(lived.bodies, THROUGHPUT)
        assert found[county.here.branch.name]["登记"] == "2", "the merged one is no dispute of its own"
        assert found[county.here.branch.name]["批次"] == "3", "and yet somebody came for it"
        assert found["合计"]["登记"] == "3"

    def test_a_body_that_did_nothing_has_no_line(self, county, lived):
        assert county.once.name not in figures_of(lived.bodies, THROUGHPUT)

    def test_outside_the_period_there_is_nothing(self, county, lived):
        assert list(figures_of(lived.bodies, THROUGHPUT, LAST_YEAR)) == ["合计"]

    def test_a_limit_that_is_not_over_yet_says_nothing_and_one_that_was_missed_counts(self, county, lived):
        body = county.there.branch
        days = Period(timezone.localdate(), timezone.localdate() + timedelta(days=3))
        assert figures_of([body], THROUGHPUT, days)[body.name]["48 小时响应率"] == "无"
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            assert figures_of([body], THROUGHPUT, days)[body.name]["48 小时响应率"] == "0.00 %"
        other = Dispute.objects.get(first_body=body)
        routing.accept(other, by=county.there.branch_manager)
        assert figures_of([body], THROUGHPUT, days)[body.name]["48 小时响应率"] == "100.00 %"

    def test_a_duty_counts_once_its_day_has_come(self, county, lived):
        body, today = county.here.committee, timezone.localdate()
        days = Period(today, today + timedelta(days=90))
        assert figures_of([body], THROUGHPUT, days)[body.name]["协议履行率"] == "无"
        with time_machine.travel(timezone.now() + timedelta(days=90)):
            assert figures_of([body], THROUGHPUT, days)[body.name]["协议履行率"] == "100.00 %"

    def test_what_is_opened_again_is_not_closed(self, county, lived):
        Dispute.objects.filter(pk=lived.done.pk).update(closed_at=None)
        assert figures_of(lived.bodies, THROUGHPUT)["合计"]["办结"] == "0"

    def test_every_figure_says_how_it_is_computed(self):
        assert all(str(column.formula) for columns in COLUMNS.values() for column in columns)


class TestTheName:
    def test_a_body_that_was_renamed_has_a_line_for_each_name(self, county):
        body, day = county.there.branch, timezone.localdate() - timedelta(days=10)
        with time_machine.travel(timezone.now() - timedelta(days=20)):
            Course(county, county.there, "冰箱")
        body.former = [{"until": day.isoformat(), "name": "老街道分中心", "short_name": "老"}]
        body.save()
        period = Period(day - timedelta(days=30), timezone.localdate())
        found = figures_of([Body.objects.get(pk=body.pk)], THROUGHPUT, period)
        assert list(found) == ["老街道分中心", body.name, "合计"]
        assert [found[name]["登记"] for name in found] == ["1", "1", "2"]


class TestThePage:
    def names(self, client, person, query="") -> str:
        client.force_login(person)
        answer = client.get(URL + query)
        assert answer.status_code == 200
        return answer.content.decode().split("<main", 1)[1]

    def test_the_county_sees_everybody_the_branch_its_region_the_committee_itself(self, client, county, lived):
        here, there, committee = county.here.branch.name, county.there.branch.name, county.here.committee.name
        head = self.names(client, a_user(county.centre, Role.MANAGER))
        assert here in head
        assert there in head
        town = self.names(client, county.here.branch_manager)
        assert committee in town
        assert there not in town
        own = self.names(client, county.here.manager)
        assert here not in own
        assert "合计" not in own

    def test_a_clerk_sees_their_own_body_and_a_leader_the_region(self, client, county, lived):
        assert county.here.committee.name not in self.names(client, county.here.window).split("</h1>")[1]
        assert county.there.branch.name in self.names(client, a_user(county.centre, Role.LEADER))

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.SECURITY, Role.AUDITOR])
    def test_who_has_nothing_to_do_with_disputes_sees_none(self, client, county, role):
        client.force_login(a_user(county.centre, role))
        assert client.get(URL).status_code == 403
        assert client.post(f"{URL}export/", {"format": "csv"}).status_code == 403

    def test_days_that_are_none_are_said_and_the_page_stands(self, client, county):
        assert "换过来" in self.names(client, county.here.manager, "?from=2026-02-02&to=2026-02-01")

    def test_as_a_file_every_rate_comes_with_what_it_was_computed_from_and_it_is_on_record(self, client, county, lived):
        client.force_login(county.here.manager)
        file = client.post(f"{URL}export/?view=accepted", {"format": "csv"}).content.decode("utf-8-sig")
        assert "调处化解率,分子,分母" in file
        assert "100.00 %,1,1" in file
        assert Entry.objects.filter(kind="figures.exported").count() == 1
