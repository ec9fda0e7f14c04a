"""What is understood of an address as people write and say it, and what is left open."""

import pytest

from fengqiao.places.addresses import LocalNames, parse

XIHU, WUXING, JIANGBEI, PUTUO = "330106", "330502", "330205", "330903"


def division(text: str, near: str = "") -> tuple[str, ...]:
    parsed = parse(text, near=near)
    return tuple(name for name in (parsed.prov, parsed.city, parsed.district, parsed.town) if name)


def labelled(text: str) -> list[tuple[str, str]]:
    return [(element.label, element.text) for element in parse(text).elements]


def choices(text: str, near: str = "") -> list[str]:
    return [candidate.code[:6] for candidate in parse(text, near=near).candidates]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("浙江温岭", "浙江省 台州市 温岭市"),
        ("吴兴区", "浙江省 湖州市 吴兴区"),
        ("吴兴", "浙江省 湖州市 吴兴区"),
        ("吴兴月河", "浙江省 湖州市 吴兴区 月河街道"),
        ("湖州织里镇", "浙江省 湖州市 吴兴区 织里镇"),
        ("湖州市吴兴区湖州市吴兴区织里镇", "浙江省 湖州市 吴兴区 织里镇"),
        ("杭州西湖文新", "浙江省 杭州市 西湖区 文新街道"),
        ("景宁县鹤溪街道", "浙江省 丽水市 景宁畲族自治县 鹤溪街道"),
        ("江苏苏州吴江", "江苏省 苏州市 吴江区"),
        ("上海普陀区", "上海市 上海市 普陀区"),
    ],
)
def test_names_may_be_short_missing_or_said_twice(text, wanted):
    assert division(text) == tuple(wanted.split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("喂，是调解中心吧？我诸暨赵家镇的", "浙江省 绍兴市 诸暨市 赵家镇"),
        ("嵊州甘霖镇……不对不对，是崇仁镇", "浙江省 绍兴市 嵊州市 崇仁镇"),
        ("龙游沐尘乡", "浙江省 衢州市 龙游县 沐尘畲族乡"),
        ("宁波老江东，百丈路", "浙江省 宁波市 鄞州区"),
        ("104国道吴兴段", "浙江省 湖州市 吴兴区"),
        ("浙江省湖州市区月河街道办事处", "浙江省 湖州市 吴兴区 月河街道"),
        ("浙江省金华市义乌市场旁", "浙江省 金华市 义乌市"),
    ],
)
def test_what_people_say_before_and_between_the_names(text, wanted):
    assert division(text) == tuple(wanted.split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("金华兰溪……讲错了，浦江黄宅，菜场后面", "金华市 浦江县 黄宅镇"),
        ("诸暨枫桥，不对，店口，哎不对，是次坞", "绍兴市 诸暨市 次坞镇"),
        ("横溪，不是鄞州的横溪，是仙居的横溪", "台州市 仙居县 横溪镇"),
        ("永嘉瓯北，啊不对，是个没听说过的地方", "温州市 永嘉县"),
        ("我家住德清新市，货是在桐乡洲泉被偷的", "嘉兴市 桐乡市 洲泉镇"),
        ("车在嵊州甘霖撞的，我住新昌澄潭", "绍兴市 嵊州市 甘霖镇"),
        ("籍贯河南信阳，暂住余姚低塘，案发地慈溪周巷", "宁波市 慈溪市 周巷镇"),
        ("我是开化华埠的，在衢州市区被车撞了", "衢州市"),
    ],
)
def test_what_is_taken_back_does_not_count_and_the_place_of_the_matter_does(text, wanted):
    assert division(text)[1:] == tuple(wanted.split())


def test_of_two_places_of_which_nothing_says_which_is_meant_both_are_asked_about():
    assert division("安吉孝丰，长兴煤山") == ("浙江省", "湖州市")
    assert set(choices("安吉孝丰，长兴煤山")) == {"330522", "330523"}


def test_a_town_of_a_former_county_is_where_it_lies_now():
    assert division("鄞县集士港")[2:] == ("海曙区", "集士港镇")
    assert division("路桥，洪家，小时候还是归路桥管的")[2:] == ("椒江区", "洪家街道")
    assert division("黄岩金清")[2:] == ("黄岩区",)
    assert division("资阳简阳")[1:] == ("成都市", "简阳市")


