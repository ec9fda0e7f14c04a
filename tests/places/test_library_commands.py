"""Each change of the address library: what it does, what refuses it, what the ledger says, and what `verify` finds."""

from decimal import Decimal

import pytest
from django.db import connection

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.places.library import commands, merging
from fengqiao.places.library.parts import Parts
from fengqiao.places.models import Address, AddressAlias, AddressKey, AddressLink, AliasKind, Region, Status
from tests.world import a_county, a_region

from .town import WHY, an_address, an_admin, assert_whole, the_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return the_tree()


@pytest.fixture
def village(tree):
    return tree["余家漾社区"]


@pytest.fixture
def admin():
    return an_admin()


@pytest.fixture
def block(village, admin):
    return an_address(village, admin, road="朝阳路", number="88", poi="余家漾花园", building="3")


def story(address: Address) -> list[str]:
    return [entry.kind for entry in Entry.objects.of("address", address.pk)]


def keys(address: Address) -> set[str]:
    return set(AddressKey.objects.filter(address=address).values_list("key", flat=True))


def test_a_new_address_has_a_code_a_text_and_an_entry_that_says_who_and_why(block, admin):
    assert (block.code, block.text) == ("330502001002000000001", "朝阳路88号余家漾花园3幢")
    assert block.written == "飞英街道余家漾社区朝阳路88号余家漾花园3幢"
    entry = Entry.objects.of("address", block.pk).get()
    assert entry.sentence == "管晓明 新增地址 飞英街道余家漾社区朝阳路88号余家漾花园3幢。理由：实地核对。"
    assert entry.payload["after"]["number"] == "88号"
    assert entry.actor == admin.ledger_id
    assert keys(block) == {"朝阳路88号余家漾花园3幢", "朝阳路88号3幢", "余家漾花园3幢"}
    assert_whole()


def test_numbers_run_on_within_a_region_and_a_grid_has_its_own(village, admin, block):
    grid = a_region("330502001002004", "第4网格", "grid")
    grid.parent = village
    grid.save()
    assert an_address(village, admin, poi="东门菜场").code == "330502001002000000002"
    assert an_address(grid, admin, poi="西门菜场").code == "330502001002004000001"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"road": "朝阳路", "number": "８８"}, "朝阳路88号"),
        ({"road": "朝阳路", "number": "12弄3"}, "朝阳路12弄3号"),
        ({"poi": "东门新村", "building": "3", "unit": "2", "room": "301"}, "东门新村3幢2单元301室"),
        ({"poi": " 东门 菜场 "}, "东门 菜场"),
    ],
)
def test_units_go_without_saying(village, admin, typed, kept):
    assert an_address(village, admin, **typed).text == kept


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({}, "路名和小区（单位）至少写一个"),
        ({"number": "88", "poi": "东门菜场"}, "还要写是什么路"),
        ({"road": "长" * 41}, "“路名”太长了：41 个字，最多 40 个"),
        ({"road": "——"}, "地址里没有字"),
        ({"road": "朝阳路", "longitude": Decimal("120.1")}, "经度和纬度要么都写"),
        ({"road": "朝阳路", "longitude": Decimal("30.8"), "latitude": Decimal("120.1")}, "经度在 73 到 136 之间"),
        ({"road": "朝阳路", "longitude": Decimal("120.1"), "latitude": Decimal("NaN")}, "纬度 NaN 不在国内"),
    ],
)
def test_what_cannot_be_an_address_is_refused_with_a_sentence(village, admin, parts, told):
    with pytest.raises(Refused, match=told):
        commands.add(village, parts=Parts(**parts), why=WHY, by=admin)
    assert not Address.objects.exists()


def test_outside_the_county_nothing_is_taken(tree, admin):
    elsewhere = a_region("330503001000", "别处街道")
    unsaved = Region(code="330502009000", name="没有这里")
    for region in (elsewhere, unsaved):
        with pytest.raises(Refused, match="不在本区"):
            an_address(region, admin, road="朝阳路")


def test_the_county_alone_and_a_place_without_a_name_are_no_place_for_an_address(tree, admin):
    slot = a_region("330502000901", "片区1（名称待填）", "village")
    Region.objects.filter(pk=slot.pk).update(is_slot=True)
    with pytest.raises(Refused, match="不能只到区"):
        an_address(a_county(), admin, road="朝阳路")
    with pytest.raises(Refused, match="还没有定名"):
        an_address(slot, admin, road="朝阳路")


