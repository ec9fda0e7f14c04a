"""An account comes to be: one administrator makes it, another decides its role and hands over the first password."""

import pytest

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.kinds import KINDS
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people import accounts, keeping, passwords
from fengqiao.people.keeping import AccountFacts
from fengqiao.people.models import Role, RoleChange, User
from fengqiao.reactions import REACTIONS
from tests.world import a_committee, a_registered_dispute, a_town_branch, a_user, the_center

pytestmark = pytest.mark.django_db
NEW, LIST = "/desk/office/accounts/new/", "/desk/office/"


@pytest.fixture
def admin(db) -> User:
    return a_user(the_center(), Role.ADMIN, name="何静")


@pytest.fixture
def branch(db):
    return a_town_branch()


@pytest.fixture
def made(admin, branch) -> User:
    facts = AccountFacts(name="卫国", home=branch, title="综合窗口1", phone="13811112222")
    return keeping.create(facts, username="WeiGuo", role=Role.CLERK, reason="新设分中心", by=admin)


def told(user: User) -> list[str]:
    return [entry.sentence for entry in Entry.objects.of("user", user.pk)]


def sent(branch, **other) -> dict[str, object]:
    facts = {"name": "卫国", "username": "weiguo", "home": branch.pk, "role": "clerk", "reason": "新设分中心"}
    return {**facts, "form_key": "k1", **other}


def temporary_on(answer) -> str:
    return answer.content.decode().partition('fq-temporary">')[2].partition("<")[0]


class TestComingToBe:
    def test_a_new_account_can_do_nothing_until_another_person_lets_it_in(self, made, security, knock):
        assert (made.username, made.role, made.has_usable_password()) == ("weiguo", "", False)
        assert knock("weiguo", "").status_code == 422
        with pytest.raises(Refused, match="还没有角色"):
            passwords.reset(made, reason="x", by=security)
        temporary = accounts.let_in(made.role_changes.get(), by=security, seen=1)
        made.refresh_from_db()
        assert (made.role, made.must_change_password) == (Role.CLERK, True)
        assert knock("weiguo", temporary).status_code == 302
        assert told(made) == [
            f"何静 新建了 卫国 的账户（用户名 weiguo，{made.body}）。",
            f"何静 申请让 卫国 在{made.body}担任“窗口人员”：新设分中心",
            f"陆芸 同意，卫国 在{made.body}担任“窗口人员”（何静 申请）。",
            "陆芸 给 卫国 设了临时密码：新账户",
        ]
        assert list(verify()) == []

    def test_whoever_is_no_system_administrator_makes_none_and_corrects_none(self, branch, made):
        facts = AccountFacts(name="某人", home=branch)
        for role in (role for role in Role if role != Role.ADMIN):
            other = a_user(the_center(), role)
            with pytest.raises(Refused, match="系统管理员"):
                keeping.create(facts, username="mouren", role=Role.CLERK, reason="x", by=other)
            with pytest.raises(Refused, match="系统管理员"):
                keeping.correct(made, facts, seen=1, by=other)
        assert not User.objects.filter(username="mouren").exists()

    def test_only_a_security_administrator_lets_it_in_and_only_as_it_was_looked_at(self, made, admin, security):
        change = made.role_changes.get()
        for role in (role for role in Role if role != Role.SECURITY):
            with pytest.raises(Refused, match="安全管理员"):
                accounts.let_in(change, by=a_user(the_center(), role), seen=1)
        keeping.correct(made, AccountFacts(name="卫国", home=the_center()), seen=1, by=admin)
        with pytest.raises(Stale):
            accounts.let_in(change, by=security, seen=1)
        assert not User.objects.get(pk=made.pk).has_usable_password()

    def test_a_refused_one_stays_without_a_role_and_may_be_asked_for_again(self, made, admin, security):
        accounts.decide_role(made.role_changes.get(), grant=False, reason="编制没有下来", by=security)
        assert told(made)[-1] == "陆芸 没有同意 卫国 担任“窗口人员”。编制没有下来"
        again = accounts.ask_for_role(made, new=Role.CLERK, reason="编制下来了", by=admin)
        assert again.is_first
        assert accounts.let_in(again, by=security)

    @pytest.mark.once
    @pytest.mark.parametrize("username", ["weiguo", "WEIGUO", "卫国", "1wei", "w", "wei guo"])
    def test_a_user_name_that_is_taken_or_is_none(self, made, admin, branch, username):
        with pytest.raises(Refused, match="用户名"):
            keeping.create(
                AccountFacts(name="另一位", home=branch), username=username, role=Role.CLERK, reason="x", by=admin
            )

    def test_nobody_is_put_where_nobody_works(self, admin, branch):
        idle = a_committee(is_active=False)
        for where in ({"home": idle}, {"home": branch, "station": idle}):
            with pytest.raises(Refused, match="不能在那里开户"):
                keeping.create(
                    AccountFacts(name="某人", **where), username="mouren", role="clerk", reason="x", by=admin
                )


class TestCorrecting:
    def test_what_changed_is_told_and_the_telephone_only_that_it_did(self, made, admin):
        facts = AccountFacts(name="卫国庆", home=made.home_body, station=the_center(), phone="13811113333")
        keeping.correct(made, facts, seen=1, reason="派到区中心", by=admin)
        now = User.objects.get(pk=made.pk)
        assert (str(now), now.body, now.title, now.phone, now.version) == (
            "卫国庆", the_center(), "", "13811113333", 2,
        )  # fmt: skip
        assert told(made)[-1] == (
            "何静 修改了 卫国庆 的账户：姓名由“卫国”改为“卫国庆”、职务由“综合窗口1”改为“无”、"
            f"派驻单位由“无”改为“{the_center()}”、电话。派到区中心"
        )
        assert "1381111" not in str(Entry.objects.of("user", made.pk).last().payload)
        keeping.correct(now, facts, seen=2, by=admin)
        assert len(told(made)) == 3, "nothing changed, nothing told"

    def test_not_ones_own_and_not_what_somebody_else_has_just_changed(self, made, admin):
        with pytest.raises(Refused, match="自己"):
            keeping.correct(admin, AccountFacts(name="何静", home=a_committee()), seen=1, by=admin)
        with pytest.raises(Stale):
            keeping.correct(made, AccountFacts(name="x", home=made.home_body), seen=7, by=admin)