def test_a_short_name_stands_alone_only_where_it_is_one_town_and_no_word():
    assert division("喏，就在塘栖嘛")[2:] == ("临平区", "塘栖镇")
    assert division("我新埭的")[2:] == ("平湖市", "新埭镇")
    assert division("小河边上，柳树下面") == division("千金买的手镯") == ()


def test_the_codes_form_the_path_to_the_narrowest_place():
    parsed = parse("湖州吴兴月河街道")
    assert parsed.code == "330502004000" or parsed.code.startswith("330502")
    assert [code.rstrip("0") for code in parsed.codes[:3]] == ["33", "3305", "330502"]
    assert all(len(code) == 12 for code in parsed.codes)
    assert parsed.codes[-1] == parsed.code


@pytest.mark.parametrize(
    "text",
    [
        "文三路259号",
        "温州路12号",
        "绍兴路168号",
        "湖州街51号",
        "兰州拉面馆隔壁",
        "沙县小吃店",
        "宁波银行",
        "西湖边上的茶馆",
        "南湖公园门口",
        "凤凰山庄",
        "丽水佳苑5幢",
        "三幢二单元五零一",
        "在那个桥边上的小区",
        "",
    ],
)
def test_an_address_without_a_division_gets_none(text):
    parsed = parse(text)
    assert (parsed.prov, parsed.city, parsed.district, parsed.town, parsed.code) == ("", "", "", "", "")
    assert parsed.confidence == 0


def test_a_county_that_is_no_more_is_its_successor():
    assert division("杭州市下城区建国北路")[2:] == ("拱墅区",)
    assert division("绍兴县钱清镇")[2:] == ("柯桥区", "钱清街道")
    assert division("苍南县龙港镇")[2:] == ("龙港市",)


def test_of_several_successors_only_a_town_decides():
    assert division("杭州市江干区") == ("浙江省", "杭州市")
    assert sorted(choices("杭州市江干区")) == ["330102", "330114"]
    assert division("江干区四季青街道")[2:] == ("上城区", "四季青街道")
    assert division("江干区下沙街道")[2:] == ("钱塘区", "下沙街道")


def test_a_county_that_gave_a_part_away_keeps_the_rest():
    assert division("余杭区闲林街道")[2:] == ("余杭区", "闲林街道")
    assert division("余杭区临平街道")[2:] == ("临平区", "临平街道")
    assert division("余杭区")[2:] == ("余杭区",)


def test_a_town_of_many_counties_is_asked_about():
    assert division("新桥镇") == ()
    assert {"330225", "331004"} <= set(choices("新桥镇"))
    assert division("台州新桥镇")[2:] == ("路桥区", "新桥镇")


def test_a_county_of_two_provinces_is_taken_for_ours_and_the_other_is_offered():
    parsed = parse("西湖区文三路")
    assert parsed.district == "西湖区"
    assert parsed.city == "杭州市"
    assert parsed.confidence < parse("杭州市西湖区文三路").confidence
    assert choices("西湖区文三路") == [XIHU, "360103"]
    assert division("南昌西湖区")[1:] == ("南昌市", "西湖区")


def test_nearness_decides_between_places_of_one_name_but_never_with_certainty():
    assert division("凤凰街道") == ()
    parsed = parse("凤凰街道", near=WUXING)
    assert parsed.district == "吴兴区"
    assert 0.5 < parsed.confidence < 0.9
    assert parse("月河那边", near=WUXING).town == "月河街道"
    assert division("普陀区", near=PUTUO)[1:] == ("舟山市", "普陀区")


def test_nearness_alone_puts_an_address_nowhere():
    parsed = parse("菜场对面", near=JIANGBEI)
    assert parsed.district == ""
    assert parsed.confidence == 0
    assert choices("菜场对面", near=JIANGBEI) == [JIANGBEI]


def test_a_nearness_that_is_no_county_is_passed_over():
    assert parse("菜场对面", near="999999").candidates == ()


