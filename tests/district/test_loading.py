"""Wuxing as its sources describe it; loading again changes nothing; what changed in the folder changes in place."""

import csv
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from fengqiao.agreements.models import Template
from fengqiao.bodies.models import Body, BodyKind, Stationing, Window
from fengqiao.disputes.models import Category, LimitRule
from fengqiao.district.schema import TABLES
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role, User
from fengqiao.places.models import Level, Region
from fengqiao.routing.models import Rule
from tests.district.folders import WUXING, a_folder, adding, change
from tests.world import a_town_branch, the_center

pytestmark = pytest.mark.django_db
MODELS = (Level, Region, Body, Window, Category, LimitRule, Rule, User, Template)


def load(folder="wuxing", **options) -> str:
    told = StringIO()
    call_command("load_district", str(folder), stdout=told, **options)
    return told.getvalue()


def names(kind: BodyKind) -> list[str]:
    return list(Body.objects.filter(kind=kind, is_slot=False).order_by("pk").values_list("name", flat=True))


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@pytest.fixture
def wuxing():
    load()


@pytest.mark.usefixtures("wuxing")
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


@pytest.mark.usefixtures("wuxing")
def test_wuxing_counts_what_its_source_counts():
    assert Body.objects.filter(kind=BodyKind.TOWN_BRANCH).count() == 14
    assert Body.objects.filter(kind=BodyKind.DEPARTMENT).count() == 22
    assert Window.objects.count() == 20
    by_level = {level.key: level.regions.count() for level in Level.objects.all()}
    # 19 towns and 367 villages are all there are in the division table; 46 areas and 538 grids are the source's.
    assert by_level == {"county": 1, "town": 19, "area": 46, "village": 367, "grid": 538}
    assert [level.name for level in Level.objects.order_by("rank")] == ["区中心", "镇街", "片区", "村社", "网格"]
    assert Category.objects.count() == 15


@pytest.mark.usefixtures("wuxing")
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


@pytest.mark.usefixtures("wuxing")
def test_every_town_lies_in_the_county_and_only_its_own_branch_coordinates_it():
    branches = Body.objects.filter(kind=BodyKind.TOWN_BRANCH, is_slot=False).select_related("region__level")
    assert {branch.region.level.key for branch in branches} == {"town"}
    assert all(branch.coordinates and branch.name == f"{branch.region.name}分中心" for branch in branches)
    coordinating = Body.objects.filter(coordinates=True)
    assert coordinating.count() == coordinating.values("region").distinct().count() == 14
    assert Body.objects.root().name == "吴兴区社会矛盾纠纷调处化解中心"


@pytest.mark.usefixtures("wuxing")
def test_labour_and_medical_disputes_have_their_own_limits():
    limits = dict(Category.objects.values_list("code", "limit_key"))
    assert limits["10"] == "mediate.labour"
    assert limits["12"] == "mediate.medical"
    assert Category.objects.get(code="04").crosswalk == {"dispute16": ["B", "C", "H"]}
    assert Rule.objects.get(category__code="10").body.name == "劳资纠纷调委会"


@pytest.mark.usefixtures("wuxing")
def test_the_model_agreements_come_along():
    assert Template.objects.filter(is_active=True, key="water-leak").exists()


@pytest.mark.usefixtures("wuxing")
def test_accounts_come_without_a_password_and_everybody_has_a_place():
    assert {user.role for user in User.objects.all()} == set(Role.values)
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert all(user.body for user in User.objects.all())


def test_the_whole_district_is_loaded_within_seconds():
    begun = time.perf_counter()
    load()
    assert time.perf_counter() - begun < 20


def test_loading_again_changes_nothing_and_says_so():
    load()
    before = everything()
    assert "No change" in load()
    assert everything() == before
    assert Entry.objects.filter(kind="district.loaded").count() == 1
    assert list(verify()) == []


def test_what_changed_in_the_folder_changes_in_place(tmp_path):
    folder = a_folder(tmp_path)
    load(folder)
    body, user = Body.objects.get(key="dept-slot-05"), User.objects.get(username="gumin")
    user.set_password("fengqiao-demo")
    user.save()
    change(folder / "bodies.csv", "入驻部门5（名称待填）", "市场监督管理局")
    change(
        folder / "accounts.csv",
        "顾敏,mediator,mdc-labour,,专职调解员,",
        "顾敏,mediator,mdc-labour,,首席调解员,13800000000",
    )
    change(folder / "regions.csv", "网格1（名称待填）,330502000000,1", "墙壕里第一网格,330502000000,")
    told = load(folder)
    assert "bodies.csv：新增 0，更新 1，没有变化 69" in told
    assert Body.objects.get(pk=body.pk).name == "市场监督管理局"
    assert Region.objects.get(code="330502000000001").name == "墙壕里第一网格"
    user.refresh_from_db()
    assert (user.title, user.phone) == ("首席调解员", "13800000000")
    assert user.check_password("fengqiao-demo")
    entry = Entry.objects.filter(kind="district.loaded").last()
    assert entry.sentence == "系统 载入区县数据 wuxing：新增 0 行，更新 4 行。"  # the account is on the roster too


def test_a_districts_own_limit_comes_from_its_folder(tmp_path):
    folder = a_folder(tmp_path)
    adding("limits.csv", "respond,24,hour,,,,本区规定：一日内答复,2026-01-01,")(folder)
    load(folder)
    assert str(LimitRule.objects.get(key="respond").limit) == "24小时"
    assert "No change" in load(folder)


def test_what_is_missing_in_the_folder_stays(tmp_path):
    folder = a_folder(tmp_path)
    load(folder)
    windows = folder / "windows.csv"
    windows.write_text("".join(windows.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert "No change" in load(folder)
    assert Window.objects.count() == 20


def test_one_installation_is_one_county():
    the_center().region.__class__.objects.filter(code="330502000000").update(code="330106000000", name="西湖区")
    with pytest.raises(CommandError, match="西湖区"):
        load()
    assert Region.objects.count() == 1


def test_places_and_bodies_that_were_there_before_are_taken_over():
    branch = a_town_branch("330502004000", "飞英街道")
    Body.objects.filter(pk=branch.pk).update(key="branch-feiying")
    load()
    assert Body.objects.get(key="branch-feiying").pk == branch.pk
    assert Region.objects.filter(code="330502004000").count() == 1


def test_in_production_the_load_says_how_to_set_passwords():
    with override_settings(ENVIRONMENT="production"):
        assert "./run first_password" in load()


def test_the_format_is_documented_to_the_last_column():
    text = (WUXING.parents[1] / "docs" / "district-format.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = text.split(f"## {table.file}")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` |" in section, f"{table.file} {column.name}"


def test_files_of_the_folder_are_plain_csv():
    for table in TABLES:
        if not table.required and not (WUXING / table.file).exists():
            continue
        with (WUXING / table.file).open(encoding="utf-8", newline="") as file:
            assert len({len(row) for row in csv.reader(file) if row and not row[0].startswith("#")}) == 1


@pytest.mark.once
def test_without_a_district_the_demonstration_says_what_to_do():
    with pytest.raises(CommandError, match="load-district"):
        call_command("demo", stdout=StringIO())
