"""Shares, as handbook 4 wants them published."""

import pytest

from fengqiao.kernel.rates import Rate


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (2295, 2377, "96.55%"),
        (187, 207, "90.34%"),
        (1, 1, "100.00%"),
        (0, 3, "0.00%"),
        (1, 8, "12.50%"),
        (1, 1600, "0.06%"),
    ],
)
def test_percents_are_rounded_half_up_for_display(part, whole, percent):
    assert Rate(part, whole).percent == percent


def test_nothing_out_of_nothing_is_no_figure():
    assert Rate(0, 0).percent == ""
    assert str(Rate(0, 0)) == "0/0"
    assert str(Rate(1, 2)) == "50.00% 1/2"
