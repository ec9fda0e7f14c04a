"""User name and password: patience with wrong tries, its end, and nothing told to who does not know."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.utils import timezone

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people import access_log, accounts, lockout, passwords
from fengqiao.people.models import Access, Guard, Result, Role, User
from tests.people.conftest import PASSWORD
from tests.world import a_user, the_center

pytestmark = pytest.mark.django_db
WRONG = "nicht-das-richtige"


def results() -> list[str]:
    return list(Access.objects.order_by("pk").values_list("result", flat=True))


def words(answer) -> str:
    """What the page says, without what differs on every page."""
    return answer.content.decode().partition('role="alert"')[2].partition("</div>")[0]


class TestBruteForce:
    def test_the_sixth_try_is_refused_even_with_the_right_password(self, clerk, knock, settings):
        for _n in range(settings.LOCK_AFTER):
            assert knock("chen", WRONG).status_code == 422
        assert knock("chen").status_code == 422
        assert results() == [Result.WRONG] * 5 + [Result.LOCKED]

    def test_the_fifth_may_still_be_right(self, clerk, knock):
        for _n in range(4):
            knock("chen", WRONG)
        assert knock("chen").status_code == 302
        assert not Guard.objects.filter(kind=lockout.ACCOUNT).exists()

    def test_after_a_quarter_of_an_hour_one_may_try_again(self, clerk, knock):
        for _n in range(5):
            knock("chen", WRONG)
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert knock("chen").status_code == 302

    def test_writing_the_name_differently_gives_no_further_tries(self, clerk, knock):
        for name in ("chen", " chen", "CHEN", "Chen ", "cHen"):
            knock(name, WRONG)
        assert knock("chen").status_code == 422

    def test_one_address_may_not_try_all_accounts(self, clerk, knock, settings):
        settings.LOCK_AFTER_ADDRESS = 8
        for n in range(8):
            knock(f"somebody{n}", WRONG)
        answer = knock("chen")
        assert answer.status_code == 429
        assert "15 分钟以后再试" in words(answer)
        assert knock("chen", REMOTE_ADDR="10.7.7.7").status_code == 302

    def test_behind_the_proxy_nobody_chooses_their_own_address(self, clerk, knock, settings):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        knock("chen", WRONG, HTTP_X_FORWARDED_FOR="1.2.3.4, 10.0.0.9")
        assert Access.objects.get().address == "10.0.0.9"

    def test_a_security_administrator_opens_the_lock(self, clerk, knock, security):
        for _n in range(5):
            knock("chen", WRONG)
        accounts.unlock(clerk, reason="本人到场", by=security)
        assert knock("chen").status_code == 302
        with pytest.raises(Refused, match="没有锁着"):
            accounts.unlock(clerk, reason="再来一次", by=security)

    def test_and_that_of_an_address(self, clerk, knock, security, settings):
        settings.LOCK_AFTER_ADDRESS = 1
        knock("nobody", WRONG)
        accounts.unlock_address(address="127.0.0.1", reason="窗口新人培训", by=security)
        assert knock("chen").status_code == 302

    def test_guesses_at_names_do_not_fill_the_table(self, knock):
        knock("nobody", WRONG)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            lockout.forget_expired()
        assert not Guard.objects.exists()


class TestNothingIsTold:
    @pytest.fixture
    def tries(self, clerk, knock):
        """The answers to an unknown name, a wrong password, a closed account and a locked one."""
        a_user(username="closed", is_active=False).set_password(PASSWORD)
        a_user(username="bare").set_unusable_password()
        answers = {name: knock(name, WRONG) for name in ("nobody", "chen", "closed", "bare")}
        for _n in range(5):
            knock("chen", WRONG)
        answers["locked"] = knock("chen")
        return answers

    def test_the_answer_is_word_for_word_the_same(self, tries):
        assert len({words(answer) for answer in tries.values()}) == 1
        assert "安全管理员" in words(tries["nobody"]), "how to get in again"
        assert {answer.status_code for answer in tries.values()} == {422}

    @pytest.mark.parametrize("name", ["nobody", "chen", "closed", "bare", "locked"])
    def test_the_work_is_the_same(self, clerk, knock, monkeypatch, name):
        for other in ("closed", "bare", "locked"):
            user = a_user(username=other, is_active=other != "closed")
            user.set_password(PASSWORD) if other != "bare" else user.set_unusable_password()
            user.save()
        for _n in range(5):
            knock("locked", WRONG)
        hashed, encode = [], MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a: hashed.append(1) or encode(*a))
        knock(name, WRONG)
        assert len(hashed) == 1, "one hash, whoever it is: that is where the time goes"

    def test_the_log_knows_more_than_the_page(self, tries, clerk):
        assert Access.objects.filter(user=None, result=Result.UNKNOWN).count() == 1
        assert Access.objects.filter(user=clerk, result=Result.LOCKED).exists()

    def test_a_closed_account_with_its_right_password_is_told_nothing_either(self, clerk, knock):
        User.objects.update(is_active=False)
        assert "停用了" in words(knock("chen"))
        assert results() == [Result.CLOSED]


class TestTheLog:
    def test_it_says_who_when_from_where_with_what_and_how_it_went(self, clerk, knock):
        agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/147.0 Safari/537.36 Edg/147.0"
        knock("chen", HTTP_USER_AGENT=agent, REMOTE_ADDR="10.1.2.3")
        line = Access.objects.get()
        assert (line.user, line.result, line.way) == (clerk, Result.ENTERED, "password")
        assert (line.address, line.device) == ("10.1.2.3", "Edge · Windows")
        assert Access.objects.from_address("10.1.2.3").count() == 1

    def test_neither_the_password_nor_a_mistyped_name_is_anywhere_in_it(self, clerk, knock):
        knock("geheim-im-namen", "noch-geheimer")
        for row in (*Access.objects.values(), *Guard.objects.values()):
            assert "geheim" not in str(row)

    def test_addresses_are_sealed_at_rest(self, clerk, knock):
        knock("chen", REMOTE_ADDR="10.1.2.3")
        with connection.cursor() as cursor:
            cursor.execute("SELECT address FROM people_access")
            assert "10.1.2.3" not in cursor.fetchone()[0]

    @pytest.mark.parametrize("harm", [lambda rows: rows.update(result="entered"), lambda rows: rows.delete()])
    def test_the_database_lets_nobody_write_over_it(self, clerk, knock, harm):
        knock("chen", WRONG)
        with pytest.raises((IntegrityError, InternalError, Exception), match="access log"), transaction.atomic():
            harm(Access.objects.all())
        assert results() == [Result.WRONG]

    def test_after_its_time_a_line_goes(self, clerk, knock, settings):
        with time_machine.travel(timezone.now() - timedelta(days=settings.ACCESS_LOG_DAYS + 1)):
            access_log.log("password", Result.WRONG, visit=access_log.Visit())
        knock("chen")
        assert access_log.forget_expired() == 1
        assert results() == [Result.ENTERED]


class TestChanging:
    NEW = "feiying-2027-zz"

    def change(self, client, old=PASSWORD, new=NEW, repeated=None):
        return client.post("/account/password/", {"old": old, "new": new, "repeated": repeated or new})

    def test_one_changes_it_and_stays_here_but_nowhere_else(self, clerk, at_desk, knock):
        here, there = at_desk(clerk), at_desk(clerk)
        assert self.change(here).headers["Location"] == "/account/"
        assert here.get("/account/").status_code == 200
        assert there.get("/account/").status_code == 302
        assert knock("chen").status_code == 422
        assert knock("chen", self.NEW).status_code == 302

    @pytest.mark.parametrize(
        ("new", "why"), [("kurz", "10"), ("password123", "常见"), ("1029384756120", "数字"), ("chenxiaoyan-chen", "")]
    )
    def test_a_weak_one_is_refused_in_a_sentence(self, clerk, at_desk, new, why):
        clerk.username, clerk.email = "chenxiaoyan-chen", ""
        clerk.save()
        answer = self.change(at_desk(clerk), new=new)
        assert answer.status_code == 409
        assert why in words(answer)

    def test_the_same_one_and_two_that_differ_are_refused(self, clerk, at_desk):
        assert self.change(at_desk(clerk), new=PASSWORD).status_code == 409
        assert self.change(at_desk(clerk), repeated="ein-anderes-wort").status_code == 422

    def test_guessing_the_old_one_from_an_open_desk_locks_too(self, clerk, at_desk):
        client = at_desk(clerk)
        for _n in range(5):
            assert self.change(client, old=WRONG).status_code == 409
        assert "分钟以后再试" in words(self.change(client))

    def test_a_temporary_one_opens_nothing_but_the_page_that_changes_it(self, clerk, knock, security):
        temporary = passwords.reset(clerk, reason="忘了", by=security)
        client = Client()
        assert client.post("/login/", {"username": "chen", "password": temporary}).status_code == 302
        for page in ("/desk/", "/desk/disputes/", "/", "/ui-kit/"):
            assert client.get(page).headers["Location"] == "/account/password/"
        answer = client.post(
            "/desk/register/", {"facts": "楼上漏水，写了很久"}, headers={"Origin": "http://testserver"}
        )
        assert answer.status_code == 403
        assert "楼上漏水，写了很久" in answer.content.decode()
        assert self.change(client, old=temporary).status_code == 302
        assert client.get("/desk/").status_code == 200

    def test_a_temporary_one_ends_every_session_at_once(self, clerk, at_desk, security):
        client = at_desk(clerk)
        passwords.reset(clerk, reason="忘了", by=security)
        assert client.get("/desk/").headers["Location"].startswith("/login/")

    def test_passwords_can_be_made_to_run_out(self, clerk, at_desk, settings):
        settings.PASSWORD_DAYS = 90
        User.objects.update(password_set_at=timezone.now() - timedelta(days=91))
        assert at_desk(clerk).get("/desk/").headers["Location"] == "/account/password/"

    def test_the_first_administrator_gets_one_from_the_machine(self, capsys):
        user = a_user(the_center(), Role.SECURITY, username="lu")
        call_command("first_password", "lu")
        temporary = capsys.readouterr().out.strip().rpartition("：")[2]
        assert Client().post("/login/", {"username": "lu", "password": temporary}).status_code == 302
        assert Entry.objects.of("user", user.pk).get().actor == "system"
        with pytest.raises(CommandError):
            call_command("first_password", "nobody")
