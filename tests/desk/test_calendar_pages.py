"""日历 and 工作日历: what ends on which day, for whom; a year's holidays pasted, looked at, put on record."""

import re
from datetime import date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fengqiao.desk.calendar.month import Month, scopes_of
from fengqiao.disputes import recounting
from fengqiao.disputes.models import CalendarYear, Clock
from fengqiao.kernel.calendar import TZ
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from tests.kernel.test_holidays import NOTICE_2027
from tests.mediation.case import Case
from tests.world import a_registered_dispute, a_user

URL, YEAR = "/desk/calendar/", "/desk/calendar/year/"
HIDDEN = re.compile(r'name="(mark|year|source|text|seen)" value="([^"]*)"')
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def october():
    """Registered on 8 October 2026, a Thursday after National Day: 48 hours end on the working Saturday 10 October."""
    with time_machine.travel(datetime(2026, 10, 8, 9, tzinfo=TZ), tick=False) as clock:
        yield clock


def test_a_day_shows_what_ends_on_it_and_why(october, town, at_desk):
    clerk = a_user(town.branch, Role.DISPATCHER)
    dispute = a_registered_dispute(town.branch, clerk)
    page = text(at_desk(clerk).get(f"{URL}?day=2026-10-10"))
    assert f'href="/desk/disputes/{dispute.number}/"' in page
    assert "48小时，到10月10日 09:00。按小时连续计算" in page
    assert "调休上班" in page and "放假" in page
    assert "这一天没有到期的" in text(at_desk(clerk).get(f"{URL}?day=2026-10-12"))


def test_a_limit_of_days_belongs_to_the_day_that_ends(october, town):
    case = Case().assigned()
    month = Month(date(2026, 11, 1), case.mediator, "mine")
    assert [(day.on.day, day.count) for day in month.days if day.count] == [(9, 1)]  # 8 November is a Sunday
    assert Month(date(2026, 12, 1), case.mediator, "mine").days[0].works is True
    assert Month(date(2027, 1, 1), case.mediator, "mine").days[0].mark == "待定"


def test_each_sees_the_limits_of_their_own_scope_and_nobody_else_counts_them(october, town, at_desk):
    dispute = a_registered_dispute(town.branch, town.clerk())
    a_registered_dispute(town.branch, town.clerk(), is_restricted=True)
    people = {
        "the body": (town.clerk(), "body", 1), "above": (a_user(town.centre, Role.MANAGER), "area", 1),
        "a peer": (town.clerk(town.other_branch), "body", 0), "not theirs": (town.clerk(), "mine", 0),
    }  # fmt: skip
    for who, (user, scope, n) in people.items():
        page = at_desk(user).get(f"{URL}?day=2026-10-10&scope={scope}")
        assert text(page).count(f'class="strong" href="/desk/disputes/{dispute.number}/"') == n, who
        month = Month(date(2026, 10, 1), user, scope)
        assert sum(day.count for day in month.days) == n, who
    assert set(scopes_of(a_user(town.centre, Role.LEADER))) == {"area"}
    assert at_desk(a_user(town.centre, Role.ADMIN)).get(URL).status_code == 403


def test_a_limit_that_stands_still_has_no_day(october, town):
    from fengqiao.mediation import commands

    case = Case().assigned()
    commands.suspend(case.now, reason="鉴定", by=case.mediator)
    assert not any(day.count for day in Month(date(2026, 11, 1), case.mediator, "mine").days)


def test_the_page_costs_the_same_however_much_is_due(october, town, at_desk, django_assert_max_num_queries):
    clerk = town.clerk()
    browser = at_desk(clerk)
    a_registered_dispute(town.branch, clerk)
    with django_assert_max_num_queries(25) as few:
        browser.get(f"{URL}?day=2026-10-10")
    for _n in range(5):
        a_registered_dispute(town.branch, clerk)
    with django_assert_max_num_queries(len(few)):
        page = text(browser.get(f"{URL}?day=2026-10-10"))
    assert "还有 3 件" in page


