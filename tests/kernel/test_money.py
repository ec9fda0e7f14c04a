"""Money is whole 分, written for the eye and in the capital words of agreements, and read from what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import in_words, parse_yuan, yuan


@pytest.mark.parametrize(
    "fen, shown", [(860000, "8,600.00"), (5, "0.05"), (0, "0.00"), (-123456, "-1,234.56"), (100, "1.00")]
)
def test_an_amount_for_the_eye(fen, shown):
    assert yuan(fen) == shown


@pytest.mark.parametrize(
    "amount, words",
    [
        ("8600", "捌仟陆佰元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100010", "壹拾万零壹拾元整"),
        ("10001000", "壹仟万壹仟元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_in_capital_words(amount, words):
    assert in_words(parse_yuan(amount)) == words


def test_a_debt_below_zero_says_so():
    assert in_words(-100) == "负壹元整"


@pytest.mark.parametrize(
    "typed, fen",
    [
        ("8,600", 860000),
        ("8600.50", 860050),
        ("8600.5", 860050),
        ("8600元", 860000),
        (" ８，６００．００ 元 ", 860000),
        ("￥1,234,567.89", 123456789),
        ("人民币8600元整", 860000),
        ("1.5万元", 1500000),
        ("0.00015万", 150),
        ("12.000", 1200),
        ("0", 0),
    ],
)
def test_what_people_type_for_money(typed, fen):
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("", "请填写金额"),
        ("  ", "请填写金额"),
        ("八千六", "不像金额"),
        ("8,60", "不像金额"),
        ("8 600", "不像金额"),
        ("1e5", "不像金额"),
        ("٣٤", "不像金额"),
        ("8600.505", "最多写到分"),
        ("-5", "不能是负数"),
        ("6222021234567890123", "太大"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(Refused, match=sentence):
        parse_yuan(typed)


@given(st.integers(0, 10**14))
def test_what_is_shown_can_be_typed_back(fen):
    assert parse_yuan(yuan(fen)) == fen


DIGITS = {letter: digit for digit, letter in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}


def read_aloud(words):
    """The 分 that a clerk hears: an independent reading of capital words."""
    whole, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    high = section = digit = 0
    for letter in whole:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in "拾佰仟":
            section, digit = section + digit * UNITS[letter], 0
        elif letter == "万":
            section, digit = (section + digit) * UNITS[letter], 0
        else:
            high, section, digit = (high + section + digit) * UNITS[letter], 0, 0
    fen = (high + section + digit) * 100
    for letter, before in zip(rest[1:], rest, strict=False):
        fen += DIGITS.get(before, 0) * {"角": 10, "分": 1}.get(letter, 0)
    return fen


@given(st.integers(0, 10**14))
def test_capital_words_mean_the_amount_and_never_double_a_zero(fen):
    words = in_words(fen)
    assert read_aloud(words) == fen
    assert "零零" not in words
