"""One rule for every table that comes in or goes out: what a spreadsheet honestly writes is taken, anything else named."""

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengqiao.kernel.errors import FileRefused, Refused
from fengqiao.tables import Column, Holds, Layout, rows, rows_of_upload, written

pytestmark = pytest.mark.once

LAYOUT = Layout(
    columns={
        "code": Column("编码"),
        "name": Column("姓名", Holds.NAME),
        "told": Column("说明", Holds.PROSE),
        "day": Column("日期", Holds.DAY),
        "at": Column("钟点", Holds.TIME, ("上班",)),
    },
    needed=("code",),
    most=3,
)


def a_workbook(path, *lines, number_format="General"):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.active["A2"].number_format = number_format
    book.save(path)
    return path


def only(read):
    [(_line, said)] = read
    return said


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_and_cannot_run_on_the_way(format, tmp_path):
    told = [["=1+1", "+1", "-2 层漏水\n楼下也漏", "2026-03-08", "08:30"], ["007", "吴建芳", "@x\x01", "", ""]]
    data = written({"表": [[column.name for column in LAYOUT.columns.values()], *told]}, format=format)
    (path := tmp_path / f"x.{format}").write_bytes(data)
    assert [list(said.values()) for _line, said in rows(path, LAYOUT)] == [told[0], ["007", "吴建芳", "@x", "", ""]]
    if format == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active.rows for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


@pytest.mark.parametrize(
    ("code", "shown"),
    [(5702, "5702"), (0.1 + 0.2, "0.3"), (120.1234567, "120.1234567"), (330502001003, "330502001003"), (3.0, "3"), (-1, "-1")],
)  # fmt: skip
def test_a_number_is_taken_as_it_is_shown(code, shown, tmp_path):
    assert only(rows(a_workbook(tmp_path / "x.xlsx", ["编码"], [code]), LAYOUT)) == {"code": shown}


def test_days_times_and_leading_zeros_are_taken_as_they_are_meant(tmp_path):
    path = tmp_path / "x.xlsx"
    header = ["编码", "日期", "上班", "合计"]
    a_workbook(
        path, header, [12, datetime.combine(date(2026, 3, 8), time()), time(8, 30), "=SUM(A1)"], number_format="0000"
    )
    assert only(rows(path, LAYOUT)) == {"code": "0012", "day": "2026-03-08", "at": "08:30"}
    a_workbook(
        path, header, [None, None, None, "=SUM(A1)"], ["a", datetime.combine(date(2026, 3, 8), time(9, 5)), "8:30"]
    )
    assert list(rows(path, LAYOUT)) == [(3, {"code": "a", "day": "2026-03-08 09:05", "at": "8:30"})]


@pytest.mark.parametrize(
    ("name", "cell", "why"),
    [
        ("编码", "=1+1", "第 2 行的“编码”像是公式"), ("姓名", 42, "第 2 行的“姓名”应是文字"), ("说明", True, "第 2 行的“说明”应是文字"),
        ("编码", date(2026, 3, 5), "第 2 行的“编码”应是文字"), ("日期", time(8), "第 2 行的“日期”应是文字"),
        ("钟点", timedelta(hours=30), "第 2 行的“钟点”应是文字"), ("编码", "#N/A", "第 2 行的“编码”应是文字"),
        ("编码", 330502196806151822, "末几位已经丢了"), ("姓名", "+cmd", "像是公式"), ("编码", "\u200b＝1", "像是公式"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_made_of_a_text_is_refused_with_row_and_column(name, cell, why, tmp_path):
    path = a_workbook(tmp_path / "x.xlsx", ["编码", "姓名", "说明", "日期", "钟点"], [])
    book = openpyxl.load_workbook(path)
    book.active.cell(2, [column.name for column in LAYOUT.columns.values()].index(name) + 1, cell)
    book.save(path)
    with pytest.raises(FileRefused, match=why):
        list(rows(path, LAYOUT))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("编码\n1\n2\n3\n4", "超过 3 行"), ("编码,编码\n1,2", "出现了两次"), ("姓名\n吴建芳", "缺少这些列：编码"), ("编码\n", "只有表头"),
        ("编码\n1,2", "第 2 行比表头多出"), ("编码\n\"1", "第 2 行的引号"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_the_one_asked_for_is_refused(text, why):
    with pytest.raises(FileRefused, match=why):
        rows_of_upload(SimpleUploadedFile("x.csv", text.encode()), LAYOUT)


def test_a_closed_layout_takes_no_other_column_and_one_of_two_may_be_enough():
    closed = Layout(columns=LAYOUT.columns, needed=(), one_of=("day", "at"), closed=True)
    with pytest.raises(FileRefused, match="不认识的列：密码"):
        rows_of_upload(SimpleUploadedFile("x.csv", "钟点,密码\n8:30,x".encode()), closed)
    with pytest.raises(FileRefused, match="缺少这些列：日期"):
        rows_of_upload(SimpleUploadedFile("x.csv", "编码\nx".encode()), closed)
    assert only(rows_of_upload(SimpleUploadedFile("x.csv", "钟点,编码\n8:30".encode()), closed)) == {
        "at": "8:30", "code": "",
    }  # fmt: skip


def test_too_large_an_upload_and_an_unknown_format_are_refused():
    with pytest.raises(FileRefused, match="文件超过 10 MB"):
        rows_of_upload(SimpleUploadedFile("x.csv", b"x" * (10 * 1024 * 1024 + 1)), LAYOUT)
    with pytest.raises(Refused, match="只能导出"):
        written({"表": []}, format="pdf")