@pytest.mark.parametrize(
    "asked", ["?month=2026-13", "?day=x&scope=none", "?month=1800-01", "?month=2027-02", "?page=99"]
)
def test_nonsense_in_the_address_is_a_page_all_the_same(october, town, at_desk, asked):
    assert at_desk(town.clerk()).get(URL + asked).status_code == 200


# ── the year's holidays ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def december():
    with time_machine.travel(datetime(2026, 12, 9, 9, tzinfo=TZ), tick=False) as clock:
        yield clock


def test_the_missing_year_is_said_to_those_who_answer_for_it(december, town, at_desk):
    Case().assigned()
    told = "2027年的放假调休安排还没有录入"
    admin = at_desk(a_user(town.centre, Role.ADMIN))
    for page in ("/desk/office/", "/desk/district/", YEAR):
        assert told in text(admin.get(page)), page
    manager = text(at_desk(a_user(town.branch, Role.MANAGER)).get("/desk/"))
    assert told in manager and "现在有 1 个期限是暂定的" in manager
    assert told not in text(at_desk(town.clerk()).get("/desk/"))


def test_a_year_is_pasted_looked_at_and_put_on_record(december, town, at_desk):
    case = Case().assigned()
    browser = at_desk(a_user(town.centre, Role.ADMIN))
    form = {"year": "2027", "source": NOTICE, "text": NOTICE_2027 + "1月9日（周六）上班。", "seen": "0"}
    shown = browser.post(YEAR, form)
    assert shown.status_code == 200
    assert "有 1 件会换日子" in text(shown) and case.dispute.number in text(shown) and "-2" in text(shown)
    assert not CalendarYear.objects.exists()
    carried = dict(HIDDEN.findall(text(shown)))
    other = browser.post(YEAR, {**carried, "source": "别的通知"})  # not what was shown: shown again
    assert other.status_code == 200 and not CalendarYear.objects.exists()
    assert browser.post(YEAR, carried).status_code == 302
    assert Entry.objects.filter(kind="calendar.entered").count() == 1
    recounting.work_off()
    assert recounting.as_day(case.now.main_clock.due_at) == date(2027, 1, 9)
    assert "2027年已录入" in text(browser.get(YEAR))
    assert 'value="2028"' in text(browser.get(YEAR))
    assert browser.post(YEAR, carried).status_code == 409  # somebody else's page, from before


def test_wrong_lines_are_named_and_nothing_is_taken(december, town, at_desk):
    browser = at_desk(a_user(town.centre, Role.ADMIN))
    form = {"year": "2027", "source": NOTICE, "seen": "0"}
    answer = browser.post(YEAR, {**form, "text": NOTICE_2027.strip() + "\n端午节：6月9日（周一）放假。"})
    assert answer.status_code == 409
    assert "2027年6月9日不是周一，是周三。" in text(answer) and ">8</td>" in text(answer)
    assert "端午节：6月9日（周一）放假。" in text(answer)
    assert browser.post(YEAR, {**form, "text": " "}).status_code == 422
    binary = SimpleUploadedFile("x.csv", "元旦：1月1日放假".encode("gb18030"))
    assert "UTF-8" in text(browser.post(YEAR, {**form, "file": binary}))
    file = SimpleUploadedFile("2027.txt", NOTICE_2027.encode("utf-8-sig"))
    assert "读到的日子" in text(browser.post(YEAR, {**form, "file": file}))
    assert not CalendarYear.objects.exists()


def test_a_provisional_date_is_marked(december, town, at_desk):
    case = Case().assigned()
    page = text(at_desk(case.mediator).get(f"{URL}?day=2027-01-11"))
    assert "暂定" in page and "暂按周末推算" in page and "待定" in page
    assert Clock.objects.filter(is_provisional=True).count() == 1
    assert timezone.localdate() == date(2026, 12, 9)
