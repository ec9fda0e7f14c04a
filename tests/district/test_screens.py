"""The administrator's tables: seen, changed one row at a time or by a spreadsheet, shown beforehand, recorded, taken back."""

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from openpyxl import Workbook, load_workbook

from fengqiao.bodies.models import Body, Standing, Strength, Target, Window
from fengqiao.disputes.limits import LimitRule, limit_for
from fengqiao.disputes.models import Category, Dispute
from fengqiao.district import reading
from fengqiao.district.loading import load
from fengqiao.district.present import TABLES, rows_of
from fengqiao.district.titles import COLUMNS, LISTED, Titles, heading
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role, User
from fengqiao.routing.models import Duty
from tests.district.folders import a_small_folder
from tests.world import a_registered_dispute, a_user

RULES = "rank,category,place,difficulty,channel,people,amount,body,reason,source\n"
HOME = "/desk/district/"

# What stands behind the screens is tried on both engines: test_loading, test_structure_changes.
pytestmark = pytest.mark.once
WHY = "依区委办〔2026〕12号文件"
HIDDEN = re.compile(r'name="(mark|rows|seen)" value="([^"]*)"')


@pytest.fixture(scope="module")
def wuxing(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[User]:
    """Loaded once for the file; every test undoes what it does. Gives the system administrator."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(reading.read(str(a_small_folder(tmp_path_factory.mktemp("district")))))
        User.objects.filter(username="gumin").update(phone="13957220001")
        yield User.objects.get(username="hejing")
        transaction.set_rollback(True)


@pytest.fixture
def desk(wuxing, db) -> Client:
    return signed_in(wuxing)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer) -> str:
    return answer.content.decode()


def carried(answer) -> dict[str, str]:
    """What the page carries along, unescaped as a browser does."""
    said = dict(HIDDEN.findall(text(answer)))
    return {name: value.replace("&quot;", '"').replace("&amp;", "&") for name, value in said.items()}


def table(client: Client, name: str, content: str, kind: str = "csv"):
    """Upload it."""
    sent = SimpleUploadedFile(f"{name}.{kind}", content.encode() if isinstance(content, str) else content)
    return client.post(f"{HOME}{name}/upload/", {"file": sent})


def confirmed(client: Client, name: str, shown, reason: str = WHY):
    return client.post(f"{HOME}{name}/confirm/", {**carried(shown), "reason": reason})


def last() -> Entry:
    return Entry.objects.filter(subject="district").latest("seq")


def test_only_the_system_administrator_comes_in(wuxing, db):
    at = (
        "",
        "limits/",
        "limits/add/",
        "limits/upload/",
        "limits/renew/",
        "strength/row/?key=studios-in-center",
        "history/",
    )
    acts = ("limits/confirm/", "limits/download/", "limits/upload/", "limits/add/", "history/1/undo/")
    for role in (Role.SECURITY, Role.AUDITOR, Role.MANAGER):
        client, briefly = signed_in(a_user(Body.objects.root(), role)), {"headers": {"HX-Request": "true"}}
        assert {client.get(HOME + one, **briefly).status_code for one in at} == {403}, role
        assert {client.post(HOME + one, {"format": "csv"}, **briefly).status_code for one in acts} == {403}, role


def test_every_table_is_listed_with_its_rows_in_words(desk):
    said = text(desk.get(HOME))
    for title in Titles:
        assert f">{title.label}<" in said
    assert f"{Window.objects.count()} 行" in said
    limits = text(desk.get(f"{HOME}limits/"))
    assert "内置的期限" in limits
    assert "人民调解工作若干规定 33" in limits
    windows = text(desk.get(f"{HOME}windows/"))
    assert windows.count("待填的空位") == 20
    assert "办事窗口1（名称待填）" in windows
    accounts = text(desk.get(f"{HOME}accounts/?q=gumin"))
    assert ("顾敏" in accounts, "方芸" in accounts, "新增一行" in accounts) == (True, False, False)
    assert "没有找到" in text(desk.get(f"{HOME}rules/?q=没有这个"))
    second = text(desk.get(f"{HOME}bodies/?page=2"))
    assert second.count("/bodies/row/?key=") == Body.objects.count() - 50
    row = text(desk.get(f"{HOME}rules/row/?key=&key=10&key=&key=&key=&key=&key="))
    assert "10 劳动争议" in row
    assert Body.objects.get(key="mdc-labour").name in row
    phone = text(desk.get(f"{HOME}accounts/row/?key=gumin"))
    assert "139****0001" in phone
    assert "13957220001" not in phone
    assert desk.get(f"{HOME}nothing/").status_code == desk.get(f"{HOME}rules/row/?key=99").status_code == 404


def test_every_column_has_a_heading():
    for file, one in TABLES.items():
        assert all(heading(one, column.name) for column in one.columns)
        assert set(LISTED[Titles(file)]) <= {column.name for column in one.columns}
    assert {column.name for one in TABLES.values() for column in one.columns} == set(COLUMNS)


def test_what_is_taken_away_comes_back_without_a_change(desk):
    for file in TABLES:
        name = file.removesuffix(".csv")
        sheet = desk.post(f"{HOME}{name}/download/", {"format": "xlsx"})
        assert last_of(desk).payload["table"] == file
        columns = [cell.value for cell in next(load_workbook(io.BytesIO(sheet.content)).active.rows)]
        assert columns == rows_of(TABLES[file])[0]
        if len(rows_of(TABLES[file])[1]):
            answer = table(desk, name, sheet.content, "xlsx")
            assert (answer.status_code, "没有要改的" in text(answer)) == (409, True), (file, text(answer))
    accounts = desk.post(f"{HOME}accounts/download/", {"format": "csv"}).content.decode("utf-8-sig")
    assert "139****0001" in accounts
    assert "13957220001" not in accounts
    assert "没有要改的" in text(table(desk, "accounts", accounts))


def last_of(client: Client) -> Entry:
    return Entry.objects.filter(subject="user", kind="district.downloaded").latest("seq")


def test_a_row_is_added_changed_and_everything_put_back_by_further_changes(desk):
    form = {"key": "police", "name": "公安协作员", "n": "12", "source": "本区"}
    shown = desk.post(f"{HOME}strength/add/", form)
    assert shown.status_code == 200
    assert ("公安协作员" in text(shown), Strength.objects.filter(key="police").exists()) == (True, False)
    assert desk.post(f"{HOME}strength/confirm/", carried(shown)).status_code == 422, "why is not said"
    assert confirmed(desk, "strength", shown)["Location"] == f"{HOME}strength/"
    assert (Strength.objects.get(key="police").n, last().payload["rows"][0]["before"]) == (12, None)
    assert "何静 改了本区数据“力量”：新增 1 行，修改 0 行。理由：依区委办〔2026〕12号文件。" in text(
        desk.get(f"{HOME}strength/")
    )
    opened = carried(desk.get(f"{HOME}strength/edit/?key=police"))
    shown = desk.post(f"{HOME}strength/edit/?key=police", {**form, **opened, "n": "15", "or_more": "on"})
    assert "15" in text(shown)
    confirmed(desk, "strength", shown)
    assert (Strength.objects.get(key="police").n, Strength.objects.get(key="police").or_more) == (15, True)
    assert last().payload["rows"] == [
        {"key": ["police"], "before": {"n": "12", "or_more": ""}, "after": {"n": "15", "or_more": "1"}}
    ]
    second, first = last().seq, last().seq - 1
    early = desk.post(f"{HOME}history/{first}/undo/")
    assert (early.status_code, "后来又改过" in text(early)) == (409, True)
    for seq, left in ((second, 12), (first, None)):
        shown = desk.post(f"{HOME}history/{seq}/undo/")
        assert "撤销：会改回什么" in text(shown)
        assert desk.post(f"{HOME}history/{seq}/undo/", {**carried(shown), "reason": "写错了"}).status_code == 302
        assert Strength.objects.filter(key="police").values_list("n", flat=True).first() == left
    assert "已经撤销过" in text(desk.post(f"{HOME}history/{first}/undo/"))
    said = text(desk.get(f"{HOME}history/"))
    assert said.count("后来撤销了") == 2
    assert "撤销了本区数据“力量”的一次改动：改回 0 行，去掉 1 行，放回 0 行。理由：写错了。" in said
    assert list(verify()) == []


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(desk):
    item = {"item": "7", "category": "02", "place": "", "lead": "mdc-labour", "name": "就近", "source": "没有这份文件"}
    for wrong, status, told in (
        ({}, 409, "不在 district.yaml 的 sources 里"),
        ({"source": "本区", "name": ""}, 422, "这个字段是必填项"),
        ({"source": "本区", "lead": "hearing-slot"}, 422, "选择一个有效的选项"),
    ):
        answer = desk.post(f"{HOME}duties/add/", item | wrong)
        assert (answer.status_code, told in text(answer)) == (status, True), told
        assert 'value="就近"' in text(answer) or "name" in wrong
    odd = desk.post(
        f"{HOME}windows/add/",
        {"key": "Up per", "name": "窗口", "kind": "general_window", "body": "center", "source": "本区"},
    )
    assert (odd.status_code, "写法不对" in text(odd), 'value="Up per"' in text(odd)) == (422, True, True)
    assert not Duty.objects.filter(name="就近").exists()


def test_another_limit_begins_on_a_day_and_the_old_one_ends_the_day_before(desk):
    opened = text(desk.get(f"{HOME}limits/add/?as=mediate"))
    assert '<option value="month" selected>' in opened
    own = {
        "key": "mediate",
        "n": "25",
        "unit": "calendar_day",
        "roll": "on",
        "basis": "区里的规定",
        "effective_from": "2020-01-01",
    }
    confirmed(desk, "limits", desk.post(f"{HOME}limits/add/", own))
    at = f"{HOME}limits/renew/?key=mediate&key=2020-01-01"
    form = own | carried(desk.get(at)) | {"n": "20"}
    assert "从今天或者以后起" in text(desk.post(at, form | {"effective_from": "2020-03-01"}))
    shown = desk.post(at, form | {"effective_from": "2099-01-01"})
    assert ("2098-12-31" in text(shown), "2099-01-01" in text(shown)) == (True, True)
    confirmed(desk, "limits", shown)
    told = [
        (one.n, str(one.effective_from), str(one.effective_to)) for one in LimitRule.objects.order_by("effective_from")
    ]
    assert told == [(25, "2020-01-01", "2098-12-31"), (20, "2099-01-01", "None")]
    assert limit_for("mediate").n == 25
    at = f"{HOME}categories/renew/?key=02"
    form = carried(desk.get(at)) | {
        "code": "02a",
        "name": "相邻关系",
        "limit_key": "mediate",
        "source": "本区",
        "effective_from": "2099-01-01",
    }
    confirmed(desk, "categories", desk.post(at, form))
    assert str(Category.objects.get(code="02").effective_to) == "2098-12-31"
    assert (Category.objects.get(code="02a").name, Category.objects.get(code="02").name) == ("相邻关系", "邻里")


def test_wrong_rows_are_told_with_their_lines_and_nothing_is_taken(desk):
    before = Entry.objects.count()
    for name, content, told in (
        ("targets", "key,name,how,value,unit,source\na,甲,at_least,0,percent,S1\nB b,乙,most,5,day,S9\n",
         ("第 2 行", "数值（value）", "第 3 行", "标识（key）", "怎么算达到（how）")),
        ("targets", "key,name,how,value,unit,source\na,甲,at_least,1,percent,S9\na,乙,at_most,5,day,S1\n",
         ("第 3 行", "与第 2 行是同一行", "出处“S9”")),
        ("categories", "code,limit_key\n02,mediate.none\n", ("第 2 行", "没有期限“mediate.none”")),
        ("bodies", "key,parent\nbranch-yuehe,mdc-labour\nmdc-labour,branch-yuehe\n", ("第 2 行", "上级绕成了一圈")),
        ("bodies", "key,handles\nmdc-labour,\n", ("分流规则 10", "mdc-labour 不接分派")),
        ("bodies", "key,is_active\nmdc-labour,0\nnew-one,1\n", ("停用、撤销和承接在“机构”里办", "新机构的 is_active 应是 0")),
        ("bodies", "key,name\nmdc-labour,新名称\n", ("改名在“机构”里办",)),
        ("accounts", "username,role\ngumin,manager\nnewcomer,clerk\n",
         ("第 2 行", "角色不在表里改", "第 3 行", "没有用户名 newcomer 的账户")),
        ("accounts", "username,phone,mediates\ngumin,13800000000,\n", ("电话不在表里改", "是不是调解员不在表里改")),
        ("rules", "category,body\n10,center\n", ("表头缺少这些列：次序、地方",)),
        ("rules", RULES + ",,,,,,,center,都给中心,S1\n", ("分流规则有版本",)),
        ("targets", "key,colour\na,red\n", ("不认识的列",)),
        ("rules", "", ("文件是空的",)),
    ):  # fmt: skip
        answer = table(desk, name, content)
        assert answer.status_code == 409 if content else 422, (name, content)
        assert [one for one in told if one not in text(answer)] == ([] if content else list(told)), content
    assert Entry.objects.count() == before
    assert User.objects.get(username="gumin").role == Role.MEDIATOR


def test_days_of_a_workbook_are_days(desk):
    book = Workbook()
    book.active.append(["key", "n", "unit", "basis", "effective_from"])
    book.active.append(["close", 4, "working_day", "区里的规定", date(2027, 1, 1)])
    file = io.BytesIO()
    book.save(file)
    confirmed(desk, "limits", table(desk, "limits", file.getvalue(), "xlsx"))
    assert str(LimitRule.objects.get(key="close").effective_from) == "2027-01-01"


def seen() -> dict[str, set[str]]:
    people = User.objects.filter(is_active=True).select_related("home_body__region", "station_body__region")
    return {one.username: set(Dispute.objects.visible_to(one).values_list("number", flat=True)) for one in people}


def test_what_is_shown_is_what_happens_to_the_rows_and_to_who_sees_what(desk):
    labour = Body.objects.get(key="mdc-labour")
    dispute = a_registered_dispute(labour, User.objects.get(username="gumin"))
    before = seen()
    shown = table(desk, "accounts", "username,home,title\ngumin,mdc-consumer,调解员\nfangyun,center,综合窗口\n")
    assert seen() == before
    said = text(shown)
    assert f"顾敏 (gumin) 不再看得到 1 件：{dispute.number}" in said
    assert Body.objects.get(key="mdc-consumer").name in said
    assert "方芸" not in said, "her row says nothing new"
    assert said.count("看得到 1 件") == 1
    assert confirmed(desk, "accounts", shown).status_code == 302
    after = seen()
    assert {name for name in before if before[name] != after[name]} == {"gumin"}
    assert rows_of(TABLES["accounts.csv"])[1][("gumin",)]["home"] == "mdc-consumer"
    assert User.objects.get(username="gumin").phone == "13957220001"
    shown = desk.post(f"{HOME}history/{last().seq}/undo/")
    assert f"顾敏 (gumin) 开始看得到 1 件：{dispute.number}" in text(shown)
    desk.post(f"{HOME}history/{last().seq}/undo/", {**carried(shown), "reason": "调错了"})
    assert seen() == before


def test_what_somebody_changed_in_between_is_shown_anew(desk):
    target = Target.objects.get()
    at = f"{HOME}targets/edit/?key={target.key}"
    form = {"name": target.name, "how": "at_least", "unit": "percent", "source": "S1"}
    opened = carried(desk.get(at))
    mine = desk.post(at, {**form, **opened, "value": "95"})
    confirmed(desk, "targets", desk.post(at, {**form, **opened, "value": "92"}))
    answer = confirmed(desk, "targets", mine)
    assert answer.status_code == 409
    assert "这中间有人改过" in text(answer)
    assert re.search(r"<del[^>]*>92</del> → 95", text(answer))
    assert WHY in text(answer), "the reason is kept"
    late = desk.post(at, {**form, **opened, "value": "96"})
    assert (late.status_code, "刚被别人改过" in text(late), 'value="96"' in text(late)) == (409, True, True)
    assert Target.objects.get().value == 92
    assert confirmed(desk, "targets", answer).status_code == 302
    assert Target.objects.get().value == 95
    assert "没有要改的" in text(confirmed(desk, "targets", answer))


def test_a_new_body_waits_for_somebody_else_and_a_slot_gets_its_name(desk):
    row = "key,name,short_name,kind,region,parent,is_active,source\nnew-one,新社区调委会,吴社,mdc_village,330502001000,center,0,本区\n"
    confirmed(desk, "bodies", table(desk, "bodies", row))
    body = Body.objects.get(key="new-one")
    assert (body.standing, body.is_active) == (Standing.PROPOSED, False)
    assert Entry.objects.of("body", body.pk).get().kind == "body.proposed"
    assert "撤不掉" in text(desk.post(f"{HOME}history/{last().seq}/undo/"))
    confirmed(desk, "bodies", table(desk, "bodies", "key,phone\nmdc-labour,0572-2100000\n"))
    assert Body.objects.get(key="new-one").standing == Standing.PROPOSED
    labour = Body.objects.get(key="mdc-labour")
    assert (labour.phone, labour.version, Entry.objects.of("body", labour.pk).last().kind) == (
        "0572-2100000",
        2,
        "body.corrected",
    )
    slot = Body.objects.filter(is_slot=True, handles=False).first()
    confirmed(desk, "bodies", table(desk, "bodies", f"key,name,short_name,is_slot\n{slot.key},气象局,吴气,\n"))
    assert str(Body.objects.get(pk=slot.pk)) == "气象局"
    shown = desk.post(f"{HOME}history/{last().seq}/undo/")
    desk.post(f"{HOME}history/{last().seq}/undo/", {**carried(shown), "reason": "弄错了"})
    assert Body.objects.get(pk=slot.pk).is_slot


def test_what_is_in_use_is_not_taken_away(desk):
    labour = Body.objects.get(key="mdc-labour")
    confirmed(desk, "categories", table(desk, "categories", "code,name,limit_key,source\n77,宠物,mediate,本区\n"))
    added = last().seq
    dispute = a_registered_dispute(labour, a_user(labour))
    Dispute.objects.filter(pk=dispute.pk).update(category=Category.objects.get(code="77"))
    answer = desk.post(f"{HOME}history/{added}/undo/")
    assert (answer.status_code, "已经有别的记录用到" in text(answer)) == (409, True)


def test_what_was_wrong_before_keeps_nobody_from_changing_something_else(desk):
    Window.objects.filter(key="window-01").update(hours="从早到晚")
    shown = table(desk, "mechanisms", "key,rank\nflow-1,9\n")
    assert confirmed(desk, "mechanisms", shown).status_code == 302
    assert "从早到晚" in text(table(desk, "windows", "key,hours\nwindow-01,从早到晚\nwindow-02,从早到晚\n"))
