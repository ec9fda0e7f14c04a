"""The table of limits: complete, in order, published as it is, and answering for every key."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils.translation import override

from fengqiao.disputes.catalogue import CATALOGUE, MEDIATION, RUNNING, SECTIONS
from fengqiao.disputes.clocks import due_at
from fengqiao.disputes.limits import DEFAULTS, LimitRule, limit_for
from fengqiao.disputes.management.commands.limits import document
from fengqiao.disputes.models import Category
from fengqiao.kernel.limits import Limit, Unit
from tests.mediation.case import Case
from tests.world import a_category


def test_the_published_table_is_the_one_of_the_catalogue():
    published = (Path(__file__).parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")
    with override("zh-hans"):
        assert "\n".join(document()) + "\n" == published, "run: python manage.py limits > docs/limits.md"


def test_no_key_stands_twice_and_every_limit_has_its_ground_and_its_beginning():
    rules = [rule for _title, rules in SECTIONS for rule in rules]
    assert len(rules) == len(CATALOGUE) > 55
    for rule in rules:
        assert str(rule.begins) and str(rule.name), rule.key
        assert rule.limit is None or str(rule.limit.basis), rule.key
        assert not isinstance(rule.extension, Limit) or str(rule.extension.basis), rule.key
        assert rule.limit is None or rule.limit.exclude_start_day != (
            rule.limit.unit is Unit.HOUR or rule.key == "issue.clear"
        )


@pytest.mark.parametrize(
    "key, length",
    [
        ("respond", "48小时"), ("petition.transfer", "15天"), ("petition.handle", "60天"), ("labour.award", "45天"), ("enforce", "2年"),
        ("court.ordinary", "6个月"), ("online.choose", "2个工作日"), ("traffic.apply_after", "3天"), ("police.second", "7个工作日"),
        ("confirm.object_third", "6个月"), ("reconsider.longest", "一年"), ("land.accept", "5个工作日"), ("mediate.post_filing_summary", "7天"),
    ],
)  # fmt: skip
def test_the_numbers_are_those_of_the_statutes(key, length):
    with override("zh-hans"):
        assert str(CATALOGUE[key].limit) == length


def test_what_runs_is_what_acts_start():
    assert set(DEFAULTS) == {rule.key for rule in RUNNING}
    assert not [rule.key for rule in CATALOGUE.values() if rule.runs and rule not in RUNNING]
    assert all(rule.key.startswith("mediate.") for rule in MEDIATION)


@pytest.mark.django_db
def test_a_limit_that_nothing_runs_can_be_computed_and_overridden():
    limit = limit_for("petition.handle", date(2026, 3, 2))
    due, provisional = due_at(datetime.fromisoformat("2026-03-02T10:00+08:00"), limit)
    assert (due.isoformat(), provisional) == ("2026-05-07T00:00:00+08:00", False)  # 1 May rolls over Labour Day
    LimitRule.objects.create(key="petition.handle", n=30, unit="calendar_day", basis="区里的规定")
    assert limit_for("petition.handle").n == 30
    with pytest.raises(KeyError):
        limit_for("petition.tell", date(2021, 1, 1))  # before the regulations
    with pytest.raises(KeyError):
        limit_for("window.feedback")
    LimitRule.objects.create(key="window.feedback", n=30, unit="hour", basis="区里的规定")
    assert limit_for("window.feedback").n == 30


@pytest.mark.django_db
def test_a_category_that_names_another_kind_of_mediation_runs_its_limit():
    category = a_category("13", "道路交通事故", limit_key="mediate.post_filing")
    case = Case()
    type(case.dispute).objects.filter(pk=case.dispute.pk).update(category=category)
    clock = case.assigned().now.main_clock
    assert (clock.key, clock.n, clock.unit) == ("mediate.post_filing", 15, "calendar_day")
    assert Category.objects.get(code="13").limit_key in CATALOGUE