def test_a_double_is_refused_however_it_is_written(village, admin, block):
    with pytest.raises(Refused, match="已经有了，编码 330502001002000000001"):
        an_address(village, admin, road="朝阳路", number="八十八号", poi="余家漾花园", building="三栋")


def test_without_a_reason_nothing_is_written(block, admin):
    with pytest.raises(Refused, match="请写理由"):
        commands.retire(block, why="  ", by=admin)
    assert Address.objects.get().is_in_force


def test_a_correction_keeps_the_code_and_tells_before_and_after(block, admin):
    parts = Parts(
        road="朝阳路",
        number="90",
        poi="余家漾花园",
        building="3",
        longitude=Decimal("120.1"),
        latitude=Decimal("30.87"),
    )
    found = commands.correct(block, parts=parts, why="门牌换了。", seen=1, by=admin)
    assert (found.code, found.version, found.text) == (block.code, 2, "朝阳路90号余家漾花园3幢")
    entry = Entry.objects.of("address", block.pk).last()
    assert (entry.payload["before"]["number"], entry.payload["after"]["number"]) == ("88号", "90号")
    assert entry.payload["after"]["longitude"] == "120.100000"
    assert entry.sentence.endswith("改为 飞英街道余家漾社区朝阳路90号余家漾花园3幢。理由：门牌换了。")
    assert "朝阳路88号3幢" not in keys(found)
    assert_whole()


