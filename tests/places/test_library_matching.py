"""What the library knows of a written address: the address, a question, or nothing; and what it offers while typing."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from fengqiao.places.library import commands, merging
from fengqiao.places.library.matching import SURE, Answer, find
from fengqiao.places.library.suggesting import addresses_like
from fengqiao.places.models import Address, AliasKind, Region
from tests.world import a_region

from .town import WHY, an_address, an_admin, the_tree

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def streets(django_db_setup, django_db_blocker) -> Iterator[dict[str, Address]]:
    """Built once for the file; every test undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _built()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def library(streets, db) -> dict[str, Address]:
    return {name: Address.objects.get(pk=one.pk) for name, one in streets.items()}


def _built() -> dict[str, Address]:
    tree, admin = the_tree(), an_admin()
    yujia, wall, sun = tree["余家漾社区"], tree["墙壕里社区"], tree["朝阳社区"]
    made = {
        "88": an_address(yujia, admin, road="朝阳路", number="88"),
        "block": an_address(yujia, admin, road="朝阳路", number="90", poi="余家漾花园", building="3"),
        "garden": an_address(yujia, admin, road="朝阳路", number="90", poi="余家漾花园"),
        "9": an_address(sun, admin, road="朝阳路", number="9"),
        "market": an_address(wall, admin, poi="东门菜场"),
        "twin": an_address(wall, admin, road="人民路", number="1"),
        "twin2": an_address(sun, admin, road="人民路", number="1"),
        "moon": an_address(sun, admin, road="月河街", number="5"),
    }
    for name, kind in (("老地委宿舍", AliasKind.FORMER), ("大院子", AliasKind.SPOKEN)):
        commands.add_alias(made["garden"], name=name, kind=kind, why=WHY, by=admin)
    return made


def test_the_standard_form_is_known_with_and_without_the_regions_before_it(library):
    for text in (
        "朝阳路88号",
        "飞英街道余家漾社区朝阳路88号",
        "吴兴区朝阳路八十八号",
        "浙江省湖州市吴兴区飞英街道朝阳路８８号",
    ):
        found = find(text).known
        assert found is not None, text
        assert (found.address, found.confidence) == (library["88"], 1.0)


def test_a_compound_is_known_by_its_name_alone_and_by_its_number_alone(library):
    assert find("余家漾花园三栋").known.address == library["block"]
    assert find("朝阳路90号3幢").known.address == library["block"]


@pytest.mark.parametrize(("name", "why"), [("老地委宿舍", "曾用名"), ("大院子", "俗称")])
def test_a_former_name_and_a_spoken_one_mean_the_address(library, name, why):
    found = find(name).known
    assert found.address == library["garden"]
    assert found.why == f"“{name}”是它的{why}"


def test_parts_after_a_name_that_people_use_are_looked_for_below_it(library):
    assert find("老地委宿舍3幢").known.address == library["block"]
    assert find("老地委宿舍7幢").known.address == library["garden"]


def test_a_room_that_is_not_registered_leads_to_the_house_and_says_so(library):
    found = find("余家漾花园3幢2单元301室").known
    assert (found.address, found.why) == (library["block"], "幢、单元、室没有登记到这么细")
    assert SURE <= found.confidence < 1


@pytest.mark.parametrize("text", ["余家样花园3幢", "余家漾花圆3幢", "于家漾花园3幢", "余漾花园3幢", "余家漾大花园3幢"])
def test_one_wrong_letter_is_offered_and_never_taken_for_sure(library, text):
    answer = find(text)
    assert answer.candidates[0].address == library["block"]
    assert answer.candidates[0].confidence < SURE
    assert answer.known is None
    assert "只有“余家漾花园”" in answer.candidates[0].why


def test_a_number_is_never_mended():
    answer = find("月河街6号")
    assert answer.known is None
    assert [one.address for one in answer.candidates] == [None]
    assert answer.candidates[0].region.name == "朝阳社区"


@pytest.mark.parametrize("text", ["东门菜场对面", "东门菜场旁边", "东门菜场的斜对面", "墙壕里社区东门菜场门口"])
def test_beside_a_place_leads_to_it_with_less_confidence(library, text):
    answer = find(text)
    assert answer.candidates[0].address == library["market"]
    assert answer.candidates[0].confidence < SURE
    assert answer.known is None


