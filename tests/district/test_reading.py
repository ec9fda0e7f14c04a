"""A broken folder is refused whole: each problem with its file, its line and the reason, and nothing is saved."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category
from fengqiao.district import reading
from fengqiao.district.problems import Broken
from fengqiao.people.models import User
from fengqiao.places.models import Level, Region
from tests.district.folders import a_folder, adding, change, line_of, replacing, without, writing

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # files are read; nothing is asked of the database

FEIYING = "330502004000"
BROKEN = {
    # what is wrong: (how to break it, the file blamed, words of the line blamed or its number, words of the reason)
    "a file is missing": (without("bodies.csv"), "bodies.csv", 0, "缺少这个文件"),
    "a file has a misspelt name": (writing("bodis.csv", b"key\n"), "bodis.csv", 0, "不认识的文件"),
    "a file is empty": (writing("categories.csv", b""), "categories.csv", 0, "文件是空的"),
    "another encoding": (writing("rules.csv", "category,body\n10,劳动\n".encode("gb18030")), "rules.csv", 2, "UTF-8"),
    "an unknown column": (replacing("windows.csv", "subject", "topic"), "windows.csv", 1, "不认识的列“topic”"),
    "a column twice": (replacing("bodies.csv", "phone,address", "phone,phone"), "bodies.csv", 1, "出现了两次"),
    "a missing column": (replacing("regions.csv", "code,level", "level"), "regions.csv", 1, "缺少列“code”"),
    "too many cells": (adding("rules.csv", "09,,mdc-environment,环境,S1,多了"), "rules.csv", "多了", "这一行有 6 格"),
    "a broken quotation": (adding("rules.csv", '09,"mdc'), "rules.csv", '09,"mdc', "CSV 写法有误"),
    "an invisible letter": (replacing("bodies.csv", "政法委", "政法\x08委"), "bodies.csv", "吴政", "控制字符"),
    "an empty required cell": (replacing("bodies.csv", ",政法委,", ",,"), "bodies.csv", "吴政", "name：必填"),
    "too long a name": (replacing("bodies.csv", "吴政", "吴" * 21), "bodies.csv", "政法委", "最多 20 个"),
    "a key of another shape": (replacing("bodies.csv", "dept-justice", "Dept_Justice"), "bodies.csv", "司法局", "写法不对"),
    "a key twice": (replacing("bodies.csv", "dept-justice", "dept-emergency"), "bodies.csv", "应急管理局", "行重复"),
    "an unknown kind": (replacing("bodies.csv", "whole_unit", "moved_in"), "bodies.csv", "moved_in", "不在可选值里"),
    "a flag that is none": (replacing("bodies.csv", ",1,1,,,,,1,S1", ",ja,1,,,,,1,S1"), "bodies.csv", 2, "应是 1（是）"),
    "a body in no place": (replacing("bodies.csv", FEIYING, "330502999000"), "bodies.csv", 6, "不在 regions.csv"),
    "a body under nobody": (replacing("bodies.csv", f"{FEIYING},center", f"{FEIYING},centre"), "bodies.csv", 6, "上级“centre”不在"),
    "two bodies in a circle": (
        replacing("bodies.csv", f"{FEIYING},center", f"{FEIYING},mdc-town-feiying"), "bodies.csv", 6, "绕成了一圈",
    ),
    "two that coordinate one place": (replacing("bodies.csv", FEIYING, "330502001000"), "bodies.csv", 6, "只能有一个"),
    "two committees of one short name": (replacing("bodies.csv", "吴交", "吴劳"), "bodies.csv", "交通事故", "编号会重"),
    "a slot that gets disputes": (
        replacing("bodies.csv", "部5,department,330502000000,center,,", "部5,department,330502000000,center,,1"),
        "bodies.csv", "dept-slot-05", "空位不能接分派",
    ),
    "no centre": (replacing("district.yaml", "center: center", "center: branch-yuehe"), "bodies.csv", 3, "county_center"),
    "a source nobody listed": (replacing("windows.csv", "S1 数目", "S9 数目"), "windows.csv", 2, "出处“S9 数目”"),
    "a code of another length": (replacing("regions.csv", f"{FEIYING},town", "33050200,town"), "regions.csv", 6, "写法不对"),
    "a code of another level": (replacing("regions.csv", f"{FEIYING},town", "330502004999,town"), "regions.csv", 6, "不合层级"),
    "a code outside its parent": (
        replacing("regions.csv", f"墙壕里社区居委会,{FEIYING}", "墙壕里社区居委会,330502005000"),
        "regions.csv", "墙壕里", "不在上级 330502005000 之内",
    ),
    "a place under nothing": (
        replacing("regions.csv", f"墙壕里社区居委会,{FEIYING}", "墙壕里社区居委会,330502099000"),
        "regions.csv", "墙壕里", "上级“330502099000”不在",
    ),
    "a place under a smaller one": (
        replacing("regions.csv", "飞英街道,330502000000", "飞英街道,330502004001"), "regions.csv", 6, "层级不比它高",
    ),
    "an unknown level": (replacing("regions.csv", f"{FEIYING},town", f"{FEIYING},city"), "regions.csv", 6, "不在 district.yaml"),
    "two counties": (adding("regions.csv", "330503000000,county,南浔区,,"), "regions.csv", 0, "正好有一行"),
    "a county of another name": (replacing("regions.csv", "吴兴区", "吴兴县"), "regions.csv", 2, "不一致"),
    "an unknown role": (replacing("accounts.csv", "leader", "mayor"), "accounts.csv", "mayor", "不在可选值里"),
    "a user in no body": (replacing("accounts.csv", "mdc-labour", "mdc-labor"), "accounts.csv", "mdc-labor,", "机构“mdc-labor”不在"),
    "a user in a slot": (replacing("accounts.csv", "mdc-labour", "dept-slot-07"), "accounts.csv", "slot-07", "空位，不能有人"),
    "a user name with capitals": (replacing("accounts.csv", "gumin", "GuMin"), "accounts.csv", "GuMin", "写法不对"),
    "a limit nobody defined": (replacing("categories.csv", "mediate.medical", "mediate.teeth"), "categories.csv", "teeth", "没有期限"),
    "a category that ends before it begins": (
        replacing("categories.csv", "P,,,", "P,2026-01-01,2025-12-31,"), "categories.csv", "02,邻里", "失效日期早于",
    ),
    "a day that is none": (replacing("categories.csv", "P,,,", "P,2026-02-30,,"), "categories.csv", "02,邻里", "不是日历上的日子"),
    "a limit of zero": (adding("limits.csv", "respond,0,hour,,,,本地规则,2026-01-01,"), "limits.csv", 2, "1 到 9999"),
    "an unknown limit": (adding("limits.csv", "reply,24,hour,,,,本地规则,2026-01-01,"), "limits.csv", 2, "不认识的期限"),
    "a rule for a category that is not": (replacing("rules.csv", "\n10,,", "\n77,,"), "rules.csv", "77,,", "类型“77”不在"),
    "a rule that sends to a court": (replacing("rules.csv", "mdc-labour", "tribunal-court"), "rules.csv", "tribunal", "不接分派"),
    "yaml that is none": (replacing("district.yaml", "center: center", "center: [center"), "district.yaml", None, "YAML 写法有误"),
    "a word said twice in yaml": (
        replacing("district.yaml", "name: 吴兴区", "name: 吴兴区\nname: 南浔区"), "district.yaml", "name: 南浔区", "出现了两次",
    ),
    "an unknown word in yaml": (replacing("district.yaml", "center:", "centre:"), "district.yaml", "centre:", "不认识的名称“centre”"),
    "levels out of order": (replacing("district.yaml", "rank: 2", "rank: 3"), "district.yaml", "key: town", "应是 rank: 2"),
    "a part that somebody unknown plays": (replacing("demo.yaml", "gumin", "nobody"), "demo.yaml", "nobody", "“nobody”不在"),
    "a part that nobody plays": (replacing("demo.yaml", "  workers: center-workers\n", ""), "demo.yaml", None, "缺少“workers”"),
    "another format": (replacing("district.yaml", "format: 1", "format: 2"), "district.yaml", "format: 2", "format 应是 1"),
}  # fmt: skip


def saved() -> list[int]:
    return [model.objects.count() for model in (Level, Region, Body, Category, User)]


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_folder_is_refused_with_file_line_and_reason_and_nothing_is_saved(what, tmp_path):
    folder = a_folder(tmp_path)
    break_it, file, line, why = BROKEN[what]
    break_it(folder)
    line = line_of(folder / file, line) if isinstance(line, str) else line
    where = file if line is None else f"{file}:{line}: " if line else f"{file}: "
    before = saved()
    with pytest.raises(CommandError) as refused:
        call_command("load_district", str(folder))
    told = [line for line in str(refused.value).splitlines() if line.startswith(where)]
    assert any(why in line for line in told), str(refused.value)
    assert saved() == before


def test_every_problem_is_told_at_once(tmp_path):
    folder = a_folder(tmp_path)
    change(folder / "accounts.csv", "leader", "mayor")
    change(folder / "bodies.csv", "330502004000,center", "330502004000,centre")
    change(folder / "regions.csv", "墙壕里社区居委会,330502004000", "墙壕里社区居委会,330502099000")
    with pytest.raises(Broken) as broken:
        reading.read(str(folder))
    assert [(problem.file, problem.line) for problem in broken.value.problems] == [
        ("accounts.csv", 5), ("bodies.csv", 6), ("regions.csv", 49),
    ]  # fmt: skip


def test_a_name_that_is_no_folder_is_refused():
    with pytest.raises(CommandError, match="没有这个区县文件夹"):
        call_command("load_district", "nowhere")


def test_checking_saves_nothing():
    before = saved()
    told = StringIO()
    call_command("load_district", "wuxing", check=True, stdout=told)
    assert "没有问题" in told.getvalue()
    assert saved() == before


def test_a_byte_order_mark_comments_and_blank_lines_are_read_over(tmp_path):
    folder = a_folder(tmp_path)
    file = folder / "categories.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\ufeff# 说明\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    assert len(reading.read(str(folder)).tables["categories.csv"]) == 15