def test_who_looked_at_an_older_version_is_told_so_and_nothing_changes(block, admin):
    commands.add_alias(block, name="老三幢", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    acts = (
        lambda: commands.correct(block, parts=Parts(road="人民路"), why=WHY, seen=1, by=admin),
        lambda: commands.add_alias(block, name="三号楼", kind=AliasKind.SPOKEN, why=WHY, seen=1, by=admin),
        lambda: commands.retire(block, why=WHY, seen=1, by=admin),
        lambda: commands.split(block, into=[Parts(poi="甲"), Parts(poi="乙")], why=WHY, seen=1, by=admin),
    )
    for act in acts:
        with pytest.raises(Stale, match="刚刚有人改过"):
            act()
    assert story(block) == ["address.added", "address.named"]


def test_a_correction_into_nothing_new_or_into_another_address_is_refused(village, block, admin):
    other = an_address(village, admin, road="人民路", number="1")
    with pytest.raises(Refused, match="和原来一样"):
        commands.correct(other, parts=Parts(road="人民路", number="1"), why=WHY, by=admin)
    with pytest.raises(Refused, match="已经有了"):
        commands.correct(
            other, parts=Parts(road="朝阳路", number="88", poi="余家漾花园", building="3"), why=WHY, by=admin
        )


def test_a_name_is_added_dropped_and_added_again_on_the_record(block, admin):
    alias = commands.add_alias(block, name="老地委宿舍", kind=AliasKind.FORMER, why="老住户这样叫", by=admin)
    assert "老地委宿舍" in keys(block)
    with pytest.raises(Refused, match="已经是它的名称"):
        commands.add_alias(block, name="老地委 宿舍", kind=AliasKind.OTHER, why=WHY, by=admin)
    commands.drop_alias(alias, why="记错了", by=admin)
    assert "老地委宿舍" not in keys(block)
    with pytest.raises(Refused, match="已经去掉了"):
        commands.drop_alias(alias, why=WHY, by=admin)
    commands.add_alias(block, name="老地委宿舍", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    assert AddressAlias.objects.get().kind == AliasKind.SPOKEN
    assert story(block) == ["address.added", "address.named", "address.unnamed", "address.named"]
    assert Entry.objects.of("address", block.pk)[1].sentence == "管晓明 记下曾用名“老地委宿舍”。理由：老住户这样叫。"
    assert_whole()


@pytest.mark.parametrize(
    ("name", "told"), [("！！", "请写别名"), ("朝阳路88号余家漾花园3栋", "标准写法"), ("长" * 121, "太长")]
)
def test_what_is_no_other_name_is_refused(block, admin, name, told):
    with pytest.raises(Refused, match=told):
        commands.add_alias(block, name=name, kind=AliasKind.OTHER, why=WHY, by=admin)


def test_a_retired_address_is_found_by_nothing_and_can_only_be_reopened(block, admin):
    commands.retire(block, why="拆除", by=admin)
    assert keys(block) == set()
    for act in (
        lambda: commands.retire(block, why=WHY, by=admin),
        lambda: commands.correct(block, parts=Parts(road="人民路"), why=WHY, by=admin),
        lambda: commands.add_alias(block, name="老三幢", kind=AliasKind.OTHER, why=WHY, by=admin),
    ):
        with pytest.raises(Refused, match="已经停用，要用请先恢复"):
            act()
    merging.reopen(block, why="没有拆", by=admin)
    assert "余家漾花园3幢" in keys(block)
    assert story(block) == ["address.added", "address.retired", "address.reopened"]
    with pytest.raises(Refused, match="不用恢复"):
        merging.reopen(block, why=WHY, by=admin)
    assert_whole()


def test_a_retired_address_does_not_come_back_beside_its_double(village, block, admin):
    commands.retire(block, why="拆除", by=admin)
    an_address(village, admin, road="朝阳路", number="88", poi="余家漾花园", building="3")
    with pytest.raises(Refused, match="已经有了"):
        merging.reopen(block, why=WHY, by=admin)


def test_merging_gives_every_name_to_the_one_that_stays_and_reopening_takes_them_back(village, block, admin):
    other = an_address(village, admin, poi="余家漾花园三期", building="1")
    commands.add_alias(other, name="老地委宿舍", kind=AliasKind.FORMER, why=WHY, by=admin)
    commands.add_alias(block, name="大院", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    commands.add_alias(other, name="大院", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    merging.merge(other, into=block, why="是同一幢", by=admin)
    other.refresh_from_db()
    assert other.status == Status.RETIRED
    assert {"老地委宿舍", "余家漾花园三期1幢", "大院"} <= keys(block)
    link = AddressLink.objects.get()
    assert (link.old, link.new, link.how, link.reason) == (other, block, "merged", "是同一幢")
    assert story(block)[-1] == "address.received"
    assert Entry.objects.of("address", block.pk).last().payload["names"] == ["余家漾花园三期1幢", "老地委宿舍"]
    assert_whole()
    merging.reopen(other, why="不是同一幢", by=admin)
    assert keys(block) & {"老地委宿舍", "余家漾花园三期1幢"} == set()
    assert {"老地委宿舍", "余家漾花园三期1幢", "大院"} <= keys(other)
    assert "大院" in keys(block)
    assert AddressLink.objects.get().is_active is False
    assert story(block)[-1] == "address.given_back"
    assert_whole()


def test_merging_into_itself_or_into_a_retired_one_is_refused(village, block, admin):
    other = an_address(village, admin, poi="东门菜场")
    with pytest.raises(Refused, match="不能并入它自己"):
        merging.merge(block, into=block, why=WHY, by=admin)
    commands.retire(other, why=WHY, by=admin)
    with pytest.raises(Refused, match="已经停用"):
        merging.merge(block, into=other, why=WHY, by=admin)
    assert story(block) == ["address.added"]


def test_a_split_makes_the_pieces_takes_those_that_are_there_and_can_be_undone(village, admin):
    whole = an_address(village, admin, poi="东门新村")
    first = an_address(village, admin, poi="东门新村", building="1")
    pieces = commands.split(
        whole,
        into=[Parts(poi="东门新村", building="1"), Parts(poi="东门新村", building="2")],
        why="分幢编门牌",
        by=admin,
    )
    assert [piece.text for piece in pieces] == ["东门新村1幢", "东门新村2幢"]
    assert pieces[0] == first
    whole.refresh_from_db()
    assert not whole.is_in_force
    assert {link.new for link in whole.successors.all()} == set(pieces)
    assert_whole()
    merging.reopen(whole, why="不分了", by=admin)
    assert Address.objects.in_force().count() == 3
    assert not whole.successors.filter(is_active=True).exists()
    assert_whole()


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        ([Parts(poi="甲")], "要写出 2 到 50 个"),
        ([Parts(poi="甲"), Parts(poi="甲 ")], "不能互相一样"),
        ([Parts(poi="东门新村"), Parts(poi="乙")], "不能和原来一样"),
    ],
)
def test_a_split_that_is_none_changes_nothing(village, admin, pieces, told):
    whole = an_address(village, admin, poi="东门新村")
    with pytest.raises(Refused, match=told):
        commands.split(whole, into=pieces, why=WHY, by=admin)
    assert Address.objects.get().is_in_force


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE places_address SET room = '301室'", "was changed after"),
        ("UPDATE places_addressalias SET name = '别的'", "was changed after"),
        ("UPDATE places_addresslink SET reason = '别的'", "was changed after"),
    ],
)
def test_a_row_that_was_changed_behind_the_ledgers_back_is_found(village, block, admin, sql, found):
    other = an_address(village, admin, poi="东门菜场")
    merging.merge(other, into=block, why=WHY, by=admin)
    assert_whole()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert any(found in str(finding) for finding in verify())
