"""Wuxing as its sources describe it, to the last body; what they do not name is an empty slot."""

import pytest

from fengqiao.agreements.models import Template
from fengqiao.bodies.models import Body, BodyKind, Stationing, Window
from fengqiao.disputes.models import Category
from fengqiao.people.models import Role, User
from fengqiao.places.models import Level, Region
from fengqiao.routing.rules.books import in_force

# Loading is tried on both engines in test_loading.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("wuxing")]


def names(kind: BodyKind) -> list[str]:
    return list(Body.objects.filter(kind=kind, is_slot=False).order_by("pk").values_list("name", flat=True))


def test_wuxing_has_the_bodies_that_its_source_names():
    # Handbook 1.5, word for word.
    assert names(BodyKind.TRIBUNAL) == ["法庭", "仲裁庭"]
    assert names(BodyKind.ROOM) == ["行政复议听证室", "风险评估指导室", "律师调解室", "阿奇调解工作室"]
    assert names(BodyKind.SUB_CENTER) == [
        "人民来访接待中心", "诉讼服务中心", "公共法律服务中心", "平安信息指挥中心", "警调对接中心",
        "检调对接中心", "诉调对接中心", "访调对接中心", "行政争议调解中心", "职工维权帮扶中心",
    ]  # fmt: skip
    assert names(BodyKind.MDC_INDUSTRY) == [
        "劳资纠纷调委会", "交通事故纠纷调委会", "婚姻家庭纠纷调委会", "学生伤害纠纷调委会", "消费维权纠纷调委会",
        "医疗纠纷调委会", "环保纠纷调委会", "物业纠纷调委会", "金融纠纷调委会", "新居民调委会",
    ]  # fmt: skip
    assert names(BodyKind.BRAND_STUDIO) == ["老兵驿站", "老宋谈心室", "平安大姐工作室"]
    whole = Body.objects.filter(stationing=Stationing.WHOLE_UNIT).order_by("pk")
    assert [body.name for body in whole] == ["政法委", "信访局", "司法局", "应急管理局"]


def test_wuxing_counts_what_its_source_counts():
    assert Body.objects.filter(kind=BodyKind.TOWN_BRANCH).count() == 14
    assert Body.objects.filter(kind=BodyKind.DEPARTMENT).count() == 22
    assert Window.objects.count() == 20
    by_level = {level.key: level.regions.count() for level in Level.objects.all()}
    # 19 towns and 367 villages are all there are in the division table; 46 areas and 538 grids are the source's.
    assert by_level == {"county": 1, "town": 19, "area": 46, "village": 367, "grid": 538}
    assert [level.name for level in Level.objects.order_by("rank")] == ["区中心", "镇街", "片区", "村社", "网格"]
    assert Category.objects.count() == 15


def test_nothing_is_invented_where_the_source_is_silent():
    for place in Region.objects.filter(level__key__in=("area", "grid")):
        assert place.is_slot
        assert "名称待填" in place.name
        assert place.parent.level.key == "county"
    slots = Body.objects.filter(name__contains="名称待填")
    assert slots.count() == 1 + 18
    assert not slots.exclude(is_slot=True, handles=False, coordinates=False).exists()
    assert Window.objects.filter(name__contains="名称待填", is_slot=True).count() == 20
    assert not Body.objects.filter(source="").exists()


def test_every_town_lies_in_the_county_and_only_its_own_branch_coordinates_it():
    branches = Body.objects.filter(kind=BodyKind.TOWN_BRANCH, is_slot=False).select_related("region__level")
    assert {branch.region.level.key for branch in branches} == {"town"}
    assert all(branch.coordinates and branch.name == f"{branch.region.name}分中心" for branch in branches)
    coordinating = Body.objects.filter(coordinates=True)
    assert coordinating.count() == coordinating.values("region").distinct().count() == 14
    assert Body.objects.root().name == "吴兴区社会矛盾纠纷调处化解中心"


def test_labour_and_medical_disputes_have_their_own_limits():
    limits = dict(Category.objects.values_list("code", "limit_key"))
    assert limits["10"] == "mediate.labour"
    assert limits["12"] == "mediate.medical"
    assert Category.objects.get(code="04").crosswalk == {"dispute16": ["B", "C", "H"]}
    (rule,) = (one for one in in_force().rules if one.category == "10")
    assert Body.objects.get(key=rule.bodies[0]).name == "劳资纠纷调委会"


def test_the_model_agreements_come_along():
    assert Template.objects.filter(is_active=True, key="water-leak").exists()


def test_accounts_come_without_a_password_and_everybody_has_a_place():
    assert {user.role for user in User.objects.all()} == set(Role.values)
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert all(user.body for user in User.objects.all())