def test_a_town_of_the_neighbouring_county_is_a_question_not_a_correction():
    parsed = parse("吴兴区练市镇")
    assert (parsed.district, parsed.town) == ("吴兴区", "")
    assert parsed.confidence == 0.5
    assert "330503" in choices("吴兴区练市镇")


def test_a_county_outweighs_a_wrong_city_and_both_are_told():
    parsed = parse("台州市乐清市虹桥镇")
    assert (parsed.city, parsed.district, parsed.town) == ("温州市", "乐清市", "虹桥镇")
    assert parsed.confidence == 0.5
    assert len(parsed.candidates) == 2


@pytest.mark.parametrize(
    "text", ["杭 州 市 滨 江 区", "杭　州　市　滨　江　区", "浙江省-杭州市-滨江区", "（杭州）滨江区"]
)
def test_stray_marks_and_blanks_do_not_matter(text):
    assert division(text)[1:] == ("杭州市", "滨江区")


def test_people_begin_with_other_words():
    assert division("我家住在湖州吴兴区月河街道那边")[2:] == ("吴兴区", "月河街道")
    assert division("事发地点：湖州市吴兴区织里镇")[2:] == ("吴兴区", "织里镇")
    assert division("阿拉宁波江北庄桥的")[2:] == ("江北区", "庄桥街道")
    assert division("利济路16号，吴兴区织里镇")[2:] == ("吴兴区", "织里镇")


def test_every_part_gets_its_name():
    assert labelled("浙江省杭州市西湖区古荡街道文三路259号丽都公寓33#4单元1301室") == [
        ("prov", "浙江省"), ("city", "杭州市"), ("district", "西湖区"), ("town", "古荡街道"), ("road", "文三路"),
        ("roadno", "259号"), ("poi", "丽都公寓"), ("houseno", "33#"), ("cellno", "4单元"), ("roomno", "1301室"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("阳光花苑三幢二单元五零一", "poi:阳光花苑 houseno:三幢 cellno:二单元 roomno:五零一"),
        ("阳光花苑3-2-501", "poi:阳光花苑 houseno:3 cellno:2 roomno:501"),
        ("文三路12弄8号301室", "road:文三路 roadno:12弄 houseno:8号 roomno:301室"),
        ("文三路与学院路交叉口", "road:文三路 road:学院路 intersection:交叉口"),
        ("万达广场对面", "poi:万达广场 assist:对面"),
        ("涝湖村13组58号", "community:涝湖村 village_group:13组 roadno:58号"),
        ("建设大厦3楼", "poi:建设大厦 floorno:3楼"),
        ("文三路派出所", "poi:文三路派出所"),
        ("学府一号13幢", "poi:学府一号 houseno:13幢"),
        ("文三社区", "community:文三社区"),
        ("学校往东50米", "poi:学校 assist:往东 distance:50米"),
    ],
)
def test_parts_are_named_by_how_they_are_written(text, wanted):
    assert labelled(text) == [tuple(part.split(":")) for part in wanted.split()]


def test_a_village_is_known_by_its_bare_name_in_its_county():
    assert parse("德清县下杨丽都公寓").community == "下杨"
    assert ("community", "冯") in labelled("余姚兰江街道冯湖织大道1060号")


def test_a_place_may_know_communities_that_the_table_does_not():
    local = LocalNames([("彩虹里", "330502001099")])
    assert parse("吴兴区彩虹里锦绣江南3幢").community == ""
    assert parse("吴兴区彩虹里锦绣江南3幢", local=local).community == "彩虹里"


def test_a_town_that_no_table_holds_is_named_and_not_placed():
    parsed = parse("江苏省苏州市吴江区盛泽镇舜湖路")
    assert ("town", "盛泽镇") in [(element.label, element.text) for element in parsed.elements]
    assert parsed.town == ""


def test_full_width_characters_stay_as_they_were_written():
    parsed = parse("湖州吴兴区阳光花苑６幢")
    assert parsed.elements[-1].text == "６幢"
    assert parsed.elements[-1].label == "houseno"


def test_a_letter_is_not_read_to_its_end():
    assert parse("好" * 1000 + "湖州市吴兴区").district == ""
