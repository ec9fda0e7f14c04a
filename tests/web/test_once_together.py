"""The same submission arriving twice at the same moment, as from a double click."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection
from django.http import HttpResponse

from fengqiao.web.models import Once
from fengqiao.web.once import fingerprint_of, once


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_done_and_both_get_its_answer():
    done, first_is_inside, second_has_come = [], Event(), Event()

    def answer():
        done.append(1)
        first_is_inside.set()
        assert second_has_come.wait(10)
        return HttpResponse("2026-1", status=201)

    def first():
        return send(answer)

    def second():
        assert first_is_inside.wait(10)
        second_has_come.set()
        return send(answer)

    with ThreadPoolExecutor(2) as people:
        answers = [turn.result(30) for turn in [people.submit(first), people.submit(second)]]

    assert done == [1]
    assert [answer.content for answer in answers] == [b"2026-1", b"2026-1"]
    assert Once.objects.count() == 1


def send(answer):
    try:
        return once("k", actor="user:1", path="/x/", fingerprint=fingerprint_of(b""), answer=answer)
    finally:
        connection.close()
