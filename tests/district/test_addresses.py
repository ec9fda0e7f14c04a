"""addresses.csv: the same addresses however often it is loaded; what is wrong with it is told with its line."""

import pytest
from django.core.management import CommandError

from fengqiao.district.demo.addresses import addresses
from fengqiao.district.reading import read
from fengqiao.places.library import commands
from fengqiao.places.library.matching import find
from fengqiao.places.library.suggesting import addresses_like
from fengqiao.places.models import Address, AddressAlias
from tests.district.folders import a_folder, change
from tests.district.test_loading import load
from tests.places.town import WHY, an_admin, assert_whole

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # loading is tried on both engines in test_loading.py
HEAD = "region,road,number,poi,building,unit,room,longitude,latitude,former,spoken,source"
ROWS = (
    "330502004001,示范路,1,,,,,120.1,30.87,,,示例",
    "330502004001,,,示范花园,3,,,,,示范大院；老院子,三号楼,示例",
)


@pytest.fixture
def folder(tmp_path):
    """A copy of a district with two addresses in a village that it has."""
    folder = a_folder(tmp_path)
    village = next(
        line.split(",")[0]
        for line in (folder / "regions.csv").read_text(encoding="utf-8").splitlines()
        if ",village," in line
    )
    text = "\n".join([HEAD, *ROWS]).replace("330502004001", village) + "\n"
    (folder / "addresses.csv").write_text(text, encoding="utf-8")
    return folder


def test_addresses_come_with_the_district_once(folder):
    load(folder)
    assert set(Address.objects.values_list("text", flat=True)) == {"示范路1号", "示范花园3幢"}
    assert set(AddressAlias.objects.values_list("name", "kind")) == {
        ("示范大院", "former"), ("老院子", "former"), ("三号楼", "spoken"),
    }  # fmt: skip
    assert "No change" in load(folder)
    assert_whole()


def test_the_library_is_the_truth_and_the_folder_adds_what_it_lacks(folder):
    load(folder)
    admin, house = an_admin(), Address.objects.get(road="示范路")
    commands.retire(house, why=WHY, by=admin)
    commands.drop_alias(AddressAlias.objects.get(name="老院子"), why=WHY, by=admin)
    change(folder / "addresses.csv", "示范花园,3,,,,,", "示范花园,3,,,120.2,30.9,")
    assert "addresses.csv：新增 0，更新 1，没有变化 1" in load(folder)
    house.refresh_from_db()
    assert not house.is_in_force
    assert not AddressAlias.objects.get(name="老院子").is_active
    assert str(Address.objects.get(poi="示范花园").longitude) == "120.200000"
    assert_whole()


def test_a_region_with_a_new_name_is_found_by_it(folder):
    load(folder)
    region = Address.objects.first().region
    change(folder / "regions.csv", f",village,{region.name},", ",village,改名社区,")
    load(folder)
    assert addresses_like("改名 示范路")[0].text == "示范路1号"


def test_the_demonstration_has_a_dozen_addresses_that_say_they_are_made_up():
    load()
    for _twice in range(2):
        addresses(read("wuxing").stage)
    assert Address.objects.count() == 12
    assert all("示例" in one.text and one.source == "示例" for one in Address.objects.all())
    assert len(find("示例路").question.choices) == 3
    assert find("示例大院甲").known.address.text == "示例花园甲区"
    assert_whole()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("330106001001,示范路,2,,,,,,,,,示例", "地方“330106001001”不在 regions.csv 里"),
        ("330502000000,示范路,2,,,,,,,,,示例", "不能有地址"),
        ("{village},,2,示范市场,,,,,,,,示例", "还要写是什么路"),
        ("{village},示范路,2,,,,,30.8,120.1,,,示例", "不在国内"),
        ("{village},示范路,2,,,,,东经,,,,示例", "longitude：“东经”应是度"),
        ("{village},示范路,一号,,,,,,,,,示例", "与第 2 行是同一个地址"),
        ("{village},示范路,2,,,,,,,,,瞎编", "出处“瞎编”不在"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder, line, told):
    file = folder / "addresses.csv"
    village = file.read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    file.write_text(file.read_text(encoding="utf-8") + line.format(village=village) + "\n", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        load(folder)
    assert f"addresses.csv:4: {told}" in str(error.value) or told in str(error.value)
    assert not Address.objects.exists()
