"""How a name sounds: one key for what a listener can't part."""

import pytest

from fengqiao.kernel.sounds import sound_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("吴建芳", "武健方"),
        ("陈凌", "程林"),  # -n and -ng, ch and c
        ("黄丽", "王莉"),
        ("刘南", "牛兰"),
        ("张 伟", "章维"),
    ],
)
def test_names_that_are_taken_for_each_other_have_one_key(one, other):
    assert sound_of(one) == sound_of(other) != ""


def test_a_family_name_is_read_as_a_family_name():
    assert sound_of("曾单") == "zen san"


@pytest.mark.parametrize("name", ["", "A公司", "吴13", "ｔｏｍ"])
def test_what_is_not_all_chinese_has_no_sound(name):
    assert not sound_of(name)


def test_other_names_sound_otherwise():
    assert sound_of("吴建芳") != sound_of("吴建红")
