"""Views under a name: one's own, the office's, the one a list opens with; a view holds a question and never an answer."""

import pytest

from fengqiao.desk.models import SavedView
from fengqiao.desk.saved import commands
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.desk.test_exports import as_csv
from tests.desk.test_worklist import titles
from tests.world import a_category, a_user

pytestmark = pytest.mark.django_db


def a_view(by, name="劳动的", query="view=ours&difficulty=complex", listing="worklist", **kw) -> SavedView:
    return commands.save_view(listing, query=query, name=name, by=by, **kw)


def test_a_list_is_put_aside_under_a_name_and_opened_by_its_link(town, at_desk):
    town.dispute(title="劳动的", category=a_category("10", "劳动争议"))
    town.dispute(title="邻里的")
    client, category = at_desk(town.clerk()), a_category("10").pk
    here = f"view=ours&category={category}&page=1&one=2026-1&pick=all"
    answer = client.post("/desk/views/save/", {"listing": "worklist", "query": here, "name": "欠薪"})
    assert answer.headers["Location"] == f"/desk/?view=ours&category={category}"
    opened = client.get(answer.headers["Location"])
    assert titles(opened) == ["劳动的"]
    assert [(str(view), is_open) for view, _url, is_open in opened.context["shelf"].links] == [("欠薪", True)]
    assert not any(is_open for _view, _url, is_open in client.get("/desk/?view=new").context["shelf"].links)


def test_a_list_opens_with_the_view_one_wants_and_every_link_still_leads_where_it_says(town, at_desk):
    clerk = town.clerk()
    client = at_desk(clerk)
    view, all_open = a_view(clerk), a_view(clerk, name="在办的", query="state=open", listing="disputes")
    for one in (view, all_open):
        client.post(f"/desk/views/{one.pk}/start/")
    assert client.get("/desk/").headers["Location"] == "/desk/?view=ours&difficulty=complex"
    assert client.get("/desk/disputes/").headers["Location"] == "/desk/disputes/?state=open"
    assert client.get("/desk/?view=new").status_code == 200
    client.post(f"/desk/views/{view.pk}/unstart/")
    assert client.get("/desk/").status_code == 200
    commands.delete(all_open, by=clerk)
    assert client.get("/desk/disputes/").status_code == 200


def test_a_manager_gives_a_view_to_the_office_and_each_sees_in_it_what_is_theirs(town, at_desk):
    manager, clerk = a_user(town.branch, Role.MANAGER), town.clerk()
    town.dispute(title="限知的", is_restricted=True)
    view = commands.share(a_view(manager, query="state=open", listing="disputes"), by=manager)
    address = "/desk/disputes/?state=open"
    assert titles(at_desk(manager).get(address)) == ["限知的"]
    theirs = at_desk(clerk).get(address)
    assert titles(theirs) == []
    assert [str(one) for one, _url, _open in theirs.context["shelf"].links] == ["劳动的"]
    for stranger in (town.clerk(town.village), town.clerk(town.other_branch), a_user(None)):
        assert not SavedView.objects.of(stranger).exists()
        assert at_desk(stranger).post(f"/desk/views/{view.pk}/start/").status_code == 404
    told = [entry.sentence for entry in Entry.objects.of("user", manager.pk)]
    assert told == [f"{manager} 把视图“劳动的”给{town.branch}全单位用。"]
    assert list(verify()) == []


def test_only_its_owner_changes_a_view_and_only_a_manager_shares_one(town, at_desk):
    manager, clerk = a_user(town.branch, Role.MANAGER), town.clerk()
    view = commands.share(a_view(manager), by=manager)
    for act, data in (("rename", {"name": "我的"}), ("delete", {}), ("share", {}), ("withdraw", {})):
        assert at_desk(clerk).post(f"/desk/views/{view.pk}/{act}/", data).status_code == 409
    with pytest.raises(Refused, match="只有单位负责人"):
        commands.share(a_view(clerk), by=clerk)
    commands.start_with(view, by=clerk)
    other = a_user(town.branch, Role.MANAGER)
    commands.withdraw(view, by=other)
    assert at_desk(clerk).get("/desk/").status_code == 200
    assert list(SavedView.objects.of(manager)) == [view]
    assert at_desk(manager).post(f"/desk/views/{view.pk}/nonsense/").status_code == 404


def test_names_are_one_each_and_views_not_without_end(town, monkeypatch):
    clerk = town.clerk()
    view = a_view(clerk)
    commands.rename(view, name=" 劳动的 ", by=clerk)
    for name, why in (("劳动的", "已经有一个叫"), ("  ", "起个名字"), ("长" * 31, "最多 30 个字")):
        with pytest.raises(Refused, match=why):
            a_view(clerk, name=name)
    with pytest.raises(Refused, match="条件太多"):
        a_view(clerk, name="长的", query=f"place={'3' * 400}")
    with pytest.raises(Refused, match="不能存视图"):
        a_view(clerk, name="别的", listing="search")
    monkeypatch.setattr(commands, "MOST", 1)
    with pytest.raises(Refused, match="先删掉"):
        a_view(clerk, name="又一个")


def test_the_page_of_views_offers_what_one_may_do(town, at_desk):
    manager, clerk = a_user(town.branch, Role.MANAGER), town.clerk()
    a_view(manager)
    shared = commands.share(a_view(manager, name="全单位的"), by=manager)
    text = at_desk(clerk).get("/desk/views/").content.decode()
    assert "全单位的" in text
    assert "改名" not in text
    client = at_desk(manager)
    client.post(f"/desk/views/{shared.pk}/rename/", {"name": "大家的"})
    text = client.get("/desk/views/").content.decode()
    assert all(word in text for word in ("大家的", "改名", "给全单位用", "收回", "删除"))


def test_an_export_holds_what_the_view_shows_and_its_name_is_on_record(town, at_desk):
    clerk = town.clerk()
    for n in range(4):
        town.dispute(title=f"第{n}件", difficulty="complex" if n % 2 else "general")
    a_view(clerk, name="复杂的")
    client, query = at_desk(clerk), "view=ours&difficulty=complex"
    shown = titles(client.get(f"/desk/?{query}"))
    rows = as_csv(client.post(f"/desk/export/?{query}", {"format": "csv"}))
    assert [row[1] for row in rows[1:]] == shown
    assert Entry.objects.of("user", clerk.pk).get().sentence == (
        f"{clerk} 导出了 2 件纠纷的清单（工作台，轮到我们，视图“复杂的”，等级：复杂）。"
    )
