"""The pages of the rules: read by those who dispatch, written by few, published by another, and never in somebody's way."""

import pytest
from django.urls import reverse

from fengqiao.people.models import Role
from fengqiao.routing.models import RuleBook
from fengqiao.routing.rules import books
from fengqiao.routing.rules.book import Rule
from fengqiao.routing.rules.derived import Line
from tests.routing.books import a_book, a_manager, drafted
from tests.world import a_category, a_user

DRAFT = "/desk/rules/draft/"


def text(answer) -> str:
    return answer.content.decode()


def said(town, **kw) -> dict:
    """A rule as the form sends it."""
    return {"rank": 1, "bodies": [town.trade.key], "reason": "劳资纠纷", "seen": RuleBook.objects.draft().edition, **kw}


@pytest.fixture
def desk(town, client):
    a_category("10", "劳动争议")
    client.force_login(a_manager())
    return client


def test_the_book_in_force_reads_as_a_table_and_older_ones_stay_readable(town, desk):
    assert "内置的" in text(desk.get("/desk/rules/"))
    a_book([Line("10", town.village.region.code, town.trade.key, "劳动争议有对口的调委会", "")])
    shown = text(desk.get("/desk/rules/"))
    for words in ("第 1 版", "劳动争议", "墙壕里社区", str(town.trade), "属地村（社区）调委会", "就地化解"):
        assert words in shown
    assert "从区县数据载入" in text(desk.get("/desk/rules/history/"))
    books.publish(
        draft := drafted([Rule(1, to="village", reason="都就地")]),
        note="简单些",
        mark=books.mark_of(draft),
        by=a_manager(),
    )
    assert "已经不用了" in text(desk.get("/desk/rules/1/"))
    assert "简单些" in text(desk.get("/desk/rules/"))
    assert desk.get("/desk/rules/9/").status_code == 404


def test_a_draft_is_written_by_form_and_button_with_the_faults_beside_the_rules(town, desk):
    assert desk.get(DRAFT).headers["Location"] == "/desk/rules/"
    assert desk.post(DRAFT).headers["Location"] == DRAFT
    assert "没有轮不到" in text(desk.get(DRAFT))
    assert desk.post(f"{DRAFT}add/", said(town, category="10", amount_to="5万", people_from="3")).status_code == 302
    page = text(desk.get(DRAFT))
    for words in ("劳动争议", "至多 50,000.00 元", "至少 3 人", "互相矛盾", "有 3 处要改好", "没有人能登录受理"):
        assert words in page
    rules = RuleBook.objects.draft().book.rules
    n = next(n for n, rule in enumerate(rules, 1) if rule.bodies)
    shown = text(desk.get(f"{DRAFT}{n}/"))
    assert 'value="50,000.00"' in shown
    assert f'<option value="{town.trade.key}" selected>' in shown
    moved = desk.post(
        f"{DRAFT}{n}/move/", {"way": "up", "seen": RuleBook.objects.draft().edition}, headers={"HX-Request": "true"}
    )
    assert (moved.status_code, "autofocus" in text(moved), "<html" in text(moved)) == (200, True, False)
    assert RuleBook.objects.draft().book.rules[0].bodies == (town.trade.key,)
    assert "互相矛盾" not in text(desk.get(DRAFT))
    stale = desk.post(f"{DRAFT}1/remove/", {"seen": 1})
    assert (stale.status_code, "刚刚有人动过" in text(stale)) == (409, True)
    assert desk.post(f"{DRAFT}1/remove/", {"seen": RuleBook.objects.draft().edition}).status_code == 302
    assert len(RuleBook.objects.draft().rules) == 3
    assert desk.post(f"{DRAFT}drop/").headers["Location"] == "/desk/rules/"
    assert desk.get(f"{DRAFT}add/").status_code == 404


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(town, desk):
    desk.post(DRAFT)
    for wrong, words in (
        ({"bodies": []}, "至少选一个"),
        ({"to": "village"}, "就不选单位"),
        ({"people_from": 5, "people_to": 3}, "不能比“至少”小"),
        ({"amount_from": "很多"}, "很多"),
    ):
        answer = desk.post(f"{DRAFT}add/", said(town, **wrong))
        assert (answer.status_code, words in text(answer), 'value="劳资纠纷"' in text(answer)) == (422, True, True), (
            words
        )
    stale = desk.post(f"{DRAFT}add/", said(town, seen=99))
    assert (stale.status_code, 'value="劳资纠纷"' in text(stale)) == (409, True)


def test_the_trial_stands_before_the_button_and_somebody_else_presses_it(town, desk):
    dispute = town.dispute()
    draft = drafted([Rule(1, (town.trade.key,), reason="都归行业")])
    shown = desk.get(f"{DRAFT}publish/")
    for words in ("试了 1 件，1 件会建议别的单位", str(town.village), str(town.trade), dispute.number):
        assert words in text(shown)
    assert desk.post(f"{DRAFT}publish/", {"note": "", "mark": "x"}).status_code == 422
    assert desk.post(f"{DRAFT}publish/", {"note": "改", "mark": "x"}).status_code == 409
    done = desk.post(f"{DRAFT}publish/", {"note": "改", "mark": books.mark_of(draft)})
    assert done.headers["Location"] == "/desk/rules/"
    assert books.in_force().version == 1


def test_who_wrote_it_and_who_keeps_the_system_see_why_they_cannot_publish(town, client):
    by = a_manager()
    drafted([Rule(1, (town.trade.key,), reason="都归行业")], by)
    town.dispute()
    for who, words, counts in (
        (by, "请区中心的另一位负责人", True),
        (a_user(town.centre, Role.ADMIN), "管理员看不到纠纷", False),
    ):
        client.force_login(who)
        page = text(client.get(f"{DRAFT}publish/"))
        assert (words in page, "试了 1 件" in page, "确认" in page) == (True, counts, False), words


def test_on_the_dispatch_form_stand_rule_reason_and_runner_up_and_why_not_is_asked(town, client):
    a_category("10", "劳动争议")
    a_book([Line("02", "", town.trade.key, "邻里归行业")])
    dispute, clerk = town.dispute(), town.clerk()
    client.force_login(clerk)
    page = text(client.get(reverse("dispatch", args=[dispute.number])))
    assert f"按分流规则第 1 条，邻里归{town.trade}：邻里归行业。" in page
    assert f"其次是{town.village}：第 2 条，次序在后。" in page
    sent = {"seen": dispute.version, "to": town.village.pk}
    no = client.post(reverse("dispatch", args=[dispute.number]), sent)
    assert (no.status_code, "写明为什么" in text(no)) == (409, True)
    assert client.post(reverse("dispatch", args=[dispute.number]), {**sent, "why": "村里先上门"}).status_code == 302
    assert "没有照建议" in text(client.get(reverse("dispute", args=[dispute.number])))
