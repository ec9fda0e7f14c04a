"""The second factor: six digits once each, codes for the day the phone is gone, and where it is required."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import decrypt
from fengqiao.ledger.models import Entry
from fengqiao.people import accounts, factors
from fengqiao.people.models import Access, AuthenticatorApp, RecoveryCode, Result
from tests.people.conftest import PASSWORD, shown

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # codes and keys are counted, not asked for


@pytest.fixture
def halfway(clerk, phone):
    """The password was right."""
    client = Client()
    answer = client.post("/login/", {"username": "chen", "password": PASSWORD, "next": "/ui-kit/"})
    assert answer.status_code == 200
    return client


def test_the_password_alone_opens_nothing(halfway):
    assert halfway.get("/desk/").headers["Location"].startswith("/login/")


def test_the_digits_open_where_one_wanted_to_go(halfway, phone):
    answer = halfway.post("/login/factor/", {"code": shown(phone[0])})
    assert answer.headers["Location"] == "/ui-kit/"
    assert halfway.get("/desk/").status_code == 200
    assert list(Access.objects.order_by("pk").values_list("way", "result")) == [
        ("password", Result.HALFWAY), ("app", Result.ENTERED),
    ]  # fmt: skip


def test_the_session_gets_a_new_key_at_each_step(client, clerk, phone):
    client.get("/account/")
    client.post("/login/", {"username": "chen", "password": PASSWORD})
    first = client.session.session_key
    client.post("/login/factor/", {"code": shown(phone[0])})
    assert client.session.session_key != first


def test_a_code_works_once(halfway, clerk, phone):
    code = shown(phone[0])
    halfway.post("/login/factor/", {"code": code})
    other = Client()
    other.post("/login/", {"username": "chen", "password": PASSWORD})
    assert other.post("/login/factor/", {"code": code}).status_code == 409
    assert other.post("/login/factor/", {"code": shown(phone[0], later=30)}).status_code == 302


def test_the_code_that_bound_the_app_does_not_sign_in(clerk):
    secret = factors.new_secret()
    code = shown(secret)
    factors.bind_app(clerk, secret=secret, code=code)
    client = Client()
    client.post("/login/", {"username": "chen", "password": PASSWORD})
    assert client.post("/login/factor/", {"code": code}).status_code == 409


@pytest.mark.parametrize(("off", "fits"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_phone_may_be_half_a_minute_off(halfway, phone, off, fits):
    with time_machine.travel(timezone.now(), tick=False):
        answer = halfway.post("/login/factor/", {"code": shown(phone[0], later=off)})
    assert (answer.status_code == 302) is fits


def test_a_recovery_code_works_once(halfway, phone):
    code = phone[1][3]
    assert halfway.post("/login/factor/", {"code": code.upper()}).status_code == 302
    other = Client()
    other.post("/login/", {"username": "chen", "password": PASSWORD})
    assert other.post("/login/factor/", {"code": code}).status_code == 409
    assert RecoveryCode.objects.count() == 9


def test_guessing_at_digits_ends_after_five(halfway, phone):
    for _n in range(5):
        assert halfway.post("/login/factor/", {"code": "000000"}).status_code == 409
    assert halfway.post("/login/factor/", {"code": shown(phone[0])}).status_code == 409
    assert Access.objects.filter(result=Result.LOCKED, way="app").exists()


def test_a_security_administrator_opens_that_lock_too(halfway, clerk, phone, security):
    for _n in range(5):
        halfway.post("/login/factor/", {"code": "000000"})
    accounts.unlock(clerk, reason="本人到场", by=security)
    assert halfway.post("/login/factor/", {"code": shown(phone[0])}).status_code == 302


def test_who_dawdles_between_the_two_starts_again(halfway, phone):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert halfway.post("/login/factor/", {"code": shown(phone[0])}).headers["Location"] == "/login/"


def test_nothing_typed_is_lost_over_both_steps(clerk, phone):
    kept = {"kept_path": "/desk/register/", "kept:facts": "楼上漏水，写了很久"}
    client = Client()
    first = client.post("/login/", {"username": "chen", "password": PASSWORD, **kept})
    assert 'name="kept:facts" value="楼上漏水，写了很久"' in first.content.decode()
    second = client.post("/login/factor/", {"code": shown(phone[0]), **kept})
    assert "楼上漏水，写了很久" in second.content.decode()
    assert "再次提交" in second.content.decode()


def test_nothing_is_readable_at_rest(clerk, phone):
    secret, codes = phone
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_authenticatorapp")
        sealed = cursor.fetchone()[0]
        cursor.execute("SELECT * FROM people_recoverycode")
        rows = str(cursor.fetchall())
    assert secret not in sealed
    assert AuthenticatorApp.objects.get().secret == secret
    assert not any(code.replace("-", "") in rows for code in codes)


class TestBinding:
    def test_the_secret_is_shown_until_it_is_bound_and_never_again(self, clerk, at_desk):
        client = at_desk(clerk)
        text = client.get("/account/app/").content.decode()
        secret = decrypt(client.session["app_secret"], place="app_secret")
        assert secret not in str(dict(client.session)), "sessions are rows; it is sealed there too"
        assert " ".join(secret[n : n + 4] for n in range(0, 32, 4)) in text
        assert client.post("/account/app/", {"code": "000000"}).status_code == 409
        done = client.post("/account/app/", {"code": shown(secret)})
        assert done.content.decode().count("<li>") >= 10
        assert secret[:8] not in client.get("/account/app/").content.decode().replace(" ", "")
        assert Entry.objects.of("user", clerk.pk).get().kind == "account.factor_added"

    def test_a_desk_left_open_binds_nothing(self, clerk, at_desk):
        client = at_desk(clerk)
        client.get("/account/")
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert client.get("/account/app/").status_code == 409
            assert client.post("/account/passkey/ask/").status_code == 409

    def test_it_can_be_given_up_where_it_is_only_offered(self, clerk, phone, at_desk):
        assert at_desk(clerk).post("/account/app/off/").status_code == 302
        assert not RecoveryCode.objects.exists()

    def test_fresh_codes_make_the_old_ones_worthless(self, clerk, phone):
        fresh = factors.renew_codes(clerk)
        assert not set(fresh) & set(phone[1])
        assert RecoveryCode.objects.count() == 10


class TestRequired:
    @pytest.fixture(autouse=True)
    def by_setting(self, settings):
        settings.SECOND_FACTOR = "required"

    def test_who_has_none_finds_nothing_but_the_page_to_bind_one(self, clerk):
        client = Client()
        client.post("/login/", {"username": "chen", "password": PASSWORD})
        assert client.get("/desk/").headers["Location"] == "/account/"
        assert client.get("/papers/1/").headers["Location"] == "/account/"
        assert "请先绑定手机验证器" in client.get("/account/").content.decode()
        client.get("/account/app/")
        secret = decrypt(client.session["app_secret"], place="app_secret")
        assert client.post("/account/app/", {"code": shown(secret)}).status_code == 200
        assert client.get("/desk/").status_code == 200

    def test_the_last_one_cannot_be_given_up(self, clerk, phone):
        with pytest.raises(Refused, match="最后一种"):
            factors.unbind_app(clerk)

    def test_a_lost_phone_is_forgotten_by_a_security_administrator_with_a_reason(self, clerk, phone, security, at_desk):
        there = at_desk(clerk)
        with pytest.raises(Refused, match="理由"):
            factors.reset(clerk, reason=" ", by=security)
        factors.reset(clerk, reason="手机掉进河里，本人带身份证来过", by=security)
        assert there.get("/account/").headers["Location"].startswith("/login/")
        assert not AuthenticatorApp.objects.exists()
        entry = Entry.objects.of("user", clerk.pk).order_by("-seq")[0]
        assert "陆芸 清除了 陈晓燕 的二次验证：手机掉进河里" in entry.sentence

    def test_nobody_forgets_their_own(self, security):
        with pytest.raises(Refused, match="另一位"):
            factors.reset(security, reason="省事", by=security)
