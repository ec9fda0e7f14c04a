"""Why is it due then? The answer in a few sentences, as somebody at the window would give it."""

from datetime import datetime

import pytest

from fengqiao.kernel.calendar import CLOCK
from fengqiao.kernel.limits import Limit, Span, Unit, due_at, explain


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CLOCK)


def told(start, limit, *pauses, event="受理"):
    return explain(at(start), limit, due_at(at(start), limit, pauses), pauses, event=event)


def test_a_month_of_mediation():
    limit = Limit(1, Unit.MONTH, basis="《人民调解工作若干规定》第三十三条")
    assert told("2026-10-23T10:00", limit) == [
        "10月23日受理，次日起算，一个月，到11月23日。",
        "11月23日24时以前都算按时。",
        "依据：《人民调解工作若干规定》第三十三条。",
    ]


def test_the_forty_eight_hours_of_a_branch_with_the_year_where_it_changes():
    assert told("2024-12-30T10:00", Limit(48, Unit.HOUR), event="分派") == [
        "2024年12月30日 10:00分派，48小时，到2025年1月1日 10:00。",
        "按小时连续计算，夜里、周末和节假日都算在内。",
        "正好到这一刻也算按时。",
    ]


def test_an_appraisal_and_a_sunday_each_move_the_date_by_a_sentence():
    limit = Limit(30, Unit.CALENDAR_DAY, roll=True)
    pauses = (
        Span(at("2025-03-10T10:00"), at("2025-03-27T15:00")),
        Span(at("2025-04-01T10:00"), at("2025-04-02T15:00")),
        Span(at("2025-04-03T08:00"), at("2025-04-03T15:00")),
    )
    assert told("2025-03-03T10:00", limit, *pauses) == [
        "3月3日受理，次日起算，30天。",
        "按自然日数，周末和节假日都算在内。",
        "3月10日至3月26日暂停，17天不算。",
        "4月1日暂停，1天不算。",
        "扣除暂停，到4月20日。",
        "4月20日是休息日，顺延到下一个工作日，即4月21日。",
        "4月21日24时以前都算按时。",
    ]


def test_a_roll_past_a_pause_says_so():
    limit = Limit(15, Unit.CALENDAR_DAY, roll=True)
    sentences = told("2025-03-07T10:00", limit, Span(at("2025-03-23T08:00"), at("2025-03-27T08:00")))
    assert "3月22日是休息日，顺延到暂停结束后的工作日，即3月27日。" in sentences


def test_hours_tell_their_pause_to_the_minute():
    sentences = told("2025-03-10T09:00", Limit(48, Unit.HOUR), Span(at("2025-03-11T12:00"), at("2025-03-12T12:00")))
    assert "3月11日 12:00至3月12日 12:00暂停，这段时间不算。" in sentences
    assert "扣除暂停，到3月13日 09:00。" in sentences


def test_working_days_and_a_start_day_that_counts():
    limit = Limit(5, Unit.WORKING_DAY, exclude_start_day=False)
    assert told("2025-05-12T09:00", limit)[:2] == [
        "5月12日受理，当日起算，5个工作日，到5月16日。",
        "只数工作日：周末和节假日不算，调休上班的日子要算。",
    ]


def test_a_month_too_short_for_the_number():
    assert "2月没有31日，算到当月最后一天。" in told("2025-01-31T10:00", Limit(1, Unit.MONTH))


def test_while_the_clock_stands_it_names_no_date():
    sentences = explain(at("2025-01-15T10:00"), Limit(1, Unit.MONTH), None, [Span(at("2025-01-20T10:00"))])
    assert sentences == ["1月15日开始，次日起算，一个月。", "1月20日起暂停，恢复以后接着算。"]


def test_a_date_that_was_changed_since_is_not_explained_away():
    sentences = explain(at("2025-01-15T10:00"), Limit(1, Unit.MONTH), at("2025-03-16T00:00"))
    assert "期限后来调整过，以3月15日为准。" in sentences


@pytest.mark.parametrize(
    "limit, words",
    [
        (Limit(1, Unit.YEAR), "一年"),
        (Limit(2, Unit.YEAR), "2年"),
        (Limit(6, Unit.MONTH), "6个月"),
        (Limit(30, Unit.WORKING_DAY), "30个工作日"),
    ],
)
def test_a_limit_reads_as_people_say_it(limit, words):
    assert str(limit) == words
