"""How long one has: the deadline rules of the house, as sentences and against a plain day walker."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fengqiao.kernel.calendar import CLOCK, Calendar, official
from fengqiao.kernel.errors import CalendarMissing
from fengqiao.kernel.limits import Limit, Span, Unit, due_at, is_late, last_day, remaining

DAY = timedelta(days=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CLOCK)


def span(begin, end=None):
    return Span(at(begin), at(end) if end else None)


def limit(n, unit, **rest):
    return Limit(n, Unit(unit), **rest)


A_MONTH = limit(1, "month")
TWO_DAYS_AND_NIGHTS = limit(48, "hour")
NOWHERE = datetime.fromisoformat("2025-03-10T09:00")  # a moment without a time zone


# ── named rules ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_month_of_mediation_ends_on_the_day_of_the_same_number():
    assert last_day(at("2026-10-23T10:00"), A_MONTH) == date(2026, 11, 23)


def test_the_number_is_always_taken_from_the_start():
    assert last_day(at("2025-01-31T10:00"), limit(2, "month")) == date(2025, 3, 31)


@pytest.mark.parametrize(
    "start, one, end",
    [
        ("2025-01-31", "month", date(2025, 2, 28)),
        ("2024-02-29", "year", date(2025, 2, 28)),
        ("2024-12-31", "month", date(2025, 1, 31)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(start, one, end):
    assert last_day(at(f"{start}T10:00"), limit(1, one)) == end


@pytest.mark.parametrize(
    "start, end",
    [("2025-03-01", date(2025, 3, 31)), ("2025-01-15", date(2025, 2, 14)), ("2025-01-31", date(2025, 2, 28))],
)
def test_a_month_with_its_start_day_counted_ends_the_day_before(start, end):
    assert last_day(at(f"{start}T10:00"), limit(1, "month", exclude_start_day=False)) == end


def test_a_working_weekend_counts_and_a_limit_may_end_on_it():
    assert last_day(at("2021-09-16T09:00"), limit(2, "working_day")) == date(2021, 9, 18)


def test_a_limit_that_ends_on_a_holiday_ends_on_the_next_working_day_only_if_it_rolls():
    assert last_day(at("2024-01-15T10:00"), A_MONTH) == date(2024, 2, 15)
    assert last_day(at("2024-01-15T10:00"), limit(1, "month", roll=True)) == date(2024, 2, 18)


def test_a_pause_that_begins_and_ends_on_one_day_costs_nothing():
    pause = span("2025-03-10T08:00", "2025-03-10T20:00")
    assert last_day(at("2025-03-03T10:00"), limit(30, "calendar_day"), [pause]) == date(2025, 4, 2)


def test_pauses_that_overlap_are_lost_once_in_any_order():
    pauses = [span("2025-03-12T09:00", "2025-03-20T09:00"), span("2025-03-10T09:00", "2025-03-15T09:00")]
    whole = [span("2025-03-10T09:00", "2025-03-20T09:00")]
    assert last_day(at("2025-03-03T10:00"), A_MONTH, pauses) == last_day(at("2025-03-03T10:00"), A_MONTH, whole)


def test_the_48th_hour_is_still_in_time_and_the_second_after_it_is_late():
    due = due_at(at("2024-09-30T17:30"), TWO_DAYS_AND_NIGHTS)
    assert due == at("2024-10-02T17:30")
    assert not is_late(due, due, Unit.HOUR)
    assert is_late(due + timedelta(seconds=1), due, Unit.HOUR)


def test_the_last_day_lasts_until_midnight_and_midnight_is_late():
    due = due_at(at("2026-10-23T10:00"), A_MONTH)
    assert due.isoformat() == "2026-11-24T00:00:00+08:00"
    assert not is_late(at("2026-11-23T23:59:59"), due, Unit.MONTH)
    assert is_late(due, due, Unit.MONTH)


def test_hours_that_end_the_moment_a_pause_begins_have_run():
    pause = span("2025-03-12T09:00", "2025-03-14T09:00")
    assert due_at(at("2025-03-10T09:00"), TWO_DAYS_AND_NIGHTS, [pause]) == at("2025-03-12T09:00")


def test_hours_do_not_roll_into_a_pause():
    pause = span("2024-10-08T08:00", "2024-10-08T12:00")
    rolling = limit(48, "hour", roll=True)
    assert due_at(at("2024-10-03T10:00"), rolling, [pause]) == at("2024-10-09T10:00")


def test_a_start_in_another_time_zone_is_read_on_the_wall_clock_of_the_county():
    assert last_day(datetime.fromisoformat("2026-10-22T16:30:00+00:00"), A_MONTH) == date(2026, 11, 23)


@pytest.mark.parametrize("hours", [1, 24])
def test_the_summer_time_of_1988_changes_nothing(hours):
    due = due_at(at("1988-04-16T23:30"), limit(hours, "hour"))
    assert due.isoformat() == (at("1988-04-16T23:30") + timedelta(hours=hours)).isoformat()


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_past_the_published_calendar_working_days_are_refused_with_a_sentence():
    with pytest.raises(CalendarMissing, match="2027年"):
        last_day(at("2026-12-28T10:00"), limit(5, "working_day"))


def test_calendar_days_need_no_calendar_unless_they_roll():
    thirty = limit(30, "calendar_day")
    assert last_day(at("2026-12-02T10:00"), thirty) == date(2027, 1, 1)
    with pytest.raises(CalendarMissing):
        last_day(at("2026-12-02T10:00"), limit(30, "calendar_day", roll=True))


def test_a_paused_day_outside_the_calendar_need_not_be_known():
    pause = span("2019-12-20T09:00", "2020-01-01T09:00")
    assert last_day(at("2019-12-19T09:00"), limit(1, "working_day"), [pause]) == date(2020, 1, 2)


def test_while_the_clock_stands_there_is_no_date_but_what_remains_is_known():
    pauses = [span("2025-03-10T09:00")]
    with pytest.raises(ValueError, match="remaining"):
        due_at(at("2025-03-03T10:00"), limit(30, "calendar_day"), pauses)
    left = remaining(at("2025-03-03T10:00"), limit(30, "calendar_day"), pauses, now=at("2025-05-01T09:00"))
    assert left == 24 * DAY


def test_what_remains_of_hours_is_known_to_the_second_and_never_negative():
    start, pauses = at("2025-03-10T09:00"), [span("2025-03-10T10:00:30")]
    assert remaining(start, TWO_DAYS_AND_NIGHTS, pauses, now=at("2025-03-20T09:00")) == timedelta(hours=47) - timedelta(
        seconds=30
    )
    assert remaining(start, TWO_DAYS_AND_NIGHTS, now=at("2025-03-20T09:00")) == timedelta()


def test_what_remains_of_working_days_skips_the_weekend():
    five = limit(5, "working_day")
    assert remaining(at("2025-05-16T09:00"), five, now=at("2025-05-16T09:00")) == 5 * DAY
    assert remaining(at("2025-05-16T09:00"), five, now=at("2025-05-20T09:00")) == 4 * DAY
    assert remaining(at("2025-05-16T09:00"), five, now=at("2025-06-20T09:00")) == timedelta()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Limit(0, Unit.MONTH),
        lambda: Span(at("2025-03-10T09:00"), at("2025-03-09T09:00")),
        lambda: Span(NOWHERE),
        lambda: last_day(NOWHERE, A_MONTH),
        lambda: last_day(at("2025-03-10T09:00"), TWO_DAYS_AND_NIGHTS),
    ],
)
def test_nonsense_is_a_mistake_of_the_programmer(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_hours_never_exclude_the_start_day():
    assert TWO_DAYS_AND_NIGHTS.exclude_start_day is False


# ── against a day walker that knows nothing of the code above ─────────────────────────────────────────────────────


def walked(start, rule, pauses):
    """The deadline by looking at one day (or hour) after the other, straight from the written rules."""
    days = [(p.begin.date(), p.end.date()) for p in pauses]

    def paused(day):
        return any(a <= day < b for a, b in days)

    works = official().is_working
    if rule.unit is Unit.HOUR:
        return walked_hours(start, rule, pauses)
    first = start.date() + DAY if rule.exclude_start_day else start.date()
    need = rule.n if rule.unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY) else length(start.date(), first, rule)
    day = first
    while True:
        if not paused(day) and (rule.unit is not Unit.WORKING_DAY or works(day)):
            need -= 1
            if need == 0:
                break
        day += DAY
    while rule.roll and (paused(day) or not works(day)):
        day += DAY
    return day


def length(start, first, rule):
    """The days of a month or year rule, found by walking to the corresponding day."""
    months = rule.n * 12 if rule.unit is Unit.YEAR else rule.n
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if start.day > monthrange(year, month)[1]:
        last = date(year, month, monthrange(year, month)[1])
    elif rule.exclude_start_day:
        last = date(year, month, start.day)
    else:
        last = date(year, month, start.day) - DAY
    return len(range(first.toordinal(), last.toordinal() + 1))


def walked_hours(start, rule, pauses):
    """Pauses and starts fall on whole hours here, so walking hour by hour is exact."""
    hour = timedelta(hours=1)

    def paused(moment):
        return any(p.begin <= moment < p.end for p in pauses)

    now, need = start, rule.n
    while need:
        need -= 0 if paused(now) else 1
        now += hour
    if rule.roll and not official().is_working(now.date()):
        now += DAY
        while paused(now) or not official().is_working(now.date()):
            now += DAY
    return now


def outcome(count, *args):
    try:
        return count(*args)
    except CalendarMissing:
        return "calendar_missing"


hours = st.integers(0, 24 * 365 * 8).map(lambda n: at("2019-06-01T00:00") + timedelta(hours=n))
lengths = {"hour": 200, "calendar_day": 120, "working_day": 60, "month": 24, "year": 3}


@st.composite
def rules(draw):
    unit = draw(st.sampled_from(sorted(lengths)))
    n = draw(st.integers(1, lengths[unit]))
    return Limit(n, Unit(unit), exclude_start_day=draw(st.booleans()), roll=draw(st.booleans()))


@st.composite
def cases(draw):
    start = draw(hours)
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + timedelta(hours=draw(st.integers(-500, 1500)))
        pauses.append(Span(begin, begin + timedelta(hours=draw(st.integers(0, 700)))))
    return start, draw(rules()), pauses


@settings(max_examples=400)
@given(cases())
@example((at("2025-03-07T10:00"), limit(15, "calendar_day", roll=True), [span("2025-03-23T08:00", "2025-03-27T08:00")]))
def test_every_limit_ends_where_a_walk_through_the_days_ends(case):
    start, rule, pauses = case
    counted = outcome(due_at if rule.unit is Unit.HOUR else last_day, start, rule, pauses)
    assert counted == outcome(walked, start, rule, pauses)


@settings(max_examples=150)
@given(cases(), st.integers(0, 3000))
def test_nothing_remains_exactly_when_the_unrolled_limit_has_ended(case, later):
    start, rule, pauses = case
    rule = Limit(rule.n, rule.unit, exclude_start_day=rule.exclude_start_day)
    now = start + timedelta(hours=later)
    try:
        due = due_at(start, rule, pauses)
        left = remaining(start, rule, pauses, now=now)
    except CalendarMissing:
        return
    assert (left == timedelta()) == (now >= due)


def test_another_calendar_may_be_given():
    six_days = Calendar(date(2030, 1, 1), date(2030, 12, 31), frozenset(), frozenset({date(2030, 1, 5)}))
    assert last_day(at("2030-01-04T10:00"), limit(1, "working_day"), calendar=six_days) == date(2030, 1, 5)
