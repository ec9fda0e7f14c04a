"""Counting: clause numerals, and the pages of a PDF."""

import zlib

import pytest

from fengqiao.papers.numerals import clause_number
from fengqiao.papers.typeset import page_count


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (115, "一百一十五"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十"),
        (2026, "二千零二十六"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_a_numeral_is_written_as_in_a_statute(n: int, written: str) -> None:
    assert clause_number(n) == written


@pytest.mark.parametrize("n", [0, -1, 10_000])
def test_there_is_no_such_clause(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        clause_number(n)


def test_pages_inside_object_streams_are_counted() -> None:
    packed = zlib.compress(b"1 0 2 20 <</Type/Pages/Count 2>> <</Type/Page>> <</Type /Page /Parent 1 0 R>>")
    assert page_count(b"%PDF-1.7\n9 0 obj <</Type/ObjStm/N 3>> stream\n" + packed + b"\nendstream endobj") == 2


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"<html>", b"/Type/ObjStm stream\nnot packed"])
def test_what_has_no_pages_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no page"):
        page_count(data)
