"""Which places of the district a text surely names."""

import pytest

from fengqiao.intake.understanding.locating import Located, located
from fengqiao.intake.understanding.names import named_in
from tests.places.town import an_address, an_admin, the_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library():
    tree, admin = the_tree(), an_admin()
    yujia, wall, sun = tree["余家漾社区"], tree["墙壕里社区"], tree["朝阳社区"]
    an_address(yujia, admin, road="朝阳路", number="88")
    an_address(wall, admin, road="人民路", number="1")
    an_address(sun, admin, road="人民路", number="1")


def found(text: str) -> tuple[Located, ...]:
    return located(text, named_in(text))


def places(text: str) -> list[tuple[str, str]]:
    return [(one.words, one.name) for one in found(text)]


def test_an_address_of_the_library_is_found_and_fills_the_form():
    (one,) = found("我住在朝阳路88号，楼上天天漏水")
    assert one.region.name == "余家漾社区"
    assert one.address.number == "88号"
    assert "id_place=330502001002" in one.fills
    assert one.confidence >= 0.8
    assert one.why


def test_a_region_that_is_written_out_is_found_by_its_name():
    assert places("月河街道朝阳社区的楼道没有灯") == [("月河街道朝阳社区", "朝阳社区")]
    assert places("家住飞英街道余家漾社区3号楼，天天停水") == [("飞英街道余家漾社区3号楼", "余家漾社区")]
    assert places("昨晚在墙壕里社区门口摔了一跤") == [("墙壕里社区", "墙壕里社区")]


@pytest.mark.parametrize(
    "text",
    [
        "我家在人民路1号，门口积水",
        "吴兴区的公交车太少",
        "我在杭州市西湖区上班时受的伤",
        "没有说在哪里",
        "成都市飞英街道的路灯坏了",
        "飞英街道办事处的人说不归他管",
    ],
)
def test_where_it_would_be_a_guess_nothing_is_said(text):
    assert places(text) == []


def test_what_lies_around_a_more_exact_place_is_left_out():
    assert [name for _words, name in places("我是余家漾社区的，住朝阳路88号")] == ["飞英街道余家漾社区朝阳路88号"]
