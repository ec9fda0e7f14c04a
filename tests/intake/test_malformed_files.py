"""Files that are not what they should be: each is refused with a sentence, and not a row of it is saved."""

import os
import struct
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fengqiao.disputes.models import Dispute
from fengqiao.intake.importing import import_file
from fengqiao.kernel.errors import FileRefused
from fengqiao.people.models import SYSTEM
from tests.world import the_center

from .files import HEADER, ROW, a_letter, letters, rezipped, table

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def a_sound_csv(at: Path) -> bytes:
    return table(at / "sound.csv", ROW).read_bytes().removeprefix(b"\xef\xbb\xbf")


def in_gbk(at):
    return written(at / "x.csv", a_sound_csv(at).decode().encode("gbk"))


def in_utf16(at):
    return written(at / "x.csv", a_sound_csv(at).decode().encode("utf-16"))


def in_utf16_without_a_mark(at):
    return written(at / "x.csv", a_sound_csv(at).decode().encode("utf-16-le"))


def in_no_encoding(at):
    return written(at / "x.jsonl", b'{"id": "1", "text": "\xff\xfe\xff"}\n')


def without_a_column(at):
    return table(at / "x.csv", ROW[:4], header=HEADER[:4])


def a_line_of_100_megabytes(at):
    path = at / "x.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "1", "text": "')
        for _ in range(100):
            file.write(b"a" * 1024 * 1024)
        file.write(b'"}\n')
    return path


def a_formula_in_a_name(at):
    return table(at / "x.csv", ROW, ["A-2", "\"=cmd|'/C calc'!A0\"", *ROW[2:]])


def a_formula_in_the_story(at):
    return table(at / "x.csv", [*ROW[:4], "=HYPERLINK(1)", ROW[5]])


def a_formula_in_a_workbook(at):
    return table(at / "x.xlsx", ROW, ["A-2", "=1+1", *ROW[2:]])


def a_zip_bomb(at):
    return rezipped(table(at / "x.xlsx", ROW), xl__media__image1_dot_png=b"\0" * (50 * 1024 * 1024))


def a_wrong_date(at):
    return table(at / "x.csv", ROW, [*ROW[:5], "03/08/2026"])


def a_day_that_does_not_exist(at):
    return letters(at / "x.jsonl", a_letter(1), a_letter(2, date="2022-02-30"))


def a_date_to_come(at):
    return letters(at / "x.jsonl", a_letter(date="2999-01-01"))


def a_cut_off_letter(at):
    whole = letters(at / "x.jsonl", a_letter(1), a_letter(2)).read_bytes()
    return written(at / "x.jsonl", whole[:-2])


def cut_off_in_a_character(at):
    whole = letters(at / "x.jsonl", a_letter(1), a_letter(2)).read_bytes()
    return written(at / "x.jsonl", whole[:-5])


def two_columns_of_one_name(at):
    return table(at / "x.csv", [*ROW, "b"], header=[*HEADER, "申请人"])


def two_names_of_one_column(at):
    return table(at / "x.csv", [*ROW, "b"], header=[*HEADER, "姓名"])


def nothing_in_it(at):
    return written(at / "x.csv", b"")


def only_blanks(at):
    return written(at / "x.jsonl", b"\n \n\n")


def null_bytes(at):
    return written(at / "x.csv", a_sound_csv(at).replace("电梯".encode(), b"\0\0"))


def null_bytes_far_in(at):
    lines = [a_letter(n) for n in range(60)]
    path = letters(at / "x.jsonl", *lines)
    return written(path, path.read_bytes() + b'{"id": "z", "text": "\0"}\n')


def a_folder(at):
    (at / "x.csv").mkdir()
    return at / "x.csv"


def a_pipe(at):
    os.mkfifo(at / "x.csv")
    return at / "x.csv"


def no_file(at):
    return at / "x.csv"


def what_cannot_be_read(at):
    (at / "x.csv").symlink_to("/proc/self/mem")
    return at / "x.csv"


def a_workbook_called_csv(at):
    return table(at / "x.xlsx", ROW).rename(at / "x.csv")


def a_csv_called_workbook(at):
    return table(at / "x.csv", ROW).rename(at / "x.xlsx")


def a_pdf_called_csv(at):
    return written(at / "x.csv", b"%PDF-1.7\n1 0 obj\n")


def an_encrypted_workbook(at):
    return written(at / "x.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)


def an_old_workbook(at):
    return written(at / "x.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"))


def an_old_workbook_renamed(at):
    return an_old_workbook(at).rename(at / "x.xlsx")


