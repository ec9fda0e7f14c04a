"""Between whom a matter is."""

import pytest

from fengqiao.intake.understanding.names import named_in
from fengqiao.intake.understanding.parties import parties_of


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("苏某与隔壁店主因占道摆放货物发生争吵，隔壁店主称苏某先动手，苏某要求赔偿。", {"苏某", "隔壁店主"}),
        ("调解员李某到场，民警王某记录。郭某与丁某因宅基地界线发生纠纷，郭某要求丁某拆墙。", {"郭某", "丁某"}),
        ("我叫秦志强，在绵阳市涪城区鑫达五金加工厂上班，老板孙强拖欠我三个月工资，要求支付。", {"秦志强", "鑫达五金加工厂", "孙强"}),
        ("请问低保户住院怎么报销，要去县医保局办吗？", set()),
    ],
)  # fmt: skip
def test_its_sides_are_named_as_the_text_names_them(text, sides):
    assert set(parties_of(text, named_in(text))) == sides


def test_a_person_is_named_once_and_nobody_in_the_words_of_another():
    text = "石岭村村民罗长根与罗长发系邻居，罗长发将水沟向东移了一米，罗长根将树苗拔除，双方多次争吵。"
    assert parties_of(text, named_in(text)) == ("罗长根", "罗长发")
