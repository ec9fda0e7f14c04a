"""Identity numbers, credit codes and telephones: one form for each, and a sentence that helps where it is wrong."""

import re
from datetime import date

import pytest
import time_machine

from fengqiao.kernel.codes import (
    Sex,
    check_credit_code,
    check_id_number,
    check_phone,
    human_code,
    read_human_code,
)
from fengqiao.kernel.errors import Refused

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(body):
    """A made-up number with its right check letter, by the definition: the whole sum leaves 1 modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + next(letter for letter in "0123456789X" if (total + "0123456789X".index(letter)) % 11 == 1)


def test_the_example_of_the_standard():
    number = check_id_number("11010519491231002X")
    assert (number.sex, number.born, number.normalized) == (Sex.FEMALE, date(1949, 12, 31), "11010519491231002X")


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
        "110105　19491231　002Ｘ",
    ],
)
def test_it_may_be_typed_in_many_ways(typed):
    assert check_id_number(typed).normalized == "11010519491231002X"


@pytest.mark.parametrize("permit", ["81", "82", "83"])
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_accepted(permit):
    number = check_id_number(number_of(f"{permit}000019900101001"))
    assert (number.sex, number.born) == (Sex.MALE, date(1990, 1, 1))


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("", "请填写身份证号"),
        ("110105491231002", "旧的 15 位"),
        ("1101051949123100", "少了 2 位，身份证号应是 18 位"),
        ("11010519491231002X1", "X"),
        ("1101051949123100211", "多了 1 位"),
        ("11010519491231OO2X", "只能有数字"),
        ("99010519491231002X", "“99”不是地区代码"),
        (number_of("11010519490230002"), "1949-02-30"),
        (number_of("11010520990101002"), "2099-01-01"),
        ("110105194912310021", "校验位对不上"),
        ("11010519491231020X", "校验位对不上"),
    ],
)
def test_a_wrong_identity_number_is_refused_with_what_is_wrong(typed, sentence):
    with pytest.raises(Refused, match=sentence):
        check_id_number(typed)


def test_someone_born_today_has_a_number_and_someone_born_tomorrow_has_none():
    newborn = number_of("33050220260601001")
    with time_machine.travel("2026-05-31T16:00:00+00:00"):  # midnight of 1 June in the county
        assert check_id_number(newborn).born == date(2026, 6, 1)
    with time_machine.travel("2026-05-31T15:59:00+00:00"), pytest.raises(Refused):
        check_id_number(newborn)


def test_a_refusal_never_gives_the_right_check_letter_away():
    with pytest.raises(Refused) as refusal:
        check_id_number("110105194912310021")
    assert "X" not in str(refusal.value)


# ── credit codes ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_credit_code_of_the_standard():
    code = check_credit_code(" ９1350100m000100y43 ")
    assert (code.normalized, code.warning) == ("91350100M000100Y43", "")


@pytest.mark.parametrize(
    "typed, warning",
    [
        ("91350100M000100Y44", "校验位对不上"),
        ("91350100M000100Y4", "少了 1 位"),
        ("91350100M000100I43", "不该有“I”"),
        ("", "^$"),
    ],
)
def test_a_doubtful_credit_code_is_kept_with_a_warning(typed, warning):
    code = check_credit_code(typed)
    assert code.normalized == typed
    assert re.search(warning, code.warning)


# ── telephones ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed, number",
    [
        ("13812341234", "13812341234"),
        ("138 1234 1234", "13812341234"),
        ("＋86 138-1234-1234", "13812341234"),
        ("008613812341234", "13812341234"),
        ("8613812341234", "13812341234"),
        ("１９８１２３４１２３４", "19812341234"),
        ("0572-2038888", "0572-2038888"),
        ("05722038888", "0572-2038888"),
        ("（0571）87054321", "0571-87054321"),
        ("010-12345678", "010-12345678"),
        ("+86 21 12345678", "021-12345678"),
        ("0572-2038888 转 12", "0572-2038888-12"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_a_telephone_may_be_typed_in_many_ways(typed, number):
    assert check_phone(typed) == number


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("", "请填写电话号码"),
        ("1381234123", "少了 1 位，手机号应是 11 位"),
        ("138123412345", "多了 1 位，手机号应是 11 位"),
        ("12812341234", "13 到 19 开头"),
        ("2038888", "请加区号"),
        ("0572-20388", "区号加 7 或 8 位"),
        ("138l2341234", "只能有数字"),
        ("找村长问", "只能有数字"),
    ],
)
def test_a_wrong_telephone_is_refused_with_what_is_wrong(typed, sentence):
    with pytest.raises(Refused, match=sentence):
        check_phone(typed)


# ── codes on paper ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_paper_carries_a_code_of_three_groups_that_can_be_typed_back():
    code = human_code(b"the agreement, byte for byte")
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert code == human_code(b"the agreement, byte for byte") != human_code(b"another")
    assert read_human_code(f" {code.lower().replace('-', ' ')} ") == code


def test_the_letter_o_on_paper_is_a_zero():
    assert read_human_code("7F3A-91C2-O8DD") == "7F3A-91C2-08DD"


@pytest.mark.parametrize("typed", ["", "7F3A-91C2", "7F3A-91C2-08DG", "7F3A-91C2-08DD-1"])
def test_what_cannot_be_such_a_code_is_refused(typed):
    with pytest.raises(Refused, match="核对码"):
        read_human_code(typed)
