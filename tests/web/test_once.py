"""A submission sent twice is done once."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from fengqiao.web.models import Once
from fengqiao.web.once import KeyReused, fingerprint_of, once
from tests.web import urls

pytestmark = pytest.mark.django_db


def ask(answer=lambda: HttpResponse("done", status=201), key="k-1", actor="user:1", path="/x/", body=b"{}"):
    return once(key, actor=actor, path=path, fingerprint=fingerprint_of(body), answer=answer)


def test_the_second_time_gives_the_first_answer_and_does_nothing():
    done = []

    def answer():
        done.append(1)
        return HttpResponse('{"number": "2026-1"}', status=201, content_type="application/json")

    first, second = ask(answer), ask(answer)
    assert done == [1]
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.headers["Content-Type"] == "application/json"
    assert second.headers["Idempotent-Replayed"] == "true"


def test_the_stored_answer_is_not_readable_in_the_table():
    ask(lambda: HttpResponse("PIN 482913"))
    row = Once.objects.get()
    assert row.body == "PIN 482913"
    with_cipher = Once.objects.extra(select={"raw": "body"}).values_list("raw", flat=True)[0]
    assert "482913" not in str(with_cipher)


def test_the_same_key_for_another_body_is_refused():
    ask()
    with pytest.raises(KeyReused, match="内容和这次不一样"):
        ask(body=b'{"a": 1}')


def test_the_same_key_for_another_address_is_refused():
    ask()
    with pytest.raises(KeyReused):
        ask(path="/y/")


def test_two_people_may_use_the_same_key():
    ask(actor="user:1")
    assert "Idempotent-Replayed" not in ask(actor="user:2").headers


@pytest.mark.parametrize("status", [409, 422, 500])
def test_what_was_not_accepted_may_be_sent_again(status):
    ask(lambda: HttpResponse("no", status=status))
    assert ask().status_code == 201


def test_what_broke_half_way_may_be_sent_again():
    def breaks():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ask(breaks)
    assert ask().status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_has_a_sensible_length(key):
    with pytest.raises(KeyReused):
        ask(key=key)


def test_old_answers_are_found_for_deletion():
    ask()
    assert not Once.objects.expired().exists()
    Once.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert Once.objects.expired().count() == 1


class TestForms:
    def test_a_form_sent_twice_is_done_once(self, at_desk):
        form = {"reason": "不在我街道", "form_key": "a1"}
        first, second = at_desk.post("/bare/", form), at_desk.post("/bare/", form)
        assert urls.DONE == ["不在我街道"]
        assert first.headers["Location"] == second.headers["Location"] == "/after/"

    def test_the_same_for_htmx(self, at_desk):
        form = {"reason": "不在我街道", "form_key": "a1"}
        answers = [at_desk.post("/bare/", form, headers={"HX-Request": "true"}) for _ in range(2)]
        assert urls.DONE == ["不在我街道"]
        assert [answer.headers["HX-Redirect"] for answer in answers] == ["/after/", "/after/"]

    def test_a_form_sent_again_with_other_words_is_refused_and_keeps_them(self, at_desk):
        at_desk.post("/bare/", {"reason": "不在我街道", "form_key": "a1"})
        answer = at_desk.post("/bare/", {"reason": "其实在月河街道南园社区", "form_key": "a1"})
        assert answer.status_code == 409
        assert "其实在月河街道南园社区" in answer.content.decode()
        assert urls.DONE == ["不在我街道"]

    def test_a_refused_form_may_be_corrected_with_the_same_key(self, at_desk):
        at_desk.post("/bare/", {"reason": "严不同意", "form_key": "a1"})
        assert at_desk.post("/bare/", {"reason": "不在我街道", "form_key": "a1"}).status_code == 302
        assert urls.DONE == ["不在我街道"]
