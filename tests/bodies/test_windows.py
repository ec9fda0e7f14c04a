"""Windows while the hall is at work: who may open, close and re-assign them, and what the record keeps."""

from datetime import date, time

import pytest

from fengqiao.bodies.commands import (
    assign_window,
    close_window,
    correct_window,
    open_window,
    restore_window,
    retire_window,
    set_up_window,
)
from fengqiao.bodies.hours import Hours
from fengqiao.bodies.models import EVERYTHING, Window, WindowKind
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.people.duty.commands import plan
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


def test_a_window_is_renamed_given_hours_retired_and_brought_back_and_each_is_told(boss, window):
    admin = a_user(the_center(), Role.ADMIN, name="何静")
    facts = {"kind": WindowKind.SPECIALIST, "hours": "周一至周五 8:30-12:00，13:30-17:00"}
    correct_window(window, name="劳动窗口", **facts, seen=0, reason="按牌子改", by=admin)
    correct_window(window, name="劳动窗口", **facts, seen=1, by=boss)
    with pytest.raises(Stale):
        correct_window(window, name="工资窗口", **facts, seen=0, by=boss)
    retire_window(window, seen=1, reason="并到综合窗口", by=boss)
    assert not Window.objects.named().exists()
    with pytest.raises(Refused, match="先恢复"):
        open_window(again(window), by=boss)
    restore_window(window, seen=2, by=admin)
    assert again(window).hours == "1-5 08:30-12:00,13:30-17:00"
    assert told()[1:] == [
        "何静 修改了窗口 劳动窗口：名称由“3 号窗口”改为“劳动窗口”、"
        "开放时间由“没有写”改为“周一至周五 08:30-12:00、13:30-17:00”。按牌子改",
        "主任 停用了窗口 劳动窗口：并到综合窗口",
        "何静 恢复了窗口 劳动窗口。",
    ]
    assert_whole()


@pytest.mark.once
def test_who_arranges_the_windows_of_a_hall():
    """Who runs it, and the system administrator any of them; nobody else, whatever their role, and no peer."""
    hall, peer = a_committee(), a_committee()
    may = {(Role.MANAGER, hall), (Role.DISPATCHER, hall), (Role.ADMIN, hall), (Role.ADMIN, peer)}
    for role in Role:
        for where in (hall, peer):
            try:
                made = set_up_window(hall, name=f"{role} {where.pk}", kind=WindowKind.GENERAL, by=a_user(where, role))
            except Refused:
                made = None
            assert ((role, where) in may) is (made is not None), (role, where)


def test_a_window_is_not_retired_while_people_are_there_or_planned_for(boss, window):
    clerk = a_user(the_center(), name="陈晓燕")
    open_window(window, by=clerk)
    with pytest.raises(Refused, match="先关窗"):
        retire_window(window, seen=1, reason="x", by=boss)
    close_window(window, reason="", by=clerk)
    plan(the_center(), person=clerk, weekday=0, starts=time(8), ends=time(12), window=window, by=boss)
    with pytest.raises(Refused, match="值班表里陈晓燕"):
        retire_window(window, seen=2, reason="x", by=boss)


def test_a_name_given_up_may_be_used_again_and_then_the_old_window_stays_away(boss, window):
    retire_window(window, seen=0, reason="换地方", by=boss)
    set_up_window(the_center(), name="3 号窗口", kind=WindowKind.GENERAL, by=boss)
    with pytest.raises(Refused, match="换个名称"):
        restore_window(window, seen=1, by=boss)


def test_a_slot_that_is_given_a_name_is_one_no_more(boss):
    slot = Window.objects.create(
        body=the_center(), key="s", name="窗口5（名称待填）", kind=WindowKind.SERVICE, is_slot=True
    )
    correct_window(slot, name="公证窗口", kind=WindowKind.SERVICE, seen=0, by=boss)
    assert open_window(again(slot), by=boss).is_open


def test_a_body_that_is_not_at_work_gets_no_window():
    idle = a_committee(is_active=False)
    with pytest.raises(Refused, match="不能设窗口"):
        set_up_window(idle, name="1 号", kind=WindowKind.GENERAL, by=a_user(the_center(), Role.ADMIN))


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

    @pytest.mark.parametrize(("said", "kept"), [
        ("周一至周五 8:30-12:00、13:30-17:00；周六 9:00-11:30", "1-5 08:30-12:00,13:30-17:00; 6 09:00-11:30"),
        ("星期一 08:30-12:00；礼拜天 9:00—10:00", "1 08:30-12:00; 7 09:00-10:00"),
        ("", ""),
    ])  # fmt: skip
    def test_people_write_them_as_they_say_them(self, said, kept):
        hours = Hours.read(said)
        assert hours.written == kept
        assert Hours.read(hours.in_words) == hours == Hours.read(hours.written)

    @pytest.mark.parametrize(
        "text", ["周一", "8 08:30-12:00", "5-1 08:30-12:00", "1 12:00-08:30", "1 25:00-26:00", "1 8:30-9"]
    )
    def test_what_is_no_hours_is_refused_with_a_sentence(self, text):
        with pytest.raises(Refused):
            Hours.read(text)
