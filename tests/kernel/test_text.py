"""What people type, made fit to keep and to export."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.kernel.text import normalise, safe_cell


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  ＡＢＣ１２３　x ", "ABC123 x"),
        ("漏水，楼下受损！（2026）①㎡…", "漏水，楼下受损！（2026）①㎡…"),
        ("a\t b\u00a0 c", "a b c"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\n\n\n\n b ", "a\n\nb"),
        ("a\x00b\u200bc\ufeff\u202ed", "abcd"),
        ("bad\ud800half", "badhalf"),
        ("⼀⼆", "一二"),
        ("", ""),
    ],
)
def test_one_form_for_the_same_letters(typed, kept):
    assert normalise(typed) == kept


@given(st.text())
def test_what_is_kept_once_stays_as_it_is(text):
    kept = normalise(text)
    assert normalise(kept) == kept
    assert kept == kept.strip()
    assert "\x00" not in kept


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@x", "\tx", "\rx", "  =x", "＝cmd", "\n=x"])
def test_no_text_starts_a_formula_in_a_spreadsheet(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["渗水", "", 5, -5, None, "a=b"])
def test_other_cells_pass_unchanged(value):
    assert safe_cell(value) is value
