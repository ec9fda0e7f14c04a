"""Windows while the hall is at work: who may open, close and re-assign them, and what the record keeps."""

from datetime import date, time

import pytest

from fengqiao.bodies.commands import assign_window, close_window, open_window, set_up_window
from fengqiao.bodies.hours import Hours
from fengqiao.bodies.models import EVERYTHING, Window, WindowKind
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from tests.intake.people import assert_whole
from tests.world import a_committee, a_user, the_center

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return a_user(the_center(), Role.MANAGER, name="主任")


@pytest.fixture
def window(boss) -> Window:
    return set_up_window(the_center(), name="3 号窗口", kind=WindowKind.SPECIALIST, subjects=["劳动"], by=boss)


def told() -> list[str]:
    return [entry.sentence for entry in Entry.objects.of("body", the_center().pk)]


def again(window: Window) -> Window:
    return Window.objects.select_related("standing").get(pk=window.pk)


def test_a_window_is_set_up_opened_given_other_matters_and_closed_and_each_is_told(boss, window):
    clerk, labour = a_user(the_center(), name="陈晓燕"), a_committee()
    open_window(window, by=clerk)
    assign_window(window, subjects=["工伤", " 工伤 ", "工资"], serves=labour, seen=1, reason="劳动的人多", by=boss)
    close_window(window, reason="下班", by=clerk)
    now = again(window)
    assert (now.is_open, now.takes, now.state.serves) == (False, ["工伤", "工资"], labour)
    assert told() == [
        "主任 新设窗口 3 号窗口（专业窗口）。",
        "陈晓燕 开了窗口 3 号窗口。",
        f"主任 调整窗口 3 号窗口：办 工伤、工资，办 {labour} 的事。劳动的人多",
        "陈晓燕 关了窗口 3 号窗口：下班",
    ]
    assert_whole()


def test_opening_and_closing_twice_is_told_once(window):
    clerk = a_user(the_center())
    for command in (open_window, open_window):
        command(window, by=clerk)
    for _ in range(2):
        close_window(window, reason="", by=clerk)
    assert len(told()) == 3


def test_strangers_and_those_who_only_sit_there_are_refused(window):
    clerk, stranger = a_user(the_center()), a_user(a_committee(), Role.MANAGER)
    with pytest.raises(Refused):
        open_window(window, by=stranger)
    for who in (clerk, stranger):
        with pytest.raises(Refused):
            assign_window(window, subjects=[], serves=None, seen=0, by=who)
        with pytest.raises(Refused):
            set_up_window(the_center(), name="9 号", kind=WindowKind.GENERAL, by=who)
    assert len(told()) == 1


def test_a_slot_is_not_opened_before_it_has_a_name(boss):
    slot = Window.objects.create(
        body=the_center(), key="s", name="窗口5（名称待填）", kind=WindowKind.SERVICE, is_slot=True
    )
    with pytest.raises(Refused, match="还没有名称"):
        open_window(slot, by=boss)


def test_who_was_looking_at_an_older_window_is_told_so(boss, window):
    assign_window(window, subjects=["工资"], serves=None, seen=0, by=boss)
    with pytest.raises(Stale):
        assign_window(window, subjects=["工伤"], serves=None, seen=0, by=boss)
    assert again(window).takes == ["工资"]


def test_two_windows_of_one_name_are_refused(boss, window):
    with pytest.raises(Refused, match="换个名称"):
        set_up_window(the_center(), name=" 3 号窗口 ", kind=WindowKind.GENERAL, by=boss)


def test_what_a_window_takes_comes_from_the_folder_until_somebody_says_otherwise(boss):
    one = Window(kind=WindowKind.SPECIALIST, subject="劳动纠纷", subjects=[])
    several = Window(kind=WindowKind.SPECIALIST, subject="劳动纠纷", subjects=["劳动纠纷", "工伤"])
    assert (one.takes, several.takes) == (["劳动纠纷"], ["劳动纠纷", "工伤"])
    assert Window(kind=WindowKind.GENERAL).takes_general
    assert Window(kind=WindowKind.FALLBACK, subject="劳动").takes_general
    assert Window(kind=WindowKind.SPECIALIST, subjects=[EVERYTHING]).takes_general
    assert not one.takes_general


class TestHours:
    def test_days_and_spans_are_read(self):
        hours = Hours.read("1-5 08:30-12:00,13:30-17:00; 6 09:00-11:30")
        assert hours.on(date(2026, 11, 23)) == [(time(8, 30), time(12)), (time(13, 30), time(17))]
        assert hours.on(date(2026, 11, 28)) == [(time(9), time(11, 30))]
        assert hours.on(date(2026, 11, 29)) == []
        assert not Hours.read("")

    @pytest.mark.parametrize(
        "text", ["周一", "8 08:30-12:00", "5-1 08:30-12:00", "1 12:00-08:30", "1 25:00-26:00", "1 8:30-9"]
    )
    def test_what_is_no_hours_is_refused_with_a_sentence(self, text):
        with pytest.raises(Refused):
            Hours.read(text)
