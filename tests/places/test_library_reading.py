"""A written address in its parts, and the one form that a name has however it is written."""

import pytest

from fengqiao.places.library.keys import key_of
from fengqiao.places.library.reading import Reading, beside, read


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("朝阳路８８号 三栋", "朝阳路88号3幢"),
        ("五一大道二〇三室", "五一大道203室"),
        ("三里桥路二十三号", "三里桥路23号"),
        ("东门新村12号楼", "东门新村12幢"),
        ("朝阳路八十八号之一", "朝阳路88-1号"),
        ("一百零八号", "108号"),
        ("第四小学", "第四小学"),
        ("——", ""),
        ("百百号", "百百号"),
    ],
)
def test_a_name_has_one_form_however_it_is_written(text, key):
    assert key_of(text) == key


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("朝阳路88号3幢2单元301室", Reading("朝阳路", "88号", "", "3幢", "2单元", "301室")),
        ("朝阳路88号余家漾花园3栋", Reading("朝阳路", "88号", "余家漾花园", "3幢")),
        ("朝阳路12弄3号", Reading("朝阳路", "12弄3号")),
        ("余家漾花园3-2-301", Reading(poi="余家漾花园", building="3幢", unit="2单元", room="301室")),
        ("东门新村3楼301", Reading(poi="东门新村", building="", room="301室")),
        ("铁路小区5幢", Reading(poi="铁路小区", building="5幢")),
        ("104国道15号", Reading("104国道", "15号")),
        ("月河街5号", Reading("月河街", "5号")),
        ("朝阳路88号门面房", Reading("朝阳路", "88号", "门面房")),
        ("东门菜场", Reading(poi="东门菜场")),
        ("红丰新村A区12幢东单元201", Reading(poi="红丰新村a区", building="12幢", unit="东单元", room="201室")),
        ("解放路小区8幢", Reading(poi="解放路小区", building="8幢")),
        ("下杨村12号那边", Reading(poi="下杨村", rest="12号那边")),
        ("", Reading()),
    ],
)
def test_a_written_address_falls_into_its_parts(text, parts):
    assert read(text) == parts


def test_what_somebody_stands_beside():
    assert beside("余家漾花园斜对面") == "余家漾花园"
    assert beside("东门菜场的旁边") == "东门菜场"
    assert beside("东门菜场") == ""
