"""How a view answers: page or part, redirect after success, 422 for what is wrong, 409 for what is refused."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.web import urls

HTMX = {"HX-Request": "true"}
pytestmark = [pytest.mark.django_db, pytest.mark.once]  # how an answer looks


def test_a_get_shows_the_whole_page(at_desk):
    answer = at_desk.get("/return/")
    assert answer.status_code == 200
    assert b"fq-shell" in answer.content
    assert "HX-Request" in answer.headers["Vary"]


def test_htmx_gets_only_the_part(at_desk):
    answer = at_desk.get("/return/", headers=HTMX)
    assert b"<html" not in answer.content
    assert b'id="return"' in answer.content


@pytest.mark.parametrize("extra", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_htmx_gets_the_page_when_it_moves_between_pages(at_desk, extra):
    assert b"<html" in at_desk.get("/return/", headers={**HTMX, **extra}).content


def test_a_good_submission_moves_on_and_says_so_on_the_next_page(at_desk):
    answer = at_desk.post("/return/", {"reason": "不在我街道"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/after/")
    assert "已退回" in at_desk.get("/after/").content.decode()


def test_a_good_submission_by_htmx_answers_with_the_part_and_a_toast(at_desk):
    answer = at_desk.post("/return/", {"reason": "不在我街道"}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "hx-swap-oob" in text
    assert "已退回" in text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wrong_form_comes_back_as_422_with_what_was_typed(at_desk, headers):
    answer = at_desk.post("/return/", {"reason": "短"}, headers=headers)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="短"' in text
    assert 'aria-describedby="id_reason_error"' in text
    assert 'id="id_reason_error"' in text


def test_an_empty_submission_is_a_submission(at_desk):
    assert at_desk.post("/return/", {}).status_code == 422


@pytest.mark.parametrize("reason", ["严不同意", "有人先动"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refusal_comes_back_on_top_of_the_form_as_409_with_what_was_typed(at_desk, headers, reason):
    answer = at_desk.post("/return/", {"reason": reason}, headers=headers)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'role="alert"' in text
    assert f'value="{reason}"' in text


def test_a_refusal_outside_a_form_gives_the_text_back_on_a_page(at_desk):
    answer = at_desk.post("/bare/", {"reason": "严不同意"}, headers={"Referer": "http://testserver/return/"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "请看现在轮到谁" in text
    assert "严不同意" in text
    assert 'href="http://testserver/return/"' in text


def test_a_refusal_outside_a_form_is_a_toast_where_htmx_is_at_work(at_desk):
    answer = at_desk.post("/bare/", {"reason": "严不同意"}, headers=HTMX)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#fq-toasts"
    assert "<html" not in answer.content.decode()


def test_a_get_cannot_write(at_desk):
    with pytest.raises(RuntimeError, match="a GET may not write: INSERT"):
        at_desk.get("/writes/")


def test_htmx_is_sent_on_where_there_is_no_part(at_desk):
    answer = at_desk.post("/bare/", {"reason": "不在我街道"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/after/"


class TestWhatIsNotThere:
    def test_a_hidden_thing_and_a_missing_one_look_the_same(self, at_desk):
        hidden, missing = at_desk.get("/hidden/"), at_desk.get("/nothing/")
        assert hidden.status_code == missing.status_code == 404
        assert "没有这一页" in hidden.content.decode()

    def test_who_may_not_look_reads_why(self, at_desk):
        answer = at_desk.get("/denied/")
        assert answer.status_code == 403
        assert "只有本单位的人能看。" in answer.content.decode()

    def test_htmx_is_told_in_a_toast(self, at_desk):
        answer = at_desk.get("/hidden/", headers=HTMX)
        assert answer.headers["HX-Retarget"] == "#fq-toasts"

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_name_that_is_not_ours_is_a_bad_request_and_no_breakdown(self, clerk, headers):
        browser = Client(raise_request_exception=False, SERVER_NAME="elsewhere.example")
        browser.force_login(clerk)
        for method in (browser.get, browser.post):
            assert method("/return/", headers=headers).status_code == 400

    def test_a_breakdown_still_has_a_page(self, clerk):
        client = Client(raise_request_exception=False)
        client.force_login(clerk)
        answer = client.get("/writes/")
        assert answer.status_code == 500
        assert "不是您的问题" in answer.content.decode()


class TestLostSession:
    def test_a_get_goes_to_sign_in_and_comes_back(self, client):
        assert client.get("/return/?q=1").headers["Location"] == "/login/?next=/return/%3Fq%3D1"

    def test_a_submission_is_kept_through_signing_in(self, clerk):
        client = Client(headers={"Origin": "http://testserver"})
        lost = client.post("/return/", {"reason": "事情发生在南园社区"})
        assert lost.status_code == 401
        assert 'name="kept:reason" value="事情发生在南园社区"' in lost.content.decode()

        kept = {"kept_path": "/return/", "kept:reason": "事情发生在南园社区"}
        resumed = client.post("/login/", {"username": "chen", "password": "yuehe-2026-x", **kept})
        text = resumed.content.decode()
        assert 'action="/return/"' in text
        assert 'name="reason" value="事情发生在南园社区"' in text

    def test_a_wrong_password_loses_nothing_either(self, clerk):
        kept = {"kept_path": "/return/", "kept:reason": "事情发生在南园社区"}
        answer = Client().post("/login/", {"username": "chen", "password": "wrong", **kept})
        assert answer.status_code == 422
        assert 'name="kept:reason" value="事情发生在南园社区"' in answer.content.decode()

    def test_a_stranger_s_form_is_not_kept(self, db):
        answer = Client(headers={"Origin": "http://evil.example"}).post("/return/", {"reason": "坏事"})
        assert answer.status_code == 302

    def test_htmx_stays_on_the_page_and_is_asked_to_sign_in_beside_it(self, client):
        answer = client.post("/return/", {"reason": "坏"}, headers=HTMX)
        assert answer.status_code == 401
        assert answer.headers["HX-Retarget"] == "#fq-toasts"

    def test_a_page_open_too_long_gives_the_text_back_to_send_again(self, clerk):
        client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
        client.force_login(clerk)
        answer = client.post("/return/", {"reason": "事情发生在南园社区", "password": "secret-1"})
        text = answer.content.decode()
        assert answer.status_code == 403
        assert 'name="reason" value="事情发生在南园社区"' in text
        assert "secret-1" not in text

    def test_a_form_from_another_site_is_not_offered_for_sending_again(self, clerk):
        client = Client(enforce_csrf_checks=True, headers={"Origin": "http://evil.example"})
        client.force_login(clerk)
        text = client.post("/return/", {"reason": "事情发生在南园社区"}).content.decode()
        assert "事情发生在南园社区" not in text


def test_what_was_tried_in_vain_was_not_done(at_desk):
    at_desk.post("/bare/", {"reason": "严不同意"})
    assert urls.DONE == []
    assert get_user_model().objects.count() == 1
