"""Time, money and deadlines in words."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Clock
from zoneinfo import ZoneInfo

import pytest
import time_machine

from fengqiao.web import moments
from fengqiao.web.chips import chip
from fengqiao.web.templatetags.ui import yuan

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 9, 40, tzinfo=CHINA)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def a_friday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("due", "kind", "left", "until"),
    [
        (at(23, 17), "time", "还剩 3 天 7 小时", "11月23日 17:00 前"),
        (at(30), "time", "还剩 9 天 14 小时", "11月29日 24:00 前"),
        (at(20, 14), "soon", "还剩 4 小时 20 分", "今天 14:00 前"),
        (at(21), "soon", "还剩 14 小时 20 分", "今天 24:00 前"),
        (at(20, 7, 40), "late", "超期 2 小时", "今天 07:40 应办完"),
        (at(19, 6, 40), "late", "超期 1 天 3 小时", "昨天 06:40 应办完"),
        (at(20, 9, 41), "soon", "还剩 1 分钟", "今天 09:41 前"),
    ],
)
def test_a_deadline_says_what_is_left_and_until_when(due, kind, left, until):
    seen = chip(Clock(due_at=due))
    assert (seen.kind, seen.left, seen.until) == (kind, left, until)


def test_the_turn_bar_names_the_day_of_the_week():
    assert chip(Clock(due_at=at(23, 17)), with_weekday=True).until == "11月23日 周一 17:00 前"


def test_when_it_turns_amber_can_be_chosen(settings):
    assert chip(Clock(due_at=at(23, 17)), soon=timedelta(days=5)).kind == "soon"
    settings.SOON_HOURS = 96
    assert chip(Clock(due_at=at(23, 17))).kind == "soon"


def test_a_stopped_clock_says_how_it_went():
    good = chip(Clock(due_at=at(20), started_at=at(10), stopped_at=at(19)))
    assert (good.kind, good.left, good.until) == ("done", "按时办结", "用了 9 天")
    late = chip(Clock(due_at=at(18), stopped_at=at(19)))
    assert late.left == "办结，超期 1 天"


def test_a_paused_clock_says_since_when_and_why():
    seen = chip(Clock(due_at=at(1), paused_since=at(16, 9, 40), why_paused="等鉴定，双方同意"))
    assert (seen.kind, seen.left, seen.until) == ("idle", "停表 4 天", "等鉴定，双方同意")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "刚刚"), (300, "5 分钟前"), (3 * 3600, "3 小时前"), (2 * 86400, "2 天前"), (40 * 86400, "10月11日")],
)
def test_how_long_ago(seconds, words):
    assert moments.ago(NOW - timedelta(seconds=seconds)) == words


def test_a_moment_is_told_in_local_time_with_its_weekday():
    assert moments.moment(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) == "11月23日 周一 17:00"
    assert moments.moment(date(2026, 11, 23)) == "11月23日 周一"


def test_another_year_is_named():
    assert moments.day(date(2025, 6, 1)) == "2025年6月1日"


def test_what_happened_lately_is_near():
    assert moments.lately(at(20, 8, 30)) == "今天 08:30"
    assert moments.lately(at(19, 16, 20)) == "昨天 16:20"
    assert moments.lately(at(5, 9, 40)) == "11月5日 09:40"


@pytest.mark.parametrize(
    ("amount", "words"), [(8600, "8,600"), ("15000.5", "15,000.50"), (0, "0"), (None, ""), ("", "")]
)
def test_money_is_grouped(amount, words):
    assert yuan(amount) == words