def test_a_road_through_two_villages_is_one_question_unless_the_number_decides(library):
    assert find("朝阳路88号").known.region.name == "余家漾社区"
    assert find("朝阳路9号").known.region.name == "朝阳社区"
    for text in ("朝阳路", "朝阳路500号"):
        answer = find(text)
        assert answer.known is None
        assert [one.text for one in answer.question.choices] == ["飞英街道余家漾社区", "月河街道朝阳社区"]
        assert "请问清楚" in answer.question.text


def test_a_number_that_two_villages_have_is_one_question_and_the_region_answers_it(library):
    answer = find("人民路1号")
    assert answer.question.text == "“人民路1号”在 2 个地方都有，是哪一个？"
    assert {one.address for one in answer.question.choices} == {library["twin"], library["twin2"]}
    assert find("月河街道人民路1号").known.address == library["twin2"]
    assert find("人民路1号", within="330502001000").known.address == library["twin"]


@pytest.mark.parametrize(
    "text", ["", "没有这条路5号", "在路边", "杭州市西湖区文三路1号", "%", "'; --", "朝", "余家漾社区", "🙂", "长" * 500]
)
def test_what_it_does_not_know_is_unknown(text):
    answer = find(text)
    assert answer.known is None
    assert list(answer.candidates) == []
    assert answer.question is None


@pytest.mark.parametrize(
    "text",
    [
        "我家住在月河人民路1号",
        "湖州吴兴月河街道 人民路1号",
        "吴兴区吴兴区月河街道，人民路一号",
        "人民路1号，月河街道，湖州",
    ],
)
def test_a_spoken_address_is_read_as_everywhere_else(library, text):
    assert find(text).known.address == library["twin2"]


def test_another_county_is_never_looked_for_here():
    assert find("杭州市人民路1号") == find("南浔区月河街道人民路1号") == Answer()


def test_a_community_of_two_towns_is_one_question():
    a_region("330502001009", "朝阳社区")
    answer = find("朝阳社区3组")
    assert answer.known is None
    assert {one.region.code for one in answer.question.choices} == {"330502001009", "330502002005"}
    assert find("月河街道朝阳社区3组").question is None


def test_a_city_without_its_county_is_offered_and_not_taken(library):
    answer = find("湖州市朝阳路88号")
    assert answer.candidates[0].address == library["88"]
    assert answer.known is None


def test_what_was_merged_is_found_at_the_one_that_stayed_and_what_was_retired_nowhere(library):
    admin = an_admin()
    merging.merge(library["88"], into=library["garden"], why=WHY, by=admin)
    assert find("朝阳路88号").known.address == library["garden"]
    commands.retire(library["market"], why=WHY, by=admin)
    assert find("东门菜场").known is None
    assert addresses_like("东门菜") == []


# ── while typing ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("余家漾", "朝阳路90号余家漾花园"),
        ("朝阳路8", "朝阳路88号"),
        ("门菜场", "东门菜场"),
        ("菜", "东门菜场"),
        ("老地委", "朝阳路90号余家漾花园"),
        ("飞英 朝阳路 88", "朝阳路88号"),
        ("飞英街道余家漾社区朝阳路8", "朝阳路88号"),
        ("余家漾花园 3", "朝阳路90号余家漾花园3幢"),
        ("路8", "朝阳路88号"),
        ("三栋", "朝阳路90号余家漾花园3幢"),
    ],
)
def test_three_letters_are_enough(typed, first):
    assert addresses_like(typed)[0].text == first


def test_each_address_is_offered_once_and_no_more_than_asked_for(library):
    found = addresses_like("朝阳路")
    assert len(found) == len(set(found)) == 4
    assert len(addresses_like("朝阳路", limit=2)) == 2
    assert addresses_like("朝阳路", within="330502002000") == [library["9"]]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "'", '"', "*", "没有这里", "-", "🙂"])
def test_nothing_is_offered_where_nothing_fits(typed):
    assert addresses_like(typed) == []


def test_a_region_with_another_name_is_found_by_the_new_one():
    from fengqiao.places.library.keying import rekey_all

    Region.objects.filter(name="墙壕里社区").update(name="城墙社区")
    rekey_all()
    assert addresses_like("城墙 菜场")[0].text == "东门菜场"
    assert addresses_like("墙壕里 菜场") == []
