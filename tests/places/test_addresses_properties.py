"""What holds for any text at all."""

from hypothesis import example, given
from hypothesis import strategies as st

from fengqiao.places.addresses import parse
from fengqiao.places.addresses.gazetteer import gazetteer, path_of, towns_of

WORDS = """浙江省 浙江 杭州市 杭州 湖州 西湖区 西湖 吴兴 江干区 江东区 余杭区 临平街道 新桥镇 月河 织里镇 凤凰 上海 普陀区 开发区 村 社区 三组 号 室
我 家住 是在 不对 说错了 不是 房子在 撞的 老家 改成 小时候还归 柳市 ， 。 文三路 259号
12弄 丽都公寓 3幢 二单元 五零一 1301室 3-2-501 12# 的 那边 对面 在 我住在 - ， ( ) ６ A座 500米 与 交叉口"""
PIECES = st.sampled_from([*WORDS.split(), "\u3000", " ", "\x0b", "\u2028"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))
TOWNS = st.sampled_from(sorted(code for code in gazetteer().names if len(code) == 9))


@given(TEXTS)
@example("湖州\x0b路\u2028")
@example("梯")
@example("\ud800吴兴")
@example("号弄室")
def test_no_text_is_too_odd(text):
    parsed = parse(text)
    assert 0 <= parsed.confidence <= 1


@given(TEXTS)
def test_every_element_stands_where_it_says_and_none_overlap(text):
    at = 0
    for element in parse(text).elements:
        assert text[element.start : element.start + len(element.text)] == element.text
        assert element.start >= at
        assert element.text.strip()
        at = element.start + len(element.text)


@given(TEXTS, st.sampled_from(["", "330502", "330106"]))
def test_the_division_is_one_path(text, near):
    parsed = parse(text, near=near)
    assert (parsed.prov, parsed.city, parsed.district, parsed.town) == (
        path_of(parsed.code.rstrip("0")) if not parsed.code else path_of(_stem(parsed.code))
    )
    assert bool(parsed.code) == (parsed.confidence > 0)


@given(TOWNS)
def test_its_own_standard_form_is_understood_as_the_same(code):
    standard = "".join(path_of(code))
    first = parse(standard)
    assert first.code == code.ljust(12, "0")
    again = parse(first.prov + first.city + first.district + first.town)
    assert (again.code, again.elements) == (first.code, first.elements)


@given(st.lists(TEXTS, max_size=4))
def test_one_address_does_not_change_how_another_is_read(texts):
    alone = parse("杭州市西湖区文三路259号")
    for text in texts:
        parse(text)
    assert parse("杭州市西湖区文三路259号") == alone


def test_asking_twice_gives_the_same_tables():
    assert towns_of("330502") is towns_of("330502")


def _stem(code: str) -> str:
    known = gazetteer().names
    return next(code[:n] for n in (9, 6, 4, 2) if code[:n] in known and set(code[n:]) <= {"0"})