def a_tower_of_json(at):
    return written(at / "x.jsonl", b'{"id": "1", "text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}\n")


def an_array_for_lines(at):
    return written(at / "x.jsonl", b'[{"id": "1", "text": "a"},\n{"id": "2", "text": "b"}]\n')


def a_whole_json_file(at):
    return letters(at / "x.json", a_letter())


def a_number_for_a_text(at):
    return letters(at / "x.jsonl", a_letter(1), a_letter(2, text=12345))


def a_number_for_a_name(at):
    return table(at / "x.xlsx", ["A-1", 42, *ROW[2:]])


def an_identity_number_that_lost_its_digits(at):
    return table(at / "x.xlsx", [*ROW, 330502196806151822], header=[*HEADER, "身份证号"])


def letters_without_text(at):
    return letters(at / "x.jsonl", {"id": "1", "content": "路灯不亮"})


def a_word_for_a_letter(at):
    return written(at / "x.jsonl", '"路灯不亮"\n'.encode())


def only_a_header(at):
    return table(at / "x.csv")


def too_many_columns(at):
    return table(at / "x.csv", header=[*HEADER, *(f"列{n}" for n in range(80))])


def a_shifted_row(at):
    return table(at / "x.csv", ROW, [*ROW, "多出来的"])


def an_open_quote(at):
    return written(at / "x.csv", a_sound_csv(at) + '"A-2,吴建芳,,,"没有合上\r\n'.encode())


def macros(at):
    return table(at / "y.xlsx", ROW).rename(at / "x.xlsm")


def macros_renamed(at):
    return rezipped(table(at / "x.xlsx", ROW), xl__vbaProject_dot_bin=b"\1\2")


def a_damaged_workbook(at):
    path = table(at / "x.xlsx", ROW)
    return written(path, path.read_bytes()[:-400])


def a_zip_that_is_no_workbook(at):
    path = rezipped(table(at / "x.xlsx", ROW))
    return written(path, path.read_bytes().replace(b"xl/workbook.xml", b"xl/werkbook.xml"))


def entities_in_a_workbook(at):
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    return rezipped(table(at / "x.xlsx", ROW), xl__sharedStrings_dot_xml=evil)


def a_row_at_the_end_of_the_world(at):
    path = table(at / "x.xlsx", ROW)
    sheet = rezipped(path, xl__worksheets__sheet1_dot_xml=_far_row())
    return sheet


def a_picture(at):
    return written(at / "x.jpg", b"\xff\xd8\xff" + struct.pack(">I", 7))


def _far_row():
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip("ABCDEF", HEADER, strict=True)
    )
    far = '<row r="4000000000"><c r="A4000000000" t="inlineStr"><is><t>A-1</t></is></c></row>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData><row r="1">{cells}</row>{far}</sheetData></worksheet>'.encode()


MALFORMED = {
    in_gbk: "GBK",
    in_utf16: "UTF-16",
    in_utf16_without_a_mark: "UTF-16",
    in_no_encoding: "第 1 行不是 UTF-8",
    without_a_column: "缺少这些列：事由",
    a_line_of_100_megabytes: "第 1 行超过 1 MB",
    a_formula_in_a_name: "第 3 行的“申请人”像是公式",
    a_formula_in_the_story: "第 2 行的“事由”像是公式",
    a_formula_in_a_workbook: "第 3 行的“申请人”像是公式",
    a_zip_bomb: "大得不正常",
    a_wrong_date: "第 3 行的日期“03/08/2026”",
    a_day_that_does_not_exist: "第 2 行的日期“2022-02-30”",
    a_date_to_come: "今天以后",
    a_cut_off_letter: "第 2 行不是完整的 JSON",
    cut_off_in_a_character: "第 2 行断在半个字上",
    two_columns_of_one_name: "“申请人”出现了两次",
    two_names_of_one_column: "“姓名”出现了两次",
    nothing_in_it: "空的",
    only_blanks: "空的",
    null_bytes: "空字节",
    null_bytes_far_in: "第 61 行里有空字节",
    a_folder: "文件夹",
    a_pipe: "不是普通文件",
    no_file: "没有“x.csv”",
    what_cannot_be_read: "读不了",
    a_workbook_called_csv: "内容却不是",
    a_csv_called_workbook: "内容却不是",
    a_pdf_called_csv: "图片或者 PDF",
    an_encrypted_workbook: "打开密码",
    an_old_workbook: "旧格式",
    an_old_workbook_renamed: "旧格式",
    a_tower_of_json: "套得太深",
    an_array_for_lines: "数组",
    a_whole_json_file: ".jsonl",
    a_number_for_a_text: "第 2 行的 text 应是文字",
    a_number_for_a_name: "第 2 行的“申请人”应是文字",
    an_identity_number_that_lost_its_digits: "末几位已经丢了",
    letters_without_text: "第 1 行缺少 text",
    a_word_for_a_letter: "不是一个对象",
    only_a_header: "只有表头",
    too_many_columns: "86 列，太多了",
    a_shifted_row: "第 3 行比表头多出",
    an_open_quote: "引号",
    macros: "带宏",
    macros_renamed: "带宏",
    a_damaged_workbook: "损坏",
    a_zip_that_is_no_workbook: "不是 .xlsx 工作簿",
    entities_in_a_workbook: "不该有的声明",
    a_row_at_the_end_of_the_world: "超过 200000 行",
    a_picture: "只收 .jsonl",
}


@pytest.mark.parametrize("made", MALFORMED, ids=lambda made: made.__name__)
def test_a_malformed_file_is_refused_with_a_sentence_and_no_row_saved(made, tmp_path):
    with pytest.raises(FileRefused, match=MALFORMED[made]) as refused:
        import_file(made(tmp_path), by=SYSTEM, body=the_center())
    assert str(refused.value).endswith("。")
    assert not Dispute.objects.exists()


def test_the_command_says_the_sentence_and_fails(tmp_path):
    the_center()
    with pytest.raises(CommandError, match="GBK"):
        call_command("import", in_gbk(tmp_path))


def test_the_last_line_decides_as_much_as_the_first(tmp_path):
    """A fault on the last of a thousand lines leaves none of the others behind."""
    path = letters(tmp_path / "x.jsonl", *(a_letter(n) for n in range(1000)), a_letter(1000, date="gestern"))
    with pytest.raises(FileRefused, match="第 1001 行"):
        import_file(path, by=SYSTEM, body=the_center())
    assert not Dispute.objects.exists()
