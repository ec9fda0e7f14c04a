"""Finding a place by a few characters, and the pages that answer."""

import pytest

from fengqiao.intake.finding import MOST, note_of, options_with_addresses, place_named, places_like
from fengqiao.intake.forms import RegisterForm
from fengqiao.intake.place_fields import UNKNOWN
from fengqiao.places.models import Region
from tests.places.town import an_address, an_admin
from tests.world import a_county, a_region, a_user

from .people import a_filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_tree():
    county = a_county()
    for code, name, above, level in (
        ("330502001000", "飞英街道", county.code, "town"),
        ("330502002000", "月河街道", county.code, "town"),
        ("330502001002", "余家漾社区", "330502001000", "village"),
        ("330502001002003", "第3网格", "330502001002", "grid"),
        ("330502001002004", "第4网格", "330502001002", "grid"),
        ("330502002005", "余家弄社区", "330502002000", "village"),
        ("330502002005003", "第3网格", "330502002005", "grid"),
    ):
        region = a_region(code, name, level)
        region.parent = type(region).objects.get(code=above)
        region.save()


def names(query):
    return [f"{region.name}（{note_of(region)}）" if note_of(region) else region.name for region in places_like(query)]


def test_a_beginning_finds_the_place_before_what_lies_in_it():
    assert names("余家漾")[0] == "余家漾社区（飞英街道）"
    assert names("飞英")[0] == "飞英街道"


def test_a_middle_finds_it_too():
    assert "余家漾社区（飞英街道）" in names("家漾")


def test_words_apart_must_all_be_on_the_way_down():
    assert names("余家漾 3") == ["第3网格（余家漾社区 · 飞英街道）"]


def test_full_width_letters_find_the_same():
    assert names("余家漾　３") == names("余家漾 3")


def test_at_most_eight_are_offered():
    for n in range(20):
        a_region(f"3305020010{n + 20}", f"新村{n}社区", "village")
    assert len(places_like("新村")) == MOST


@pytest.mark.parametrize("query", ["", "   ", "没有这里", "%", "_", "'"])
def test_nothing_is_found_where_nothing_fits(query):
    assert places_like(query) == []


def test_a_name_written_out_is_the_place_only_where_it_is_one():
    assert place_named("余家漾社区").code == "330502001002"
    assert place_named("第3网格") is None
    assert place_named("余家漾社区 第3网格").code == "330502001002003"


def test_staff_and_residents_ask_at_their_own_address(client):
    assert client.get("/desk/places/", {"q": "飞英"}).status_code == 302
    found = client.get("/places/", {"q": "飞英"})
    assert 'data-value="330502001000"' in found.content.decode()
    client.force_login(a_user())
    assert "<mark>飞英</mark>街道" in client.get("/desk/places/", {"q": "飞英"}).content.decode()


def test_staff_are_offered_addresses_with_their_region_and_residents_are_not(client):
    an_address(Region.objects.get(name="余家漾社区"), an_admin(), road="朝阳路", number="88", poi="余家漾花园")
    client.force_login(a_user())
    for address in ("/desk/places/", "/desk/places/addresses/"):
        assert "朝阳路88号<mark>余家漾</mark>花园" in client.get(address, {"q": "余家漾"}).content.decode()
    said = client.get("/desk/places/addresses/", {"q": "阳路8"}).content.decode()
    assert "id_place=330502001002" in said
    assert "朝阳路" not in client.get("/places/", {"q": "余家漾"}).content.decode()


def test_regions_come_first_and_all_together_are_eight():
    for n in range(9):
        a_region(f"3305020010{n + 20}", f"新村{n}社区", "village")
        an_address(Region.objects.get(name="余家漾社区"), an_admin(), poi=f"新村{n}期")
    found = options_with_addresses("新村")
    assert len(found) == MOST
    assert [bool(one.label) for one in found] == [False] * 3 + [True] * 5


@pytest.fixture
def a_road():
    admin = an_admin()
    for village, number in (("余家漾社区", "88"), ("余家弄社区", "9")):
        an_address(Region.objects.get(name=village), admin, road="朝阳路", number=number)


def filled(**typed) -> RegisterForm:
    return RegisterForm(a_filled_form(place="", **typed))


@pytest.mark.usefixtures("a_road")
def test_without_script_an_address_that_is_known_says_where_it_is():
    for typed in ({"place_name": "朝阳路88号", "address": ""}, {"place_name": "", "address": "朝阳路88号"}):
        form = filled(**typed)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["region"].name == "余家漾社区"
        assert form.cleaned_data["address"] == "朝阳路88号"


@pytest.mark.usefixtures("a_road")
def test_a_road_through_two_villages_is_one_question_and_its_answer_is_the_place():
    for typed in ({"place_name": "朝阳路", "address": ""}, {"place_name": "", "address": "朝阳路500号"}):
        form = filled(**typed)
        assert not form.is_valid()
        (asked,) = [str(told) for errors in form.errors.values() for told in errors]
        assert asked.endswith("在 2 个地方，是哪一个？")
        assert [one.name for one in form.choices] == ["余家漾社区", "余家弄社区", "说不清是哪里，先照写的登记"]
        answered = RegisterForm(a_filled_form(place=form.choices[1].code, **typed))
        assert answered.is_valid(), answered.errors
        assert answered.cleaned_data["region"].name == "余家弄社区"
        assert answered.cleaned_data["address"] == typed["address"] + typed["place_name"]


@pytest.mark.usefixtures("a_road")
def test_who_does_not_know_either_is_not_asked_again_and_keeps_what_was_written():
    for typed in ({"place_name": "朝阳路", "address": "3楼"}, {"place_name": "没有这里", "address": ""}):
        form = RegisterForm(a_filled_form(place=UNKNOWN, **typed))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["region"] is None
        assert form.cleaned_data["address"] == " ".join(filter(None, typed.values()))


@pytest.mark.usefixtures("a_road")
def test_an_address_that_nobody_can_place_is_still_registered():
    for address in ("朝洋路88号", "没有这条路", "杭州市西湖区朝阳路88号"):
        form = filled(place_name="", address=address)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["region"] is None
        assert form.cleaned_data["address"] == address


def test_a_spoken_address_lies_where_its_words_say():
    form = filled(place_name="", address="我家住在湖州飞英街道那边，菜场后面")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["region"].name == "飞英街道"


def test_a_county_that_became_two_is_one_question_and_another_county_is_an_answer():
    Region.objects.filter(level__rank=1).update(code="330102000000", name="上城区")
    here = Region.objects.get(name="上城区")
    form = filled(place_name="", address="江干区那边的老房子")
    assert not form.is_valid()
    assert [(one.name, one.above) for one in form.choices[:2]] == [("上城区", "杭州市"), ("钱塘区", "杭州市")]
    for code, region in (("330102000000", here), ("330114000000", None), (UNKNOWN, None)):
        answered = RegisterForm(a_filled_form(place=code, place_name="", address="江干区那边的老房子"))
        assert answered.is_valid(), answered.errors
        assert answered.cleaned_data["region"] == region
