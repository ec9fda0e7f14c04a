"""Three administrators, three duties (等保 2.0): nobody does another's work, and none of them sees a dispute."""

import pytest

from fengqiao.disputes.models import Dispute
from fengqiao.disputes.policies import hats
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people import accounts, factors, lockout, passwords, sessions
from fengqiao.people.duties import DUTIES, Duty, may
from fengqiao.people.models import ADMINISTRATORS, Access, Role, RoleChange, User
from tests.people.conftest import PASSWORD
from tests.world import a_registered_dispute, a_user, the_center

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # who may do what: the engine has no say
ACTS = {
    Duty.UNLOCK: lambda whom, by: accounts.unlock(whom, reason="x", by=by),
    Duty.RESET_PASSWORD: lambda whom, by: passwords.reset(whom, reason="x", by=by),
    Duty.RESET_FACTOR: lambda whom, by: factors.reset(whom, reason="x", by=by),
    Duty.END_SESSIONS: lambda whom, by: sessions.end_for(whom, reason="x", by=by),
    Duty.KEEP_ACCOUNTS: lambda whom, by: accounts.close(whom, reason="x", by=by),
    Duty.ASK_FOR_ROLE: lambda whom, by: accounts.ask_for_role(whom, new=Role.MANAGER, reason="x", by=by),
}


@pytest.fixture
def people(db):
    return {role: a_user(the_center(), role) for role in Role}


def test_no_duty_has_two_owners_and_each_has_one():
    owners = [duty for duties in DUTIES.values() for duty in duties]
    assert sorted(owners, key=lambda duty: duty.name) == sorted(Duty, key=lambda duty: duty.name)
    assert set(DUTIES) == ADMINISTRATORS


@pytest.mark.parametrize("duty", ACTS)
@pytest.mark.parametrize("role", list(Role))
def test_who_does_what(people, clerk, duty, role):
    for _n in range(5):
        lockout.admit(lockout.ACCOUNT, "chen")
    asks = duty is Duty.ASK_FOR_ROLE and role == Role.SECURITY  # may ask, and then not decide
    if may(people[role], duty) or asks:
        ACTS[duty](clerk, people[role])
        return
    before = Entry.objects.count()
    with pytest.raises(Refused, match="这件事只归"):
        ACTS[duty](clerk, people[role])
    assert Entry.objects.count() == before


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_none_of_them_sees_a_dispute(people, role):
    dispute = a_registered_dispute(the_center())
    Dispute.objects.filter(pk=dispute.pk).update(mediator=people[role])
    dispute.refresh_from_db()
    assert not Dispute.objects.visible_to(people[role]).exists()
    assert hats(people[role], dispute) == frozenset()


@pytest.mark.parametrize("act", ["unlock", "password", "factor"])
def test_nobody_does_it_for_themselves(security, act):
    with pytest.raises(Refused):
        {
            "unlock": lambda: accounts.unlock(security, reason="x", by=security),
            "password": lambda: passwords.reset(security, reason="x", by=security),
            "factor": lambda: factors.reset(security, reason="x", by=security),
        }[act]()


