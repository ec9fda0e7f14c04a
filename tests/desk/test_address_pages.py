"""The administrator's address library: every change by its page, tables out and in, and nobody else there."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from fengqiao.places.library import commands
from fengqiao.places.models import Address, AddressAlias, AliasKind
from tests.places.town import WHY, an_address, an_admin, assert_whole, the_tree
from tests.world import a_user, the_center

pytestmark = pytest.mark.django_db

HOME = "/desk/addresses/"


@pytest.fixture
def tree():
    return the_tree()


@pytest.fixture
def admin():
    return an_admin()


@pytest.fixture
def desk(at_desk, admin):
    return at_desk(admin)


@pytest.fixture
def house(tree, admin):
    return an_address(tree["余家漾社区"], admin, road="朝阳路", number="88")


@pytest.fixture
def market(tree, admin):
    return an_address(tree["墙壕里社区"], admin, poi="东门菜场")


def at(address: Address, change: str = "") -> str:
    return f"{HOME}{address.code}/{change + '/' if change else ''}"


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_the_administrator_comes_in(house, at_desk, role):
    client = at_desk(a_user(the_center(), role))
    for address in (HOME, f"{HOME}add/", f"{HOME}like/?q=朝阳", f"{HOME}import/", at(house), at(house, "merge")):
        assert client.get(address).status_code == 403, address
    for address in (f"{HOME}add/", f"{HOME}import/", f"{HOME}export/", at(house, "retire"), at(house, "merge")):
        assert client.post(address, {"why": WHY, "format": "csv"}).status_code == 403, address
    assert Address.objects.get().is_in_force
    assert Entry.objects.count() == 1


def test_the_list_is_found_by_words_by_town_and_by_state(desk, house, market, admin):
    commands.retire(market, why="拆除", by=admin)
    assert house.text in text(desk.get(HOME))
    assert market.text in text(desk.get(HOME))
    for query, there in (
        ("q=阳路8", house),
        ("region=330502001000&status=retired", market),
        (f"q={house.code}", house),
        ("q=门菜", market),
    ):
        other = market if there == house else house
        said = text(desk.get(f"{HOME}?{query}"))
        assert f">{there.text}<" in said, query
        assert f">{other.text}<" not in said, query
    assert "这些条件下没有" in text(desk.get(f"{HOME}?q=没有这里&region=zz&status=zz"))


def test_an_empty_library_says_what_to_do(desk):
    assert "地址库还是空的" in text(desk.get(HOME))


def test_a_new_address_is_added_and_its_page_tells_who_and_why(desk, tree):
    sent = {"place_name": "余家漾社区", "place": "", "road": "朝阳路", "number": "88", "why": "新编门牌"}
    answer = desk.post(f"{HOME}add/", sent)
    address = Address.objects.get()
    assert answer["Location"] == at(address)
    said = text(desk.get(at(address)))
    assert "管晓明 新增地址 飞英街道余家漾社区朝阳路88号。理由：新编门牌。" in said
    assert_whole()


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ({"place_name": "没有这里"}, 422, "本区没有正好叫这个名字的地方"),
        ({"road": "", "number": "", "poi": "", "source": "余家漾花园"}, 422, "路名和小区（单位）至少写一个"),
        ({"why": ""}, 422, "这个字段是必填项"),
        ({"longitude": "东经"}, 422, "输入一个数字"),
        ({"longitude": "30", "latitude": "120"}, 422, "不在国内"),
        ({"place_name": "吴兴区", "place": "330502000000"}, 409, "不能只到区"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, tree, wrong, status, told):
    sent = {"place_name": "余家漾社区", "road": "朝阳路", "number": "88", "poi": "余家漾花园", "why": WHY} | wrong
    answer = desk.post(f"{HOME}add/", sent)
    assert answer.status_code == status
    assert told in text(answer)
    assert "余家漾花园" in text(answer)
    assert not Address.objects.exists()


def test_each_change_has_its_page_and_leaves_the_record_whole(desk, house, market):
    steps = [
        (house, "correct", {"road": "朝阳路", "number": "90"}),
        (house, "alias", {"name": "老地委宿舍", "kind": "former"}),
        (house, "alias", {"name": "记错的名", "kind": "spoken"}),
        (house, "unalias", {"alias": lambda: AddressAlias.objects.get(name="记错的名").pk}),
        (market, "merge", {"into_name": "朝阳路90号", "into_code": ""}),
        (market, "reopen", {}),
        (market, "split", {"pieces": "东门菜场1幢\n东门菜场二幢\n"}),
        (house, "retire", {}),
    ]
    for address, change, facts in steps:
        address.refresh_from_db()
        assert desk.get(at(address, change)).status_code == 200
        filled = {name: value() if callable(value) else value for name, value in facts.items()}
        answer = desk.post(at(address, change), {**filled, "why": WHY, "seen": address.version})
        assert answer.status_code == 302, (change, text(answer))
    house.refresh_from_db()
    assert (house.text, house.is_in_force) == ("朝阳路90号", False)
    assert set(Address.objects.in_force().values_list("text", flat=True)) == {"东门菜场1幢", "东门菜场2幢"}
    said = text(desk.get(at(house)))
    assert "门牌号：88号 → 90号" in said
    assert "状态：在用 → 停用" in said
    assert "已撤销" in said
    assert_whole()


def test_who_was_overtaken_is_told_and_keeps_what_was_typed(desk, house, admin):
    commands.add_alias(house, name="大院", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    answer = desk.post(at(house, "alias"), {"name": "老地委宿舍", "kind": "former", "why": WHY, "seen": 1})
    assert answer.status_code == 409
    assert "刚刚有人改过" in text(answer)
    assert "老地委宿舍" in text(answer)
    assert AddressAlias.objects.count() == 1


def test_what_is_not_possible_now_is_refused_before_anything_is_typed(desk, house, admin):
    assert "在用着，不用恢复" in text(desk.get(at(house, "reopen")))
    commands.retire(house, why=WHY, by=admin)
    answer = desk.get(at(house, "merge"))
    assert answer.status_code == 409
    assert "已经停用，要改先恢复" in text(answer)
    assert desk.post(at(house, "correct"), {"road": "人民路", "why": WHY}).status_code == 409


def test_the_same_form_sent_twice_changes_once(desk, house):
    sent = {"name": "老地委宿舍", "kind": "former", "why": WHY, "seen": 1, "form_key": "k1"}
    assert desk.post(at(house, "alias"), sent).status_code == 302
    assert desk.post(at(house, "alias"), sent).status_code == 302
    assert Entry.objects.of("address", house.pk).count() == 2


@pytest.mark.parametrize(
    ("change", "facts", "told"),
    [
        ("merge", {"into_name": "没有这里"}, "没有正好是这个的地址"),
        ("merge", {"into_name": "朝阳路88号"}, "不能并入它自己"),
        ("split", {"pieces": "东门新村1幢"}, "要写出 2 到 50 个"),
        ("split", {"pieces": "东门新村1幢\n东门新村1幢那边"}, "第 2 行的“那边”看不懂"),
        ("unalias", {"alias": "999"}, "选择一个有效的选项"),
    ],
)
def test_a_change_that_makes_no_sense_is_said_so(desk, house, change, facts, told):
    answer = desk.post(at(house, change), {**facts, "why": WHY, "seen": 1})
    assert answer.status_code in (409, 422)
    assert told in text(answer)
    assert Address.objects.get().is_in_force


def test_an_unknown_code_is_not_there(desk):
    assert desk.get(f"{HOME}123/").status_code == 404
    assert desk.post(f"{HOME}123/retire/", {"why": WHY}).status_code == 404


# ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────────


def exported(desk, format: str = "csv", query: str = "") -> bytes:
    answer = desk.post(f"{HOME}export/?{query}", {"format": format})
    assert answer.status_code == 200
    return answer.content


def brought(desk, content: bytes, name: str = "t.csv", why: str = "普查"):
    return desk.post(f"{HOME}import/", {"file": SimpleUploadedFile(name, content), "why": why})


def table(*rows: list[str], head: str = "编码,地方代码,路名,门牌号,小区或单位,别名") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([head.split(","), *rows])
    return text.getvalue().encode()


def a_workbook(content: bytes) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_was_exported_comes_in_again_and_changes_nothing(desk, house, market, admin, format):
    commands.add_alias(house, name="=1+1 大院", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    commands.retire(market, why=WHY, by=admin)
    before = list(Address.objects.values()), Entry.objects.filter(subject="address").count()
    answer = brought(desk, exported(desk, format), f"t.{format}")
    assert answer.status_code == 302, text(answer)
    assert (list(Address.objects.values()), Entry.objects.filter(subject="address").count()) == before
    assert Entry.objects.get(kind="address.imported").payload["same"] == 2
    assert "导出了地址库的 2 个地址（全部）" in Entry.objects.get(kind="address.exported").sentence


def test_an_export_follows_the_filters(desk, house, market):
    rows = list(csv.reader(io.StringIO(exported(desk, query="q=门菜").decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["编码", market.code]
    sheet = load_workbook(io.BytesIO(exported(desk, "xlsx"))).active
    assert sheet.max_row == 3
    assert desk.post(f"{HOME}export/", {"format": "pdf"}).status_code == 409


def test_a_table_adds_corrects_and_names_and_every_row_is_on_record(desk, tree, house):
    rows = table(
        [house.code, "", "朝阳路", "90号", "", "老地委宿舍（曾用名）；大院"],
        ["", "330502001003", "人民路", "５", "", ""],
        ["", "330502001003", "", "", "东门菜场", "老菜场（俗称）"],
    )
    assert brought(desk, a_workbook(rows), "t.xlsx").status_code == 302
    house.refresh_from_db()
    assert house.text == "朝阳路90号"
    assert {(one.name, one.kind) for one in house.aliases.all()} == {("老地委宿舍", "former"), ("大院", "other")}
    assert set(Address.objects.values_list("text", flat=True)) == {"朝阳路90号", "人民路5号", "东门菜场"}
    told = Entry.objects.get(kind="address.imported").sentence
    assert told == "管晓明 从表格导入地址：新增 2，修改 1，新记名称 3，没有变化 0。理由：普查。"
    assert brought(desk, rows).status_code == 302
    assert Address.objects.count() == 3
    assert_whole()


def test_one_wrong_row_and_nothing_of_the_table_is_saved(desk, tree, house, admin):
    commands.add_alias(house, name="大院", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    rows = table(
        ["", "330502001003", "人民路", "5", "", ""],
        ["9", "", "人民路", "6", "", ""],
        ["", "330106001000", "文三路", "1", "", ""],
        ["", "330502001003", "", "7", "", ""],
        [house.code, "330502001003", "朝阳路", "88", "", ""],
        [house.code, "", "朝阳路", "89", "", ""],
    )
    answer = brought(desk, rows)
    assert answer.status_code == 409
    said = text(answer)
    for line, why in (
        (3, "没有编码 9 的地址"), (4, "不在本区"), (5, "至少写一个"), (6, "换了地方的是另一个地址"), (7, "在第 6 行已经有了"),
    ):  # fmt: skip
        assert f'<td class="num">{line}</td>' in said
        assert why in said
    assert "5 处问题，什么都没有保存" in said
    assert Address.objects.count() == 1
    assert not Entry.objects.filter(kind="address.imported").exists()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"版本": "1", "路名": "人民路"}, "刚刚有人改过"),
        ({"版本": "x", "路名": "人民路"}, "不是数字"),
        ({"状态": "停用"}, "状态不能在表里改"),
        ({"经度": "东经"}, "经度“东经”不是数字"),
        ({"经度": "30", "纬度": "120"}, "不在国内"),
    ],
)
def test_an_older_table_and_a_wrong_cell_are_named(desk, house, admin, cells, told):
    commands.add_alias(house, name="大院", kind=AliasKind.SPOKEN, why=WHY, by=admin)
    row = {"编码": house.code, "路名": "朝阳路", "门牌号": "88", "小区或单位": ""} | cells
    answer = brought(desk, table(list(row.values()), head=",".join(row)))
    assert answer.status_code == 409
    assert told in text(answer)
    house.refresh_from_db()
    assert house.text == "朝阳路88号"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.csv", b"", "空文件"),
        ("t.csv", table(head="路名,小区或单位"), "缺少这些列：地方代码"),
        ("t.csv", table(head="编码,编码,路名,小区或单位"), "出现了两次"),
        ("t.csv", table(["", "330502001003", "=1+1", "", "", ""]), "像是公式"),
        ("t.csv", "编码,路名".encode("gb18030"), "GBK"),
        ("t.exe", b"MZ", "只收"),
        ("t.xlsx", b"PK\x03\x04broken", "工作簿损坏"),
        ("t.jsonl", b"{}", "只收 .csv 和 .xlsx"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_one_sentence(desk, tree, name, content, told):
    answer = brought(desk, content, name)
    assert answer.status_code in (409, 422)
    assert told in text(answer)
    assert not Address.objects.exists()
