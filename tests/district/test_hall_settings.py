"""What a district says about its windows and its queue, and what holds where it says nothing."""

import pytest

from fengqiao.bodies.commands import assign_window, set_up_window
from fengqiao.bodies.models import Body, Window, WindowState
from fengqiao.district import reading
from fengqiao.district.loading import load
from fengqiao.district.problems import Broken
from fengqiao.intake.models import QueueRules
from fengqiao.intake.queue.rules import Rules, rules
from fengqiao.people.models import Role
from tests.district.folders import a_folder, change
from tests.world import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # loading is tried on both engines in test_loading.py

WIDER = "key,body,name,kind,subject,is_slot,source,subjects,hours"
QUEUE = "queue:\n  miss_places: 5\n  from_home: 0\n  minutes: {劳动纠纷: 25}\n\nnotes:"


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path)


def window_row(folder, cells: str) -> None:
    (folder / "windows.csv").write_text(f"{WIDER}\n{cells}\n", encoding="utf-8")


def test_a_folder_that_says_nothing_leaves_the_built_in_rules(folder):
    load(reading.read(str(folder)))
    assert rules() == Rules()
    assert not QueueRules.objects.exists()


def test_a_districts_own_settings_hold_and_go_with_its_folder(folder):
    change(folder / "district.yaml", "notes:", QUEUE)
    load(reading.read(str(folder)))
    assert (rules().miss_places, rules().from_home, rules().prior("劳动纠纷"), rules().prior("消费")) == (
        5,
        False,
        25,
        12,
    )
    assert not load(reading.read(str(folder))).changed
    change(folder / "district.yaml", QUEUE, "notes:")
    load(reading.read(str(folder)))
    assert rules() == Rules()


@pytest.mark.parametrize("wrong", [
    "miss_places: many", "elder: 999", "self_declared: 2", "unheard_of: 1", "minutes: 12", "minutes: {劳动: soon}",
])  # fmt: skip
def test_what_is_no_setting_is_told_with_its_line(folder, wrong):
    change(folder / "district.yaml", "notes:", f"queue:\n  {wrong}\n\nnotes:")
    with pytest.raises(Broken) as broken:
        reading.read(str(folder))
    assert all(problem.file == "district.yaml" and problem.line for problem in broken.value.problems)


def test_windows_have_hours_and_several_subjects(folder):
    window_row(
        folder,
        'window-x,center,劳动窗口,specialist_window,劳动纠纷,0,示例,劳动纠纷、工伤,"1-5 08:30-12:00,13:30-17:00"',
    )
    load(reading.read(str(folder)))
    made = Window.objects.get(key="window-x")
    assert (made.takes, made.hours) == (["劳动纠纷", "工伤"], "1-5 08:30-12:00,13:30-17:00")


def test_hours_that_are_none_are_told(folder):
    window_row(folder, "window-x,center,劳动窗口,specialist_window,劳动纠纷,0,示例,,周一到周五")
    with pytest.raises(Broken, match="看不懂"):
        reading.read(str(folder))


def test_loading_again_leaves_the_days_changes_and_added_windows_alone(folder):
    window_row(folder, "window-x,center,劳动窗口,specialist_window,劳动纠纷,0,示例,,")
    load(reading.read(str(folder)))
    centre = Body.objects.root()
    boss = a_user(centre, Role.MANAGER)
    assign_window(Window.objects.get(key="window-x"), subjects=["工资"], serves=None, seen=0, by=boss)
    set_up_window(centre, name="加开窗口", kind="general_window", by=boss)
    assert not load(reading.read(str(folder))).changed
    assert Window.objects.get(key="window-x").takes == ["工资"]
    assert Window.objects.filter(name="加开窗口").exists()
    assert WindowState.objects.count() == 2
