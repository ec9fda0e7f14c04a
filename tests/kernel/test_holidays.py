"""A year's holidays as they are pasted: read as the notice means them, or refused line by line."""

from datetime import date

import pytest

from fengqiao.kernel.calendar import Year, official
from fengqiao.kernel.holidays import YearRefused, read_year

NOTICE_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
NOTICE_2027 = """
元旦：2027年1月1日（周五）至3日（周日）放假，共3天。
春节：2月5日至11日放假调休，共7天。1月30日（周六）、2月20日（周六）上班。
清明节：4月3日至5日放假，共3天。
劳动节：5月1日至5日放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
端午节：6月9日（周三）放假1天。
中秋节：9月15日（周三）放假1天。
国庆节：10月1日至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


def days(kind, year):
    return {day for day in getattr(official(), kind) if day.year == year}


def wrong(text, year=2027):
    with pytest.raises(YearRefused) as refused:
        read_year(text, year)
    return [(one.line, one.why) for one in refused.value.lines]


def test_the_notice_of_2026_reads_as_the_published_table_has_it():
    said = read_year(NOTICE_2026, 2026)
    assert (set(said.off), set(said.work)) == (days("off", 2026), days("work", 2026))
    assert said.off[date(2026, 2, 17)] == "春节"


def test_a_table_of_days_reads_the_same():
    said = read_year(NOTICE_2027, 2027)
    rows = [f"{day},放假,{name}" for day, name in said.off.items()] + [f"{day} 班" for day in said.work]
    again = read_year("# 自己写的\n日期,类别,名称\n" + "\n".join(rows), 2027)
    assert (again.off, set(again.work)) == (said.off, set(said.work))
    stretch = "2027-01-01~2027-01-03,off\n2027-05-01 至 2027-05-05,休\n2027-10-01..2027-10-07,off"
    assert len(read_year(stretch, 2027).off) == 15


def test_the_last_days_of_the_year_before_may_be_spoken_of():
    said = read_year(NOTICE_2027 + "\n2026-12-31,放假,元旦\n2026年12月26日（周六）上班。", 2027)
    calendar = official().with_year(said)
    assert not calendar.is_working(date(2026, 12, 31))
    assert calendar.is_working(date(2026, 12, 26))
    assert not calendar.is_working(date(2027, 2, 11))
    assert calendar.is_working(date(2027, 2, 20))
    assert official().is_working(date(2026, 12, 31))


@pytest.mark.parametrize(
    "line, why",
    [
        ("端午节：6月9日（周一）放假。", "2027年6月9日不是周一，是周三"),
        ("端午节：6月9日至11日放假，共2天。", "写着共 2 天，数下来是 3 天"),
        ("端午节：6月31日放假。", "不是日历上的日子"),
        ("端午节：9日放假。", "没有写几月"),
        ("6月10日（周四）上班。", "本来就上班"),
        ("10月2日（周六）上班。", "写了两次"),
        ("2027-05-01,班", "写了两次"),
        ("2028-01-01,放假", "不在2027年"),
        ("2026-12-01,放假", "不在2027年"),
        ("2027-06-11~2027-06-09,放假", "在2027年6月11日以前"),
        ("2027-06-01~2027-07-09,放假", "最多一个月"),
        ("2027-02-29,放假", "不是日历上的日子"),
        ("2027-06-09,half", "应是 放假 或 上班"),
        ("hello", "读不懂"),
        ("高速公路免费。", "读不懂"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(line, why):
    lines = wrong(NOTICE_2027.strip() + "\n" + line)
    assert len(lines) == 1
    assert lines[0][0] == 8
    assert why in lines[0][1]


def test_what_the_law_gives_must_be_there():
    assert "5月2日" in wrong("2027-01-01,off\n2027-05-01,off\n2027-10-01~2027-10-03,off")[0][1]
    assert wrong("") == [(0, wrong("")[0][1])]
    assert "法定节假日" in wrong("2027-05-01,上班")[0][1]
    assert "没有写端午" in wrong(NOTICE_2027.replace("端午节", "节"))[0][1]
    assert "太长" in wrong("x" * 30_000)[0][1]


def test_years_follow_each_other():
    with pytest.raises(ValueError, match="2027"):
        official().with_year(Year(2028, {}, {}))