class TestRolesTakeTwo:
    @pytest.fixture
    def asked(self, people, clerk) -> RoleChange:
        return accounts.ask_for_role(clerk, new=Role.MANAGER, reason="接任负责人", by=people[Role.ADMIN])

    def test_asking_changes_nothing(self, asked, clerk):
        assert User.objects.get(pk=clerk.pk).role == Role.CLERK

    def test_a_security_administrator_decides_and_the_ledger_names_both(self, asked, clerk, people):
        accounts.decide_role(asked, grant=True, by=people[Role.SECURITY])
        assert User.objects.get(pk=clerk.pk).role == Role.MANAGER
        entry = Entry.objects.of("user", clerk.pk).last()
        assert entry.payload["by"] == str(people[Role.SECURITY])
        assert entry.payload["asked_by"] == str(people[Role.ADMIN])
        assert "由“窗口人员”改为“负责人”" in entry.sentence

    def test_or_declines(self, asked, clerk, people):
        accounts.decide_role(asked, grant=False, by=people[Role.SECURITY])
        assert User.objects.get(pk=clerk.pk).role == Role.CLERK
        with pytest.raises(Refused, match="决定过"):
            accounts.decide_role(asked, grant=True, by=people[Role.SECURITY])

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.SECURITY])
    def test_nobody_else_decides(self, asked, people, role):
        with pytest.raises(Refused, match="安全管理员"):
            accounts.decide_role(asked, grant=True, by=people[role])

    def test_not_the_one_who_asked(self, clerk, security):
        asked = accounts.ask_for_role(clerk, new=Role.LEADER, reason="x", by=security)
        with pytest.raises(Refused, match="另一位"):
            accounts.decide_role(asked, grant=True, by=security)

    def test_nobody_is_made_anything_by_asking_for_themselves(self, people):
        for role in (Role.ADMIN, Role.SECURITY):
            with pytest.raises(Refused, match="自己"):
                accounts.ask_for_role(people[role], new=Role.AUDITOR, reason="x", by=people[role])

    def test_the_old_roles_pages_are_gone_at_once(self, asked, clerk, people, at_desk):
        client = at_desk(clerk)
        accounts.decide_role(asked, grant=True, by=people[Role.SECURITY])
        assert client.get("/desk/").status_code == 302

    def test_a_decision_slipped_in_by_sql_is_found(self, asked, people):
        assert list(verify()) == []
        RoleChange.objects.update(is_granted=True, decided_by=people[Role.ADMIN])
        assert [finding.row for finding in verify()] == [f"people.rolechange:{asked.pk}"]


class TestPages:
    def test_each_has_a_home_of_their_own(self, people, at_desk):
        homes = {Role.ADMIN: "/desk/office/", Role.SECURITY: "/desk/accounts/", Role.AUDITOR: "/desk/ledger/"}
        for role, home in homes.items():
            assert at_desk(people[role]).get("/desk/").headers["Location"] == home

    def test_a_locked_account_is_found_and_opened(self, clerk, security, at_desk, knock):
        for _n in range(5):
            knock("chen", "wrong")
        client = at_desk(security)
        text = client.get("/desk/accounts/?show=locked").content.decode()
        assert "陈晓燕" in text
        assert "陆芸" not in text.partition("<main")[2]
        answer = client.post(f"/desk/accounts/{clerk.pk}/", {"act": "unlock", "reason": "本人到场"})
        assert answer.status_code == 302
        assert knock("chen", PASSWORD).status_code == 302

    def test_a_temporary_password_is_shown_once(self, clerk, security, at_desk, knock):
        client = at_desk(security)
        sent = {"act": "password", "reason": "忘了", "form_key": "k1"}
        shown = client.post(f"/desk/accounts/{clerk.pk}/", sent)
        temporary = shown.content.decode().partition('fq-temporary">')[2].partition("<")[0]
        assert knock("chen", temporary).status_code == 302
        assert client.post(f"/desk/accounts/{clerk.pk}/", sent).content == shown.content, "sent twice, done once"
        assert temporary not in client.get(f"/desk/accounts/{clerk.pk}/").content.decode()
        assert "no-store" in shown.headers["Cache-Control"]

    @pytest.mark.parametrize("act", ["factor", "sessions"])
    def test_the_other_acts(self, clerk, security, at_desk, act):
        there, client = at_desk(clerk), at_desk(security)
        assert client.post(f"/desk/accounts/{clerk.pk}/", {"act": act, "reason": "电脑丢了"}).status_code == 302
        assert there.get("/desk/").status_code == 302
        assert "电脑丢了" in client.get(f"/desk/accounts/{clerk.pk}/").content.decode()

    def test_without_a_reason_nothing_is_done_and_nothing_lost(self, clerk, security, at_desk):
        answer = at_desk(security).post(f"/desk/accounts/{clerk.pk}/", {"act": "factor", "reason": ""})
        assert answer.status_code == 422
        assert 'value="factor"' in answer.content.decode()

    def test_an_address_is_opened(self, security, at_desk, knock, settings):
        settings.LOCK_AFTER_ADDRESS = 1
        knock("nobody", "x", REMOTE_ADDR="10.1.2.3")
        client = at_desk(security)
        assert client.post("/desk/accounts/address/", {"address": "10.1.2.3", "reason": "培训"}).status_code == 302
        assert client.post("/desk/accounts/address/", {"address": "xx", "reason": "培训"}).status_code == 409

    def test_a_role_goes_from_the_one_page_to_the_other(self, clerk, people, at_desk):
        admin, security = at_desk(people[Role.ADMIN]), at_desk(people[Role.SECURITY])
        address = f"/desk/office/accounts/{clerk.pk}/"
        assert admin.post(address, {"act": "role", "reason": "接任"}).status_code == 422
        assert admin.post(address, {"act": "role", "role": "manager", "reason": "接任"}).status_code == 302
        assert "申请改为“负责人”" in admin.get(address).content.decode()
        assert "接任" in security.get("/desk/roles/").content.decode()
        change = RoleChange.objects.get()
        decision = f"/desk/roles/{change.pk}/"
        assert "由“窗口人员”改为“负责人”" in security.get(decision).content.decode()
        assert security.post(decision, {"decision": "vielleicht", "seen": 1}).status_code == 422
        assert security.post(decision, {"decision": "no", "seen": 1}).status_code == 422, "without a reason"
        assert security.post(decision, {"decision": "yes", "seen": 0}).status_code == 409, (
            "the account has changed since"
        )
        assert security.post(decision, {"decision": "yes", "seen": 1}).status_code == 302
        assert User.objects.get(pk=clerk.pk).role == Role.MANAGER
        assert "同意" in security.get("/desk/roles/").content.decode()

    def test_an_account_is_closed_and_opened(self, clerk, people, at_desk, knock):
        admin = at_desk(people[Role.ADMIN])
        address = f"/desk/office/accounts/{clerk.pk}/"
        assert admin.post(address, {"act": "close", "reason": "调离"}).status_code == 302
        assert knock("chen").status_code == 422
        assert admin.post(address, {"act": "reopen", "reason": "调回"}).status_code == 302
        assert knock("chen").status_code == 302


