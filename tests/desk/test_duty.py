"""The pages of duty: the plan of a day, the roster in and out, calls, and attendance as both masters read it."""

from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fengqiao.bodies.commands import set_up_window
from fengqiao.bodies.models import WindowKind
from fengqiao.people.duty.models import Attendance, CallOut, Change, Shift
from fengqiao.people.models import Role
from tests.world import a_committee, a_user, the_center

pytestmark = pytest.mark.django_db

HEAD = "账户,姓名,星期,上班,下班,窗口,方式,第一天,最后一天,电话"


@pytest.fixture(autouse=True)
def a_monday():
    with time_machine.travel("2026-11-23T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def boss():
    return a_user(the_center(), Role.MANAGER, name="主任")


@pytest.fixture
def window(boss):
    return set_up_window(the_center(), name="劳动窗口", kind=WindowKind.SPECIALIST, by=boss)


@pytest.fixture
def seconded():
    return a_user(a_committee(), name="吴志明", username="wuzm", station_body=the_center(), phone="13905720001")


@pytest.fixture
def desk(boss, window, seconded) -> Client:
    browser = Client()
    browser.force_login(boss)
    return browser


def csv(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("值班表.csv", "\n".join([HEAD, *lines]).encode("utf-8-sig"))


def sent(desk: Client, file) -> tuple[int, str]:
    answer = desk.post(reverse("duty_import"), {"file": file})
    return answer.status_code, answer.content.decode()


GOOD = "wuzm,吴志明,一,08:30,12:00,劳动窗口,轮驻,2026-11-23,,"


class TestRoster:
    def test_a_table_is_taken_in_once(self, desk):
        more = "wuzm,,周三,8:30,12:00,,随叫随驻,,2026-12-31,13905720009"
        for _ in range(2):
            assert sent(desk, csv(GOOD, more))[0] == 302
        assert [(one.weekday, one.kind) for one in Shift.objects.order_by("pk")] == [(0, "rotating"), (2, "on_call")]
        assert "吴志明" in desk.get(reverse("duty")).content.decode()

    def test_what_is_wrong_is_said_row_by_row_and_nothing_is_taken(self, desk):
        status, page = sent(desk, csv(
            GOOD, "nobody,,一,08:30,12:00,劳动窗口,轮驻,,,", "wuzm,李四,一,08:30,12:00,劳动窗口,轮驻,,,",
            "wuzm,,八,08:30,12:00,劳动窗口,轮驻,,,", "wuzm,,一,8点半,12:00,劳动窗口,轮驻,,,", "wuzm,,一,12:00,08:30,劳动窗口,轮驻,,,",
            "wuzm,,一,08:30,12:00,不存在,轮驻,,,", "wuzm,,一,08:30,12:00,劳动窗口,偶尔,,,", "wuzm,,一,08:30,12:00,劳动窗口,轮驻,昨天,,",
        ))  # fmt: skip
        assert status == 409
        assert [f"第 {n} 行" in page for n in range(2, 12)] == [False, *[True] * 8, False]
        assert not Shift.objects.exists()

    def test_a_workbook_does_as_well(self, desk):
        book, file = openpyxl.Workbook(), BytesIO()
        book.active.append(HEAD.split(","))
        book.active.append(GOOD.split(","))
        book.save(file)
        assert sent(desk, SimpleUploadedFile("a.xlsx", file.getvalue()))[0] == 302
        assert Shift.objects.count() == 1

    @pytest.mark.parametrize("name, data", [
        ("a.csv", b""), ("a.csv", "\xff\xfe".encode("latin-1")), ("a.xls", b"x"), ("a.xlsx", b"PK\x03\x04broken"), ("a.csv", "姓名\nx".encode()),
        ("a.csv", f"{HEAD},密码\n".encode()), ("a.csv", "账户,星期,上班,下班,方式\n\"x".encode()), ("a.jsonl", b"{}"), ("noending", b"x"),
    ])  # fmt: skip
    def test_what_is_no_roster_is_refused_with_a_sentence(self, desk, name, data):
        status, page = sent(desk, SimpleUploadedFile(name, data))
        assert status in (409, 422)
        assert "alert" in page
        assert not Shift.objects.exists()

    def test_what_is_given_out_can_be_taken_in_again(self, desk):
        sent(desk, csv(GOOD))
        file = desk.post(reverse("duty_export")).content
        assert "吴志明" in file.decode("utf-8-sig")
        assert sent(desk, SimpleUploadedFile("again.csv", file))[0] == 302
        assert Shift.objects.count() == 1


class TestDay:
    def test_a_shift_is_planned_changed_and_ended_by_the_pages(self, desk, window, seconded):
        facts = {
            "person": seconded.pk,
            "kind": "rotating",
            "window": window.pk,
            "weekday": 0,
            "starts": "08:30",
            "ends": "12:00",
        }
        assert desk.post(reverse("duty_add"), facts).status_code == 302
        shift = Shift.objects.get()
        assert (
            desk.post(
                reverse("duty_change", args=[shift.pk]), {"day": "2026-11-23", "instead": "", "reason": "病假"}
            ).status_code
            == 302
        )
        assert "没有人上" in desk.get(reverse("duty")).content.decode()
        assert Change.objects.get().reason == "病假"
        assert desk.post(reverse("duty_end", args=[shift.pk]), {"last": "2026-11-30"}).status_code == 302
        wrong = desk.post(reverse("duty_add"), {**facts, "ends": "08:00"})
        assert wrong.status_code == 409
        assert "下班时间应晚于上班时间" in wrong.content.decode()

    def test_the_number_is_shown_only_with_a_call_on_record(self, desk, seconded):
        sent(desk, csv("wuzm,,一,08:30,12:00,,随叫随驻,,,"))
        assert "13905720001" not in desk.get(reverse("duty")).content.decode()
        answer = desk.post(reverse("duty_call", args=[Shift.objects.get().pk]))
        assert "13905720001" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        desk.post(reverse("duty_answered", args=[CallOut.objects.get().pk]))
        assert CallOut.objects.get().answered_at

    def test_attendance_is_read_by_the_body_that_sent_them_and_by_no_other(self, desk, seconded):
        desk.post(reverse("duty_note", args=[seconded.pk]), {"day": "2026-11-23", "state": "late", "remark": "堵车"})
        assert Attendance.objects.get().state == "late"
        for body, sees in ((seconded.home_body, True), (a_committee(), False)):
            head = Client()
            head.force_login(a_user(body, Role.MANAGER))
            assert ("堵车" in head.get(reverse("attendance")).content.decode()) == sees
            assert head.post(reverse("duty_note", args=[seconded.pk]), {"state": "present"}).status_code == 404
