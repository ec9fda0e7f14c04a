"""Files that are what they should be: every row registered, known already, or refused with its number and reason."""

import csv
import io
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from fengqiao.disputes.models import Channel, Dispute
from fengqiao.intake.commands import receive
from fengqiao.intake.importing import check_file, import_file
from fengqiao.people.models import SYSTEM
from tests.world import a_category, a_committee, a_region, the_center

from .files import HEADER, ROW, a_letter, letters, table
from .people import a_clerk, a_draft, assert_whole
from .shared import the_letters

pytestmark = pytest.mark.django_db


def imported(path, **kw):
    return import_file(path, by=SYSTEM, body=kw.pop("body", None) or the_center(), **kw)


def counts(report):
    assert report.registered + report.duplicate + report.refused == report.rows == report.total
    return report.registered, report.duplicate, report.refused


@pytest.mark.once  # what is kept of a letter is asked below on both engines, what is interrupted in test_import_resumes.py
def test_1177_letters_are_all_accounted_for(tmp_path):
    a_category("14", "物业", crosswalk={"dispute16": ["P"]})
    report = imported(the_letters())
    assert counts(report) == (1173, 3, 1)
    [refused] = report.refusals
    assert (refused.row, refused.ref, refused.why) == (215, "letter:sl-0214", "没有正文。")
    assert Dispute.objects.count() == 1173
    assert Dispute.objects.filter(category__code="14").count() == 84
    assert counts(imported(the_letters())) == (0, 1176, 1)
    assert Dispute.objects.count() == 1173
    assert_whole()


def test_a_letter_keeps_its_number_its_day_and_its_words_and_no_reply(tmp_path):
    imported(letters(tmp_path / "x.jsonl", a_letter()))
    dispute = Dispute.objects.get()
    assert (dispute.external_ref, dispute.title, dispute.channel) == ("letter:x-1", "路灯不亮 1", Channel.LETTER)
    assert timezone.localdate(dispute.claimed_at) == date(2022, 5, 10)
    assert dispute.who_against_whom == "来信人（未署名）"
    assert "已派人" not in dispute.facts + dispute.demand


def test_a_letter_without_day_or_title_is_registered_all_the_same(tmp_path):
    imported(letters(tmp_path / "x.jsonl", a_letter(date=None, title=None)))
    dispute = Dispute.objects.get()
    assert dispute.title == "东街路灯第 1 次不亮，请修"
    assert dispute.claimed_at == dispute.registered_at


def test_the_body_named_receives_them(tmp_path):
    body = a_committee()
    imported(letters(tmp_path / "x.jsonl", a_letter()), body=body)
    assert Dispute.objects.get().first_body == body


def test_the_same_words_in_another_letter_are_a_duplicate(tmp_path):
    same = a_letter(2, text=a_letter(1)["text"].replace("，", " "))
    report = imported(letters(tmp_path / "x.jsonl", a_letter(1), same))
    assert counts(report) == (1, 1, 0)
    assert report.outcomes[1].dispute == Dispute.objects.get().number


def test_the_same_words_of_another_person_are_another_matter(tmp_path):
    rows = [["A-1", "吴建芳", "", "", "欠薪三个月", ""], ["A-2", "王根宝", "", "", "欠薪三个月", ""]]
    assert counts(imported(table(tmp_path / "x.csv", *rows))) == (2, 0, 0)


def test_a_used_number_with_other_words_is_not_overwritten_and_told(tmp_path):
    imported(letters(tmp_path / "x.jsonl", a_letter()))
    report = imported(letters(tmp_path / "y.jsonl", a_letter(text="完全不同的事情。")))
    assert counts(report) == (0, 1, 0)
    assert "内容有改动" in report.outcomes[0].why


def test_a_second_file_knows_what_the_first_brought(tmp_path):
    imported(letters(tmp_path / "x.jsonl", a_letter(1)))
    report = imported(letters(tmp_path / "y.jsonl", a_letter(1), a_letter(2)))
    assert counts(report) == (1, 1, 0)
    assert report.earlier == 0


def test_a_second_reading_adds_nothing_and_says_so(tmp_path):
    path = letters(tmp_path / "x.jsonl", *(a_letter(n) for n in range(5)))
    imported(path)
    report = imported(path)
    assert counts(report) == (0, 5, 0)
    assert report.earlier == 5
    assert "上次已经登记" in report.sentence


def test_what_another_system_registered_under_the_number_is_known(tmp_path):
    clerk = a_clerk()
    receive(draft=a_draft(external_ref="letter:x-1"), by=clerk)
    assert counts(imported(letters(tmp_path / "x.jsonl", a_letter()))) == (0, 1, 0)


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_table_is_read_the_same_as_csv_and_as_workbook(name, tmp_path):
    a_category("14", "物业")
    place = a_region("330502001002", "余家漾社区")
    header = [*HEADER, "类型", "地方", "地址", "金额", "诉求", "渠道", "来源系统", "不认识的列"]
    row = [*ROW, "物业", "余家漾社区", "12 幢", "8600", "修好电梯", "12345 热线", "12345", "x"]
    assert counts(imported(table(tmp_path / name, row, header=header))) == (1, 0, 0)
    dispute = Dispute.objects.get()
    assert (dispute.external_ref, dispute.place, dispute.amount_fen) == ("12345:A-1", place, 860000)
    assert (dispute.category.code, dispute.channel, dispute.demand) == ("14", Channel.HOTLINE, "修好电梯")
    assert [(party.name, party.is_person) for party in dispute.cast] == [("吴建芳", True), ("余家漾物业", False)]
    assert dispute.applicants[0].phone == "13857219061"
    assert timezone.localdate(dispute.claimed_at) == date(2026, 3, 8)


