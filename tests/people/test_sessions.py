"""Where one is signed in: seen, ended at once, and over by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fengqiao.people import accounts, sessions
from fengqiao.people.models import Access, Result, Role, SignIn
from tests.people.conftest import PASSWORD
from tests.world import a_user, the_center

pytestmark = pytest.mark.django_db
RIGHT = {"username": "chen", "password": PASSWORD}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def signed_in(clerk):
    def opened(**more) -> Client:
        client = Client(**more)
        assert client.post("/login/", RIGHT).status_code == 302
        return client

    return opened


def is_in(client: Client) -> bool:
    return client.get("/ui-kit/").status_code == 200


def test_the_page_shows_each_with_device_and_address(signed_in):
    signed_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="10.1.2.3")
    text = signed_in().get("/account/").content.decode()
    assert "Firefox · Linux" in text
    assert "10.1.2.3" in text
    assert "就是这里" in text
    assert Session.objects.count() == 2


def test_one_is_ended_at_once(signed_in):
    here, there, elsewhere = signed_in(), signed_in(), signed_in()
    which = SignIn.objects.get(key=there.session.session_key).pk
    here.post("/account/sessions/end/", {"which": which})
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)
    assert Access.objects.filter(result=Result.ENDED).count() == 1


def test_all_others_are_ended_at_once(signed_in):
    here, *others = signed_in(), signed_in(), signed_in()
    here.post("/account/sessions/end/")
    assert is_in(here)
    assert not any(is_in(other) for other in others)


def test_nobody_ends_a_strangers(signed_in, at_desk):
    client = signed_in()
    stranger = at_desk(a_user(the_center()))
    stranger.post("/account/sessions/end/", {"which": SignIn.objects.get(key=client.session.session_key).pk})
    assert is_in(client)
    assert stranger.post("/account/sessions/end/", {"which": "x"}).status_code == 409


def test_an_answer_under_way_does_not_bring_an_ended_session_back(signed_in, clerk):
    client = signed_in()
    session = client.session
    assert session["seen"]  # it is read
    sessions.end_own(clerk)
    session["something"] = 1
    with pytest.raises(UpdateError):
        session.save()
    assert not is_in(client)


def test_signing_out_ends_it(signed_in):
    client = signed_in()
    client.post("/logout/")
    assert not SignIn.objects.exists()
    assert not Session.objects.filter(session_key=client.session.session_key).exists()


def test_a_closed_account_is_in_nowhere_at_once(signed_in, clerk):
    client = signed_in()
    admin = a_user(the_center(), Role.ADMIN)
    accounts.close(clerk, reason="调离", by=admin)
    assert not is_in(client)
    assert not SignIn.objects.exists()
    accounts.reopen(clerk, reason="调回", by=admin)
    assert not is_in(client)


def test_a_security_administrator_ends_them_with_a_reason(signed_in, clerk, security):
    client = signed_in()
    assert sessions.end_for(clerk, reason="电脑丢了", by=security) == 1
    assert not is_in(client)


class TestItEndsByItself:
    def test_after_half_an_hour_of_nothing(self, signed_in, settings):
        client = signed_in()
        with time_machine.travel(timezone.now() + timedelta(minutes=settings.IDLE_MINUTES + 1)):
            assert client.get("/desk/").headers["Location"] == "/login/?next=/desk/"
        assert Access.objects.filter(result=Result.IDLE).count() == 1

    def test_but_not_while_one_works(self, signed_in):
        client, now = signed_in(), timezone.now()
        for minutes in range(20, 200, 20):
            with time_machine.travel(now + timedelta(minutes=minutes)):
                assert is_in(client)

    def test_nor_for_longer_than_a_day_of_work(self, signed_in, settings):
        client, now = signed_in(), timezone.now()
        for minutes in range(20, settings.SESSION_HOURS * 60, 20):
            with time_machine.travel(now + timedelta(minutes=minutes)):
                client.get("/account/")
        with time_machine.travel(now + timedelta(hours=settings.SESSION_HOURS, minutes=1)):
            assert not is_in(client)

    def test_what_was_typed_meanwhile_is_there_after_signing_in_again(self, signed_in):
        client = signed_in()
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            typed = {"facts": "楼上漏水，写了很久很久"}
            asked = client.post("/desk/register/", typed, headers={"Origin": "http://testserver"})
            assert asked.status_code == 401
            assert 'name="kept:facts" value="楼上漏水，写了很久很久"' in asked.content.decode()
            again = client.post("/login/", {**RIGHT, "kept_path": "/desk/register/", "kept:facts": typed["facts"]})
            assert "再次提交" in again.content.decode()

    def test_that_somebody_is_there_is_written_once_a_minute(self, signed_in):
        client, writes = signed_in(), []
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            for _n in range(2):
                with CaptureQueriesContext(connection) as asked:
                    is_in(client)
                writes.append(sum(one["sql"].startswith("UPDATE") for one in asked.captured_queries))
        assert writes == [2, 0]

    def test_what_ran_out_unseen_is_swept_away(self, signed_in, settings):
        signed_in()
        with time_machine.travel(timezone.now() + timedelta(hours=settings.SESSION_HOURS + 1)):
            assert sessions.forget_expired() == 1
        assert not Session.objects.exists()


def test_the_list_leaves_out_what_has_run_out(signed_in, clerk, settings):
    signed_in()
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=settings.IDLE_MINUTES + 1))
    assert not sessions.open_of(clerk).exists()