class TestTheAuditor:
    @pytest.fixture
    def auditor(self, people, at_desk):
        return at_desk(people[Role.AUDITOR])

    def test_reads_the_log_by_who_how_and_from_where(self, auditor, clerk, knock):
        knock("chen", "wrong", REMOTE_ADDR="10.1.2.3")
        knock("chen", REMOTE_ADDR="10.9.9.9")

        def main(query: str) -> str:
            return (
                auditor.get(f"/desk/access/?{query}").content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
            )

        assert main("").count("<tr>") == 2
        assert "10.9.9.9" not in main("result=wrong")
        assert "10.1.2.3" in main("address=10.1.2.3")
        assert main("who=chen&since=2000-01-01&until=2000-12-31") == ""
        assert main("who=陈晓燕&way=password").count("<tr>") == 2
        assert auditor.get("/desk/access/?address=xx").status_code == 200

    def test_takes_it_away_as_a_file_and_that_is_on_record(self, auditor, people, clerk, knock):
        knock("chen", "wrong", REMOTE_ADDR="10.1.2.3")
        answer = auditor.post("/desk/access/export/?result=wrong")
        rows = answer.content.decode("utf-8-sig").splitlines()
        assert len(rows) == 2
        assert "chen,陈晓燕,密码,不对,10.1.2.3" in rows[1]
        entry = Entry.objects.of("user", people[Role.AUDITOR].pk).get()
        assert "导出了登录日志 1 条（结果）" in entry.sentence

    def test_changes_nothing(self, auditor, clerk):
        assert auditor.post(f"/desk/accounts/{clerk.pk}/", {"act": "unlock", "reason": "x"}).status_code == 403
        assert auditor.post(f"/desk/office/accounts/{clerk.pk}/", {"act": "close", "reason": "x"}).status_code == 403
        assert Access.objects.count() == 0