def test_numbers_and_days_of_a_workbook_are_read_as_what_they_mean(tmp_path):
    row = [7, "吴建芳", 13857219061, None, "电梯坏了七次。", date(2026, 3, 8)]
    imported(table(tmp_path / "x.xlsx", row))
    dispute = Dispute.objects.get()
    assert dispute.external_ref == "table:7"
    assert dispute.applicants[0].phone == "13857219061"
    assert timezone.localdate(dispute.claimed_at) == date(2026, 3, 8)


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_headings_are_known_whatever_blanks_and_widths_they_were_typed_with(name, tmp_path):
    imported(table(tmp_path / name, ["A-1", "吴建芳", "漏水"], header=["ＩＤ", " 申请人　", "事由\u200b"]))
    assert Dispute.objects.get().applicants[0].name == "吴建芳"


def test_a_computed_column_that_is_none_of_ours_is_left_alone(tmp_path):
    assert counts(imported(table(tmp_path / "x.xlsx", [*ROW, "=LEN(E2)"], header=[*HEADER, "字数"]))) == (1, 0, 0)


def test_an_unknown_place_stays_in_the_address(tmp_path):
    imported(table(tmp_path / "x.csv", [*ROW, "别处村"], header=[*HEADER, "地方"]))
    dispute = Dispute.objects.get()
    assert (dispute.place, dispute.address) == (None, "别处村")


def test_a_story_over_several_lines_is_one_row(tmp_path):
    path = table(
        tmp_path / "x.csv", [*ROW[:4], '"电梯坏了，\n物业不修。\n"', ""], ["A-2", "王根宝", "", "", "漏水", ""]
    )
    report = imported(path)
    assert counts(report) == (2, 0, 0)
    assert [outcome.row for outcome in report.outcomes] == [2, 5]


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("电话", "1385721906", "少了 1 位"),
        ("身份证号", "330502196806151823", "校验位"),
        ("类型", "不存在", "不在代码表里"),
        ("渠道", "飞鸽", "不认识"),
        ("金额", "很多", "不像金额"),
        ("事由", "", "没有正文"),
        ("编号", "", "没有编号"),
        ("编号", "长" * 100, "编号太长"),
        ("申请人", "20260101", "姓名不能只是数字"),
        ("标题", "长" * 121, "标题太长"),
    ],
)
def test_a_row_that_does_not_check_is_refused_alone_with_number_and_reason(column, value, why, tmp_path):
    header = [*HEADER, *(() if column in HEADER else (column,))]
    wrong = dict(zip(HEADER, ROW, strict=True)) | {column: value}
    right = {**dict(zip(HEADER, ROW, strict=True)), "编号": "A-9", "申请人": "王根宝", column: ""}
    if column in ("事由", "编号", "申请人"):
        right[column] = {"事由": "漏水", "编号": "A-9", "申请人": "王根宝"}[column]
    report = imported(table(tmp_path / "x.csv", list(wrong.values()), list(right.values()), header=header))
    assert counts(report) == (1, 0, 1)
    assert report.refusals[0].row == 2
    assert why in report.refusals[0].why


def test_a_trial_run_tells_the_same_and_saves_nothing(tmp_path):
    path = letters(
        tmp_path / "x.jsonl", a_letter(1), a_letter(2, text=a_letter(1)["text"]), a_letter(3, text=""), a_letter(4)
    )
    trial = check_file(path, body=the_center())
    assert counts(trial) == (2, 1, 1)
    assert not Dispute.objects.exists()
    assert [one.fate for one in imported(path).outcomes] == [one.fate for one in trial.outcomes]


def test_every_row_is_looked_up_in_the_written_report(tmp_path):
    path = letters(tmp_path / "brief.jsonl", a_letter(1), a_letter(2, id="=2", text=""))
    report = imported(path)
    assert report.path == settings.FENGQIAO_HOME / "imports" / "brief.jsonl.report.csv"
    rows = list(csv.reader(io.StringIO(report.path.read_text("utf-8-sig"))))
    assert rows[0] == ["行", "编号", "结果", "登记编号", "说明"]
    assert rows[1][:4] == ["1", "letter:x-1", "登记", Dispute.objects.get().number]
    assert rows[2] == ["2", "letter:=2", "退回", "", "没有正文。"]


def test_the_report_cannot_start_a_formula(tmp_path):
    header = [*HEADER, "来源系统"]
    report = imported(table(tmp_path / "x.csv", [*ROW[:4], "", "", "-2+3"], header=header))
    assert ",'-2+3:A-1," in report.path.read_text("utf-8-sig")


def test_the_command_counts_tells_progress_and_names_the_refused(tmp_path, capsys):
    the_center()
    call_command("import", letters(tmp_path / "x.jsonl", a_letter(1), a_letter(2, text="")))
    heard = capsys.readouterr()
    assert "共 2 行：登记 1，重复 0，退回 1。" in heard.out
    assert "第 2 行（letter:x-2）退回：没有正文。" in heard.out
    assert "已处理 2／2 行" in heard.err


def test_the_command_tries_without_saving(tmp_path, capsys):
    the_center()
    call_command("import", letters(tmp_path / "x.jsonl", a_letter(1)), "--dry-run")
    assert "登记 1" in capsys.readouterr().out
    assert not Dispute.objects.exists()


def test_invisible_and_broken_characters_do_not_come_in(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"id": "x-1", "text": "路灯\\u0000不\\ud800亮\\u200b了。"}\n'.encode())
    imported(path)
    assert Dispute.objects.get().facts == "路灯不亮了。"
