"""How much money words say."""

import pytest

from fengqiao.intake.understanding.sums import fen_of
from fengqiao.kernel.money import in_words


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("12万元", 120000), ("1.26万元", 12600), ("7.1万", 71000), ("3,500元", 3500), ("612.5元", 612.5), ("八千块", 8000),
        ("三万一", 31000), ("八千五", 8500), ("一万二千块钱", 12000), ("两千三", 2300), ("二百五十元", 250), ("三万零五十元", 30050),
        ("叁万伍仟元整", 35000), ("壹拾柒万伍仟元整", 175000), ("人民币5000元", 5000), ("十二万八", 128000), ("一百零三万", 1030000),
        ("三块五角", 3.5), ("贰佰元零伍分", 200.05), ("两亿", 200000000), ("3千元", 3000),
    ],
)  # fmt: skip
def test_sums_as_people_write_and_say_them(words, yuan):
    assert fen_of(words) == round(yuan * 100)


@pytest.mark.parametrize(
    "words",
    [
        "八千多块",
        "几万元",
        "上百元",
        "一万余元",
        "三四千",
        "0元",
        "",
        "块",
        "9" * 30 + "元",
        "万万万万万万亿亿亿",
        "1.23456万",
    ],
)
def test_about_so_much_and_no_sum_at_all_are_none(words):
    assert fen_of(words) is None


@pytest.mark.parametrize("fen", [100, 30500, 3_500_000, 17_500_000, 103_000_000, 12_345_678, 1_000_001_00, 20_010_00])
def test_what_papers_write_in_capitals_is_read_back(fen):
    assert fen_of(in_words(fen)) == fen
