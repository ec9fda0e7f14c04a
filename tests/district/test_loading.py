"""Wuxing as its sources describe it; loading again changes nothing; what changed in the folder changes in place."""

import csv
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from fengqiao.agreements.models import Template
from fengqiao.bodies.models import Body, Window
from fengqiao.disputes.models import Category, LimitRule
from fengqiao.district.schema import TABLES
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import User
from fengqiao.places.models import Level, Region
from fengqiao.routing.models import RuleBook
from tests.district.folders import WUXING, a_folder, adding, change
from tests.world import a_town_branch, the_center

pytestmark = pytest.mark.django_db
MODELS = (Level, Region, Body, Window, Category, LimitRule, RuleBook, User, Template)


def load(folder="wuxing", **options) -> str:
    told = StringIO()
    call_command("load_district", str(folder), stdout=told, **options)
    return told.getvalue()


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


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


@pytest.mark.once
def test_a_districts_own_limit_comes_from_its_folder(tmp_path):
    folder = a_folder(tmp_path)
    adding("limits.csv", "respond,24,hour,,,,本区规定：一日内答复,2026-01-01,")(folder)
    load(folder)
    assert str(LimitRule.objects.get(key="respond").limit) == "24小时"
    assert "No change" in load(folder)


@pytest.mark.once
def test_what_is_missing_in_the_folder_stays(tmp_path):
    folder = a_folder(tmp_path)
    load(folder)
    windows = folder / "windows.csv"
    windows.write_text("".join(windows.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    assert "No change" in load(folder)
    assert Window.objects.count() == 20


@pytest.mark.once
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


@pytest.mark.once
def test_in_production_the_load_says_how_to_set_passwords():
    with override_settings(ENVIRONMENT="production"):
        assert "./run first_password" in load()


@pytest.mark.once
def test_the_format_is_documented_to_the_last_column():
    text = (WUXING.parents[1] / "docs" / "district-format.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = text.split(f"## {table.file}")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` |" in section, f"{table.file} {column.name}"


@pytest.mark.once
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
