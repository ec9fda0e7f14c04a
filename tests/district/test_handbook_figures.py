"""The five folders against the domain handbook itself: its sections 1.1 and 1.5 are read, figure by figure and name by name."""

import os
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from fengqiao.bodies.models import Body, Mechanism, Stationing, Strength, Target, Window
from fengqiao.people.models import User
from fengqiao.places.models import Region

SHARED = Path(os.environ.get("FENGQIAO_SHARED") or Path(__file__).resolve().parents[3] / "shared")
HANDBOOK = SHARED / "domain" / "handbook.md"

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # loading is tried on both engines in test_loading.py


@pytest.fixture(scope="module")
def handbook() -> str:
    if not HANDBOOK.is_file():
        pytest.skip(f"no handbook at {HANDBOOK}: set FENGQIAO_SHARED")
    return HANDBOOK.read_text(encoding="utf-8")


@pytest.fixture
def district(handbook):
    """`district("Xihu")`: that district loaded, and what the handbook says of it in 1.5."""

    def loaded(name: str) -> str:
        call_command("load_district", name.lower(), stdout=StringIO())
        part = handbook.split("### 1.5")[1].split("\n## ")[0]
        return re.split(r"\n\*\*(?=[A-Z])", part.split(f"**{name} ")[1])[0]

    return loaded


def figure(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    assert found, f"the handbook does not say {pattern}"
    return int(found[1].replace(",", ""))


def listed(text: str, label: str) -> list[str]:
    """The names in the row of that label, in the handbook's table."""
    row = re.search(rf"\| {label}[^|]*\| ([^|]+) \|", text)
    assert row, label
    return [name.strip() for name in re.split(r"[;；]", row[1]) if name.strip()]


def bodies(kind: str, **more) -> int:
    return Body.objects.filter(kind=kind, **more).count()


def test_xihu(district):
    said = district("Xihu")
    assert bodies("sub_center") == figure(said, r"(\d+) 个中心")
    assert bodies("department") == figure(said, r"(\d+) 个主要部门")
    assert Window.objects.filter(kind="general_window").count() == figure(said, r"综合窗口 (\d+)")
    assert Window.objects.filter(kind="specialist_window").count() == figure(said, r"专业窗口 (\d+)")
    assert User.objects.filter(is_slot=True).count() == figure(said, r"调解账户 (\d+)")
    assert bodies("mdc_industry") == figure(said, r"专业性调委会 (\d+)")
    assert bodies("mdc_park") == figure(said, r"园区调委会 (\d+)")
    assert bodies("mdc_outpost") == figure(said, r"派出调解工作室 (\d+)")
    subjects = re.search(r"Window subjects named: ([^(]+)\(", said)[1].strip()
    assert set(Window.objects.exclude(subject="").values_list("subject", flat=True)) >= set(subjects.split("、"))
    for name in (
        "人民调解员",
        "专业调解律师",
        "基层服务律师",
        "行政调解律师团",
        "诉源治理律所",
        "专职调解员",
        "行政调解人员",
    ):
        assert Strength.objects.get(name__startswith=name).n == figure(said, rf"{name} ([\d,]+)"), name


def test_wuxing(district):
    said = district("Wuxing")
    whole, others = figure(said, r"(\d+) whole-unit"), figure(said, r"(\d+) other departments")
    assert bodies("department", stationing=Stationing.WHOLE_UNIT) == whole
    assert bodies("department") == whole + others == figure(said, r"\"(\d+) departments\"")
    assert Window.objects.count() == figure(said, r"(\d+) windows")
    branches, areas, grids = (int(n) for n in re.search(r"(\d+) / (\d+) / (\d+) branches", said).groups())
    assert bodies("town_branch") == branches
    assert Region.objects.filter(level__key="area").count() == areas
    assert Region.objects.filter(level__key="grid").count() == grids
    for label, kind in (("两庭", "tribunal"), ("四室", "room"), ("十中心", "sub_center"), ("十调委", "mdc_industry")):
        wanted = listed(said, label)
        assert list(Body.objects.filter(kind=kind).order_by("pk").values_list("name", flat=True)) == wanted
        assert len(wanted) == figure(said, rf"{label} \((\d+)\)")
    for label, kind in (("四大流程板块", "flow"), ("五级调处", "tier"), ("机制", "mechanism")):
        assert list(Mechanism.objects.filter(kind=kind).order_by("pk").values_list("name", flat=True)) == listed(
            said, label
        )


def test_jiangbei(district):
    said = district("Jiangbei")
    assert bodies("town_branch") == figure(said, r"(\d+) 街道\(镇\)")
    assert Region.objects.filter(level__key="village").count() == figure(said, r"(\d+) 村\(社区\)")
    online = Mechanism.objects.filter(key__startswith="online-")
    assert online.count() == figure(said, r"(\d+) online platforms")
    assert online.filter(is_slot=False).count() == figure(said, r"\((\d+) named")
    assert Mechanism.objects.filter(kind="mode").count() == 6  # 六调合一
    assert Mechanism.objects.filter(kind="mechanism", is_slot=True).count() == 10  # 十大运行机制, not listed
    for name in re.search(r"六调合一: ([^;]+);", said)[1].split("、"):
        assert Mechanism.objects.filter(kind="mode", name=name).exists()


def test_putuo(district):
    said = district("Putuo")
    units = re.search(r"(\d+) units: ([^.]+)\.", said)
    names = [name.strip().strip('"') for name in units[2].split(";")]
    assert bodies("sub_center") == int(units[1]) == len(names)
    assert Window.objects.filter(kind="service_window").count() == figure(said, r"(\d+) windows")
    assert bodies("mdc_industry") == figure(said, r"(\d+) specialist bodies")
    assert Strength.objects.get(key="senior-mediators").n == figure(said, r"(\d+) senior mediators")
    assert Strength.objects.get(key="specialists").n == figure(said, r"(\d+)-odd specialists")
    assert Strength.objects.get(key="lawyers").n == figure(said, r"(\d+) lawyers")
    assert Mechanism.objects.filter(key__startswith="system-").count() == figure(said, r"(\d+) system platforms")


def test_binjiang_and_the_targets_of_all(district, handbook):
    district("Binjiang")
    targets = handbook.split("### 3.6")[1].split("\n---")[0]
    wanted = {
        "respond": r"≤ (\d+) hours", "mediate": r"within (\d+) days", "cases-online": r"≥ (\d+) % of last year",
        "success-online": r"Online success \| ≥ (\d+) %", "joint-meetings": r"≥ (\d+) / ≥", "trainings": r"/ ≥ (\d+) a year",
    }  # fmt: skip
    for key, pattern in wanted.items():
        assert Target.objects.get(key=key).value == figure(targets, pattern), key
