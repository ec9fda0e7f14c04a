"""The district's ladder and thresholds: read with file and line, loaded, exported again, general where it names none."""

from io import StringIO

import pytest
from django.core.management import call_command

from fengqiao.disputes.models import Tier
from fengqiao.district import reading
from fengqiao.district.problems import Broken
from fengqiao.routing.grading.books import lines_in_force
from fengqiao.routing.models import GradeBook
from tests.district.folders import a_small_folder, change

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def folder(tmp_path):
    return a_small_folder(tmp_path)


def load(folder) -> None:
    call_command("load_district", str(folder), stdout=StringIO())


def test_the_named_ladder_and_the_proposed_thresholds_are_loaded_and_come_back(folder, tmp_path):
    load(folder)
    assert [tier.name for tier in Tier.objects.in_use()] == [
        "窗口即接即调", "事权部门内调", "系统交接联调", "中心牵头协调", "区领导交办督调",
    ]  # fmt: skip
    version, lines = lines_in_force()
    assert version == 1
    assert {line.source.split()[0] for line in lines} == {"建议"}  # no source gives numbers
    call_command("export_district", str(tmp_path / "out"), stdout=StringIO())
    assert reading.read(str(tmp_path / "out"))
    change(folder / "grading.csv", "people-major,people,30", "people-major,people,20")
    load(folder)
    load(folder)
    assert GradeBook.objects.count() == 2
    assert next(line.at_least for line in lines_in_force()[1] if line.key == "people-major") == 20


def test_a_district_that_names_no_ladder_gets_the_general_one_until_it_names_its_own(folder):
    named = (folder / "tiers.csv").read_text(encoding="utf-8")
    (folder / "tiers.csv").unlink()
    (folder / "grading.csv").unlink()
    load(folder)
    assert [tier.is_general for tier in Tier.objects.in_use()] == [True] * 5
    assert lines_in_force() == (0, [])
    (folder / "tiers.csv").write_text(named, encoding="utf-8")
    load(folder)
    assert {tier.is_general for tier in Tier.objects.in_use()} == {False}


def test_a_ladder_that_cannot_be_is_told_with_its_line(folder):
    change(
        folder / "tiers.csv", "tier-2,事权部门内调,2,handler,tier.department", "tier-2,事权部门内调,1,handler,mediate"
    )
    with pytest.raises(Broken) as broken:
        reading.read(str(folder))
    assert [(one.file, one.line) for one in broken.value.problems] == [("tiers.csv", 3), ("tiers.csv", 3)]
