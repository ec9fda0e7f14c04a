"""Signing in, signing out, and how the pages are displayed."""

import json

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # who is let in: the engine has no say
RIGHT = {"username": "chen", "password": "yuehe-2026-x"}


def test_who_signs_in_goes_where_they_wanted(client, clerk):
    assert client.post("/login/", {**RIGHT, "next": "/return/"}).headers["Location"] == "/return/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, clerk, elsewhere):
    assert client.post("/login/", {**RIGHT, "next": elsewhere}).headers["Location"] == "/desk/"
    assert client.post("/display/", {"theme": "dark", "next": elsewhere}).headers["Location"] == "/"


def test_a_wrong_password_is_said_once_and_beside_the_form(client, clerk):
    answer = client.post("/login/", {**RIGHT, "password": "x"})
    assert answer.status_code == 422
    assert "用户名或者密码不对" in answer.content.decode()
    assert 'value="x"' not in answer.content.decode()


def test_signing_out_needs_a_post(at_desk):
    assert at_desk.get("/logout/").status_code == 405
    assert at_desk.post("/logout/").status_code == 302
    assert at_desk.get("/return/").headers["Location"].startswith("/login/")


class TestDemoAccounts:
    @pytest.fixture(autouse=True)
    def written(self, settings, tmp_path):
        settings.FENGQIAO_HOME = tmp_path
        accounts = [{"username": "chen", "password": "yuehe-2026-x", "name": "陈晓燕", "post": "综合窗口"}]
        (tmp_path / "demo_accounts.json").write_text(json.dumps(accounts), encoding="utf-8")

    def test_a_demonstration_offers_its_accounts(self, client, settings):
        settings.DEMO = True
        assert "用陈晓燕登录" in client.get("/login/").content.decode()

    def test_any_other_installation_does_not(self, client, settings):
        settings.DEMO = False
        assert "陈晓燕" not in client.get("/login/").content.decode()


class TestDisplay:
    def test_nobody_has_chosen(self, client):
        text = client.get("/").content.decode()
        assert '<html lang="zh-Hans" data-bs-theme="auto">' in text

    def test_the_choice_is_kept_and_the_page_is_the_same(self, client):
        answer = client.post("/display/", {"theme": "dark", "mode": "elder", "next": "/?q=1"})
        assert answer.headers["Location"] == "/?q=1"
        assert '<html lang="zh-Hans" data-bs-theme="dark" data-mode="elder">' in client.get("/").content.decode()

    def test_one_button_changes_one_thing(self, client):
        client.post("/display/", {"theme": "dark"})
        client.post("/display/", {"mode": "elder"})
        assert 'data-bs-theme="dark" data-mode="elder"' in client.get("/").content.decode()

    def test_the_language_can_be_chosen(self, client):
        client.post("/display/", {"language": "en"})
        assert '<html lang="en"' in client.get("/").content.decode()

    def test_nonsense_changes_nothing(self, client):
        answer = client.post("/display/", {"theme": "pink", "next": "/"})
        assert answer.status_code == 302
        assert not answer.cookies


def test_the_kit_is_for_staff(client, at_desk):
    assert Client().get("/ui-kit/").status_code == 302
    answer = at_desk.get("/ui-kit/")
    assert answer.status_code == 200
    assert answer.content.decode().count('class="fq-num"') == 15