@pytest.mark.once
class TestPages:
    def test_from_the_one_desk_to_the_other(self, admin, security, branch, at_desk, knock):
        desk, other = at_desk(admin), at_desk(security)
        first = desk.post(NEW, sent(branch))
        made = User.objects.get(username="weiguo")
        assert first.headers["Location"] == f"/desk/office/accounts/{made.pk}/"
        assert desk.post(NEW, sent(branch)).headers["Location"] == first.headers["Location"], "sent twice, made once"
        taken = desk.post(NEW, sent(branch, form_key="k2", reason="另一位也叫卫国"))
        assert taken.status_code == 409
        assert "已经有人用了" in taken.content.decode()
        assert "另一位也叫卫国" in taken.content.decode()
        assert desk.post(NEW, sent(branch, form_key="k3", phone="123")).status_code == 422
        assert "等安全管理员决定" in desk.get(first.headers["Location"]).content.decode()
        assert f"在{branch}担任“窗口人员”" in other.get("/desk/roles/").content.decode()
        decision = f"/desk/roles/{RoleChange.objects.get().pk}/"
        assert "新账户 卫国，申请担任“窗口人员”" in other.get(decision).content.decode()
        yes = {"decision": "yes", "seen": 1, "form_key": "k4"}
        shown = other.post(decision, yes)
        assert "no-store" in shown.headers["Cache-Control"]
        assert other.post(decision, yes).content == shown.content, "sent twice, done once"
        assert temporary_on(shown) not in other.get(decision).content.decode()
        assert knock("weiguo", temporary_on(shown)).status_code == 302
        assert "今天" in desk.get(f"{LIST}?q=weiguo").content.decode()

    def test_who_decides_is_told_of_what_waits_and_of_who_is_moved_and_who_asked_is_told_how_it_ended(
        self, made, admin, security, at_desk
    ):
        def heard(person: User) -> list[str]:
            for entry in Entry.objects.of("user", made.pk).order_by("seq"):
                for reaction in REACTIONS.get(KINDS[entry.kind], ()):
                    reaction(entry)
            return [notice.entry.sentence for notice in person.notices.order_by("pk")]

        assert heard(security) == [f"何静 申请让 卫国 在{made.body}担任“窗口人员”：新设分中心"]
        opened = at_desk(security).post(f"/desk/notices/{security.notices.get().pk}/open/", follow=True)
        assert "有一份申请等您决定" in opened.content.decode()
        accounts.let_in(made.role_changes.get(), by=security)
        keeping.correct(made, AccountFacts(name="卫国庆", home=made.home_body), seen=2, by=admin)
        keeping.correct(made, AccountFacts(name="卫国庆", home=the_center()), seen=3, by=admin)
        assert [sentence.partition("（")[0] for sentence in heard(admin)] == [
            f"陆芸 同意，卫国 在{a_town_branch()}担任“窗口人员”"
        ]
        assert len(heard(security)) == 2, "a new name is not theirs to watch, a new place is"
        assert "所属单位由" in heard(security)[1]

    def test_who_is_moved_sees_other_disputes_and_that_is_said(self, admin, branch, at_desk):
        clerk = a_user(branch, name="卫国", phone="13811112222")
        a_registered_dispute(branch)
        desk, address = at_desk(admin), f"/desk/office/accounts/{clerk.pk}/correct/"
        page = desk.get(address).content.decode()
        assert "138****2222" in page
        assert "13811112222" not in page
        other = {"name": "卫国", "home": the_center().pk, "reason": "", "phone": "", "seen": 1}
        answer = desk.post(address, other, follow=True).content.decode()
        assert "卫国现在多看得到 0 件纠纷，另有 1 件看不到了。" in answer
        stale = desk.post(address, other | {"name": "卫国庆"})
        assert stale.status_code == 409
        assert "卫国庆" in stale.content.decode()
        kept = User.objects.get(pk=clerk.pk)
        assert (kept.phone, kept.body) == ("13811112222", the_center())
        desk.post(address, other | {"no_phone": "on", "seen": 2})
        assert User.objects.get(pk=clerk.pk).phone == ""

    def test_the_administrator_arranges_the_windows_of_any_hall_and_nobody_is_asked_the_wrong_thing(
        self, admin, branch, at_desk
    ):
        desk = at_desk(admin)
        assert f'value="{branch.pk}" selected' in desk.get(f"/desk/windows/add/?hall={branch.pk}").content.decode()
        window = {"name": "综合窗口1", "kind": "general_window", "subjects": "", "hours": "周一至周五 8:30-17:00"}
        assert desk.post("/desk/windows/add/", window).status_code == 422, "in whose hall?"
        answer = desk.post("/desk/windows/add/", window | {"hall": branch.pk})
        assert answer.headers["Location"] == f"/desk/bodies/{branch.pk}/"
        body = desk.get(f"/desk/bodies/{branch.pk}/").content.decode()
        assert f"/desk/windows/{branch.windows.get().pk}/" in body
        assert f"{NEW}?home={branch.pk}" in body
        runs = at_desk(a_user(branch, Role.MANAGER))
        assert "哪个单位的窗口" not in runs.get("/desk/windows/add/").content.decode()
